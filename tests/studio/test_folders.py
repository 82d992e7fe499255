"""The same look on many photos: turns, photos that fail, the ZIP, and the code."""

from __future__ import annotations

import io
import threading
import zipfile
from types import SimpleNamespace

import numpy as np
import pytest
from fake_studio import API, picture_of
from PIL import Image
from studio_jobs import events, files_of, state, wait_for


@pytest.fixture
def photos(client, photo):
    """Ids of three photos of which two have one name."""
    names = ("a.png", "b.jpg", "A.png")
    return [client.upload(photo.rotate(90 * turn), name) for turn, name in enumerate(names)]


def ask(client, photos, /, **said):
    return client.post(
        f"{API}/jobs", json={"kind": "folder", "photos": photos, "fg": "gold", **said}
    )


def start(client, photos, /, **said):
    answer = ask(client, photos, **said)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def unpacked(client, url):
    answer = client.get(url)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()}


def test_from_the_start_to_the_zip(client, room, photo, photos):
    job = start(client, [*photos, photos[0]], bg="snow", seed=3)
    *_, (last, said) = events(client, job)
    assert (last, said["kind"], said["step"], said["steps"]) == ("done", "folder", 3, 3)
    assert said["photos"] == photos
    assert [options["seed"] for options in room.painted] == [3, 3, 3]
    assert picture_of(client.get(said["preview"])).size == (96, 64)
    result = said["result"]
    assert (result["kind"], result["name"]) == ("folder", "photos-styled.zip")
    assert [one["photo"] for one in result["pictures"]] == photos
    inverted = [255 - np.asarray(photo.rotate(90 * turn)) for turn in range(3)]
    for one, expected in zip(result["pictures"], inverted):
        assert np.array_equal(np.asarray(picture_of(client.get(one["result"]["url"]))), expected)
    found = unpacked(client, result["url"])
    assert [*found] == ["a.png", "b.png", "A-2.png"]
    for image, expected in zip(found.values(), inverted):
        assert np.array_equal(np.asarray(image), expected)
    small = unpacked(client, result["url"] + "?format=jpeg")
    assert [(name, image.format) for name, image in small.items()] == [
        ("a.jpg", "JPEG"), ("b.jpg", "JPEG"), ("A-2.jpg", "JPEG")]  # fmt: skip
    kept = client.get(f"{API}/pages/state").json()["results"]
    assert [one["kind"] for one in kept] == ["stylize"] * 3 + ["folder"]
    assert kept[-1] == result


def test_one_that_is_broken_costs_itself_alone(app, client, photos):
    page = app.state.studio.pages.open(client.page)
    page.photos[photos[1]].file.write_bytes(b"broken")
    said = events(client, start(client, photos))[-1][1]
    first, broken, last = said["result"]["pictures"]
    assert (said["state"], said["step"]) == ("done", 3)
    assert ("result" in first, "result" in broken, "result" in last) == (True, False, True)
    assert broken["error"]
    assert "\n" not in broken["error"]
    assert [*unpacked(client, said["result"]["url"])] == ["a.png", "A-2.png"]


def test_where_all_are_broken_it_fails(client, room, photos):
    room.fails = RuntimeError("secret: /home/somebody")
    said = wait_for(client, start(client, photos), state="failed")
    assert said["error"].startswith("no photo could be styled: ")
    assert "secret" not in said["error"]


@pytest.mark.parametrize("steps", [0, 1])
def test_others_have_their_turns_between_its_photos(client, other, room, photo, photos, steps):
    room.begin_allowed.clear()
    job = start(client, photos, preset="semcs", steps=steps)
    wait_for(client, job, state="running")
    theirs = other.upload(photo)
    wanted = {"photo": theirs, "bg": "snow", "preset": "semcs", "steps": steps}
    late = other.post(f"{API}/jobs", json=wanted).json()["id"]
    room.begin_allowed.set()
    wait_for(client, job, state="done")
    wait_for(other, late, state="done")
    order = ["bg" if "bg" in options else "fg" for options in room.painted]
    assert order.index("bg") == 1
    assert order.count("fg") == 3


