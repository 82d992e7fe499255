"""One frame of a clip, styled as quickly as can be, to see how the clip will look."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PIL import Image

from semcs.errors import InputError
from semcs.video.asked import Asked, Options, check_asked
from semcs.video.files.clip import Reader
from semcs.video.files.reading import open_reader
from semcs.video.frames import Frame
from semcs.video.part import Part, check_times
from semcs.video.regions.walking import Walk
from semcs.video.training.clip_training import give, train_on

if TYPE_CHECKING:
    from typing_extensions import Unpack


def preview_video(
    source: str | os.PathLike[str],
    at: float,
    style: object = None,
    *,
    start: float | None = None,
    progress: bool = True,
    **options: Unpack[Options],
) -> Image.Image:
    """Style the frame that is shown at a time, as a clip that begins there would begin.

    Regions are looked for in that frame, but masks and clicks, which are those of the first frame,
    are followed to it from there.

    Args:
        source: Path of a clip.
        at: Seconds from the source's first frame.
        style: As of `stylize_video`, like the rest.
        start: See there: where the first frame is.
        progress: See there.
        **options: See there.

    Raises:
        InputError: Something handed in can't be used.
        NotFoundError: What a region's words name isn't in the frame.
        ModelUnavailableError: The paper models were asked for and can't be had.
        DivergenceError: The optimisation ran into NaN.
    """
    begin, _ = check_times(start, None)
    (time, _), reader = check_times(at, None), open_reader(source)
    _check_shown(reader, begin, time)
    said: Options = {"workers": 0, **options}
    asked = check_asked(style, **said).with_masks_read(reader.size)
    chosen = _chosen(Part(begin), reader, asked, time)
    with closing(asked.crew()) as painters:
        styler = chosen.walk.styler(painters)
        if asked.trains:
            frames = [chosen.frame, *chosen.following]
            give(styler, train_on(frames, 2, asked, painters, progress=progress, walk=chosen.walk))
        (styled,) = styler.style([chosen.frame])
    return Image.fromarray(styled.rgb)


@dataclass(frozen=True, eq=False)
class _Chosen:
    """A frame, the one after it, if there is one, and the regions followed up to it."""

    frame: Frame
    following: list[Frame]
    walk: Walk


def _chosen(part: Part, reader: Reader, asked: Asked, time: Fraction) -> _Chosen:
    walk, follows = Walk(asked), _is_of_first_frame(asked)
    shown: Frame | None = None
    for frame in part.frames(reader):
        if shown is not None and frame.time > time:
            return _Chosen(shown, [frame], walk)
        if shown is not None and follows:
            walk.step(shown)
        shown = frame
    if shown is None:
        raise InputError(f"{reader.path!r} has no frame after start")
    return _Chosen(shown, [], walk)


def _is_of_first_frame(asked: Asked) -> bool:
    """Whether something is marked in the first frame alone."""
    regions = asked.request.regions or ()
    marked = any(not isinstance(region.mask, str) for region in regions)
    return marked or asked.request.mask is not None


def _check_shown(reader: Reader, begin: Fraction, time: Fraction) -> None:
    if time < begin:
        raise InputError(f"preview is {float(time):g}: it has to be from start, {float(begin):g}")
    if reader.end is not None and time >= reader.end:
        raise InputError(
            f"preview is {float(time):g}: {reader.path!r} lasts {float(reader.end):g} s"
        )
