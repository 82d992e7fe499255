from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from pictures import RNG

from semcs import image as si
from semcs.errors import InputError


@given(st.integers(2, 20_000), st.integers(2, 20_000), st.integers(32, 2048))
def test_working_size_keeps_aspect_and_never_enlarges(height: int, width: int, size: int) -> None:
    h, w = si.working_size(height, width, size)
    assert max(h, w) <= size
    assert min(h, w) >= 32
    assert h <= max(height, 32)
    assert w <= max(width, 32)
    if max(height, width) >= size:
        assert max(h, w) == size
    if min(h, w) > 32:
        assert abs(h * width - w * height) <= 0.5 * max(height, width) + 1e-6 * height * width


@pytest.mark.parametrize(
    ("height", "width", "size", "expected"),
    [
        (3000, 4000, 512, (384, 512)),
        (300, 200, 512, (300, 200)),
        (2000, 10, 512, (512, 32)),
        (5, 5, 512, (32, 32)),
    ],
)
def test_working_size_by_example(
    height: int, width: int, size: int, expected: tuple[int, int]
) -> None:
    assert si.working_size(height, width, size) == expected


@pytest.mark.parametrize(
    ("height", "width", "size", "least", "expected"),
    [
        (96, 192, 512, 384, (192, 384)),  # enlarged
        (96, 192, 256, 384, (128, 256)),  # no further than asked for
        (300, 400, 512, 384, (300, 400)),  # large enough
        (300, 400, 256, 384, (192, 256)),
    ],
)
def test_small_pictures_are_enlarged_to_the_least(
    height: int, width: int, size: int, least: int, expected: tuple[int, int]
) -> None:
    assert si.working_size(height, width, size, least) == expected


def test_working_size_has_a_least() -> None:
    with pytest.raises(InputError, match="size is 31; it must be at least 32"):
        si.working_size(100, 100, 31)
    assert si.working_size(100, 100, si.MIN_WORKING_SIDE) == (32, 32)


def lanczos_matrix(length: int, target: int) -> np.ndarray:
    scale = length / target
    stretch = max(scale, 1)
    centres = (np.arange(target) + 0.5) * scale
    x = (np.arange(length) + 0.5 - centres[:, None]) / stretch
    weights = np.where(np.abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0)
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("size", [(5, 7), (40, 11), (30, 50)])
def test_resize_is_antialiased_lanczos(size: tuple[int, int]) -> None:
    rgb = RNG.random((23, 31, 3), dtype=np.float32)
    rows, columns = lanczos_matrix(23, size[0]), lanczos_matrix(31, size[1])
    expected = np.einsum("ih,hwc,jw->ijc", rows, rgb, columns).clip(0, 1)
    resized = si.resize_rgb(rgb, size)
    assert resized.dtype == np.float32
    np.testing.assert_allclose(resized, expected, atol=2e-3)
    assert si.resize_rgb(rgb, (23, 31)) is rgb
