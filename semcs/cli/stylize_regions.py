"""`--region "WHERE=LOOK; CONTROL=VALUE…"` of `semcs stylize`."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from semcs.cli.numbers import number
from semcs.cli.streams import UsageError

if TYPE_CHECKING:
    from semcs import Region

KEEP = "keep"
SIDES = {"foreground", "background", "the foreground", "the background"}
CONTROLS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("strength", "detail", "keep-color"), number(0, 1)),
    "scale": number(0.25, 4),
    "avoid": str,
}
LEARNED = ".safetensors"

_PIXEL = re.compile(r"(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Asked:
    """One region as it was typed.

    Attributes:
        where: Words, a pixel as "X,Y", or a mask file.
        look: "keep", a text, a picture's file, or that of a learned style.
        controls: Keywords of `Region`.
    """

    where: str
    look: str
    controls: dict[str, Any] = field(default_factory=dict)


def check_regions(said: Sequence[str]) -> None:
    """Check what can be known to be wrong before the models load.

    Raises:
        UsageError: One isn't WHERE=LOOK, has a control that isn't there, or all are kept.
    """
    asked = [_read(one) for one in said]
    if asked and all(one.look == KEEP for one in asked):
        raise UsageError("--region: all are kept, so that there is nothing to do")


def names_a_side(said: Sequence[str]) -> bool:
    """Whether one of the regions is the foreground or the background in words."""
    return any(_read(one).where.casefold() in SIDES for one in said)


def regions_of(said: Sequence[str]) -> list[Region]:
    """The regions that were asked for; a WHERE that is a file is a mask, a LOOK a style.

    Raises:
        InputError: A learned style can't be read.
    """
    import semcs

    regions = []
    for one in map(_read, said):
        place = _place(one.where)
        regions.append(semcs.Region(place, _style(one.look), name=one.where, **one.controls))
    return regions


def _place(where: str) -> object:
    import semcs

    if Path(where).is_file():
        return Path(where)
    pixel = _PIXEL.fullmatch(where)
    return semcs.Click(float(pixel[1]), float(pixel[2])) if pixel else where


def _style(look: str) -> object:
    import semcs

    if look == KEEP:
        return None
    if not Path(look).is_file():
        return look
    return semcs.Style.load(look) if look.endswith(LEARNED) else Path(look)


def _read(said: str) -> Asked:
    first, *rest = said.split(";")
    where, equals, look = (part.strip() for part in first.partition("="))
    if not (where and equals and look):
        raise UsageError(f"--region {said!r}: write WHERE=LOOK, such as 'sky=starry night'")
    controls: dict[str, Any] = {}
    for control in rest:
        name, equals, value = (part.strip() for part in control.partition("="))
        if name not in CONTROLS or not (equals and value):
            raise UsageError(
                f"--region {said!r}: {control.strip()!r} is no control: write one of "
                f"{', '.join(CONTROLS)} with its value, such as 'strength=0.5'"
            )
        try:
            controls[name.replace("-", "_")] = CONTROLS[name](value)
        except ArgumentTypeError as error:
            raise UsageError(f"--region {said!r}: {name}: {error}") from None
    return Asked(where, look, controls)
