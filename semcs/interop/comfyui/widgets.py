"""What ComfyUI shows for the values of a node: their kinds, ranges, defaults and hints."""

from __future__ import annotations

from typing import Any

from semcs.errors import MAX_SEED

Widget = tuple[Any, dict[str, Any]]
Inputs = dict[str, dict[str, Widget]]


def widget(kind: str | list[str], hint: str, **said: Any) -> Widget:
    """An input: its kind, or the choices there are, with its hint and what else is said of it."""
    return kind, {"tooltip": hint, **said}


def number(hint: str, default: float, least: float, most: float, step: float = 0.05) -> Widget:
    """A number from `least` to `most`."""
    return widget("FLOAT", hint, default=default, min=least, max=most, step=step)


SEED = widget("INT", "the same seed gives the same picture", default=0, min=0, max=MAX_SEED)
MODELS = widget(
    ["bundled", "auto", "paper"],
    "bundled: in the package; paper: fetched once; auto: paper on a GPU, otherwise bundled",
    default="bundled",
)
# Sockets rather than fields: where nothing is connected, each look, or the preset, has its own.
DETAIL = widget("FLOAT", "how much of the form looks get back", min=0.0, max=1.0, forceInput=True)
STEPS = widget("INT", "in place of the preset's number", min=0, max=10_000, forceInput=True)
