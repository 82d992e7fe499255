"""Downloads, and code that makes the same picture again, to the same bits."""

from __future__ import annotations

import builtins
import io
import os
import shlex
import zipfile

import numpy as np
import pytest
from fake_studio import API, Client, picture_of, png
from PIL import Image
from tiny_regions import TinyRegions

import semcs
from semcs.cli import main
from semcs.models import families
from semcs.studio.room import Room


@pytest.fixture
def tiny_family(make_family):
    return make_family(regions=TinyRegions)


@pytest.fixture
def client(make_app, tiny_family, monkeypatch):
    """A page of a server that paints by tiny networks, which code finds as "bundled", too."""
    monkeypatch.setattr(families, "_bundled_family", lambda device: tiny_family)
    monkeypatch.setattr(tiny_family, "name", "bundled")
    client = Client(make_app(Room(tiny_family)))
    client.get(f"{API}/about")
    return client


def unpacked(client, url, folder):
    """The archive of a result, in a folder."""
    answer = client.get(f"{url}?format=layers")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(folder)


def run_python(code):
    """The picture that code makes."""
    said = {}
    exec(code, said)
    return np.asarray(said["picture"])


def run_command(command):
    argv = shlex.split(command)
    assert argv[0] == "semcs"
    assert main(argv[1:]) == 0
    return np.asarray(Image.open("picture.png"))


def requests(client, photo, photo_id):
    """All ways of asking, by name."""
    mask = client.find(photo_id)
    art = client.post(
        f"{API}/photos/{photo_id}/styles", files={"file": ("my art.png", png(photo.rotate(90)))}
    ).json()["id"]
    return {
        "sides": {"fg": "gold", "bg": "ink wash"},
        "whole": {"style": "a snowy oil painting", "keep_color": 0.3, "scale": 1.5, "seed": 7},
        "mask": {"fg": "gold", "mask": mask, "invert_mask": True, "strength": 0.625},
        "rule": {"bg": "snow", "rule": "border", "invert_mask": True, "avoid": "blue"},
        "reduced": {"fg": "gold", "bg": "snow", "mask": mask, "side": 64, "detail": 0.5},
        "mix": {"fg": [["gold", 0.3], ["snow", 0.1]]},
        "picture": {"bg": {"picture": art}, "mask": mask},
        "quotes": {"fg": "gold \"and\" 'snow' $HOME; rm -rf `x`"},
        "dash": {"fg": "-gold"},
        "regions": {
            "regions": [
                {"mask": mask, "style": "gold", "name": "left", "keep_color": 0.25},
                {"rest": True, "style": {"picture": art}, "strength": 0.5},
            ],
            "seed": 3,
        },
        "words": {"regions": [{"words": "the car", "style": "gold"}]},
        "places": {
            "regions": [
                {"foreground": True, "style": None},
                {"background": True, "style": "snow", "scale": 2, "avoid": "blue", "detail": 0.1},
            ],
            "mask": mask,
        },
        "optimised": {"fg": "gold", "preset": "semcs", "size": 48, "steps": 2, "mask": mask},
    }


