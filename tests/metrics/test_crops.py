from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.metrics.crops import MOSTLY, SHARES, SMALLEST, region_crops


def rectangle(top, left, height, width, size=(90, 140)):
    mask = np.zeros(size, np.float32)
    mask[top : top + height, left : left + width] = 1
    return mask


def covers(mask, boxes):
    return [mask[y : y + side, x : x + side].mean() for x, y, side in boxes]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 89), st.integers(0, 139), st.integers(1, 90), st.integers(1, 140))
def test_any_region_has_crops_inside_the_picture_that_show_it(top, left, height, width):
    mask = rectangle(top, left, height, width)
    crops = region_crops(mask)
    assert 1 <= len(crops.boxes) <= 6 * len(SHARES)
    for x, y, side in crops.boxes:
        assert 0 <= x <= 140 - side
        assert 0 <= y <= 90 - side
        assert side >= SMALLEST
    np.testing.assert_allclose(crops.coverage, covers(mask, crops.boxes))
    assert crops.coverage.min() >= MOSTLY * crops.coverage.max() > 0
    high, wide = min(height, 90 - top), min(width, 140 - left)
    if min(high, wide) >= SMALLEST:
        assert crops.coverage.max() == pytest.approx(1)


def test_crops_lie_mostly_inside_a_disc(dahlia):
    crops = region_crops(dahlia)
    assert crops.coverage.min() >= 0.8
    assert len({side for _, _, side in crops.boxes}) >= 3
    # Around it is mostly what is not the disc, and crops find a place nevertheless.
    assert region_crops(1 - dahlia).coverage.min() >= 0.8


def test_crops_of_the_whole_are_spread_over_it():
    crops = region_crops(np.ones((90, 140), np.float32))
    assert {side for _, _, side in crops.boxes} == {90, 60, 45, 30}
    seen = np.zeros((90, 140), bool)
    for x, y, side in crops.boxes:
        seen[y : y + side, x : x + side] = True
    assert seen.mean() > 0.95
    smallest = [(x, y) for x, y, side in crops.boxes if side == 30]
    assert len(smallest) == 6
    assert np.ptp(smallest, axis=0).min() > 0.5 * (90 - 30)


def test_small_regions_get_small_crops():
    crops = region_crops(rectangle(40, 60, 3, 4))
    assert crops.boxes == ((54, 33, SMALLEST),)
    assert crops.coverage[0] == pytest.approx(12 / SMALLEST**2)


def test_crops_are_cut_out_and_shrunk():
    image = torch.rand(3, 90, 140, generator=torch.Generator().manual_seed(0))
    crops = region_crops(rectangle(10, 20, 32, 32))
    cut = crops.cut(image, 8)
    assert cut.shape == (len(crops.boxes), 3, 8, 8)
    x, y, side = crops.boxes[0]
    assert (x, y, side) == (20, 10, 32)
    torch.testing.assert_close(
        cut[0].mean((1, 2)), image[:, 10:42, 20:52].mean((1, 2)), atol=0.01, rtol=0
    )
