"""Quick runs: semcs's preset with two steps of four crops, at a rate high enough to see."""

from __future__ import annotations

from semcs.style.presets import find_preset
from semcs.stylizer.request import Options

KEYWORDS = {*Options.__annotations__, "style", "models", "device", "callback", "progress"} - {
    "steps"
}


def quick(*, preset="semcs", **options):
    """Keywords of a call: those of `stylize` as they are, all others as options of the preset.

    Precision is full, so that figures can be compared.
    """
    said = {name: value for name, value in options.items() if name in KEYWORDS}
    changes = {name: value for name, value in options.items() if name not in KEYWORDS}
    changes = {"steps": 2, "patches": 4, "learning_rate": 0.05, "mixed_precision": False, **changes}
    chosen = find_preset(preset).change(**changes)
    return {"size": 64, "preset": chosen, **said}


def run_quick(stylizer, image, *texts, **options):
    """The result of a quick run without a progress bar."""
    return stylizer(image, *texts, **quick(progress=False, **options))


def start_quick(stylizer, image, *texts, **options):
    """A quick run before its first step."""
    return stylizer.iterate(image, *texts, **quick(**options))
