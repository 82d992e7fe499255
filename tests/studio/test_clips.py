"""Clips as jobs: styled, stopped, cancelled, downloaded in parts, and made again by their code."""

from __future__ import annotations

import io
import shlex
import zipfile

import numpy as np
import pytest
from clips import index_of, make_clip, sound_packets, video_frames
from fake_studio import API, Client, picture_of
from PIL import Image
from studio_jobs import ClipRoom, animation, events, files_of, state, upload, wait_for
from tiny_regions import TinyRegions

from semcs.cli import main
from semcs.errors import NotFoundError
from semcs.models import families
from semcs.studio.room import Room
from semcs.studio.settings import Limits


@pytest.fixture
def room():
    return ClipRoom()


@pytest.fixture
def clip(tmp_path):
    return make_clip(tmp_path / "clip.mp4", frames=5, sound="aac", noise=12)


@pytest.fixture
def video(client, clip):
    return upload(client, clip).json()


def ask(client, video, /, **said):
    return client.post(
        f"{API}/jobs", json={"kind": "video", "video": video["id"], "fg": "gold", **said}
    )


def start(client, video, /, **said):
    answer = ask(client, video, **said)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def made(client, video, /, **said):
    """The result of a job that is waited for."""
    job = start(client, video, **said)
    last, about = events(client, job)[-1]
    assert last == "done", about
    return about["result"]


def content_of(client, result, tmp_path):
    file = tmp_path / f"got-{result['name']}"
    file.write_bytes(client.get(result["url"]).content)
    return file


