"""The image-text model in training: its image encoder and its text head learn together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.clip import BundledClip
from semcs.training.loop import Losses
from semcs.training.losses import unit_directions
from semcs.training.partial_renderings import PartialRenderings
from semcs.training.phrase_learner import PhraseLearner

FEATURES = 128  # principal ones of the ImageNet network


class ClipLearner(PhraseLearner):
    """The image encoder and the text head of a model, both trained; the sentence trunk is fixed.

    Attributes:
        image: The image encoder.
        scale: Logarithm of what cosines with classes are multiplied with.
        caption_scale: The same for cosines with captions.
    """

    def __init__(self, model: BundledClip, class_meanings: Sequence[Tensor]) -> None:
        """Train `model`, whose classes have phrases with these meanings (P, 384)."""
        super().__init__(model.text.head, class_meanings)
        self.image = model.image
        self.scale = nn.Parameter(torch.tensor(2.5))
        self.caption_scale = nn.Parameter(torch.tensor(2.5))
        self.features = nn.Linear(512, FEATURES)

    def embed(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings (B, 256) of images, and the layer before (B, 512)."""
        hidden = self.image.head[:2](torch.cat(self.image.statistics(images), 1))
        return F.normalize(self.image.head[2](hidden).float(), dim=-1), hidden

    def style_losses(
        self, pictures: Tensor, photos: Tensor, texts: Tensor, renderings: PartialRenderings
    ) -> Losses:
        """Classify embeddings of pictures, and their directions from the photos.

        A picture that is half rendered has no class yet, but it has a direction.

        Args:
            pictures: (B, 256) embeddings of `renderings.pictures`.
            photos: (B, 256) embeddings of their photos.
            texts: (C, 256) embeddings of the classes, the styles first, "a photo" last.
            renderings: How far which style is to be seen.
        """
        scale = self.scale.exp()
        text_directions = unit_directions(texts[:-1], texts[-1:])
        cosines = unit_directions(pictures, photos) @ text_directions.T
        classes = F.pad(renderings.styles, (0, len(texts) - renderings.styles.shape[1]))
        by_class = F.cross_entropy(scale * pictures @ texts.T, classes, reduction="none")
        return {
            "styles": (renderings.amounts * by_class).mean(),
            "direction": F.cross_entropy(scale * cosines, classes[:, :-1])
            + (classes[:, :-1] * (1 - cosines)).sum(1).mean(),
        }

    def feature_loss(self, hidden: Tensor, features: Tensor) -> Tensor:
        """1 − cosine of what the layer before the embedding (B, 512) tells of features (B, F)."""
        return (1 - F.cosine_similarity(self.features(hidden.float()), features)).mean()

    def object_loss(self, photos: Tensor, object_meanings: Tensor, objects: Tensor) -> Tensor:
        """Cross-entropy of embeddings (B, 256) with a teacher's probabilities of objects (B, O)."""
        logits = self.caption_scale.exp() * photos @ self.project(object_meanings).T
        return F.cross_entropy(logits, objects)

    def perturbed(
        self,
        renderings: PartialRenderings,
        photos: Tensor,
        texts: Tensor,
        lengths: NDArray[np.float64],
    ) -> Tensor:
        """The renderings' pictures, each moved by its length (L2) up the style losses."""
        moved = renderings.pictures.detach().requires_grad_()
        with torch.no_grad():
            sources = self.image(photos)
        losses = self.style_losses(self.image(moved), sources, texts.detach(), renderings)
        (gradient,) = torch.autograd.grad(torch.stack(list(losses.values())).sum(), moved)
        direction = F.normalize(gradient.flatten(1), dim=1).view_as(gradient)
        steps = torch.from_numpy(lengths).to(direction)[:, None, None, None]
        return (moved + steps * direction).detach()
