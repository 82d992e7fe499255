"""Do styled clips hold still, and are their frames as good as stills?

    python -m benchmarks.video --data DIR [--quick] [--sheets DIR] [--json]
    python -m benchmarks.video --data DIR --clips pan object --texts gold/snow
    python -m benchmarks.video --data DIR --real FOLDER FILE.mp4
    python -m benchmarks.video --data DIR --speed

Clips of 640×360 are made from photos of `eval/people` by known motions: `pan` (3 pixels a frame),
`slow_pan` (0.4), `fast_pan` (9), `zoom` (1 to 1.5), `rotation` (0 to 25 degrees), `shake` (a hand),
`occluder` (a disc passes in front), `object` (a person over a moving background), `cut`. Their
motion, visibility and masks are exact; each pixel has noise of its own (σ = 1 of 255). Of real
clips, `video/car_shadow` or --real, a folder of `NNN.jpg` with or without masks `NNN.png` or a
video file, the motion is estimated from the source by another method than semcs's (see
`benchmarks.video.real`).

- warping error: mean absolute difference, and root mean square in brackets, of a frame to the one
  before it, carried along with the source's motion; in levels of 255. Pixels that were hidden,
  outside, or a mix of two layers are left out; of foreground and background also 2 pixels along the
  outline. Of the source itself, of each frame painted alone (preset instant, the same seed, a mask
  of its own), and of semcs's video.
- error_over_alone, error_over_source: the video's over both others', of the whole; overall the
  ratio of the mean errors of all cases.
- agreement, content: of every tenth frame, both regions by the true mask, by `semcs.metrics.score`;
  gains are the video's minus those of frames painted alone.
- IoU and flicker of masks: flicker is the mean change of a mask to the one before it, carried, over
  the true masks' mean area. Overall they are of real clips, if some have masks: true masks that
  people drew flicker too, and flicker_ratio is to theirs.
- --speed, nothing else: the whole command `semcs video` on made clips of 60 and 240 frames with two
  texts, held to AVX2; memory is the proportional share (PSS) of all its processes. Needs Linux.

A made clip gets the pair of texts of its turn, a real one all four, unless --texts names them;
--quick takes 7 frames of pan, zoom, object and car_shadow with one pair each. --sheets writes for
each case `CLIP-FG-BG-frames.png`, every tenth frame with its amplified change, and `…-slice.png`,
one row of pixels over time. Estimated motion and frames painted alone are kept under --out; after a
change to the painters themselves, take another folder. Needs `pip install 'semcs[bench,video]'`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.commands import add_data, add_json, command_parser, one_line_errors
from benchmarks.speed.command import cpu
from benchmarks.video import speed
from benchmarks.video.clips import COUNT, MAKERS, make_clip
from benchmarks.video.measure import case_of, masks_of, overall, paint, table
from benchmarks.video.painters import TEXTS
from benchmarks.video.real import read_folder, read_video
from benchmarks.video.scene import Clip
from benchmarks.video.sheets import write_sheets
from semcs.errors import InputError

CAR = Path("video") / "car_shadow"
QUICK_CLIPS, QUICK_COUNT = ("pan", "zoom", "object"), 7

Texts = Sequence[tuple[str, str]]


def clips_of(asked: argparse.Namespace) -> Iterator[tuple[Clip, Texts]]:
    """The clips that were asked for, one at a time, and the texts of each."""
    count = QUICK_COUNT if asked.quick else None
    for name in made_names(asked):
        turn = list(MAKERS).index(name) % len(TEXTS)
        yield make_clip(name, asked.data, count or COUNT), asked.texts or TEXTS[turn : turn + 1]
    for source in real_sources(asked):
        read = read_folder if source.is_dir() else read_video
        yield read(source, count, asked.out), asked.texts or TEXTS[: 1 if asked.quick else None]


def made_names(asked: argparse.Namespace) -> Sequence[str]:
    """Of the made clips that were asked for: all of them if nothing else was."""
    if asked.clips is not None:
        return tuple(asked.clips)
    if asked.real:
        return ()
    return QUICK_CLIPS if asked.quick else tuple(MAKERS)


def real_sources(asked: argparse.Namespace) -> Sequence[Path]:
    """Folders and files of real clips.

    Raises:
        InputError: One of them isn't there.
    """
    sources: list[Path] = asked.real or []
    if not sources and asked.clips is None:
        sources = [asked.data / CAR]
    for source in sources:
        if not source.exists():
            raise InputError(f"no {source}")
    return sources


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    cases: list[dict[str, Any]] = []
    masks: dict[str, Any] = {}
    real: set[str] = set()
    for clip, texts in clips_of(asked):
        for fg, bg in texts:
            print(f"{clip.name}: {fg} / {bg} …", file=sys.stderr, flush=True)
            painted = paint(clip, fg, bg, asked.out)
            cases.append(case_of(clip, fg, bg, painted))
            if asked.sheets:
                name = re.sub(r"[^\w.]+", "-", f"{clip.name}-{fg}-{bg}")
                for file in write_sheets(asked.sheets, name, clip, painted):
                    print(file, file=sys.stderr)
        if clip.masks is not None:
            masks[clip.name] = masks_of(clip, *texts[0])
            real |= set() if clip.is_exact else {clip.name}
    found = {"cases": cases, "masks": masks, "cpu": cpu()}
    telling = {name: own for name, own in masks.items() if name in real} or masks
    return {**found, "overall": overall(cases, telling)}


def pair(text: str) -> tuple[str, str]:
    """Two texts from "FG/BG"."""
    fg, slash, bg = (part.strip() for part in text.partition("/"))
    if not (fg and slash and bg):
        raise argparse.ArgumentTypeError(f"{text!r}: FG/BG is allowed, such as gold/snow")
    return fg, bg


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("video", __doc__)
    add_data(parser, "eval/people and video/car_shadow")
    parser.add_argument("--quick", action="store_true", help="within 2 minutes on two cores")
    parser.add_argument("--clips", nargs="*", choices=MAKERS, help="made ones; default all")
    parser.add_argument("--real", nargs="+", type=Path, metavar="CLIP", help="folders or files")
    parser.add_argument("--texts", nargs="+", type=pair, metavar="FG/BG", help="for every clip")
    parser.add_argument("--out", type=Path, default=Path("out/video"), help="keep what was made")
    parser.add_argument("--sheets", type=Path, metavar="DIR", help="write pictures to look at")
    parser.add_argument("--speed", action="store_true", help="measure the command's speed instead")
    add_json(parser)
    options = parser.parse_args(arguments)
    if options.clips == [] and not options.real:
        parser.error("--clips names none: then --real has to name some")
    return options


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        found = speed.measure(asked.data) if asked.speed else measure(asked)
    if asked.json:
        print(json.dumps(found))
        return
    print(cpu())
    print(speed.table(found) if asked.speed else table(found))