class TestJobs:
    def test_from_the_start_to_the_clip(self, client, video, clip, tmp_path):
        job = start(client, video, bg="snow")
        *steps, (last, said) = events(client, job)
        assert {name for name, _ in steps} <= {"place", "step"}
        assert (last, said["kind"], said["step"], said["steps"]) == ("done", "video", 5, 5)
        assert (said["video"], said["photo"]) == (video["id"], video["photo"]["id"])
        assert picture_of(client.get(said["preview"])).size == (96, 64)
        result = said["result"]
        assert (result["kind"], result["name"]) == ("video", "clip-styled.mp4")
        assert (result["width"], result["height"], result["frames"]) == (96, 64, 5)
        assert result["seconds"] == pytest.approx(0.2)
        file = content_of(client, result, tmp_path)
        assert result["bytes"] == file.stat().st_size
        frames, source = video_frames(file), video_frames(clip)
        assert [time for time, _ in frames] == [time for time, _ in source]
        for (_, shown), (_, came) in zip(frames, source):
            assert np.abs(shown.astype(float) - (255 - came)).mean() < 8
        assert sound_packets(file)
        kept = client.get(f"{API}/pages/state").json()["results"]
        assert kept == [result]

    def test_masks_and_styles_by_id(self, client, room, video, photo, disc):
        drawn = Image.fromarray((disc * 255).astype(np.uint8)).resize((96, 64))
        buffer = io.BytesIO()
        drawn.save(buffer, "PNG")
        first = video["photo"]["id"]
        mask = client.put(
            f"{API}/photos/{first}/mask",
            content=buffer.getvalue(),
            headers={"Content-Type": "image/png"},
        ).json()["id"]
        files = {"file": ("art.png", buffer.getvalue())}
        style = client.post(f"{API}/photos/{first}/styles", files=files).json()["id"]
        regions = [
            {"mask": mask, "style": "gold", "name": "disc"},
            {"rest": True, "style": {"picture": style}},
        ]
        made(client, video, fg=None, regions=regions, stop=0.08, seed=3)
        (said,) = room.clips
        handed_on = np.asarray(Image.open(io.BytesIO(said["regions"][0].mask)))
        assert np.array_equal(handed_on, np.asarray(drawn))
        assert (said["regions"][1].mask, said["stop"], said["seed"]) == ("rest", 0.08, 3)

    def test_what_was_found_is_found_in_every_shot(self, client, room, video):
        """A mask alone is empty after a cut."""
        first = video["photo"]["id"]
        found, car = client.find(first), client.find(first, words="the car")
        regions = [{"mask": car, "style": "snow"}, {"mask": found, "style": "gold"}]
        made(client, video, fg=None, regions=regions, stop=0.08)
        assert [one.mask for one in room.clips[0]["regions"]] == ["the car", "foreground"]
        made(client, video, mask=found, rule="border", invert_mask=True, stop=0.08)
        assert "mask" not in room.clips[1]
        assert "rule" not in room.clips[1]
        assert room.clips[1]["invert_mask"]

    def test_masks_are_looked_for_where_the_clip_begins(self, client, room, video):
        mask = client.find(video["photo"]["id"], clicks=[[3, 3]])
        made(client, video, mask=mask, start=0.08, stop=0.16)
        began = [*room.looked_at.values()][-1]
        assert index_of((began.picture.rgb * 255).round().astype(np.uint8)) == 2
        assert np.array_equal(began.searches[-1]["hint"], began.half())
        handed_on = Image.open(io.BytesIO(room.clips[0]["mask"]))
        assert np.array_equal(np.asarray(handed_on) == 255, began.half() == 1)

    def test_stopping_keeps_what_there_is(self, client, room, video, tmp_path):
        room.step_allowed.clear()
        job = start(client, video)
        wait_for(client, job, state="running")
        client.post(f"{API}/jobs/{job}/stop")
        room.step_allowed.set()
        said = wait_for(client, job, state="stopped")
        assert said["result"]["frames"] == 1
        assert len(video_frames(content_of(client, said["result"], tmp_path))) == 1
        assert "stop=0.04," in client.get(f"{said['result']['url']}/code").json()["python"]

    def test_cancelling_keeps_nothing(self, app, client, room, video):
        before = files_of(app)
        room.step_allowed.clear()
        running, waiting = start(client, video), start(client, video)
        wait_for(client, running, state="running")
        assert state(client, waiting)["place"] == 1
        for job in (waiting, running):
            assert client.delete(f"{API}/jobs/{job}").status_code == 204
        room.step_allowed.set()
        made(client, video, stop=0.05)
        assert len(room.clips) == 2
        assert len(files_of(app)) == len(before) + 1
        assert len(client.get(f"{API}/pages/state").json()["results"]) == 1

    def test_a_page_that_goes_takes_a_running_clip(self, app, client, room, video):
        room.step_allowed.clear()
        job = start(client, video)
        wait_for(client, job, state="running")
        pages, piece = app.state.studio.pages, None
        page = pages.open(client.page)
        piece = page.jobs[job].piece
        pages.drop(page)
        room.step_allowed.set()
        piece.done.result(10)
        assert [*pages.folder.iterdir()] == []

    def test_a_time_limit_keeps_what_there_is(self, make_app, room, clip):
        client = Client(make_app(room, limits=Limits(clip_seconds=0)))
        job = start(client, upload(client, clip).json())
        assert wait_for(client, job, state="stopped")["result"]["frames"] == 1

    def test_no_room_for_it(self, make_app, room, clip):
        size = clip.stat().st_size
        app = make_app(room, limits=Limits(page_bytes=size + 22_000))
        client = Client(app)
        video = upload(client, clip).json()
        app.state.studio.pages._limits = Limits(page_bytes=size)
        said = wait_for(client, start(client, video), state="failed")
        assert "holds too much" in said["error"]
        assert not [file for file in files_of(app) if file.name.startswith("styled")]

    def test_one_that_fails(self, app, client, room, video):
        room.fails = NotFoundError("no sky in the first frame")
        before = files_of(app)
        said = events(client, start(client, video))[-1]
        assert (said[0], said[1]["error"]) == ("failed", "no sky in the first frame")
        assert files_of(app) == before

    def test_pictures_are_not_behind_it(self, client, room, video, photo_id):
        room.step_allowed.clear()
        job = start(client, video)
        wait_for(client, job, state="running")
        assert client.post(
            f"{API}/stylize", json={"photo": photo_id, "fg": "gold"}
        ).status_code == 200  # fmt: skip
        slow = {"photo": photo_id, "fg": "gold", "preset": "semcs", "steps": 0}
        wait_for(client, client.post(f"{API}/jobs", json=slow).json()["id"], state="done")
        refined = client.post(f"{API}/jobs", json=slow | {"steps": 1}).json()["id"]
        wait_for(client, refined, state="running")  # though no frame is allowed
        assert state(client, job)["state"] == "running"
        room.step_allowed.set()
        wait_for(client, refined, state="done")

    @pytest.mark.parametrize(
        ("said", "status", "about"),
        [
            ({"fg": None}, 400, "one way"),
            ({"side": 64}, 400, "side"),
            ({"start": 5}, 400, "start is 5: 'clip.mp4' lasts 0.2 s"),
            ({"start": 0.1, "stop": 0.1}, 400, "stop"),
            ({"start": -1}, 422, "start"),
            ({"quality": 101}, 422, "quality"),
            ({"video": "x" * 22}, 404, "video"),
            ({"photo": "x" * 22}, 422, "photo"),
            ({"mask": "x" * 22}, 404, "mask"),
            ({"kind": "film"}, 422, "kind is one of"),
            ({"steps": 5000}, 400, "steps"),
        ],
    )
    def test_requests_that_make_no_sense(self, client, room, video, said, status, about):
        answer = ask(client, video, **said)
        assert (answer.status_code, list(answer.json())) == (status, ["error"])
        assert about in answer.json()["error"]
        assert room.clips == []

    def test_masks_of_another_photo(self, client, video, photo_id):
        answer = ask(client, video, mask=client.find(photo_id))
        assert (answer.status_code, "another photo" in answer.text) == (400, True)


