"""Painting of 1900 to 1940: cubism, expressionism, fauvism, futurism, surrealism."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


def _facets(
    shape: tuple[int, ...], scale: float, rng: np.random.Generator
) -> tuple[NDArray[np.uint16], Array, Array]:
    """Cuts across a picture: the code of every facet, ink along the cuts and light beside them."""
    height, width = shape
    reach = float(np.hypot(height, width))
    codes = np.zeros(shape, np.uint16)
    ink, fade = np.zeros(shape, np.uint8), np.zeros(shape, np.float32)
    x, y = fields.grid(shape)
    family = rng.uniform(0, np.pi) + np.array([0, 0.9, 1.9])
    count = int(np.clip(height * width / (82 * scale) ** 2, 12, 60))
    for index in range(count):
        turn = rng.choice(family) + rng.normal(0, 0.22)
        at = np.array([rng.uniform(0, width), rng.uniform(0, height)])
        half = reach if index < 2 else rng.uniform(26, 75) * scale
        across = np.array([np.cos(turn), np.sin(turn)])
        along = np.array([-across[1], across[0]])
        far = reach if index < 4 else rng.uniform(50, 190) * scale
        ends = np.stack([at - half * along, at + half * along])
        plane = np.zeros(shape, np.uint8)
        corners = np.concatenate([ends, ends[::-1] + far * across])
        cv2.fillPoly(plane, [np.round(corners * 8).astype(np.int32)], 1, cv2.LINE_8, 3)
        codes ^= plane * np.uint16(rng.integers(1, 1 << 16))
        first, last = np.round(ends * 8).astype(int).tolist()
        weight = int(255 * rng.uniform(0.25, 1.0))
        cv2.line(ink, first, last, weight, max(1, round(1.6 * scale)), cv2.LINE_AA, 3)
        low, high = ends.min(0), ends.max(0) + 1
        deep = 18 * scale
        rows = slice(max(int(low[1] - 3 * deep), 0), max(int(high[1] + 3 * deep), 0))
        columns = slice(max(int(low[0] - 3 * deep), 0), max(int(high[0] + 3 * deep), 0))
        side = (x[rows, columns] - at[0]) * across[0] + (y[rows, columns] - at[1]) * across[1]
        fall = np.exp(np.abs(side) * np.float32(-1 / deep)) * plane[rows, columns]
        fade[rows, columns] += fall * np.float32(rng.choice([-1, 1]))
    return codes, tone.to_floats(ink), np.tanh(fade)


@look("cubism", detail=0.45)
def cubism(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Shaded angular planes in ochre, umber and slate, each seen from its own side."""
    shape = image.shape[:2]
    codes, ink, fade = _facets(shape, scale, rng)
    table = rng.normal(0, 1, (4, 1 << 16)).astype(np.float32)
    shift = np.clip(table[:2], -2, 2) * np.float32(5 * scale)
    seen = fields.displace(tone.blur(tone.expose(image), 0.7 * scale), *shift[:, codes])
    level = tone.quiet(seen, scale)
    level = 0.5 * np.round(level * 5) / 5 + 0.5 * level
    level = 0.05 + 0.88 * level + 0.11 * table[2][codes] + 0.24 * fade
    ochre = tone.ramp(
        level, tone.jitter(tone.hexes("1a130d", "633d1e", "b07a3a", "dcb573", "f6e8c6"), rng)
    )
    slate = tone.ramp(
        level, tone.jitter(tone.hexes("10181d", "314a58", "6a8a94", "a9bcb8", "eceadb"), rng)
    )
    cool = (table[3] > 0.35).astype(np.float32)[codes]
    planes = tone.mix(tone.mix(ochre, slate, cool), tone.vivid(seen, 1.6), 0.16)
    if mask is not None:
        ink = np.maximum(ink, np.exp(-fields.depth_inside(mask) / np.float32(1.2 * scale)))
    return tone.mix(planes, (0.07, 0.05, 0.04), 0.9 * ink)


