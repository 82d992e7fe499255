"""Masks of a photo: found, or drawn by hand."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from PIL import Image
from starlette.responses import Response

from semcs.finding.shape import Shape
from semcs.image import load_mask
from semcs.studio.asking import MaskRequest
from semcs.studio.context import Studio, ThePage, TheStudio
from semcs.studio.pages import Mask, Page, Photo
from semcs.studio.refusals import Refused
from semcs.studio.room import content_of
from semcs.studio.routes.answers import content, file_body, problems
from semcs.studio.routes.photos import Side
from semcs.studio.uploads import keep_mask, picture_bytes, read_drawn, read_upload

router = APIRouter(tags=["masks"])


def mask_about(mask: Mask) -> dict[str, Any]:
    """What a page is told of a mask."""
    said: dict[str, Any] = {"id": mask.id, "photo": mask.photo, "url": f"/api/v1/masks/{mask.id}"}
    if mask.sureness is not None:
        said["sureness"] = round(mask.sureness, 3)
    return said


@router.post("/photos/{id}/mask", responses=problems(429), status_code=201)
async def find(
    request: Request, studio: TheStudio, page: ThePage, id: str, wanted: MaskRequest
) -> dict[str, Any]:
    """Find a region: the salient object, or by words, clicks, a box or a rough mask.

    404 where what the words name isn't in the photo.
    """
    photo = page.find(page.photos, id, "photo")
    hint = None if wanted.hint is None else page.find(page.masks, wanted.hint, "mask")
    if hint is not None and hint.photo != photo.id:
        raise Refused(400, "the hint is a mask of another photo")
    mask = await studio.do(request, lambda: _found(studio, page, photo, wanted, hint))
    return mask_about(mask)


@router.put(
    "/photos/{id}/mask",
    responses=problems(415, 429),
    status_code=201,
    openapi_extra=file_body("file"),
)
async def draw(request: Request, studio: TheStudio, page: ThePage, id: str) -> dict[str, Any]:
    """Keep a mask that was drawn by hand: white, or opaque, is the region."""
    photo = page.find(page.photos, id, "photo")
    data, _ = await read_upload(request)
    limits = studio.settings.limits

    def run() -> Mask:
        return keep_mask(studio.pages, page, photo, read_drawn(data, photo, limits))

    return mask_about(await studio.do(request, run))


@router.get(
    "/masks/{id}", responses={200: content("image/png"), **problems(429)}, response_class=Response
)
async def show(
    request: Request, studio: TheStudio, page: ThePage, id: str, side: Side = None
) -> Response:
    """A mask as an 8-bit grey PNG of the photo's size, or smaller."""
    mask = page.find(page.masks, id, "mask")
    if side is None:
        return Response(content_of(mask.file), media_type="image/png")
    data = await studio.do(request, lambda: _reduced(mask, side))
    return Response(data, media_type="image/png")


def _found(
    studio: Studio, page: Page, photo: Photo, wanted: MaskRequest, hint: Mask | None
) -> Mask:
    seen = studio.room.seen(photo.file)
    search: dict[str, Any] = {
        "text": wanted.words,
        "click": wanted.clicks or None,
        "not_click": wanted.not_clicks or None,
        "box": wanted.box,
        "hint": None if hint is None else load_mask(content_of(hint.file), seen.picture.size),
    }
    shape = {"invert": wanted.invert, "grow": wanted.grow, "feather": wanted.feather}
    sureness = None
    if all(value is None for value in search.values()):
        plane = seen.salient(wanted.rule, wanted.invert)
        sureness = seen.sureness()
        plane = Shape(False, wanted.grow, wanted.feather).of(plane)
    else:
        if not any(search[name] is not None for name in ("text", "click", "box", "hint")):
            search["text"] = "foreground"
        plane = seen.find(**search, **shape)
    image = Image.fromarray(np.rint(np.clip(plane, 0, 1) * 255).astype(np.uint8))
    return keep_mask(studio.pages, page, photo, image, sureness, _place_of(wanted))


def _place_of(wanted: MaskRequest) -> str:
    """As of `Mask`."""
    said = wanted.model_dump(exclude_defaults=True)
    if not said:
        return "foreground"
    return wanted.words or "" if [*said] == ["words"] and wanted.words != "rest" else ""


def _reduced(mask: Mask, side: int) -> bytes:
    with Image.open(io.BytesIO(content_of(mask.file))) as image:
        image.thumbnail((side, side), Image.Resampling.BILINEAR)
        return picture_bytes(image, "PNG")