def test_stopping_keeps_what_there_is(client, room, photos):
    room.begin_allowed.clear()
    job = start(client, photos)
    wait_for(client, job, state="running")
    client.post(f"{API}/jobs/{job}/stop")
    room.begin_allowed.set()
    said = wait_for(client, job, state="stopped")
    assert len(said["result"]["pictures"]) == 1


def test_cancelling_keeps_nothing(app, client, room, photos):
    before, allowed = files_of(app), threading.Semaphore(1)
    room.begin_allowed = SimpleNamespace(wait=lambda seconds: allowed.acquire(timeout=seconds))
    job = start(client, photos)
    wait_for(client, job, step=1)
    assert len(files_of(app)) > len(before)
    piece = app.state.studio.pages.open(client.page).jobs[job].piece
    assert client.delete(f"{API}/jobs/{job}").status_code == 204
    allowed.release()
    piece.done.result(10)
    assert files_of(app) == before
    assert client.get(f"{API}/pages/state").json()["results"] == []


def test_pictures_that_are_deleted_are_left_out(client, photos):
    result = events(client, start(client, photos))[-1][1]["result"]
    client.delete(f"{API}/photos/{photos[0]}")
    client.delete(result["pictures"][1]["result"]["url"])
    kept = client.get(f"{API}/pages/state").json()["results"][-1]
    assert [one.get("error") for one in kept["pictures"]] == ["this picture was deleted"] * 2 + [None]  # noqa: E501  # fmt: skip
    assert [*unpacked(client, result["url"])] == ["A.png"]
    assert client.delete(result["url"]).status_code == 204
    assert client.get(kept["pictures"][2]["result"]["url"]).status_code == 200
    assert client.get(result["url"]).status_code == 404


def test_the_last_one_is_deleted(client, photos):
    result = events(client, start(client, photos[:1]))[-1][1]["result"]
    client.delete(result["pictures"][0]["result"]["url"])
    answer = client.get(result["url"])
    assert (answer.status_code, answer.json()["error"]) == (404, "these pictures were deleted")


def test_code(client, photo, photos):
    files = {"file": ("art.png", client.get(f"{API}/photos/{photos[0]}").content)}
    art = client.post(f"{API}/photos/{photos[0]}/styles", files=files).json()["id"]
    said = {"bg": {"picture": art}, "keep_color": 0.5, "seed": 3}
    url = events(client, start(client, photos, **said))[-1][1]["result"]["url"]
    code = client.get(f"{url}/code").json()
    assert code["command"] == (
        "semcs folder photos -o styled --fg gold --bg-image style-1.png --preset instant "
        "--keep-color 0.5 --seed 3 --models bundled\n"
    )
    assert "semcs.stylize_folder(\n    'photos',\n    'styled',\n    fg='gold'," in code["python"]
    compile(code["python"], "folder.py", "exec")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{url}?format=layers").content)) as archive:
        assert archive.namelist() == ["folder.py", "style-1.png"]
        assert archive.read("folder.py").decode() == code["python"]
        assert archive.read("style-1.png") == files["file"][1]
    assert client.get(f"{url}?format=psd").status_code == 400


def test_requests_that_make_no_sense(client, room, photos):
    mask = client.find(photos[0])
    for said, status, about in (
        ({"mask": mask}, 400, "a mask is of one photo"),
        ({"fg": None, "regions": [{"mask": mask, "style": "gold"}]}, 400, "a mask is of one photo"),
        ({"fg": None}, 400, "one way"),
        ({"side": 64}, 400, "side"),
        ({"photos": []}, 422, "photos"),
        ({"photos": ["x" * 22]}, 404, "photo"),
        ({"photos": photos * 300}, 422, "photos"),
        ({"photo": photos[0]}, 422, "photo"),
    ):
        answer = ask(client, photos, **said)
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), said
        assert about in answer.json()["error"]
    assert room.painted == []
    assert state(client, "none")["error"]
