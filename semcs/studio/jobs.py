"""Jobs: pictures and clips that are made while their page watches, stops or cancels them."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from PIL import Image

from semcs.studio.pages import Page, Pages, new_id
from semcs.studio.refusals import status_and_line
from semcs.studio.results import Result
from semcs.studio.room import Room
from semcs.studio.settings import Limits
from semcs.studio.uploads import picture_bytes
from semcs.studio.work import MORE, Lane, Piece, Work

PREVIEW_EVERY = 0.4  # seconds
PREVIEW_SIDE = 512  # pixels
MOST_KEPT = 200  # jobs of a page that are done

State = Literal["waiting", "running", "done", "failed", "stopped"]
Phase = Literal["looking", "training", "trained", "painting"]  # the last alone but for clips


@dataclass(frozen=True)
class Means:
    """What tasks work with."""

    room: Room
    pages: Pages
    limits: Limits
    work: Work


class Cancelled(Exception):
    """A job was cancelled while it ran."""


@dataclass(frozen=True)
class Made:
    """What a task came to.

    Attributes:
        result: None where it was stopped before there was anything.
        is_whole: Whether that is all that was asked for.
    """

    result: Result | None
    is_whole: bool


class Task(ABC):
    """What a job makes.

    Attributes:
        kind: As requests name it.
        request: As it was asked for, as JSON.
        photo: The id of the photo that it needs; None where it needs no certain one.
        lane: Where it waits.
        client: Whose turns it takes.
        phase: That a job of it begins with.
    """

    kind: ClassVar[str]
    request: Mapping[str, Any]
    photo: str | None
    lane: Lane
    client: str
    phase: Phase = "painting"

    @abstractmethod
    def take_turn(self, job: Job) -> Made | None:
        """Make it, or the next part of it: then None.

        Raises:
            Cancelled: The job was.
        """

    @abstractmethod
    def about(self) -> dict[str, Any]:
        """What it is made of, as the page is told it."""

    def discard(self) -> None:
        """Delete the parts that were made of what was cancelled."""
        return


class Job:
    """Something that is asked for.

    Attributes:
        id: Of 128 random bits.
        task: What is made.
        state: How far it is.
        step: The last one taken: of an optimisation, or a clip's frames, or a folder's photos.
        steps: How many there will be at most; 0 until that is known.
        is_training_over: Whether no network is to be trained any more.
        error: Why it failed; None where it didn't.
        result: What came of it.
        preview: The picture at the step `previewed`, as JPEG.
        previewed: See above; 0 where there is none yet.
    """

    def __init__(self, task: Task) -> None:
        self.id, self.task = new_id(), task
        self.state: State = "waiting"
        self.step = self.steps = self.previewed = 0
        self.preview = b""
        self.error: str | None = None
        self.status = 200
        self.result: Result | None = None
        self.piece: Piece | None = None
        self.is_stopping = self.is_training_over = self.is_cancelled = False
        self._phase = task.phase
        self._began: float | None = None
        self._ended: float | None = None
        self._first_step: tuple[int, float] | None = None
        self._shown_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    def about(self, work: Work) -> dict[str, Any]:
        """What its page is told."""
        said: dict[str, Any] = {
            "id": self.id,
            "kind": self.task.kind,
            **self.task.about(),
            "state": self.state,
            "phase": self.phase,
            "place": self.place(work),
            "step": self.step,
            "steps": self.steps,
            "seconds": round(self.seconds, 2),
            "seconds_left": self.seconds_left,
            "request": dict(self.task.request),
        }
        if self.error is not None:
            said["error"] = self.error
        if self.result is not None:
            said["result"] = self.result.about()
        if self.previewed:
            said["preview"] = f"/api/v1/jobs/{self.id}/preview?step={self.previewed}"
        return said

    def place(self, work: Work) -> int:
        """Its place in the queue, from 1; 0 once it has begun."""
        if self.state != "waiting" or self.piece is None:
            return 0
        return work.place(self.piece)

    @property
    def seconds(self) -> float:
        """That it has run."""
        if self._began is None:
            return 0.0
        return (self._ended or time.monotonic()) - self._began

    @property
    def seconds_left(self) -> float | None:
        """That it will run on, by the steps so far; None where that isn't known."""
        if self.state != "running" or self._first_step is None or not 1 < self.step <= self.steps:
            return None
        first, at = self._first_step
        each = (time.monotonic() - at) / max(1, self.step - first)
        return round(max(0.0, each * (self.steps - self.step)), 1)

    @property
    def phase(self) -> Phase:
        """What its steps are of; "trained" from a training that was stopped to the first frame."""
        is_before = self._phase != "painting"
        return "trained" if is_before and self.is_training_over else self._phase

    def begin(self) -> None:
        """It runs."""
        self.state, self._began = "running", time.monotonic()

    def turn_to(self, phase: Phase) -> None:
        """Count anew, where that is another phase."""
        if phase != self._phase:
            self._phase, self.step, self.steps, self._first_step = phase, 0, 0, None

    def stop(self) -> None:
        """Take no further step of what it does now; all frames of a clip follow its training."""
        if self.phase == "painting":
            self.is_stopping = True
        else:
            self.is_training_over = True

    def end(self, state: State) -> None:
        """It is over."""
        self._ended, self.state = time.monotonic(), state

    def take_step(
        self, step: int, steps: int, picture: Callable[[], Any] | None, most_seconds: float
    ) -> bool:
        """Note a step; False where it should be the last one.

        Args:
            step: Its number, from 1.
            steps: How many there will be at most; 0 where that isn't known.
            picture: Gives what is there so far, (H, W, 3) uint8; None where that is nothing.
            most_seconds: That all steps together may take.
        """
        now = time.monotonic()
        if self._first_step is None:
            self._first_step = (step, now)
        self.step, self.steps = step, steps
        if picture is not None and now - self._shown_at >= PREVIEW_EVERY:
            self.preview, self._shown_at = _small(picture()), now
            self.previewed = step
        return not (self.is_stopping or self.is_cancelled or self.seconds > most_seconds)


