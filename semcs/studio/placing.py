"""Masks of a video's first frame, looked for again where a clip begins later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from semcs.image import load_mask
from semcs.studio.asked import Asked, File
from semcs.studio.room import Room, content_of, write
from semcs.studio.uploads import picture_bytes
from semcs.video.frames import Frame


def placed_in(frame: Frame, asked: Asked, room: Room, folder: Path) -> Asked:
    """The same with each mask as it is in another frame: near where it was in the first one.

    Args:
        frame: At which the clip begins.
        asked: Its masks are those of the first frame.
        room: To look at the frame.
        folder: For the new masks.

    Raises:
        NotFoundError: There is nothing like it.
    """
    shown = folder / "begin.photo"
    write(shown, picture_bytes(Image.fromarray(frame.rgb), "PNG"))
    known: dict[str, File] = {}

    def place(file: File) -> File:
        if file.name not in known:
            seen = room.seen(shown)
            plane = seen.find(hint=load_mask(content_of(file.path), seen.picture.size))
            image = Image.fromarray(np.rint(np.clip(plane, 0, 1) * 255).astype(np.uint8))
            known[file.name] = replace(file, path=folder / file.name)
            write(folder / file.name, picture_bytes(image, "PNG"))
        return known[file.name]

    try:
        return replace(
            asked,
            options=_with_mask(asked.options, place),
            regions=None
            if asked.regions is None
            else tuple(_with_mask(region, place) for region in asked.regions),
        )
    finally:
        room.forget(folder)
        shown.unlink(missing_ok=True)


def _with_mask(said: Any, place: Callable[[File], File]) -> dict[str, Any]:
    mask = said.get("mask")
    return {**said, "mask": place(mask)} if isinstance(mask, File) else dict(said)
