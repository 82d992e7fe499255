"""Picture in, picture out."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from semcs.studio.asked import is_slow, make_ready
from semcs.studio.asking import Look, StyleRequest
from semcs.studio.context import PageId, Studio, TheStudio, client_of
from semcs.studio.pages import Page, Photo, new_id
from semcs.studio.pictures import PictureTask
from semcs.studio.refusals import Refused
from semcs.studio.results import KINDS, Kept, download, keep
from semcs.studio.routes.answers import content, file_body, problems
from semcs.studio.uploads import file_of, keep_mask, keep_photo, read_drawn, read_form

router = APIRouter(tags=["stylize"])

BODY = file_body("photo", "mask?", raw=(), request="A request as JSON, its `photo` left out.")
BODY["requestBody"]["content"]["application/json"] = {
    "schema": {"$ref": "#/components/schemas/StyleRequest"}
}


@router.post(
    "/stylize",
    responses={200: content("image/png", "image/jpeg"), **problems(409, 415, 429)},
    response_class=Response,
    openapi_extra=BODY,
)
async def stylize(request: Request, studio: TheStudio, id: PageId) -> Response:
    """Style a photo and answer with the picture: PNG, or JPEG where `Accept` asks for that.

    Send a form with `photo`, `request` (JSON) and perhaps `mask`, a picture, which needs no page
    session and leaves nothing here, or JSON with the id of a photo that was uploaded.
    `X-Semcs-Looks` says what was made of the styles, as JSON; `X-Semcs-Seconds` how long it took;
    `X-Semcs-Result`, for a page session, the id of the result. A preset that optimises takes its
    time, too: jobs tell how far they are.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().casefold()
    if kind == "multipart/form-data":
        page = studio.pages.open(new_id(), make=True)
        try:
            photo, look = await _read_form(request, studio, page)
            return await _painted(request, studio, page, photo, look)
        finally:
            studio.pages.drop(page)
    if kind != "application/json":
        raise Refused(415, "send a form (multipart/form-data) or JSON")
    wanted = _parse(StyleRequest, await request.body())
    page = studio.pages.open(id)
    photo = page.find(page.photos, wanted.photo, "photo")
    return await _painted(request, studio, page, photo, wanted)


async def _read_form(request: Request, studio: Studio, page: Page) -> tuple[Photo, Look]:
    async with read_form(request) as form:
        data, name = await file_of(form, "photo")
        mask = (await file_of(form, "mask"))[0] if "mask" in form else None
        said = form.get("request", "{}")
    if not isinstance(said, str):
        raise Refused(400, "the field 'request' has to be JSON, not a file")
    look = _parse(Look, said.encode("utf-8", "replace"))
    limits = studio.settings.limits
    client = client_of(request)

    def keep() -> tuple[Photo, Look]:
        photo = keep_photo(studio.pages, page, data, name, limits)
        if mask is None:
            return photo, look
        drawn = keep_mask(studio.pages, page, photo, read_drawn(mask, photo, limits))
        return photo, look.model_copy(update={"mask": drawn.id})

    return await studio.do(request, keep, client)


def _parse(model: Any, body: bytes) -> Any:
    """A request out of its JSON.

    Raises:
        RequestValidationError: It isn't one.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(422, "the request is no JSON") from None
    try:
        return model.model_validate(said)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None


async def _painted(
    request: Request, studio: Studio, page: Page, photo: Photo, look: Look
) -> Response:
    kind = "jpeg" if _prefers_jpeg(request.headers.get("accept", "")) else "png"
    limits = studio.settings.limits

    def paint() -> tuple[Kept, bytes]:
        asked = make_ready(look, page, photo, limits)
        result, steps = studio.room.paint(asked.photo.path, asked.keywords(studio.room))
        kept = keep(page, studio.pages, photo.id, asked, result, steps)
        return kept, download(kept, kind, studio.room)

    if is_slow(look):
        kept = await _optimised(request, studio, page, photo, look)
        data = await studio.do(request, lambda: download(kept, kind, studio.room))
    else:  # in one turn, so that it waits in the queue once
        kept, data = await studio.do(request, paint)
    headers = {
        "X-Semcs-Looks": json.dumps(kept.looks),
        "X-Semcs-Seconds": f"{kept.seconds:.3f}",
        "X-Semcs-Result": kept.id,
    }
    return Response(data, media_type=KINDS[kind][0], headers=headers)


async def _optimised(
    request: Request, studio: Studio, page: Page, photo: Photo, look: Look
) -> Kept:
    limits = studio.settings.limits
    asked = await studio.do(request, lambda: make_ready(look, page, photo, limits))
    task = PictureTask(studio.means, page, photo.id, asked, client_of(request))
    job = studio.jobs.start(page, task)
    assert job.piece is not None
    await studio.wait(request, job.piece, lambda: studio.jobs.cancel(page, job))
    if job.error is not None:
        raise Refused(job.status, job.error)
    if not isinstance(job.result, Kept):
        raise Refused(409, "this was cancelled")
    return job.result


def _prefers_jpeg(accept: str) -> bool:
    """Whether JPEG is named before PNG, or alone."""
    places = [accept.find(kind) for kind in ("image/jpeg", "image/png")]
    jpeg, png = (place if place >= 0 else len(accept) for place in places)
    return jpeg < png
