"""Where palettes start: two-colour maps, tried out on a few crops before the first step.

Colours are the part of a style that gradients find worst, since the way from one hue to another
leads through hues that look like neither; and the part that is small enough to search. A palette
carries (r, g, b, 1) to the new (r, g, b); the ones tried map the dark of a region to one colour and
its light to another, wholly or in part.
"""

from __future__ import annotations

from itertools import permutations

import torch
from torch import Tensor

from semcs.style.objective import Objective

CROPS = 6  # of each region that palettes are tried on
BATCH = 16  # palettes at a time
STRENGTHS = (0.6, 1.0)
LUMINANCE = (0.299, 0.587, 0.114)
COLORS = (
    (0.05, 0.05, 0.07),  # black
    (0.5, 0.5, 0.5),  # grey
    (0.96, 0.96, 0.97),  # white
    (0.8, 0.1, 0.1),  # red
    (0.95, 0.5, 0.1),  # orange
    (0.98, 0.85, 0.2),  # yellow
    (0.2, 0.6, 0.2),  # green
    (0.1, 0.6, 0.6),  # teal
    (0.75, 0.88, 0.98),  # pale blue
    (0.15, 0.35, 0.85),  # blue
    (0.05, 0.08, 0.3),  # navy
    (0.5, 0.15, 0.65),  # purple
    (0.95, 0.35, 0.65),  # pink
    (0.4, 0.25, 0.12),  # brown
)


@torch.no_grad()
def search_palettes(objective: Objective, *, seed: int = 0) -> Tensor:
    """The palette of each region, (R, 3, 4), whose crops move most toward the region's text."""
    generator = torch.Generator().manual_seed(seed)
    patches = objective.sampler.draw(generator)
    crops = patches.cut(objective.task.content, objective.clip.input_size)
    best = []
    for region in range(len(objective.task.masks)):
        own = crops[(patches.regions == region).to(crops.device)][:CROPS]
        if len(own) == 0:
            best.append(torch.eye(3, 4).to(crops))
            continue
        sources = objective.embed(own)
        candidates = palettes_for(own)
        losses = torch.cat(
            [_losses(objective, own, sources, region, p) for p in candidates.split(BATCH)]
        )
        best.append(candidates[losses.nan_to_num(float("inf")).argmin()])
    return torch.stack(best)


def palettes_for(crops: Tensor) -> Tensor:
    """The identity and all two-colour maps over the brightness range of (N, 3, H, W) crops."""
    weights = crops.new_tensor(LUMINANCE)
    luminance = torch.einsum("i,nihw->nhw", weights, crops)
    dark, light = torch.quantile(luminance.flatten(), luminance.new_tensor([0.05, 0.95]))
    spread = (light - dark).clamp(min=0.1)
    identity = torch.eye(3, 4).to(crops)
    maps = [identity]
    for shadow, highlight in permutations(crops.new_tensor(COLORS), 2):
        slope = (highlight - shadow) / spread
        duotone = torch.cat([slope[:, None] * weights, (shadow - dark * slope)[:, None]], dim=1)
        maps += [identity + strength * (duotone - identity) for strength in STRENGTHS]
    return torch.stack(maps)


def recolor(images: Tensor, palettes: Tensor) -> Tensor:
    """Colours of (N, 3, H, W) mapped by each of (P, 3, 4): (P·N, 3, H, W), clamped to [0, 1]."""
    mapped = torch.einsum("pij,njhw->pnihw", palettes[..., :3], images)
    return (mapped + palettes[:, None, :, 3, None, None]).flatten(0, 1).clamp(0, 1)


def _losses(
    objective: Objective, crops: Tensor, sources: Tensor, region: int, palettes: Tensor
) -> Tensor:
    """Mean directional loss of the crops under each palette, (P,)."""
    moved = objective.embed(recolor(crops, palettes))
    regions = torch.full((len(moved),), region, device=crops.device)
    return (
        objective.directional(moved, sources.repeat(len(palettes), 1), regions)
        .view(len(palettes), -1)
        .mean(1)
    )
