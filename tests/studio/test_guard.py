"""Who is let in, and what every answer carries."""

from __future__ import annotations

import pytest
from fake_studio import API, Client, png

from semcs.errors import InputError
from semcs.studio.settings import Limits, Settings, make_token

TOKEN = "a-token-of-some-letters"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost@evil.example",
     "192.168.1.5:8765", "", "[::1", "localhost.:8765"],
)  # fmt: skip
def test_another_host_is_refused(client, host):
    answer = client.get(f"{API}/about", headers={"Host": host})
    assert answer.status_code == 403
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"])
def test_names_of_this_machine_are_answered_to(client, host):
    assert client.get(f"{API}/about", headers={"Host": host}).status_code == 200


def test_the_name_that_was_given_is_answered_to(make_app, room):
    client = Client(make_app(room, host="studio.lan", token=TOKEN), base_url="http://studio.lan")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get(f"{API}/about", headers=headers).status_code == 200
    assert client.get(f"{API}/about", headers=headers | {"Host": "10.0.0.1"}).status_code == 403


def test_at_all_addresses_names_are_refused(make_app, room):
    app = make_app(room, host="0.0.0.0", token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for host, status in (("192.168.1.5:8765", 200), ("evil.example:8765", 403)):
        answer = Client(app).get(f"{API}/about", headers=headers | {"Host": host})
        assert answer.status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8765.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_of_other_origins_change_nothing(client, photo_id, headers, method):
    answer = client.request(method, f"{API}/photos/{photo_id}", headers=headers)
    assert answer.status_code == 403
    assert client.get(f"{API}/photos/{photo_id}").status_code == 200


def test_the_own_page_may(client, photo_id):
    headers = {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}
    assert client.delete(f"{API}/photos/{photo_id}", headers=headers).status_code == 204


def test_nothing_is_shared_with_other_origins(client):
    answer = client.get(f"{API}/about", headers={"Origin": "http://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/docs", f"{API}/about", f"{API}/photos/x", "/nothing"])
def test_every_answer_is_protected(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] in ("no-store", "no-cache")


class TestToken:
    @pytest.fixture
    def client(self, make_app, room):
        return Client(make_app(room, token=TOKEN))

    @pytest.mark.parametrize(
        "headers",
        [{}, {"Authorization": "Bearer"}, {"Authorization": f"Basic {TOKEN}"},
         {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": f"Bearer {TOKEN[:-1]}"},
         {"Authorization": "Bearer tök€n".encode()}],
    )  # fmt: skip
    def test_without_it_nothing_is_told(self, client, headers):
        answer = client.get(f"{API}/about", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert TOKEN not in answer.text

    def test_with_it_all_is(self, client, photo):
        assert client.get(f"{API}/about", params={"token": TOKEN}).json()["token_needed"]
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        assert client.upload(photo)

    def test_goodbye_needs_none(self, client):
        assert client.post(f"{API}/pages/goodbye", json={"page": client.page}).status_code == 204

    def test_other_addresses_need_one(self):
        with pytest.raises(InputError, match="token"):
            Settings(host="0.0.0.0")
        assert len(make_token()) >= 22
        assert make_token() != make_token()


@pytest.mark.parametrize("said", [{"host": "a b"}, {"port": 70000}, {"token": "ü" * 20}])
def test_settings_are_checked(said):
    with pytest.raises(InputError):
        Settings(**said)


def chunks(size, count, sent):
    for _ in range(count):
        sent.append(size)
        yield bytes(size)


class TestSize:
    @pytest.fixture
    def client(self, make_app, room):
        return Client(make_app(room, limits=Limits(bytes=200_000, json_bytes=2000)))

    def test_a_length_that_is_too_large_is_refused_before_anything_is_read(self, client):
        answer = client.post(f"{API}/photos", content=bytes(10), headers={
            "Content-Type": "image/png", "Content-Length": str(10**9)})  # fmt: skip
        assert answer.status_code == 413

    @pytest.mark.parametrize("length", ["-1", "1e9", "x", "9" * 400])
    def test_lengths_that_are_none(self, client, length):
        headers = {"Content-Type": "image/png", "Content-Length": length}
        answer = client.post(f"{API}/photos", content=b"", headers=headers)
        assert answer.status_code in (400, 413)

    def test_bodies_without_a_length_are_counted(self, client):
        answer = client.post(
            f"{API}/photos", content=chunks(50_000, 20, []), headers={"Content-Type": "image/png"}
        )
        assert answer.status_code == 413
        assert "266" in answer.json()["error"] or "265" in answer.json()["error"]

    def test_json_has_a_limit_of_its_own(self, client, photo):
        id = client.upload(photo)
        answer = client.post(f"{API}/photos/{id}/mask", json={"words": "x" * 3000})
        assert answer.status_code == 413

    def test_a_photo_with_too_many_bytes(self, client):
        answer = client.post(
            f"{API}/photos", content=bytes(220_000), headers={"Content-Type": "image/png"}
        )
        assert answer.status_code == 413


def test_pixels_are_refused_by_the_header(make_app, room, photo):
    client = Client(make_app(room, limits=Limits(pixels=96 * 64)))
    assert client.upload(photo)
    bomb = bytearray(png(photo))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2  # its width and height; then the checksum
    import zlib

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    answer = client.post(f"{API}/photos", files={"file": ("bomb.png", bytes(bomb))})
    assert answer.status_code == 400
    assert "3,600,000,000 pixels" in answer.json()["error"]
