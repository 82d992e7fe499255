"""Packages whose public names are loaded when they are first used (PEP 562).

Imports nothing that Python hasn't loaded at its start, for the sake of `import semcs`.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy_names(
    package: str, homes: Mapping[str, str | None]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package.

        __getattr__, __dir__ = lazy_names(__name__, {"Result": "semcs.stylizer", "looks": None})

    Args:
        package: Its name.
        homes: The module that each public name is in; None for a subpackage.
    """

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module

        home = homes[name]
        if home is None:
            return import_module(f"{package}.{name}")
        value: object = getattr(import_module(home), name)
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return get, names
