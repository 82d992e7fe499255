"""Rough masks, clicks and boxes as users and earlier steps give them, made from true masks."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.models.region_hints import CLICK_RADIUS, UNKNOWN
from semcs.training.region_augment import smooth_noise

CLICKS, NOT_CLICKS = 3, 2  # of a sample, at most
COARSE = (12, 20, 28, 48)  # cells a side of rough masks


def draw_hints(target: Tensor) -> Tensor:
    """Hints (B, 5, h, w) for (B, 1, h, w) regions: rough masks for most, else clicks, or a box."""
    count, _, h, w = target.shape
    device = target.device
    draw = torch.rand(count, 1, 1, 1, device=device)
    masked, boxed = draw < 0.55, draw > 0.88
    rough = torch.where(masked, rough_masks(target), UNKNOWN)
    on, any_on = points_in((target > 0.7).float(), CLICKS)
    off, any_off = points_in((target < 0.3).float(), NOT_CLICKS)
    number = torch.randint(1, CLICKS + 1, (count, 1), device=device)
    clicked = any_on & (torch.arange(CLICKS, device=device)[None] < number)
    clicks = discs(on, clicked, h, w) * (~masked & ~boxed)
    beside = any_off & (torch.rand(count, NOT_CLICKS, device=device) < 0.25)
    not_clicks = discs(off, beside, h, w) * ~masked
    given = masked.float().expand_as(target)
    return torch.cat([rough, given, clicks, not_clicks, boxes(target) * boxed], 1)


def corrected(hints: Tensor, region: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """Hints as they are after a look at an answer.

    Where no mask was given, and in some cases where one was, there is a click more, at a place
    where the answer's logits (B, 1, h, w) are wrong; the answer is then mostly the rough mask.
    """
    count, _, h, w = target.shape
    device = target.device
    wrong = (((region > 0).float() - target).abs() > 0.5).float() * known
    place, any_wrong = points_in(wrong, 1)
    disc = discs(place, any_wrong, h, w)
    share = (target * disc).sum((1, 2, 3), keepdim=True)
    on_region = share > 0.5 * disc.sum((1, 2, 3), keepdim=True)
    unmasked = hints[:, 1:2].sum((1, 2, 3), keepdim=True) == 0
    clicks = unmasked | (torch.rand(count, 1, 1, 1, device=device) < 0.3)
    again = clicks & (torch.rand(count, 1, 1, 1, device=device) < 0.7)
    mask = torch.where(again, region.sigmoid(), hints[:, :1])
    given = torch.where(again, 1.0, hints[:, 1:2])
    on = hints[:, 2:3].maximum(disc * (clicks & on_region))
    off = hints[:, 3:4].maximum(disc * (clicks & ~on_region))
    return torch.cat([mask, given, on, off, hints[:, 4:]], 1)


def rough_masks(target: Tensor) -> Tensor:
    """(B, 1, h, h) masks with the faults of real ones: coarse, warped, lacking and having parts."""
    count, _, h, w = target.shape
    device = target.device
    strength = torch.rand(count, 1, 1, 1, device=device)
    mask = _with_faults(_warped(target, 0.05 * strength))
    rough = torch.empty_like(mask)
    chosen_cells = torch.randint(0, len(COARSE), (count,), device=device)
    for index, cells in enumerate(COARSE):
        chosen = chosen_cells == index
        coarse = F.adaptive_avg_pool2d(mask[chosen], cells)
        coarse = (coarse + 0.1 * strength[chosen] * torch.randn_like(coarse)).clamp(0, 1)
        contrast = 0.7 + 2.5 * torch.rand(len(coarse), 1, 1, 1, device=device)
        coarse = (0.5 + (coarse - 0.5) * contrast).clamp(0, 1)
        rough[chosen] = F.interpolate(coarse, (h, w), mode="bilinear", align_corners=False)
    return rough


def discs(points: Tensor, valid: Tensor, h: int, w: int) -> Tensor:
    """Clicks on cells (B, K, 2), as x and y, those that count (B, K), as discs (B, 1, h, w)."""
    y = torch.arange(h, device=points.device).view(1, 1, h, 1)
    x = torch.arange(w, device=points.device).view(1, 1, 1, w)
    px, py = points[..., 0, None, None], points[..., 1, None, None]
    near = ((x - px) ** 2 + (y - py) ** 2 <= CLICK_RADIUS**2) & valid[..., None, None]
    return near.any(1, keepdim=True).float()


def points_in(mask: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Places in (B, 1, h, w) masks, rather well inside.

    Returns:
        (B, count, 2), x and y in cells; and (B, count), False where the mask is empty.
    """
    width = mask.shape[-1]
    depth, eroded = mask.clone(), mask
    for _ in range(6):
        eroded = -F.max_pool2d(-eroded, 3, 1, 1)
        depth = depth + eroded
    weight = depth.flatten(1) ** 3
    empty = weight.sum(1, keepdim=True) < 1e-3
    index = torch.multinomial(weight + empty, count, replacement=True)
    points = torch.stack([index % width, index // width], -1).float()
    return points, (~empty).expand(-1, count)


def boxes(target: Tensor) -> Tensor:
    """The insides of boxes around (B, 1, h, w) regions, as a hand draws them."""
    on = target > 0.5
    rows, columns = (_stretch(on.any(axis).squeeze(1)) for axis in (3, 2))
    return (rows[:, None, :, None] & columns[:, None, None]).float()


def _stretch(line: Tensor) -> Tensor:
    """From about the first to about the last True of (B, n)."""
    count, size = line.shape
    first, last = line.float().argmax(1), size - 1 - line.flip(1).float().argmax(1)
    jitter = 0.04 * (last - first + 1)
    low, high = (end + jitter * torch.randn(count, device=line.device) for end in (first, last))
    place = torch.arange(size, device=line.device)[None]
    return (place >= low[:, None]) & (place <= high[:, None]) & line.any(1, keepdim=True)


def _warped(target: Tensor, strength: Tensor) -> Tensor:
    """Shifted here and there by about `strength` (B, 1, 1, 1), in halves of the side."""
    count, side, device = len(target), target.shape[-1], target.device
    line = torch.linspace(-1, 1, side, device=device)
    y, x = torch.meshgrid(line, line, indexing="ij")
    shift = torch.cat([smooth_noise(count, side, 6, device) for _ in "xy"], 1)
    grid = torch.stack([x, y], -1)[None] + (strength * shift).permute(0, 2, 3, 1)
    return F.grid_sample(target, grid, padding_mode="border", align_corners=True)


def _with_faults(mask: Tensor) -> Tensor:
    """Some of the masks lack parts, some have parts too many."""
    count, side, device = len(mask), mask.shape[-1], mask.device
    some = (torch.rand(count, 2, 1, 1, device=device) < 0.45).float()
    level = 0.9 + 0.9 * torch.rand(count, 2, 1, 1, device=device)
    lacking = (smooth_noise(count, side, 5, device) > level[:, :1]).float() * some[:, :1]
    having = (smooth_noise(count, side, 5, device) > level[:, 1:] + 0.3).float() * some[:, 1:]
    return torch.maximum(mask * (1 - lacking), having)