@look("expressionism", detail=0.75)
def expressionism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Long wavy bands of orange sky over dark blue, after Munch's Scream."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.0)
    sway = np.sin(x / np.float32(rng.uniform(16, 26) * scale))
    rise = fields.noise(shape, (70.0 * scale, 120.0 * scale), rng) - 0.5
    # The bands bend round the forms, as level lines of the picture do.
    height = y / np.float32(scale) + 120 * rise + 7 * sway + 26 * tone.blur(level, 7 * scale)
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    angle = np.arctan2(gx, -gy)
    seen = fields.smear(level, angle, 8 * scale)
    band = np.sin(height * np.float32(2 * np.pi / rng.uniform(17, 23)))
    fine = fields.streaks(angle, 30 * scale, rng, 4.0 * scale)
    hot = tone.jitter(
        tone.hexes("160f1e", "5a1820", "b8321a", "ea6a1c", "f7a634", "fde59a"), rng, 0.025
    )
    cold = tone.jitter(
        tone.hexes("070c1e", "14305a", "1f5f6e", "4f8a5c", "b8b460", "f5e4a6"), rng, 0.025
    )
    tones = 0.06 + 0.84 * seen + 0.085 * band + 0.055 * fine
    warmth = tone.smoothstep(seen + 0.16 * band + 0.06 * fine, 0.36, 0.58)
    return tone.mix(tone.ramp(tones, cold), tone.ramp(tones, hot), warmth)


