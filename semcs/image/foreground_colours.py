"""An object's own colours along its soft outline, where the photo shows them mixed with others.

A pixel of the outline is alpha times the object's colour plus the rest of the background's. Put on
another background as it is, it brings a rim of the old one along.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError

Array = npt.NDArray[np.float32]

_ROUNDS = 8  # at each size: four more gain 2 % at soft outlines, and cost half as much again
_MARGIN = 32  # pixels around the soft ones that are looked at
_LEAST = np.float32(1e-4)  # a share under this is none
_SMOOTH, _ALONG_ALPHA = np.float32(1e-5), np.float32(1)  # the published weights of neighbours


def estimate_foreground(rgb: npt.NDArray[Any], alpha: npt.NDArray[Any]) -> Array:
    """Colours of what a soft mask selects, without what shines through from behind it.

    Source: Germer et al., Fast Multi-Level Foreground Estimation (2020). Instead of its sweeps over
    the whole picture, pixels near the soft ones alone are worked on, all at once.

    Args:
        rgb: (H, W, 3) in [0, 1].
        alpha: (H, W) in [0, 1], how much of each pixel belongs to the object.

    Returns:
        (H, W, 3) float32 in [0, 1]; `rgb` itself, bit for bit, where alpha is 0 or 1.

    Raises:
        InputError: If the shapes don't fit each other.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3 or alpha.shape != rgb.shape[:2]:
        raise InputError(
            f"picture and alpha are {rgb.shape} and {alpha.shape}; needed: (H, W, 3) and (H, W)"
        )
    own = np.array(rgb, np.float32)
    shares = np.asarray(alpha, np.float32)
    soft = (shares > 0) & (shares < 1)
    if not soft.any():
        return own
    box = _box_of(soft)
    foreground, _ = _unmixed(np.ascontiguousarray(own[box]), np.ascontiguousarray(shares[box]))
    own[box][soft[box]] = foreground[soft[box]]
    return own


def _box_of(soft: npt.NDArray[np.bool_]) -> tuple[slice, slice]:
    """The rows and columns that hold soft pixels, and some around them."""
    rows, columns = (np.flatnonzero(soft.any(axis)) for axis in (1, 0))
    return (
        slice(max(0, int(rows[0]) - _MARGIN), int(rows[-1]) + _MARGIN + 1),
        slice(max(0, int(columns[0]) - _MARGIN), int(columns[-1]) + _MARGIN + 1),
    )


def _unmixed(rgb: Array, alpha: Array) -> tuple[Array, Array]:
    """Foreground and background (H, W, 3): those of half the size, enlarged and then adjusted."""
    import cv2

    height, width = alpha.shape
    if max(height, width) <= 1:
        return rgb.copy(), rgb.copy()
    half = (max(1, width // 2), max(1, height // 2))
    smaller_rgb = cv2.resize(rgb, half, interpolation=cv2.INTER_AREA).reshape(*half[::-1], 3)
    smaller_alpha = cv2.resize(alpha, half, interpolation=cv2.INTER_AREA).reshape(half[::-1])
    smaller_alpha[smaller_alpha < _LEAST] = 0  # rounding would make soft what isn't
    smaller_alpha[smaller_alpha > 1 - _LEAST] = 1
    foreground, background = (
        cv2.resize(layer, (width, height), interpolation=cv2.INTER_LINEAR).reshape(rgb.shape)
        for layer in _unmixed(smaller_rgb, smaller_alpha)
    )
    _adjust(foreground, background, rgb, alpha)
    return foreground, background


def _adjust(foreground: Array, background: Array, rgb: Array, alpha: Array) -> None:
    """Make both smooth along alpha and sum to the picture, in place, at and beside soft pixels."""
    import cv2

    height, width = alpha.shape
    soft = ((alpha > 0) & (alpha < 1)).astype(np.uint8)
    # What one of the two has to itself is known.
    around = np.flatnonzero(cv2.dilate(soft, np.ones((5, 5), np.uint8)))
    for layer, whole in ((foreground, 1), (background, 0)):
        known = around[alpha.reshape(-1)[around] == whole]
        layer.reshape(-1, 3)[known] = rgb.reshape(-1, 3)[known]
    places = np.flatnonzero(cv2.dilate(soft, np.ones((3, 3), np.uint8)))
    row, column = np.divmod(places, width)
    neighbours = np.stack(
        [
            np.maximum(row - 1, 0) * width + column,
            np.minimum(row + 1, height - 1) * width + column,
            row * width + np.maximum(column - 1, 0),
            row * width + np.minimum(column + 1, width - 1),
        ]
    )
    flat, own = alpha.reshape(-1), alpha.reshape(-1)[places]
    weights = _SMOOTH + _ALONG_ALPHA * np.abs(own - flat[neighbours])
    total = weights.sum(0)
    weights = (weights / total)[..., None]
    share, rest = own[:, None], 1 - own[:, None]
    seen = rgb.reshape(-1, 3)[places]
    missing = 1 / (share**2 + rest**2 + total[:, None])
    colours = foreground.reshape(-1, 3), background.reshape(-1, 3)
    for _ in range(_ROUNDS):
        means = [
            sum((weight * layer[at] for weight, at in zip(weights, neighbours)), np.float32(0))
            for layer in colours
        ]
        error = (seen - share * means[0] - rest * means[1]) * missing
        for layer, mean, amount in zip(colours, means, (share, rest)):
            layer[places] = np.clip(mean + amount * error, 0, 1)
