"""The optimised presets for a clip: one network trained on some frames, then one pass a frame.

firsts = spread_pairs(len(frames))
preset = clip_preset("semcs", family, regions, pairs=len(firsts))
tasks = [
    clip_task(frames[i], frames[i + 1], motions[i], preset, size=512, device=family.device)
    for i in firsts
]
training = Training(tasks, preset, family, size=512, seed=0)
for step in training:
    shown = step.preview()
style = training.style()
pictures = style.apply(photo, starts, shares, regions)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from semcs.errors import InputError, check_whole, shown
from semcs.image import to_array
from semcs.models.families import ModelFamily
from semcs.models.settings import own_settings
from semcs.style.held import hold_statistics
from semcs.style.levels import Levels
from semcs.style.optimise import Step
from semcs.style.presets import Preset, find_preset
from semcs.style.regions import Region
from semcs.style.render import paint
from semcs.style.temporal import ClipOptimisation, ClipTask
from semcs.video.motion import Motion
from semcs.video.training.painted import Painted
from semcs.video.training.trained_style import TrainedStyle

MOST_PAIRS = 6  # a still's steps are few: each pair gets one or two of them


def clip_preset(
    preset: str | Preset,
    family: ModelFamily,
    regions: Sequence[Region],
    *,
    pairs: int,
    steps: int | None = None,
) -> Preset:
    """The preset with no option left open, and with a step for every pair at least.

    Args:
        preset: Name or preset.
        family: Fills in what the preset leaves to it.
        regions: The styled ones.
        pairs: Of frames, that are trained on.
        steps: So many, instead of the preset's own.

    Raises:
        InputError: No network can be trained by it.
    """
    asked = find_preset(preset).resolve(family.settings)
    asked = asked.for_texts(len({region.text for region in regions} - {None}))
    if asked.network.stylenet == "pixels":
        raise InputError(
            'stylenet "pixels" paints a single picture: for a clip, choose "region" or "published"'
        )
    if steps is not None:
        return asked.change(steps=check_whole("steps", steps, least=1))
    if not asked.optimiser.steps:
        raise InputError(f"preset {shown(asked.name)} takes no steps: it trains no network")
    return asked.change(steps=max(asked.optimiser.steps, pairs))


def spread_pairs(frames: int, most: int = MOST_PAIRS) -> list[int]:
    """Indices of the first frames of pairs that are spread evenly over so many frames."""
    count = min(most, frames - 1)
    return [(2 * pair + 1) * (frames - 1) // (2 * count) for pair in range(count)]


def clip_task(
    before: Painted,
    now: Painted,
    motion: Motion,
    preset: Preset,
    *,
    size: int,
    device: torch.device,
) -> ClipTask:
    """Two neighbouring frames at working size.

    Args:
        before: A frame.
        now: The one after it.
        motion: Between them, at full size.
        preset: As `clip_preset` gives it.
        size: Longest side to work at, in pixels.
        device: Where the network is trained.
    """
    first, second = (frame.at_work(preset, size, device) for frame in (before, now))
    height, width = second.content.shape[-2:]
    full_height, full_width = motion.seen.shape
    scale = np.array([width / full_width, height / full_height], np.float32)
    back = _resized(motion.back, (height, width)) * scale
    seen = _resized(motion.seen, (height, width)) * (not motion.is_cut)
    return ClipTask(first, second, *(torch.from_numpy(one).to(device) for one in (back, seen)))


def _resized(maps: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Maps (H, W[, C]) at the height and width to work at."""
    enlarged = size[0] > maps.shape[0]
    interpolation = cv2.INTER_LINEAR if enlarged else cv2.INTER_AREA
    return np.asarray(cv2.resize(maps, size[::-1], interpolation=interpolation), np.float32)


class Training:
    """A network being trained for a clip: iterate over it for the steps, then take `style`.

    A loop may end early; `style` is that of the steps so far.
    """

    @own_settings()
    def __init__(
        self,
        tasks: Sequence[ClipTask],
        preset: Preset,
        family: ModelFamily,
        *,
        size: int,
        seed: int = 0,
    ) -> None:
        """Prepare the losses of all pairs, and a network with random weights by the seed.

        Args:
            tasks: Pairs of frames, spread over the clip.
            preset: As `clip_preset` gives it.
            family: The networks of the losses.
            size: Longest side that the tasks were made with.
            seed: Of the weights and the crops.

        Raises:
            InputError: There is no pair, or they have different numbers of regions.
        """
        if not tasks:
            raise InputError("there is no pair of frames to train on")
        if len({len(each.now.masks) for each in tasks}) > 1:
            raise InputError("the frames have different numbers of styled regions")
        self.tasks, self.preset, self.size = tuple(tasks), preset, size
        self._optimisation = ClipOptimisation(list(tasks), preset, family, seed=seed)
        self._steps = iter(self._optimisation)

    def __len__(self) -> int:
        """How many steps there will be at most."""
        return self.preset.total_steps

    def __iter__(self) -> Iterator[Step]:
        """The steps that are left.

        Raises:
            DivergenceError: A loss became NaN or infinite.
        """
        while step := self._next():
            yield step

    @own_settings()
    def _next(self) -> Step | None:
        return next(self._steps, None)

    @own_settings()
    def style(self) -> TrainedStyle:
        """What has been trained so far.

        Raises:
            DivergenceError: The network paints NaN or infinite values.
        """
        network = deepcopy(self._optimisation.style_net)
        frames = [frame for each in self.tasks for frame in (each.before, each.now)]
        hold_statistics(network, frames)
        network.requires_grad_(False)
        pictures = [paint(network, frame).clamp(0, 1) for frame in frames]
        levels = [
            Levels.of([to_array(one[None].cpu()) for one in region], self.preset.output)
            for region in zip(*pictures)
        ]
        return TrainedStyle(network, self.preset, self.size, tuple(levels))


def train(
    tasks: Sequence[ClipTask], preset: Preset, family: ModelFamily, *, size: int, seed: int = 0
) -> TrainedStyle:
    """Train a network for a clip to the end; arguments and errors as of `Training`."""
    training = Training(tasks, preset, family, size=size, seed=seed)
    for _ in training:
        pass
    return training.style()
