"""`semcs looks`: which looks there are, what a text leads to, and how they look."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

import semcs.looks
from semcs.cli.numbers import whole_number
from semcs.cli.options import (
    Commands,
    add_command,
    add_flag,
    add_input,
    add_output,
    add_seed,
)
from semcs.cli.streams import STANDARD, check_outputs, encode_for, given, read, read_text, write_all
from semcs.errors import InputError

SHOWN_SYNONYMS = 3
SHEET_SIZE, MAX_SHEET_SIZE = 220, 4096  # of each picture, in pixels
SHEET_COLUMNS, MAX_SHEET_COLUMNS = 8, 1000
FILE_NAME_LETTERS = 40

LOOKS = """\
examples:
  semcs looks list
  semcs looks match "a dark blue watercolour of autumn leaves"
  semcs looks show mosaic -o mosaic.png
  semcs looks sheet photo.jpg -o sheet.jpg

A look is a hand-written painter of one style. `semcs stylize` paints by them where a text names
or describes one; `semcs looks ACTION --help` tells more."""

LIST = """\
Each line is a look, its kind, and some of its other names. Painters, films, games and descriptions
lead to looks too: try `semcs looks match TEXT`."""

MATCH = """\
examples:
  semcs looks match "snowy oil painting"        oil painting over snow
  semcs looks match "gold and marble"           gold and marble, side by side
  semcs looks match "dark blue watercolour"     watercolor, tinted dark blue
  semcs looks match "Salvador Dali" --json
  echo "folded from paper" | semcs looks match -

Exit code 1 means that no look and no colour is near."""

SHOW = """\
examples:
  semcs looks show "stained glass"              writes stained-glass.png
  semcs looks show "a snowy oil painting" -o snowy.jpg
  semcs looks show gold -o - > gold.png

The photo is a flower; `semcs stylize` paints your own."""

SHEET = """\
examples:
  semcs looks sheet photo.jpg -o sheet.jpg
  semcs looks sheet photo.jpg -o some.png --looks "mosaic, stained glass, gold and marble"
  semcs looks sheet photo.jpg -o large.jpg --size 400 --columns 5

All looks take about a minute."""


def add_parser(commands: Commands) -> None:
    """Add the command and its actions to the command line."""
    parser = add_command(
        commands, "looks", "list the looks, try texts on them, and see them", LOOKS
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    add_command(actions, "list", "list all looks and some of their names", LIST, run_list)
    match = add_command(actions, "match", "tell which looks a text leads to", MATCH, run_match)
    match.add_argument("text", metavar="TEXT", help="how it should look; - for stdin")
    add_flag(match, "--json", "print one JSON object instead")
    _add_show(actions)
    _add_sheet(actions)


def _add_show(actions: Commands) -> None:
    parser = add_command(actions, "show", "paint a sample photo in a look", SHOW, run_show)
    parser.add_argument("look", metavar="LOOK", help="a name or a text; - for stdin")
    parser.add_argument(
        *("-o", "--output"),
        metavar="FILE",
        help="picture to write; - for stdout (default: LOOK.png)",
    )
    add_seed(parser, "of the look's random parameters")


def _add_sheet(actions: Commands) -> None:
    parser = add_command(
        actions, "sheet", "paint a photo in all looks, on one sheet", SHEET, run_sheet
    )
    add_input(parser)
    add_output(parser)
    parser.add_argument(
        "--looks", metavar="A,B,…", default="", help="names or texts, by commas (default: all)"
    )
    parser.add_argument(
        "--size",
        metavar="PIXELS",
        type=whole_number(1, MAX_SHEET_SIZE),
        default=SHEET_SIZE,
        help="longest side of each picture (default %(default)s)",
    )
    parser.add_argument(
        "--columns",
        metavar="N",
        type=whole_number(1, MAX_SHEET_COLUMNS),
        default=SHEET_COLUMNS,
        help="pictures in a row (default %(default)s)",
    )
    add_seed(parser, "of the looks' random parameters")


def run_list(args: Namespace) -> int:
    """Print every look with its kind and some other names; returns the exit code."""
    from semcs.looks.phrases import phrases
    from semcs.looks.phrases.kinds import KINDS

    synonyms = phrases()
    width = max(map(len, synonyms))
    for name in sorted(synonyms):
        others = ", ".join(synonyms[name][:SHOWN_SYNONYMS])
        print(f"{name:{width}}  {KINDS[name]:8}  {others}")
    return 0


def run_match(args: Namespace) -> int:
    """Print what a text leads to; 1 where it leads nowhere."""
    found = semcs.looks.match(_text(args.text))
    if args.json:
        print(json.dumps(found.as_dict()))
    else:
        for label, value in _lines(found).items():
            print(f"{label:9} {value}")
    return 0 if found.looks or found.colors or found.light else 1


def run_show(args: Namespace) -> int:
    """Write a sample photo painted in a look; returns the exit code."""
    from semcs.looks.public import find

    found = find(_text(args.look))
    output = args.output or _file_name(found)
    check_outputs(pictures={"--output": output}, others={})
    from semcs.cli.pictures import sample_photo

    painted = semcs.looks.render(sample_photo(), found.text, **given(args, "seed"))
    write_all({output: encode_for(output, painted)})
    if output != STANDARD:
        print(output)
    return 0


def run_sheet(args: Namespace) -> int:
    """Write one picture of a photo in many looks; returns the exit code."""
    from semcs.looks.public import find

    check_outputs(pictures={"--output": args.output}, others={})
    asked = [text.strip() for text in args.looks.split(",") if text.strip()]
    labels = asked or list(semcs.looks.names())
    matches = [find(text) for text in labels]
    from semcs.bars import Bar
    from semcs.image import load
    from semcs.looks.sheet import lay_out, paint_all

    photo = load(read(args.input))
    progress = Bar(matches, unit="look", file=sys.stderr, disable=not sys.stderr.isatty())
    pictures = paint_all(photo.rgb, photo.alpha, progress, args.size, **given(args, "seed"))
    sheet = lay_out(pictures, labels, args.columns)
    write_all({args.output: encode_for(args.output, sheet)})
    return 0


def _text(said: str) -> str:
    text = read_text(said)
    if not text.strip():
        raise InputError("the text is empty: say how it should look, such as 'watercolor'")
    return text.strip()


def _file_name(found: semcs.looks.Match) -> str:
    said = "-".join(found.describe().replace(",", "").split())
    return f"{said[:FILE_NAME_LETTERS]}.png"


def _lines(found: semcs.looks.Match) -> dict[str, Any]:
    from semcs.looks.matching import nearest

    lines: dict[str, Any] = {"looks": found.describe()}
    if not found.looks and not found.colors and not found.light:
        near = ", ".join(nearest(found.text))
        lines["looks"] = "none is near" + (f"; perhaps {near}?" if near else "")
    lines["sureness"] = f"{found.sureness:.2f}"
    if found.unknown:
        lines["unknown"] = ", ".join(found.unknown)
    if found.cut:
        lines["read"] = f"the first {len(found.text):,} letters"
    return lines
