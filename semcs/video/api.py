"""`stylize_video`: a clip in, the styled clip out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import torch

from semcs.errors import InputError, check_switch, refuse, shown
from semcs.models.families import ModelFamily
from semcs.style.presets import Preset
from semcs.style.regions import Region
from semcs.stylizer.request import Rule
from semcs.video.asked import (
    PRESET,
    Callback,
    Options,
    SourceT,
    TrainingCallback,
    check_asked,
)
from semcs.video.files.clip import Reader, Writer
from semcs.video.files.reading import open_reader
from semcs.video.files.writing import check_clip_path, open_writer
from semcs.video.part import Part, check_times
from semcs.video.runs.file_run import ClipResult, FileRun
from semcs.video.runs.stream import style_stream

if TYPE_CHECKING:
    from typing_extensions import Unpack

FilePath = str | os.PathLike[str]

__all__ = ["ClipResult", "stylize_video"]


@overload
def stylize_video(
    source: FilePath,
    output: FilePath,
    style: object = None,
    *,
    start: float | None = None,
    stop: float | None = None,
    quality: int | None = None,
    resume: bool = True,
    progress: bool = True,
    callback: Callback | None = None,
    training_callback: TrainingCallback | None = None,
    **options: Unpack[Options],
) -> ClipResult: ...
@overload
def stylize_video(
    source: Iterable[SourceT],
    output: None = None,
    style: object = None,
    *,
    progress: bool = True,
    callback: Callback | None = None,
    training_callback: TrainingCallback | None = None,
    **options: Unpack[Options],
) -> Iterator[SourceT]: ...
def stylize_video(
    source: Any,
    output: FilePath | None = None,
    style: object = None,
    *,
    fg: object = None,
    bg: object = None,
    regions: Sequence[Region] | None = None,
    mask: object = None,
    rule: Rule = "cues",
    invert_mask: bool = False,
    strength: float = 1.0,
    detail: float | None = None,
    keep_color: float = 0.0,
    scale: float = 1.0,
    avoid: str | None = None,
    preset: str | Preset = PRESET,
    size: int = 512,
    seed: int = 0,
    steps: int | None = None,
    start: float | None = None,
    stop: float | None = None,
    quality: int | None = None,
    workers: int | str = "auto",
    resume: bool = True,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    progress: bool = True,
    callback: Callback | None = None,
    training_callback: TrainingCallback | None = None,
) -> Any:
    """Style a clip from file to file, or pictures one after the other; strokes move with things.

        semcs.stylize_video("clip.mp4", "styled.mp4", fg="gold", bg="starry night")
        frames = semcs.stylize_video([image, image], style="watercolor")
        first = next(frames)                # a picture of the same type

    A run from file to file that was interrupted, by `kill -9` as well, goes on where it was when
    the same call is made again, to the same bits: what is done is kept beside the output, in the
    hidden folder `.NAME.semcs-part`, until the output is whole.

    Args:
        source: Path of a video, GIF, animated WebP or APNG; or pictures of one size, each as
            `semcs.stylize` takes it.
        output: Path of the clip to write: .mp4, .m4v, .mov, .mkv, .webm, .gif, .webp or .png; sound
            comes along, but for animations. None for pictures.
        style: As of `semcs.stylize`, like all up to `avoid`; masks are those of the first frame.
        fg: See there.
        bg: See there.
        regions: See there; they are followed through the clip.
        mask: See there.
        rule: See there.
        invert_mask: See there.
        strength: See there.
        detail: See there.
        keep_color: See there.
        scale: See there.
        avoid: See there.
        preset: Name or `Preset`; "instant" by default. The others train a network first, on frames
            spread over the file, or on the first 24 pictures.
        size: Longest side in pixels to train and paint at, for those.
        seed: The same seed gives the same clip on one CPU, with the same versions and number of
            threads, for any number of workers.
        steps: Of training; None is the preset's number, 0 is the instant preset.
        start: Seconds at which to begin, of files.
        stop: Seconds at which to end, of files; the sound is cut with it.
        quality: 0 to 100, of files; by default the size comes near to the source's.
        workers: Processes that paint, 0 to 8; "auto" is 2 for files where there are two cores and
            the models are chosen by name and on the CPU, otherwise 0, which is this one.
        resume: Go on from an interrupted run; otherwise begin anew.
        models: "auto", "bundled", "paper" (see `semcs.load_family`), or a `ModelFamily`.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        progress: Show a bar on stderr where that is a terminal: of files, and of training.
        callback: Called with every styled frame (`index`, `time` in seconds, `rgb` uint8) that this
            run makes. `False`, and no other answer, ends the clip there.
        training_callback: Called with every frame that is looked at before a network is trained,
            then with every `Step` of its training. `False`, and no other answer, ends the training
            once each pair of frames had its step, and the clip is painted with what was learned;
            before the first step, as by "instant".

    Returns:
        A `ClipResult` of a file; an iterator over the styled pictures, each of the type that came
        in, otherwise.

    Raises:
        InputError: Something handed in can't be used.
        NotFoundError: What a region's words name isn't in the first frame.
        ModelUnavailableError: The paper models were asked for and can't be had.
        DivergenceError: The optimisation ran into NaN.
    """
    for name, value in (("progress", progress), ("resume", resume)):
        check_switch(name, value)
    callbacks: dict[str, Any] = {"callback": callback, "training_callback": training_callback}
    _check_callbacks(callbacks)
    is_file = isinstance(source, (str, os.PathLike))
    _check_kinds(source, output, is_file, {"start": start, "stop": stop, "quality": quality})
    part = Part(*check_times(start, stop))
    files = _open(source, output, part, quality) if is_file else None
    asked = check_asked(
        style,
        fg=fg,
        bg=bg,
        regions=regions,
        mask=mask,
        rule=rule,
        invert_mask=invert_mask,
        strength=strength,
        detail=detail,
        keep_color=keep_color,
        scale=scale,
        avoid=avoid,
        preset=preset,
        size=size,
        seed=seed,
        steps=steps,
        models=models,
        device=device,
        workers=0 if workers == "auto" and not is_file else workers,
    )
    if files is None:
        return style_stream(source, asked, progress=progress, **callbacks)
    asked = asked.with_masks_read(files[0].size)
    run = FileRun(asked, *files, Path(output or ""), part, quality, progress, **callbacks)
    return run.run(resume=resume)


def _check_callbacks(callbacks: Mapping[str, object]) -> None:
    """Whether they can be called, by their names.

    Raises:
        InputError: One can't.
    """
    for name, value in callbacks.items():
        if value is not None and not callable(value):
            raise InputError(f"{name} is {shown(value)}: a function is allowed")


def _check_kinds(
    source: object, output: object, is_file: bool, of_files: dict[str, object]
) -> None:
    """Whether source and output go together.

    Raises:
        InputError: They don't, or an option of files is given for pictures.
    """
    if is_file:
        if not isinstance(output, (str, os.PathLike)):
            refuse("output", output, "the path of the clip to write")
        return
    if isinstance(source, (bytes, bytearray)) or not isinstance(source, Iterable):
        refuse("source", source, "the path of a clip, or a sequence of pictures,")
    if output is not None:
        raise InputError("source holds pictures: the styled ones are given back, without output")
    for name, value in of_files.items():
        if value is not None:
            raise InputError(f"{name} is for clips that are files")


def _open(source: FilePath, output: Any, part: Part, quality: int | None) -> tuple[Reader, Writer]:
    """Both files.

    Raises:
        InputError: One of them can't be used.
    """
    check_clip_path(output)
    reader = open_reader(source)
    if os.path.exists(output) and os.path.samefile(source, output):
        raise InputError(f"output is the source itself, {os.fspath(source)!r}: choose another path")
    part.check(reader)
    return reader, open_writer(output, reader, quality=quality)
