"""The same look on many photos, as one job that gives way after each."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import numpy as np

from semcs.errors import InputError
from semcs.studio.asked import Asked, make_ready
from semcs.studio.asking import FolderRequest
from semcs.studio.code import folder_command_of, folder_python_of
from semcs.studio.jobs import Cancelled, Job, Made, Means, Task
from semcs.studio.pages import Page, new_id
from semcs.studio.pictures import paint
from semcs.studio.refusals import Refused, status_and_line
from semcs.studio.results import Kept, Result, archive_of

NAME = "photos-styled.zip"
GONE = "this picture was deleted"


@dataclass(frozen=True)
class Entry:
    """What came of one photo.

    Attributes:
        photo: Its id.
        name: Its file's.
        result: The id of the picture; "" where there is none.
        error: Why; "" where there is one.
    """

    photo: str
    name: str
    result: str = ""
    error: str = ""


@dataclass(eq=False)
class KeptFolder(Result):
    """Many pictures, each of which is a result of its own as well.

    Attributes:
        id: Of 128 random bits.
        page: Whose they are.
        entries: What came of each photo, in their order.
        asked: How they were asked for; its photo is any of them.
        models: The family that painted them.
        seconds: That all took.
        request: As it was asked for, as JSON.
    """

    id: str
    page: Page
    entries: tuple[Entry, ...]
    asked: Asked
    models: str
    seconds: float
    request: Mapping[str, Any]
    photo: None = field(default=None, init=False)

    def about(self) -> dict[str, Any]:
        """What the page shows of it."""
        return {
            "id": self.id,
            "kind": "folder",
            "url": self.url,
            "name": NAME,
            "seconds": round(self.seconds, 3),
            "pictures": [self._about(entry) for entry in self.entries],
            "request": dict(self.request),
        }

    def _about(self, entry: Entry) -> dict[str, Any]:
        kept = self.page.results.get(entry.result)
        if kept is None:
            return {"photo": entry.photo, "error": entry.error or GONE}
        shown = {"id": kept.id, "url": kept.url, "width": kept.width, "height": kept.height}
        return {"photo": entry.photo, "result": shown}

    def delete(self) -> None:
        """Nothing: its pictures stay."""

    def code(self) -> dict[str, str]:
        """What makes the same of a folder of photos."""
        return {
            "python": folder_python_of(self.asked, self.models),
            "command": folder_command_of(self.asked, self.models),
        }

    def archive(self) -> bytes:
        """A ZIP of its code, and of the files which that names, but for the photos."""
        return archive_of({"folder.py": self.code()["python"].encode()}, self.asked.files()[1:])

    def named(self, suffix: str) -> list[tuple[str, Kept]]:
        """The pictures that are still there, by names of files: those of their photos.

        No two are the same, also where small and capital letters are one.
        """
        found, taken = [], set[str]()
        for entry in self.entries:
            kept = self.page.results.get(entry.result)
            if kept is None:
                continue
            stem = PurePath(entry.name).stem
            name, number = f"{stem}{suffix}", 2
            while name.casefold() in taken:
                name, number = f"{stem}-{number}{suffix}", number + 1
            taken.add(name.casefold())
            found.append((name, kept))
        return found


class FolderTask(Task):
    """Paints a photo a turn."""

    kind = "folder"
    photo = None

    def __init__(self, means: Means, page: Page, look: FolderRequest, client: str) -> None:
        """Check what is asked for.

        Args:
            means: To paint by.
            page: Whose the photos are.
            look: How they should look.
            client: Whose turns it takes; not before its single pictures.

        Raises:
            InputError: It makes no sense.
            Refused: With 404, as a photo isn't there.
        """
        if look.mask is not None or any(region.mask for region in look.regions or ()):
            raise InputError("a mask is of one photo: many are styled by words, sides or rest")
        if look.side is not None:
            raise InputError("side is for single photos: many are painted at their own sizes")
        ids = [*dict.fromkeys(look.photos)]
        self._photos = [page.find(page.photos, id, "photo") for id in ids]
        self._asked = make_ready(look, page, self._photos[0], means.limits)
        self._means, self._page, self._look = means, page, look
        self.request, self.client = self._asked.request, f"folder of {client}"
        self.lane = "slow" if self._asked.is_slow else "quick"
        self._entries: list[Entry] = []
        self._models = ""

    def about(self) -> dict[str, Any]:
        """See `Task`."""
        return {"photos": [photo.id for photo in self._photos]}

    def take_turn(self, job: Job) -> Made | None:
        """Paint the next photo; see `Task`."""
        photo = self._photos[len(self._entries)]
        shown: Any = None
        try:
            kept = self._paint(photo.id, job)
        except Cancelled:
            raise
        except Exception as error:
            entry = Entry(photo.id, photo.name, error=status_and_line(error)[1])
        else:
            entry, shown = Entry(photo.id, photo.name, result=kept.id), kept.image
        self._entries.append(entry)
        done, count = len(self._entries), len(self._photos)
        if shown is None:
            job.step, job.steps = done, count
        else:
            job.take_step(done, count, lambda: np.asarray(shown.convert("RGB")), np.inf)
        if done < count and not job.is_stopping:
            return None
        return Made(self._result(job), is_whole=done == count)

    def discard(self) -> None:
        """Delete what was painted; see `Task`."""
        for entry in self._entries:
            with self._page.lock:
                kept = self._page.results.pop(entry.result, None)
            if kept is not None:
                kept.delete()

    def _paint(self, id: str, job: Job) -> Kept:
        page, means = self._page, self._means
        photo = page.find(page.photos, id, "photo")
        asked = make_ready(self._look, page, photo, means.limits)
        end = time.monotonic() + means.limits.seconds

        def on_step(_step: Any) -> bool:
            return not (job.is_cancelled or job.is_stopping or time.monotonic() > end)

        kept, _ = paint(means, page, id, asked, job, on_step)
        self._models = kept.models
        return kept

    def _result(self, job: Job) -> KeptFolder:
        """All that there is.

        Raises:
            Refused: Nothing is.
        """
        if not self._models:
            raise Refused(400, f"no photo could be styled: {self._entries[0].error}")
        kept = KeptFolder(
            new_id(), self._page, tuple(self._entries), self._asked, self._models, job.seconds,
            self.request,
        )  # fmt: skip
        with self._page.lock:
            self._page.results[kept.id] = kept
        return kept
