"""Train the bundled ViT: its keys learn to tell objects apart as a segmentation network does.

    python -m semcs.training.vit --data DIR --out DIR [--teacher paper]

Reads the photos and the teacher of --data. Writes vit.safetensors to --out, with vit.pt (or
vit_paper.pt), its log, and the packed photos and the teacher's outputs in cache/. 3,500 steps take
80 minutes on two cores.

The teacher gives each photo dense features. DeepLab (`semcs.training.teacher`) gives class
probabilities with them; DINO (`--teacher paper`, `semcs.training.paper`) gives the very keys that
Deep Spectral Methods use. They say which tokens belong together, and this affinity is what the keys
have to reproduce, since nothing else of them reaches the spectral step. A head that is thrown away
afterwards predicts the features themselves, which keeps the rest of the teacher's knowledge in the
ViT.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.vit import BundledVit
from semcs.training.arguments import autocast, parse_seeded, training_parser
from semcs.training.augment import jitter_colors, random_boxes, sample_boxes
from semcs.training.data import PHOTOS, pack_squares, pixels, read_manifest
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.paper import DinoTeacher
from semcs.training.teacher import DEEPLAB, predict_all

PACKED_SIDE = 320
# Small objects need the fine grids on which the mask is made later, most batches don't.
SIDES = (192, 256, 256, 320, 384)
TOKENS_A_STEP = 24 * 256
# Users' photos show people more often than the training photos do, so a third of a batch does.
PERSON, PEOPLE_SHARE = 15, 1 / 3
# Means and deviations of DINO's keys are measured on about so many photos, of its own size.
MEASURED, MEASURED_SIDE = 32, 224

Crop = Callable[[NDArray[np.generic], int], Tensor]
"""Cuts a step's boxes out of arrays (N, H, W, C) about all photos: (B, C, size, size)."""


class Student(nn.Module):
    """The ViT, and heads that predict the teacher's outputs from its keys."""

    mean: Tensor
    std: Tensor

    def __init__(self, feature_std: Tensor, feature_mean: Tensor, *, classes: int = 0) -> None:
        """For features with (C,) deviations and means, and for a number of classes, if any."""
        super().__init__()
        self.vit = BundledVit()
        self.features = nn.Linear(192, len(feature_mean))
        self.classes = nn.Linear(192, classes) if classes else None
        self.register_buffer("mean", feature_mean)
        self.register_buffer("std", feature_std)

    def losses(
        self, images: Tensor, features: Tensor, probabilities: Tensor | None = None
    ) -> Losses:
        """Compare the keys of (B, 3, S, S) images with targets (B, N, C) and (B, N, classes)."""
        keys = self.vit(images).float()
        target = (features - self.mean) / self.std
        predicted = self.features(keys)
        wanted = target_affinity(features, probabilities)
        losses = {
            "features": F.smooth_l1_loss(predicted, target),
            "cosine": 0.5 * (1 - F.cosine_similarity(predicted, target, dim=-1)).mean(),
        }
        if self.classes is not None and probabilities is not None:
            losses["classes"] = 0.5 * _cross_entropy(self.classes(keys), probabilities)
        losses["affinity"] = 4.0 * F.smooth_l1_loss(cosines(keys), wanted, beta=0.1)
        return losses


