"""Whole pictures as single embeddings, though the model sees small squares."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.interfaces import ImageTextModel
from semcs.training.data import Item, read_rgb
from semcs.training.scores import embed_images

CORNER = 3 / 4  # side of a corner view, as a share of the picture's short side
Images = NDArray[np.uint8]


def embed_pictures(clip: ImageTextModel, items: Sequence[Item]) -> Tensor:
    """Unit embeddings of pictures, each the mean over its views."""
    means = [embed_images(clip, views(read_rgb(i.path), clip.input_size)).mean(0) for i in items]
    return F.normalize(torch.stack(means), dim=-1)


def views(image: Images, side: int) -> Images:
    """The centre square and four smaller ones in the corners, (5, side, side, 3)."""
    height, width = image.shape[:2]
    short = min(height, width)
    top, left, corner = (height - short) // 2, (width - short) // 2, round(CORNER * short)
    squares = [image[top : top + short, left : left + short]]
    for y in (0, height - corner):
        squares += [image[y : y + corner, x : x + corner] for x in (0, width - corner)]
    resized = [cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA) for square in squares]
    return np.asarray(resized, np.uint8)
