"""Photos, style pictures and masks: uploaded, shown, found, deleted, and nobody else's."""

from __future__ import annotations

import io
import os
import stat

import numpy as np
import pytest
from fake_studio import API, picture_of, png
from PIL import Image

from semcs.studio.uploads import harmless

RAW = {"Content-Type": "image/png"}


def files_of(app):
    return sorted(p for p in app.state.studio.pages.folder.rglob("*") if p.is_file())


class TestPhotos:
    def test_in_a_form_and_as_it_is(self, client, photo):
        for answer in (
            client.post(f"{API}/photos", files={"file": ("a flower.png", png(photo))}),
            client.post(f"{API}/photos?name=a+flower.png", content=png(photo), headers=RAW),
        ):
            assert answer.status_code == 201
            said = answer.json()
            assert (said["width"], said["height"], said["name"]) == (96, 64, "a-flower.png")

    def test_it_is_turned_as_its_camera_says(self, client, photo):
        exif = Image.Exif()  # one of its own: the photo is that of all tests
        exif[0x0112] = 6
        buffer = io.BytesIO()
        photo.save(buffer, "JPEG", exif=exif)
        answer = client.post(f"{API}/photos", files={"file": ("a.jpg", buffer.getvalue())}).json()
        assert (answer["width"], answer["height"]) == (64, 96)
        assert picture_of(client.get(f"{API}/photos/{answer['id']}")).size == (64, 96)

    def test_it_is_shown_as_large_as_asked(self, client, photo, photo_id):
        whole = picture_of(client.get(f"{API}/photos/{photo_id}"))
        assert np.abs(np.asarray(whole, float) - np.asarray(photo)).mean() < 4
        assert picture_of(client.get(f"{API}/photos/{photo_id}?side=48")).size == (48, 32)
        assert picture_of(client.get(f"{API}/photos/{photo_id}?side=2000")).size == (96, 64)

    def test_alpha_is_shown(self, client, photo, disc):
        cut = photo.copy()
        cut.putalpha(Image.fromarray((disc * 255).astype(np.uint8)))
        shown = picture_of(client.get(f"{API}/photos/{client.upload(cut)}"))
        assert (shown.format, shown.mode) == ("PNG", "RGBA")

    def test_heic(self, client, photo):
        pillow_heif = pytest.importorskip("pillow_heif")
        buffer = io.BytesIO()
        pillow_heif.from_pillow(photo).save(buffer, quality=95)
        for answer in (
            client.post(f"{API}/photos", files={"file": ("IMG_1.HEIC", buffer.getvalue())}),
            client.post(
                f"{API}/photos?name=IMG_1.HEIC",
                content=buffer.getvalue(),
                headers={"Content-Type": "image/heic"},
            ),
        ):
            assert answer.status_code == 201, answer.text
            said = answer.json()
            assert (said["width"], said["height"], said["name"]) == (96, 64, "IMG_1.heic")
            shown = picture_of(client.get(f"{API}/photos/{said['id']}"))
            assert np.abs(np.asarray(shown, float) - np.asarray(photo)).mean() < 6

    @pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
    def test_what_is_no_picture(self, client, data):
        answer = client.post(f"{API}/photos", files={"file": ("a.png", data)})
        assert answer.status_code == 400
        assert "\n" not in answer.json()["error"]

    def test_bodies_that_are_not_read(self, client):
        post = client.post
        assert post(f"{API}/photos", content=b"x", headers={"Content-Type": "text/html"}).status_code == 415  # noqa: E501  # fmt: skip
        assert post(f"{API}/photos", data={"file": "a text"}).status_code == 415
        assert post(f"{API}/photos", files={"other": ("a.png", b"x")}).status_code == 400
        form = {"Content-Type": "multipart/form-data"}
        assert post(f"{API}/photos", content=b"x", headers=form).status_code == 400

    def test_deleting_takes_all_that_is_of_it(self, app, client, photo_id):
        client.find(photo_id)
        client.get(f"{API}/photos/{photo_id}/thumbnails/snow")
        client.post(f"{API}/stylize", json={"photo": photo_id, "fg": "gold", "side": 48})
        assert len(files_of(app)) >= 5
        assert client.delete(f"{API}/photos/{photo_id}").status_code == 204
        assert files_of(app) == []
        assert client.get(f"{API}/photos/{photo_id}").status_code == 404
        assert client.get(f"{API}/pages/state").json()["results"] == []

    def test_only_this_user_can_read_the_folder(self, app, photo_id):
        folder = app.state.studio.pages.folder
        for place in (folder, *(p for p in folder.iterdir())):
            assert stat.S_IMODE(os.stat(place).st_mode) == 0o700

    @pytest.mark.parametrize(
        "id", ["..", "%2e%2e", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "x" * 22]
    )
    def test_ids_are_no_paths(self, client, photo_id, id):
        for path in (f"photos/{id}", f"masks/{id}", f"results/{id}", f"jobs/{id}"):
            answer = client.get(f"{API}/{path}")
            assert answer.status_code in (404, 405)
            assert "root" not in answer.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a.JPG", "a.jpg"), ("../../etc/passwd", "passwd.png"), ("C:\\x\\y.png", "y.png"),
     ("-rf.png", "rf.png"), ("", "photo.png"), ("...", "photo.png"), ("a;b|c$.png", "a-b-c.png"),
     ("水.jpeg", "水.jpeg"), ("x" * 300 + ".png", "x" * 60 + ".png"), ("a.tar.gz", "a.tar.gz"),
     ("\x00\n.png", "png.png")],
)  # fmt: skip
def test_names_are_made_harmless(name, kept):
    assert harmless(name) == kept


