"""Each region of a clip painted on a canvas of its own, which lies still under the picture.

frame ─► sheet (where it lies) ─► canvas (the photo gathers) ─► painter ─► painted ─► frame

`prepare` does what goes before the painter, `finish` what comes after it, so that painters can work
on several frames at once, in other processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from semcs.looks.rendering import stroke_size
from semcs.video.canvases.canvas import RIM, Canvas, Gathered, new_canvas
from semcs.video.canvases.canvas_painting import CanvasPainting
from semcs.video.canvases.sheets import Sheet
from semcs.video.motion import Motion

Map = NDArray[np.float32]
State = dict[str, NDArray[Any]]

LEAST_SHARE = 0.0002  # of a frame: regions that are smaller keep the photo
MOST_WORN = 0.08  # of a region: more, and it gets a new canvas
STEADY = 0.7  # of the drift that was measured before, in each frame


@dataclass(frozen=True, eq=False)
class Job:
    """What a painter is asked to paint.

    Attributes:
        photo: (h, w, 3) RGB in [0, 1].
        mask: (h, w) in [0, 1], whose outline the look may follow; over 0 everywhere.
        scale: Of strokes, against what the size of `photo` gives.
    """

    photo: Map
    mask: Map
    scale: float


@dataclass(frozen=True, eq=False)
class Move:
    """A canvas that takes another's place.

    Attributes:
        before: Where the picture lay on the former canvas.
        rim: Pixels along its frame that aren't brought along.
        worn: (H, W) in [0, 1], where in the picture strokes are so stretched that new ones take the
            place of those brought along.
    """

    before: Sheet
    rim: float
    worn: Map


@dataclass(frozen=True, eq=False)
class Prepared:
    """A region of a frame, before it is painted.

    Attributes:
        job: For the painter.
        gathered: What it was made from.
        sheet: Where the picture lies on the canvas.
        begins: Whether nothing has been painted on this canvas or brought along to it.
        move: Where the canvas has taken another's place.
    """

    job: Job
    gathered: Gathered
    sheet: Sheet
    begins: bool
    move: Move | None


class RegionPainting:
    """One region of a clip, painted frame by frame.

    Args:
        follows_outline: Whether looks that end at an outline end at this region's. A background
            has none of its own: what moves in front of it only covers it.
    """

    def __init__(self, *, follows_outline: bool) -> None:
        self.follows_outline = follows_outline
        self.canvas: Canvas | None = None
        self.painted: CanvasPainting | None = None
        self.drift = np.zeros(2)

    def prepare(self, rgb: Map, region: Map, motion: Motion | None) -> Prepared | None:
        """Take in the region as the next frame shows it.

        Args:
            rgb: (H, W, 3) RGB in [0, 1].
            region: (H, W) in [0, 1].
            motion: Since the frame before; None at the beginning of a shot.

        Returns:
            None where the region is nowhere in the frame.
        """
        if motion is None:
            self.canvas = None
        if (region > 0.5).mean() < LEAST_SHARE:
            self.canvas = None
            return None
        scale = stroke_size(max(rgb.shape[:2]))
        begins, move = self.canvas is None, None
        if self.canvas is None or motion is None:
            self.canvas = new_canvas(region, scale)
            self.drift = np.zeros(2)
        else:
            move = self._follow(motion, region, scale)
        gathered = self.canvas.gather(rgb, region)
        mask = gathered.shape if self.follows_outline else np.ones_like(gathered.shape)
        # Over 0 everywhere, so that all of the canvas is painted, whatever the outline does.
        mask = np.maximum(mask, np.float32(1e-3))
        job = Job(gathered.photo, mask, scale / stroke_size(max(self.canvas.size)))
        return Prepared(job, gathered, self.canvas.sheet, begins, move)

    def _follow(self, motion: Motion, region: Map, scale: float) -> Move | None:
        """Let the sheet follow; take another canvas where this one doesn't hold the region."""
        assert self.canvas is not None
        canvas, before = self.canvas, self.canvas.sheet
        canvas.sheet = before.followed(motion, region)
        middle = np.argwhere(region > 0.5).mean(0)[::-1][None]
        step = (canvas.sheet.at(middle) - before.at(middle))[0]
        self.drift = STEADY * self.drift + (1 - STEADY) * step
        rim = RIM * scale
        worn = canvas.worn()
        is_worn = float(region[worn == 1].sum()) > MOST_WORN * float(region.sum())
        if not is_worn and not canvas.leaves_out(region, rim):
            return None
        drift = (float(self.drift[0]), float(self.drift[1]))
        self.canvas = new_canvas(region, scale, drift, canvas.sheet)
        self.canvas.take_over(canvas)
        return Move(canvas.sheet, rim, worn)

    def finish(self, prepared: Prepared, painted: Map) -> Map:
        """Blend what was painted into what there is.

        Args:
            prepared: Of `prepare`, in the order of the frames.
            painted: (h, w, 3) RGB in [0, 1], for its job.

        Returns:
            (H, W, 3) RGB in [0, 1], good where the region is.
        """
        if prepared.begins or self.painted is None:
            self.painted = CanvasPainting(painted, prepared.gathered)
        elif prepared.move is not None:
            move = prepared.move
            self.painted.moved(
                move.before,
                prepared.sheet,
                painted,
                prepared.gathered,
                rim=move.rim,
                worn=move.worn,
            )
        else:
            self.painted.renew(painted, prepared.gathered)
        return self.painted.shown(prepared.sheet)

    def state(self) -> State:
        """All that the next frame goes on from, as arrays."""
        if self.canvas is None or self.painted is None:
            return {}
        own = {f"canvas.{name}": value for name, value in self.canvas.state().items()}
        own.update({f"painted.{name}": value for name, value in self.painted.state().items()})
        return {**own, "drift": self.drift}

    def restore(self, state: State) -> None:
        """Go on from a state."""
        self.canvas = self.painted = None
        if state:
            self.canvas = Canvas.of_state(part_of(state, "canvas."))
            self.painted = CanvasPainting.of_state(part_of(state, "painted."))
            self.drift = state["drift"]


def part_of(state: State, prefix: str) -> State:
    """What of a state was put under a name: its own names, without that one."""
    return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
