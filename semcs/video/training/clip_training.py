"""The network of an optimised preset, trained on frames that are spread over a clip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from semcs.bars import Bar
from semcs.style.optimise import Step
from semcs.video.asked import Asked, TrainingCallback
from semcs.video.frames import Frame
from semcs.video.motion import motion_between
from semcs.video.regions.walking import Walk
from semcs.video.styling import Begun, ClipStyler
from semcs.video.training.painted import Painted
from semcs.video.training.trained import Training, clip_preset, clip_task, spread_pairs
from semcs.video.training.trained_style import TrainedStyle
from semcs.video.workers.painters import Painters

Shown = tuple[Begun, Painted]


def train_on(
    frames: Iterable[Frame],
    count: int,
    asked: Asked,
    painters: Painters,
    *,
    progress: bool,
    walk: Walk | None = None,
    callback: TrainingCallback | None = None,
) -> TrainedStyle | None:
    """Train a network.

    Args:
        frames: Of the clip from its first one on, or from where the walk is; read as far as they
            are needed.
        count: How many there are, about.
        asked: What the clip should look like.
        painters: They paint what the network begins with.
        progress: Show a bar on stderr where that is a terminal.
        walk: Through the frames before.
        callback: As `training_callback` of `stylize_video`.

    Returns:
        The network; None where nothing gets a style, or the callback wants none.

    Raises:
        DivergenceError: The optimisation ran into NaN.
    """
    watched = _Watched(callback)
    looked_at = takewhile(watched, frames)
    pairs = list(_pairs(looked_at, count, walk or Walk(asked), painters))
    regions = pairs[0][0][0].regions if watched.goes_on else ()
    if not regions:
        return None
    preset = clip_preset(asked.preset, asked.family, regions, pairs=len(pairs))
    size, device, seed = asked.request.size, asked.family.device, asked.request.seed
    tasks = [
        clip_task(
            *(first[1], second[1], motion_between(first[0].frame.rgb, second[0].frame.rgb), preset),
            size=size,
            device=device,
        )
        for first, second in pairs
    ]
    training = Training(tasks, preset, asked.family, size=size, seed=seed)
    off, least = None if progress else True, preset.change(steps=len(pairs)).total_steps
    for step in Bar(training, total=len(training), unit="step", disable=off):
        if not watched(step) and step.index >= least:  # fewer can't be asked for again
            break
    return training.style()


class _Watched:
    """A training as its callback sees it.

    Attributes:
        goes_on: Whether the callback never wanted it to end.
    """

    def __init__(self, callback: TrainingCallback | None) -> None:
        self._callback, self.goes_on = callback, True

    def __call__(self, seen: Frame | Step) -> bool:
        if self._callback is not None and self._callback(seen) is False:
            self.goes_on = False
        return self.goes_on


def styler_of(asked: Asked, painters: Painters, trained: TrainedStyle | None) -> ClipStyler:
    """What styles the clip, with the network that was trained for it."""
    styler = ClipStyler(asked.family, asked.request, asked.preset, painters)
    give(styler, trained)
    return styler


def give(styler: ClipStyler, trained: TrainedStyle | None) -> None:
    """Have a network paint on from what is painted at once, if there is one."""
    if trained is not None:
        styler.trained = trained
        # Contrast and stretch are in what the network gives already.
        styler.preset = trained.preset.change(contrast=1.0, stretch=False)


def _pairs(
    frames: Iterable[Frame], count: int, walk: Walk, painters: Painters
) -> Iterator[tuple[Shown, Shown]]:
    """Neighbouring frames, painted at once; a single frame is its own neighbour."""
    firsts = set(spread_pairs(max(2, count)))
    opened, last, found = None, None, False
    for position, frame in enumerate(frames):
        if opened is not None:
            styler, first = opened
            yield first, _shown(styler, frame)
            found, opened = True, None
        if position in firsts:
            styler = walk.styler(painters)
            opened = styler, _shown(styler, frame)
        if position > max(firsts):
            return
        walk.step(frame)
        last = frame
    if not found and last is not None:
        alone = opened[1] if opened is not None else _shown(walk.styler(painters), last)
        yield alone, alone


def _shown(styler: ClipStyler, frame: Frame) -> Shown:
    begun, pictures = styler.paint(frame)
    return begun, Painted(begun.rgb, pictures, begun.shares, begun.regions)
