"""Ink: contours, halftone dots, hatching, seams and the lines of a screen."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.fields.flows import smear, tangent
from semcs.looks.fields.grids import Shape, grid
from semcs.looks.fields.texture import noise
from semcs.looks.registry import Array
from semcs.looks.tone import blur, to_floats

LEAST_DASHES = 12  # of a seam: shorter rings are left out


def lines(level: Array, width: float = 1.0, *, floor: float = 0.012) -> Array:
    """Ink lines, (H, W), 1 = ink: a difference of Gaussians averaged along the edges.

    ``floor`` is the difference under which there is no ink.

    After Kang, Lee and Chui, Coherent Line Drawing, 2007.
    """
    step = max(1, int(width // 1.25))  # wide lines are as plain on a reduced picture
    seen, own = level, width / step
    if step > 1:
        reduced = tuple(max(1, round(side / step)) for side in level.shape[1::-1])
        seen = cv2.resize(level, reduced, interpolation=cv2.INTER_AREA)
    narrow, wide = blur(seen, own), blur(seen, 1.6 * own)
    coherent = smear(wide - narrow, tangent(narrow, 2.5 * own), 4 * own)
    if step > 1:
        coherent = cv2.resize(coherent, level.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip((coherent - floor) * 56, 0, 1)


def halftone(level: Array, period: float, angle: float) -> Array:
    """Dots ``period`` pixels apart whose area grows with darkness, (H, W), 1 = ink."""
    x, y = grid(level.shape)
    u = (x * np.cos(angle) + y * np.sin(angle)) / period
    v = (y * np.cos(angle) - x * np.sin(angle)) / period
    radius = np.hypot(u - np.floor(u) - 0.5, v - np.floor(v) - 0.5)
    return np.clip((np.sqrt(np.clip(1 - level, 0, 1) / 1.8) - radius) * period + 0.5, 0, 1)


def hatch(
    shape: Shape, period: float, angle: float, rng: np.random.Generator, scale: float = 1.0
) -> Array:
    """Hand-drawn parallel lines: a wave across the angle, (H, W) in [0, 1], shaken by noise."""
    x, y = grid(shape)
    shaken = 2.2 * scale * noise(shape, 18 * scale, rng)
    across = x * np.cos(angle) + y * np.sin(angle) + shaken
    return np.asarray(0.5 + 0.5 * np.cos(2 * np.pi * across / period), np.float32)


def stitches(depth: Array, at: float, dash: float, gap: float, width: float) -> Array:
    """Dashes along the line where the plane ``depth`` is ``at``, (H, W), 1 = thread."""
    thread = np.zeros(depth.shape, np.uint8)
    inside = np.ascontiguousarray(depth > at, np.uint8)
    rings, _ = cv2.findContours(inside, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    thick = max(1, round(width))
    for ring in rings:
        points = ring[:, 0]
        walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        count = int(walked[-1] / (dash + gap))
        if count < LEAST_DASHES:
            continue
        starts = np.arange(count) * walked[-1] / count
        ends = points[np.searchsorted(walked, starts + dash).clip(max=len(points) - 1)]
        for a, b in zip(points[np.searchsorted(walked, starts)].tolist(), ends.tolist()):
            cv2.line(thread, a, b, 255, thick, cv2.LINE_AA)
    return to_floats(thread)


def scan_lines(shape: Shape, period: float) -> Array:
    """Dark lines of a screen, (H, 1, 1): 1 in the first part of every period, 0 between."""
    rows = np.arange(shape[0], dtype=np.float32) % max(period, 2.0)
    return np.asarray(rows < max(period / 3, 1.0), np.float32)[:, None, None]
