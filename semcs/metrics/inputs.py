"""What the measures take: pictures of any kind, or batches of tensors that keep their gradient."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.errors import InputError
from semcs.image import load, load_mask, to_tensor

Measured = float | Tensor
"""A number for one picture; a tensor (B,), with its gradient, for a batch."""

FLOATS = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
WHOLES = (torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


def as_images(image: object, what: str = "image") -> Tensor:
    """A batch (B, 3, H, W) as it is, and any other picture (see `semcs.image.load`) as one of 1.

    Raises:
        InputError: It is no picture, or a batch of another layout.
    """
    if not is_batch(image):
        return to_tensor(load(image).rgb)
    assert isinstance(image, Tensor)
    if not is_dense(image) or image.dtype not in FLOATS or image.shape[1] != 3:
        raise InputError(f"{what} is {_kind(image)}; allowed: dense (B, 3, H, W) floats in [0, 1]")
    if not image.detach().isfinite().all():
        raise InputError(f"{what} holds values that aren't finite")
    return image


def is_batch(image: object) -> bool:
    """Whether it is a tensor of four axes."""
    return isinstance(image, Tensor) and image.ndim == 4


def as_pair(content: object, output: object) -> tuple[Tensor, Tensor]:
    """Two pictures or batches of the same size, each on its device.

    Raises:
        InputError: One can't be read, or their sizes differ.
    """
    first, second = as_images(content, "the first image"), as_images(output, "the second image")
    (h, w), (other_h, other_w) = first.shape[-2:], second.shape[-2:]
    if (h, w) != (other_h, other_w):
        raise InputError(
            f"the images differ in size (height × width): {h}×{w} and {other_h}×{other_w}"
        )
    if len(first) != len(second):
        raise InputError(f"the batches hold {len(first)} and {len(second)} images")
    return first, second


def as_mask(mask: object, images: Tensor) -> Tensor | None:
    """A mask of B images, (B, 1, H, W) or (1, 1, H, W), on its device; None stays None.

    Raises:
        InputError: It can't be read, has another size or values, or selects nothing.
    """
    if mask is None:
        return None
    size = images.shape[-2:]
    if is_batch(mask):
        assert isinstance(mask, Tensor)
        if not is_dense(mask) or mask.dtype not in (*FLOATS, *WHOLES):
            raise InputError(f"mask is {_kind(mask)}; allowed: dense (B, 1, H, W) in [0, 1]")
        if mask.shape[1:] != (1, *size) or len(mask) not in (1, len(images)):
            raise InputError(
                f"mask has shape {tuple(mask.shape)}; the images need (1, 1, {size[0]}, {size[1]})"
            )
        read = _checked_batch(mask)
    else:
        read = torch.from_numpy(load_mask(mask, (size[0], size[1])))[None, None]
    if not (read > 0).flatten(1).any(1).all():
        raise InputError("mask selects nothing")
    return read


def _checked_batch(mask: Tensor) -> Tensor:
    """A batch of masks whose values are in [0, 1]."""
    if not ((mask >= 0) & (mask <= 1)).all():
        raise InputError("mask holds values outside [0, 1]")
    return mask


def is_dense(batch: Tensor) -> bool:
    """Whether there are values, and all of them lie in memory one after the other."""
    plain = batch.layout is torch.strided and not batch.is_nested and not batch.is_meta
    return plain and batch.numel() > 0


def _kind(batch: Tensor) -> str:
    shape = "nested" if batch.is_nested else f"of shape {tuple(batch.shape)}"
    return f"a batch {shape}, {batch.dtype}, {batch.layout} on {batch.device}"


def answer(values: Tensor, asked: object) -> Measured:
    """Values (B,) as the caller wants them: a number unless a batch was asked about."""
    return values if is_batch(asked) else float(values.item())


def region_mean(maps: Tensor, mask: Tensor | None) -> Tensor:
    """Means of (B, C, H, W) over the picture, weighted by a mask of any size, (B, C)."""
    if mask is None:
        return maps.mean((2, 3))
    weights = shrink(mask, maps)
    total = weights.sum((2, 3))
    return (maps * weights).sum((2, 3)) / total.clamp_min(torch.finfo(maps.dtype).tiny)


def shrink(mask: Tensor, maps: Tensor) -> Tensor:
    """A mask (B, 1, H, W) at the size of smaller maps: how much of each cell it covers.

    Nothing that is selected is lost, however small.
    """
    size = maps.shape[-2:]
    return mask if mask.shape[-2:] == size else F.adaptive_avg_pool2d(mask, (size[0], size[1]))
