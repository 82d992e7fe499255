"""The room: what it looks at once, keeps, lets go of, and does one at a time."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest
from fake_studio import API, Client, png
from PIL import Image
from tiny_regions import TinyRegions

import semcs
from semcs.studio import room as rooms
from semcs.studio.refusals import Refused
from semcs.studio.room import Room, reduced


@pytest.fixture
def family(make_family):
    return make_family(regions=TinyRegions)


@pytest.fixture
def room(family):
    return Room(family)


@pytest.fixture
def file(tmp_path, photo):
    path = tmp_path / "a.photo"
    path.write_bytes(png(photo))
    return path


def test_masks_are_those_of_the_library_to_the_bit(room, family, file, photo):
    seen = room.seen(file)
    for options in ({}, {"invert_mask": True}, {"rule": "border"}):
        styled = semcs.Stylizer(family)(photo, fg="gold", preset="instant", **options)
        rule, invert = options.get("rule", "cues"), options.get("invert_mask", False)
        assert np.array_equal(seen.salient(rule, invert), styled.mask)
    finder = semcs.RegionFinder(family)
    finder.set_image(photo)
    assert np.array_equal(seen.words("car"), finder.find("car"))
    predictor = semcs.SaliencyPredictor(models=family)
    predictor.set_image(photo)
    assert seen.sureness() == predictor.sureness


def test_a_photo_is_looked_at_once(room, family, file):
    for _ in range(3):
        room.seen(file).find(click=(30, 30))
        room.seen(file).words("car")
    assert family.regions.looked == 1


def test_no_more_is_kept_than_fits(room, file, photo, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_LOOKED_AT", 2 * 96 * 64)
    files = [file.with_name(f"{number}.photo") for number in range(4)]
    for one in files:
        one.write_bytes(png(photo))
    first = room.seen(files[0])
    for one in files:
        room.seen(one)
    assert list(room._seen) == files[2:]
    assert room.seen(files[0]) is not first
    room.forget(file.parent)
    assert not room._seen


def test_masks_that_are_kept_are_few(room, file, monkeypatch):
    monkeypatch.setattr(rooms, "MASKS_KEPT", 2)
    seen = room.seen(file)
    for rule in ("cues", "border", "centre"):
        seen.salient(rule)
    assert len(seen._masks) == 2


def test_large_photos_are_painted_one_at_a_time(file, monkeypatch):
    monkeypatch.setattr(rooms, "LARGE", 10)
    running, most = [], []

    class Stylizer:
        def iterate(self, data, **options):
            running.append(1)
            most.append(len(running))
            threading.Event().wait(0.02)
            running.pop()
            return self

        def __iter__(self):
            return iter(())

        def result(self):
            return None

    room = Room("bundled")
    room._stylizer = Stylizer()
    threads = [threading.Thread(target=room.paint, args=(file, {})) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == [1, 1, 1, 1]


def test_photo_and_mask_are_reduced_to_one_size(tmp_path, photo, disc):
    for size in ((97, 64), (640, 427), (333, 1000)):
        whole = photo.resize(size)
        file, mask = tmp_path / f"{size}.photo", tmp_path / f"{size}.mask"
        file.write_bytes(png(whole))
        mask.write_bytes(png(Image.fromarray((disc * 255).astype(np.uint8)).resize(size)))
        small, small_mask = Image.open(reduced(file, 50)), Image.open(reduced(mask, 50))
        assert small.size == small_mask.size
        assert max(small.size) == 50
        assert (small.mode, small_mask.mode) == ("RGB", "L")
        assert reduced(file, 2000) == file


def test_what_is_gone_is_said(room, tmp_path):
    with pytest.raises(Refused) as refused:
        room.paint(tmp_path / "gone.photo", {"fg": "gold"})
    assert refused.value.status == 404


def test_it_is_warmed_when_the_app_starts(make_app, room, monkeypatch):
    warmed = threading.Event()
    monkeypatch.setattr(Room, "warm", lambda self: warmed.set())
    with Client(make_app(room, page=False)) as client:
        assert warmed.wait(60)
        assert client.get(f"{API}/about").status_code == 200


def test_a_photo_that_comes_while_torch_is_imported_is_read(tmp_path, photo):
    """In a process of its own, as torch is imported once."""
    program = """
import sys, threading
from semcs.studio.context import Studio
from semcs.studio.settings import Settings
from semcs.studio.uploads import check_picture
studio = Studio(Settings())
threading.Thread(target=__import__, args=("torch",)).start()
while "torch" not in sys.modules:
    pass
data = open(sys.argv[1], "rb").read()
print(studio.work.submit("a", lambda: check_picture(data, studio.settings.limits)).done.result())
studio.close()
"""
    photo.save(tmp_path / "a.png")
    argv = [sys.executable, "-c", program, str(tmp_path / "a.png")]
    assert subprocess.check_output(argv, text=True) == "(96, 64)\n"


def test_a_model_that_is_missing_stops_no_server(make_app, room, monkeypatch, caplog):
    def fail(self):
        raise semcs.ModelUnavailableError("not here")

    monkeypatch.setattr(Room, "warm", fail)
    with Client(make_app(room, page=False)) as client:
        assert client.get(f"{API}/about").json()["ready"] is False


def test_two_pages_are_painted_at_a_time(make_app, family, photo):
    """Threads share the networks, and each gets what it would get alone."""
    app = make_app(Room(family), workers=2)
    clients = [Client(app) for _ in range(3)]
    ids = [client.upload(photo) for client in clients]
    alone = clients[0].post(f"{API}/stylize", json={"photo": ids[0], "fg": "gold", "bg": "snow"})
    answers = {}

    def ask(number):
        wanted = {"photo": ids[number], "fg": "gold", "bg": "snow"}
        answers[number] = clients[number].post(f"{API}/stylize", json=wanted).content

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(answers.values()) == {alone.content}
