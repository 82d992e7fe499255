"""Text-driven styling of a photo's foreground and background, each in its own style.

    semcs.stylize("photo.jpg", fg="pop art", bg="starry night").save("styled.png")

Everything public is listed here and loaded when it is first used, so that `import semcs` stays
quick and loads no torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semcs.errors import DivergenceError, InputError, ModelUnavailableError, SemcsError
from semcs.lazy import lazy_names

if TYPE_CHECKING:
    from semcs import looks, metrics
    from semcs.models.families import ModelFamily, load_family
    from semcs.saliency import SaliencyPredictor, saliency_mask
    from semcs.style.optimise import Step
    from semcs.style.presets import PRESETS, Preset
    from semcs.style.regions import Region
    from semcs.stylizer import Result, Stylizer, stylize

__version__ = "0.1.0"

__all__ = [
    "PRESETS",
    "DivergenceError",
    "InputError",
    "ModelFamily",
    "ModelUnavailableError",
    "Preset",
    "Region",
    "Result",
    "SaliencyPredictor",
    "SemcsError",
    "Step",
    "Stylizer",
    "__version__",
    "load_family",
    "looks",
    "metrics",
    "saliency_mask",
    "stylize",
]

_HOMES: dict[str, str | None] = {
    "looks": None,
    "metrics": None,
    "ModelFamily": "semcs.models.families",
    "load_family": "semcs.models.families",
    "SaliencyPredictor": "semcs.saliency",
    "saliency_mask": "semcs.saliency",
    "Step": "semcs.style.optimise",
    "PRESETS": "semcs.style.presets",
    "Preset": "semcs.style.presets",
    "Region": "semcs.style.regions",
    "Result": "semcs.stylizer",
    "Stylizer": "semcs.stylizer",
    "stylize": "semcs.stylizer",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
