"""`semcs score`: a photo and what became of it in, measures out."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

import semcs
from semcs.cli.options import (
    Commands,
    add_command,
    add_flag,
    add_mask,
    add_networks,
    add_option,
    add_size,
    add_texts,
)
from semcs.cli.streams import UsageError, check_inputs, given, read

PROTOCOLS = ("full", "short256")
COLUMNS = ("content", "ssim", "edge_ssim", "dists", "dists_bundled", "agreement", "leakage")

EPILOG = """\
examples:
  semcs score photo.jpg styled.png
  semcs score photo.jpg styled.png watercolor
  semcs score photo.jpg styled.png --fg gold --bg snow --mask mask.png
  semcs score photo.jpg styled.png --fg gold --bg snow --json > score.json

what is measured, of the whole picture and of each region:
  content        how much of the photo's content is lost: 0 nothing, about 1 everything
  ssim           structural similarity of the luminance, 1 is the same; edge_ssim: of the edges
  dists          DISTS, perceptual distance: 0 is the same; where its weights are on this machine
  dists_bundled  its formula over the bundled content network; not comparable with DISTS
  agreement      how far the region moved toward its own text in CLIP's space, -1 to 1
  leakage        how far it moved toward the other region's text; it should be lower
  place          rank of the text among semcs's names of styles; 1 is best
  seam           gradient at the mask's border in excess of the photo's; 0 is best
  NIMA           predicted rating by people, 1 to 10; where its weights are on this machine

Judge a picture by other models than those that painted it, which flatter it. Figures by different
--models can't be compared. --models paper fetches what is missing."""


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "measure a styled picture against its photo"
    parser = add_command(commands, "score", summary, EPILOG, run)
    parser.add_argument("content", metavar="CONTENT", help="the photo; - for stdin")
    parser.add_argument(
        "output", metavar="OUTPUT", help="the styled picture, of the same size; - for stdin"
    )
    parser.add_argument("style", metavar="STYLE", nargs="?", help="the one text asked for")
    add_texts(parser)
    add_mask(parser, "the one that semcs finds, where --fg or --bg is given")
    add_networks(parser)
    add_option(
        parser,
        "--protocol",
        "NAME",
        "of DISTS: full, or short256 to shrink the short side to 256 pixels (default full)",
        choices=PROTOCOLS,
    )
    add_size(parser, "longest side to measure at; smaller pictures keep their size")
    add_flag(parser, "--json", "print one JSON object instead")


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    asked = given(args, "fg", "bg")
    if args.style is not None and asked:
        raise UsageError("say what was asked for in one way: either STYLE, or --fg and/or --bg")
    check_inputs(args.content, args.output, args.mask)
    family = semcs.load_family(**given(args, "models", "device"))
    content, output = read(args.content), read(args.output)
    mask = None if args.mask is None else read(args.mask)
    if mask is None and asked:
        mask = _find_mask(content, family)
    score = semcs.metrics.score(
        content,
        output,
        mask,
        style=args.style,
        models=family,
        size=args.size,
        **asked,
        **given(args, "protocol"),
    )
    print(json.dumps(score.as_dict()) if args.json else describe(score))
    return 0


def _find_mask(content: str | bytes, family: semcs.ModelFamily) -> Any:
    """The mask (H, W) that `semcs stylize` would find by the same models, in full precision."""
    from semcs.image import load

    return semcs.saliency_mask(load(content).rgb, models=family)


def describe(score: semcs.metrics.Score) -> str:
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


def _cells(part: semcs.metrics.RegionScore, columns: list[str]) -> list[str]:
    values = [getattr(part, column) for column in columns]
    return ["-" if value is None else f"{value:.2f}" for value in values]


def _sentence(part: semcs.metrics.RegionScore) -> str:
    assert part.rank is not None
    nearest = ", ".join(part.rank.nearest)
    place = f"place {part.rank.rank} of {part.rank.of}"
    return f"{part.name}: {part.text!r} takes {place}; it looks most like {nearest}"
