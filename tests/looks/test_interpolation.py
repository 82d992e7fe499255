"""From one picture to another in even steps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from semcs.looks.interpolation import blend_pictures
from semcs.looks.oklab import to_oklab

STEPS = (0, 0.25, 0.5, 0.75, 1)


def strokes(period, axis, colour, seed):
    """Stripes in one colour, with some noise: (96, 128, 3)."""
    wave = np.sin(np.indices((96, 128))[axis] * 2 * np.pi / period)
    noise = np.random.default_rng(seed).normal(0, 0.3, wave.shape)
    return np.clip(np.array(colour) + 0.12 * (wave + noise)[..., None], 0, 1).astype(np.float32)


@pytest.fixture(scope="module")
def strip():
    one, other = strokes(8, 0, (0.7, 0.5, 0.3), 0), strokes(5, 1, (0.3, 0.4, 0.7), 1)
    return [blend_pictures([one, other], [1 - w, w], 1.0) for w in STEPS], one, other


def test_the_ends_are_the_pictures(strip):
    pictures, one, other = strip
    np.testing.assert_allclose(pictures[0], one, atol=2e-3)
    np.testing.assert_allclose(pictures[-1], other, atol=2e-3)


def test_colours_and_pixels_go_in_even_steps(strip):
    labs = [to_oklab(picture) for picture in strip[0]]
    for measure in (lambda lab: lab.mean((0, 1)), lambda lab: lab):
        seen = [measure(lab) for lab in labs]
        apart = [np.linalg.norm(b - a, axis=-1).mean() for a, b in pairwise(seen)]
        assert max(apart) < 2 * min(apart)


def test_strokes_are_as_strong_in_the_middle(strip):
    """Of a plain mean of two such pictures, a factor of √½ is left."""
    strengths = [to_oklab(picture)[..., 0].std() for picture in strip[0]]
    assert strengths[2] > 0.85 * min(strengths[0], strengths[-1])
    plain = to_oklab((strip[1] + strip[2]) / 2)[..., 0].std()
    assert plain < 0.78 * min(strengths[0], strengths[-1])


def test_what_pictures_share_stays_as_it_is():
    one = strokes(8, 0, (0.7, 0.5, 0.3), 0)
    np.testing.assert_allclose(blend_pictures([one] * 3, [0.2, 0.3, 0.5], 1.0), one, atol=2e-3)
