"""The regions followed through a clip without painting it: to begin to paint in the middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from semcs.models.settings import one_thread, own_settings
from semcs.video.asked import Asked
from semcs.video.frames import Frame
from semcs.video.motion import motion_between
from semcs.video.regions.tracking import RegionTracker
from semcs.video.styling import ClipStyler
from semcs.video.workers.painters import Painters


class Walk:
    """Goes through a clip, frame by frame."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._tracker = RegionTracker(asked.family, asked.request, asked.preset)
        self._before: NDArray[np.uint8] | None = None

    @own_settings()
    def step(self, frame: Frame) -> None:
        """Follow the regions into the next frame."""
        rgb = frame.rgb.astype(np.float32) / np.float32(255)
        with one_thread():
            if self._before is None:
                self._tracker.first(rgb)
            else:
                self._tracker.next(rgb, motion_between(self._before, frame.rgb))
        self._before = frame.rgb

    def styler(self, painters: Painters) -> ClipStyler:
        """What paints the next frame as if painting began there, its regions as they are here."""
        asked = self._asked
        styler = ClipStyler(asked.family, asked.request, asked.preset, painters)
        if self._before is not None:
            state = {f"tracker.{name}": value for name, value in self._tracker.state().items()}
            styler.restore({**state, "before": self._before})
        return styler