class TestTraining:
    """Presets that optimise train a network before the first frame."""

    @pytest.fixture
    def begin(self, client, room, video):
        """Begins a job that waits before the given number of things seen, and gives its id."""

        def make(seen, **said):
            room.most_passed = seen
            return start(client, video, preset="semcs", **{"steps": 7, **said})

        yield make
        room.most_passed = np.inf

    def test_phases_are_told(self, client, room, begin):
        job = begin(2)
        said = wait_for(client, job, step=2)
        assert (said["phase"], said["steps"], "preview" in said) == ("looking", 5, False)
        room.most_passed = 8
        said = wait_for(client, job, phase="training", step=3)
        assert (said["steps"], "preview" in said) == (7, True)
        room.most_passed = np.inf
        last, said = events(client, job)[-1]
        assert (last, said["phase"], said["step"], said["steps"]) == ("done", "painting", 5, 5)
        assert "steps=7," in client.get(f"{said['result']['url']}/code").json()["python"]

    def test_an_instant_clip_is_painted_from_the_start(self, client, room, video):
        room.most_passed = 0
        job = start(client, video)
        assert wait_for(client, job, state="running")["phase"] == "painting"
        room.most_passed = np.inf
        assert wait_for(client, job, state="done")["result"]["frames"] == 5

    @pytest.mark.parametrize(
        ("seen", "step", "phase", "steps"), [(2, 2, "looking", 0), (8, 3, "training", 4)]
    )
    def test_stopping_ends_the_training_alone(self, client, room, begin, seen, step, phase, steps):
        job = begin(seen)
        wait_for(client, job, step=step, phase=phase)
        for _ in range(2):  # a second one, before there is a frame, changes nothing
            assert client.post(f"{API}/jobs/{job}/stop").json()["phase"] == "trained"
        room.most_passed = np.inf
        said = wait_for(client, job, state="done")
        assert (said["phase"], said["result"]["frames"]) == ("painting", 5)
        code = client.get(f"{said['result']['url']}/code").json()
        assert f"steps={steps}," in code["python"]
        assert f"--steps {steps}" in code["command"]

    def test_stopping_again_keeps_the_frames_so_far(self, client, room, begin):
        job = begin(8)
        wait_for(client, job, phase="training", step=3)
        client.post(f"{API}/jobs/{job}/stop")
        room.most_passed = 8 + 1 + 2
        wait_for(client, job, phase="painting", step=2)
        client.post(f"{API}/jobs/{job}/stop")
        room.most_passed = np.inf
        assert wait_for(client, job, state="stopped")["result"]["frames"] == 3

    @pytest.mark.parametrize(("seen", "step", "phase"), [(2, 2, "looking"), (8, 3, "training")])
    def test_cancelling_acts_at_the_next_step(
        self, app, client, room, video, begin, seen, step, phase
    ):
        before = files_of(app)
        job = begin(seen)
        wait_for(client, job, step=step, phase=phase)
        piece = app.state.studio.pages.open(client.page).jobs[job].piece
        assert client.delete(f"{API}/jobs/{job}").status_code == 204
        room.most_passed = seen + 1
        piece.done.result(10)
        assert room.passed == seen + 1
        assert files_of(app) == before

    def test_a_time_limit_ends_it_too(self, make_app, room, clip):
        client = Client(make_app(room, limits=Limits(clip_seconds=0)))
        job = start(client, upload(client, clip).json(), preset="semcs", steps=7)
        assert wait_for(client, job, state="stopped")["result"]["frames"] == 1


