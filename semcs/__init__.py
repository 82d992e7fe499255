"""Text-driven styling of a photo's foreground and background, each in its own style.

    semcs.stylize("photo.jpg", fg="pop art", bg="starry night").save("styled.png")

Everything public is listed here and loaded when it is first used: `import semcs` takes a
millisecond, as Ctrl-C in a command is a traceback until that is done.
"""

from semcs.lazy import lazy_names

TYPE_CHECKING = False  # `typing` itself takes long
if TYPE_CHECKING:
    from semcs import looks, metrics
    from semcs.errors import (
        DivergenceError,
        InputError,
        ModelUnavailableError,
        NotFoundError,
        SemcsError,
    )
    from semcs.finding import RegionFinder, find
    from semcs.folder.api import FolderResult, stylize_folder
    from semcs.learning import Style, learn_style
    from semcs.models.families import ModelFamily, load_family
    from semcs.saliency import SaliencyPredictor, saliency_mask
    from semcs.style.optimise import Step
    from semcs.style.presets import PRESETS, Preset
    from semcs.style.regions import Click, Region
    from semcs.stylizer import Result, Stylizer, stylize
    from semcs.video.api import ClipResult, stylize_video

__version__ = "0.1.0"

__all__ = [
    "PRESETS",
    "Click",
    "ClipResult",
    "DivergenceError",
    "FolderResult",
    "InputError",
    "ModelFamily",
    "ModelUnavailableError",
    "NotFoundError",
    "Preset",
    "Region",
    "RegionFinder",
    "Result",
    "SaliencyPredictor",
    "SemcsError",
    "Step",
    "Style",
    "Stylizer",
    "__version__",
    "find",
    "learn_style",
    "load_family",
    "looks",
    "metrics",
    "saliency_mask",
    "stylize",
    "stylize_folder",
    "stylize_video",
]

_HOMES: dict[str, str | None] = {
    "looks": None,
    "metrics": None,
    "DivergenceError": "semcs.errors",
    "InputError": "semcs.errors",
    "ModelUnavailableError": "semcs.errors",
    "NotFoundError": "semcs.errors",
    "SemcsError": "semcs.errors",
    "RegionFinder": "semcs.finding",
    "find": "semcs.finding",
    "FolderResult": "semcs.folder.api",
    "stylize_folder": "semcs.folder.api",
    "Style": "semcs.learning",
    "learn_style": "semcs.learning",
    "ModelFamily": "semcs.models.families",
    "load_family": "semcs.models.families",
    "SaliencyPredictor": "semcs.saliency",
    "saliency_mask": "semcs.saliency",
    "Step": "semcs.style.optimise",
    "PRESETS": "semcs.style.presets",
    "Preset": "semcs.style.presets",
    "Click": "semcs.style.regions",
    "Region": "semcs.style.regions",
    "Result": "semcs.stylizer",
    "Stylizer": "semcs.stylizer",
    "stylize": "semcs.stylizer",
    "ClipResult": "semcs.video.api",
    "stylize_video": "semcs.video.api",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
