"""Pictures and masks of OpenCV, ComfyUI, diffusers and torchvision."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import tv_tensors
from torchvision.transforms import v2

import semcs
from semcs.errors import InputError
from semcs.interop import (
    SaliencyMask,
    from_comfyui,
    from_comfyui_mask,
    from_opencv,
    inpainting_mask,
    to_comfyui,
    to_comfyui_mask,
    to_opencv,
)


@pytest.mark.parametrize("code", [cv2.COLOR_RGB2BGR, cv2.COLOR_RGB2BGRA])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_opencv_arrays_as_opencv_converts_them(photo, code, dtype):
    rgb = np.asarray(photo).astype(dtype)
    theirs = cv2.cvtColor(rgb, code)
    ours = from_opencv(theirs)
    assert (ours[..., :3] == rgb).all()
    back = to_opencv(ours)
    assert (back == theirs).all()
    assert back.dtype == dtype
    assert back.flags.c_contiguous


def test_grey_opencv_arrays_stay(photo):
    grey = np.asarray(photo.convert("L"))
    assert (from_opencv(grey) == grey).all()
    with pytest.raises(InputError, match=r"image is \(2, 3, 4, 3\): an array \(H, W\)"):
        from_opencv(np.zeros((2, 3, 4, 3)))


def test_comfyui_images():
    images = torch.rand(2, 5, 7, 3)
    assert torch.equal(from_comfyui(images)[1, 2], images[1, :, :, 2])
    assert torch.equal(to_comfyui(from_comfyui(images)), images)
    assert torch.equal(to_comfyui(from_comfyui(images)[1]), images[1:])
    with pytest.raises(InputError, match=r"IMAGE has shape \(5, 7, 3\)"):
        from_comfyui(images[0])
    with pytest.raises(InputError, match=r"IMAGE is .*: a tensor"):
        from_comfyui(images.numpy())


def test_comfyui_masks():
    mask = torch.rand(2, 5, 7)
    assert torch.equal(from_comfyui_mask(mask), mask[:, None])
    assert torch.equal(from_comfyui_mask(mask[0]), mask[:1, None])
    assert torch.equal(to_comfyui_mask(mask[:, None]), mask)
    assert torch.equal(to_comfyui_mask(mask[:1]), mask[:1])
    with pytest.raises(InputError, match=r"mask has shape \(2, 5, 7\): \(B, 1, H, W\)"):
        to_comfyui_mask(mask)


def test_masks_of_diffusers_are_white_where_it_paints_anew(disc):
    selected = np.asarray(inpainting_mask(disc))
    assert set(np.unique(selected)) == {0, 255}
    assert ((selected == 255) == (disc > 0.5)).all()
    kept = inpainting_mask(Image.fromarray(np.rint(disc * 255).astype(np.uint8)), keep=True)
    assert kept.mode == "L"
    assert ((np.asarray(kept) == 0) == (disc > 0.5)).all()


def test_they_grow_by_so_many_pixels():
    mask = np.zeros((41, 41), np.float32)
    mask[20, 20] = 1
    grown = np.asarray(inpainting_mask(mask, grow=6)) == 255
    assert grown[20, 14:27].all()
    assert not grown[20, [13, 27]].any()
    assert abs(grown.sum() - np.pi * 6.5**2) < 20
    shrunk = np.asarray(inpainting_mask(1 - mask, grow=6, keep=True)) == 255
    assert (shrunk == grown).all()
    with pytest.raises(InputError, match="grow is -1"):
        inpainting_mask(mask, grow=-1)


def test_the_transform_gives_picture_and_mask(photo, tiny_family):
    transform = SaliencyMask(models=tiny_family)
    image, mask = transform(photo)
    assert image is photo
    assert (np.asarray(mask) == np.asarray(semcs.saliency_mask(photo, models=tiny_family))).all()


def test_transforms_after_it_treat_both_alike(photo, tiny_family):
    mask_of = SaliencyMask(as_mask=tv_tensors.Mask, models=tiny_family)
    plain = v2.Compose([v2.ToImage(), mask_of])(photo)
    flipped = v2.Compose([v2.ToImage(), mask_of, v2.RandomHorizontalFlip(p=1.0)])(photo)
    for one, other in zip(plain, flipped):
        assert torch.equal(one.flip(-1), other)
    assert isinstance(flipped[0], tv_tensors.Image)
    assert isinstance(flipped[1], tv_tensors.Mask)