class TestKinds:
    @pytest.mark.parametrize(
        ("options", "suffix", "media"),
        [
            ({"sound": "aac", "container": "mov"}, ".mov", "video/quicktime"),
            ({"sound": "libopus", "container": "matroska"}, ".mkv", "video/x-matroska"),
            ({"codec": "libvpx", "sound": "libopus", "container": "webm"}, ".webm", "video/webm"),
            ({"sound": "mp3", "container": "avi"}, ".mp4", "video/mp4"),
        ],
    )  # fmt: skip
    def test_a_source_keeps_its_kind(self, client, tmp_path, options, suffix, media):
        clip = make_clip(tmp_path / "any", frames=2, **options)
        result = made(client, upload(client, clip, "any.mp4").json())
        assert result["name"] == f"any-styled{suffix}"
        assert client.get(result["url"]).headers["content-type"] == media
        assert len(video_frames(content_of(client, result, tmp_path))) == 2

    def test_an_animation(self, client, tmp_path):
        video = upload(client, animation("GIF"), "a.gif").json()
        result = made(client, video, style="gold", fg=None)
        answer = client.get(result["url"])
        assert answer.headers["content-type"] == "image/gif"
        assert Image.open(io.BytesIO(answer.content)).n_frames == 3
        refused = ask(client, video, quality=50)
        assert (refused.status_code, "quality" in refused.json()["error"]) == (400, True)
        assert "semcs-studio" not in refused.text


