"""Pictures of any shape: down to two pixels a side, up to 1:2500."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quick import run_quick

import semcs
from semcs.models.painter import MOST_PIECES, load_painter

MOST_RATIO, MOST_PIXELS = 1000, 200_000

# Evenly in the logarithm, so that small sides come as often as large ones.
sides = st.floats(math.log(2), math.log(5000)).map(lambda x: round(math.exp(x)))
shapes = st.tuples(sides, sides).filter(
    lambda shape: max(shape) <= MOST_RATIO * min(shape) and shape[0] * shape[1] <= MOST_PIXELS
)
EXTREME = [(2, 2), (2, 5000), (5000, 2), (4, 5000), (4, 2000), (3000, 2), (31, 33), (33, 4999)]
quickly = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def noise(shape):
    return np.random.default_rng(0).integers(0, 256, (*shape, 3)).astype(np.uint8)


def check(result, image):
    """A picture of the photo's own size and type, and a mask of that size."""
    assert result.image.shape == image.shape
    assert result.image.dtype == image.dtype
    assert result.mask.shape == image.shape[:2]
    assert np.isfinite(result.mask).all()


@quickly
@given(shape=shapes)
def test_any_shape_is_painted_at_once(stylizer, shape):
    image = noise(shape)
    check(stylizer(image, fg="gold", bg="snow", preset="instant", progress=False), image)


@quickly
@given(shape=shapes, size=st.integers(32, 96))
def test_any_shape_is_optimised(stylizer, shape, size):
    image = noise(shape)
    options = {"size": size, "steps": 1, "patches": 2, "least_size": 64}
    check(run_quick(stylizer, image, fg="gold", bg="snow", **options), image)


@pytest.mark.parametrize("preset", sorted(set(semcs.PRESETS) - {"instant"}))
@pytest.mark.parametrize("shape", [(2, 2), (2, 3000), (2000, 4)])
def test_every_preset_takes_extreme_shapes(stylizer, preset, shape):
    image = noise(shape)
    options = {"preset": preset, "size": 96, "steps": 1, "patches": 2}
    check(run_quick(stylizer, image, fg="gold", bg="snow", **options), image)


@pytest.mark.parametrize("shape", EXTREME, ids=str)
def test_the_bundled_networks_take_extreme_shapes(shape):
    """The learned painter, a look, the mask and a step."""
    image, stylizer = noise(shape), semcs.Stylizer("bundled")
    options = {"fg": "gold", "bg": "the smell of rain", "size": 96, "steps": 1, "patches": 2}
    check(run_quick(stylizer, image, least_size=64, **options), image)


@pytest.mark.parametrize("shape", EXTREME, ids=str)
def test_any_shape_is_a_style(shape):
    """A style of 2×5000 pixels was looked at in 2,500 pieces at once, which took gigabytes."""
    painter = load_painter()
    seen = []
    painter.picture.register_forward_pre_hook(lambda _, given: seen.append(len(given[0])))
    code = painter.code_of_picture(torch.from_numpy(noise(shape)).permute(2, 0, 1)[None] / 255)
    assert seen[0] <= MOST_PIECES
    assert code.isfinite().all()


def test_pieces_of_a_long_style_reach_from_end_to_end():
    """A style that changes from end to end is that of its middle in the mean."""
    painter = load_painter()
    seen = []
    painter.picture.register_forward_pre_hook(
        lambda _, given: seen.append(given[0].mean((1, 2, 3)))
    )
    painter.code_of_picture(torch.linspace(0, 1, 5000).expand(1, 3, 4, 5000))
    brightness = seen[0].tolist()
    assert brightness == sorted(brightness)
    assert brightness[0] < 0.01
    assert brightness[-1] > 0.99
