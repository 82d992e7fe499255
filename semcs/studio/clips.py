"""A clip as a job: styled frame by frame, in a folder of its own within its page's."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from semcs.studio.asked import Asked, make_clip_ready
from semcs.studio.asking import ClipRequest
from semcs.studio.code import clip_command_of, clip_python_of
from semcs.studio.jobs import Cancelled, Job, Made, Means, Phase, Task
from semcs.studio.pages import Page, Video, new_id
from semcs.studio.placing import placed_in
from semcs.studio.refusals import Refused
from semcs.studio.results import Result, archive_of
from semcs.studio.videos import MEDIA, said_of
from semcs.video.files.reading import open_reader
from semcs.video.files.writing import open_writer
from semcs.video.frames import Frame
from semcs.video.part import Part, check_times

if TYPE_CHECKING:
    from semcs.video.runs.file_run import ClipResult

GIVE_WAY_SECONDS = 2.0  # that a frame waits for pictures, or as long as the one before took
CHECKED_EVERY = 2.0  # seconds, how much room there is


@dataclass(eq=False)
class KeptClip(Result):
    """A finished clip.

    Attributes:
        id: Of 128 random bits.
        photo: The id of its video's photo.
        video: The id of its video.
        file: The clip, alone in its folder.
        name: Under which it is downloaded.
        size: Width and height in pixels.
        clip_seconds: How long it lasts.
        frames: How many it has.
        file_size: In bytes.
        asked: What makes it again, to the bit.
        seconds: That it took.
        looks: What was made of each style.
        models: The family that painted it.
    """

    id: str
    photo: str
    video: str
    file: Path
    name: str
    size: tuple[int, int]
    clip_seconds: float
    frames: int
    file_size: int
    asked: Asked
    seconds: float
    looks: list[dict[str, Any]]
    models: str

    def about(self) -> dict[str, Any]:
        """What the page shows of it; `seconds` is how long it lasts, `taken` how long it took."""
        return {
            "id": self.id,
            "kind": "video",
            "photo": self.photo,
            "video": self.video,
            "url": self.url,
            "name": self.name,
            "type": MEDIA[self.file.suffix],
            "width": self.size[0],
            "height": self.size[1],
            "seconds": round(self.clip_seconds, 3),
            "frames": self.frames,
            "bytes": self.file_size,
            "taken": round(self.seconds, 3),
            "looks": self.looks,
            "request": dict(self.asked.request),
        }

    def delete(self) -> None:
        """Delete its files."""
        shutil.rmtree(self.file.parent, ignore_errors=True)

    def code(self) -> dict[str, str]:
        """What makes it again, to the bit."""
        return {
            "python": clip_python_of(self.asked, self.models, self.name),
            "command": clip_command_of(self.asked, self.models, self.name),
        }

    def archive(self) -> bytes:
        """A ZIP of its code, and of the files which that names, but for the source."""
        return archive_of({"clip.py": self.code()["python"].encode()}, self.asked.files()[1:])


class ClipTask(Task):
    """Styles a clip."""

    kind = "video"
    lane = "clips"

    def __init__(
        self, means: Means, page: Page, video: Video, look: ClipRequest, client: str
    ) -> None:
        """Check what is asked for.

        Args:
            means: To paint by.
            page: Whose the video is.
            video: That is styled.
            look: How it should look.
            client: Whose turn it takes.

        Raises:
            InputError: It makes no sense, or asks for what isn't in the video.
            Refused: With 404, as it names what isn't there.
        """
        self._asked = make_clip_ready(look, page, video, means.limits)
        self.photo: str = video.photo
        self.request, self.client = self._asked.request, client
        self._means, self._page, self._video = means, page, video
        self._folder = page.folder / f"{new_id()}.clip"
        said = self._asked.options.get
        self._part = part = Part(*check_times(said("start"), said("stop")))
        with said_of(video):
            reader = open_reader(video.file)
            part.check(reader)
            open_writer(page.folder / f"any{video.suffix}", reader, quality=said("quality"))
        self._steps = part.count(reader) or 0
        self._frame_seconds = 1 / (reader.rate or Fraction(25))
        self._count, self._last, self._checked = 0, Fraction(0), 0.0
        self._is_cut, self._begun = False, 0.0
        self.phase: Phase = "looking" if self._asked.is_slow else "painting"
        self._looked_at = 0
        self._steps_taken: int | None = None

    def about(self) -> dict[str, Any]:
        """See `Task`."""
        return {"photo": self.photo, "video": self._video.id}

    def take_turn(self, job: Job) -> Made:
        """Style it; see `Task`."""
        job.steps, self._begun = self._steps, time.monotonic()
        output = self._folder / f"styled{self._video.suffix}"
        with _folder(self._folder), said_of(self._video):
            self._place_masks()
            made = self._means.room.paint_clip(
                self._video.file,
                output,
                self._asked.plain_keywords(),
                lambda frame: self._note(frame, job),
                lambda seen: self._note_training(seen, job),
            )
            if job.is_cancelled:
                raise Cancelled
            kept = self._kept(made)
            self._means.pages.make_room(self._page, 0)
            with self._page.lock:
                self._page.results[kept.id] = kept
        return Made(kept, is_whole=not self._is_cut)

    def _place_masks(self) -> None:
        """Have masks be those of the clip's first frame, not its video's, where it begins later."""
        if self._part.start > 0:
            frame = next(self._part.frames(open_reader(self._video.file)), None)
            if frame is not None and frame.index:
                self._asked = placed_in(frame, self._asked, self._means.room, self._folder)

    def _note_training(self, seen: Any, job: Job) -> bool:
        """Note a frame that is looked at, or a step of the training; False where that should end.

        Raises:
            Cancelled: The job was.
        """
        if job.is_cancelled:
            raise Cancelled
        most = self._means.limits.clip_seconds
        if isinstance(seen, Frame):
            self._looked_at += 1
            goes_on = job.take_step(self._looked_at, self._steps, None, most)
        else:
            job.turn_to("training")
            goes_on = job.take_step(seen.index, seen.steps, seen.preview, most)
        if not goes_on or job.is_training_over:
            self._steps_taken = 0 if isinstance(seen, Frame) else seen.index
        return self._steps_taken is None

    def _note(self, frame: Frame, job: Job) -> bool:
        """Note a styled frame; False where it should be the last one.

        Raises:
            Cancelled: The job was.
            Refused: The page has no room for what there is.
        """
        if job.is_cancelled:
            raise Cancelled
        job.turn_to("painting")
        now = time.monotonic()
        if now - self._checked >= CHECKED_EVERY:
            self._means.pages.make_room(self._page, 0)
            self._checked = now
        self._count, self._last = self._count + 1, frame.time
        steps = max(self._steps, self._count) if self._steps else 0
        most = self._means.limits.clip_seconds
        goes_on = job.take_step(self._count, steps, lambda: frame.rgb, most)
        self._is_cut = not goes_on and not 0 < self._steps <= self._count
        if goes_on:  # pictures take half of the time at most
            self._means.work.give_way(max(GIVE_WAY_SECONDS, now - self._begun))
            self._begun = time.monotonic()
        return goes_on

    def _kept(self, made: ClipResult) -> KeptClip:
        asked, video = self._asked, self._video
        if self._steps_taken is not None:
            asked = asked.with_steps(self._steps_taken)
        if self._is_cut:  # rounded down, so that the next frame isn't before it
            stop = math.floor((self._last + self._frame_seconds) * 10**6) / 10**6
            asked = replace(asked, options={**asked.options, "stop": stop})
        return KeptClip(
            id=new_id(),
            photo=video.photo,
            video=video.id,
            file=made.output,
            name=f"{PurePath(video.name).stem}-styled{video.suffix}",
            size=(video.width, video.height),
            clip_seconds=made.clip_seconds,
            frames=made.frames,
            file_size=made.file_size,
            asked=asked,
            seconds=made.seconds,
            looks=made.looks,
            models=made.models["family"],
        )


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """A block that writes into a folder, which is deleted where the block fails.

    Raises:
        Refused: With 404, as the page was closed.
    """
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise Refused(404, "this is gone: the page that had it was closed") from error
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
