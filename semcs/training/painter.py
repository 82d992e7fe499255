"""Train the painter's text coder on the codes of pictures that phrases mean.

    python -m semcs.training.painter --data DIR --magenta FILE --out DIR

Reads what `semcs.training.magenta` wrote, the bundled image-text model, and the pictures of --data.
Writes painter.safetensors to --out, with painter.pt, painter.log and the lessons in cache/, and
prints scores on held-out phrases. It takes 12 minutes on two cores, ten of them for the lessons.

What a look looks like is read off its renderings, so run it again when looks change.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, text_directions
from semcs.models.loading import frozen, load_bundled
from semcs.models.painter import Painter
from semcs.models.painter_code import STROKES, TextCoder
from semcs.training.arguments import add_magenta, parse_seeded, training_parser
from semcs.training.files import fingerprint, looks_sources, written_whole
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.magenta import load_converted
from semcs.training.painter_lessons import Lesson, LessonMaker

BATCH = 384
NOISE = 0.03  # deviation on a unit direction's numbers, for wordings never seen
PALETTE_WEIGHT = 2.0  # colours are what one sees first
TEXTS_AT_ONCE = 500

SHARES = {
    "look": 0.35,
    "tint": 0.25,
    "photo": 0.05,
    "art/wikiart": 0.05,
    "textures/ambientcg": 0.1,
    "textures/dtd": 0.05,
    "photos/imagenet_sample": 0.05,
    "photos/flickr": 0.1,
}
"""How often each kind of lesson is drawn."""


class LessonSampler:
    """Draws phrases' directions and the codes that they should give.

    Attributes:
        lessons: All of them.
        targets: (L, 109) mean code of each lesson's pictures.
        directions: (P, 256), unit, of the P phrases of each lesson.
        of_kind: Indices of the lessons of each kind.
    """

    def __init__(self, lessons: Sequence[Lesson], clip: BundledClip) -> None:
        """Embed the phrases of all lessons."""
        self.lessons = lessons
        self.targets = torch.stack([lesson.codes.mean(0) for lesson in lessons])
        self.directions = directions_of([lesson.phrases for lesson in lessons], clip)
        self.of_kind: dict[str, list[int]] = defaultdict(list)
        for index, lesson in enumerate(lessons):
            self.of_kind[lesson.kind].append(index)

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Directions (count, 256) of phrases, with noise, and the codes (count, 109) to learn."""
        kinds = rng.choice(list(SHARES), count, p=list(SHARES.values()))
        drawn = [int(rng.choice(self.of_kind[kind])) for kind in kinds]
        phrases = [int(rng.integers(len(self.directions[lesson]))) for lesson in drawn]
        directions = torch.stack(
            [self.directions[lesson][phrase] for lesson, phrase in zip(drawn, phrases)]
        )
        noise = torch.from_numpy(rng.normal(size=directions.shape)).float()
        return directions + NOISE * noise, self.targets[drawn]


@torch.no_grad()
def directions_of(phrases: Sequence[Sequence[str]], clip: BundledClip) -> list[Tensor]:
    """Unit directions (P, 256) of every group of P phrases."""
    flat = [phrase for group in phrases for phrase in group]
    starts = range(0, len(flat), TEXTS_AT_ONCE)
    directions = [
        text_directions(clip, flat[start : start + TEXTS_AT_ONCE], PLAIN) for start in starts
    ]
    return list(F.normalize(torch.cat(directions), dim=1).split([len(group) for group in phrases]))


def initialise(coder: TextCoder, sampler: LessonSampler, *, plain: bool = False) -> None:
    """Set the mean and spread of codes and, unless `plain`, the looks as known styles."""
    codes = torch.cat([lesson.codes for lesson in sampler.lessons])
    coder.centre.copy_(codes.mean(0))
    coder.spread.copy_(codes.std(0))
    if plain:
        return
    looks = sampler.of_kind["look"]
    directions = torch.stack([sampler.directions[index].mean(0) for index in looks])
    coder.keys.copy_(F.normalize(directions, dim=1))
    coder.values.copy_((sampler.targets[looks] - coder.centre) / coder.spread)
    for parameter in coder.layers[-1].parameters():
        nn.init.zeros_(parameter)


