"""Pages on which each photo stands beside what was made of it, with its name beneath."""

from __future__ import annotations

import bisect
import functools
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from semcs.errors import InputError
from semcs.folder.painting import open_regular
from semcs.folder.task import Row
from semcs.image import check_writable, encode, load, write_bytes_atomic
from semcs.image.arrays import from_unit
from semcs.image.files import format_of
from semcs.image.formats import open_image
from semcs.image.picture import check_pixels
from semcs.image.whole_files import whole_file

EXTENSIONS = (".png", ".jpg", ".jpeg", ".pdf")

# All in pixels. Pages have the proportions of A4; PDF pages its size.
COLUMNS = 3
_WIDTH, _HEIGHT = 270, 310  # the most that one picture takes
_HEIGHT_OF_NONE = 180  # of a cell without pictures
_GAP, _GUTTER, _MARGIN = 6, 44, 64
_CELL = 2 * _WIDTH + _GAP
_PAGE_HEIGHT = 2580
_PER_INCH = 1824 / 8.27
_LETTERS, _SMALL = 20, 17
_LINE, _SMALL_LINE = 28, 24  # from one line of writing to the next
_ROW_GAP = 34

_PAPER, _EMPTY = (250, 250, 248), (236, 236, 233)
_INK, _FAINT = (38, 38, 40), (118, 118, 122)

# Of these, Pillow makes good small pictures straight from the file.
_PLAIN_MODES = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")

TextsOf = Callable[[Row], str]


@dataclass(frozen=True)
class _Cell:
    """A photo and what was made of it, small; None where a picture can't be shown."""

    photo: Image.Image | None
    output: Image.Image | None
    name: str
    texts: str
    fault: str  # why there is no output

    @property
    def size(self) -> tuple[int, int]:
        """Width and height that each of the two pictures takes."""
        there = [image.size for image in (self.photo, self.output) if image is not None]
        if not there:
            return _WIDTH, _HEIGHT_OF_NONE
        width, height = (max(sides) for sides in zip(*there))
        return (width, height) if len(there) == 2 else (_WIDTH, max(height, _HEIGHT_OF_NONE))


