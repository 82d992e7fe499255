from __future__ import annotations

import numpy as np
import pytest
import torch
from pictures import GREY, RNG, encoded, exif_of
from PIL import Image
from profiles import GREY_1_8

from semcs import image as si
from semcs.errors import InputError


@pytest.mark.parametrize(
    "wrap",
    [
        lambda m: m,
        lambda m: m.astype(np.uint8) * 255,
        lambda m: m.astype(np.float64)[..., None],
        lambda m: m.astype(np.uint16) * 65535,
        torch.from_numpy,
        lambda m: torch.from_numpy(m)[None, None].float().requires_grad_(),
        Image.fromarray,
        lambda m: Image.fromarray(m).convert("RGB"),
        lambda m: encoded(Image.fromarray(m), "PNG"),
    ],
)
def test_masks_of_every_kind(wrap: object) -> None:
    mask = RNG.random((6, 7)) > 0.5
    read = si.load_mask(wrap(mask), (6, 7))
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, mask)


def test_mask_values_are_amounts_not_colours() -> None:
    image = Image.fromarray(GREY)
    image.info["icc_profile"] = GREY_1_8
    np.testing.assert_array_equal(si.load_mask(image, (12, 17)), GREY / np.float32(255))
    turned = Image.fromarray(GREY)
    turned.info["exif"] = exif_of(6)
    expected = np.rot90(GREY, -1) / np.float32(255)
    np.testing.assert_array_equal(si.load_mask(turned, (17, 12)), expected)
    see_through = Image.merge("LA", [Image.fromarray(GREY), Image.new("L", (17, 12), 9)])
    np.testing.assert_array_equal(si.load_mask(see_through, (12, 17)), GREY / np.float32(255))


def test_sixteen_bit_masks() -> None:
    mask = Image.fromarray(np.linspace(0, 65535, 20).astype(np.uint16).reshape(4, 5))
    for source in (mask, encoded(mask, "PNG")):
        read = si.load_mask(source, (4, 5))
        np.testing.assert_allclose(read.ravel(), np.linspace(0, 1, 20), atol=2e-5)


def test_masks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"mask is 12×17 \(height × width\) but the image is 17×12"
    ):
        si.load_mask(GREY, (17, 12))
    for labels in (np.eye(4, dtype=np.uint8), Image.fromarray(np.eye(4, dtype=np.uint8))):
        with pytest.raises(InputError, match="hand 0 and 1 in as bool"):
            si.load_mask(labels, (4, 4))
    assert si.load_mask(np.zeros((4, 4), np.uint8), (4, 4)).max() == 0
    with pytest.raises(InputError, match="at most 15"):
        si.load_mask(np.zeros((4, 4)), (4, 4), max_pixels=15)
