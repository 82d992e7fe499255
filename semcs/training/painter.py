"""Train the painter's text coder on the codes of pictures that phrases mean.

    python -m semcs.training.painter --data DIR --magenta FILE --out DIR

It needs the bundled image-text model. What looks look like is read off their renderings, so run it
again when looks change.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

import semcs.looks
from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, text_directions
from semcs.models.families import frozen, load_bundled
from semcs.models.painter import Painter
from semcs.models.painter_code import STROKES, TextCoder
from semcs.training.arguments import training_parser
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.painter_lessons import Lesson, LessonMaker

BATCH = 384
SHAKE = 0.03  # deviation of noise on a unit direction's numbers, for wordings never seen
PALETTE_WEIGHT = 2.0  # colours are what one sees first

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


class Curriculum:
    """Directions of all phrases, the codes that they should give, and draws of both."""

    def __init__(self, lessons: Sequence[Lesson], clip: BundledClip) -> None:
        self.lessons = lessons
        self.targets = torch.stack([lesson.codes.mean(0) for lesson in lessons])
        self.moves = directions_of([lesson.phrases for lesson in lessons], clip)
        self.of_kind: dict[str, list[int]] = defaultdict(list)
        for index, lesson in enumerate(lessons):
            self.of_kind[lesson.kind].append(index)

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Directions (count, 256) of phrases, shaken, and the codes (count, 109) to learn."""
        kinds = rng.choice(list(SHARES), count, p=list(SHARES.values()))
        drawn = [int(rng.choice(self.of_kind[kind])) for kind in kinds]
        moves = torch.stack([_any(self.moves[index], rng) for index in drawn])
        shaken = moves + SHAKE * torch.from_numpy(rng.normal(size=moves.shape)).float()
        return shaken, self.targets[drawn]


def _any(rows: Tensor, rng: np.random.Generator) -> Tensor:
    return rows[int(rng.integers(len(rows)))]


@torch.no_grad()
def directions_of(phrases: Sequence[Sequence[str]], clip: BundledClip) -> list[Tensor]:
    """Unit directions (P, 256) of every group of P phrases."""
    flat = [phrase for group in phrases for phrase in group]
    moves = [text_directions(clip, flat[i : i + 500], PLAIN) for i in range(0, len(flat), 500)]
    return list(F.normalize(torch.cat(moves), dim=1).split([len(group) for group in phrases]))


def furnish(coder: TextCoder, curriculum: Curriculum, *, plain: bool = False) -> None:
    """Tell the coder what codes are counted in, and the looks, unless `plain`, as known styles."""
    every = torch.cat([lesson.codes for lesson in curriculum.lessons])
    coder.centre.copy_(every.mean(0))
    coder.spread.copy_(every.std(0))
    if plain:
        return
    looks = curriculum.of_kind["look"]
    moves = torch.stack([curriculum.moves[index].mean(0) for index in looks])
    coder.keys.copy_(F.normalize(moves, dim=1))
    coder.values.copy_((curriculum.targets[looks] - coder.centre) / coder.spread)
    for parameter in coder.layers[-1].parameters():
        nn.init.zeros_(parameter)


def losses(coder: TextCoder, moves: Tensor, wanted: Tensor) -> Losses:
    """How far codes are from the wanted ones, counted in deviations."""
    errors = ((coder(moves) - wanted) / coder.spread).square()
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
    names = torch.stack([lesson.codes.mean(0) for lesson in looks])
    owners = torch.arange(len(looks)).repeat_interleave(torch.tensor([len(p) for p in phrases]))

    def counted(codes: Tensor) -> Tensor:
        return (codes - coder.centre) / coder.spread

    found = counted(coder(torch.cat(directions_of(phrases, clip))))
    every = counted(names)
    measured: dict[str, float] = {"phrases": len(owners)}
    for part, columns in (("strokes", slice(STROKES)), ("palette", slice(STROKES, None))):
        own, wanted = found[:, columns], every[owners][:, columns]
        measured[f"{part}_cosine"] = F.cosine_similarity(own, wanted).mean().item()
        measured[f"{part}_error"] = ((own - wanted).norm(dim=1) / wanted.norm(dim=1)).mean().item()
    nearest = torch.cdist(found, every).argmin(1)
    measured["look_top1"] = (nearest == owners).float().mean().item()
    return measured


def gather(painter: Painter, clip: BundledClip, data: Path, cache: Path, seed: int) -> list[Lesson]:
    """All lessons, kept in the folder `cache` for as long as the code of the looks stays."""
    file = cache / f"painter_{_fingerprint(painter)}_{seed}.pt"
    if not file.is_file():
        lessons = list(LessonMaker(painter, clip, data, seed).lessons())
        cache.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        torch.save([asdict(lesson) for lesson in lessons], partial)
        partial.replace(file)
    return [Lesson(**fields) for fields in torch.load(file, weights_only=True)]


def _fingerprint(painter: Painter) -> str:
    """Eight letters that change with the looks' code and the painter's weights."""
    digest = hashlib.sha256()
    for source in sorted(Path(semcs.looks.__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    for parameter in painter.picture.parameters():
        digest.update(parameter.numpy().tobytes())
    return digest.hexdigest()[:8]


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=1200)
    parser.add_argument(
        "--magenta", type=Path, required=True, help="what semcs.training.magenta wrote"
    )
    parser.add_argument(
        "--plain", action="store_true", help="without known styles, for docs/painter.md"
    )
    args = parser.parse_args()
    painter, clip = Painter().eval(), frozen(load_bundled("clip", BundledClip()))
    painter.load_state_dict(load_file(args.magenta), strict=False)
    painter.requires_grad_(False)
    lessons = gather(painter, clip, args.data, args.out / "cache", args.seed)
    curriculum = Curriculum(lessons, clip)

    coder = painter.text.requires_grad_(True).train()
    furnish(coder, curriculum, plain=args.plain)
    name = "painter_plain" if args.plain else "painter"
    schedule = Schedule(args.steps, lr=1e-3, weight_decay=0.1, warmup=50)
    train(
        coder,
        lambda _, rng: losses(coder, *curriculum.draw(BATCH, rng)),
        schedule,
        args.out / f"{name}.pt",
        seed=args.seed,
    )
    export(painter, args.out / f"{name}.safetensors")
    for key, value in scores(coder, lessons, clip).items():
        print(f"{key} {value:.3f}")


if __name__ == "__main__":
    main()
