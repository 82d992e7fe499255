"""The way from an image to its foreground mask, stage by stage; nothing is kept between calls.

image ─► patch_features ─► patch_graph ─► smallest_eigenvectors ─► coarse_mask ─► refine_mask

`find_foreground` goes the whole way. `SaliencyPredictor` goes it in parts and keeps what it has.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError
from semcs.saliency.affinity import Affinity, mixed_affinity
from semcs.saliency.evidence import is_evident, sureness
from semcs.saliency.foreground import Rule, Threshold, choose_foreground
from semcs.saliency.guided import resize
from semcs.saliency.outline import look, subjects
from semcs.saliency.refine import Method, refine_mask
from semcs.saliency.spectral import smallest_eigenvectors

if TYPE_CHECKING:
    from semcs.models.interfaces import KeyExtractor, RegionModel

Array = npt.NDArray[np.floating[Any]]

_log = logging.getLogger("semcs")

# The mask is fully on and off half-way from the cut to the mean of either side, so that what
# clearly belongs to a side doesn't come out half transparent. Against 145 true masks the mean
# error is 0.189 at contrast 1, 0.166 at 2 and 0.163 at 4, where edges are all but hard.
CONTRAST = 2.0
# What is known to be a person, an animal or a vehicle counts so much beside the eigenvector. Mean
# IoU on every other one of 145 photos of people: 0.817 without, 0.877 at 0.6, 0.898 at 0.7, 0.900
# at 0.8 (people and animals).
KNOWN_SHARE = 0.7


@dataclass(frozen=True, eq=False)
class PatchGraph:
    """Which patches of an image belong together.

    Attributes:
        affinity: Weights of n nodes, one for each patch, row-major.
        grid: (h, w) of the patches, n = h·w.
    """

    affinity: Affinity
    grid: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Foreground:
    """What stands out in an image.

    Attributes:
        mask: (H, W) float32 in [0, 1], 1 = foreground.
        sureness: How sure the mask is, 0 to 1: see `semcs.saliency.evidence.sureness`.
    """

    mask: npt.NDArray[np.float32]
    sureness: float


def find_foreground(
    rgb: Array,
    extractor: KeyExtractor,
    *,
    size: int,
    color_weight: float,
    alpha: Array | None = None,
    normalized: bool = True,
    rule: Rule = "cues",
    threshold: Threshold = "otsu",
    invert: bool = False,
    refine: Method = "edge",
    regions: RegionModel | None = None,
) -> Foreground:
    """The soft foreground mask of an image, and how sure it is.

    Args:
        rgb: (H, W, 3) in [0, 1], its hidden pixels filled (`semcs.image.fill_hidden`).
        extractor: See `patch_features`.
        size: See `patch_features`.
        color_weight: See `patch_graph`.
        alpha: (H, W) in [0, 1]: where it is 0, the mask is 0.
        normalized: See `smallest_eigenvectors`.
        rule: See `choose_foreground`.
        threshold: See `choose_foreground`.
        invert: Give the other side.
        refine: See `refine_mask`.
        regions: Draws the outline, for "edge"; the bundled one by default.

    Raises:
        InputError: An option can't be used.
    """
    from semcs.image import hide  # loads Pillow, which the numeric parts do without

    features = patch_features(rgb, extractor, size=size)
    graph = patch_graph(features, rgb, color_weight=color_weight)
    _, vectors = smallest_eigenvectors(graph.affinity, 2, normalized=normalized)
    fiedler, colours = vectors[:, 1].reshape(graph.grid), resize(rgb, *graph.grid)
    sight = look(rgb, regions) if refine == "edge" or rule == "cues" else None
    known = subjects(sight, graph.grid) if sight is not None and rule == "cues" else None
    coarse = coarse_mask(fiedler, colours, rule=rule, threshold=threshold, known=known)
    mask = cast("npt.NDArray[np.float32]", refine_mask(coarse, rgb, refine, sight=sight))
    mask = 1 - mask if invert else mask
    return Foreground(hide(mask, alpha), sureness(fiedler, colours, known))


def patch_features(rgb: Array, extractor: KeyExtractor, *, size: int) -> Array:
    """Features of an image's patches.

    Args:
        rgb: (H, W, 3) in [0, 1].
        extractor: (1, 3, H, W) in [0, 1] to keys (1, N, C), with a `patch_size`.
        size: The longest side of the image that the extractor sees, in pixels; each side is
            rounded to whole patches, so the aspect may change a little but nothing is cut off.

    Returns:
        (h, w, C), one vector a patch.

    Raises:
        InputError: If the extractor's keys don't fill the grid.
    """
    import torch

    from semcs.models.settings import own_settings

    patch = extractor.patch_size
    h, w = patch_grid(rgb.shape[0], rgb.shape[1], size=size, patch=patch)
    resized = torch.from_numpy(resize(rgb, h * patch, w * patch)).permute(2, 0, 1)[None]
    weight = next(extractor.parameters(), torch.empty(0))
    with own_settings(), torch.no_grad():
        keys = extractor(resized.to(weight.device))
    if keys.ndim != 3 or keys.shape[:2] != (1, h * w):
        raise InputError(
            f"the extractor gave {tuple(keys.shape)} for a {h}×{w} grid, not (1, {h * w}, C)"
        )
    features: Array = keys[0].float().cpu().numpy().reshape(h, w, -1)
    return features


def patch_grid(height: int, width: int, *, size: int, patch: int) -> tuple[int, int]:
    """Patches (h, w) of an image whose longest side is brought to about `size` pixels.

    Raises:
        InputError: If not even two patches fit.
    """
    scale = size / max(height, width) / patch
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    if h * w < 2:
        raise InputError(f"size {size} leaves a single patch of {patch} pixels; make it larger")
    return h, w


def patch_graph(features: Array, rgb: Array, *, color_weight: float) -> PatchGraph:
    """The graph W = W_feat + λ·W_knn of an image's patches (Deep Spectral Methods, sec. 3).

    Args:
        features: (h, w, C), one vector a patch, covering the whole image.
        rgb: (H, W, 3) in [0, 1].
        color_weight: λ.

    Raises:
        InputError: If a shape or value can't be used.
    """
    if features.ndim != 3:
        raise InputError(f"features must be (h, w, C), not {features.shape}")
    h, w, channels = features.shape
    affinity = mixed_affinity(
        features.reshape(h * w, channels), resize(rgb, h, w), color_weight=color_weight
    )
    return PatchGraph(affinity, (h, w))


def coarse_mask(
    fiedler: Array,
    colours: Array,
    *,
    rule: Rule = "cues",
    threshold: Threshold = "otsu",
    known: Array | None = None,
) -> npt.NDArray[np.float64]:
    """The foreground on the patch grid.

    Args:
        fiedler: (h, w), the second eigenvector.
        colours: (h, w, 3) RGB in [0, 1] of the patches.
        rule: See `choose_foreground`.
        threshold: See `choose_foreground`.
        known: (h, w) in [0, 1], what photos are mostly taken of: see
            `semcs.saliency.outline.subjects`. Where there is any, most of the mask is that.

    Returns:
        (h, w) in [0, 1], 0.5 at the cut; 0.5 throughout, with a warning, where the cut can't be
        seen in the picture and nothing is known.
    """
    score = choose_foreground(fiedler, rule=rule, threshold=threshold, colours=colours)
    evident = is_evident(score > 0, colours)
    if not evident and known is None:
        _log.warning("nothing stands out in this picture: its mask is undecided (0.5) throughout")
    mask = np.clip(0.5 + CONTRAST * score / 2, 0, 1) if evident else np.full(fiedler.shape, 0.5)
    return mask if known is None else KNOWN_SHARE * known + (1 - KNOWN_SHARE) * mask
