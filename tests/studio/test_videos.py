"""Videos that are uploaded: what they are, their frames as photos, their room and their end."""

from __future__ import annotations

import asyncio
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from clips import index_of, make_clip
from fake_studio import API, Client, picture_of, png
from studio_jobs import animation, files_of, upload

from semcs.studio.receiving import _write
from semcs.studio.settings import Limits


@pytest.fixture
def clip(tmp_path):
    """Twelve frames at 25 a second, with sound."""
    return make_clip(tmp_path / "a clip.mp4", sound="aac")


class TestUpload:
    def test_what_it_is_and_its_first_frame(self, client, clip):
        said = upload(client, clip, "../a clip.MP4").json()
        photo = said.pop("photo")
        assert said.pop("id") != photo["id"]
        assert said == {
            "name": "a-clip.mp4", "width": 96, "height": 64, "seconds": pytest.approx(0.48),
            "frames": 12, "rate": 25, "sound": True, "type": "video/mp4",
            "moments": []}  # fmt: skip
        assert (photo["name"], photo["width"], photo["height"]) == ("a-clip-0s.png", 96, 64)
        shown = np.asarray(picture_of(client.get(f"{API}/photos/{photo['id']}")))
        assert index_of(shown) == 0
        client.find(photo["id"])

    def test_as_it_is(self, client, clip):
        headers = {"Content-Type": "video/mp4"}
        answer = client.post(f"{API}/videos?name=b.mp4", content=clip.read_bytes(), headers=headers)
        assert (answer.status_code, answer.json()["name"]) == (201, "b.mp4")
        nameless = client.post(f"{API}/videos", content=clip.read_bytes(), headers=headers)
        assert nameless.json()["name"] == "clip.mp4"

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_animations(self, client, kind):
        said = upload(client, animation(kind), f"a.{kind.lower()}").json()
        assert (said["frames"], said["seconds"], said["sound"]) == (3, 0.6, False)
        assert said["rate"] == 5

    def test_a_file_that_says_little(self, client, tmp_path):
        raw = make_clip(tmp_path / "a.h264", container="h264", frames=3)
        said = upload(client, raw, "a.h264").json()
        assert (said["seconds"], said["frames"]) == (None, None)

    @pytest.mark.parametrize(
        "data",
        [b"", b"no video" * 99, b"#EXTM3U\n/etc/passwd\n", b"ffconcat version 1.0\nfile /etc/x",
         b"\0\0\0\x18ftypmp42" + bytes(400), b"GIF89a" + bytes(40), b"\x1aE\xdf\xa3" + bytes(99)],
    )  # fmt: skip
    def test_what_is_none(self, app, client, data):
        answer = upload(client, data)
        assert answer.status_code == 400
        said = answer.json()["error"]
        assert "clip.mp4" in said
        assert "\n" not in said
        assert "semcs-studio" not in said  # no path of the server's
        assert files_of(app) == []

    def test_a_still_picture_is_none(self, client, photo):
        assert "still picture" in upload(client, png(photo), "a.png").json()["error"]

    def test_bodies_that_are_not_read(self, client, photo):
        kinds = {"text/html": 415, "application/json": 415, "multipart/form-data": 400}
        for kind, status in kinds.items():
            headers = {"Content-Type": kind}
            answer = client.post(f"{API}/videos", content=b"x", headers=headers)
            assert answer.status_code == status
        other = client.post(f"{API}/videos", files={"other": ("a.mp4", b"x")})
        assert other.status_code == 400

    def test_too_large(self, app, make_app, room, clip):
        small = make_app(room, limits=Limits(video_bytes=1000))
        sent = clip.read_bytes() * 30
        for answer in (
            upload(Client(small), sent),
            Client(small).post(
                f"{API}/videos", content=iter([sent] * 9), headers={"Content-Type": "video/mp4"}
            ),
        ):
            assert answer.status_code == 413
        assert files_of(small) == []
        assert upload(Client(app), clip).status_code == 201

    def test_no_room(self, make_app, room, clip):
        app = make_app(room, limits=Limits(page_bytes=len(clip.read_bytes()) - 1))
        assert upload(Client(app), clip).status_code == 413
        assert files_of(app) == []

    def test_few_come_in_at_a_time(self, app, client, clip):
        app.state.studio.receiving = 4
        answer = upload(client, clip)
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        app.state.studio.receiving = 0
        assert upload(client, clip).status_code == 201
        assert app.state.studio.receiving == 0

    def test_it_is_never_whole_in_memory(self, tmp_path):
        class Request:
            async def stream(self):
                for _ in range(64):
                    yield bytes(2**20)

        tracemalloc.start()
        try:
            with ThreadPoolExecutor(1) as thread:  # browser tests leave this one with an event loop
                thread.submit(asyncio.run, _write(Request(), tmp_path / "a.video")).result()
            assert tracemalloc.get_traced_memory()[1] < 32 * 2**20  # of all threads
        finally:
            tracemalloc.stop()
        assert (tmp_path / "a.video").stat().st_size == 64 * 2**20


