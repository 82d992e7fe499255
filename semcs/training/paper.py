"""Teachers of the paper itself: real DINO for the bundled ViT, real CLIP for the bundled CLIP.

Their weights come as those of `models="paper"` do: fetched once, checked, and kept in the hub's
cache. They run on each batch as it is drawn, so that none of their outputs are stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.bars import Bar
from semcs.models.families import load_family
from semcs.models.interfaces import ImageTextModel, KeyExtractor
from semcs.models.normalise import fit
from semcs.models.vit import BundledVit
from semcs.training.loop import Losses
from semcs.training.losses import unit_directions

# CLIP multiplies cosines by 100 before a softmax, which leaves nearly nothing to all but one or two
# texts; at half of that, the others still tell what a picture resembles.
LOGIT_SCALE, TEMPERATURE = 100.0, 2.0
TEXTS_AT_ONCE = 256


class DinoTeacher:
    """Keys of DINO's last block, on the student's grid of tokens."""

    def __init__(self, device: str, *, extractor: KeyExtractor | None = None) -> None:
        """Load DINO ViT-S/16, or take another frozen `extractor`, already on `device`."""
        self._extractor = (
            load_family("paper", device).key_extractor if extractor is None else extractor
        )

    def __call__(self, photos: Tensor, grid: int) -> Tensor:
        """Keys (B, grid², C) of square (B, 3, H, H) photos in [0, 1], row-major.

        Patches smaller than the student's are averaged; photos are resized where the grid asks
        for it, which it doesn't where patches are as large and H is grid · 16.
        """
        patch = self._extractor.patch_size
        finer = max(1, round(BundledVit.patch_size / patch))
        with _frozen_float32(photos.device):
            keys = self._extractor(fit(photos, grid * finer * patch))
            maps = keys.transpose(1, 2).unflatten(2, (grid * finer, grid * finer))
            return F.avg_pool2d(maps, finer).flatten(2).transpose(1, 2)


@dataclass(frozen=True)
class Embedded:
    """A batch and texts, as one model embeds them in a space of its own.

    Attributes:
        images: (B, D) of unit length: renderings, their photos, then any others.
        texts: (C, D) of unit length.
        pairs: How many renderings there are, and photos.
    """

    images: Tensor
    texts: Tensor
    pairs: int

    def log_shares(self) -> Tensor:
        """Log-softmax over the texts for each image: (B, C)."""
        return (LOGIT_SCALE / TEMPERATURE * self.images @ self.texts.T).log_softmax(1)

    def image_cosines(self) -> Tensor:
        """Cosine of every pair of images: (B, B)."""
        return self.images @ self.images.T

    def direction_cosines(self) -> Tensor:
        """Cosine of every pair of directions from a photo to its rendering: (pairs, pairs)."""
        rendered, photos = self.images[: 2 * self.pairs].split(self.pairs)
        directions = unit_directions(rendered, photos)
        return directions @ directions.T


class ClipTeacher:
    """Real CLIP, whose cosines of pictures with texts and with one another are learnt.

    Cosines within its own space are compared with cosines within the student's, so the two spaces
    needn't have as many dimensions.
    """

    def __init__(
        self, phrases: Sequence[Sequence[str]], device: str, *, clip: ImageTextModel | None = None
    ) -> None:
        """Load CLIP ViT-B/32 and embed all phrases of all classes, once.

        Args:
            phrases: For each class, the phrases that one is drawn from at every step.
            device: Where CLIP runs.
            clip: Another frozen model to learn from, already on `device`.
        """
        self._clip = load_family("paper", device).clip if clip is None else clip
        with _frozen_float32(torch.device(device)):
            self._texts = self._embed_texts(phrases)

    def losses(
        self,
        student_images: Tensor,
        images: Tensor,
        student_texts: Tensor,
        drawn: Sequence[int],
        *,
        pairs: int,
    ) -> Losses:
        """How far the student's cosines are from CLIP's.

        Args:
            student_images: (B, D) unit embeddings of `images` by the student.
            images: (B, 3, H, W) in [0, 1] of any size: first `pairs` renderings, then their
                photos in the same order, then any others.
            student_texts: (C, D) unit embeddings of one phrase for each class.
            drawn: Which of its phrases that was, for each class.
            pairs: How many renderings there are.
        """
        with _frozen_float32(images.device):
            texts = torch.stack([rows[i] for rows, i in zip(self._texts, drawn, strict=True)])
            known = Embedded(self._clip.encode_image(images), texts, pairs)
        return distillation(Embedded(student_images, student_texts, pairs), known)

    def _embed_texts(self, phrases: Sequence[Sequence[str]]) -> tuple[Tensor, ...]:
        """Embeddings (P, D) of the P phrases of each class."""
        flat = [phrase for of_class in phrases for phrase in of_class]
        starts = range(0, len(flat), TEXTS_AT_ONCE)
        embedded = [
            self._clip.encode_text(flat[start : start + TEXTS_AT_ONCE])
            for start in Bar(starts, desc="embedding the phrases with CLIP", unit="batch")
        ]
        return torch.cat(embedded).split([len(of_class) for of_class in phrases])


def distillation(student: Embedded, teacher: Embedded) -> Losses:
    """Differences of the student's cosines from the teacher's; 0 where they are the same.

    - `paper_texts`: KL divergence of the shares that the texts have in each image;
    - `paper_images`: squared differences of the cosines of images;
    - `paper_directions`: squared differences of the cosines of directions from photo to rendering.
    """
    with torch.autocast(student.images.device.type, enabled=False):
        student = Embedded(student.images.float(), student.texts.float(), student.pairs)
        return {
            "paper_texts": F.kl_div(
                student.log_shares(), teacher.log_shares(), log_target=True, reduction="batchmean"
            ),
            "paper_images": 10 * F.mse_loss(student.image_cosines(), teacher.image_cosines()),
            "paper_directions": 10
            * F.mse_loss(student.direction_cosines(), teacher.direction_cosines()),
        }


@contextmanager
def _frozen_float32(device: torch.device) -> Iterator[None]:
    """Without gradients, and in float32 even where the student runs in bfloat16.

    Small differences of long vectors are learnt: the three digits of bfloat16 would lose them.
    """
    with torch.no_grad(), torch.autocast(device.type, enabled=False):
        yield
