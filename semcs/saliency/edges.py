"""A found mask made as sharp as the object's own outline, so that nothing glows around it.

What a mask is unsure of, close to its 0.5 line, is decided pixel by pixel: by the colours that
lie on either side nearby, and by how far the pixel is from the line. Where the colours tell well,
only what lies between both (hair, blur) stays soft. Where they don't, the line stays where it was.

The colours are compared by linear discriminants of small windows (Fisher 1936), each found by the
regression that guided filters rest on (He, Sun and Tang 2013). They are fitted on a reduced photo
and applied to the full one, so that a large photo costs little more than a small one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError
from semcs.saliency.guided import ColourWindows, box_mean, resize

Array = npt.NDArray[np.floating[Any]]

# Discriminants are fitted with the photo's longest side at most this.
WORK_SIZE = 384
# As shares of the longest side: of windows, how far the outline may be from the 0.5 line, and
# over what distance from the line a pixel grows e times as likely to be on its side.
RADIUS, BAND, TRUST = 0.03, 0.015, 0.004
RIDGE = 1e-4  # colour variance
# The outline that is found is the line that the next round starts from.
ROUNDS = 2
# What a mask itself is sure of stays: an outline that is already sharp isn't moved.
SURE = 0.02
LEAST_VARIANCE = 1e-5  # of a side's values in [0, 1]
# In logits: more than colours can say, and the most that they may.
CERTAIN, MOST_EVIDENCE = 30.0, 10.0
# Logits from one side's mean colour to the other's, at most: what lies between is a mixture, and
# its share is about linear in them.
BETWEEN = 8.0
# Probabilities this close to 0 and 1 become 0 and 1; a mean colour is.
SNAP = 0.045


def sharpen_mask(mask: Array, photo: Array) -> npt.NDArray[np.float32]:
    """Narrow a mask's soft band to the object's own edge: hair and blur stay soft, no more.

    For masks that were found, such as those of `saliency_mask`. A gradient that is meant, such as
    a ramp from one side of a picture to the other, would be cut in two as well: don't give it.

    Args:
        mask: (H, W) in [0, 1]; the object ends near where it crosses 0.5.
        photo: (H, W, 3) RGB in [0, 1].

    Returns:
        (H, W) float32 in [0, 1]: exactly 0 and 1 but for a few pixels along the outline. A mask
        that is 0 and 1 already comes back as it is, and so does one that never crosses 0.5.

    Raises:
        InputError: If a shape or a value can't be used.
    """
    if photo.ndim != 3 or photo.shape[2] != 3 or 0 in photo.shape:
        raise InputError(f"photo must be (H, W, 3), not {photo.shape}")
    if mask.shape != photo.shape[:2]:
        raise InputError(f"mask must be {photo.shape[:2]} as the photo, not {mask.shape}")
    if not (mask.min() >= 0 and mask.max() <= 1):
        raise InputError(f"mask must be in [0, 1], not [{mask.min():.4g}, {mask.max():.4g}]")
    inside = mask > 0.5
    unsure = (mask > SURE) & (mask < 1 - SURE)
    if inside.all() or not inside.any() or not unsure.any():
        return mask.astype(np.float32)

    height, width = mask.shape
    scale = min(1.0, WORK_SIZE / max(height, width))
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    line, slopes, offset = _discriminants(resize(mask, h, w), resize(photo, h, w))

    evidence = resize(offset, height, width)
    for channel in range(3):  # one by one: a large photo's slopes aren't held all at once
        evidence += resize(slopes[channel], height, width) * photo[..., channel]
    np.clip(evidence, -MOST_EVIDENCE, MOST_EVIDENCE, out=evidence)
    evidence += resize(line, height, width)
    matte = _probability(evidence)
    return np.where(unsure, matte, inside).astype(np.float32, copy=False)


def _discriminants(mask: Array, photo: Array) -> tuple[Array, list[Array], Array]:
    """What tells the sides apart, in logits.

    Args:
        mask: (h, w) in [0, 1].
        photo: (h, w, 3).

    Returns:
        What the distance from the line says, (h, w); and of what colours say, slopes (three of
        (h, w)) and offset (h, w): the sum of slope · colour, and the offset.
    """
    longest = max(mask.shape)
    radius = max(2, round(RADIUS * longest))
    windows = ColourWindows(photo, radius=radius, epsilon=RIDGE)
    inside = mask > 0.5
    for _ in range(ROUNDS):
        line = _trust(inside)
        slopes, offset = _one_round(windows, inside.astype(np.float64), photo, radius)
        evidence = offset + sum(slopes[c] * photo[..., c] for c in range(3))
        inside = np.clip(evidence, -MOST_EVIDENCE, MOST_EVIDENCE) + line > 0
    return line, slopes, offset


def _one_round(
    windows: ColourWindows, inside: npt.NDArray[np.float64], photo: Array, radius: int
) -> tuple[list[Array], Array]:
    """Slopes and offset of the log-likelihood ratio of both sides' colours in each window.

    The regression's values q = a·colour + b are taken as normal on either side, about two means
    and with one variance v: their ratio is (m₁ − m₀)(q − (m₁ + m₀)/2)/v.
    """
    a, b = windows.fit(inside)
    q = b + sum(a[..., c] * photo[..., c] for c in range(3))
    share = box_mean(inside, radius)
    other = 1 - share
    of_inside, of_all = box_mean(q * inside, radius), box_mean(q, radius)
    high = of_inside / np.maximum(share, 1e-6)
    low = (of_all - of_inside) / np.maximum(other, 1e-6)
    variance = box_mean(q * q, radius) - share * high**2 - other * low**2
    apart = np.maximum(high - low, 1e-6)
    gain = np.minimum(apart / np.maximum(variance, LEAST_VARIANCE), BETWEEN / apart)
    return [gain * a[..., c] for c in range(3)], gain * (b - (high + low) / 2)


def _trust(inside: npt.NDArray[np.bool_]) -> Array:
    """Logits of the distance from the line: a slope within the band, certainty beyond."""
    import cv2

    sides = (inside.astype(np.uint8), (~inside).astype(np.uint8))
    within, beyond = (cv2.distanceTransform(side, cv2.DIST_L2, 5) for side in sides)
    distance: Array = np.where(inside, within - 0.5, 0.5 - beyond)
    longest = max(inside.shape)
    band, step = max(2.0, BAND * longest), max(1.0, TRUST * longest)
    return np.where(np.abs(distance) > band, np.copysign(CERTAIN, distance), distance / step)


def _probability(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The logistic function, in place, with what is all but certain made so."""
    np.negative(logits, out=logits)
    np.exp(logits, out=logits)
    logits += 1
    np.divide(1 + 2 * SNAP, logits, out=logits)
    logits -= SNAP
    return np.clip(logits, 0, 1, out=logits)
