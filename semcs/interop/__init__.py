"""semcs in the pipelines of others, in their own formats; none of their packages is imported.

`SamPredictor` has segment-anything's interface, `SaliencyMask` is a transform for torchvision;
`from_…` and `to_…` are the arrays and tensors of OpenCV and ComfyUI, `inpainting_mask` makes the
masks of diffusers. docs/pipelines.md shows each at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semcs.lazy import lazy_names

if TYPE_CHECKING:
    from semcs.interop.formats import (
        from_comfyui,
        from_comfyui_mask,
        from_opencv,
        inpainting_mask,
        to_comfyui,
        to_comfyui_mask,
        to_opencv,
    )
    from semcs.interop.segment_anything import SamPredictor
    from semcs.interop.transforms import SaliencyMask

__all__ = [
    "SaliencyMask",
    "SamPredictor",
    "from_comfyui",
    "from_comfyui_mask",
    "from_opencv",
    "inpainting_mask",
    "to_comfyui",
    "to_comfyui_mask",
    "to_opencv",
]

_HOMES = {
    "SaliencyMask": "semcs.interop.transforms",
    "SamPredictor": "semcs.interop.segment_anything",
    "from_comfyui": "semcs.interop.formats",
    "from_comfyui_mask": "semcs.interop.formats",
    "from_opencv": "semcs.interop.formats",
    "inpainting_mask": "semcs.interop.formats",
    "to_comfyui": "semcs.interop.formats",
    "to_comfyui_mask": "semcs.interop.formats",
    "to_opencv": "semcs.interop.formats",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
