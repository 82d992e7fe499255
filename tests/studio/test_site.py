"""The page's files, the page of the API, and what the server says of itself."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from fake_studio import API, Client

import semcs
from semcs.studio.routes import site


@pytest.fixture
def page(monkeypatch, tmp_path):
    """A page of two files, and files beside it that are none of the page's."""
    folder = tmp_path / "page"
    (folder / "parts").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>page</title>")
    (folder / "parts" / "a.js").write_text("export {};")
    (folder / "notes.py").write_text("secret")
    (tmp_path / "secret.js").write_text("secret")
    site.page_files.cache_clear()
    monkeypatch.setattr(site, "files", lambda package: tmp_path)
    yield folder
    site.page_files.cache_clear()


def test_the_page_and_its_parts(client, page):
    assert client.get("/").headers["content-type"] == "text/html; charset=utf-8"
    part = client.get("/static/parts/a.js")
    assert (part.text, part.headers["content-type"]) == (
        "export {};", "text/javascript; charset=utf-8")  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["../secret.js", "..%2fsecret.js", "%2e%2e/secret.js", "parts/../../secret.js", "notes.py",
     "parts", "parts/", "", "//etc/passwd", "/etc/passwd", "parts%00/a.js", "..\\secret.js"],
)  # fmt: skip
def test_nothing_else_is_served(client, page, path):
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_files_that_did_not_change_are_not_sent_again(client, page):
    first = client.get("/static/parts/a.js")
    again = client.get("/static/parts/a.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_all_files_of_the_package_are_served(client):
    folder = Path(str(files("semcs.studio"))) / "page"
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert {*site.page_files()} == there


def test_without_the_page(make_app, room):
    client = Client(make_app(room, page=False))
    assert client.get("/").status_code == 404
    assert client.get("/docs").status_code == 200
    assert client.get(f"{API}/about").json()["page"] is False


class TestDocumentation:
    def test_it_names_every_endpoint(self, client, app):
        page = client.get("/docs").text
        for path, methods in app.openapi()["paths"].items():
            assert f"<code>{path}</code>" in page
            for said in methods.values():
                assert said["description"]

    def test_it_needs_nothing_from_elsewhere(self, client):
        page = client.get("/docs").text + client.get("/docs.css").text
        assert not re.findall(r"https?://|//cdn|<script|style=|<style|\son\w+=", page)
        assert set(re.findall(r'(?:href|src)="([^"#]+)', page)) == {
            "/docs.css", "/api/v1/openapi.json"}  # fmt: skip


def test_about(client):
    said = client.get(f"{API}/about").json()
    assert said["version"] == semcs.__version__
    assert said["looks_count"] == len(semcs.looks.names())
    assert said["presets"] == list(semcs.PRESETS)
    assert {"sky", "tree"} <= set(said["words"])
    assert said["limits"]["pixels"] >= 12_000_000
    assert not said["token_needed"]


def test_looks(client):
    said = client.get(f"{API}/looks").json()
    assert tuple(one["name"] for one in said) == semcs.looks.names()
    snow = next(one for one in said if one["name"] == "snow")
    assert snow["kind"]
    assert 0 < snow["detail"] <= 1


def test_what_texts_mean(client):
    found = client.get(f"{API}/looks/match", params={"text": "a snowy oil painting"}).json()
    assert set(found["looks"]) == {"snow", "oil painting"}
    assert found["near"] == []
    wrong = client.get(f"{API}/looks/match", params={"text": "watercolr"}).json()
    assert wrong["looks"] or "watercolor" in wrong["near"]
    none = client.get(f"{API}/looks/match", params={"text": "qwertzu"}).json()
    assert (none["looks"], none["near"]) == ({}, [])
    assert client.get(f"{API}/looks/match", params={"text": "x" * 1001}).status_code == 422
    assert client.get(f"{API}/looks/match").status_code == 422


@pytest.mark.parametrize("path", ["/nothing", f"{API}/nothing", f"{API}/about/", "/static"])
def test_addresses_that_there_are_not(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert list(answer.json()) == ["error"]


def test_methods_that_there_are_not(client):
    answer = client.patch(f"{API}/about")
    assert (answer.status_code, list(answer.json())) == (405, ["error"])
