"""What a manifest may say of a picture, and the keywords that become of it."""

from __future__ import annotations

import functools
import json
import os
import posixpath
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from semcs.errors import (
    InputError,
    check_choice,
    check_number,
    check_seed,
    check_switch,
    check_whole,
    refuse,
    shown,
)
from semcs.folder.listing import PICTURES
from semcs.image import MIN_WORKING_SIDE
from semcs.image.files import format_of
from semcs.models.directions import check_text
from semcs.style.mixes import weighed_parts
from semcs.style.presets import PRESETS
from semcs.style.regions import LEAST_SCALE, MOST_SCALE, Click, Region
from semcs.stylizer.request import LARGEST_SIZE, Rule

_STYLES = ("style", "fg", "bg")
_PICTURE_COLUMNS = {f"{side}_image" for side in _STYLES}
_MOST_STEPS = 10**6  # as of the presets
_SWITCHES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_REGION_KEYWORDS = (*(one.name for one in fields(Region) if one.name != "_"), "style_image")


@dataclass(frozen=True)
class Column:
    """What a column may hold.

    Attributes:
        check: Gives a value as it is used, from a name for messages and a plain value.
        read: Gives the plain value from the text of a cell; a `ValueError` is none.
    """

    check: Callable[[str, object], Any]
    read: Callable[[str], object] = str

    def of_text(self, text: str) -> object:
        """What a cell says; its text where that is of another kind, to be refused."""
        try:
            return self.read(text)
        except ValueError:
            return text


def check_columns(names: Sequence[str], others: Sequence[str] = ()) -> None:
    """Refuse columns that are neither among `COLUMNS` nor among others.

    Raises:
        InputError: One is.
    """
    known = (*COLUMNS, *others)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(f"unknown column {shown(unknown[0])}: choose from {', '.join(known)}")


def read_values(values: Mapping[str, object], base: str) -> dict[str, Any]:
    """What is said of one picture: keywords of `semcs.Stylizer.__call__`, `path` and `output`.

    Args:
        values: Plain values by column, as in JSON; None says nothing.
        base: Path of the folder that masks and style pictures are relative to.

    Raises:
        InputError: A column is unknown, or its value isn't allowed; or there is no path.
    """
    if not values.keys() <= COLUMNS.keys():
        check_columns([*values])
    said = {
        column: COLUMNS[column].check(column, value)
        for column, value in values.items()
        if value is not None
    }
    if "path" not in said:
        raise InputError("path is empty: say which picture it is")
    _open_pictures(said, base)
    if "mask" in said:
        said["mask"] = Path(base, said["mask"])
    if "regions" in said:
        said["regions"] = [_region(one, base) for one in said["regions"]]
    ways = ["style" in said, "fg" in said or "bg" in said, "regions" in said]
    if sum(ways) > 1:
        raise InputError("say one of style, fg and/or bg, and regions: they exclude each other")
    return said


def _open_pictures(said: dict[str, Any], base: str) -> None:
    """Put style pictures where the API takes them."""
    for column in _PICTURE_COLUMNS & said.keys():
        side = column.removesuffix("_image")
        if side in said:
            raise InputError(f"say one of {side} and {column}: they exclude each other")
        said[side] = Path(base, said.pop(column))


def _region(said: object, base: str) -> Region:
    """The region of which the keywords are said."""
    if not isinstance(said, Mapping):
        refuse("a region", said, 'an object such as {"mask": "sky", "style": "gold"}')
    keywords = {name: value for name, value in said.items() if value is not None}
    if unknown := [name for name in said if name not in _REGION_KEYWORDS]:
        allowed = ", ".join(_REGION_KEYWORDS)
        raise InputError(f"unknown {shown(unknown[0])} of a region: choose from {allowed}")
    if "mask" not in keywords:
        raise InputError("a region has no mask: say words, a side, [x, y] or a mask's path")
    for name, check in (("style", _text), ("name", _text), ("style_image", _path)):
        if name in keywords:
            keywords[name] = check(f"{name} of a region", keywords[name])
    _open_pictures(keywords, base)
    keywords["mask"] = _place(said["mask"], base)
    return Region(**{"style": None, **keywords})


