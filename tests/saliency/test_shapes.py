"""Pictures of any shape get a mask of their shape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from semcs.saliency import saliency_mask

LONGEST, MOST_PIXELS = 5000, 400_000
REFINEMENTS = ("none", "guided", "edge", "bilateral")


@st.composite
def shapes(draw):
    """(H, W) from 2 to 5000 pixels a side, of ratios to beyond 1:1000."""
    side = st.floats(np.log(2), np.log(LONGEST)).map(lambda x: round(np.exp(x)))
    long = draw(side)
    short = min(draw(side), max(2, MOST_PIXELS // long))
    return draw(st.permutations((long, short)))


def check(shape, extractor, seed, **options):
    """Noise, one half of it reddish, on a canvas that is partly transparent with odd seeds."""
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 90, (*shape, 3 + seed % 2), dtype=np.uint8)
    image[: shape[0] // 2, : max(1, shape[1] // 2), 0] += 150
    mask = saliency_mask(image, extractor, size=160, **options)
    assert mask.shape == tuple(shape)
    assert mask.dtype == np.float32
    assert np.isfinite(mask).all()
    assert mask.min() >= 0
    assert mask.max() <= 1
    if seed % 2:
        assert not mask[image[..., 3] == 0].any()


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # it is never changed
)
@given(shape=shapes(), seed=st.integers(0, 99), refine=st.sampled_from(REFINEMENTS))
def test_any_shape_gets_a_mask(tiny_family, shape, seed, refine):
    check(shape, tiny_family.key_extractor, seed, refine=refine)


@pytest.mark.parametrize(
    "shape", [(2, 2), (2, 3), (3, 2), (4, 5000), (5000, 4), (2, 2000), (5, 5000), (3, 3000)]
)
@pytest.mark.parametrize("refine", [*REFINEMENTS, "matting"])
def test_the_most_extreme_shapes_do(tiny_family, shape, refine):
    check(shape, tiny_family.key_extractor, 0, refine=refine)
