"""Random crops in perspective, drawn from the regions and cut out in one differentiable warp.

The published programs warp crops one by one; here the crop, its random perspective (Clipstyler,
Kwon & Ye 2022, sec. 3.3) and the resize to the network's input are one homography a crop, and
one `grid_sample` takes all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Patches:
    """Where crops lie, and whose they are.

    Attributes:
        boxes: (P, 4) left, top, width, height in pixels.
        regions: (P,) index of the region whose text pulls the crop.
        homographies: (P, 3, 3), from the output square [−1, 1]² to the crop's square [−1, 1]².
        black_outside: Black where the perspective leaves the crop, as published; otherwise what
            the picture shows there.
    """

    boxes: Tensor
    regions: Tensor
    homographies: Tensor
    black_outside: bool = True

    def cut(self, images: Tensor, size: int) -> Tensor:
        """Cut the crops out of (1, 3, H, W), or crop p out of its region's image (R, 3, H, W).

        Returns:
            (P, 3, size, size).
        """
        h, w = images.shape[-2:]
        inner = perspective_grid(self.homographies.to(images), size)
        boxes = self.boxes.to(images)
        centre = boxes[:, :2] + boxes[:, 2:] / 2
        pixels = centre[:, None, None] + inner * boxes[:, None, None, 2:] / 2
        grid = 2 * pixels / pixels.new_tensor([w, h]) - 1
        sources = self.regions.to(images.device).clamp(max=len(images) - 1)
        halvings = (boxes[:, 2:].amax(1) / size).log2().round().clamp(min=0).int()
        crops = grid.new_empty(len(grid), 3, size, size)
        for times in halvings.unique().tolist():
            smaller = _halved(images, times)
            for source in range(len(images)):
                chosen = (halvings == times) & (sources == source)
                crops[chosen] = _sample(smaller[source : source + 1], grid[chosen])
        return crops * (inner.abs() <= 1).all(-1)[:, None] if self.black_outside else crops


def perspective_grid(homographies: Tensor, size: int) -> Tensor:
    """Where each pixel centre of a (size, size) output lies in the crop's square [−1, 1]².

    Returns:
        (P, size, size, 2), x before y, as `grid_sample` wants it.
    """
    ticks = (torch.arange(size).to(homographies) + 0.5) / size * 2 - 1
    y, x = torch.meshgrid(ticks, ticks, indexing="ij")
    points = torch.stack([x, y, torch.ones_like(x)], -1)
    mapped = torch.einsum("pij,hwj->phwi", homographies, points)
    return mapped[..., :2] / mapped[..., 2:]


def _halved(images: Tensor, times: int) -> Tensor:
    """Images (R, 3, H, W) at a 2^times-th of their size, so that large crops don't skip pixels."""
    h, w = (max(1, side >> times) for side in images.shape[-2:])
    return F.adaptive_avg_pool2d(images, (h, w)) if times else images


def _sample(image: Tensor, grid: Tensor) -> Tensor:
    """`grid_sample` of crops (P, h, w, 2) from one image (1, 3, H, W), without copies of it."""
    rows = grid.reshape(1, -1, grid.shape[2], 2)
    flat = F.grid_sample(image, rows, padding_mode="border", align_corners=False)
    return flat.view(3, *grid.shape[:3]).transpose(0, 1)


_STRIDE = 8  # top-left corners are weighed on a grid of this many pixels


def sample_patches(
    places: Tensor,
    counts: Sequence[int],
    patch_size: int,
    image_size: tuple[int, int],
    *,
    distortion: float,
    generator: torch.Generator,
    affine: bool = False,
    black_outside: bool = True,
    span: float = 1.0,
    owners: Tensor | None = None,
    scales: Tensor | None = None,
) -> Patches:
    """Draw `counts[r]` crops by the r-th map of places.

    Args:
        places: (R, h, w) weight of every possible top-left corner (see `coverage_maps`).
        counts: Crops to draw by each map.
        patch_size: Side of a crop in pixels; the image's short side where that is less.
        image_size: (H, W) of the image.
        distortion: How far a corner may move in, as a share of half the side.
        generator: Source of the randomness, on the CPU.
        affine: Parallelograms instead of perspectives.
        black_outside: As of `Patches`.
        span: Crops are up to this many times larger, around the places where they were drawn.
        owners: (h, w) region of a crop at each corner; without it, a crop belongs to the region
            by whose map it was drawn.
        scales: (R,) how many times as large each region's crops are.
    """
    side = min(patch_size, *image_size)
    limit = torch.tensor([image_size[1] - side, image_size[0] - side])
    corners, regions = [], []
    for region, count in enumerate(counts):
        weights = places[region].flatten().cpu().double()  # not all devices have float64
        cells = torch.multinomial(weights, count, replacement=True, generator=generator)
        rows, columns = cells // places.shape[2], cells % places.shape[2]
        corners.append(torch.minimum(torch.stack([columns, rows], 1) * _STRIDE, limit))
        owned = torch.full((count,), region) if owners is None else owners.cpu()[rows, columns]
        regions.append(owned)
    corner = torch.cat(corners)
    boxes = torch.cat([corner, torch.full_like(corner, side)], 1).float()
    owned_by = torch.cat(regions)
    if span > 1:
        factors = span ** torch.rand(len(boxes), 1, generator=generator)
        boxes = _resized(boxes, factors, image_size)
    if scales is not None:
        boxes = _resized(boxes, scales[owned_by][:, None], image_size)
    return Patches(
        boxes=boxes,
        regions=owned_by,
        homographies=random_perspectives(len(boxes), distortion, generator, affine=affine),
        black_outside=black_outside,
    )


