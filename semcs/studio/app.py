"""The app: all endpoints, behind the guard."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

import semcs
from semcs.studio.context import Studio
from semcs.studio.guard import API, Guard
from semcs.studio.refusals import answer_errors
from semcs.studio.room import Room
from semcs.studio.routes import (
    about,
    jobs,
    masks,
    pages,
    photos,
    results,
    score,
    site,
    stylize,
    thumbnails,
    videos,
)
from semcs.studio.settings import Settings

SWEEP_SECONDS = 5.0
_ENDPOINTS = (*(about, pages, photos, videos, masks, thumbnails, stylize, jobs, results, score),)
PAGE_SECONDS = 3.0  # that the page is waited for
FILES_SECONDS = 0.3  # that its files are

DESCRIPTION = """\
Style photos and clips by text: picture in, picture out, or jobs with progress. Nothing that is \
sent is kept longer than its page session: it is deleted when the session says goodbye, or after \
an hour without use.

A page session is an id that the client makes itself: 128 random bits, 22 to 64 letters out of \
A-Z a-z 0-9 - _, sent as the header X-Semcs-Page (or the query `page`). Photos, masks, results and \
jobs belong to it alone. `POST /stylize` and `POST /score` with forms need none.

Errors are JSON, {"error": "one clear line"}. A server that other machines can reach asks for its \
token, as `Authorization: Bearer TOKEN` (or the query `token`)."""

_log = logging.getLogger("semcs")


def create_app(settings: Settings | None = None, room: Room | None = None) -> FastAPI:
    """The app, to be served by any ASGI server.

        uvicorn --factory semcs.studio.app:create_app

    Args:
        settings: By default those of a server for this machine alone, at port 8765.
        room: Paints; by default with the models of the settings.
    """
    chosen = settings or Settings()
    app = FastAPI(
        title="semcs",
        version=semcs.__version__,
        description=DESCRIPTION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.studio = Studio(chosen, room)
    answer_errors(app)
    for module in _ENDPOINTS:
        app.include_router(module.router, prefix=API)
    app.include_router(site.docs)
    if chosen.page:
        app.include_router(site.page)
    app.add_middleware(Guard, settings=chosen)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    studio: Studio = app.state.studio
    sweeping = asyncio.create_task(_sweep(studio))
    threading.Thread(target=_warm, args=(studio,), name="semcs-warm", daemon=True).start()
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        studio.close()


async def _sweep(studio: Studio) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        await asyncio.to_thread(studio.pages.sweep)


def _warm(studio: Studio) -> None:
    """Load the networks; where that fails, the first picture says why.

    Not before the page is shown, as loading leaves little room for answers.
    """
    if studio.settings.page and studio.shown.wait(PAGE_SECONDS):
        time.sleep(FILES_SECONDS)
    try:
        studio.room.warm()
    except Exception as error:
        _log.error("the models can't be loaded: %s", error)
