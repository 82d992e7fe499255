"""Colours in Oklab, where lightness, hue and chroma change by themselves, as people see them.

In CIELAB, blue turns violet as it gets lighter.

Source: Björn Ottosson, A perceptual color space for image processing (2020).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.registry import Array

CHROMA = 320.0  # Oklab's a and b are multiplied by this, so that chroma reads about as in CIELAB

_CONES_OF_RGB = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB_OF_ROOTS = np.diag((100, CHROMA, CHROMA)) @ np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_RGB_OF_CONES = np.linalg.inv(_CONES_OF_RGB)
_ROOTS_OF_LAB = np.linalg.inv(_LAB_OF_ROOTS)
_LUMINANCE = np.array([[0.2126, 0.7152, 0.0722]])


def to_oklab(rgb: Array) -> NDArray[np.float32]:
    """(H, W, 3) sRGB in [0, 1] in Oklab, lightness from 0 to 100."""
    source = np.ascontiguousarray(rgb, np.float32)
    curve = cv2.pow((source + 0.055) * (1 / 1.055), 2.4)
    linear = np.where(source <= 0.04045, source * (1 / 12.92), curve)
    roots = cv2.pow(np.maximum(cv2.transform(linear, _CONES_OF_RGB), 0), 1 / 3)
    return np.asarray(cv2.transform(roots, _LAB_OF_ROOTS), np.float32)


def from_oklab(lab: Array) -> NDArray[np.float32]:
    """(H, W, 3) Oklab as sRGB in [0, 1]: colours that no screen has lose chroma, not light."""
    roots = cv2.transform(np.ascontiguousarray(lab, np.float32), _ROOTS_OF_LAB)
    linear = cv2.transform(roots * roots * roots, _RGB_OF_CONES)
    gray = np.clip(cv2.transform(linear, _LUMINANCE).reshape(*lab.shape[:2], 1), 0, 1)
    apart = linear - gray
    room = np.where(apart > 0, 1 - gray, gray) / np.maximum(np.abs(apart), 1e-6)
    linear = np.clip(gray + apart * np.minimum(room.min(2, keepdims=True), 1), 0, 1)
    curve = 1.055 * cv2.pow(np.maximum(linear, 1e-8), 1 / 2.4) - 0.055
    return np.asarray(
        np.clip(np.where(linear <= 0.0031308, linear * 12.92, curve), 0, 1), np.float32
    )
