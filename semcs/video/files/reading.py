"""Clips from files of any kind: what PyAV decodes, and animated pictures by Pillow."""

from __future__ import annotations

import os

from semcs.video.files.animations import AnimationReader, is_animation_file
from semcs.video.files.clip import Reader
from semcs.video.files.containers import check_local
from semcs.video.files.decoding import ClipReader

__all__ = ["Reader", "open_reader"]


def open_reader(path: str | os.PathLike[str]) -> Reader:
    """Read what a clip is; its frames are decoded as they are asked for.

    Args:
        path: Of a local file: any video that FFmpeg decodes, GIF, animated WebP or APNG. What it
            is is told by its content. Files that make FFmpeg open others (playlists, lists) are
            refused.

    Returns:
        A reader whose frames are upright, in 8-bit RGB. Colours follow the file's matrix and range;
        its transfer curve and primaries are left as they are. Transparent pixels of animations
        stand on white.

    Raises:
        InputError: If there is no such file, it has no video stream, is no animation, nothing of
            it can be decoded, its frames are larger than pictures may be, or PyAV is missing.
    """
    name = check_local(path)
    return AnimationReader(name) if is_animation_file(name) else ClipReader(name)
