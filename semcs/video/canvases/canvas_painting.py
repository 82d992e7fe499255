"""The painting on a region's canvas, which is renewed little by little."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.image.visible import carry_on
from semcs.video.canvases.canvas import Gathered, read
from semcs.video.canvases.sheets import Sheet

Array = NDArray[np.floating[Any]]
Map = NDArray[np.float32]
Flags = NDArray[np.bool_]

RENEWED = 0.1  # of a painting in every frame: so much of flicker that is left is taken out
FADING = 10  # frames over which stretched strokes give way to new ones
FEATHER = 12.0  # pixels over which paintings of two canvases meet
WASH = 28.0  # pixels: what varies over more than this are washes of colour, that have to meet, too
REACH = 90.0  # pixels over which the washes of a new painting become its own
REDUCED = 8  # times: the picture on which washes are compared
CHANGE = (0.05, 0.14)  # of the photo's colours: less is noise, more is another thing
SOFT = 2.5  # pixels over which it is measured


class CanvasPainting:
    """The painting on a canvas, blended over the frames.

    Attributes:
        picture: (h, w, 3) RGB in [0, 1].
        source: (h, w, 3) RGB in [0, 1], the photo that it was painted from.
        own: (h, w) in [0, 1]: 1 where the strokes are those of this canvas, 0 where they were
            brought along from the one before.
        wash: (h, w, 3), reduced: what is added to all that is painted on this canvas, so that its
            colours go on from those that were brought along.
        worn: (h, w) in [0, 1], where the latter are stretched and give way to the former.
        fading: Frames in which they still do.
    """

    def __init__(self, picture: Map, gathered: Gathered) -> None:
        """Begin with what was painted on an empty canvas."""
        self.picture, self.source = picture, gathered.photo
        self.own = np.ones(picture.shape[:2], np.float32)
        self.wash = np.zeros((1, 1, 3), np.float32)
        self.worn = np.zeros((1, 1), np.float32)
        self.fading = 0

    def renew(self, painted: Map, gathered: Gathered) -> None:
        """Blend in what was painted for a frame.

        Args:
            painted: (h, w, 3) RGB in [0, 1].
            gathered: What it was painted from.
        """
        painted = self._washed(painted)
        now = np.maximum(_changed(self.source, gathered.photo), gathered.unsettled)
        self.own = np.maximum(self.own, now)
        weight = np.maximum(now, RENEWED * self.own)
        if self.fading:
            weight = np.maximum(weight, self.worn / np.float32(self.fading))
            self.own = np.maximum(self.own, self.worn * np.float32(self.fading == 1))
            self.fading -= 1
        self.picture = _mixed(self.picture, painted, weight)
        self.source = _mixed(self.source, gathered.photo, weight)

    def moved(
        self,
        before: Sheet,
        after: Sheet,
        painted: Map,
        gathered: Gathered,
        *,
        rim: float,
        worn: Map,
    ) -> None:
        """Bring the painting along to a new canvas.

        Args:
            before: Where the picture lies on the present canvas.
            after: Where it lies on the new one.
            painted: (h, w, 3) RGB in [0, 1], what was painted on the new one.
            gathered: What it was painted from.
            rim: Pixels along the frame of the present canvas that aren't brought along.
            worn: (H, W) in [0, 1], where in the picture new strokes take the place of those brought
                along.
        """
        in_picture = after.inverse((painted.shape[0], painted.shape[1]))
        places = before.at(in_picture)
        height, width = self.picture.shape[:2]
        x, y = places[..., 0], places[..., 1]
        nearest = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y))
        held = np.clip((nearest - rim) / FEATHER, 0, 1)
        picture, source = (
            read(plane, places, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)
            for plane in (self.picture, self.source)
        )
        self.wash = _wash(picture - painted, held)
        self.picture = _mixed(self._washed(painted), picture, held)
        self.source = _mixed(gathered.photo, source, held)
        self.own = 1 - held
        self.worn = read(worn, in_picture, cv2.INTER_LINEAR, cv2.BORDER_REPLICATE)
        self.fading = FADING if self.worn.any() else 0

    def shown(self, sheet: Sheet) -> Map:
        """The painting as the picture shows it, (H, W, 3)."""
        shown = read(self.picture, sheet.full(), cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)
        return np.clip(shown, 0, 1, out=shown)

    def state(self) -> dict[str, NDArray[Any]]:
        """All that it holds, as arrays."""
        return {
            "picture": self.picture,
            "source": self.source,
            "own": self.own,
            "wash": self.wash,
            "worn": self.worn,
            "fading": np.array(self.fading),
        }

    @staticmethod
    def of_state(state: dict[str, NDArray[Any]]) -> CanvasPainting:
        """The painting that gave this state."""
        painting = object.__new__(CanvasPainting)
        for name in ("picture", "source", "own", "wash", "worn"):
            setattr(painting, name, state[name])
        painting.fading = int(state["fading"])
        return painting

    def _washed(self, painted: Map) -> Map:
        if not self.wash.any():
            return painted
        size = painted.shape[1::-1]
        return painted + cv2.resize(self.wash, size, interpolation=cv2.INTER_LINEAR)


def _mixed(one: Map, other: Map, share: Map) -> Map:
    mixed = one + share[..., None] * (other - one)
    return np.clip(mixed, 0, 1, out=mixed)


def _wash(difference: Map, held: Map) -> Map:
    """What varies slowly in a difference (h, w, 3) where it is held; it fades away around that."""
    size = tuple(max(2, round(side / REDUCED)) for side in held.shape[::-1])
    weight = cv2.resize(held, size, interpolation=cv2.INTER_AREA)
    known = weight > 0.5
    if not known.any():
        return np.zeros((1, 1, 3), np.float32)
    small = cv2.resize(difference * held[..., None], size, interpolation=cv2.INTER_AREA)
    sigma = WASH / REDUCED
    near = cv2.GaussianBlur(weight, (0, 0), sigma)[..., None]
    wash = cv2.GaussianBlur(small, (0, 0), sigma) / np.maximum(near, 1e-3)
    away = cv2.distanceTransform((~known).astype(np.uint8), cv2.DIST_L2, 5) * REDUCED
    return carry_on(wash, known) * np.exp(-away / REACH)[..., None]


def _changed(before: Map, now: Map) -> Map:
    """How surely the photo (h, w, 3) has become another, (h, w) in [0, 1]."""
    step = cv2.resize(now - before, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    step = cv2.GaussianBlur(step, (0, 0), SOFT / 2)
    far = np.sqrt(np.square(step).mean(2))
    change = np.clip((far - CHANGE[0]) / (CHANGE[1] - CHANGE[0]), 0, 1)
    change = cv2.GaussianBlur(cv2.dilate(change, np.ones((5, 5), np.uint8)), (0, 0), 1.5)
    return np.asarray(cv2.resize(change, now.shape[1::-1], interpolation=cv2.INTER_LINEAR))
