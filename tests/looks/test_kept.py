"""What looks keep from one picture to the next."""

from __future__ import annotations

import tracemalloc

from semcs.looks.fields import grid

SIDE = 500
MOST_KEPT = 4  # grids


def test_pixel_grids_of_former_sizes_are_let_go():
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for more in range(3 * MOST_KEPT):
            grid((SIDE + more, SIDE))
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    one = SIDE * SIDE * 2 * 4  # x and y in float32
    assert kept < (MOST_KEPT + 0.5) * one
