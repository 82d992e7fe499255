"""Train the judge.

    python -m benchmarks.judge.train --data DIR --out DIR

It writes `judge.safetensors` to --out; put that beside this file.

It learns the style of rendered crops, whole or blended with their photo, and that a photo is one.
A blend's label is as much photo as the blend.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from benchmarks.judge.model import Judge
from semcs.training.arguments import autocast, training_parser
from semcs.training.augment import draw_views
from semcs.training.crops import Recipe, render_crops
from semcs.training.data import (
    PHOTOS,
    held_out,
    read_manifest,
    to_train_on,
)
from semcs.training.loop import Losses, Schedule, export, train

SEED = 77
BATCH = 96
EXTREMES = 0.5  # parameters of the Beta distribution: below 1, the ends are likelier


class EdgeGenerator(np.random.Generator):
    """Draws the ends of a range more often than its middle: other parameters for renderers."""

    def uniform(  # type: ignore[override]
        self, low: ArrayLike = 0.0, high: ArrayLike = 1.0, size: int | tuple[int, ...] | None = None
    ) -> NDArray[np.float64] | float:
        """As of numpy, but from an arcsine distribution."""
        start, end = np.asarray(low, np.float64), np.asarray(high, np.float64)
        if size is None and (start.ndim or end.ndim):
            size = np.broadcast_shapes(start.shape, end.shape)
        drawn = start + (end - start) * self.beta(EXTREMES, EXTREMES, size)
        return drawn if np.ndim(drawn) else float(drawn)


# Other sizes and other parameters than the bundled models were trained on.
RECIPE = Recipe(side=104, picture_sides=(224, 320, 448), generator=EdgeGenerator)


@torch.no_grad()
def accuracy(judge: Judge, images: NDArray[np.uint8], classes: NDArray[np.int64]) -> float:
    """Share of images (N, S, S, 3) whose likeliest class is right."""
    right = [
        judge(pixels(images[i : i + BATCH])).argmax(1).numpy() == classes[i : i + BATCH]
        for i in range(0, len(images), BATCH)
    ]
    return float(np.concatenate(right).mean())


def pixels(images: NDArray[np.uint8], device: str = "cpu") -> Tensor:
    """(B, S, S, 3) bytes to (B, 3, S, S) in [0, 1]."""
    return torch.from_numpy(np.array(images)).to(device).permute(0, 3, 1, 2).float() / 255


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=3000)
    parser.add_argument("--crops", type=int, default=24_000, help="default %(default)s")
    parser.set_defaults(seed=SEED)
    args = parser.parse_args()
    photos = read_manifest(args.data, PHOTOS)
    cache = args.out / "cache"
    crops = render_crops(to_train_on(photos), args.crops, args.seed, cache, recipe=RECIPE)
    pairs, styles = (crops.photos, crops.rendered), crops.styles
    judge = Judge().to(args.device)
    plain = len(judge.names) - 1

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = np.sort(rng.choice(len(styles), BATCH, replace=False))
        photo, rendered = (pixels(images[chosen], args.device) for images in pairs)
        amounts = np.where(rng.random(BATCH) < 0.5, 1.0, rng.uniform(0, 1, BATCH))
        amounts[rng.random(BATCH) < 0.08] = 0.0
        share = torch.from_numpy(amounts).float().to(args.device)
        seen = draw_views(BATCH, rng)(
            photo + share[:, None, None, None] * (rendered - photo), Judge.input_size
        )
        # Half of a style is already its look: labels run ahead of the blend.
        known = (1.6 * share).clamp(max=1)
        wanted = known[:, None] * F.one_hot(
            torch.from_numpy(styles[chosen]).to(args.device), plain + 1
        )
        wanted[:, plain] += 1 - known
        with autocast(args.device):
            logits = judge.logits(seen)
        return {"styles": F.cross_entropy(logits.float(), wanted)}

    schedule = Schedule(args.steps, lr=2e-3, warmup=100)
    train(judge, step_losses, schedule, args.out / "judge.pt", seed=args.seed)
    export(judge.to("cpu"), args.out / "judge.safetensors")
    kept = render_crops(held_out(photos), 1500, args.seed + 1, cache, recipe=RECIPE)
    print(f"styles {accuracy(judge, kept.rendered, kept.styles):.3f}")
    print(f"photos {accuracy(judge, kept.photos, np.full(len(kept.styles), plain)):.3f}")


if __name__ == "__main__":
    main()
