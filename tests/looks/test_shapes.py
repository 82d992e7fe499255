"""Whatever the picture, the mask and the alpha: a look gives a picture of its size in [0, 1]."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import semcs
from semcs.looks.rendering import render_region

LOOKS = semcs.looks.names()
SIZES = [(2, 2), (2, 3000), (3000, 2), (5, 1000), (32, 32)]
KINDS = ["black", "white", "one colour", "noise"]
MASKS = [None, "empty", "one pixel", "a row", "half", "full"]


def picture_of(kind: str, height: int, width: int) -> np.ndarray:
    if kind == "noise":
        return np.random.default_rng(0).random((height, width, 3), np.float32)
    colour = {"black": 0.0, "white": 1.0, "one colour": (0.2, 0.5, 0.7)}[kind]
    return np.full((height, width, 3), colour, np.float32)


def mask_of(kind: str | None, height: int, width: int) -> np.ndarray | None:
    if kind is None:
        return None
    mask = np.full((height, width), {"half": 0.5, "full": 1.0}.get(kind, 0.0), np.float32)
    if kind == "one pixel":
        mask[height // 2, width // 2] = 1
    if kind == "a row":
        mask[0] = 1
    return mask


def check(photo: np.ndarray, painted: np.ndarray) -> None:
    assert painted.shape == photo.shape
    assert np.isfinite(painted).all()
    assert painted.min() >= 0
    assert painted.max() <= 1


@pytest.mark.parametrize(("index", "look"), [*enumerate(LOOKS)])
def test_every_look(index, look):
    """Each paints two of the sizes, and small flat pictures with two of the masks.

    Which ones moves on from look to look, so that painters of one kind share out all of them.
    """
    with np.errstate(invalid="raise", divide="raise"):
        for turn in (0, 2):
            photo = picture_of("noise", *SIZES[(index + turn) % len(SIZES)])
            check(photo, render_region(photo, look))
        for turn in (0, 3):
            photo = picture_of(KINDS[(index + turn) % len(KINDS)], 24, 40)
            mask = mask_of(MASKS[(index + turn) % len(MASKS)], 24, 40)
            check(photo, render_region(photo, look, mask))


@settings(max_examples=40, deadline=None)
@given(
    text=st.one_of(
        st.sampled_from(LOOKS),
        st.lists(st.sampled_from([*LOOKS, "dark blue", "red", "pale"]), min_size=2, max_size=3).map(
            " and ".join
        ),
    ),
    long=st.integers(2, 5000),
    short=st.integers(2, 6),
    upright=st.booleans(),
    kind=st.sampled_from(KINDS),
    mask=st.sampled_from(MASKS),
)
def test_texts_on_extreme_shapes(text, long, short, upright, kind, mask):
    size = (long, short) if upright else (short, long)
    photo = picture_of(kind, *size)
    check(photo, semcs.looks.render(photo, text, mask=mask_of(mask, *size)))


class TestAlpha:
    TEXTS = ("mosaic", "pop art", "dark blue", "gold and marble", "a snowy oil painting", "vivid")

    @pytest.fixture
    def visible(self):
        y, x = np.mgrid[:60, :80]
        return np.hypot(y - 30, x - 35) < 22

    def cutout(self, visible, hidden):
        rng = np.random.default_rng(1)
        rgb = np.kron(rng.integers(0, 256, (6, 8, 3)), np.ones((10, 10, 1))).astype(np.uint8)
        rgba = np.dstack([rgb, np.uint8(visible) * 200])
        rgba[~visible, :3] = hidden
        return rgba

    @pytest.mark.parametrize("text", TEXTS)
    @pytest.mark.parametrize("masked", [False, True])
    def test_what_lies_under_alpha_0_changes_nothing(self, visible, text, masked):
        mask = (np.arange(80) < 40)[None].repeat(60, 0).astype(np.float32) if masked else None
        painted = [
            semcs.looks.render(self.cutout(visible, hidden), text, mask=mask)
            for hidden in (0, 255, (255, 0, 90))
        ]
        for one in painted[1:]:
            difference = np.abs(one[visible].astype(int) - painted[0][visible].astype(int))
            assert difference.max() <= 1  # OpenCV rounds by memory alignment
        assert np.abs(painted[0][visible].astype(int) - self.cutout(visible, 0)[visible]).max() > 9

    def test_hidden_pixels_stay_as_they_are(self, visible):
        rgba = self.cutout(visible, (10, 20, 30))
        painted = semcs.looks.render(Image.fromarray(rgba), "mosaic")
        assert (np.asarray(painted)[~visible] == rgba[~visible]).all()
        assert (np.asarray(painted)[..., 3] == rgba[..., 3]).all()

    def test_nothing_visible(self):
        rgba = np.zeros((20, 30, 4), np.uint8)
        for text in self.TEXTS:
            assert (semcs.looks.render(rgba, text) == rgba).all()

    def test_what_shows_faintly_is_painted_as_all_else(self, visible):
        rgba = self.cutout(np.ones_like(visible), 0)
        faint = rgba.copy()
        faint[..., 3] = 3
        strong, weak = (semcs.looks.render(one, "mosaic")[..., :3] for one in (rgba, faint))
        assert np.abs(strong.astype(int) - weak).mean() < 0.01

    def test_where_all_is_visible_nothing_changes(self, visible):
        rgba = self.cutout(np.ones_like(visible), 0)
        opaque = semcs.looks.render(rgba[..., :3], "mosaic")
        assert (semcs.looks.render(rgba, "mosaic")[..., :3] == opaque).all()
