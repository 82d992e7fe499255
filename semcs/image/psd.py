"""Layers as a Photoshop file, by psd-tools."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from semcs.errors import InputError


def encode_psd(layers: Sequence[tuple[str, Image.Image]]) -> bytes:
    """The bytes of a PSD file whose layers are put over each other as they are.

    Args:
        layers: Name and RGBA picture of each, all of one size, from the bottom to the top.

    Raises:
        InputError: psd-tools isn't installed.
    """
    check_psd()
    from psd_tools import PSDImage

    document = PSDImage.new("RGB", layers[0][1].size)
    for name, image in layers:
        box = image.getchannel("A").getbbox() or (0, 0, 1, 1)  # a layer has one pixel at least
        left, top, right, bottom = box
        # Not by `crop`, which holds to Pillow's limit on pixels, the caller's to set.
        part = Image.fromarray(np.asarray(image)[top:bottom, left:right])
        document.create_pixel_layer(part, name=name, top=top, left=left)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def check_psd() -> None:
    """Find out before any work whether PSD files can be written.

    Raises:
        InputError: psd-tools isn't installed.
    """
    try:
        import psd_tools  # noqa: F401
    except ImportError as error:
        raise InputError("PSD files need psd-tools: pip install 'semcs[psd]'") from error