class TestMasks:
    def test_the_salient_object_where_nothing_is_said(self, client, photo_id):
        answer = client.post(f"{API}/photos/{photo_id}/mask", json={}).json()
        assert answer["sureness"] == 0.75
        mask = picture_of(client.get(answer["url"]))
        assert (mask.mode, mask.size) == ("L", (96, 64))
        assert np.array_equal(np.asarray(mask) == 255, np.arange(96)[None] < np.full((64, 1), 48))
        assert picture_of(client.get(answer["url"] + "?side=48")).size == (48, 32)
        other = client.find(photo_id, invert=True)
        assert np.asarray(picture_of(client.get(f"{API}/masks/{other}")))[0, 0] == 0

    def test_what_is_asked_for_is_looked_for(self, client, room, photo_id):
        hint = client.find(photo_id)
        answer = client.post(f"{API}/photos/{photo_id}/mask", json={
            "clicks": [[1, 2], [3.5, 4]], "not_clicks": [[5, 6]], "box": [0, 0, 9, 9],
            "hint": hint, "grow": -2, "feather": 3, "invert": True})  # fmt: skip
        assert "sureness" not in answer.json()
        (seen,) = room.looked_at.values()
        search = seen.searches[-1]
        assert np.array_equal(search.pop("hint"), seen.half())
        assert search == {
            "text": None, "click": [(1, 2), (3.5, 4)], "not_click": [(5, 6)],
            "box": (0, 0, 9, 9), "grow": -2, "feather": 3, "invert": True}  # fmt: skip
        client.find(photo_id, not_clicks=[[5, 6]])
        assert seen.searches[-1]["text"] == "foreground"

    def test_drawn_by_hand(self, client, photo_id, disc):
        drawn = Image.fromarray((disc * 255).astype(np.uint8))
        url = f"{API}/photos/{photo_id}/mask"
        answer = client.put(url, content=png(drawn), headers=RAW)
        assert answer.status_code == 201
        kept = picture_of(client.get(answer.json()["url"]))
        assert np.array_equal(np.asarray(kept), np.asarray(drawn))
        half = client.put(url, content=png(drawn.resize((48, 32))), headers=RAW).json()
        assert picture_of(client.get(half["url"])).size == (96, 64)
        wrong = client.put(url, content=png(drawn.resize((48, 48))), headers=RAW)
        assert wrong.status_code == 400

    def test_of_another_photo(self, client, photo, photo_id):
        other = client.find(client.upload(photo))
        for path, said in (
            (f"photos/{photo_id}/mask", {"hint": other}),
            ("stylize", {"photo": photo_id, "fg": "gold", "mask": other}),
            (f"photos/{photo_id}/thumbnails", {"looks": ["snow"], "mask": other}),
        ):
            answer = client.post(f"{API}/{path}", json=said)
            assert answer.status_code == 400
            assert "another photo" in answer.json()["error"]


def test_what_is_somebody_elses_is_not_there(client, other, photo, photo_id):
    mask = client.find(photo_id)
    style = client.post(
        f"{API}/photos/{photo_id}/styles", files={"file": ("s.png", png(photo))}
    ).json()["id"]
    job = client.post(f"{API}/jobs", json={"photo": photo_id, "fg": "gold"}).json()["id"]
    styled = client.post(f"{API}/stylize", json={"photo": photo_id, "fg": "gold"})
    result = styled.headers["x-semcs-result"]
    own = other.upload(photo)
    for method, path, said in (
        ("GET", f"photos/{photo_id}", None),
        ("DELETE", f"photos/{photo_id}", None),
        ("POST", f"photos/{photo_id}/mask", {}),
        ("POST", f"photos/{photo_id}/thumbnails", {"looks": ["snow"]}),
        ("GET", f"photos/{photo_id}/thumbnails/snow", None),
        ("GET", f"masks/{mask}", None),
        ("GET", f"jobs/{job}", None),
        ("GET", f"jobs/{job}/events", None),
        ("GET", f"jobs/{job}/preview", None),
        ("POST", f"jobs/{job}/stop", None),
        ("DELETE", f"jobs/{job}", None),
        ("GET", f"results/{result}", None),
        ("GET", f"results/{result}/code", None),
        ("DELETE", f"results/{result}", None),
        ("POST", "stylize", {"photo": photo_id, "fg": "gold"}),
        ("POST", "stylize", {"photo": own, "fg": "gold", "mask": mask}),
        ("POST", "stylize", {"photo": own, "fg": {"picture": style}}),
        ("POST", "jobs", {"photo": photo_id, "fg": "gold"}),
    ):
        assert other.request(method, f"{API}/{path}", json=said).status_code == 404, path
    assert client.get(f"{API}/results/{result}").status_code == 200
