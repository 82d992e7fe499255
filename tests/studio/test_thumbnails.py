"""Thumbnails of looks on the person's own photo."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fake_studio import API, picture_of, png
from PIL import Image

import semcs
from semcs.looks.mixture import render_match
from semcs.looks.sheet import fit
from semcs.studio.room import Room, reduced


def events(answer):
    assert answer.headers["content-type"].startswith("text/event-stream")
    return [json.loads(line[6:]) for line in answer.text.split("\n") if line.startswith("data: ")]


def test_they_come_in_the_order_asked_for(client, photo_id):
    looks = ["snow", "gold", "oil painting", "ink wash", "mosaic", "abstract"]
    answer = client.post(f"{API}/photos/{photo_id}/thumbnails", json={"looks": looks, "side": 64})
    told = events(answer)
    assert [one["look"] for one in told] == looks
    shown = [picture_of(client.get(one["url"])) for one in told]
    assert {(one.format, one.size) for one in shown} == {("JPEG", (64, 43))}


def test_each_is_painted_once(client, room, photo_id):
    mask = client.find(photo_id)
    for _ in range(2):
        wanted = {"looks": ["snow", "gold"], "mask": mask}
        for told in events(client.post(f"{API}/photos/{photo_id}/thumbnails", json=wanted)):
            assert client.get(told["url"]).status_code == 200
    assert len(room.painted) == 2
    client.get(f"{API}/photos/{photo_id}/thumbnails/snow")
    client.get(f"{API}/photos/{photo_id}/thumbnails/snow?side=128")
    assert len(room.painted) == 4


@pytest.mark.parametrize("look", ["nothing such", "../../x", "/etc/passwd"])
def test_looks_that_there_are_not(client, photo_id, look):
    url = f"{API}/photos/{photo_id}/thumbnails"
    assert client.post(url, json={"looks": ["snow", look]}).status_code == 400
    assert client.get(f"{url}/{look}").status_code == 404


def test_a_full_queue_is_told_in_the_stream(client, app, photo_id):
    app.state.studio.work._most = 0
    answer = client.post(f"{API}/photos/{photo_id}/thumbnails", json={"looks": ["snow"]})
    assert "event: failed" in answer.text


@pytest.mark.parametrize("masked", [False, True])
def test_what_they_show_is_the_look(tmp_path, photo, disc, tiny_family, masked):
    """As `semcs.looks` paints the photo when it is twice as large as shown."""
    large = photo.resize((400, 267), Image.Resampling.BICUBIC)
    file, mask_file = tmp_path / "a.photo", tmp_path / "a.mask"
    file.write_bytes(png(large))
    mask = Image.fromarray((disc * 255).astype(np.uint8)).resize(large.size)
    mask_file.write_bytes(png(mask))
    small, small_mask = reduced(file, 192), reduced(mask_file, 192)
    data = Room(tiny_family).thumbnail(small, "oil painting", small_mask if masked else None, 96)
    (tmp_path / "t.jpg").write_bytes(data)
    shown = np.asarray(Image.open(tmp_path / "t.jpg"), float) / 255
    assert shown.shape == (64, 96, 3)
    before = np.asarray(large.resize((192, 128), Image.Resampling.LANCZOS), np.float32) / 255
    change = np.abs(shown - fit(before, 96))
    if masked:  # the disc reaches neither the left nor the right edge
        assert change[:, :16].mean() < 0.02 < 0.03 < change[24:40, 40:56].mean()
        return
    painted = render_match(before, semcs.looks.match("oil painting"))
    assert np.abs(shown - fit(painted, 96)).mean() < 0.02 < 0.03 < change.mean()
