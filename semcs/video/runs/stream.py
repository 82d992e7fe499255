"""Pictures one after the other, styled as the frames of a clip."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, islice
from typing import Any

import numpy as np

from semcs.errors import InputError
from semcs.image import Picture, fill_hidden, load
from semcs.video.asked import Asked, Callback, TrainingCallback
from semcs.video.frames import Frame
from semcs.video.training.clip_training import styler_of, train_on

TRAINED_ON = 24  # first frames that an optimised preset trains on
RATE = 25  # frames a second, for want of time stamps


def style_stream(
    pictures: Iterable[Any],
    asked: Asked,
    *,
    progress: bool,
    callback: Callback | None,
    training_callback: TrainingCallback | None,
) -> Iterator[Any]:
    """Style pictures; see `stylize_video`.

    Args:
        pictures: Of one size.
        asked: What they should look like.
        progress: Show a bar while a network is trained.
        callback: Called with every styled frame.
        training_callback: As of `stylize_video`.
    """
    waiting = deque[Picture]()
    frames = _frames(pictures, waiting)
    painters = asked.crew()
    try:
        first = next(frames, None)
        if first is None:
            return
        size = first.rgb.shape[0], first.rgb.shape[1]
        asked, frames, trained = asked.with_masks_read(size), chain([first], frames), None
        if asked.trains:
            begin = list(islice(frames, TRAINED_ON))
            trained = train_on(
                begin,
                len(begin),
                asked,
                painters,
                progress=progress,
                callback=training_callback,
            )
            frames = chain(begin, frames)
        for frame in styler_of(asked, painters, trained).style(frames):
            yield waiting.popleft().restore(frame.rgb.astype(np.float32) / np.float32(255))
            if callback is not None and callback(frame) is False:
                return
    finally:
        painters.close()


def _frames(pictures: Iterable[Any], waiting: deque[Picture]) -> Iterator[Frame]:
    """The pictures as frames; each is also added to those that wait for their result."""
    size = None
    for index, one in enumerate(pictures):
        picture = load(one)
        size = size or picture.size
        if picture.size != size:
            raise InputError(
                f"frame {index} is {picture.size[0]}×{picture.size[1]} pixels (height × width), "
                f"but the first one is {size[0]}×{size[1]}; they must be the same"
            )
        rgb = np.round(fill_hidden(picture.rgb, picture.alpha) * 255).astype(np.uint8)
        waiting.append(picture)
        yield Frame(index, Fraction(index, RATE), rgb)
