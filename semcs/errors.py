"""The errors that semcs raises on purpose, each a single clear line, and the checks of values.

A check gives the value back as a plain `int`, `float` or `str`, or raises an `InputError` that
names the value and says what is allowed:

    steps = check_whole("steps", steps, least=1)
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from numbers import Integral, Real
from typing import NoReturn

MAX_SEED = 2**63 - 1  # torch and numpy both take it
MOST_SHOWN = 80  # letters of a value that an error repeats


class SemcsError(Exception):
    """Base of every error that semcs raises on purpose."""


class InputError(SemcsError, ValueError):
    """The caller handed in something that can't be used: an image, mask, text or option."""


class ModelUnavailableError(SemcsError, RuntimeError):
    """A model's weights are neither cached nor reachable, or fail their check."""


class NotFoundError(SemcsError, LookupError):
    """What a text names isn't in the picture."""


class DivergenceError(SemcsError, RuntimeError):
    """The optimisation produced NaN or infinite values; nothing was saved."""


def check_whole(name: str, value: object, *, least: int = 0, most: int | None = None) -> int:
    """A whole number from `least` to `most`; numpy's count, `True` and 2.0 don't."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        whole = int(value)
        if whole >= least and (most is None or whole <= most):
            return whole
    upper = "" if most is None else f" to {most}"
    refuse(name, value, f"a whole number from {least}{upper}")


def check_number(
    name: str, value: object, *, least: float = 0.0, most: float = inf, above: float | None = None
) -> float:
    """A finite number from `least` to `most`, or over `above`; numpy's count, `True` doesn't."""
    if isinstance(value, Real) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:  # a whole number beyond all floats
            number = inf
        enough = number >= least if above is None else number > above
        if enough and number <= most and number < inf:
            return number
    lower = f"from {least:g}" if above is None else f"over {above:g}"
    refuse(name, value, f"a number {lower}" + ("" if most == inf else f" to {most:g}"))


def check_choice(name: str, value: object, choices: Sequence[str]) -> str:
    """One of some words."""
    if isinstance(value, str) and value in choices:
        return value
    raise InputError(f"{name} is {shown(value)}: choose from {', '.join(choices)}")


def check_switch(name: str, value: object) -> bool:
    """True or False, and nothing that merely counts as one of them."""
    if isinstance(value, bool):
        return value
    refuse(name, value, "True or False")


def check_seed(value: object, name: str = "seed") -> int:
    """A seed of random numbers."""
    return check_whole(name, value, most=MAX_SEED)


def refuse(name: str, value: object, allowed: str) -> NoReturn:
    """Raise the `InputError` for a value that isn't allowed."""
    raise InputError(f"{name} is {shown(value)}: {allowed} is allowed")


def shown(value: object) -> str:
    """A value as errors repeat it: on one line, and no longer than `MOST_SHOWN`."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # of whole numbers of thousands of digits, and of objects of any kind
        text = f"a {type(value).__name__} that can't be shown"
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
