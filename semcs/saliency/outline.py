"""From a rough mask, clicks or a box to the outline of the thing itself, by a region model.

photo ─► look ─► what the model sees ─► outline (hints) ─► alpha at the photo's own size

The model works at a fixed size. What it isn't sure of far from an outline is decided, so that no
half-transparent patch remains; along the outline hair and blur stay soft.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from semcs.saliency.guided import guided_filter, resize

if TYPE_CHECKING:
    from torch import Tensor

    from semcs.models.interfaces import RegionModel

Array = npt.NDArray[np.floating[Any]]
Plane = npt.NDArray[np.float32]

SIZE = 480  # pixels: the longest side of what region models see, as they were trained
STEP = 16  # pixels: their sides are multiples of this
BAND = 0.02  # of the longest side: how far from the outline alpha may be soft
# Probabilities this close to 0 and 1 become 0 and 1.
SNAP = 0.03
# Of the guided filter that brings alpha to the photo's own size: of the longest side, and colour
# variance.
RADIUS, EPSILON = 0.006, 1e-5
# How often a photo's rough mask is read. What it means takes its place, but for a share of what it
# was at first: without that, thing after thing is dropped that the model isn't sure of.
ROUNDS, KEPT_SHARE, SHARPENED = 3, 0.3, 1.5


class Sight(NamedTuple):
    """A picture as a region model sees it.

    Attributes:
        model: The one that looked.
        images: (1, 3, h, w) RGB in [0, 1] at the working size.
        seen: What `RegionModel.see` gave.
    """

    model: RegionModel
    images: Tensor
    seen: Any

    @property
    def grid(self) -> tuple[int, int]:
        """(h, w) of hints and soft maps: a quarter of the working size."""
        height, width = self.images.shape[-2:]
        return height // 4, width // 4


def draw_outline(
    mask: Array, photo: Array, sight: Sight | None = None, *, rounds: int = 1
) -> Plane:
    """The region that a rough mask means, with its own outline.

    Args:
        mask: (h, w) in [0, 1], any size, covering the whole photo; 0.5 is the edge.
        photo: (H, W, 3) RGB in [0, 1].
        sight: Of `look` at the photo, where there is one already.
        rounds: How often the mask is read: most of the next round's rough mask is what the model
            took this one to mean. What it isn't sure of at first gets decided.

    Returns:
        (H, W) float32 in [0, 1].
    """
    import torch

    from semcs.models.region_hints import hint_maps
    from semcs.models.settings import own_settings

    sight = look(photo) if sight is None else sight
    with own_settings(), torch.no_grad():
        first = rough = torch.from_numpy(resize(mask, *sight.grid)).clamp(0, 1).to(sight.images)
        for _ in range(rounds - 1):
            meant = sight.model.select(sight.seen, hint_maps(sight.grid, mask=rough))[0].sigmoid()
            rough = torch.lerp(meant[0, 0], first, KEPT_SHARE)
            rough = (0.5 + SHARPENED * (rough - 0.5)).clamp(0, 1)
        return outline(sight, hint_maps(sight.grid, mask=rough), photo)


def look(photo: Array, model: RegionModel | None = None) -> Sight:
    """Look at a photo (H, W, 3) once, by the bundled model by default.

    Any number of outlines are quick after that.
    """
    import torch

    from semcs.models.settings import own_settings

    model = bundled_regions() if model is None else model
    weight = next(model.parameters(), torch.empty(0))
    small = resize(photo, *working_sides(*photo.shape[:2]))
    images = torch.from_numpy(small).permute(2, 0, 1)[None].to(weight.device)
    with own_settings(), torch.no_grad():
        return Sight(model, images, model.see(images))


def outline(sight: Sight, hints: Tensor, photo: Array) -> Plane:
    """The region that hints mean, at the photo's own size.

    Args:
        sight: Of `look`.
        hints: (1, 5, h, w): see `semcs.models.region_hints.hint_maps`.
        photo: (H, W, 3) RGB in [0, 1].
    """
    import torch

    from semcs.models.settings import own_settings

    with own_settings(), torch.no_grad():
        region, detail = sight.model.select(sight.seen, hints.to(sight.images))
        alpha = sight.model.refine(sight.images, sight.seen, region, detail).sigmoid()
    return full_size(decided(alpha[0, 0].float().cpu().numpy()), photo)


def decided(alpha: Array) -> Plane:
    """Alpha (h, w) made 0 or 1 but for a band along the line where it crosses 0.5."""
    import cv2

    inside = alpha > 0.5
    if inside.all() or not inside.any():
        return inside.astype(np.float32)
    sides = (inside.astype(np.uint8), (~inside).astype(np.uint8))
    within, beyond = (cv2.distanceTransform(side, cv2.DIST_L2, 5) for side in sides)
    near = np.where(inside, within, beyond) <= max(2.0, BAND * max(alpha.shape))
    stretched = np.clip((alpha - SNAP) / (1 - 2 * SNAP), 0, 1)
    return np.where(near, stretched, inside).astype(np.float32)


def full_size(alpha: Array, photo: Array) -> Plane:
    """Alpha (h, w) of the working size at its photo's (H, W, 3), along the photo's edges."""
    if alpha.shape == photo.shape[:2]:
        return alpha.astype(np.float32, copy=False)
    fine = guided_filter(alpha, photo, radius=RADIUS, epsilon=EPSILON, work_size=2 * SIZE)
    # What is far from any edge stays exactly 0 or 1.
    whole = resize(alpha, *photo.shape[:2])
    return np.where((whole > 0) & (whole < 1), np.clip(fine, 0, 1), whole).astype(np.float32)


def working_sides(height: int, width: int) -> tuple[int, int]:
    """Sides of a picture as region models see it: the longest about `SIZE`, in whole steps."""
    scale = SIZE / max(height, width) / STEP
    return max(1, round(height * scale)) * STEP, max(1, round(width * scale)) * STEP


def subjects(sight: Sight, grid: tuple[int, int]) -> Plane | None:
    """What photos are mostly taken of, on a grid (h, w) in [0, 1]; None without any."""
    import torch

    from semcs.models.settings import own_settings

    with own_settings(), torch.no_grad():
        likely = sight.model.subjects(sight.seen)
    return None if likely is None else resize(likely.float().cpu().numpy(), *grid)


@cache
def bundled_regions() -> RegionModel:
    """The bundled region model, loaded once, on the CPU."""
    from semcs.models.bundled_regions import load_bundled_regions
    from semcs.models.loading import frozen

    return frozen(load_bundled_regions())
