"""The losses of CLIPstyler and Semantic CLIPstyler, as modules whose targets are buffers."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models import precision
from semcs.models.directions import cosine, cosines
from semcs.models.interfaces import ContentNetwork

SYNONYM = 0.8  # cosine from which two texts mean one look
SHARPNESS = 5.0  # of the softmax over rivals


class DirectionalLoss(nn.Module):
    """1 − cos(ΔI, ΔT): the image has to move the way the text moves (StyleGAN-NADA, 2021).

    A network that starts at the photo starts at ΔI = 0, where the cosine's slope is without bound,
    and Adam would take hundreds of steps to forget it. Lengths under `MIN_DIRECTION_NORM` count as
    that (`semcs.models.directions`).

    The directions of all styles have much in common, so that the cosine grows just as well with
    the look of a neighbour in meaning. With `rivals`, a share of the loss is a softmax instead:
    the image has to move toward its own text rather than toward any of theirs.

    Args:
        text_directions: (R, D), target minus source text for each region.
        softmax_source: Softmax the source embeddings before the difference, as the Sem-CS program
            does; it makes ΔI nearly the output's own embedding (disagreement 3).
        rivals: (N, D) directions of other texts. Those nearer to a region's own than `SYNONYM`
            (cosine) don't count for it.
        rival_share: Of the loss, in [0, 1].
    """

    text_directions: Tensor
    rivals: Tensor

    def __init__(
        self,
        text_directions: Tensor,
        *,
        softmax_source: bool = False,
        rivals: Tensor | None = None,
        rival_share: float = 0.0,
    ) -> None:
        super().__init__()
        self.register_buffer("text_directions", text_directions)
        self.register_buffer("rivals", text_directions[:0] if rivals is None else rivals)
        self.softmax_source, self.rival_share = softmax_source, rival_share

    def forward(self, outputs: Tensor, sources: Tensor, regions: Tensor) -> Tensor:
        """Loss of each of B embedding pairs.

        Args:
            outputs: (B, D) unit embeddings of the styled images.
            sources: (B, D) or (1, D) unit embeddings of what they were.
            regions: (B,) index of the region whose text counts.

        Returns:
            (B,) in [0, 2] without rivals.
        """
        if self.softmax_source:
            sources = sources.softmax(-1)
        moved = outputs - sources
        own = cosine(moved, self.text_directions[regions])
        if not self.rival_share:
            return 1 - own
        others = cosines(moved, self.rivals)
        synonyms = cosines(self.text_directions, self.rivals) > SYNONYM
        others = others.masked_fill(synonyms[regions], -torch.inf)
        ranked = SHARPNESS * torch.cat([own[:, None], others], 1)
        behind = (ranked.logsumexp(1) - ranked[:, 0]) / SHARPNESS
        return (1 - self.rival_share) * (1 - own) + self.rival_share * 2 * behind


def thresholded_mean(losses: Tensor, threshold: float, scales: Tensor | float = 1.0) -> Tensor:
    """Mean of patch losses (P,), those at or under `threshold` counting as zero.

    Crops that already show the style are left alone, so that none is overdone (CLIPstyler,
    eq. 5); the mean is over all P. `scales` weigh the crops (Gen-Art).
    """
    return (torch.where(losses <= threshold, torch.zeros_like(losses), losses) * scales).mean()


class ContentLoss(nn.Module):
    """Mean squared difference of feature maps to those of the content image, summed over layers."""

    def __init__(
        self, network: ContentNetwork, content: Tensor, *, mixed_precision: bool = False
    ) -> None:
        super().__init__()
        self.network, self.mixed_precision = network, mixed_precision
        with torch.no_grad():
            targets = self._maps(content)
        self.layers = len(targets)
        for index, target in enumerate(targets):
            self.register_buffer(f"target{index}", target.detach())

    def forward(self, image: Tensor) -> Tensor:
        """Scalar loss of (1, 3, H, W)."""
        losses = [
            F.mse_loss(seen, getattr(self, f"target{index}"))
            for index, seen in enumerate(self._maps(image))
        ]
        return torch.stack(losses).sum()

    def _maps(self, image: Tensor) -> list[Tensor]:
        with precision.mixed_precision(image.device, wanted=self.mixed_precision):
            return [maps.to(image.dtype) for maps in self.network(image)]


class TotalVariationLoss(nn.Module):
    """Differences to the right, lower and both diagonal neighbours: four norms, summed.

    Args:
        per_pixel: Root mean squares instead of Frobenius norms, scaled so that both agree on a
            512×512 image; the norm alone grows with the image (disagreement 12).
    """

    def __init__(self, *, per_pixel: bool = True) -> None:
        super().__init__()
        self.per_pixel = per_pixel

    def forward(self, image: Tensor) -> Tensor:
        """Scalar loss of (B, 3, H, W)."""
        differences = (
            image[..., :, 1:] - image[..., :, :-1],
            image[..., 1:, :] - image[..., :-1, :],
            image[..., 1:, 1:] - image[..., :-1, :-1],
            image[..., 1:, :-1] - image[..., :-1, 1:],
        )
        norms = torch.stack([torch.linalg.vector_norm(d) for d in differences])
        if self.per_pixel:
            counts = norms.new_tensor([d.numel() for d in differences])
            norms = norms / counts.sqrt() * math.sqrt(3 * 512**2)
        return norms.sum()
