"""`semcs score`: a photo and what became of it in, measures out."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from semcs.cli.streams import UsageError, check_inputs, given, read

if TYPE_CHECKING:
    from semcs.metrics import RegionScore, Score
    from semcs.models.families import ModelFamily

COLUMNS = ("content", "ssim", "edge_ssim", "dists", "dists_bundled", "agreement", "leakage")


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    asked = given(args, "fg", "bg")
    if args.style is not None and asked:
        raise UsageError("say what was asked for in one way: either STYLE, or --fg and/or --bg")
    check_inputs(args.content, args.output, args.mask)
    from semcs.metrics import score
    from semcs.models.families import load_family

    family = load_family(**given(args, "models"))
    content, output = read(args.content), read(args.output)
    mask = None if args.mask is None else read(args.mask)
    if mask is None and asked:
        mask = _find_mask(content, family)
    found = score(
        content,
        output,
        mask,
        style=args.style,
        models=family,
        **asked,
        **given(args, "protocol", "size"),
    )
    print(json.dumps(found.as_dict()) if args.json else describe(found))
    return 0


def _find_mask(content: str | bytes, family: ModelFamily) -> Any:
    """The mask that `semcs stylize` would find."""
    from semcs.image import load
    from semcs.saliency import SaliencyPredictor

    predictor = SaliencyPredictor(family.key_extractor)
    predictor.set_image(load(content).rgb)
    return predictor.predict()


def describe(score: Score) -> str:
    """A few lines for people."""
    parts = (score.whole, *score.regions)
    columns = [c for c in COLUMNS if any(getattr(part, c) is not None for part in parts)]
    rows = [
        ["", "share", *columns],
        *([p.name, f"{p.share:.0%}", *_cells(p, columns)] for p in parts),
    ]
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = ["  ".join(cell.rjust(w) for cell, w in zip(row, widths)) for row in rows]
    lines += [_sentence(part) for part in parts if part.rank is not None]
    if score.seam is not None:
        lines.append(f"seam on the mask's border: {score.seam:+.2f}")
    if score.nima_mean is not None:
        lines.append(f"NIMA: {score.nima_mean:.2f} ± {score.nima_std:.2f} of 10")
    height, width = score.size
    lines.append(f"at {width}×{height} pixels by the {score.models['family']} models")
    lines += [f"no {what.upper()}: {why}" for what, why in score.missing.items()]
    return "\n".join(line.rstrip() for line in lines)


def _cells(part: RegionScore, columns: list[str]) -> list[str]:
    values = [getattr(part, column) for column in columns]
    return ["-" if value is None else f"{value:.2f}" for value in values]


def _sentence(part: RegionScore) -> str:
    assert part.rank is not None
    nearest = ", ".join(part.rank.nearest)
    place = f"place {part.rank.rank} of {part.rank.of}"
    return f"{part.name}: {part.text!r} takes {place}; it looks most like {nearest}"
