"""Pictures that are uploaded: read, checked by their header, and given harmless names."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import PurePosixPath
from typing import Any

from fastapi import Request
from PIL import Image
from starlette.datastructures import FormData, UploadFile

from semcs.image import encode, load, load_mask
from semcs.image.pillow import read_plain
from semcs.image.reading import open_source
from semcs.studio.pages import Mask, Page, Pages, Photo, StylePicture, new_id
from semcs.studio.refusals import Refused
from semcs.studio.room import write
from semcs.studio.settings import MEBIBYTE, Limits

MOST_FILES, MOST_FIELDS = 4, 16
LONGEST_NAME = 60  # letters

_HARMFUL = re.compile(r"[^\w.-]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")


@asynccontextmanager
async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The form of a request, its files gone afterwards.

    Raises:
        Refused: With 415 or 400, as it is none.
    """
    if kind_of(request) != "multipart/form-data":
        raise Refused(415, "send a form (multipart/form-data)")
    async with request.form(
        max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MEBIBYTE
    ) as form:
        yield form


async def file_of(form: FormData, field: str) -> tuple[bytes, str]:
    """The file in a field of a form, and its name.

    Raises:
        Refused: With 400, as there is none.
    """
    found = form.get(field)
    if not isinstance(found, UploadFile):
        raise Refused(400, f"the form has no file in its field {field!r}")
    return await found.read(), harmless(found.filename or "")


async def read_upload(request: Request) -> tuple[bytes, str]:
    """The one picture of a request: the field `file` of a form, or its whole body.

    Raises:
        Refused: With 415 or 400, as there is none.
    """
    kind = kind_of(request)
    if kind == "multipart/form-data":
        async with read_form(request) as form:
            return await file_of(form, "file")
    if not (kind.startswith("image/") or kind == "application/octet-stream"):
        raise Refused(415, "send a picture: a form with the field 'file', or a body of image/…")
    return await request.body(), harmless(request.query_params.get("name", ""))


def harmless(name: str, stem: str = "photo", suffix: str = ".png") -> str:
    """The name of a file without anything that a folder or a command line would take as its own.

    Args:
        name: As it was sent.
        stem: Where nothing is left of it.
        suffix: Where it has none.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    said = _HARMFUL.sub("-", last).strip("-._")
    if (dot := said.rfind(".")) > 0 and _SUFFIX.fullmatch(said[dot:]):
        said, suffix = said[:dot], said[dot:].lower()
    return f"{said[:LONGEST_NAME].rstrip('-._') or stem}{suffix}"


def check_picture(data: bytes, limits: Limits) -> tuple[int, int]:
    """Width and height of a picture, upright; decoded once, so that a broken one is refused now.

    Raises:
        InputError: It can't be read, or has too many pixels; those are told by its header alone.
    """
    if len(data) > limits.bytes:
        raise Refused(
            413, f"the picture has {len(data):,} bytes: at most {limits.bytes:,} are allowed"
        )
    height, width = load(data, max_pixels=limits.pixels).size
    return width, height


def keep_photo(pages: Pages, page: Page, data: bytes, name: str, limits: Limits) -> Photo:
    """Keep a photo for a page.

    Raises:
        InputError: It is no picture that can be worked on.
        Refused: There is no room.
    """
    width, height = check_picture(data, limits)
    pages.make_room(page, len(data))
    id = new_id()
    file = page.folder / f"{id}.photo"
    write(file, data)
    photo = Photo(id, name, file, width, height)
    with page.lock:
        page.photos[id] = photo
    return photo


def keep_style(pages: Pages, page: Page, data: bytes, name: str, limits: Limits) -> StylePicture:
    """Keep a style picture for a page; raises as `keep_photo` does."""
    check_picture(data, limits)
    pages.make_room(page, len(data))
    id = new_id()
    file = page.folder / f"{id}.style"
    write(file, data)
    style = StylePicture(id, name, file)
    with page.lock:
        page.styles[id] = style
    return style


def read_drawn(data: bytes, photo: Photo, limits: Limits) -> Image.Image:
    """A mask that was drawn by hand, (H, W) grey; one of another size is fitted to the photo's.

    Raises:
        InputError: It can't be read, or its sides have another ratio than the photo's.
    """
    with open_source(data) as (image, name):
        rgb, _ = read_plain(image, name=name, max_pixels=limits.pixels)
        height, width = rgb.shape[:2]
    mask = load_mask(data, (height, width), max_pixels=limits.pixels)
    if abs(width * photo.height - height * photo.width) > 2 * max(photo.height, photo.width):
        raise Refused(
            400, f"the mask is {width}×{height} pixels, the photo {photo.width}×{photo.height}"
        )
    drawn = Image.fromarray((mask * 255).round().astype("uint8"))
    wanted = (photo.width, photo.height)
    return drawn if drawn.size == wanted else drawn.resize(wanted, Image.Resampling.BILINEAR)


def keep_mask(
    pages: Pages,
    page: Page,
    photo: Photo,
    image: Image.Image,
    sureness: float | None = None,
    place: str = "",
) -> Mask:
    """Keep a mask of a photo, grey and of its size, for a page; the last two as of `Mask`.

    Raises:
        Refused: There is no room.
    """
    data = encode(image, format="PNG", metadata="none")
    pages.make_room(page, len(data))
    id = new_id()
    file = page.folder / f"{id}.mask"
    write(file, data)
    mask = Mask(id, photo.id, file, sureness, place)
    with page.lock:
        page.masks[id] = mask
    return mask


def picture_bytes(image: Image.Image, kind: str) -> bytes:
    """A picture to be shown, without anything else of its file."""
    buffer = io.BytesIO()
    options: dict[str, Any] = {"quality": 90} if kind == "JPEG" else {"compress_level": 1}
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def kind_of(request: Request) -> str:
    """The media type of a request's body, without anything after it."""
    return request.headers.get("content-type", "").split(";")[0].strip().casefold()
