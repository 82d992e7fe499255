"""Teachers of the paper itself: real DINO for the bundled ViT, real CLIP for the bundled CLIP.

Their weights come as those of `models="paper"` do: fetched once, checked, and kept in the hub's
cache. They answer about each batch as it is drawn, so nothing of theirs is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from semcs.models.families import load_family
from semcs.models.interfaces import ImageTextModel, KeyExtractor
from semcs.models.normalise import fit
from semcs.models.vit import BundledVit
from semcs.training.loop import Losses

# CLIP multiplies cosines by 100 before a softmax, which leaves all but one or two texts with
# nothing; at half of that the also-rans still tell what a picture resembles.
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
        with _asking(photos.device):
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

    def move_cosines(self) -> Tensor:
        """Cosine of every pair of directions from a photo to its rendering: (pairs, pairs)."""
        rendered, photos = self.images[: 2 * self.pairs].split(self.pairs)
        moves = F.normalize(rendered - photos, dim=1)
        return moves @ moves.T


class ClipTeacher:
    """Real CLIP, which tells how pictures lie to texts and to one another.

    Only cosines within its own space are compared with cosines within the student's, so the two
    spaces needn't have as many dimensions.
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
        with _asking(torch.device(device)):
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
        with _asking(images.device):
            texts = torch.stack([known[i] for known, i in zip(self._texts, drawn, strict=True)])
            seen = Embedded(self._clip.encode_image(images), texts, pairs)
        return distillation(Embedded(student_images, student_texts, pairs), seen)

    def _embed_texts(self, phrases: Sequence[Sequence[str]]) -> tuple[Tensor, ...]:
        """Embeddings (P, D) of the P phrases of each class."""
        flat = [phrase for of_class in phrases for phrase in of_class]
        starts = range(0, len(flat), TEXTS_AT_ONCE)
        embedded = [
            self._clip.encode_text(flat[start : start + TEXTS_AT_ONCE])
            for start in tqdm(starts, desc="asking CLIP about the phrases", unit="batch")
        ]
        return torch.cat(embedded).split([len(of_class) for of_class in phrases])


def distillation(student: Embedded, teacher: Embedded) -> Losses:
    """What the student's cosines lack of the teacher's; all are 0 where the cosines are the same.

    - `paper_texts`: KL divergence of the shares that the texts have in each image;
    - `paper_images`: squared differences of the cosines of images;
    - `paper_moves`: squared differences of the cosines of directions from photo to rendering.
    """
    with torch.autocast(student.images.device.type, enabled=False):
        student = Embedded(student.images.float(), student.texts.float(), student.pairs)
        return {
            "paper_texts": F.kl_div(
                student.log_shares(), teacher.log_shares(), log_target=True, reduction="batchmean"
            ),
            "paper_images": 10 * F.mse_loss(student.image_cosines(), teacher.image_cosines()),
            "paper_moves": 10 * F.mse_loss(student.move_cosines(), teacher.move_cosines()),
        }


@contextmanager
def _asking(device: torch.device) -> Iterator[None]:
    """Without gradients, and in float32 even where the student runs in bfloat16.

    What is learnt are small differences of long vectors; three digits would drown them.
    """
    with torch.no_grad(), torch.autocast(device.type, enabled=False):
        yield
