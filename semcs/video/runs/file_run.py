"""A clip from file to file, in chunks, so that a run that was killed goes on at the next one."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from semcs.bars import Bar
from semcs.errors import InputError
from semcs.runs.digest import hash_of, hash_of_file, hash_of_weights, versions
from semcs.runs.resuming import can_be_resumed
from semcs.style.presets import Preset
from semcs.video.asked import Asked, Callback, TrainingCallback
from semcs.video.files.clip import Reader, Writer, last_end
from semcs.video.frames import Frame
from semcs.video.part import Part
from semcs.video.runs.journal import Journal, Progress
from semcs.video.styling import ClipStyler
from semcs.video.training.clip_training import styler_of, train_on
from semcs.video.training.trained_style import TrainedStyle
from semcs.video.workers.painters import Painters

CHUNK, CHUNK_BYTES = 48, 96 * 2**20  # frames, bytes of their pixels: that a chunk has at most
GUESSED = 48  # frames of a clip that doesn't say how many it has

_log = logging.getLogger("semcs")


@dataclass(frozen=True)
class ClipResult:
    """What `stylize_video` wrote.

    Attributes:
        output: The file.
        frames: How many frames it has.
        clip_seconds: How long it lasts.
        seconds: How long it took.
        kept: Frames that an interrupted run had made before.
        looks: What was made of each text.
        models: Names of the networks, by their roles, and that of their family.
        preset: All options.
        seed: Of all random numbers.
        file_size: Of the file, in bytes.
    """

    output: Path
    frames: int
    clip_seconds: float
    seconds: float
    kept: int
    looks: list[dict[str, Any]]
    models: dict[str, str]
    preset: Preset
    seed: int
    file_size: int


@dataclass(frozen=True, eq=False)
class FileRun:
    """A clip on its way from file to file.

    Attributes:
        asked: What it should look like.
        reader: Of the source.
        writer: Of the output.
        output: Its path.
        part: Which part of it.
        quality: As of `open_writer`.
        progress: Show a bar on stderr where that is a terminal.
        callback: Called with every styled frame.
        training_callback: As of `stylize_video`.
    """

    asked: Asked
    reader: Reader
    writer: Writer
    output: Path
    part: Part
    quality: int | None
    progress: bool
    callback: Callback | None
    training_callback: TrainingCallback | None

    def run(self, *, resume: bool) -> ClipResult:
        """Style it, from where an interrupted run got to.

        Raises:
            InputError: A file can't be read or written, or another run makes the same output.
            NotFoundError: What a region's words name isn't in the first frame.
            DivergenceError: The optimisation ran into NaN.
        """
        began = time.monotonic()
        with can_be_resumed(str(self.output)), Journal(self.output) as journal:
            journal.begin(self._about(), resume=resume)
            kept = journal.progress.frames
            if kept:
                _log.info("%s: goes on after %d frames", os.fspath(self.output), kept)
            with closing(self.asked.crew()) as painters:
                styler = self._styler(journal, painters)
                done, stop = self._style(styler, journal)
            self.writer.join([journal.chunk(n) for n in range(done.chunks)], self.part.start, stop)
            journal.remove()
        family = self.asked.family
        return ClipResult(
            output=self.output,
            frames=done.frames,
            clip_seconds=float(last_end(self.reader, done.last, stop) - self.part.start),
            seconds=time.monotonic() - began,
            kept=kept,
            looks=styler.looks,
            models={"family": family.name, **family.loaded()},
            preset=styler.preset,
            seed=self.asked.request.seed,
            file_size=self.output.stat().st_size,
        )

    def _about(self) -> dict[str, str]:
        """Hashes of all that the clip is made from."""
        asked, suffix = self.asked, self.output.suffix.lower()
        said = (asked.request, asked.preset, self.part, self.quality, suffix, CHUNK, CHUNK_BYTES)
        return {
            "source": hash_of_file(self.reader.path),
            "options": hash_of(said),
            "models": hash_of_weights(asked.family),
            "versions": hash_of(versions()),
        }

    def _styler(self, journal: Journal, painters: Painters) -> ClipStyler:
        """What styles the next chunk.

        Raises:
            InputError: There is no frame between start and stop.
        """
        if next(self.part.frames(self.reader), None) is None:
            raise InputError(f"{self.reader.path!r} has no frame between start and stop")
        styler = styler_of(self.asked, painters, self._trained(journal, painters))
        if journal.progress.chunks:
            styler.restore(journal.state)
        return styler

    def _trained(self, journal: Journal, painters: Painters) -> TrainedStyle | None:
        """The network of an optimised preset: the one that is kept, or a new one."""
        if not self.asked.trains:
            return None
        if not journal.trained.exists():
            if journal.progress.chunks:
                return None  # as the frames before were painted
            frames, count = self.part.frames(self.reader), self.part.count(self.reader) or GUESSED
            trained = train_on(
                frames,
                count,
                self.asked,
                painters,
                progress=self.progress,
                callback=self.training_callback,
            )
            if trained is None:
                return None
            trained.save(journal.trained)
        return TrainedStyle.load(journal.trained, self.asked.family.device)

    def _style(self, styler: ClipStyler, journal: Journal) -> tuple[Progress, Fraction | None]:
        """Style all chunks that aren't there yet.

        Returns:
            How far the clip has come, and when it ends.
        """
        done = journal.progress
        frames = self.part.frames(self.reader, done.next)
        with self._bar(done) as bar:
            while True:
                begun = islice(frames, chunk_length(self.reader.size))
                chunk, is_last = self._chunk(styler.style(begun), bar)
                if not chunk:
                    return done, self.part.stop
                self.writer.encode_chunk(chunk, journal.chunk(done.chunks))
                done = done.after(len(chunk), chunk[-1].index + 1, chunk[-1].time)
                if is_last:
                    return done, done.last + 1 / (self.reader.rate or Fraction(25))
                journal.save(done, styler.state())

    def _chunk(self, styled: Iterator[Frame], bar: Bar) -> tuple[list[Frame], bool]:
        """The frames of a chunk, and whether the callback ends the clip with them."""
        chunk = []
        for frame in styled:
            chunk.append(frame)
            bar.update()
            if self.callback is not None and self.callback(frame) is False:
                return chunk, True
        return chunk, False

    def _bar(self, done: Progress) -> Bar:
        count = self.part.count(self.reader)
        off = None if self.progress else True
        return Bar(total=count, initial=done.frames, unit="frame", disable=off)


def chunk_length(size: tuple[int, int]) -> int:
    """Frames in a chunk of a clip of this height and width."""
    return max(1, min(CHUNK, CHUNK_BYTES // (3 * size[0] * size[1])))
