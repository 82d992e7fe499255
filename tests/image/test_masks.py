from __future__ import annotations

import logging

import numpy as np
import pytest
import torch
from pictures import GREY, RGB, RNG, encoded, exif_of
from PIL import Image
from profiles import GREY_1_8

from semcs import image as si
from semcs.errors import InputError
from semcs.image.masks import masks_of_batch


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


def drawn(colours: np.ndarray, selection: np.ndarray) -> np.ndarray:
    return np.dstack([np.broadcast_to(colours, (*selection.shape, 3)), selection])


@pytest.mark.parametrize("colour", [0, 200, 255])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda m: m,
        lambda m: torch.from_numpy(m).permute(2, 0, 1),
        Image.fromarray,
        lambda m: encoded(Image.fromarray(m), "PNG"),
        lambda m: encoded(Image.fromarray(m).convert("LA"), "PNG"),
    ],
)
def test_a_selection_in_the_alpha_of_one_colour_is_the_mask(colour, wrap, caplog):
    source = wrap(drawn(np.uint8([colour] * 3), GREY))
    np.testing.assert_array_equal(si.load_mask(source, (12, 17)), GREY / np.float32(255))
    assert not caplog.records


def test_so_is_that_of_a_cut_out_whose_colours_are_a_picture(caplog):
    cut_out = drawn(RGB, GREY)
    np.testing.assert_array_equal(si.load_mask(cut_out, (12, 17)), GREY / np.float32(255))
    assert caplog.messages == [
        "mask has a picture in its colours; its alpha is taken as the selection"
    ]


def test_what_hides_under_an_invisible_pixel_is_no_picture(caplog):
    alpha = np.where(GREY > 128, np.uint8(255), np.uint8(0))
    cut_out = drawn(RGB, alpha)
    cut_out[alpha > 0, :3] = 255
    np.testing.assert_array_equal(si.load_mask(cut_out, (12, 17)), alpha / 255)
    assert not caplog.records


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        (np.zeros((6, 7)), "mask selects nothing"),
        (np.ones((6, 7), bool), "mask selects everything"),
        (np.full((6, 7), 255, np.uint8), "mask selects everything"),
        (Image.new("RGBA", (7, 6), "black"), "mask selects nothing"),
        (np.full((6, 7), 0.5), None),
        (np.eye(6, 7), None),
    ],
)
def test_masks_that_select_nothing_or_everything_warn(mask, said, caplog):
    with caplog.at_level(logging.WARNING, logger="semcs"):
        si.load_mask(mask, (6, 7))
    assert [message.split(":")[0] for message in caplog.messages] == ([said] if said else [])


def test_each_picture_of_a_batch_gets_its_mask():
    batch = torch.rand(3, 1, 6, 7)
    for several in (batch, list(batch), tuple(batch.numpy()[:, 0])):
        masks = masks_of_batch(several, 3)
        for mask, expected in zip(masks, batch):
            np.testing.assert_array_equal(si.load_mask(mask, (6, 7)), expected[0])
    for one in (None, batch[0], batch[:1], "mask.png", GREY):
        masks = masks_of_batch(one, 3)
        assert len(masks) == 3
        assert all(mask is one for mask in masks)
    for wrong in (batch, list(batch), torch.zeros(0, 1, 6, 7)):
        with pytest.raises(InputError, match="masks for a batch of 2 pictures"):
            masks_of_batch(wrong, 2)
