"""Train the bundled ViT: its keys learn to tell objects apart as a segmentation network does.

    python -m semcs.training.vit --data DIR --out DIR

The teacher (`semcs.training.teacher`) gives each photo dense features and class probabilities.
Which tokens belong together by both is the affinity that the keys have to reproduce, since the
affinity is all that the spectral step looks at; regressing the features themselves, through a
head that is thrown away, keeps the rest of the teacher's knowledge in the trunk.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.vit import BundledVit
from semcs.training.arguments import training_parser
from semcs.training.augment import jitter_colors, random_boxes, sample_boxes
from semcs.training.data import PHOTOS, pack_squares, read_manifest
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.teacher import teach

TEACHER = "teachers/deeplabv3_mnv2_pascal_quant.tflite"
PACKED_SIDE = 320
# Small objects need the fine grids on which the mask is made later, most batches don't.
SIDES = (192, 256, 256, 320, 384)
TOKENS_A_STEP = 24 * 256
# Users' photos show people more often than the training photos do, a third of a batch does.
PERSON, PEOPLE_SHARE = 15, 1 / 3


class Student(nn.Module):
    """The ViT and the heads that read the teacher's answers off its keys."""

    mean: Tensor
    std: Tensor

    def __init__(self, feature_std: Tensor, feature_mean: Tensor) -> None:
        super().__init__()
        self.vit = BundledVit()
        self.features = nn.Linear(192, 256)
        self.classes = nn.Linear(192, 21)
        self.register_buffer("mean", feature_mean)
        self.register_buffer("std", feature_std)

    def losses(self, images: Tensor, features: Tensor, probabilities: Tensor) -> Losses:
        """Compare the keys of (B, 3, S, S) images with (B, N, 256) and (B, N, 21) targets."""
        keys = self.vit(images).float()
        target = (features - self.mean) / self.std
        seen = self.features(keys)
        wanted = target_affinity(features, probabilities)
        return {
            "features": F.smooth_l1_loss(seen, target),
            "cosine": 0.5 * (1 - F.cosine_similarity(seen, target, dim=-1)).mean(),
            "classes": 0.5 * _cross_entropy(self.classes(keys), probabilities),
            "affinity": 4.0 * F.smooth_l1_loss(cosines(keys), wanted, beta=0.1),
        }


def cosines(vectors: Tensor) -> Tensor:
    """Cosine of every pair of tokens: (B, N, C) to (B, N, N)."""
    unit = F.normalize(vectors, dim=-1)
    return unit @ unit.transpose(1, 2)


def target_affinity(features: Tensor, probabilities: Tensor) -> Tensor:
    """Which tokens belong together: (B, N, N) in [-1, 1].

    Features are centred within the image, so that what all tokens share tells nothing. Class
    probabilities count as far as they split the image: where the teacher sees one class only (its
    classes are few), the features decide alone.
    """
    by_feature = cosines(features - features.mean(1, keepdim=True))
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


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=3500)
    args = parser.parse_args()
    items = read_manifest(args.data, PHOTOS)
    images = pack_squares(items, PACKED_SIDE, args.out / "cache" / "images.npy")
    features, probabilities = teach(images, args.data / TEACHER, args.out / "cache")
    people = photos_with(probabilities, PERSON)
    sample = torch.from_numpy(features[:: max(1, len(features) // 500)].astype(np.float32))
    student = Student(sample.std((0, 1, 2)) + 1e-3, sample.mean((0, 1, 2))).to(args.device)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        side = int(rng.choice(SIDES))
        grid = side // BundledVit.patch_size
        count = TOKENS_A_STEP // grid**2
        of_people = rng.choice(people, round(count * PEOPLE_SHARE))
        others = rng.choice(len(images), count - len(of_people), replace=False)
        chosen = np.sort(np.concatenate([of_people, others]))
        boxes = random_boxes(len(chosen), rng, min_area=0.35)

        def crop(source: NDArray[np.generic], size: int) -> Tensor:
            batch = torch.from_numpy(np.ascontiguousarray(source[chosen])).to(args.device).float()
            return sample_boxes(batch.permute(0, 3, 1, 2), boxes, size)

        photos = jitter_colors(crop(images, side) / 255, rng)
        with torch.autocast(args.device, torch.bfloat16):
            return student.losses(
                photos,
                crop(features, grid).flatten(2).transpose(1, 2),
                crop(probabilities, grid).flatten(2).transpose(1, 2),
            )

    schedule = Schedule(steps=args.steps, lr=1e-3)
    train(student, step_losses, schedule, args.out / "vit.pt", seed=args.seed)
    export(student.vit, Path(args.out) / "vit.safetensors")


if __name__ == "__main__":
    main()