class TestDownload:
    @pytest.fixture
    def result(self, client, video):
        return made(client, video, stop=0.08)

    def test_parts(self, client, result):
        whole = client.get(result["url"])
        assert whole.status_code == 200
        assert whole.headers["accept-ranges"] == "bytes"
        assert whole.headers["content-disposition"] == 'attachment; filename="clip-styled.mp4"'
        data, size = whole.content, len(whole.content)
        for said, first, last in (
            ("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19),
            (f"bytes={size - 5}-", size - 5, size - 1), ("bytes=-7", size - 7, size - 1),
            (f"bytes=3-{size * 9}", 3, size - 1),
            (f"bytes=-{size * 9}", 0, size - 1),
        ):  # fmt: skip
            part = client.get(result["url"], headers={"Range": said})
            assert part.status_code == 206, said
            assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
            assert part.headers["content-length"] == str(last - first + 1)
            assert part.content == data[first : last + 1]

    def test_parts_that_there_are_not(self, client, result):
        for said in (f"bytes={result['bytes']}-", "bytes=-0"):
            answer = client.get(result["url"], headers={"Range": said})
            assert (answer.status_code, list(answer.json())) == (416, ["error"])

    def test_parts_that_make_no_sense(self, client, result):
        for said in ("", "x", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "lines=0-1",
                     "bytes=٣-", f"bytes={'9' * 40}-"):  # fmt: skip
            answer = client.get(result["url"], headers={"Range": said.encode()})
            assert (answer.status_code, len(answer.content)) == (200, result["bytes"]), said

    def test_only_of_the_same_file(self, client, result):
        tag = client.get(result["url"]).headers["etag"]
        for sent, status in ((tag, 206), ('"other"', 200)):
            headers = {"Range": "bytes=0-1", "If-Range": sent}
            assert client.get(result["url"], headers=headers).status_code == status

    def test_its_formats(self, client, result):
        for kind in ("png", "psd"):
            answer = client.get(f"{result['url']}?format={kind}")
            assert (answer.status_code, list(answer.json())) == (400, ["error"])

    def test_deleting(self, app, client, result):
        assert [file for file in files_of(app) if file.name == "styled.mp4"]
        assert client.delete(result["url"]).status_code == 204
        assert client.get(result["url"]).status_code == 404
        assert not [file for file in files_of(app) if "clip" in str(file.parent.name)]


class TestCode:
    @pytest.fixture
    def client(self, make_app, make_family, monkeypatch):
        """A page of a server that styles by tiny networks, which code finds as "bundled", too."""
        family = make_family(regions=TinyRegions)
        monkeypatch.setattr(families, "_bundled_family", lambda device: family)
        monkeypatch.setattr(family, "name", "bundled")
        return Client(make_app(Room(family)))

    def test_it_gives_the_same_bits(self, client, tmp_path, monkeypatch):
        clip = make_clip(tmp_path / "clip.mp4", frames=2, sound="aac", noise=12)
        video = upload(client, clip, "-my; clip.mp4").json()
        mask = client.find(video["photo"]["id"], clicks=[[30, 30]])
        result = made(
            client, video, mask=mask, start=0.04, quality=70, fg="gold", keep_color=0.25, seed=7
        )
        expected = client.get(result["url"]).content
        archive = client.get(f"{result['url']}?format=layers").content
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(tmp_path)
        code = client.get(f"{result['url']}/code").json()
        monkeypatch.chdir(tmp_path)
        clip.rename(video["name"])
        assert (tmp_path / "clip.py").read_text() == code["python"]
        exec(code["python"], {})
        output = tmp_path / result["name"]
        assert output.read_bytes() == expected
        output.unlink()
        argv = shlex.split(code["command"])
        assert (argv[:2], main([*argv[1:], "--workers", "0"])) == (["semcs", "video"], 0)
        assert output.read_bytes() == expected

    def test_of_a_training_that_was_stopped(self, client, tmp_path, monkeypatch):
        clip = make_clip(tmp_path / "clip.mp4", frames=4)
        video = upload(client, clip).json()
        job = start(client, video, preset="semcs", steps=300, size=64)
        wait_for(client, job, phase="training")
        assert client.post(f"{API}/jobs/{job}/stop").json()["phase"] == "trained"
        result = wait_for(client, job, state="done")["result"]
        expected = client.get(result["url"]).content
        code = client.get(f"{result['url']}/code").json()["python"]
        assert "steps=300," not in code
        monkeypatch.chdir(tmp_path)
        exec(code, {})
        assert (tmp_path / result["name"]).read_bytes() == expected


def test_texts_stay_texts(client, room, video):
    """The library opens no file by a text, whatever it looks like."""
    regions = [{"words": "/etc/passwd", "style": "secret.png"}, {"rest": True, "style": "a.mp4"}]
    made(client, video, fg=None, regions=regions, stop=0.02)
    said = [(region.mask, region.style) for region in room.clips[0]["regions"]]
    assert said == [("/etc/passwd", "secret.png"), ("rest", "a.mp4")]