class Teacher(Protocol):
    """A network that the student learns from.

    Attributes:
        checkpoint: Name of the run's file; each teacher has its own, since students' heads differ.
    """

    checkpoint: str

    def student(self) -> Student:
        """A new student with heads for this teacher's outputs."""

    def choose(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Indices of the photos of a step."""

    def targets(self, crop: Crop, grid: int) -> tuple[Tensor, ...]:
        """Outputs for the crops of a step, (B, grid², ·) each, as `Student.losses` takes them."""


class DeepLab:
    """Features and class probabilities of DeepLab, computed once for all photos and kept."""

    checkpoint = "vit.pt"

    def __init__(self, images: NDArray[np.uint8], file: Path, cache: Path) -> None:
        """Run the TFLite `file` on all `images`, unless the folder `cache` has its outputs."""
        self._features, self._probabilities = predict_all(images, file, cache)
        self._people = photos_with(self._probabilities, PERSON)

    def student(self) -> Student:
        """A student that also predicts the 21 classes."""
        every = max(1, len(self._features) // 500)
        sample = torch.from_numpy(self._features[::every].astype(np.float32))
        return Student(sample.std((0, 1, 2)) + 1e-3, sample.mean((0, 1, 2)), classes=21)

    def choose(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Photos with people, then any."""
        of_people = rng.choice(self._people, round(count * PEOPLE_SHARE))
        others = rng.choice(len(self._features), count - len(of_people), replace=False)
        return np.concatenate([of_people, others])

    def targets(self, crop: Crop, grid: int) -> tuple[Tensor, ...]:
        """Features (B, N, 256) and probabilities (B, N, 21)."""
        return tuple(
            crop(known, grid).flatten(2).transpose(1, 2)
            for known in (self._features, self._probabilities)
        )


class Dino:
    """Keys of DINO, computed for each crop of each step.

    It sees the photo's own colours and the student changed ones, so that the student's keys learn
    to be the same in any colours.
    """

    checkpoint = "vit_paper.pt"

    def __init__(self, images: NDArray[np.uint8], device: str) -> None:
        """Load DINO on `device` to run it on (N, H, H, 3) `images`."""
        self._images, self._device, self._dino = images, device, DinoTeacher(device)

    def student(self) -> Student:
        """A student whose head gives DINO's keys, standardised by those of a few photos."""
        photos = pixels(self._images[:: max(1, len(self._images) // MEASURED)], self._device)
        grid = MEASURED_SIDE // BundledVit.patch_size
        keys = torch.cat([self._dino(part, grid) for part in photos.split(8)])
        return Student(keys.std((0, 1)) + 1e-3, keys.mean((0, 1)))

    def choose(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Any photos, and none twice unless there are too few."""
        known = len(self._images)
        return rng.choice(known, count, replace=known < count)

    def targets(self, crop: Crop, grid: int) -> tuple[Tensor, ...]:
        """Keys (B, N, 384)."""
        return (self._dino(crop(self._images, grid * BundledVit.patch_size) / 255, grid),)


def cosines(vectors: Tensor) -> Tensor:
    """Cosine of every pair of tokens: (B, N, C) to (B, N, N)."""
    unit = F.normalize(vectors, dim=-1)
    return unit @ unit.transpose(1, 2)


def target_affinity(features: Tensor, probabilities: Tensor | None = None) -> Tensor:
    """Which tokens belong together: (B, N, N) in [-1, 1].

    Features are centred within the image: what all tokens have in common doesn't count. Class
    probabilities count as far as they split the image: where the teacher sees one class only (its
    classes are few), or knows no classes, the features decide alone.
    """
    by_feature = cosines(features - features.mean(1, keepdim=True))
    if probabilities is None:
        return by_feature
    spread = probabilities.std(1).amax(-1)[:, None, None]
    share = 0.5 * (spread / 0.25).clamp(max=1.0)
    by_class = cosines(probabilities - probabilities.mean(1, keepdim=True))
    return (1 - share) * by_feature + share * by_class


def photos_with(probabilities: NDArray[np.float16], teacher_class: int) -> NDArray[np.intp]:
    """Indices of photos (N, 33, 33, 21) of which the class covers a twentieth or more."""
    shares = [float((p[..., teacher_class] > 0.5).mean()) for p in probabilities]
    return np.flatnonzero(np.array(shares) >= 0.05)


def _cross_entropy(logits: Tensor, probabilities: Tensor) -> Tensor:
    return -(probabilities * logits.log_softmax(-1)).sum(-1).mean()


class VitObjective:
    """The losses of a step, as `semcs.training.loop.train` asks for them."""

    def __init__(
        self, student: Student, teacher: Teacher, images: NDArray[np.uint8], device: str
    ) -> None:
        """Train `student` to see in (N, H, H, 3) `images` what `teacher` sees."""
        self.student, self.teacher = student, teacher
        self.images, self.device = images, device

    def __call__(self, step: int, rng: np.random.Generator) -> Losses:
        """Crop some photos, change their colours, and compare with the teacher's outputs."""
        side = int(rng.choice(SIDES))
        grid = side // BundledVit.patch_size
        chosen = np.sort(self.teacher.choose(TOKENS_A_STEP // grid**2, rng))
        boxes = random_boxes(len(chosen), rng, min_area=0.35)

        def crop(source: NDArray[np.generic], size: int) -> Tensor:
            batch = torch.from_numpy(np.ascontiguousarray(source[chosen])).to(self.device).float()
            return sample_boxes(batch.permute(0, 3, 1, 2), boxes, size)

        photos = jitter_colors(crop(self.images, side) / 255, rng)
        with autocast(self.device):
            return self.student.losses(photos, *self.teacher.targets(crop, grid))


def teacher_of(args: argparse.Namespace, images: NDArray[np.uint8]) -> Teacher:
    """The teacher that the command line asks for."""
    if args.teacher == "paper":
        return Dino(images, args.device)
    return DeepLab(images, args.data / DEEPLAB, args.out / "cache")


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = training_parser(__doc__, steps=3500)
    parser.add_argument(
        "--teacher",
        choices=("deeplab", "paper"),
        default="deeplab",
        help="DeepLab of the data folder, or real DINO, fetched once (default %(default)s)",
    )
    return parse_seeded(parser)


def main() -> None:
    """Train from the command line."""
    args = parse()
    items = read_manifest(args.data, PHOTOS)
    images = pack_squares(items, PACKED_SIDE, args.out / "cache" / "images.npy")
    teacher = teacher_of(args, images)
    student = teacher.student().to(args.device)
    objective = VitObjective(student, teacher, images, args.device)
    schedule = Schedule(args.steps, lr=1e-3)
    train(student, objective, schedule, args.out / teacher.checkpoint, seed=args.seed)
    export(student.vit, args.out / "vit.safetensors")


if __name__ == "__main__":
    main()
