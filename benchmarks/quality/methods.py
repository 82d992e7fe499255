"""The methods that are compared: presets, and presets with some options changed."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import Any

from semcs.errors import InputError
from semcs.models.families import load_family
from semcs.style.presets import Preset, find_preset

COMMA_OUTSIDE_BRACKETS = re.compile(r",(?![^(]*\))")


@dataclass(frozen=True)
class Method:
    """A preset, and the options that differ from it."""

    name: str
    preset: str
    changes: dict[str, Any] = field(default_factory=dict)


PRESETS = tuple(
    Method(n, n) for n in ("instant", "semcs", "semcs-reference", "gen-art", "clipstyler")
)
MORE = (
    Method("in float32", "semcs", {"mixed_precision": False}),
    Method("semcs-slides", "semcs-slides"),
    Method("pixels", "semcs", {"stylenet": "pixels", "learning_rate": 0.01}),
    Method("not enlarged", "semcs", {"least_size": 0}),
    Method("from the photo", "semcs", {"start": "photo"}),
    Method("no rivals", "semcs", {"rival_share": 0.0}),
    Method("no content loss", "semcs", {"content_weight": 0.0}),
    # The ablations of the CLIPstyler paper.
    Method("no patch loss", "semcs", {"patch_weight": 0.0}),
    Method("no threshold", "semcs", {"patch_threshold": 0.0}),
    Method("no augmentation", "semcs", {"distortion": 0.0}),
    Method("affine", "semcs", {"warp": "affine"}),
    Method("no direction loss", "semcs", {"direction_weight": 0.0, "background_weight": 0.0}),
    Method("patches of 64", "semcs", {"patch_size": 64}),
    Method("patches of 224", "semcs", {"patch_size": 224}),
)
METHODS = (*PRESETS, *MORE)


def settings_of(
    method: Method,
    *,
    steps: int | None = None,
    crops: int | None = None,
    published_steps: float = 1.0,
) -> Preset:
    """What a method runs with by the bundled models; its own changes come before all others.

    Args:
        method: The method.
        steps: Instead of the preset's, where that takes any.
        crops: A step, instead of the preset's.
        published_steps: Share of the steps, and of the halving time of the learning rate, that the
            published schedules are cut to.

    Raises:
        InputError: The preset has no such option, or it doesn't take that value.
    """
    family = load_family("bundled", "cpu")
    preset = find_preset(method.preset).change(**method.changes).resolve(family.settings)
    wanted: dict[str, Any] = {}
    if preset.network.stylenet == "published":
        schedule = preset.optimiser
        wanted["steps"] = round(published_steps * schedule.steps)
        wanted["halve_every"] = max(1, round(published_steps * schedule.halve_every))
    if steps is not None and preset.optimiser.steps:
        wanted["steps"] = steps
    if crops is not None:
        wanted["patches"] = crops
    return preset.change(**{k: v for k, v in wanted.items() if k not in method.changes})


def variant(text: str, preset: str) -> Method:
    """A preset with the options that a text such as "content_weight=500,steps=10" gives it.

    Raises:
        InputError: The text is of another form, or the preset takes no such option or value.
    """
    changes: dict[str, Any] = {}
    for part in COMMA_OUTSIDE_BRACKETS.split(text):
        option, equals, value = (each.strip() for each in part.partition("="))
        if not (option and equals and value):
            raise InputError(f"{part!r} in variant {text!r}: OPTION=VALUE is allowed")
        changes[option] = _value(value)
    method = Method(text, preset, changes)
    settings_of(method)
    return method


def _value(text: str) -> Any:
    """A number, a tuple, True, False or None; anything else is a word."""
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text
