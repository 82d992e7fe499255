"""Train the judge.

    python -m benchmarks.judge.train --data DIR --out DIR

It writes `judge.safetensors` to --out; put that beside this file.

It learns the style of rendered crops, whole or blended with their photo, and that a photo is one.
A blend's label is as much photo as the blend.
"""

from __future__ import annotations

from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import ArrayLike, NDArray
from torch import Tensor
from tqdm import tqdm

from benchmarks.judge.model import Judge
from semcs.training.arguments import autocast, training_parser
from semcs.training.augment import draw_views
from semcs.training.crops import random_square
from semcs.training.data import (
    PHOTOS,
    Item,
    held_out,
    read_manifest,
    read_rgb,
    save_array,
    to_train_on,
)
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.renderers import render
from semcs.training.vocabulary import STYLES

SEED = 77
SIDE = 104
RENDER_SIDES = (104, 128, 176, 224)  # others than the bundled models were trained on
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


def render_pair(
    items: list[Item], seed: int, index: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int]:
    """A crop of a random photo, the crop in a random style, and which."""
    cv2.setNumThreads(1)
    rng = EdgeGenerator(np.random.PCG64((seed, index)))
    style, side = int(rng.integers(len(STYLES))), int(rng.choice(RENDER_SIDES))
    photo = random_square(read_rgb(items[int(rng.integers(len(items)))].path), side, rng)
    rendered = render(list(STYLES)[style], photo.astype(np.float32) / np.float32(255), rng)
    pair = [
        cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        for image in (photo, np.round(rendered * 255).astype(np.uint8))
    ]
    return np.asarray(pair[0], np.uint8), np.asarray(pair[1], np.uint8), style


def render_pairs(
    items: list[Item], count: int, seed: int, file: Path, workers: int = 2
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """(2, count, S, S, 3) photos and renderings, and their styles; kept in `file`."""
    styles_file = file.with_suffix(".styles.npy")
    if not (file.is_file() and styles_file.is_file()):
        pairs = np.empty((2, count, SIDE, SIDE, 3), np.uint8)
        styles = np.empty(count, np.int64)
        with get_context("spawn").Pool(workers) as pool:
            made = pool.imap(partial(render_pair, items, seed), range(count), chunksize=64)
            for index, (photo, rendered, style) in enumerate(
                tqdm(made, total=count, desc="rendering", unit="crop")
            ):
                pairs[0, index], pairs[1, index], styles[index] = photo, rendered, style
        save_array(styles_file, styles)
        save_array(file, pairs)
    return np.load(file, mmap_mode="r"), np.load(styles_file)


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
    pairs, styles = render_pairs(
        to_train_on(photos), args.crops, args.seed, cache / f"judge_{args.crops}.npy"
    )
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
    kept, kept_styles = render_pairs(
        held_out(photos), 1500, args.seed + 1, cache / "judge_held_out.npy"
    )
    print(f"styles {accuracy(judge, kept[1], kept_styles):.3f}")
    print(f"photos {accuracy(judge, kept[0], np.full(len(kept_styles), plain)):.3f}")


if __name__ == "__main__":
    main()
