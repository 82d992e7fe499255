"""semcs in ComfyUI: a link to this folder in `custom_nodes`, or a copy of it, is all it needs."""

from semcs.interop.comfyui import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]