class Jobs:
    """Puts jobs in the queue, and runs them."""

    def __init__(self, work: Work, pages: Pages) -> None:
        self._work, self._pages = work, pages

    def start(self, page: Page, task: Task) -> Job:
        """Begin a job of a page.

        Raises:
            Refused: With 429, as too many wait.
        """
        job = Job(task)
        ready = threading.Event()

        def run() -> object:
            ready.wait()
            return self._run(page, job)

        job.piece = self._work.submit(task.client, run, task.lane)
        with page.lock:
            page.jobs[job.id] = job
            over = [one.id for one in page.jobs.values() if not one.is_open][:-MOST_KEPT]
            for id in over:
                del page.jobs[id]
        ready.set()
        return job

    def stop(self, job: Job) -> None:
        """See `Job.stop`; what there is is kept, and of one that waits, that is nothing."""
        job.stop()
        self._withdraw(job)

    def cancel(self, page: Page, job: Job) -> None:
        """Let go of a job and of what came of it so far."""
        job.is_cancelled = True
        with page.lock:
            page.jobs.pop(job.id, None)
        self._withdraw(job)

    def _withdraw(self, job: Job) -> None:
        """End what has not begun; what has, also where it waits for its next turn, ends itself."""
        if job.state == "waiting" and job.piece is not None and self._work.withdraw(job.piece):
            job.end("stopped")

    def _run(self, page: Page, job: Job) -> object:
        """Run a job, or one turn of it; gives it, or `MORE`."""
        try:
            if job.is_cancelled:
                raise Cancelled
            if job.state == "waiting":
                job.begin()
            made = job.task.take_turn(job)
            if made is None:
                return MORE
            job.result = made.result
            job.end("done" if made.is_whole else "stopped")
        except Cancelled:
            job.task.discard()
            job.end("stopped")
        except Exception as error:
            job.status, job.error = status_and_line(error)
            job.end("failed")
        if job.is_cancelled:
            self._pages.tidy(page)
        return job


def _small(picture: Any) -> bytes:
    image = Image.fromarray(picture)
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return picture_bytes(image, "JPEG")
