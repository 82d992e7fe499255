"""Jobs: places, steps, stop, cancel, failures; and pictures at once."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from fake_studio import API, Client, picture_of, png
from PIL import Image
from studio_jobs import events, state, wait_for

from semcs.errors import NotFoundError
from semcs.studio.settings import Limits


def start(client, photo_id, **said):
    answer = client.post(f"{API}/jobs", json={"photo": photo_id, "fg": "gold", **said})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


class TestJobs:
    def test_from_the_start_to_the_picture(self, client, photo, photo_id):
        job = start(client, photo_id, preset="semcs", steps=3)
        *steps, (last, said) = events(client, job)
        assert {name for name, _ in steps} <= {"place", "step"}
        assert (last, said["state"], said["step"], said["steps"]) == ("done", "done", 3, 3)
        inverted = 255 - np.asarray(photo)
        assert np.array_equal(np.asarray(picture_of(client.get(said["result"]["url"]))), inverted)
        assert picture_of(client.get(said["preview"])).size == (12, 8)

    def test_place_and_turns(self, client, other, room, photo, photo_id):
        room.begin_allowed.clear()
        theirs = other.upload(photo)
        jobs = [start(client, photo_id, preset="semcs", steps=1) for _ in range(4)]
        wait_for(client, jobs[0], state="running")
        late = start(other, theirs, preset="semcs", steps=1)
        assert [state(client, job)["place"] for job in jobs] == [0, 1, 3, 4]
        assert state(other, late)["place"] == 2
        room.begin_allowed.set()
        assert events(client, jobs[-1])[-1][0] == "done"
        assert state(other, late)["state"] == "done"

    def test_stopping_keeps_what_there_is(self, client, room, photo_id):
        room.step_allowed.clear()
        job = start(client, photo_id, preset="semcs", steps=50)
        wait_for(client, job, state="running")
        assert client.post(f"{API}/jobs/{job}/stop").status_code == 200
        room.step_allowed.set()
        said = wait_for(client, job, state="stopped")
        assert said["step"] == 1
        code = client.get(f"{said['result']['url']}/code").json()
        assert "steps=1," in code["python"]
        assert "--steps 1" in code["command"]

    def test_stopping_what_waits(self, client, room, photo_id):
        room.begin_allowed.clear()
        first = start(client, photo_id, preset="semcs", steps=1)
        second = start(client, photo_id, preset="semcs", steps=1)
        wait_for(client, first, state="running")
        said = client.post(f"{API}/jobs/{second}/stop").json()
        assert (said["state"], "result" in said) == ("stopped", False)
        room.begin_allowed.set()
        wait_for(client, first, state="done")
        assert len(room.painted) == 1

    def test_cancelling_keeps_nothing(self, client, room, photo_id):
        room.step_allowed.clear()
        running = start(client, photo_id, preset="semcs", steps=50)
        waiting = start(client, photo_id, preset="semcs", steps=50)
        wait_for(client, running, state="running")
        for job in (running, waiting):
            assert client.delete(f"{API}/jobs/{job}").status_code == 204
            assert client.get(f"{API}/jobs/{job}").status_code == 404
        room.step_allowed.set()
        after = start(client, photo_id, preset="semcs", steps=1)
        wait_for(client, after, state="done")
        assert len(room.painted) == 2
        assert len(client.get(f"{API}/pages/state").json()["results"]) == 1

    def test_a_page_that_goes_ends_its_jobs(self, app, client, room, photo_id):
        room.step_allowed.clear()
        job = start(client, photo_id, preset="semcs", steps=10**3)
        wait_for(client, job, state="running")
        pages = app.state.studio.pages
        pages.drop(pages.open(client.page))
        room.step_allowed.set()
        client.upload(Image.new("RGB", (9, 9)))
        assert client.get(f"{API}/pages/state").json()["jobs"] == []

    def test_a_time_limit_ends_it(self, make_app, room, photo):
        client = Client(make_app(room, limits=Limits(seconds=0)))
        job = start(client, client.upload(photo), preset="semcs", steps=50)
        assert wait_for(client, job, state="done")["step"] == 1

    def test_one_that_fails_harms_no_other(self, client, room, photo_id):
        room.fails = NotFoundError("no sky in this photo")
        failed = start(client, photo_id, preset="semcs", steps=1)
        said = events(client, failed)[-1]
        assert (said[0], said[1]["error"]) == ("failed", "no sky in this photo")
        room.fails = RuntimeError("secret: /home/somebody")
        said = wait_for(client, start(client, photo_id), state="failed")
        assert "secret" not in said["error"]
        answer = client.post(f"{API}/stylize", json={"photo": photo_id, "fg": "gold"})
        assert answer.status_code == 500
        assert "secret" not in answer.text
        room.fails = None
        assert wait_for(client, start(client, photo_id), state="done")

    def test_too_many_are_told_when_to_come_back(self, make_app, room, photo):
        client = Client(make_app(room, limits=Limits(waiting_each=2)))
        id = client.upload(photo)
        room.begin_allowed.clear()
        wait_for(client, start(client, id, preset="semcs", steps=1), state="running")
        for _ in range(2):
            start(client, id, preset="semcs", steps=1)
        answer = client.post(
            f"{API}/jobs", json={"photo": id, "fg": "gold", "preset": "semcs", "steps": 1}
        )
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        room.begin_allowed.set()


class TestStylize:
    def test_a_form_needs_no_page_and_leaves_nothing(self, app, client, room, photo):
        client.headers.pop("X-Semcs-Page")
        wanted = {"fg": "gold", "bg": [["snow", 1], ["ice", 2]], "keep_color": 0.5}
        answer = client.post(
            f"{API}/stylize",
            files={"photo": ("a.png", png(photo))},
            data={"request": json.dumps(wanted)},
        )
        assert np.array_equal(np.asarray(picture_of(answer)), 255 - np.asarray(photo))
        assert json.loads(answer.headers["x-semcs-looks"]) == [{"by": "looks"}]
        assert float(answer.headers["x-semcs-seconds"]) == 0.01
        mask = room.painted[0].pop("mask")
        assert (mask[:, :48].min(), mask[:, 48:].max()) == (1, 0)
        assert room.painted == [
            {"fg": "gold", "bg": [("snow", 1), ("ice", 2)], "keep_color": 0.5, "preset": "instant"}
        ]
        assert [*app.state.studio.pages.folder.iterdir()] == []

    def test_a_form_may_bring_its_mask(self, client, room, photo, disc):
        drawn = Image.fromarray((disc * 255).astype(np.uint8))
        files = {"photo": ("a.png", png(photo)), "mask": ("m.png", png(drawn))}
        answer = client.post(f"{API}/stylize", files=files, data={"request": '{"fg": "gold"}'})
        assert answer.status_code == 200
        handed_on = Image.open(io.BytesIO(room.painted[0]["mask"]))
        assert np.array_equal(np.asarray(handed_on), np.asarray(drawn))

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [("image/png", "PNG"), ("image/jpeg", "JPEG"), ("*/*", "PNG"),
         ("image/jpeg, image/png", "JPEG"), ("image/png, image/jpeg", "PNG")],
    )  # fmt: skip
    def test_the_kind_that_is_accepted(self, client, photo_id, accept, kind):
        answer = client.post(
            f"{API}/stylize", json={"photo": photo_id, "fg": "gold"}, headers={"Accept": accept}
        )
        assert picture_of(answer).format == kind

    def test_regions_are_handed_on(self, client, room, photo, photo_id):
        mask = client.find(photo_id)
        style = client.post(
            f"{API}/photos/{photo_id}/styles", files={"file": ("s.png", png(photo))}
        ).json()["id"]
        regions = [
            {"mask": mask, "style": {"picture": style}, "name": "left", "keep_color": 0.2},
            {"words": "the sky", "style": "snow", "strength": 0.4, "detail": 1, "avoid": "blue"},
            {"foreground": True, "style": None},
            {"rest": True, "style": "ink wash", "scale": 2},
        ]
        wanted = {"photo": photo_id, "regions": regions, "strength": 0.9, "seed": 5}
        assert client.post(f"{API}/stylize", json=wanted).status_code == 200
        first, second, third, rest = room.painted[0]["regions"]
        assert (first.name, first.strength, first.keep_color) == ("left", 0.9, 0.2)
        assert np.array_equal(np.asarray(Image.open(io.BytesIO(first.style))), photo)
        assert (second.name, second.style, second.strength, second.detail, second.avoid) == (
            "the sky", "snow", 0.4, 1, "blue")  # fmt: skip
        assert isinstance(second.mask, np.ndarray)
        assert (third.mask, third.style) == ("foreground", None)
        assert (rest.mask, rest.scale, rest.strength) == ("rest", 2, 0.9)
        assert room.painted[0]["seed"] == 5

    def test_it_is_painted_as_large_as_asked(self, client, photo_id):
        wanted = {"photo": photo_id, "fg": "gold", "side": 48, "mask": client.find(photo_id)}
        assert picture_of(client.post(f"{API}/stylize", json=wanted)).size == (48, 32)

    @pytest.mark.parametrize(
        ("said", "status", "about"),
        [
            ({}, 400, "one way"),
            ({"style": "gold", "fg": "gold"}, 400, "one way"),
            ({"fgg": "gold"}, 422, "fgg"),
            ({"fg": ""}, 422, "fg: a style is a text"),
            ({"fg": {"picture": "x"}}, 422, "fg: a style is a text"),
            ({"fg": {"picture": "x" * 22}}, 404, "style picture"),
            ({"fg": 7}, 422, "fg: a style is a text"),
            ({"fg": "gold", "strength": 2}, 422, "strength"),
            ({"fg": "gold", "preset": "none"}, 422, "preset"),
            ({"fg": "gold", "size": 4096}, 400, "size"),
            ({"fg": "gold", "steps": 5000}, 400, "steps"),
            ({"fg": "gold", "mask": "/etc/passwd"}, 422, "mask"),
            ({"regions": []}, 422, "regions"),
            ({"regions": [{"rest": True}]}, 400, "no region has a style"),
            ({"regions": [{"style": "gold"}]}, 400, "one place"),
            ({"regions": [{"words": "sky", "rest": True, "style": "gold"}]}, 400, "one place"),
        ],
    )
    def test_requests_that_make_no_sense(self, client, room, photo_id, said, status, about):
        for path in ("stylize", "jobs"):
            answer = client.post(f"{API}/{path}", json={"photo": photo_id, **said})
            assert answer.status_code == status, answer.text
            assert about in answer.json()["error"]
        assert room.painted == []

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"[]", b"NaN", b"\xff", b"[" * 9999, b'{"photo": NaN}']
    )
    def test_bodies_that_are_none(self, client, body):
        headers = {"Content-Type": "application/json"}
        for path in ("stylize", "jobs"):
            answer = client.post(f"{API}/{path}", content=body, headers=headers)
            assert answer.status_code in (400, 404, 422)
            assert list(answer.json()) == ["error"]
