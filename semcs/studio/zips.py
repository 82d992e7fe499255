"""Many pictures as one ZIP, sent while it is made: never is more than one picture in memory."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

from semcs.studio.refusals import Refused
from semcs.studio.results import Kept, download
from semcs.studio.room import Room
from semcs.studio.work import Piece, Work

AGAIN_SECONDS = 0.5  # after which a full queue is asked again


class _Sent(io.RawIOBase):
    """What was written and not taken yet; it can't be gone back in, as what is sent is sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


async def zip_of(
    pictures: Sequence[tuple[str, Kept]], kind: str, work: Work, room: Room, client: str
) -> AsyncIterator[bytes]:
    """The bytes of a ZIP.

    Args:
        pictures: By the names of their files; one that is deleted meanwhile is left out.
        kind: "png" or "jpeg".
        work: Whose threads encode them, one in each turn.
        room: As of `download`.
        client: Whose turns they take.
    """
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_STORED) as archive:
        for name, kept in pictures:
            try:
                data = await _in_turn(partial(download, kept, kind, room), work, client)
            except Refused:
                continue
            archive.writestr(name, data)
            yield sent.take()
    yield sent.take()


async def _in_turn(run: partial[bytes], work: Work, client: str) -> bytes:
    piece: Piece | None = None
    while piece is None:
        try:
            piece = work.submit(client, run)
        except Refused as refused:
            if refused.status != 429:
                raise
            await asyncio.sleep(AGAIN_SECONDS)
    try:
        data: bytes = await asyncio.wrap_future(piece.done)
    finally:
        work.withdraw(piece)
    return data