def check_contact_sheet(path: str | os.PathLike[str]) -> None:
    """Find out before any work whether pages can be written to `path`.

    Raises:
        InputError: The extension is none of `EXTENSIONS`, or the file can't be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in EXTENSIONS:
        name, allowed = os.fspath(path), ", ".join(EXTENSIONS)
        raise InputError(f"contact sheet {name!r} ends in {suffix!r}: {allowed} are allowed")
    check_writable(path)


def write_contact_sheets(
    path: str | os.PathLike[str],
    rows: Iterable[Row],
    source_of: Callable[[Row], str],
    root: str,
    *,
    texts_of: TextsOf | None = None,
) -> list[str]:
    """Write as many pages as are needed, by name of the photo; one page is held at a time.

    A picture that can't be read is an empty box that says so; one that failed says why.

    Args:
        path: Of the first page, PNG or JPEG: `sheet.png`, then `sheet-2.png` and so on; or of one
            PDF with all pages.
        rows: What came of the pictures.
        source_of: Gives the path of a row's photo.
        root: Path of the folder where the outputs are.
        texts_of: Gives what was asked for of a row's photo; it is shown where it isn't the same
            for all.

    Returns:
        The paths written; none where there are no rows.

    Raises:
        InputError: As of `check_contact_sheet`.
    """
    check_contact_sheet(path)
    ordered = sorted(rows, key=lambda row: (row.name, row.output))
    texts = [texts_of(row) if texts_of else "" for row in ordered]
    differ = len(set(texts)) > 1
    cells = (
        _cell_of(row, source_of(row), os.path.join(root, row.output), text if differ else "")
        for row, text in zip(ordered, texts)
    )
    if not ordered:
        return []
    pages = _pages(cells, min(COLUMNS, len(ordered)))
    if Path(path).suffix.lower() == ".pdf":
        return _write_pdf(path, pages)
    return [_write_page(path, number, page) for number, page in enumerate(pages, 1)]


def _write_page(path: str | os.PathLike[str], number: int, page: Image.Image) -> str:
    stem, suffix = os.path.splitext(os.fspath(path))
    own = f"{stem}-{number}{suffix}" if number > 1 else stem + suffix
    write_bytes_atomic(own, encode(page, format=format_of(own), metadata="none"))
    return own


def _write_pdf(path: str | os.PathLike[str], pages: Iterable[Image.Image]) -> list[str]:
    there = False
    with whole_file(path) as partial:
        for page in pages:
            page.save(partial, "PDF", append=there, resolution=_PER_INCH, quality=90)
            there = True
    return [os.fspath(path)]


def _cell_of(row: Row, source: str, output: str, texts: str) -> _Cell:
    done = row.status == "done"
    made = _small(output) if done else None
    fault = "" if made is not None else "can't be read" if done else row.error or "failed"
    return _Cell(_small(source), made, row.name, texts, fault)


def _small(path: str) -> Image.Image | None:
    """A picture as it is shown, on the page's paper; None where it can't be read."""
    try:
        with open_regular(path) as file, open_image(file, name="picture") as image:
            check_pixels(image.height, image.width, max_pixels=None)
            if image.mode in _PLAIN_MODES:  # others are first read at their own size
                twice = 2 * max(_WIDTH, _HEIGHT)
                image.thumbnail((twice, twice))  # JPEG files are decoded no larger than needed
            picture = load(image)
    except Exception:  # decoders raise whatever damaged bytes lead them to
        return None
    alpha = 1.0 if picture.alpha is None else picture.alpha[..., None]
    paper = np.array(_PAPER, np.float32) / 255
    shown = (paper + alpha * (picture.rgb - paper)).astype(np.float32)
    small = Image.fromarray(from_unit(shown, np.dtype(np.uint8)))
    small.thumbnail((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    return small


def _pages(cells: Iterator[_Cell], columns: int) -> Iterator[Image.Image]:
    """Pages full of rows of cells; the last one is as high as it has to be."""
    rows: list[list[_Cell]] = []
    below, number = _MARGIN, 1
    while row := list(itertools.islice(cells, columns)):
        height = _height_of(row)
        if rows and below + height > _PAGE_HEIGHT - _MARGIN:
            yield _draw_page(rows, columns, number, more=True)
            rows, below, number = [], _MARGIN, number + 1
        rows.append(row)
        below += height + _ROW_GAP
    if rows:
        yield _draw_page(rows, columns, number, more=False)


def _height_of(row: Sequence[_Cell]) -> int:
    """Of its pictures and of the writing beneath them."""
    lines = _LINE + (_SMALL_LINE if any(cell.texts for cell in row) else 0)
    return max(cell.size[1] for cell in row) + _GAP + lines


def _draw_page(
    rows: Sequence[Sequence[_Cell]], columns: int, number: int, *, more: bool
) -> Image.Image:
    width = 2 * _MARGIN + columns * _CELL + (columns - 1) * _GUTTER
    used = sum(_height_of(row) + _ROW_GAP for row in rows) - _ROW_GAP
    height = _PAGE_HEIGHT if more or number > 1 else used + 2 * _MARGIN
    page = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(page)
    top = _MARGIN
    for row in rows:
        bottom = top + max(cell.size[1] for cell in row)  # all names of a row are on one line
        for index, cell in enumerate(row):
            _draw_cell(page, draw, cell, _MARGIN + index * (_CELL + _GUTTER), bottom)
        top += _height_of(row) + _ROW_GAP
    if more or number > 1:
        place = (width / 2, height - _MARGIN / 2)
        draw.text(place, str(number), _FAINT, _font(_SMALL), anchor="mm")
    return page


def _draw_cell(
    page: Image.Image, draw: ImageDraw.ImageDraw, cell: _Cell, left: int, bottom: int
) -> None:
    width, height = cell.size
    faults = "can't be read", cell.fault
    start = left
    for image, fault in zip((cell.photo, cell.output), faults):
        if image is not None:
            page.paste(image, (start, bottom - image.height))
        else:
            _draw_empty(draw, (start, bottom - height, start + width, bottom), fault)
        start += _GAP + (width if image is None else image.width)
    below = bottom + _GAP
    writing = ((cell.name, _LETTERS, _INK, _LINE), (cell.texts, _SMALL, _FAINT, _SMALL_LINE))
    for text, letters, colour, line in writing:
        font = _font(letters)
        shown = shortened(_visible(text), font, _CELL)
        draw.text((left, below + line / 2), shown, colour, font, anchor="lm")
        below += line


def _draw_empty(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], fault: str) -> None:
    """A box in place of a picture, with the reason in its middle."""
    left, top, right, bottom = box
    draw.rectangle((left, top, right - 1, bottom - 1), _EMPTY)
    room, most = right - left - 24, (bottom - top - 16) // _SMALL_LINE
    lines = _wrapped(_visible(fault), _font(_SMALL), room, most)
    middle = (left + right) / 2
    first = (top + bottom) / 2 - (len(lines) - 1) * _SMALL_LINE / 2
    for index, line in enumerate(lines):
        place = (middle, first + index * _SMALL_LINE)
        draw.text(place, line, _FAINT, _font(_SMALL), anchor="mm")


def shortened(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """A text no wider than `room`: "…" stands for as much of its middle as has to go."""
    if font.getlength(text) <= room:
        return text

    def with_kept(kept: int) -> str:
        tail = kept // 2
        return f"{text[: kept - tail]}…{text[len(text) - tail :]}"

    most = bisect.bisect(range(len(text)), room, key=lambda kept: font.getlength(with_kept(kept)))
    return with_kept(max(0, most - 1))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: float, most: int) -> list[str]:
    """A text in at most so many lines that fit; what is left over ends in "…"."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [shortened(line, font, room) for line in lines]


def _visible(text: str) -> str:
    """A text of one line, without what can't be drawn."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # it is given where a size is asked for
    return font
