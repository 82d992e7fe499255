"""Sheets against motions in closed form."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.video.canvases.sheets import Sheet
from semcs.video.motion import Motion

SIZE = (121, 163)
Y, X = np.mgrid[0 : SIZE[0], 0 : SIZE[1]].astype(np.float32)
PIXELS = np.stack([X, Y], -1)
ALL = np.ones(SIZE, np.float32)


def moved(back, seen=ALL):
    return Motion(np.broadcast_to(np.asarray(back, np.float32), (*SIZE, 2)).copy(), seen, False)


def turn(degrees, zoom=1.0):
    """The affine map (3, 2) of a turn and zoom about the middle."""
    matrix = cv2.getRotationMatrix2D((SIZE[1] / 2, SIZE[0] / 2), degrees, zoom)
    return matrix.T


def bent(strength):
    """A sheet with bumps that hardly stretch it."""
    noise = np.random.default_rng(0).normal(size=(*Sheet.flat(SIZE, (0, 0)).residual.shape,))
    smooth = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), 8)
    return Sheet(turn(20, 1.1), strength * smooth / smooth.std(), SIZE)


def test_a_flat_sheet_lies_as_the_picture():
    assert np.allclose(Sheet.flat(SIZE, (30, 7.5)).full(), PIXELS + np.array((30, 7.5)), atol=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-6, 6)] * 2), min_size=1, max_size=5))
def test_translations_add_up(steps):
    sheet = Sheet.flat(SIZE, (40, 40))
    for step in steps:
        sheet = sheet.followed(moved(step), ALL)
    assert np.allclose(sheet.full(), PIXELS + 40 + np.sum(steps, 0), atol=1e-2)


@pytest.mark.parametrize(("degrees", "zoom"), [(5, 1), (0, 1.1), (-3, 0.95)])
def test_turns_and_zooms_are_followed_exactly(degrees, zoom):
    affine = turn(degrees, zoom)
    places = (PIXELS @ affine[:2] + affine[2]).astype(np.float32)
    sheet = Sheet.flat(SIZE, (0, 0)).followed(moved(places - PIXELS), ALL)
    assert np.abs(sheet.full() - places).max() < 0.12  # half a cell at the frame is not known
    assert np.allclose(sheet.stretch()[2:-2, 2:-2], max(zoom, 1 / zoom), rtol=0.01)


def test_what_is_not_seen_moves_as_the_region_does():
    """The sheet of a background goes on behind what moves in front of it."""
    region = ALL.copy()
    region[30:90, 40:110] = 0
    back = np.zeros((*SIZE, 2), np.float32) + np.float32((4, 1))
    back[30:90, 40:110] = (-7, 3)
    sheet = Sheet.flat(SIZE, (0, 0)).followed(moved(back), region)
    assert np.abs(sheet.full() - PIXELS - (4, 1)).max() < 0.05


def test_flow_along_the_outline_is_not_trusted():
    region = ALL.copy()
    region[:, :60] = 0
    back = np.zeros((*SIZE, 2), np.float32) + np.float32((4, 0))
    back[:, :70] = (-4, 0)  # mixed with the other side for ten pixels
    sheet = Sheet.flat(SIZE, (0, 0)).followed(moved(back), region)
    assert np.abs(sheet.full()[:, 60:] - PIXELS[:, 60:] - (4, 0)).max() < 0.05


def test_with_nothing_to_follow_it_stays():
    sheet = bent(2.0)
    assert sheet.followed(moved((5, 5), np.zeros(SIZE, np.float32)), ALL) is sheet


@pytest.mark.parametrize("strength", [0.0, 1.0, 3.0])
def test_the_inverse_brings_back(strength):
    sheet = bent(strength)
    there = sheet.full()
    back = sheet.inverse((200, 240))
    inside = (there >= 0).all(-1) & (there[..., 0] <= 239) & (there[..., 1] <= 199)
    again = cv2.remap(back, there, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    assert np.abs(again - PIXELS)[inside].max() < 0.5


def test_a_tear_is_closed_little_by_little():
    """Two sides that move apart would stretch what is between them without end."""
    back = np.zeros((*SIZE, 2), np.float32)
    back[:, :80, 0], back[:, 80:, 0] = 1.5, -1.5
    sheet = Sheet.flat(SIZE, (0, 0))
    for _ in range(20):
        sheet = sheet.followed(moved(back), ALL)
    torn = Sheet.flat(SIZE, (0, 0)).full()[..., 0] + 20 * back[..., 0]
    assert (np.diff(torn, axis=1) < -50).any()  # left alone, it would be folded over
    assert np.diff(sheet.full()[..., 0], axis=1).min() > 0


def test_places_outside_the_picture_go_on():
    sheet = Sheet(turn(30), np.zeros_like(bent(1).residual), SIZE)
    far = np.array([[-50.0, 300.0]])
    assert np.allclose(sheet.at(far), far @ turn(30)[:2] + turn(30)[2], atol=1e-3)
