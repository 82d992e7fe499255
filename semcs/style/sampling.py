"""Where the crops of a step lie: drawn by the regions' areas, evenly, or as Gen-Art draws them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from semcs.errors import InputError
from semcs.style.options import Sampling
from semcs.style.patches import Patches, coverage_maps, foot_maps, sample_patches

PUBLISHED_SIZE = 512  # of the pictures that the presets' crops are meant for
SMALLEST_PATCH = 64  # pixels: less shows an image encoder little
PORTRAIT_SHARE = 0.2  # of Gen-Art's crops, at most, that show the foreground at their foot


def working_patch_size(patch_size: int, image_size: tuple[int, int]) -> int:
    """Side of a crop in pixels on a picture (H, W), for a side given at a working size of 512."""
    return max(SMALLEST_PATCH, round(patch_size * max(image_size) / PUBLISHED_SIZE))


class PatchSampler:
    """Draws a step's crops by the preset's rule; the weights of places are worked out once."""

    def __init__(
        self,
        masks: Tensor,
        patch_size: int,
        sampling: Sampling,
        scales: Sequence[float] | None = None,
    ) -> None:
        """Weigh every place.

        Args:
            masks: (R, 1, H, W) share of each region.
            patch_size: Side of a crop in pixels.
            sampling: How crops are drawn.
            scales: Of each region's crops, beside `patch_size`; all of them 1 by default.

        Raises:
            InputError: The rule knows foreground and background alone, and there are more regions.
        """
        self.image_size = (masks.shape[-2], masks.shape[-1])
        self.patch_size, self.sampling, self.scales = patch_size, sampling, None
        if scales is not None and any(scale != 1 for scale in scales):
            self.scales = torch.tensor(list(scales))
        total = sampling.patches
        if sampling.patch_sampling == "portrait" and len(masks) > 2:
            raise InputError(
                'patch_sampling "portrait" knows foreground and background, not more regions'
            )
        if sampling.patch_sampling == "portrait" and len(masks) == 2:
            at_foot = foot_maps(masks[:1], patch_size)
            self.places = torch.cat([at_foot, 1 - at_foot]).clamp(min=1e-6)
            self.counts = _share_out(total, [PORTRAIT_SHARE, 1 - PORTRAIT_SHARE])
        elif sampling.patch_sampling == "stratified":
            self.places = coverage_maps(masks, patch_size)
            areas = masks.mean((1, 2, 3)).tolist()
            least = sum(areas) / len(areas) / 4  # small objects get their share of attention
            self.counts = _share_out(total, [max(area, least) for area in areas])
        else:
            self.places = torch.ones_like(coverage_maps(masks[:1], patch_size))
            self.counts = [total]
        self.owners = coverage_maps(masks, patch_size, relative=False).argmax(0)

    def draw(self, generator: torch.Generator) -> Patches:
        """Crops of one step."""
        return sample_patches(
            self.places,
            self.counts,
            self.patch_size,
            self.image_size,
            distortion=self.sampling.distortion,
            affine=self.sampling.warp == "affine",
            black_outside=self.sampling.black_outside,
            span=self.sampling.patch_span,
            owners=self.owners if len(self.counts) < 2 else None,
            scales=self.scales,
            generator=generator,
        )


def _share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights, none zero, that sum to `total` or more."""
    whole = sum(weights) or 1.0
    counts = [max(1, int(total * weight / whole)) for weight in weights]
    while (missing := max(total, len(counts)) - sum(counts)) != 0:
        counts[counts.index(max(counts))] += 1 if missing > 0 else -1
    return counts