def _place(mask: object, base: str) -> object:
    if isinstance(mask, (list, tuple)) and len(mask) == 2:
        return Click(*mask)
    if not isinstance(mask, str):
        refuse("mask of a region", mask, "words, a side, [x, y] or a mask's path")
    if os.path.splitext(mask)[1].lower() in PICTURES:
        return Path(base, _path("mask of a region", mask))
    return mask


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        refuse(name, value, "a text")
    return _checked_text(name, value)


@functools.lru_cache(maxsize=2**16)  # the same few texts are often said of many pictures
def _checked_text(name: str, text: str) -> str:
    if name.startswith(_STYLES) and "+" in text:  # perhaps a mix, which can be written wrong
        for part, _ in weighed_parts(text, name) or ():
            check_text(part, f"a part of {name}")
    return check_text(text, name)


def _path(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        refuse(name, value, "a file's path")
    if not value.isascii():
        try:
            os.fsencode(value)
        except UnicodeEncodeError:
            refuse(name, value, "a file's path")
    return value


def _source(name: str, value: object) -> str:
    path = _path(name, value).replace(os.sep, "/")
    return path if ".." in path else posixpath.normpath(path)


def _output(name: str, value: object) -> str:
    said = posixpath.normpath(_path(name, value))
    if said.startswith("/") or said[1:2] == ":" or "\\" in said or "/." in f"/{said}":
        raise InputError(
            f"{name} is {shown(value)}: a name such as '2024/a.png' is allowed, which stays within "
            "the output folder and has no part that begins with a dot"
        )
    _check_extension(posixpath.splitext(said)[1])
    return said


@functools.lru_cache(maxsize=256)
def _check_extension(extension: str) -> None:
    format_of(f"output{extension}")


def _regions(name: str, value: object) -> list[Any]:
    if isinstance(value, str):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    if not isinstance(value, list) or not value:
        refuse(name, value, 'a list such as [{"mask": "sky", "style": "gold"}]')
    return value


def _number(**limits: float) -> Column:
    return Column(lambda name, value: check_number(name, value, **limits), float)


def _whole(check: Callable[[str, Any], int]) -> Column:
    def checked(name: str, value: object) -> int:
        # Tables with gaps hold whole numbers as 512.0.
        is_whole = isinstance(value, float) and value.is_integer()
        return check(name, int(value) if is_whole else value)  # type: ignore[call-overload]

    return Column(checked, lambda text: int(text) if text.lstrip("+-").isdigit() else float(text))


COLUMNS: dict[str, Column] = {
    "path": Column(_source),
    "output": Column(_output),
    **{side: Column(_text) for side in _STYLES},
    **{column: Column(_path) for column in sorted(_PICTURE_COLUMNS)},
    "regions": Column(_regions),
    "mask": Column(_path),
    "rule": Column(lambda name, value: check_choice(name, value, get_args(Rule))),
    "invert_mask": Column(check_switch, lambda text: _SWITCHES.get(text.lower(), text)),
    "strength": _number(most=1),
    "detail": _number(most=1),
    "keep_color": _number(most=1),
    "scale": _number(least=LEAST_SCALE, most=MOST_SCALE),
    "avoid": Column(_text),
    "preset": Column(lambda name, value: check_choice(name, value, [*PRESETS])),
    "size": _whole(
        lambda name, value: check_whole(name, value, least=MIN_WORKING_SIDE, most=LARGEST_SIZE)
    ),
    "seed": _whole(lambda name, value: check_seed(value, name)),
    "steps": _whole(lambda name, value: check_whole(name, value, most=_MOST_STEPS)),
    "max_seconds": _number(),
}
"""All columns of manifests, by name."""