class TestSource:
    """The file as it was uploaded."""

    def test_whole_and_in_parts(self, client, clip):
        video = upload(client, clip).json()
        url, data = f"{API}/videos/{video['id']}", clip.read_bytes()
        whole = client.get(url)
        assert (whole.status_code, whole.content) == (200, data)
        assert whole.headers["accept-ranges"] == "bytes"
        for said, first, last in (("bytes=5-9", 5, 9), ("bytes=-7", len(data) - 7, len(data) - 1)):
            part = client.get(url, headers={"Range": said})
            assert (part.status_code, part.content) == (206, data[first : last + 1])
            assert part.headers["content-range"] == f"bytes {first}-{last}/{len(data)}"
        beyond = client.get(url, headers={"Range": f"bytes={len(data)}-"})
        assert (beyond.status_code, list(beyond.json())) == (416, ["error"])

    def test_nothing_can_be_made_of_it_but_a_video(self, client, clip):
        video = upload(client, clip, "<b>.mp4").json()
        headers = client.get(f"{API}/videos/{video['id']}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["content-disposition"] == 'attachment; filename="b.mp4"'

    @pytest.mark.parametrize(
        ("container", "media"),
        [
            ("mp4", "video/mp4"),
            ("mov", "video/quicktime"),
            ("matroska", "video/x-matroska"),
            ("avi", "application/octet-stream"),
        ],
    )
    def test_its_type_is_that_of_its_content(self, client, tmp_path, container, media):
        clip = make_clip(tmp_path / "any", frames=2, container=container)
        video = upload(client, clip, "page.html").json()
        answer = client.get(f"{API}/videos/{video['id']}")
        assert (video["type"], answer.headers["content-type"]) == (media, media)

    @pytest.mark.parametrize(
        ("kind", "media"), [("GIF", "image/gif"), ("WEBP", "image/webp"), ("PNG", "image/apng")]
    )
    def test_of_animations(self, client, kind, media):
        video = upload(client, animation(kind), "a.gif").json()
        answer = client.get(f"{API}/videos/{video['id']}")
        assert (answer.headers["content-type"], answer.content) == (media, animation(kind))

    def test_it_is_its_own_pages_alone(self, app, client, other, photo, clip):
        url = f"{API}/videos/{upload(client, clip).json()['id']}"
        assert other.get(url).status_code == 404  # a page that has nothing here
        other.upload(photo)
        assert other.get(url).status_code == 404
        assert other.get(f"{url}?page={client.page}").status_code == 404  # the header is heeded
        plain = Client(app, headers={"X-Semcs-Page": ""})
        assert plain.get(url).status_code == 400
        assert plain.get(f"{url}?page={client.page}").status_code == 200  # as players ask

    @pytest.mark.parametrize("id", ["..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "x" * 22])
    def test_other_files_are_not_there(self, client, clip, id):
        upload(client, clip)
        assert client.get(f"{API}/videos/{id}").status_code in (404, 405)

    def test_after_the_end_it_is_gone(self, app, client, clip):
        url = f"{API}/videos/{upload(client, clip).json()['id']}"
        assert client.delete(url).status_code == 204
        assert client.get(url).status_code == 404
        url = f"{API}/videos/{upload(client, clip).json()['id']}"
        assert client.get(url).status_code == 200
        app.state.studio.pages.drop(app.state.studio.pages.open(client.page))
        assert client.get(url).status_code == 404


class TestMoments:
    def shown(self, client, photo):
        return index_of(np.asarray(picture_of(client.get(f"{API}/photos/{photo['id']}"))))

    @pytest.mark.parametrize("kind", [{}, {"container": "matroska"}, {"options": {"g": "3"}}])
    def test_the_frame_that_is_shown_then(self, client, tmp_path, kind):
        clip = make_clip(tmp_path / "a.mp4", offset=12800, **kind)
        video = upload(client, clip).json()
        for at, index in ((0, 0), (0.039, 0), (0.04, 1), (0.1, 2), (0.43, 10), (0.479, 11)):
            photo = client.post(f"{API}/videos/{video['id']}/frames", json={"at": at}).json()
            assert self.shown(client, photo) == index, at
            if index == 0:
                assert photo["id"] == video["photo"]["id"]

    def test_of_animations(self, client):
        video = upload(client, animation("GIF"), "a.gif").json()
        said = client.post(f"{API}/videos/{video['id']}/frames", json={"at": 0.45}).json()
        assert said["name"] == "a-0.4s.png"
        assert self.shown(client, said) == 2

    def test_eight_are_kept(self, app, client, clip):
        video = upload(client, clip).json()
        path = f"{API}/videos/{video['id']}/frames"
        made = [client.post(path, json={"at": at / 25}).json()["id"] for at in range(1, 12)]
        state = client.get(f"{API}/pages/state").json()
        first = video["photo"]["id"]
        assert [one["id"] for one in state["photos"]] == [first, *made[-8:]]
        assert [one["id"] for one in state["videos"][0]["moments"]] == made[-8:]
        assert len([file for file in files_of(app) if file.suffix == ".photo"]) == 9
        again = client.post(path, json={"at": 11.5 / 25}).json()["id"]
        assert again == made[-1]

    @pytest.mark.parametrize(("at", "status"), [(0.48, 400), (99, 400), (-1, 422), ("x", 422)])
    def test_moments_that_there_are_not(self, client, clip, at, status):
        video = upload(client, clip).json()["id"]
        answer = client.post(f"{API}/videos/{video}/frames", json={"at": at})
        assert (answer.status_code, list(answer.json())) == (status, ["error"])


class TestTheEnd:
    def test_deleting_takes_all_that_is_of_it(self, app, client, clip, photo_id):
        before = files_of(app)
        for what in ("video", "photo"):
            video = upload(client, clip).json()
            client.find(video["photo"]["id"])
            client.post(f"{API}/videos/{video['id']}/frames", json={"at": 0.2})
            path = f"videos/{video['id']}" if what == "video" else f"photos/{video['photo']['id']}"
            assert client.delete(f"{API}/{path}").status_code == 204
            assert files_of(app) == before
            state = client.get(f"{API}/pages/state").json()
            assert (state["videos"], len(state["photos"])) == ([], 1)
            assert client.delete(f"{API}/videos/{video['id']}").status_code == 404

    def test_it_goes_with_its_page(self, make_app, room, clip):
        app = make_app(room, limits=Limits(leave_seconds=0))
        client = Client(app)
        assert upload(client, clip).status_code == 201
        client.post(f"{API}/pages/goodbye", json={"page": client.page})
        app.state.studio.pages.sweep()
        assert [*app.state.studio.pages.folder.iterdir()] == []

    def test_it_is_nobody_elses(self, client, other, photo, clip):
        video = upload(client, clip).json()["id"]
        other.upload(photo)
        assert other.delete(f"{API}/videos/{video}").status_code == 404
        frame = other.post(f"{API}/videos/{video}/frames", json={"at": 0})
        assert frame.status_code == 404
        job = {"kind": "video", "video": video, "fg": "gold"}
        assert other.post(f"{API}/jobs", json=job).status_code == 404


def test_without_the_extra(client, clip, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    assert client.get(f"{API}/about").json()["video"] is False
    answer = upload(client, clip)
    assert answer.status_code == 409
    assert "pip install 'semcs[video]'" in answer.json()["error"]
    assert upload(client, animation("GIF"), "a.gif").status_code == 201  # by Pillow


def test_with_the_extra(client):
    said = client.get(f"{API}/about").json()
    assert (said["video"], said["limits"]["video_bytes"]) == (True, 500_000_000)