@look("fauvism", detail=0.4)
def fauvism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Broad flat patches of wild unnatural colour with blue contours, after Matisse."""
    shape = image.shape[:2]
    smooth = tone.kuwahara(image, max(2, round(7 * scale)))
    level = tone.quiet(image, scale, blur=1.3)
    wheel = tone.hexes("14307a", "0f7a5a", "c2185b", "e8452c", "ff8f1f", "ffd23f", "f9b4c0")
    drift = 0.16 * (tone.stretch(fields.noise(shape, 120 * scale, rng)) - 0.5)
    angle = fields.tangent(level, 5 * scale) + np.float32(0.5)
    strokes = fields.streaks(angle, 16 * scale, rng, 6.0 * scale)
    # Neighbouring inks meet in strokes, so that plain grounds have brushwork and no blotches.
    depth = 0.5 * (level + tone.quiet(smooth, scale)) + drift + 0.045 * strokes
    wild = tone.steps(np.clip(depth, 0, 0.999), tone.jitter(wheel, rng, 0.04))
    painted = tone.mix(wild, tone.vivid(smooth, 2.6), 0.28)
    painted = tone.blur(painted, 0.8 * scale) * (1 + 0.06 * strokes)[..., None]
    contour = tone.smoothstep(fields.lines(level, 1.8 * scale), 0.25, 0.7)
    return tone.mix(painted, (0.07, 0.1, 0.38), 0.85 * contour)


@look("futurism", detail=0.35)
def futurism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A form repeated along its motion, cut by rays into facets, with sweeping lines of force."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    px, py = rng.choice([-0.2, 1.2]) * shape[1], rng.uniform(-0.2, 1.2) * shape[0]
    dx, dy = x - np.float32(px), y - np.float32(py)
    turn, far = np.arctan2(dy, dx), np.sqrt(dx * dx + dy * dy)
    ahead = np.arctan2(shape[0] / 2 - py, shape[1] / 2 - px)
    turn = np.mod(turn - ahead + np.pi, np.float32(2 * np.pi))  # no seam within the picture
    bounds = np.cumsum(rng.uniform(0.4, 1.6, 46))
    table = np.searchsorted(bounds[:-1] / bounds[-1] * 2 * np.pi, np.linspace(0, 2 * np.pi, 4096))
    ray = table[np.clip(turn * np.float32(4095 / (2 * np.pi)), 0, 4095).astype(np.int32)]
    lift = rng.normal(0, 0.1, 46).astype(np.float32)[ray]
    way = rng.uniform(-0.5, 0.5)
    tones = tone.quiet(image, scale, blur=0.8)
    shift = rng.normal(0, 2.5 * scale, (2, 46)).astype(np.float32)
    seen = fields.displace(tones, *shift[:, ray])
    gap = rng.uniform(8, 10) * scale
    level, ink = 0.64 * seen, np.zeros(shape, np.float32)
    contour = tone.smoothstep(fields.lines(tones, 1.3 * scale), 0.25, 0.6)
    for echo in range(5):
        move = np.array(
            [[1, 0, -gap * echo * np.cos(way)], [0, 1, -gap * echo * np.sin(way)]], np.float32
        )
        again, shaped = (
            cv2.warpAffine(plane, move, shape[::-1], borderMode=cv2.BORDER_REFLECT_101)
            for plane in (contour, seen)
        )
        ink = np.maximum(ink, again * np.float32(1 - 0.2 * echo))
        level += np.float32(0.07) * shaped
    period = rng.uniform(46, 64) * scale
    force = tone.smoothstep(np.cos(far * np.float32(2 * np.pi / period)), 0.985, 1.0)
    shine = lift + 0.16 * (np.mod(far, np.float32(period)) / period - 0.5) * np.sign(lift)
    hot = tone.jitter(tone.hexes("2a1210", "9a2418", "e2571c", "f6a72e", "fbe6a8"), rng, 0.02)
    cold = tone.jitter(tone.hexes("0c1830", "1d4a7a", "2f8f92", "93cdb4", "f2f0d8"), rng, 0.02)
    chosen = (rng.random(46) < 0.45).astype(np.float32)[ray]
    made = tone.mix(tone.ramp(level + shine, hot), tone.ramp(level + shine, cold), chosen)
    made = tone.mix(made, (1.0, 0.95, 0.8), 0.35 * force)
    return tone.mix(made, (0.06, 0.05, 0.09), 0.65 * ink)


def _watch(surface: Canvas, at: Array, size: float, rng: np.random.Generator, scale: float) -> None:
    """A pale watch face with a gilt rim, ticks and hands, hanging over an edge and dripping."""
    turn = np.linspace(0, 2 * np.pi, 60)
    lean, drip = rng.uniform(-0.4, 0.4), rng.uniform(0.9, 1.5)

    def melt(x: Array, y: Array) -> Array:
        """Points of the unit disc on the soft watch, in eighths of a pixel."""
        low = np.maximum(y, 0) ** 2
        sagged = y * 0.78 + low * drip * np.exp(-(((x - 0.3) / 0.36) ** 2))
        return np.asarray(
            ((np.stack([x + lean * low, sagged], -1) * size) + at) * 8, np.float64
        ).astype(np.int32)

    thick = max(1, round(1.2 * scale))
    shadow = melt(np.cos(turn), np.sin(turn)) + int(8 * 0.22 * size)
    cv2.fillPoly(surface, [shadow], (44, 26, 16), cv2.LINE_AA, 3)
    for part, ink in ((1.0, (150, 100, 34)), (0.93, (238, 200, 110)), (0.85, (214, 226, 226))):
        rim = melt(part * np.cos(turn), part * np.sin(turn))
        cv2.fillPoly(surface, [rim], ink, cv2.LINE_AA, 3)
    hours = np.arange(12) * np.pi / 6
    ends = [melt(part * np.cos(hours), part * np.sin(hours)) for part in (0.62, 0.78)]
    for a, b in zip(*(e.tolist() for e in ends)):
        cv2.line(surface, a, b, (28, 30, 46), thick, cv2.LINE_AA, 3)
    hub = melt(np.zeros(1), np.zeros(1))[0].tolist()
    for part, way in zip((0.6, 0.42), rng.uniform(0, 6.3, 2)):
        tip = melt(np.array([part * np.cos(way)]), np.array([part * np.sin(way)]))[0].tolist()
        cv2.line(surface, hub, tip, (20, 22, 40), thick + 1, cv2.LINE_AA, 3)


@look("surrealism", detail=0.5)
def surrealism(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Melting forms and soft watches with long shadows, between ochre desert and clear sky."""
    shape = image.shape[:2]
    _, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=0.7)
    horizon = shape[0] * rng.uniform(0.35, 0.55)
    depth = y - np.float32(horizon) + 10 * scale * (fields.noise(shape, 90 * scale, rng) - 0.5)
    land = tone.hexes("24120a", "74411a", "c8862f", "ecc070", "faeac0")
    sky = tone.hexes("142a4a", "2f74ac", "6fb2d2", "c2e0da", "faecc4")
    low = tone.smoothstep(depth, -3 * scale, 3 * scale)
    cast, way = level, float(rng.choice([-1, 1]))
    for reach in (4, 8, 13, 19, 26):
        move = np.array([[1, 0, -way * reach * scale], [0, 1, 0.25 * reach * scale]], np.float32)
        shifted = cv2.warpAffine(level, move, shape[::-1], borderMode=cv2.BORDER_REPLICATE)
        cast = np.minimum(cast, shifted + np.float32(0.012 * reach))
    far = np.clip(0.3 - np.abs(depth) / np.float32(340 * scale), 0, 1)
    air = tone.ramp(0.78 * level + far, tone.jitter(sky, rng, 0.02))
    desert = tone.ramp(0.45 * level + 0.47 * cast + 0.5 * far, tone.jitter(land, rng, 0.02))
    made = tone.mix(tone.mix(air, desert, low), tone.vivid(tone.expose(image), 1.4), 0.2)
    sag = tone.blur(fields.noise(shape, (150.0 * scale, 30 * scale), rng), 4 * scale)
    wave = 2.2 * scale * np.sin(y / np.float32(rng.uniform(16, 24) * scale))
    surface = tone.to_bytes(fields.displace(made, wave, -16 * scale * (sag - 0.4)))
    for at in fields.calm_points(level, 150 * scale, rng, share=0.34, mask=mask):
        _watch(surface, at, float(rng.uniform(26, 38)) * scale, rng, scale)
    return tone.to_floats(surface)