def losses(coder: TextCoder, directions: Tensor, targets: Tensor) -> Losses:
    """Squared errors of the codes (B, 109) of directions (B, 256), counted in deviations."""
    errors = ((coder(directions) - targets) / coder.spread).square()
    return {
        "strokes": errors[:, :STROKES].mean(),
        "palette": PALETTE_WEIGHT * errors[:, STROKES:].mean(),
    }


@torch.no_grad()
def scores(coder: TextCoder, lessons: Sequence[Lesson], clip: BundledClip) -> dict[str, float]:
    """How near the codes of held-out phrases are to those of their looks.

    Cosines and errors count from the mean code, in deviations; an error of 1 is that of the mean.
    """
    looks = [lesson for lesson in lessons if lesson.held_out]
    phrases = [lesson.held_out for lesson in looks]
    codes = torch.stack([lesson.codes.mean(0) for lesson in looks])
    owners = torch.arange(len(looks)).repeat_interleave(torch.tensor([len(p) for p in phrases]))

    def standardised(codes: Tensor) -> Tensor:
        return (codes - coder.centre) / coder.spread

    found = standardised(coder(torch.cat(directions_of(phrases, clip))))
    targets = standardised(codes)
    measured: dict[str, float] = {"phrases": len(owners)}
    for part, columns in (("strokes", slice(STROKES)), ("palette", slice(STROKES, None))):
        own, wanted = found[:, columns], targets[owners][:, columns]
        measured[f"{part}_cosine"] = F.cosine_similarity(own, wanted).mean().item()
        measured[f"{part}_error"] = ((own - wanted).norm(dim=1) / wanted.norm(dim=1)).mean().item()
    nearest = torch.cdist(found, targets).argmin(1)
    measured["look_top1"] = (nearest == owners).float().mean().item()
    return measured


def cached_lessons(painter: Painter, data: Path, cache: Path, seed: int) -> list[Lesson]:
    """All lessons, kept in the folder `cache` while the looks' code and the painter stay."""
    weights = [parameter.numpy().tobytes() for parameter in painter.picture.parameters()]
    edition = fingerprint(looks_sources(phrases=True), *weights)
    file = cache / f"painter_{edition}_{seed}.pt"
    if not file.is_file():
        lessons = list(LessonMaker(painter, data, seed).lessons())
        with written_whole(file) as partial:
            torch.save([asdict(lesson) for lesson in lessons], partial)
    return [Lesson(**fields) for fields in torch.load(file, weights_only=True)]


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = add_magenta(training_parser(__doc__, steps=1200, device=False))
    parser.add_argument(
        "--plain", action="store_true", help="without known styles, for docs/painter.md"
    )
    return parse_seeded(parser)


def main() -> None:
    """Train from the command line."""
    args = parse()
    painter, clip = load_converted(args.magenta), frozen(load_bundled("clip", BundledClip))
    lessons = cached_lessons(painter, args.data, args.out / "cache", args.seed)
    sampler = LessonSampler(lessons, clip)
    coder = painter.text.requires_grad_(True).train()
    initialise(coder, sampler, plain=args.plain)
    name = "painter_plain" if args.plain else "painter"
    train(
        coder,
        lambda _, rng: losses(coder, *sampler.draw(BATCH, rng)),
        Schedule(args.steps, lr=1e-3, weight_decay=0.1, warmup=50),
        args.out / f"{name}.pt",
        seed=args.seed,
    )
    export(painter, args.out / f"{name}.safetensors")
    for key, value in scores(coder, lessons, clip).items():
        print(f"{key} {value:.3f}")


if __name__ == "__main__":
    main()
