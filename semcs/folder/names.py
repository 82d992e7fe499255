"""What the files made of a folder's pictures are called."""

from __future__ import annotations

import functools
import itertools
import os
import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath

from semcs.errors import InputError, check_choice
from semcs.folder.listing import PICTURES
from semcs.image.files import format_of

Taken = Callable[[str], str | None]
"""Gives the name of the picture that an output belongs to; None where it is free."""

Beside = Callable[[str], Iterable[str]]
"""Gives the names of what is written beside an output."""

_USUAL = {
    "PNG": ".png",
    "JPEG": ".jpg",
    "WEBP": ".webp",
    "TIFF": ".tiff",
    "BMP": ".bmp",
    "AVIF": ".avif",
}
FORMS = ("png", "jpeg", "webp", "tiff", "bmp", "avif")
"""Formats that a folder's pictures can be written in."""

# Extensions that semcs doesn't write, of formats that it does.
_SAME_FORMAT = {
    **dict.fromkeys((".jpe", ".jfif", ".mpo"), "JPEG"),
    ".apng": "PNG",
    ".avifs": "AVIF",
    ".dib": "BMP",
}


def _nothing(output: str) -> Iterable[str]:
    return ()


def folded(name: str) -> str:
    """What is the same for names that some file systems don't tell apart.

    Those of Windows and macOS take capital and small letters for the same, and macOS an accented
    letter for a letter with its accent.
    """
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def owners(outputs: Iterable[tuple[str, str]]) -> Taken:
    """Gives for an output the picture that it belongs to, whatever the letters' case.

    Args:
        outputs: The name of each output, and of its picture; of two for one output the first holds.
    """
    known: dict[str, str] = {}
    for output, name in outputs:
        known.setdefault(folded(output), name)
    return lambda output: known.get(folded(output))


def output_name(name: str, form: str | None, taken: Taken, *, beside: Beside = _nothing) -> str:
    """The name of one picture's output; see `output_names`."""
    return output_names([name], form, taken, beside=beside)[0]


def output_names(
    names: Sequence[str], form: str | None, taken: Taken, *, beside: Beside = _nothing
) -> list[str]:
    """The names of pictures' outputs: their own ones, with the extension of the format.

    Where two pictures would get the same, that whose own extension fits has it, or else the first
    by name; the other one's extension is kept, as in `a.jpg.png`. A picture that has an output
    keeps that, whatever comes later. The order of `names` doesn't matter.

    Args:
        names: Of the pictures, within their folder and with `/`. Of those outside of it, the
            outputs are where the rest of the name says, as `tar` does it: `/data/a.jpg` and
            `../data/a.jpg` give `data/a.jpg`.
        form: One of `FORMS`; None is the picture's own where semcs writes it, otherwise PNG.
        taken: Tells which outputs belong to pictures already, as `owners` does; these may be
            among `names`.
        beside: Tells what is written beside an output, which no other output's name may be.

    Raises:
        InputError: Unknown format.
    """
    wanted = None if form is None else check_choice("format", form.lower(), FORMS).upper()
    given = {name: own for name in names if (own := _own(name, wanted, taken)) is not None}
    claimed = {key for output in given.values() for key in _keys(output, beside)}
    new = sorted({*names} - given.keys())
    new.sort(key=lambda name: _first(name, wanted) != _inside(name))  # stays sorted otherwise
    for name in new:
        for candidate in _candidates(name, wanted):
            keys = _keys(candidate, beside)
            if claimed.isdisjoint(keys) and not any(map(taken, keys)):
                claimed |= keys
                given[name] = candidate
                break
    return [given[name] for name in names]


def _keys(output: str, beside: Beside) -> set[str]:
    """The names that an output takes up."""
    return {folded(output), *map(folded, beside(output))}


def _own(name: str, form: str | None, taken: Taken) -> str | None:
    """The output that a picture has already."""
    for count, candidate in enumerate(_candidates(name, form)):
        owner = taken(candidate)
        if owner == name:
            return candidate
        if owner is None and count > 1:  # beyond a free counter there are none
            return None
    raise AssertionError("counting doesn't end")


def _candidates(name: str, form: str | None) -> Iterator[str]:
    """Such as a.png, a.jpg.png, a.jpg-2.png, a.jpg-3.png and so on."""
    yield _first(name, form)
    extension = _USUAL[form or _format_of(name) or "PNG"]
    whole = _inside(name)
    yield whole + extension
    yield from (f"{whole}-{number}{extension}" for number in itertools.count(2))


def _first(name: str, form: str | None) -> str:
    """A picture's own name, with the extension of the format."""
    whole = _inside(name)
    stem, extension = posixpath.splitext(whole)
    form = form or _format_of(name) or "PNG"
    if _written_as(extension) == form:
        return whole
    return (stem if extension.lower() in PICTURES else whole) + _USUAL[form]


def _format_of(name: str) -> str | None:
    """The format that a picture's extension names, where semcs writes it."""
    extension = posixpath.splitext(name)[1]
    return _written_as(extension) or _SAME_FORMAT.get(extension.lower())


@functools.lru_cache(maxsize=1024)
def _written_as(extension: str) -> str | None:
    """The format that is written to files of this extension, if any is."""
    try:
        return format_of(f"picture{extension}") if extension else None
    except InputError:
        return None


def _inside(name: str) -> str:
    """A name that stays within the folder, where the output is."""
    if not name.startswith(("/", ".")) and "/." not in name and ":" not in name:
        return name
    anchor = PurePath(name).anchor.replace(os.sep, "/")
    parts = posixpath.normpath(name.removeprefix(anchor)).split("/")
    return "/".join(part for part in parts if part not in ("", ".."))
