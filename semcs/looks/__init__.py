"""Looks: hand-written painters of 157 styles, and how a text leads to them.

    semcs.looks.render("photo.jpg", "a snowy oil painting").save("painted.png")

Everything public is listed here and loaded when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semcs.looks.match import Color, Match, match
    from semcs.looks.public import names, render

__all__ = ["Color", "Match", "match", "names", "render"]

_HOMES = {
    "Color": "semcs.looks.match",
    "Match": "semcs.looks.match",
    "match": "semcs.looks.match",
    "names": "semcs.looks.public",
    "render": "semcs.looks.public",
}


class _Package(ModuleType):
    """A package whose public functions aren't hidden by modules of the same name.

    When a submodule is imported, Python sets it on the package; `semcs.looks.match` is to stay
    the function, whoever imported `semcs.looks.match` before.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(_HOMES[name]), name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *__all__})


sys.modules[__name__].__class__ = _Package
