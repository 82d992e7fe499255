"""Numbers as they are typed on the command line: read, checked, and refused in one clear line.

argparse puts the option's name before the message, and ends with exit code 2.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

NumberT = TypeVar("NumberT", int, float)

_MOMENT = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,9}(?:\.\d{1,9})?)", re.ASCII)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """An argparse type: a whole number from `least` to `most`."""
    allowed = f"a whole number from {least} to {most}"
    return partial(_read, kind=int, least=least, most=most, allowed=allowed)


def number(least: float, most: float | None = None) -> Callable[[str], float]:
    """An argparse type: a finite number from `least` to `most`."""
    allowed = f"a number from {least:g}" + ("" if most is None else f" to {most:g}")
    most = sys.float_info.max if most is None else most
    return partial(_read, kind=float, least=least, most=most, allowed=allowed)


def worker_number(most: int) -> Callable[[str], int | str]:
    """An argparse type: "auto", or a whole number of processes up to `most`."""
    count = whole_number(0, most)

    def read(text: str) -> int | str:
        if text == "auto":
            return text
        try:
            return count(text)
        except argparse.ArgumentTypeError:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not auto, or a whole number from 0 to {most}"
            ) from None

    return read


def moment(text: str) -> float:
    """An argparse type: a time as seconds, MM:SS or HH:MM:SS; seconds may have a fraction."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time: write seconds, MM:SS or HH:MM:SS, such as 3.5 or 1:20"
        )
    hours, minutes, seconds = found.groups(default="0")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def _read(
    text: str, *, kind: type[NumberT], least: NumberT, most: NumberT, allowed: str
) -> NumberT:
    value: NumberT | None = None
    with suppress(ValueError):
        value = kind(text)
    if value is None or not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not {allowed}")
    return value