def _resized(boxes: Tensor, factors: Tensor, image_size: tuple[int, int]) -> Tensor:
    """Square boxes so many times (P, 1) as large around their middles, pushed into the image."""
    sides = (boxes[:, 2:] * factors).round().clamp(min=1, max=min(image_size))
    corners = boxes[:, :2] + (boxes[:, 2:] - sides) / 2
    room = torch.tensor([image_size[1], image_size[0]]) - sides
    return torch.cat([torch.minimum(corners.round().clamp(min=0), room), sides], 1)


def coverage_maps(masks: Tensor, patch_size: int, *, relative: bool = True) -> Tensor:
    """How much of a crop at each place would lie in each region.

    Args:
        masks: (R, 1, H, W) in [0, 1].
        patch_size: Side of a crop in pixels.
        relative: Weights to draw by: the coverage over the best that the region has to offer, to
            the fourth power. Even a region smaller than a crop gets crops then, where it fills
            them most. Otherwise the share itself.

    Returns:
        (R, h, w) for top-left corners on a grid of 8 pixels.
    """
    side = min(patch_size, *masks.shape[-2:])
    covered = F.avg_pool2d(_to_last_corner(masks, side), side, stride=_STRIDE)[:, 0]
    if not relative:
        return covered
    best = covered.amax((1, 2), keepdim=True).clamp(min=1e-6)
    return (covered / best).clamp(0, 1) ** 4 + 1e-6


def foot_maps(masks: Tensor, patch_size: int) -> Tensor:
    """1 where a crop would show the region in its bottom fifth, else 0; shaped as `coverage_maps`.

    That is when Gen-Art counts a crop as portrait.
    """
    side = min(patch_size, *masks.shape[-2:])
    foot = max(1, side // 5)
    lowered = _to_last_corner(masks, side)[..., side - foot :, :]
    touched = F.max_pool2d(lowered, (foot, side), stride=_STRIDE)[:, 0]
    return (touched > 0.5).to(masks)


def _to_last_corner(masks: Tensor, side: int) -> Tensor:
    """Extend masks so that the grid of corners reaches the right and lower border."""
    h, w = masks.shape[-2:]
    return F.pad(masks, (0, (side - w) % _STRIDE, 0, (side - h) % _STRIDE), mode="replicate")


def random_perspectives(
    count: int, distortion: float, generator: torch.Generator, *, affine: bool = False
) -> Tensor:
    """Homographies (count, 3, 3) that push the corners of [−1, 1]² inward at random.

    Each corner of the crop lands up to `distortion` half-sides inside the output, uniformly, in
    x and in y, as in torchvision's RandomPerspective with p = 1. The homography goes back: from
    the output to the crop. With `affine`, the third corner completes a parallelogram.
    """
    corners = torch.tensor([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    moved = corners * (1 - distortion * torch.rand(count, 4, 2, generator=generator))
    if affine:
        moved[:, 2] = moved[:, 1] + moved[:, 3] - moved[:, 0]
    return solve_homographies(moved, corners.expand(count, 4, 2))


def solve_homographies(sources: Tensor, targets: Tensor) -> Tensor:
    """Homographies (P, 3, 3) that carry four points (P, 4, 2) each to four others, exactly.

    The eight unknowns (the last entry is 1) solve a linear system, two rows a point.
    """
    x, y = sources.cpu().double().unbind(-1)  # not all devices have float64
    u, v = targets.cpu().double().unbind(-1)
    zero, one = torch.zeros_like(x), torch.ones_like(x)
    rows_u = torch.stack([x, y, one, zero, zero, zero, -u * x, -u * y], -1)
    rows_v = torch.stack([zero, zero, zero, x, y, one, -v * x, -v * y], -1)
    system = torch.cat([rows_u, rows_v], 1)
    solution = torch.linalg.solve(system, torch.cat([u, v], 1))
    last = torch.ones_like(solution[:, :1])
    return torch.cat([solution, last], 1).view(-1, 3, 3).to(sources)
