"""A region is known again by its colours and its size."""

from __future__ import annotations

import numpy as np
import pytest

from semcs.video.regions.recalling import Memory

ORANGE, GREEN, GREY = (0.9, 0.5, 0.1), (0.1, 0.6, 0.2), (0.5, 0.5, 0.5)


def scene(*boxes):
    """Boxes (x, colour) on grey, and the mask of all of them."""
    rgb, mask = np.full((60, 120, 3), GREY, np.float32), np.zeros((60, 120), np.float32)
    for x, colour in boxes:
        rgb[20:40, x : x + 20], mask[20:40, x : x + 20] = colour, 1
    return mask, rgb


@pytest.fixture
def memory():
    return Memory.of(*scene((10, ORANGE)))


@pytest.mark.parametrize("look", ["known_again", "still"])
def test_only_parts_in_its_colours_are_the_region(memory, look):
    kept = getattr(memory, look)(*scene((30, ORANGE), (80, GREEN)))
    np.testing.assert_array_equal(kept, scene((30, ORANGE))[0])


def test_a_speck_in_its_colours_is_not_the_whole_region_come_back(memory):
    mask, rgb = scene((30, ORANGE))
    mask[24:] = 0
    mask[:, 34:] = 0
    assert memory.known_again(mask, rgb).max() == 0
    np.testing.assert_array_equal(memory.still(mask, rgb), mask)


def test_it_is_missed_where_most_of_it_is_hidden_but_not_where_it_shrinks_slowly(memory):
    mask, rgb = scene((10, ORANGE))
    for width in range(19, 5, -1):
        mask[:, 10 + width :] = 0
        assert not memory.misses(mask)
        memory.renew(mask, rgb)
    assert memory.misses(np.where(np.arange(120) < 12, mask, 0))
