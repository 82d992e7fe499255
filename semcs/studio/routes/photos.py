"""Photos and style pictures that are uploaded."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from PIL import Image
from starlette.responses import Response

from semcs.image import load
from semcs.studio.context import NewPage, ThePage, TheStudio
from semcs.studio.pages import Photo
from semcs.studio.removing import remove_photo
from semcs.studio.room import as_image, content_of
from semcs.studio.routes.answers import content, file_body, problems
from semcs.studio.uploads import keep_photo, keep_style, picture_bytes, read_upload

router = APIRouter(prefix="/photos", tags=["photos"])

Side = Annotated[
    int | None, Query(ge=16, le=8192, description="At most so many pixels on its longest side.")
]
Name = Annotated[
    str | None,
    Query(alias="name", max_length=255, description="The file's name, where the body is raw."),
]


def photo_about(photo: Photo) -> dict[str, Any]:
    """What a page is told of a photo."""
    return {"id": photo.id, "name": photo.name, "width": photo.width, "height": photo.height}


@router.post("", responses=problems(415, 429), status_code=201, openapi_extra=file_body("file"))
async def upload(
    request: Request, studio: TheStudio, page: NewPage, _name: Name = None
) -> dict[str, Any]:
    """Upload a photo, in a form's field `file` or as the body; EXIF orientation is applied.

    All formats that semcs reads are: AVIF, BMP, GIF, JPEG, JPEG 2000, PNG, PPM, QOI, TIFF, WebP,
    and HEIC where that is installed.
    """
    data, name = await read_upload(request)
    limits = studio.settings.limits
    photo = await studio.do(request, lambda: keep_photo(studio.pages, page, data, name, limits))
    return photo_about(photo)


@router.get(
    "/{id}",
    responses={200: content("image/png", "image/jpeg"), **problems(429)},
    response_class=Response,
)
async def show(
    request: Request, studio: TheStudio, page: ThePage, id: str, side: Side = None
) -> Response:
    """A photo as it is seen: JPEG, or PNG where it has alpha."""
    photo = page.find(page.photos, id, "photo")
    kind, data = await studio.do(request, lambda: _shown(photo, side))
    return Response(data, media_type=f"image/{kind.lower()}")


@router.delete("/{id}", responses=problems(), status_code=204)
async def delete(studio: TheStudio, page: ThePage, id: str) -> Response:
    """Delete a photo with its masks, thumbnails, jobs and results; a video with its first frame."""
    remove_photo(studio.jobs, page, page.find(page.photos, id, "photo"))
    return Response(status_code=204)


@router.post(
    "/{id}/styles",
    responses=problems(415, 429),
    status_code=201,
    openapi_extra=file_body("file"),
)
async def upload_style(
    request: Request, studio: TheStudio, page: ThePage, id: str, _name: Name = None
) -> dict[str, Any]:
    """Upload a picture as a style: `{"picture": id}` is it wherever a style is given."""
    page.find(page.photos, id, "photo")
    data, name = await read_upload(request)
    limits = studio.settings.limits
    style = await studio.do(request, lambda: keep_style(studio.pages, page, data, name, limits))
    return {"id": style.id, "name": style.name}


def _shown(photo: Photo, side: int | None) -> tuple[str, bytes]:
    image = as_image(load(content_of(photo.file), at_least=side))
    if side is not None:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
    kind = "PNG" if image.mode == "RGBA" else "JPEG"
    image.info = {}
    return kind, picture_bytes(image, kind)
