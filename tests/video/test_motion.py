"""Flow against shifts that are known, and cuts against shots that are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.video.motion import carry, motion_between

CHINA, FLOWER = (load_sample_image(f"{name}.jpg") for name in ("china", "flower"))
INNER = np.s_[20:-20, 20:-20]


def window(photo, x, y, size=(160, 240)):
    """A part of a photo whose corner is at (x, y), to a fraction of a pixel."""
    centre = (x + size[1] / 2 - 0.5, y + size[0] / 2 - 0.5)
    return cv2.getRectSubPix(photo, size[::-1], centre)


@pytest.mark.parametrize("step", [(0, 0), (3, 0), (-5, 2), (0.5, 0.25), (9, -4)])
def test_a_pan_is_followed(step):
    before, after = window(CHINA, 100, 100), window(CHINA, 100 + step[0], 100 + step[1])
    motion = motion_between(before, after)
    assert not motion.is_cut
    off = np.abs(motion.back - np.array(step))[INNER].max(2)
    assert np.median(off) < 0.15
    assert np.quantile(off, 0.9) < 0.6


def test_what_comes_in_at_the_frame_was_not_seen():
    motion = motion_between(window(CHINA, 100, 100), window(CHINA, 112, 100))
    assert motion.seen[20:-20, -11:].mean() < 0.1
    assert motion.seen[INNER].mean() > 0.95


def test_what_an_object_uncovers_was_not_seen():
    ground = window(CHINA, 100, 100)
    before, after = ground.copy(), ground.copy()
    thing = window(FLOWER, 250, 150, (60, 60))
    before[50:110, 60:120], after[50:110, 76:136] = thing, thing
    seen = motion_between(before, after).seen
    assert seen[55:105, 63:73].mean() < 0.3
    assert seen[55:105, 90:125].mean() > 0.9
    assert seen[INNER][:, 140:].mean() > 0.95


def test_values_are_carried_to_where_they_are():
    motion = motion_between(window(CHINA, 100, 100), window(CHINA, 104, 97))
    moved = carry(window(CHINA, 100, 100), motion)
    off = np.abs(moved - window(CHINA, 104, 97)).mean(2)
    assert np.median(off[INNER]) < 2


def test_large_frames_are_followed_at_a_reduced_size():
    frames = [window(CHINA, x, 60, (300, 400)) for x in (100, 106)]
    large = [cv2.resize(f, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC) for f in frames]
    back = motion_between(*large).back
    assert back.shape == (900, 1200, 2)
    assert np.median(back[60:-60, 60:-60, 0]) == pytest.approx(18, abs=0.6)
    assert np.median(back[60:-60, 60:-60, 1]) == pytest.approx(0, abs=0.6)


def test_another_shot_is_a_cut():
    assert motion_between(window(CHINA, 100, 100), window(FLOWER, 100, 100)).is_cut
    assert motion_between(window(CHINA, 0, 0), np.zeros((160, 240, 3), np.uint8)).is_cut


@pytest.mark.parametrize("change", ["noise", "light", "still", "jump"])
def test_the_same_shot_is_none(change):
    before = window(CHINA, 100, 100)
    after = {
        "noise": before + np.random.default_rng(0).normal(0, 6, before.shape),
        "light": before * 0.8,
        "still": before,
        "jump": window(CHINA, 125, 100),
    }[change]
    assert not motion_between(before, np.clip(after, 0, 255).astype(np.uint8)).is_cut


def test_frames_without_anything_to_follow_are_no_cut():
    grey = np.full((48, 64, 3), 128, np.uint8)
    motion = motion_between(grey, grey)
    assert not motion.is_cut
    assert np.abs(motion.back).max() < 0.01
