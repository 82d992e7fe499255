"""Pictures and masks of OpenCV, ComfyUI and diffusers as semcs takes and gives them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from semcs.errors import InputError, check_number, check_switch, shown
from semcs.image import load
from semcs.image.picture import luma

LARGEST_GROWTH = 1000  # pixels


def from_opencv(image: NDArray[Any]) -> NDArray[Any]:
    """OpenCV's picture as an RGB or RGBA array.

    Args:
        image: (H, W, 3) BGR or (H, W, 4) BGRA, of any dtype; (H, W) grey stays as it is.

    Raises:
        InputError: It is no such array.
    """
    return _swapped(image)


def to_opencv(image: NDArray[Any]) -> NDArray[Any]:
    """An RGB or RGBA array as OpenCV's BGR or BGRA, in memory of its own as OpenCV needs it.

    Raises:
        InputError: It is no (H, W), (H, W, 3) or (H, W, 4) array.
    """
    return np.ascontiguousarray(_swapped(image))


def from_comfyui(images: Tensor) -> Tensor:
    """ComfyUI's IMAGE (B, H, W, C) as a batch (B, C, H, W), such as `semcs.stylize` takes.

    Raises:
        InputError: It is no such tensor.
    """
    _check_tensor("IMAGE", images, "(B, H, W, C)", 4)
    return images.movedim(-1, 1)


def to_comfyui(images: Tensor) -> Tensor:
    """A batch (B, C, H, W), or a picture (C, H, W), as ComfyUI's IMAGE (B, H, W, C).

    Raises:
        InputError: It is no such tensor.
    """
    _check_tensor("image", images, "(B, C, H, W) or (C, H, W)", 3, 4)
    batch = images if images.ndim == 4 else images[None]
    return batch.movedim(1, -1).contiguous()


def from_comfyui_mask(mask: Tensor) -> Tensor:
    """ComfyUI's MASK (B, H, W), or (H, W), as masks (B, 1, H, W); 1 = selected, as there.

    Raises:
        InputError: It is no such tensor.
    """
    _check_tensor("MASK", mask, "(B, H, W) or (H, W)", 2, 3)
    batch = mask if mask.ndim == 3 else mask[None]
    return batch[:, None]


def to_comfyui_mask(mask: Tensor) -> Tensor:
    """A mask (1, H, W), or masks (B, 1, H, W), as ComfyUI's MASK (B, H, W) float32.

    Raises:
        InputError: It is no such tensor.
    """
    _check_tensor("mask", mask, "(B, 1, H, W) or (1, H, W)", 3, 4)
    batch = mask if mask.ndim == 4 else mask[None]
    if batch.shape[1] != 1:
        raise InputError(f"mask has shape {tuple(mask.shape)}: (B, 1, H, W) or (1, H, W) is needed")
    return batch[:, 0].float().contiguous()


def inpainting_mask(mask: object, *, keep: bool = False, grow: float = 0.0) -> Image.Image:
    """A mask as the `mask_image` of diffusers' inpainting: PIL, mode L, white is painted anew.

    It is hard, 0 or 255: the pipelines make it so anyway.

    Args:
        mask: What `semcs.image.load` reads, 1 = selected, as `saliency_mask` and `find` give it.
        keep: Keep what is selected, and paint the rest anew.
        grow: Pixels by which what is painted anew reaches over its outline, so that no rim of the
            old picture is left.

    Raises:
        InputError: The mask can't be read, or an option can't be used.
    """
    import cv2

    check_switch("keep", keep)
    reach = round(check_number("grow", grow, most=LARGEST_GROWTH))
    selected = luma(load(mask).rgb) > 0.5
    anew = (~selected if keep else selected).astype(np.uint8) * 255
    if reach:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        anew = cv2.dilate(anew, disc)
    return Image.fromarray(anew)


def _swapped(image: NDArray[Any]) -> NDArray[Any]:
    """An array with its first and third channel swapped."""
    grey = isinstance(image, np.ndarray) and image.ndim == 2
    if grey:
        return image
    if not (isinstance(image, np.ndarray) and image.ndim == 3 and image.shape[2] in (3, 4)):
        what = getattr(image, "shape", type(image).__name__)
        raise InputError(f"image is {what}: an array (H, W), (H, W, 3) or (H, W, 4) is allowed")
    return image[..., [2, 1, 0, 3]] if image.shape[2] == 4 else image[..., ::-1]


def _check_tensor(name: str, value: object, allowed: str, *dimensions: int) -> None:
    if not isinstance(value, Tensor):
        raise InputError(f"{name} is {shown(value)}: a tensor {allowed} is allowed")
    if value.ndim not in dimensions:
        raise InputError(f"{name} has shape {tuple(value.shape)}: {allowed} is allowed")