NAMES = ["sides", "whole", "mask", "rule", "reduced", "mix", "picture", "quotes", "dash",
         "regions", "words", "places", "optimised"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_code_gives_the_same_bits(client, photo, tmp_path, monkeypatch, name):
    photo_id = client.upload(photo, "-my; photo.png")
    wanted = requests(client, photo, photo_id)[name]
    styled = client.post(f"{API}/stylize", json={"photo": photo_id, **wanted})
    expected = np.asarray(picture_of(styled))
    assert not np.array_equal(expected, np.asarray(photo))
    url = f"{API}/results/{styled.headers['x-semcs-result']}"
    unpacked(client, url, tmp_path)
    monkeypatch.chdir(tmp_path)
    code = client.get(f"{url}/code").json()
    assert np.array_equal(run_python(code["python"]), expected)
    assert np.array_equal(np.asarray(Image.open("picture.png")), expected)
    assert (tmp_path / "picture.py").read_text() == code["python"]
    assert np.array_equal(run_command(code["command"]), expected)


def test_what_no_command_line_can_say(client, photo, tmp_path, monkeypatch):
    photo_id = client.upload(photo)
    art = client.post(f"{API}/photos/{photo_id}/styles", files={"file": ("a.png", png(photo))})
    mixed = [["gold", 1], [{"picture": art.json()["id"]}, 2]]
    styled = client.post(f"{API}/stylize", json={"photo": photo_id, "fg": mixed})
    url = f"{API}/results/{styled.headers['x-semcs-result']}"
    code = client.get(f"{url}/code").json()
    assert code["command"].startswith("# No command line can say this: a picture is mixed")
    unpacked(client, url, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert np.array_equal(run_python(code["python"]), np.asarray(picture_of(styled)))


def test_downloads_hold_the_same_picture(client, photo):
    psd_tools = pytest.importorskip("psd_tools")
    photo_id = client.upload(photo, "flower.jpg")
    styled = client.post(f"{API}/stylize", json={"photo": photo_id, "fg": "gold", "bg": "snow"})
    expected = np.asarray(picture_of(styled))
    url = f"{API}/results/{styled.headers['x-semcs-result']}"
    answer = client.get(url)
    assert answer.headers["content-disposition"] == 'attachment; filename="flower-styled.png"'
    assert np.array_equal(np.asarray(picture_of(answer)), expected)
    jpeg = np.asarray(picture_of(client.get(f"{url}?format=jpeg")), float)
    assert np.abs(jpeg - expected).mean() < 4
    document = psd_tools.PSDImage.open(io.BytesIO(client.get(f"{url}?format=psd").content))
    assert [layer.name for layer in document] == ["background", "foreground"]
    with zipfile.ZipFile(io.BytesIO(client.get(f"{url}?format=layers").content)) as archive:
        layers = sorted(name for name in archive.namelist() if name.startswith("layers/"))
        stack = Image.new("RGBA", photo.size)
        for name in layers:
            stack.alpha_composite(Image.open(io.BytesIO(archive.read(name))))
    assert np.array_equal(np.asarray(stack.convert("RGB")), expected)
    assert client.get(f"{url}?format=exe").status_code == 422
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


def test_files_are_of_the_format_that_their_names_say(client, photo):
    """Small photos and masks are kept uncompressed, so not as PNG."""
    photo_id = client.upload(photo.resize((96, 64)), "flower.png")
    said = {"photo": photo_id, "mask": client.find(photo_id), "fg": "gold", "side": 48}
    job = client.post(f"{API}/jobs", json=said | {"kind": "stylize"}).json()
    while (job := client.get(f"{API}/jobs/{job['id']}").json())["state"] in ("waiting", "running"):
        pass
    with zipfile.ZipFile(
        io.BytesIO(client.get(f"{job['result']['url']}?format=layers").content)
    ) as archive:
        pictures = [
            name for name in archive.namelist() if not name.endswith((".py", ".sh", ".txt"))
        ]
        formats = {".png": "PNG", ".tif": "TIFF"}
        for name in pictures:
            found = Image.open(io.BytesIO(archive.read(name))).format
            assert found == formats[name[-4:]], name
        assert sum(name.endswith(".tif") for name in pictures) == 2


def test_layers_of_an_optimised_picture_are_its_own(client, photo):
    photo_id = client.upload(photo)
    wanted = {"photo": photo_id, "fg": "gold", "preset": "semcs", "size": 48, "steps": 2}
    styled = client.post(f"{API}/stylize", json=wanted)
    url = f"{API}/results/{styled.headers['x-semcs-result']}"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{url}?format=layers").content)) as archive:
        stack = Image.new("RGBA", photo.size)
        for name in sorted(n for n in archive.namelist() if n.startswith("layers/")):
            stack.alpha_composite(Image.open(io.BytesIO(archive.read(name))))
    assert np.array_equal(np.asarray(stack.convert("RGB")), np.asarray(picture_of(styled)))


class TestSecrecy:
    """Texts are texts: no file of the host is opened by one, whatever it looks like."""

    @pytest.fixture
    def secret(self, tmp_path, photo, monkeypatch):
        """A picture beside the server, whose path is sent as a text."""
        file = tmp_path / "secret.png"
        photo.rotate(180).save(file)
        monkeypatch.chdir(tmp_path)
        return file

    @pytest.fixture
    def opened(self, monkeypatch):
        """Paths that are opened meanwhile."""
        paths = []
        real, real_os = builtins.open, os.open

        def noting(path, *args, **options):
            paths.append(str(path))
            return real(path, *args, **options)

        def noting_os(path, *args, **options):
            paths.append(str(path))
            return real_os(path, *args, **options)

        monkeypatch.setattr(builtins, "open", noting)
        monkeypatch.setattr(io, "open", noting)
        monkeypatch.setattr(os, "open", noting_os)
        return paths

    def test_styles_words_and_masks(self, client, photo, secret, opened):
        photo_id = client.upload(photo)
        paths = [str(secret), "secret.png", "/etc/passwd", "C:\\x.png", "file:///etc/passwd"]
        opened.clear()
        for path in paths:
            for said in (
                {"style": path},
                {"fg": path},
                {"fg": [[path, 1], ["gold", 1]]},
                {"avoid": path, "fg": "gold"},
                {"regions": [{"words": path, "style": "gold"}]},
                {"regions": [{"rest": True, "style": path, "name": path}]},
            ):
                answer = client.post(f"{API}/stylize", json={"photo": photo_id, **said})
                assert answer.status_code in (200, 400, 404), answer.text
            for said in ({"words": path}, {"hint": path}, {"mask": path}):
                answer = client.post(f"{API}/photos/{photo_id}/mask", json=said)
                assert answer.status_code in (400, 404, 422)
        assert opened  # the session's own files are
        assert not [
            path for path in opened if "secret" in path or "passwd" in path or "x.png" in path
        ]

    def test_forms_bring_bytes_alone(self, client, photo, secret):
        for field in ("photo", "mask"):
            files = {"photo": ("a.png", png(photo))} if field == "mask" else {}
            answer = client.post(
                f"{API}/stylize",
                files=files,
                data={field: str(secret), "request": '{"fg": "gold"}'},
            )
            assert answer.status_code in (400, 415), answer.text

    def test_the_painted_photo_is_the_uploaded_one(self, client, photo, secret):
        """A name that is a path here is the name of another photo."""
        photo_id = client.upload(photo, str(secret))
        shown = np.asarray(picture_of(client.get(f"{API}/photos/{photo_id}")), float)
        assert np.abs(shown - np.asarray(photo)).mean() < 4


def test_scores_are_those_of_the_library(client, photo, tiny_family):
    styled = photo.rotate(180)
    answer = client.post(
        f"{API}/score",
        files={"content": ("a.png", png(photo)), "output": ("b.png", png(styled))},
        data={"style": "gold"},
    )
    expected = semcs.metrics.score(photo, styled, style="gold", models=tiny_family).as_dict()
    assert answer.status_code == 200, answer.text
    assert answer.json()["whole"]["ssim"] == expected["whole"]["ssim"]
    assert answer.json()["whole"]["agreement"] == expected["whole"]["agreement"]


def test_scores_of_nothing(client, photo):
    for files in ({}, {"content": ("a.png", png(photo))}, {"content": ("a.png", b"x"), "output": ("b.png", b"x")}):  # noqa: E501  # fmt: skip
        answer = client.post(f"{API}/score", files=files)
        assert answer.status_code in (400, 415)
    small = {"content": ("a.png", png(photo)), "output": ("b.png", png(photo.resize((9, 9))))}
    assert client.post(f"{API}/score", files=small).status_code == 400
