"""Structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004), of luminance and of edges."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.metrics.inputs import Measured, region_mean
from semcs.metrics.pairs import PairMeasure, without_autocast

SIGMA, RADIUS = 1.5, 5  # of the Gaussian window, in pixels
STABILISERS = 0.01**2, 0.03**2  # for values in [0, 1]
LUMA = (0.299, 0.587, 0.114)


class Ssim(PairMeasure):
    """Mean structural similarity, of the luminance or of its gradient: 1 for equal pictures.

        similarity = semcs.metrics.Ssim()(photos, outputs)

    Args:
        of_edges: Compare the lengths of the luminance's gradients instead (Chen et al. 2006):
            outlines count, brightness and colour don't.
    """

    def __init__(self, *, of_edges: bool = False) -> None:
        super().__init__()
        self.of_edges = of_edges

    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """See `PairMeasure`; the mask weighs the mean."""
        seen, other = luminance(content), luminance(output)
        if self.of_edges:
            seen, other = gradient_length(seen), gradient_length(other)
        return region_mean(ssim_map(seen, other), mask)[:, 0]


def ssim(a: object, b: object, mask: object = None) -> Measured:
    """Structural similarity of the luminance of two pictures, or of a region: 1 for equal ones.

    Windows that reach over the picture's border use what they see of it; the published mean leaves
    them out.

        print(semcs.metrics.ssim("photo.jpg", "styled.png"))
        print(semcs.metrics.ssim("photo.jpg", "styled.png", "mask.png"))

    Args:
        a: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        b: The other, of the same size; the order doesn't matter.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.

    Returns:
        A number; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, or sizes differ.
    """
    return Ssim().of_pictures(a, b, mask)


def edge_ssim(a: object, b: object, mask: object = None) -> Measured:
    """Structural similarity of the edges of two pictures.

        print(semcs.metrics.edge_ssim("photo.jpg", "styled.png"))

    Outlines count, brightness and colour don't. Arguments, answer and errors as of `ssim`.
    """
    return Ssim(of_edges=True).of_pictures(a, b, mask)


def ssim_map(these: Tensor, those: Tensor) -> Tensor:
    """Similarity around every pixel of (B, 1, H, W) values in [0, 1], of the same shape."""
    mean, other_mean = _blur(these), _blur(those)
    variance = _blur(these.square()) - mean.square()
    other_variance = _blur(those.square()) - other_mean.square()
    covariance = _blur(these * those) - mean * other_mean
    first, second = STABILISERS
    luminances = (2 * mean * other_mean + first) / (mean.square() + other_mean.square() + first)
    return luminances * (2 * covariance + second) / (variance + other_variance + second)


def luminance(images: Tensor) -> Tensor:
    """Rec. 601 luma of (B, 3, H, W), (B, 1, H, W)."""
    return (images * images.new_tensor(LUMA).view(3, 1, 1)).sum(1, keepdim=True)


def gradient_length(maps: Tensor) -> Tensor:
    """Length of the gradient (Sobel, per pixel) of every channel of (B, C, H, W)."""
    channels = maps.shape[1]
    padded = F.pad(maps, (1, 1, 1, 1), mode="replicate")
    across = maps.new_tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]) / 8
    kernels = torch.stack([across, across.T]).repeat(channels, 1, 1)[:, None]
    slopes = _convolve(padded, kernels, groups=channels).unflatten(1, (channels, 2))
    # The root has no slope at 0.
    return (slopes.square().sum(2) + 1e-12).sqrt()


def _blur(maps: Tensor) -> Tensor:
    """Gaussian mean around every pixel of (B, 1, H, W), over what of the window is inside."""
    ticks = torch.arange(-RADIUS, RADIUS + 1).to(maps)
    window = torch.exp(-ticks.square() / (2 * SIGMA**2))

    def along(values: Tensor, axis: int) -> Tensor:
        shape, padding = [1, 1, 1, 1], [0, 0]
        shape[axis], padding[axis - 2] = -1, RADIUS
        return _convolve(values, window.view(shape), padding=padding)

    inside = torch.ones_like(maps[:1])
    return along(along(maps, 2), 3) / along(along(inside, 2), 3)


def _convolve(
    maps: Tensor, kernels: Tensor, *, padding: Sequence[int] = (0, 0), groups: int = 1
) -> Tensor:
    """In full precision: a variance is a small difference of two means."""
    with without_autocast(maps.device):
        return F.conv2d(maps, kernels, padding=tuple(padding), groups=groups)
