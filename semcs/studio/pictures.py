"""One picture as a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from semcs.studio.asked import Asked
from semcs.studio.jobs import Cancelled, Job, Made, Means, Task
from semcs.studio.pages import Page
from semcs.studio.results import Kept, keep


class PictureTask(Task):
    """Paints a photo."""

    kind = "stylize"

    def __init__(self, means: Means, page: Page, photo: str, asked: Asked, client: str) -> None:
        """Prepare it.

        Args:
            means: To paint by.
            page: Whose it is.
            photo: The id of the photo.
            asked: How it should look.
            client: Whose turn it takes.
        """
        self.photo: str = photo
        self.request, self.client = asked.request, client
        self.lane = "slow" if asked.is_slow else "quick"
        self._means, self._page, self._asked = means, page, asked

    def about(self) -> dict[str, Any]:
        """See `Task`."""
        return {"photo": self.photo}

    def take_turn(self, job: Job) -> Made:
        """Paint it; see `Task`."""
        means = self._means

        def on_step(step: Any) -> bool:
            return job.take_step(step.index, step.steps, step.preview, means.limits.seconds)

        kept, steps = paint(means, self._page, self.photo, self._asked, job, on_step)
        return Made(kept, is_whole=not (job.is_stopping and steps < job.steps))


def paint(
    means: Means, page: Page, photo: str, asked: Asked, job: Job, on_step: Callable[[Any], bool]
) -> tuple[Kept, int]:
    """Paint a photo for a job, and keep it.

    Args:
        means: To paint by.
        page: Whose it is.
        photo: The id of the photo.
        asked: How it should look.
        job: That it is for.
        on_step: As of `Room.paint`.

    Returns:
        It, and the steps taken.

    Raises:
        Cancelled: The job was, meanwhile.
        Refused: There is no room for it.
    """
    result, steps = means.room.paint(asked.photo.path, asked.keywords(means.room), on_step)
    if job.is_cancelled:
        raise Cancelled
    return keep(page, means.pages, photo, asked, result, steps), steps
