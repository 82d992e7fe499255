"""What every endpoint works with: the server's parts, and the page that asks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Query, Request

from semcs.studio.jobs import Jobs, Means
from semcs.studio.pages import HEADER, Page, Pages
from semcs.studio.refusals import Refused
from semcs.studio.room import Room
from semcs.studio.settings import Settings
from semcs.studio.work import Piece, Work

FRAME_SECONDS = 5.0  # that a clip's last frame may take when the server is stopped
POLL_SECONDS = 0.25  # how soon it is seen that a client has gone

ValueT = TypeVar("ValueT")


class Studio:
    """The parts of a server."""

    def __init__(self, settings: Settings, room: Room | None = None) -> None:
        """Start the threads that paint, and make the folder of all pages.

        Args:
            settings: See there.
            room: Paints; by default with the models of the settings.
        """
        limits = settings.limits
        self.settings = settings
        self.room = room or Room(settings.models, settings.device)
        self.pages = Pages(limits)
        self.work = Work(
            settings.workers,
            waiting=limits.waiting,
            waiting_each=limits.waiting_each,
            prepare=self.room.prepare,
        )
        self.means = Means(self.room, self.pages, limits, self.work)
        self.jobs = Jobs(self.work, self.pages)
        self.receiving = 0  # videos that are being uploaded
        self.shown = threading.Event()  # the page was asked for
        self.pages.when_gone.append(self._let_go)

    def close(self) -> None:
        """Stop, and delete all pages, and what a clip has written meanwhile."""
        self.work.close()
        self.pages.close()
        self.work.wait_for_clip(FRAME_SECONDS)
        self.pages.close()

    def _let_go(self, page: Page) -> None:
        for job in list(page.jobs.values()):
            self.jobs.cancel(page, job)
        self.room.forget(page.folder)

    async def do(self, request: Request, run: Callable[[], ValueT], client: str = "") -> ValueT:
        """Have the threads do something, in its turn.

        Raises:
            Refused: With 429, as too much waits.
        """
        piece = self.work.submit(client or client_of(request), run)
        found: ValueT = await self.wait(request, piece, lambda: self.work.withdraw(piece))
        return found

    async def wait(self, request: Request, piece: Piece, gone: Callable[[], Any]) -> Any:
        """What a piece of work gives.

        Args:
            request: Whose client may go meanwhile.
            piece: Of work.
            gone: Called then, to stop it.
        """
        done = asyncio.wrap_future(piece.done)
        told = False
        try:
            while not (await asyncio.wait([done], timeout=POLL_SECONDS))[0]:
                if not told and await request.is_disconnected():
                    told = True
                    gone()
            return done.result()
        except (CancelledError, asyncio.CancelledError) as error:
            if not done.cancelled():
                gone()
                raise
            raise Refused(409, "this was cancelled") from error


def studio_of(request: Request) -> Studio:
    """The server's parts."""
    found: Studio = request.app.state.studio
    return found


def client_of(request: Request) -> str:
    """Whose turn a request takes: its page's, or its machine's."""
    page = _id_of(request)
    return page or f"from {request.client.host if request.client else 'nowhere'}"


def _id_of(request: Request) -> str:
    return request.headers.get(HEADER) or request.query_params.get("page") or ""


def _page_id(
    request: Request,
    _header: Annotated[
        str | None,
        Header(
            alias=HEADER,
            description="The page session: a random id of 128 bits, 22 to 64 letters out of "
            "`A-Z a-z 0-9 - _`, that the client makes itself.",
        ),
    ] = None,
    _page: Annotated[
        str | None, Query(alias="page", description="The same, where no header can be sent.")
    ] = None,
) -> str:
    return _id_of(request)


def page_of(request: Request, id: Annotated[str, Depends(_page_id)]) -> Page:
    """The page that asks.

    Raises:
        Refused: With 400 or 404, as there is none.
    """
    return studio_of(request).pages.open(id)


def new_page_of(request: Request, id: Annotated[str, Depends(_page_id)]) -> Page:
    """The page that asks, made where it is new."""
    return studio_of(request).pages.open(id, make=True)


ThePage = Annotated[Page, Depends(page_of)]
NewPage = Annotated[Page, Depends(new_page_of)]
PageId = Annotated[str, Depends(_page_id)]
TheStudio = Annotated[Studio, Depends(studio_of)]
