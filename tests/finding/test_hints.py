"""Clicks, boxes and rough masks: what is allowed, and where they come to lie."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from semcs.errors import InputError
from semcs.finding.hints import read_hints
from semcs.models.region_hints import hint_maps

SIZE = (320, 480)  # height, width
GRID = (80, 120)
NONE = {"click": None, "not_click": None, "box": None, "hint": None}


def maps(grid=GRID, **given):
    return read_hints(SIZE, **{**NONE, **given}).maps(grid)[0].numpy()


def test_without_any_nothing_is_known():
    empty = hint_maps((4, 6))
    assert empty.shape == (1, 5, 4, 6)
    assert (empty[0, 0] == 0.5).all()
    assert not empty[0, 1:].any()


@pytest.mark.parametrize("channel", [2, 3])
def test_a_click_marks_its_cell_and_those_around_it(channel):
    names = {2: "click", 3: "not_click"}
    marked = maps(**{names[channel]: (41, 83)})  # in the cell of column 10, row 20
    rows, columns = np.nonzero(marked[channel])
    assert set(zip(rows, columns)) == {(r, c) for r in (19, 20, 21) for c in (9, 10, 11)}
    assert not np.delete(marked, channel, 0)[1:].any()


@pytest.mark.parametrize("corner", [(0, 0), (479, 0), (0, 319), (479, 319)])
def test_the_corners_can_be_clicked_on(corner):
    assert maps(click=corner)[2, corner[1] // 4, corner[0] // 4] == 1


def test_several_clicks():
    points = [(10, 10), (100, 200), (470, 310)]
    each = np.max([maps(click=point)[2] for point in points], axis=0)
    for given in (points, np.array(points), torch.tensor(points), [[*p] for p in points]):
        np.testing.assert_array_equal(maps(click=given)[2], each)


def test_a_box_marks_its_inside():
    expected = np.zeros(GRID)
    expected[10:30, 5:60] = 1
    np.testing.assert_array_equal(maps(box=(20, 40, 240, 120))[4], expected)
    np.testing.assert_array_equal(maps(box=(-9, -9, 999, 999))[4], np.ones(GRID))


@pytest.mark.parametrize("box", [(100.1, 50.1, 100.4, 50.3), (479, 319, 480, 320), (0, 0, 1, 1)])
def test_a_tiny_box_marks_a_cell(box):
    rows, columns = np.nonzero(maps(box=box)[4])
    assert (rows.tolist(), columns.tolist()) == ([int(box[1]) // 4], [int(box[0]) // 4])


def test_a_rough_mask_is_known_everywhere():
    mask = np.zeros(SIZE, np.float32)
    mask[80:240, 120:360] = 1
    marked = maps(hint=mask)
    np.testing.assert_allclose(marked[0], mask.reshape(80, 4, 120, 4).mean((1, 3)))
    assert (marked[1] == 1).all()
    assert not marked[2:].any()


def test_a_scribble_is_clicks_on_it():
    image = Image.new("L", SIZE[::-1])
    ImageDraw.Draw(image).line([(50, 60), (200, 100), (400, 250)], 255, 8)
    marked = maps(hint=image)
    assert not marked[1].any()
    stroke = np.asarray(image).reshape(80, 4, 120, 4).max((1, 3)) > 0
    assert 9 <= marked[2].sum() <= 36
    assert (marked[2] > 0)[stroke].sum() >= 8
    for end in ((60 // 4, 50 // 4), (250 // 4, 400 // 4)):  # it reaches from one end to the other
        rows, columns = np.nonzero(marked[2])
        assert np.hypot(rows - end[0], columns - end[1]).min() < 4


def test_a_small_blob_is_no_scribble():
    image = Image.new("L", SIZE[::-1])
    ImageDraw.Draw(image).ellipse((100, 100, 115, 115), 255)
    assert (maps(hint=image)[1] == 1).all()


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"click": (480, 10)}, "click .*outside.*480×320"),
        ({"click": (-1, 10)}, "outside"),
        ({"not_click": (10, 320)}, "not_click .*outside"),
        ({"click": (1, 2, 3)}, r"\(x, y\)"),
        ({"click": 5}, r"\(x, y\)"),
        ({"click": ("1", "2")}, r"\(x, y\)"),
        ({"click": [(1, 2), (3,)]}, r"\(x, y\)"),
        ({"click": (float("nan"), 2)}, r"\(x, y\)"),
        ({"box": (1, 2, 3)}, r"\(x0, y0, x1, y1\)"),
        ({"box": (100, 20, 50, 60)}, "top left corner"),
        ({"box": (500, 20, 600, 60)}, "nothing of the picture"),
        ({"hint": np.zeros(SIZE)}, "marks nothing"),
        ({"hint": np.ones((5, 5))}, "5×5"),
    ],
)
def test_refused(given, complaint):
    with pytest.raises(InputError, match=complaint):
        maps(**given)
