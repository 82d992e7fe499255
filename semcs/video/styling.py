"""A clip styled frame by frame: motion, regions, their canvases, painters, composition."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.families import ModelFamily
from semcs.models.freed import FREED
from semcs.models.settings import one_thread, own_settings
from semcs.style.instant import InstantPainter
from semcs.style.options import Output
from semcs.style.presets import Preset
from semcs.style.regions import Region
from semcs.stylizer.composing import compose
from semcs.stylizer.places import place_of, shares_of
from semcs.stylizer.planning import Planned, finish_pictures, plan_styles
from semcs.stylizer.request import Request
from semcs.video.canvases.painting import Prepared, RegionPainting, State, part_of
from semcs.video.frames import Frame
from semcs.video.motion import motion_between
from semcs.video.regions.tracking import RegionTracker
from semcs.video.training.trained_style import TrainedStyle
from semcs.video.workers.painters import Painters, Waiting

Map = NDArray[np.float32]

BEHIND = {"background", "rest"}  # what other regions move in front of


@dataclass(frozen=True, eq=False)
class Begun:
    """A frame whose regions are being painted.

    Attributes:
        frame: As it was read.
        rgb: (H, W, 3) in [0, 1].
        regions: The styled ones, as they are in this frame.
        shares: (R, 1, H, W), theirs.
        prepared: Of each; None where it is nowhere in the frame.
        waiting: For what the painters make of it.
    """

    frame: Frame
    rgb: Map
    regions: Sequence[Region]
    shares: Tensor
    prepared: Sequence[Prepared | None]
    waiting: Sequence[Waiting | None]

    def painted(self) -> list[Map | None]:
        """What the painters made of each region, once they are done."""
        return [None if one is None else one.result() for one in self.waiting]


class ClipStyler:
    """Styles the frames of a clip, one after the other.

    Attributes:
        looks: What was made of each text, once the first frame was seen.
        trained: The network that paints on from what is painted at once, if there is one.
    """

    def __init__(
        self, family: ModelFamily, request: Request, preset: Preset, painters: Painters
    ) -> None:
        """Nothing is looked at yet.

        Args:
            family: The networks.
            request: What the clip should look like, and where.
            preset: All options, none left to the family.
            painters: They paint at once, perhaps in other processes.
        """
        self.family, self.request, self.preset, self.painters = family, request, preset, painters
        self.trained: TrainedStyle | None = None
        self._tracker = RegionTracker(family, request, preset)
        self._painter = InstantPainter(lambda: family.painter)
        self._planned: Planned | None = None
        self._paintings: list[RegionPainting] = []
        self._before: NDArray[np.uint8] | None = None

    @property
    def looks(self) -> list[dict[str, Any]]:
        """What was made of each text; empty before the first frame was seen."""
        return [] if self._planned is None else self._planned.looks

    def style(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """The frames, styled.

        A few are on their way at once, so that painters have work. After the last one, `state` is
        what the next call goes on from.
        """
        begun = deque[Begun]()
        for frame in frames:
            begun.append(self._begin(frame))
            if len(begun) > self.painters.ahead:
                yield self._finish(begun.popleft())
        while begun:
            yield self._finish(begun.popleft())

    @own_settings()
    def paint(self, frame: Frame) -> tuple[Begun, list[Map]]:
        """The next frame, and its regions as they are painted at once: what training begins with.

        Returns:
            It, and a picture (H, W, 3) in [0, 1] for each region.
        """
        begun = self._begin(frame)
        return begun, self._pictures(begun)

    def _begin(self, frame: Frame) -> Begun:
        """Follow the regions into the frame, and have them painted."""
        with own_settings(), one_thread():
            rgb = frame.rgb.astype(np.float32) / np.float32(255)
            motion = None if self._before is None else motion_between(self._before, frame.rgb)
            self._before = frame.rgb
            if motion is None or motion.is_cut:
                motion, regions = None, self._tracker.first(rgb)
            else:
                regions = self._tracker.next(rgb, motion)
            planned = self._plan(regions)
            shares = shares_of(regions, planned.styled)
            masks = shares[:, 0].numpy()
            prepared = [
                painting.prepare(rgb, mask, motion)
                for painting, mask in zip(self._paintings, masks)
            ]
            waiting = [self._paint_one(index, one) for index, one in enumerate(prepared)]
        return Begun(frame, rgb, [regions[i] for i in planned.styled], shares, prepared, waiting)

    def _paint_one(self, index: int, prepared: Prepared | None) -> Waiting | None:
        assert self._planned is not None
        if prepared is None or not self._planned.plans:
            return None  # it is nowhere, or begins as the photo is
        plan, job = self._planned.plans[index], prepared.job
        own_size = replace(plan, scale=plan.scale * job.scale)
        return self.painters.submit(own_size, job.photo, job.mask, self.request.seed)

    def _plan(self, regions: Sequence[Region]) -> Planned:
        """What is painted; decided once for the whole clip."""
        if self._planned is None:
            self._planned = plan_styles(regions, self.preset, self.family, self._painter)
            self._paintings = [
                RegionPainting(follows_outline=not self._is_behind(index, regions[index]))
                for index in self._planned.styled
            ]
        return self._planned

    def _is_behind(self, index: int, region: Region) -> bool:
        if self.request.regions is not None:
            return place_of(self.request.regions[index].mask) in BEHIND
        return region.role != "foreground"

    def _pictures(self, begun: Begun) -> list[Map]:
        """Each region's picture (H, W, 3) as it is painted at once, still over the frames."""
        return [
            begun.rgb if prepared is None or painted is None else painting.finish(prepared, painted)
            for painting, prepared, painted in zip(self._paintings, begun.prepared, begun.painted())
        ]

    def _finish(self, begun: Begun) -> Frame:
        """Compose a frame once its regions are painted."""
        with own_settings(), one_thread():
            pictures, output = self._pictures(begun), self.preset.output
            if self.trained is not None:
                pictures = self.trained.apply(begun.rgb, pictures, begun.shares, begun.regions)
                output = Output()  # which it has done, by levels that hold for the whole clip
            shown = finish_pictures(pictures, begun.rgb, begun.regions, begun.shares, output)
            strengths = [region.strength for region in begun.regions]
            composed = compose(begun.rgb, shown, begun.shares, strengths)
        FREED.give_back()
        return replace(begun.frame, rgb=np.round(composed * 255).astype(np.uint8))

    def state(self) -> State:
        """All that the next frame goes on from, as arrays."""
        state = {f"tracker.{name}": value for name, value in self._tracker.state().items()}
        if self._before is not None:
            state["before"] = self._before
        for index, painting in enumerate(self._paintings):
            state.update({f"{index}.{name}": v for name, v in painting.state().items()})
        return state

    def restore(self, state: State) -> None:
        """Go on from a state of the same clip and request."""
        self._tracker.restore(part_of(state, "tracker."))
        self._before = state.get("before")
        self._plan(self._tracker.regions)
        for index, painting in enumerate(self._paintings):
            painting.restore(part_of(state, f"{index}."))
