"""Page sessions: what one page of the browser has here, in a folder that goes with it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from semcs.studio.refusals import Refused
from semcs.studio.settings import Limits

HEADER = "X-Semcs-Page"
_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")  # 128 bits and more

ThingT = TypeVar("ThingT")


def new_id() -> str:
    """An id of 128 random bits."""
    return secrets.token_urlsafe(16)


@dataclass(eq=False)
class Photo:
    """A photo that was uploaded.

    Attributes:
        id: Of 128 random bits.
        name: Its file's, harmless on any command line.
        file: Its bytes, as they came.
        width: Upright, in pixels.
        height: The same.
    """

    id: str
    name: str
    file: Path
    width: int
    height: int


@dataclass(eq=False)
class Mask:
    """A region of a photo.

    Attributes:
        id: Of 128 random bits.
        photo: The id of its photo.
        file: An 8-bit grey PNG of the photo's size.
        sureness: How sure the salient object is, 0 to 1; None of any other mask.
        place: "foreground", or the words that it was found by, where these alone find it again in
            another picture; "" of any other mask.
    """

    id: str
    photo: str
    file: Path
    sureness: float | None = None
    place: str = ""


@dataclass(eq=False)
class StylePicture:
    """A picture that is a style.

    Attributes:
        id: Of 128 random bits.
        name: Its file's.
        file: Its bytes, as they came.
    """

    id: str
    name: str
    file: Path


@dataclass(eq=False)
class Video:
    """A clip that was uploaded.

    Attributes:
        id: Of 128 random bits.
        name: Its file's, harmless on any command line.
        file: Its bytes, as they came.
        photo: The id of its first frame, which is a photo of the page.
        width: Upright, in pixels.
        height: The same.
        seconds: How long it lasts; None where the file doesn't say, as for the next two.
        frames: How many it has.
        rate: Frames a second.
        sound: Whether it has any.
        media: Its type.
        suffix: Of what is made of it, such as ".mp4".
        moments: Ids of other frames that were looked at, by their seconds, the oldest first.
    """

    id: str
    name: str
    file: Path
    photo: str
    width: int
    height: int
    seconds: float | None
    frames: int | None
    rate: float | None
    sound: bool
    media: str
    suffix: str
    moments: dict[float, str] = field(default_factory=dict)


@dataclass(eq=False)
class Page:
    """All that one page has.

    Attributes:
        id: That the page made itself.
        folder: Of its files.
        used: When it last asked for anything.
        leaving: When it said goodbye; None again once it asks for anything.
        photos: By id, as the others.
        videos: See above.
        masks: See above.
        styles: See above.
        results: Finished pictures, clips and folders, the oldest first (`semcs.studio.results`).
        jobs: See `semcs.studio.jobs.Job`.
    """

    id: str
    folder: Path
    used: float
    leaving: float | None = None
    photos: dict[str, Photo] = field(default_factory=dict)
    videos: dict[str, Video] = field(default_factory=dict)
    masks: dict[str, Mask] = field(default_factory=dict)
    styles: dict[str, StylePicture] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    jobs: dict[str, Any] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def find(self, things: dict[str, ThingT], id: str, what: str) -> ThingT:
        """One of its things; another page's is as one that isn't there.

        Raises:
            Refused: With 404, as there is none of that id.
        """
        found = things.get(id)
        if found is None:
            raise Refused(404, f"there is no such {what}")
        return found

    def bytes(self) -> int:
        """What its files hold."""
        found = os.walk(self.folder)  # which passes over what is deleted meanwhile
        return sum(_size(Path(folder, name)) for folder, _, names in found for name in names)


class Pages:
    """All page sessions of a server, in one temporary folder that only its user can read."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        """Make the folder.

        Args:
            limits: When pages are deleted, and what they may hold.
            clock: Gives the seconds since any moment.
        """
        self._limits, self._clock = limits, clock
        self.folder = Path(tempfile.mkdtemp(prefix="semcs-studio-"))  # of mode 700
        self._pages: dict[str, Page] = {}
        self._lock = threading.Lock()
        self.when_gone: list[Callable[[Page], None]] = []

    def open(self, id: str, *, make: bool = False) -> Page:
        """The page of an id.

        Args:
            id: That the page made itself.
            make: Make it where it is new: it brings its first photo.

        Raises:
            Refused: With 400, as the id is none; 404, as there is no such page; or 429, as there
                are too many.
        """
        if not _ID.fullmatch(id):
            raise Refused(
                400, f"{HEADER} has to be a random id of 22 to 64 letters out of A-Z a-z 0-9 - _"
            )
        with self._lock:
            page = self._pages.get(id)
            if page is None and not make:
                raise Refused(404, "this page has no photo here: it was closed, or too long unused")
            if page is None:
                page = self._make(id)
            page.used, page.leaving = self._clock(), None
            return page

    def _make(self, id: str) -> Page:
        if len(self._pages) >= self._limits.pages:
            raise Refused(429, "too many pages are open: try again later", retry_after=60)
        folder = self.folder / new_id()
        folder.mkdir(mode=0o700)
        page = self._pages[id] = Page(id, folder, self._clock())
        return page

    def say_goodbye(self, id: str) -> None:
        """Have a page deleted soon, unless it asks for anything: a page loaded anew does."""
        with self._lock:
            if page := self._pages.get(id):
                page.leaving = self._clock()

    def sweep(self) -> None:
        """Delete the pages whose time is over."""
        now = self._clock()
        with self._lock:
            over = [page for page in self._pages.values() if self._is_over(page, now)]
        for page in over:
            self.drop(page)

    def drop(self, page: Page) -> None:
        """Delete a page and all its files."""
        with self._lock:
            self._pages.pop(page.id, None)
        for told in self.when_gone:
            told(page)
        shutil.rmtree(page.folder, ignore_errors=True)

    def tidy(self, page: Page) -> None:
        """Delete what was written for a page while it was being dropped."""
        with self._lock:
            is_there = self._pages.get(page.id) is page
        if not is_there:
            shutil.rmtree(page.folder, ignore_errors=True)

    def make_room(self, page: Page, bytes: int) -> None:
        """Find room for a file of a page; its own oldest results go first.

        Raises:
            Refused: With 413, as the page has too much, or 429, as all pages together have.
        """
        with page.lock:
            own = page.bytes()
            while own + bytes > self._limits.page_bytes and page.results:
                page.results.pop(next(iter(page.results))).delete()
                own = page.bytes()
            if own + bytes > self._limits.page_bytes:
                raise Refused(413, "this page holds too much: remove a photo or a video")
        with self._lock:
            others = [other for other in self._pages.values() if other is not page]
        if own + bytes + sum(other.bytes() for other in others) > self._limits.total_bytes:
            raise Refused(429, "all room is taken: try again later", retry_after=60)

    def close(self) -> None:
        """Delete all of it."""
        for page in list(self._pages.values()):
            self.drop(page)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def _is_over(self, page: Page, now: float) -> bool:
        if any(job.is_open for job in page.jobs.values()) and page.leaving is None:
            return False
        left = page.leaving is not None and now - page.leaving >= self._limits.leave_seconds
        return left or now - page.used >= self._limits.idle_seconds


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # deleted meanwhile
        return 0
