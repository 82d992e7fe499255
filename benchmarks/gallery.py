"""Every look on two photos, as sheets and a page that shows them.

    python -m benchmarks.gallery [--out docs]

It writes `gallery.md` and the JPEGs of `gallery/` into the folder, grouped by kind of look, under
4 MB in all, within a few minutes. The photos are scikit-learn's flower and scikit-image's
astronaut.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from benchmarks.commands import command_parser
from benchmarks.photos import as_floats, photo_named
from semcs.looks.phrases import phrases
from semcs.looks.phrases.kinds import KINDS
from semcs.looks.rendering import render_region
from semcs.looks.sheet import fit, lay_out, to_pil

PHOTOS = ("flower", "astronaut")
SIDE, PAINTED = 220, 512  # pixels: as shown, and as painted
PAIRS_IN_ROW, LOOKS_ON_SHEET = 3, 12
MOST_BYTES = 4_000_000
QUALITIES = (84, 80, 76, 72, 66, 60, 50, 40)
SYNONYMS = 3

TITLES = {
    "style": "Painters, movements and popular media",
    "medium": "Paint, pencil and print",
    "craft": "Crafts and building blocks",
    "material": "Materials",
    "scene": "Scenes",
    "light": "Light and times of day",
    "weather": "Weather and sky",
    "screen": "Film and screens",
}


@dataclass(frozen=True)
class Sheet:
    """Some looks of a kind, and the picture of them."""

    kind: str
    file: str
    names: tuple[str, ...]
    picture: Image.Image


def paint_sheets() -> Iterator[Sheet]:
    """All looks, kind by kind."""
    photos = [as_floats(photo_named(name, PAINTED)) for name in PHOTOS]
    progress = tqdm(total=len(KINDS), unit="look", file=sys.stderr)
    for kind in TITLES:
        names = sorted(name for name in KINDS if KINDS[name] == kind)
        for number, some in enumerate(even_parts(names), 1):
            pairs = []
            for name in some:
                cells = [fit(render_region(photo, name), SIDE) for photo in photos]
                pairs.append(to_pil(np.concatenate(cells, 1)))
                progress.update()
            yield Sheet(kind, f"{kind}-{number}.jpg", some, lay_out(pairs, some, PAIRS_IN_ROW))


def even_parts(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Names in as few sheets as they need, of about the same length, in whole rows."""
    rows = -(-len(names) // PAIRS_IN_ROW)
    sheets = -(-len(names) // LOOKS_ON_SHEET)
    length = -(-rows // sheets) * PAIRS_IN_ROW
    for start in range(0, len(names), length):
        yield tuple(names[start : start + length])


def encode(sheets: Sequence[Sheet]) -> list[bytes]:
    """JPEGs, at the best quality at which all of them are small enough."""
    for quality in QUALITIES:
        files = [jpeg(sheet.picture, quality) for sheet in sheets]
        if sum(map(len, files)) < MOST_BYTES:
            return files
    raise SystemExit(f"error: the sheets take over {MOST_BYTES / 1e6:.0f} MB")


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """The picture as JPEG."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
    return data.getvalue()


def write_page(sheets: Sequence[Sheet]) -> str:
    """The page, in Markdown."""
    lines = [
        "# Looks",
        "",
        f"All {len(KINDS)} looks, each on a photo of a flower and on one of an astronaut, as "
        '`semcs looks show NAME` paints them. "A snowy oil painting", "gold and marble" or "a dark '
        'blue watercolour" mix and tint them; `semcs looks match TEXT` tells what a text leads to.',
        "",
        "Made by `python -m benchmarks.gallery`.",
    ]
    synonyms = phrases()
    for kind, title in TITLES.items():
        some = [sheet for sheet in sheets if sheet.kind == kind]
        lines += ["", f"## {title}", ""]
        for sheet in some:
            lines += [f"![{', '.join(sheet.names)}](gallery/{sheet.file})", ""]
        lines += ["| Look | Also called |", "|---|---|"]
        for name in (name for sheet in some for name in sheet.names):
            lines.append(f"| {name} | {', '.join(synonyms[name][:SYNONYMS])} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Write sheets and page from the command line."""
    parser = command_parser("gallery", __doc__)
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder (default docs)")
    asked = parser.parse_args(arguments)
    sheets = list(paint_sheets())
    folder = asked.out / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for sheet, data in zip(sheets, encode(sheets)):
        (folder / sheet.file).write_bytes(data)
    page = asked.out / "gallery.md"
    page.write_text(write_page(sheets), encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
