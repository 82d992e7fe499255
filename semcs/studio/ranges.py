"""Files as answers, whole or in parts, so that players can seek in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, BinaryIO

from fastapi import Header
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import StreamingResponse

from semcs.studio.refusals import Refused

PIECE = 2**18  # bytes that are sent at once

Bytes = Annotated[
    str | None,
    Header(alias="Range", description="Part of a video, such as `bytes=0-1023`."),
]

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


def send_file(
    request: Request, file: Path, media: str, headers: Mapping[str, str], tag: str
) -> StreamingResponse:
    """A file, or the part of it that the request's `Range` names.

    Ranges that make no sense, and several at once, are passed over, as HTTP allows: all is sent.

    Args:
        request: Whose headers say which part.
        file: That never changes.
        media: Its type.
        headers: To be sent with it.
        tag: Names its content, in letters and digits.

    Raises:
        Refused: With 404, as it is gone, or 416, as the file ends before the part begins.
    """
    try:
        opened = file.open("rb")
    except OSError as error:
        raise Refused(404, "this is gone: the page that had it was closed") from error
    size = os.fstat(opened.fileno()).st_size
    said = {**headers, "Accept-Ranges": "bytes", "ETag": f'"{tag}"'}
    status, first, last = 200, 0, size - 1
    try:
        if (part := _part(request, f'"{tag}"', size)) is not None:
            status, (first, last) = 206, part
            said["Content-Range"] = f"bytes {first}-{last}/{size}"
    except Refused:
        opened.close()
        raise
    said["Content-Length"] = str(last - first + 1)
    return StreamingResponse(
        _pieces(opened, first, last), status, said, media, BackgroundTask(opened.close)
    )


def saved_as(name: str) -> dict[str, str]:
    """The header by which a browser saves an answer under that name."""
    shown = name.encode("ascii", "replace").decode().replace("?", "_")
    return {"Content-Disposition": f'attachment; filename="{shown}"'}


def _part(request: Request, tag: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that are asked for; None for all.

    Raises:
        Refused: The file ends before them.
    """
    found = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if found is None or request.headers.get("if-range", tag) != tag:
        return None
    begin, end = found.groups()
    if not begin and not end:
        return None
    first = int(begin) if begin else max(0, size - int(end))
    last = min(int(end), size - 1) if begin and end else size - 1
    if begin and end and int(end) < int(begin):
        return None
    if first >= size:
        raise Refused(416, f"the file has {size:,} bytes alone")
    return first, last


def _pieces(opened: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (data := opened.read(min(PIECE, left))):
            left -= len(data)
            yield data
