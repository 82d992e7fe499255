"""Tensors in and out, and float RGB between arrays and tensors."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image.arrays import ArrayLayout, read_array
from semcs.image.picture import Picture, check_size

if TYPE_CHECKING:
    import torch

_DTYPES = ("bool", "uint8", "uint16", "float16", "bfloat16", "float32", "float64")


@dataclass(frozen=True, eq=False)
class TensorLayout:
    """An (H, W), (C, H, W) or (1, C, H, W) tensor."""

    shape: tuple[int, ...]
    dtype: torch.dtype
    device: torch.device
    channels_last: ArrayLayout

    def restore(self, rgb: NDArray[np.float32]) -> torch.Tensor:
        """Give (H, W, 3) back in the source's shape and dtype, on its device."""
        import torch

        values = self.channels_last.restore(rgb)
        planes = values if values.ndim == 2 else np.moveaxis(values, 2, 0)
        tensor = torch.from_numpy(np.ascontiguousarray(planes))
        return tensor.to(self.device, self.dtype).reshape(self.shape)

    def restore_mask(self, mask: NDArray[np.float32]) -> torch.Tensor:
        """Give an (H, W) mask back as (1, H, W), or (1, 1, H, W) for a source with batch axis."""
        import torch

        shape = (1,) * max(1, len(self.shape) - 2) + mask.shape
        return torch.from_numpy(mask).to(self.device).reshape(shape)


def read_tensor(source: torch.Tensor, *, max_pixels: int | None) -> Picture:
    """Read an (H, W), (C, H, W) or (1, C, H, W) tensor, C = 1, 3 or 4.

    Raises:
        InputError: If kind, shape, dtype, size or a value can't be that of a picture.
    """
    check_plain(source)
    shape = tuple(source.shape)
    if len(shape) == 4 and shape[0] != 1:
        raise InputError(f"tensor of shape {shape} is a batch of {shape[0]}; read it by load_batch")
    if len(shape) not in (2, 3, 4) or (len(shape) > 2 and shape[-3] not in (1, 3, 4)):
        raise InputError(
            f"tensor has shape {shape}; "
            "allowed: (H, W), (C, H, W) and (1, C, H, W) with C = 1, 3 or 4"
        )
    check_size(*shape[-2:], max_pixels=max_pixels)
    array = _values(source if len(shape) < 4 else source[0])
    picture = read_array(
        array if array.ndim == 2 else np.moveaxis(array, 0, 2), max_pixels=max_pixels
    )
    assert isinstance(picture.layout, ArrayLayout)
    layout = TensorLayout(
        shape=shape, dtype=source.dtype, device=source.device, channels_last=picture.layout
    )
    return Picture(rgb=picture.rgb, alpha=picture.alpha, layout=layout)


def check_plain(source: torch.Tensor) -> None:
    """Refuse tensors that don't hold one number a pixel in memory, by name.

    Raises:
        InputError: If it is nested, sparse or otherwise laid out, without values (meta), or of a
            dtype that pictures don't come in.
    """
    import torch

    kind = None
    if torch.nn.parameter.is_lazy(source):
        kind = "not initialised"
    elif source.is_nested:
        kind = "nested"
    elif str(source.layout) != "torch.strided":
        kind = f"laid out as {str(source.layout).removeprefix('torch.').lstrip('_')}"
    elif source.is_meta:
        kind = "on device meta, without values"
    if kind is not None:
        raise InputError(f"tensor is {kind}; allowed: dense tensors that hold values")
    dtype = str(source.dtype).removeprefix("torch.")
    if dtype not in _DTYPES:
        raise InputError(f"tensor has dtype {dtype}; allowed: {', '.join(_DTYPES)}")


def _values(source: torch.Tensor) -> NDArray[np.generic]:
    try:
        # Negative views, such as the imaginary part of a conjugate, are negated when they are read.
        planes = source.detach().cpu().resolve_neg()
        if str(planes.dtype) == "torch.bfloat16":
            planes = planes.float()
        array: NDArray[np.generic] = planes.numpy()
    except RuntimeError as error:
        # Tensors inside of vmap, tracing or fake mode stand for values and hold none.
        kind, reason = type(source).__name__, str(error).partition("\n")[0]
        raise InputError(f"{kind} holds no values that can be read: {reason}") from error
    return array


def is_tensor(value: object) -> TypeGuard[torch.Tensor]:
    """Whether `value` is a torch tensor; torch isn't imported to find out."""
    # While another thread imports torch, it is there but has no tensors yet.
    kind = getattr(sys.modules.get("torch"), "Tensor", None)
    return kind is not None and isinstance(value, kind)


def to_tensor(rgb: NDArray[np.float32], device: torch.device | str | None = None) -> torch.Tensor:
    """Copy (H, W, 3) float32 to a (1, 3, H, W) float32 tensor on `device` (default: the CPU)."""
    import torch

    planes = np.array(np.moveaxis(rgb, 2, 0), dtype=np.float32, order="C")
    return torch.from_numpy(planes)[None].to(device or "cpu")


def to_array(tensor: torch.Tensor) -> NDArray[np.float32]:
    """Copy a (1, 3, H, W) tensor, on any device and with or without gradient, to (H, W, 3)."""
    planes = tensor.detach().float().cpu().squeeze(0)
    return np.array(planes.permute(1, 2, 0).numpy(), order="C")
