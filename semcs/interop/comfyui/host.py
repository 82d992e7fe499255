"""ComfyUI's progress bar and stop button."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MODULES = ("comfy.utils", "comfy.model_management")
PARTS = 100  # of the bar, for each picture
LONGEST_PREVIEW = 512  # pixels


class Progress:
    """ComfyUI's bar, and its stop button; neither is there without ComfyUI.

    ComfyUI has imported its own modules long before it runs a node, so they are looked up: another
    package may be called `comfy`, too.
    """

    def __init__(self, pictures: int) -> None:
        utils, self._management = (sys.modules.get(name) for name in MODULES)
        self._total, self._finished = PARTS * pictures, 0
        self._bar = None if utils is None else utils.ProgressBar(self._total)

    def show(self, share: float, preview: Callable[[], NDArray[np.uint8]] | None = None) -> None:
        """How far this picture is, 0 to 1, with what it looks like; raises where stop was pressed.

        Raises:
            Exception: ComfyUI's own, if its user has pressed stop.
        """
        if self._management is not None:
            self._management.throw_exception_if_processing_interrupted()
        if self._bar is not None:
            shown = None
            if preview is not None:
                shown = ("JPEG", Image.fromarray(preview()), LONGEST_PREVIEW)
            done = self._finished + round(PARTS * share)
            self._bar.update_absolute(done, self._total, shown)

    def finish_picture(self) -> None:
        """This picture is done."""
        self.show(1.0)
        self._finished += PARTS
