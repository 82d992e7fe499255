"""Arrays in and out, in every dtype that pictures come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image.picture import Picture, check_size, luma

# The value that stands for 1.0, by dtype.
_FULL_SCALE: dict[type[np.generic], int] = {
    np.bool_: 1,
    np.uint8: 255,
    np.uint16: 65535,
    np.float16: 1,
    np.float32: 1,
    np.float64: 1,
}

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


def read_array(source: NDArray[Any], *, max_pixels: int | None) -> Picture:
    """Read an (H, W), (H, W, 1), (H, W, 3) or (H, W, 4) array.

    Raises:
        InputError: If kind, shape, dtype, size or a value can't be that of a picture.
    """
    if isinstance(source, (np.ma.MaskedArray, np.matrix)):
        raise InputError(
            f"array is a numpy {type(source).__name__}; allowed: plain arrays, such as "
            f"{'x.filled(0)' if isinstance(source, np.ma.MaskedArray) else 'numpy.asarray(x)'}"
        )
    source = np.asarray(source)
    if source.ndim not in (2, 3) or (source.ndim == 3 and source.shape[2] not in (1, 3, 4)):
        raise InputError(
            f"array has shape {source.shape}; "
            "allowed: (H, W), (H, W, 1), (H, W, 3) and (H, W, 4), one picture at a time"
        )
    _full_scale(source.dtype)
    check_size(*source.shape[:2], max_pixels=max_pixels)
    colours = source[..., None] if source.ndim == 2 else source[..., :3]
    rgb = to_unit(colours)
    alpha = source[..., 3].copy() if source.ndim == 3 and source.shape[2] == 4 else None
    return Picture(
        rgb=rgb if rgb.shape[2] == 3 else np.repeat(rgb, 3, axis=2),
        alpha=None if alpha is None else to_unit(alpha),
        layout=ArrayLayout(shape=source.shape, dtype=source.dtype, alpha=alpha),
    )


def to_unit(values: NDArray[Any]) -> NDArray[np.float32]:
    """Scale an array of any picture dtype to float32 in [0, 1], as a copy in row order.

    Raises:
        InputError: If the dtype isn't one that pictures come in, or floats are not in [0, 1].
    """
    scale = _full_scale(values.dtype)
    if values.dtype.kind == "f":
        _check_float_range(values)
    unit = values.astype(np.float32, order="C")
    unit /= np.float32(scale)
    return np.clip(unit, 0, 1, out=unit)


def from_unit(values: NDArray[np.float32], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Scale float32 in [0, 1] to the whole range of a picture dtype; integers are rounded."""
    if dtype.kind == "f":
        return values.astype(dtype)
    scaled = values * np.float32(_FULL_SCALE[dtype.type])
    return np.rint(scaled, out=scaled).astype(dtype)


def _full_scale(dtype: np.dtype[Any]) -> int:
    scale = _FULL_SCALE.get(dtype.type)
    if scale is None:
        allowed = ", ".join(dtype.__name__.rstrip("_") for dtype in _FULL_SCALE)
        raise InputError(f"array has dtype {dtype}; allowed: {allowed}")
    return scale


def _check_float_range(values: NDArray[np.floating]) -> None:
    low, high = float(values.min()), float(values.max())
    if not np.isfinite([low, high]).all():
        raise InputError("image holds NaN or infinite values; allowed: finite values in [0, 1]")
    if low < -_OVERSHOOT or high > 1 + _OVERSHOOT:
        raise InputError(
            f"float image has values from {low:.6g} to {high:.6g}; allowed: [0, 1] "
            "(scale it first, or hand 0 to 255 in as uint8)"
        )
