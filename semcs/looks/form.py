"""Gives a rendering the photo's shapes back, as far as it has lost them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.registry import Array
from semcs.looks.tone import denoise, luma

FINE = 0.7  # pixels at scale 1: what is smaller is left to the look's own strokes
COARSE = 24.0  # pixels at scale 1: what is larger is left to the look's own light
CALM = 7.0  # pixels at scale 1 around an edge: further away, lightness stays as it is
NOISE = 0.02  # lightness: what varies less within a few pixels is taken for noise
EDGE = 0.4  # lightness: steps that are much higher are outlines, which would get halos
MOST = 0.4  # lightness: differences of twice as much are halved
COARSE_PIXELS = 6  # COARSE on the reduced picture where it is measured
MOST_SCALE = 2.83  # that of a picture 2048 pixels long: larger ones are measured reduced
BAND = 1 << 17  # pixels that are lightened at once: their planes stay in the cache


def give_form(painted: Array, photo: Array, amount: float, scale: float) -> NDArray[np.float32]:
    """Give a rendering the photo's middle frequencies of lightness, as far as it has lost them.

    Args:
        painted: (H, W, 3) RGB in [0, 1].
        photo: (H, W, 3) RGB in [0, 1], of the same size.
        amount: 0 leaves the rendering, 1 gives everything back.
        scale: Of the look, 1 for a picture 512 pixels long; see `semcs.looks.registry.look`.

    Returns:
        (H, W, 3) float32 in [0, 1].
    """
    painted = np.asarray(painted, np.float32)
    if amount == 0:
        return painted
    lightness, own = luma(np.asarray(photo, np.float32)), luma(painted)
    ratio = max(1.0, scale / MOST_SCALE)
    if ratio > 1:
        lightness, own = _reduced((lightness, own), ratio)
    scale /= ratio
    fine = denoise(cv2.GaussianBlur(lightness, (0, 0), FINE * scale), max(1.0, 2 * scale), NOISE)
    form = np.float32(amount) * (_lost_form(fine, own, scale) * _unrest(fine, scale))
    if ratio > 1:
        form = cv2.resize(form, painted.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return _lighten(painted, form)


def _lost_form(fine: Array, own: Array, scale: float) -> Array:
    """Differences of the photo's lightness from its smooth base that a rendering doesn't show.

    The base keeps strong steps, so that outlines get no halo. Source: the guided filter of He, Sun
    and Tang (2010) on a reduced picture.
    """
    height, width = fine.shape
    ratio = max(1.0, COARSE * scale / COARSE_PIXELS)
    small, small_own, square, product = _reduced((fine, own, fine * fine, fine * own), ratio)
    sigma = COARSE * scale / ratio

    def mean(plane: Array) -> Array:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), 0.6 * sigma))

    middle, middle_own = mean(small), mean(small_own)
    variance = np.maximum(mean(square) - middle**2, 0)
    steep = variance / (variance + np.float32(EDGE**2))
    # How much of the photo's form the rendering shows: the slope of a regression. Even where it
    # shows all, strokes hide some.
    shown = (mean(product) - middle * middle_own) / (variance + np.float32(NOISE**2))
    kept = np.dstack(
        [mean(steep), mean((1 - steep) * middle), np.clip(1.6 - 0.8 * shown, 0.4, 1.3)]
    )
    gain, base, lost = cv2.split(cv2.resize(kept, (width, height), interpolation=cv2.INTER_LINEAR))
    form = fine - (gain * fine + base)
    return np.asarray(form / (1 + np.abs(form) / np.float32(2 * MOST)) * lost)


def _unrest(fine: Array, scale: float) -> Array:
    """1 where the photo has shapes within a few pixels, 0 where it is smooth: no halo there."""
    height, width = fine.shape
    small, square = _reduced((fine, fine * fine), CALM * scale / 3)
    variance = np.maximum(cv2.blur(square, (7, 7)) - cv2.blur(small, (7, 7)) ** 2, 0)
    unrest = cv2.blur(variance / (variance + np.float32(NOISE**2)), (7, 7))
    return np.asarray(cv2.resize(unrest, (width, height), interpolation=cv2.INTER_LINEAR))


def _reduced(planes: Sequence[Array], ratio: float) -> list[Array]:
    """Pictures (H, W) that are so many times smaller."""
    size = tuple(max(1, round(side / max(1.0, ratio))) for side in planes[0].shape[::-1])
    return [cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in planes]


def _lighten(painted: Array, form: Array) -> NDArray[np.float32]:
    """Move a picture's lightness towards white or black, which keeps its hues."""
    least, most = np.float32(0.12), np.float32(0.85)
    lit = np.empty_like(painted)
    rows = max(1, BAND // painted.shape[1])
    for top in range(0, len(painted), rows):
        band = slice(top, top + rows)
        own = luma(np.ascontiguousarray(painted[band]))
        up = np.minimum(np.maximum(form[band], 0) / np.maximum(1 - own, least), most)
        kept = 1 - np.minimum(np.maximum(-form[band], 0) / np.maximum(own, least), most)
        gain, light = (1 - up) * kept, up * kept
        for channel in range(3):  # plane by plane: faster than weights broadcast over channels
            plane = painted[band, :, channel] * gain
            plane += light
            lit[band, :, channel] = np.clip(plane, 0, 1, out=plane)
    return lit
