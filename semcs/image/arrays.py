"""Arrays and tensors in and out, in every dtype that pictures come in."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image.picture import Picture, check_size, luma

if TYPE_CHECKING:
    import torch

# The value that stands for 1.0, by dtype.
_FULL_SCALE: dict[type[np.generic], int] = {
    np.bool_: 1,
    np.uint8: 255,
    np.uint16: 65535,
    np.float16: 1,
    np.float32: 1,
    np.float64: 1,
}
_TENSOR_DTYPES = ("bool", "uint8", "uint16", "float16", "bfloat16", "float32", "float64")

# How far rounding (half precision, resampling) may carry a float past [0, 1].
_OVERSHOOT = 1e-3


@dataclass(frozen=True, eq=False)
class ArrayLayout:
    """An (H, W) or (H, W, C) array, C = 1, 3 or 4; `alpha` is in the source's own dtype."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    alpha: NDArray[Any] | None = field(repr=False)

    def restore(self, rgb: NDArray[np.float32]) -> NDArray[Any]:
        """Give (H, W, 3) back in the source's shape and dtype."""
        grey = len(self.shape) == 2 or self.shape[2] == 1
        values = from_unit(luma(rgb) if grey else rgb, self.dtype)
        if self.alpha is not None:
            values = np.concatenate([values, self.alpha[..., None]], axis=2)
        # Joining drops the byte order.
        return values.reshape(self.shape).astype(self.dtype, copy=False)

    def restore_mask(self, mask: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give an (H, W) mask back as it is."""
        return mask


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


def read_array(source: NDArray[Any], *, max_pixels: int) -> Picture:
    """Read an (H, W), (H, W, 1), (H, W, 3) or (H, W, 4) array.

    Raises:
        InputError: If shape, dtype, size or a value can't be that of a picture.
    """
    if source.ndim not in (2, 3) or (source.ndim == 3 and source.shape[2] not in (1, 3, 4)):
        raise InputError(
            f"array has shape {source.shape}; "
            "allowed: (H, W), (H, W, 1), (H, W, 3) and (H, W, 4), one picture at a time"
        )
    check_size(*source.shape[:2], max_pixels=max_pixels)
    values = to_unit(source)
    if values.ndim == 2:
        values = values[..., None]
    if values.shape[2] == 1:
        values = np.repeat(values, 3, axis=2)
    alpha = source[..., 3].copy() if values.shape[2] == 4 else None
    return Picture(
        rgb=np.ascontiguousarray(values[..., :3]),
        alpha=None if alpha is None else np.ascontiguousarray(values[..., 3]),
        layout=ArrayLayout(shape=source.shape, dtype=source.dtype, alpha=alpha),
    )


def read_tensor(source: torch.Tensor, *, max_pixels: int) -> Picture:
    """Read an (H, W), (C, H, W) or (1, C, H, W) tensor, C = 1, 3 or 4.

    Raises:
        InputError: If shape, dtype, size or a value can't be that of a picture.
    """
    shape = tuple(source.shape)
    if len(shape) == 4 and shape[0] != 1:
        raise InputError(f"tensor of shape {shape} is a batch of {shape[0]}; read it by load_batch")
    if len(shape) not in (2, 3, 4) or (len(shape) > 2 and shape[-3] not in (1, 3, 4)):
        raise InputError(
            f"tensor has shape {shape}; "
            "allowed: (H, W), (C, H, W) and (1, C, H, W) with C = 1, 3 or 4"
        )
    dtype = str(source.dtype).removeprefix("torch.")
    if dtype not in _TENSOR_DTYPES:
        raise InputError(f"tensor has dtype {dtype}; allowed: {', '.join(_TENSOR_DTYPES)}")
    planes = source.detach().cpu()
    if dtype == "bfloat16":
        planes = planes.float()
    if planes.ndim == 4:
        planes = planes[0]
    array = planes.numpy()
    picture = read_array(
        array if array.ndim == 2 else np.moveaxis(array, 0, 2), max_pixels=max_pixels
    )
    assert isinstance(picture.layout, ArrayLayout)
    layout = TensorLayout(
        shape=shape, dtype=source.dtype, device=source.device, channels_last=picture.layout
    )
    return Picture(rgb=picture.rgb, alpha=picture.alpha, layout=layout)


def is_tensor(value: object) -> TypeGuard[torch.Tensor]:
    """Whether `value` is a torch tensor; torch isn't imported to find out."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def to_unit(values: NDArray[Any]) -> NDArray[np.float32]:
    """Scale an array of any picture dtype to float32 in [0, 1], as a copy.

    Raises:
        InputError: If the dtype isn't one that pictures come in, or floats are not in [0, 1].
    """
    scale = _FULL_SCALE.get(values.dtype.type)
    if scale is None:
        allowed = ", ".join(dtype.__name__.rstrip("_") for dtype in _FULL_SCALE)
        raise InputError(f"array has dtype {values.dtype}; allowed: {allowed}")
    if values.dtype.kind == "f":
        _check_float_range(values)
    unit = values.astype(np.float32)
    unit /= np.float32(scale)
    return np.clip(unit, 0, 1, out=unit)


def from_unit(values: NDArray[np.float32], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Scale float32 in [0, 1] to the whole range of a picture dtype; integers are rounded."""
    if dtype.kind == "f":
        return values.astype(dtype)
    scaled = values * np.float32(_FULL_SCALE[dtype.type])
    return np.rint(scaled, out=scaled).astype(dtype)


def _check_float_range(values: NDArray[np.floating]) -> None:
    low, high = float(values.min()), float(values.max())
    if not np.isfinite([low, high]).all():
        raise InputError("image holds NaN or infinite values; allowed: finite values in [0, 1]")
    if low < -_OVERSHOOT or high > 1 + _OVERSHOOT:
        raise InputError(
            f"float image has values from {low:.6g} to {high:.6g}; allowed: [0, 1] "
            "(scale it first, or hand 0 to 255 in as uint8)"
        )
