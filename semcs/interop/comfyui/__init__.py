"""semcs as nodes of ComfyUI: all that a file in its folder `custom_nodes` has to import.

    from semcs.interop.comfyui import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS

IMAGE is (B, H, W, C) float in [0, 1] and MASK (B, H, W), 1 = selected. Batches are worked on
picture by picture. docs/places.md shows how to install the nodes.
"""

from __future__ import annotations

from semcs.interop.comfyui.nodes import ForegroundMask, Look, RegionByWords, Score, Stylize

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]

NODE_CLASS_MAPPINGS: dict[str, type] = {
    "SemcsForegroundMask": ForegroundMask,
    "SemcsRegionByWords": RegionByWords,
    "SemcsStylize": Stylize,
    "SemcsLook": Look,
    "SemcsScore": Score,
}
NODE_DISPLAY_NAME_MAPPINGS = {
    "SemcsForegroundMask": "semcs: foreground mask",
    "SemcsRegionByWords": "semcs: region by words",
    "SemcsStylize": "semcs: stylise",
    "SemcsLook": "semcs: look",
    "SemcsScore": "semcs: score",
}
