"""The looks as thumbnails of the person's own photo."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

import semcs
from semcs.studio.asking import ThumbnailRequest
from semcs.studio.context import Studio, ThePage, TheStudio, client_of
from semcs.studio.pages import Page, Photo
from semcs.studio.refusals import Refused
from semcs.studio.room import THUMBNAIL_RATIO, content_of, reduced, write
from semcs.studio.routes.answers import content, problems
from semcs.studio.streams import event, stream
from semcs.studio.work import Piece

AT_ONCE = 4  # thumbnails of one client that wait or are painted

router = APIRouter(prefix="/photos/{id}/thumbnails", tags=["thumbnails"])

EVENTS = content("text/event-stream", schema={"type": "string"})


@router.post("", responses={200: EVENTS, **problems(429)}, response_class=StreamingResponse)
async def paint_all(
    request: Request, studio: TheStudio, page: ThePage, id: str, wanted: ThumbnailRequest
) -> StreamingResponse:
    """Paint a photo, made small, in many looks: an event `{"look", "url"}` for each, in order.

    The stream ends after the last one. Ending it sooner ends the painting.
    """
    photo = page.find(page.photos, id, "photo")
    mask = _mask_of(page, photo, wanted.mask)
    known = set(semcs.looks.names())
    if missing := [look for look in wanted.looks if look not in known]:
        raise Refused(400, f"there is no look {missing[0][:60]!r}: GET /api/v1/looks lists all")
    client = f"thumbnails of {client_of(request)}"  # whose picture doesn't wait for them
    paint = partial(_painted, studio, page, photo, mask)
    return stream(_events(studio, client, photo, wanted, paint))


@router.get(
    "/{look}",
    responses={200: content("image/jpeg"), **problems(429)},
    response_class=Response,
)
async def show(
    request: Request,
    studio: TheStudio,
    page: ThePage,
    id: str,
    look: str,
    side: Annotated[int, Query(ge=32, le=256)] = 96,
    mask: Annotated[str | None, Query(description="Id of the mask that is painted.")] = None,
) -> Response:
    """One thumbnail as JPEG, painted now where it wasn't yet."""
    photo = page.find(page.photos, id, "photo")
    region = _mask_of(page, photo, mask)
    if look not in semcs.looks.names():
        raise Refused(404, f"there is no look {look[:60]!r}")
    data = await studio.do(
        request,
        lambda: content_of(_painted(studio, page, photo, region, look, side)),
        f"thumbnails of {client_of(request)}",
    )
    return Response(data, media_type="image/jpeg")


async def _events(
    studio: Studio, client: str, photo: Photo, wanted: ThumbnailRequest, paint: partial[Path]
) -> AsyncIterator[bytes]:
    left, begun = deque(wanted.looks), deque[tuple[str, Piece]]()
    try:
        while left or begun:
            while left and len(begun) < AT_ONCE:
                look = left.popleft()
                run = partial(paint, look, wanted.side)
                begun.append((look, studio.work.submit(client, run)))
            look, piece = begun.popleft()
            await asyncio.wrap_future(piece.done)
            url = f"/api/v1/photos/{photo.id}/thumbnails/{quote(look, safe='')}?side={wanted.side}"
            mask = "" if wanted.mask is None else f"&mask={wanted.mask}"
            yield event("message", {"look": look, "url": url + mask})
    except Refused as refused:  # the headers are sent: it is told as an event
        yield event("failed", {"error": refused.line})
    finally:
        for _, piece in begun:
            studio.work.withdraw(piece)


def _mask_of(page: Page, photo: Photo, id: str | None) -> Path | None:
    if id is None:
        return None
    mask = page.find(page.masks, id, "mask")
    if mask.photo != photo.id:
        raise Refused(400, "this mask is one of another photo")
    return mask.file


def _painted(
    studio: Studio, page: Page, photo: Photo, mask: Path | None, look: str, side: int
) -> Path:
    """The file of a thumbnail, painted where it isn't there yet."""
    number = semcs.looks.names().index(look)
    of = "" if mask is None else f"-{mask.stem}"
    file = page.folder / f"{photo.id}-{number}{of}-{side}.jpg"
    if not file.exists():
        small = reduced(photo.file, side * THUMBNAIL_RATIO)
        region = None if mask is None else reduced(mask, side * THUMBNAIL_RATIO)
        write(file, studio.room.thumbnail(small, look, region, side))
    return file
