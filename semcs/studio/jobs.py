"""Jobs: pictures that are painted while their page watches, stops or cancels them."""

from __future__ import annotations

import io
import threading
import time
from typing import Any, Literal

from PIL import Image

from semcs.studio.asked import Asked
from semcs.studio.pages import Page, Pages, new_id
from semcs.studio.refusals import Refused, status_and_line
from semcs.studio.results import Kept, keep
from semcs.studio.room import Room
from semcs.studio.settings import Limits
from semcs.studio.work import Lane, Piece, Work

PREVIEW_EVERY = 0.4  # seconds
PREVIEW_SIDE = 512  # pixels
MOST_KEPT = 200  # jobs of a page that are done

State = Literal["waiting", "running", "done", "failed", "stopped"]


class Job:
    """A picture that is asked for.

    Attributes:
        id: Of 128 random bits.
        photo: The id of its photo.
        asked: How it should look.
        state: How far it is.
        step: The last one taken.
        steps: How many there will be at most; 0 until that is known.
        error: Why it failed; None where it didn't.
        result: What came of it.
        preview: The picture at the step `previewed`, as JPEG.
        previewed: See above; 0 where there is none yet.
    """

    def __init__(self, photo: str, asked: Asked, client: str) -> None:
        self.id, self.photo, self.asked, self.client = new_id(), photo, asked, client
        self.state: State = "waiting"
        self.step = self.steps = self.previewed = 0
        self.preview = b""
        self.error: str | None = None
        self.status = 200
        self.result: Kept | None = None
        self.piece: Piece | None = None
        self.is_stopping = self.is_cancelled = False
        self._began: float | None = None
        self._ended: float | None = None
        self._first_step: tuple[int, float] | None = None
        self._shown_at = 0.0

    @property
    def lane(self) -> Lane:
        """Where it waits."""
        return "slow" if self.asked.is_slow else "quick"

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    def about(self, work: Work) -> dict[str, Any]:
        """What its page is told."""
        said: dict[str, Any] = {
            "id": self.id,
            "photo": self.photo,
            "state": self.state,
            "place": self.place(work),
            "step": self.step,
            "steps": self.steps,
            "seconds": round(self.seconds, 2),
            "seconds_left": self.seconds_left,
            "request": dict(self.asked.request),
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
        if self.state != "running" or self._first_step is None or self.step < 2:
            return None
        first, at = self._first_step
        each = (time.monotonic() - at) / max(1, self.step - first)
        return round(max(0.0, each * (self.steps - self.step)), 1)

    def begin(self) -> None:
        """It runs."""
        self.state, self._began = "running", time.monotonic()

    def end(self, state: State) -> None:
        """It is over."""
        self._ended, self.state = time.monotonic(), state

    def take_step(self, step: Any, most_seconds: float) -> bool:
        """Note a step; False where it should be the last one."""
        now = time.monotonic()
        if self._first_step is None:
            self._first_step = (step.index, now)
        self.step, self.steps = step.index, step.steps
        if now - self._shown_at >= PREVIEW_EVERY:
            self.preview, self._shown_at = _small(step.preview()), now
            self.previewed = step.index
        return not (self.is_stopping or self.is_cancelled or self.seconds > most_seconds)


class Jobs:
    """Puts jobs in the queue, and runs them."""

    def __init__(self, work: Work, room: Room, pages: Pages, limits: Limits) -> None:
        self._work, self._room, self._pages, self._limits = work, room, pages, limits

    def start(self, page: Page, photo: str, asked: Asked, client: str) -> Job:
        """Begin a job of a page.

        Raises:
            Refused: With 429, as too many wait.
        """
        job = Job(photo, asked, client)
        ready = threading.Event()

        def run() -> Job:
            ready.wait()
            return self._run(page, job)

        job.piece = self._work.submit(client, run, job.lane)
        with page.lock:
            page.jobs[job.id] = job
            over = [one.id for one in page.jobs.values() if not one.is_open][:-MOST_KEPT]
            for id in over:
                del page.jobs[id]
        ready.set()
        return job

    def stop(self, job: Job) -> None:
        """Take no further step, and keep what there is; of one that waits, that is nothing."""
        job.is_stopping = True
        if job.piece is not None and self._work.withdraw(job.piece):
            job.end("stopped")

    def cancel(self, page: Page, job: Job) -> None:
        """Let go of a job and of what came of it so far."""
        job.is_cancelled = True
        with page.lock:
            page.jobs.pop(job.id, None)
        if job.piece is not None and self._work.withdraw(job.piece):
            job.end("stopped")

    def _run(self, page: Page, job: Job) -> Job:
        if job.is_cancelled:
            job.end("stopped")
            return job
        job.begin()
        try:
            self._paint(page, job)
        except Exception as error:
            job.status, job.error = status_and_line(error)
            job.end("failed")
        return job

    def _paint(self, page: Page, job: Job) -> None:
        def on_step(step: Any) -> bool:
            return job.take_step(step, self._limits.seconds)

        result, steps = self._room.paint(
            job.asked.photo.path, job.asked.keywords(self._room), on_step
        )
        if job.is_cancelled:
            job.end("stopped")
            return
        job.result = keep(page, self._pages, job.photo, job.asked, result, steps)
        job.end("stopped" if job.is_stopping and steps < job.steps else "done")


def raise_failure(job: Job) -> None:
    """Raise what a job failed by.

    Raises:
        Refused: It did.
    """
    if job.error is not None:
        raise Refused(job.status, job.error)


def _small(picture: Any) -> bytes:
    image = Image.fromarray(picture)
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
