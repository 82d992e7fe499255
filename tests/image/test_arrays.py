from __future__ import annotations

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import example, given
from pictures import GREY, RGB, RGBA, RNG, array_shapes, integer, unchanged
from PIL import Image

from semcs import image as si
from semcs.errors import InputError


@given(hnp.arrays(integer, array_shapes))
@example(np.arange(16).reshape(2, 2, 4).astype(">u2"))
def test_integer_arrays_come_back_bit_for_bit(array: np.ndarray) -> None:
    back = unchanged(array)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array, strict=True)


@given(st.data(), st.sampled_from([np.float16, np.float32]))
def test_half_and_single_arrays_come_back_bit_for_bit(data: st.DataObject, dtype: type) -> None:
    width = np.dtype(dtype).itemsize * 8
    array = data.draw(hnp.arrays(dtype, array_shapes, elements=st.floats(0, 1, width=width)))
    np.testing.assert_array_equal(unchanged(array), array, strict=True)


@given(hnp.arrays(np.float64, array_shapes, elements=st.floats(0, 1)))
def test_double_arrays_come_back_to_single_precision(array: np.ndarray) -> None:
    back = unchanged(array)
    assert (back.dtype, back.shape) == (np.float64, array.shape)
    np.testing.assert_allclose(back, array, atol=1e-7)
    if array.ndim == 3 and array.shape[2] == 4:
        np.testing.assert_array_equal(back[..., 3], array[..., 3])


def test_rgb_is_the_scaled_source_and_read_only() -> None:
    picture = si.load(RGBA)
    np.testing.assert_array_equal(picture.rgb, RGBA[..., :3] / np.float32(255))
    np.testing.assert_array_equal(picture.alpha, RGBA[..., 3] / np.float32(255))
    assert picture.rgb.dtype == picture.alpha.dtype == np.float32
    assert picture.size == (12, 17)
    assert not picture.rgb.flags.writeable
    assert not picture.alpha.flags.writeable


def test_sixteen_bits_keep_their_precision() -> None:
    deep = np.array([[0, 1], [32768, 65535]], np.uint16)
    np.testing.assert_allclose(si.load(deep).rgb[..., 0], deep / 65535, rtol=1e-7)


@pytest.mark.parametrize(
    "view",
    [
        RGB[::-1, ::2],
        RGB.transpose(1, 0, 2),
        np.asfortranarray(RGB),
        RGB[..., ::-1],
        np.broadcast_to(RGB[:, :, :1], RGB.shape),
    ],
    ids=["strided", "transposed", "fortran", "bgr", "broadcast"],
)
def test_views_and_read_only_arrays(view: np.ndarray) -> None:
    frozen = view.view()
    frozen.flags.writeable = False
    np.testing.assert_array_equal(unchanged(frozen), view, strict=True)


def test_the_source_may_change_after_it_was_loaded() -> None:
    source = RGBA.copy()
    picture = si.load(source)
    source[:] = 0
    np.testing.assert_array_equal(picture.restore(picture.rgb), RGBA)


def test_alpha_comes_back_untouched_with_other_colours() -> None:
    double = RNG.random((5, 6, 4))
    back = si.load(double).restore(np.zeros((5, 6, 3)))
    np.testing.assert_array_equal(back[..., 3], double[..., 3])
    np.testing.assert_array_equal(back[..., :3], 0)


def test_one_channel_gets_the_luma_of_the_result() -> None:
    back = si.load(GREY).restore(RGB / np.float32(255))
    luma = np.asarray(Image.fromarray(RGB).convert("L"), int)
    assert np.abs(back - luma).max() <= 1
    assert si.load(GREY[..., None]).restore(RGB / 255).shape == (12, 17, 1)


def test_results_are_clipped_and_rounded() -> None:
    picture = si.load(np.zeros((2, 2), np.uint8))
    for value, expected in ((-3.0, 0), (7.0, 255), (0.999, 255), (0.5 / 255 + 1e-4, 1)):
        assert (picture.restore(np.full((2, 2, 3), value)) == expected).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_results_that_are_not_pictures_are_refused(bad: float) -> None:
    picture = si.load(RGB)
    with pytest.raises(InputError, match="NaN or infinite"):
        picture.restore(np.full(RGB.shape, bad))
    with pytest.raises(InputError, match=r"\(3, 3, 3\); the picture needs \(12, 17, 3\)"):
        picture.restore(np.zeros((3, 3, 3)))
    with pytest.raises(InputError, match=r"mask has shape \(3, 3\)"):
        picture.restore_mask(np.zeros((3, 3)))


def test_masks_come_back_in_the_kind_of_the_picture() -> None:
    mask = np.linspace(0, 1, GREY.size).reshape(GREY.shape)
    array = si.load(RGB).restore_mask(mask)
    assert array.dtype == np.float32
    np.testing.assert_allclose(array, mask, atol=1e-7)
    image = si.load(Image.fromarray(RGBA)).restore_mask(mask)
    assert image.mode == "L"
    np.testing.assert_array_equal(np.asarray(image), np.rint(mask * 255))
    for shape, expected in (((12, 17), (1, 12, 17)), ((1, 3, 12, 17), (1, 1, 12, 17))):
        tensor = si.load(torch.zeros(shape)).restore_mask(mask)
        assert tensor.shape == expected
        np.testing.assert_array_equal(tensor.squeeze().numpy(), array)
