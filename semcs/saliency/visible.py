"""Pixels that can't be seen count for nothing: what lies under alpha 0 is filled from around it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.saliency.guided import resize

Array = npt.NDArray[np.floating[Any]]


def fill_hidden(rgb: Array, alpha: Array | None) -> Array:
    """The picture with its invisible pixels filled from their visible surroundings.

    A hidden pixel takes the mean of the visible ones in the smallest block around it that holds
    any, so that the colours which an editor left under alpha 0 reach neither features nor edges.

    Args:
        rgb: (H, W, 3) in [0, 1].
        alpha: (H, W) in [0, 1], or None where everything is visible.

    Returns:
        (H, W, 3) in [0, 1]; grey throughout where nothing is visible.
    """
    if alpha is None or (alpha > 0).all():
        return rgb
    seen = (alpha > 0).astype(np.float32)
    if not seen.any():
        return np.full_like(rgb, 0.5)
    filled = _surroundings(rgb * seen[..., None], seen)
    np.copyto(filled, rgb, where=seen[..., None] > 0)
    return filled


def hide(mask: npt.NDArray[Any], alpha: Array | None) -> npt.NDArray[Any]:
    """A mask (H, W) that stays inside alpha: 0, or False, where nothing is visible."""
    return mask if alpha is None else np.where(alpha > 0, mask, np.zeros((), mask.dtype))


def _surroundings(weighted: Array, weight: Array) -> Array:
    """Colours (h, w, 3) from the level of half the size, there too from its own where it has none.

    Args:
        weighted: (h, w, 3), colours in [0, 1] times their weights.
        weight: (h, w), not negative, and positive somewhere.
    """
    h, w = weight.shape
    half = (h + 1) // 2, (w + 1) // 2
    weighted, weight = resize(weighted, *half), resize(weight, *half)[..., None]
    known = weight > 0
    colours = np.divide(weighted, weight, where=known, out=np.zeros_like(weighted))
    np.minimum(colours, 1, out=colours)  # rounding
    if not known.all():
        deeper = _surroundings(weighted, weight[..., 0])
        np.copyto(deeper, colours, where=known)
        colours = deeper
    return resize(colours, h, w)
