"""Values of every kind for parameters: the odd ones by name, and hypothesis's own."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import fractions
import inspect
import io
import pathlib
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

import numpy as np
import torch
from hypothesis import strategies as st
from PIL import Image

from semcs.style.options import FAMILY, Part
from semcs.style.presets import Preset

ODD: tuple[Callable[[], Any], ...] = (
    lambda: None, lambda: True, lambda: False, lambda: 0, lambda: 1, lambda: -1, lambda: 2**31,
    lambda: 2**63, lambda: 2**64, lambda: 10**400, lambda: 10**5000,
    lambda: 0.0, lambda: -0.0, lambda: 0.5,
    lambda: 1.0, lambda: 1.5, lambda: -1e-9, lambda: 1e300, lambda: float("nan"),
    lambda: float("inf"), lambda: float("-inf"), lambda: 1j, lambda: np.int64(3),
    lambda: np.float32(0.25), lambda: np.float64("nan"), lambda: np.bool_(True),
    lambda: np.zeros(3), lambda: np.zeros((32, 32), np.float32), lambda: np.ones((32, 32, 3)),
    lambda: np.array("text"), lambda: torch.tensor(0.5), lambda: torch.zeros(2, 3, 32, 32),
    lambda: torch.full((3, 32, 32), torch.nan), lambda: torch.zeros(1, 1, 32, 32),
    lambda: torch.zeros(0, 3, 32, 32), lambda: torch.zeros(1, 3, 32, 32, dtype=torch.int32),
    lambda: "", lambda: "gold", lambda: " ", lambda: "\0", lambda: "\ud800", lambda: "1",
    lambda: "bundled", lambda: "paper", lambda: "cpu", lambda: "cuda:99", lambda: "meta",
    lambda: "x" * 4000, lambda: b"", lambda: b"gold", lambda: [], lambda: (), lambda: [1, 2],
    lambda: ["gold", "snow"], lambda: (0.5, "x"), lambda: {}, lambda: {"a": 1}, lambda: {1},
    lambda: object(), lambda: print, lambda: int, lambda: FAMILY, lambda: decimal.Decimal("0.5"),
    lambda: fractions.Fraction(1, 3), lambda: datetime.date(2026, 1, 1), lambda: io.BytesIO(),
    lambda: pathlib.Path("no such file"), lambda: Image.new("L", (32, 32)), lambda: Ellipsis,
    lambda: iter([1]), lambda: types.SimpleNamespace(style="gold", mask=None, name="x"),
    lambda: torch.nn.Identity(), lambda: torch.device("meta"), lambda: torch.float16,
)  # fmt: skip


def anything() -> st.SearchStrategy[Any]:
    """Any value of any kind."""
    odd = st.sampled_from(ODD).map(lambda make: make())
    numbers = st.integers() | st.floats()
    return odd | odd | odd | numbers | st.text(max_size=20) | st.lists(st.integers(), max_size=3)


def options() -> Iterator[tuple[type[Part], str, Any]]:
    """Part, name and type of every option that a preset has."""
    for part in typing.get_type_hints(Preset).values():
        if isinstance(part, type) and issubclass(part, Part):
            hints = typing.get_type_hints(part)
            yield from ((part, field.name, hints[field.name]) for field in dataclasses.fields(part))


def plausible(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type that options may have, in range or beyond."""
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.tuples(*map(plausible, get_args(kind)))
    if get_origin(kind) in (typing.Union, types.UnionType):
        return st.one_of(*map(plausible, get_args(kind)))
    known = {
        bool: st.booleans(),
        int: st.sampled_from((0, 1, 2, 3, 7, 8, 64, 1000, 2**31, 2**40)),
        float: st.sampled_from((0.0, 1e-9, 0.3, 0.99, 1.0, 1.7, 2.0, 64.0, 1e6, 1e30)),
        str: st.sampled_from(("RN50", "no such model")),
        type(None): st.none(),
    }
    return known[kind]


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is a plain one of its type, finite and not negative."""
    if value is FAMILY:
        return True
    if get_origin(kind) is Literal:
        return type(value) is str and value in get_args(kind)
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        return type(value) is tuple and len(value) == len(kinds) and all(map(fits, value, kinds))
    if get_origin(kind) in (typing.Union, types.UnionType):
        return any(fits(value, each) for each in get_args(kind))
    if type(value) is not kind:
        return False
    return 0 <= value < float("inf") if kind in (int, float) else True


def parameters(function: Callable[..., Any]) -> list[str]:
    """Names of a function's parameters."""
    return [*inspect.signature(function).parameters]
