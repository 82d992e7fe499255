"""Videos as they come in: straight to a file, never all of one in memory."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, BinaryIO

from fastapi import Request
from starlette.datastructures import UploadFile

from semcs.studio.context import Studio
from semcs.studio.pages import Page, new_id
from semcs.studio.refusals import Refused
from semcs.studio.settings import MEBIBYTE
from semcs.studio.uploads import harmless, kind_of, read_form

AT_ONCE = 4  # videos that come in, of all clients
PIECE = MEBIBYTE  # bytes that are written at once
WAIT_SECONDS = 10


async def receive_video(request: Request, studio: Studio, page: Page) -> tuple[Path, str]:
    """The video of a request: the field `file` of a form, or its whole body.

    Returns:
        Its file, in the page's folder, and its name.

    Raises:
        Refused: With 415 or 400, as there is none; 413 or 429, as there is no room.
    """
    if studio.receiving >= AT_ONCE:
        raise Refused(429, "too many videos come in: try again later", retry_after=WAIT_SECONDS)
    file = page.folder / f"{new_id()}.video"
    studio.receiving += 1
    try:
        async with _source(request) as (source, size, name):
            await asyncio.to_thread(studio.pages.make_room, page, size)
            await source(file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    finally:
        studio.receiving -= 1
    return file, harmless(name, "clip", ".mp4")


@asynccontextmanager
async def _source(request: Request) -> AsyncIterator[tuple[Any, int, str]]:
    """What writes the video into a file, its size in bytes, 0 where that isn't known, its name."""
    kind = kind_of(request)
    if kind == "multipart/form-data":
        async with read_form(request) as form:  # whose files are on the disk already
            found = form.get("file")
            if not isinstance(found, UploadFile):
                raise Refused(400, "the form has no file in its field 'file'")

            async def copy(file: Path) -> None:
                await asyncio.to_thread(_copy, found.file, file)

            yield copy, found.size or 0, found.filename or ""
        return
    if not (kind.startswith(("video/", "image/")) or kind == "application/octet-stream"):
        raise Refused(415, "send a video: a form with the field 'file', or a body of video/…")

    async def write(file: Path) -> None:
        await _write(request, file)

    size = int(request.headers.get("content-length", "0"))
    yield write, size, request.query_params.get("name", "")


async def _write(request: Request, file: Path) -> None:
    waiting = bytearray()
    with _opened(file) as opened:
        async for part in request.stream():
            waiting += part
            if len(waiting) >= PIECE:
                await asyncio.to_thread(_add, opened, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(_add, opened, bytes(waiting))


def _copy(source: BinaryIO, file: Path) -> None:
    source.seek(0)
    with _opened(file) as opened:
        try:
            shutil.copyfileobj(source, opened, PIECE)
        except OSError as error:
            raise _full(error) from error


def _add(opened: BinaryIO, data: bytes) -> None:
    try:
        opened.write(data)
    except OSError as error:
        raise _full(error) from error


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("wb")
    except OSError as error:
        raise Refused(404, "this is gone: the page that had it was closed") from error


def _full(error: OSError) -> Refused:
    return Refused(429, f"the video can't be kept: {error.strerror}", retry_after=60)
