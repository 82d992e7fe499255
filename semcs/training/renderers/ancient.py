"""Old pictures: vases, papyri, manuscripts, frescoes, rock dots and the old masters."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer

_KEY = np.array(
    [
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
        [1, 0, 0, 0, 0, 0, 0, 1, 0, 1],
        [1, 0, 1, 1, 1, 1, 0, 1, 0, 1],
        [1, 0, 1, 0, 0, 1, 0, 1, 0, 1],
        [1, 0, 1, 0, 1, 1, 0, 1, 0, 1],
        [1, 0, 1, 0, 0, 0, 0, 1, 0, 1],
        [1, 0, 1, 1, 1, 1, 1, 1, 0, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ],
    np.float32,
)
_GLYPHS: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((-1, 0), (-0.6, -0.5), (-0.2, 0), (0.2, -0.5), (0.6, 0), (1, -0.5)),),
    (((0, 1), (0, -0.1), (-0.5, -0.7), (0, -1), (0.5, -0.7), (0, -0.1)), ((-0.6, 0.1), (0.6, 0.1))),
    (((-1, 0), (0, -0.6), (1, 0), (0, 0.4), (-1, 0)), ((-0.1, 0.4), (-0.4, 1), (-0.8, 0.9))),
    (((-0.7, 1), (-0.4, 0), (0, -0.9), (0.5, -0.7), (0.1, -0.4), (0.8, 0.5), (0.1, 0.6)),),
    (((-0.9, -0.4), (0.9, -0.4), (0.9, 0.5), (0.2, 0.5)), ((-0.9, -0.4), (-0.9, 0.5), (-0.3, 0.5))),
    (((0, 1), (0, -1), (0.5, -0.6), (0.4, 0.1), (0, 0.3)),),
)


@renderer("greek vase")
def greek_vase(image: Array, rng: np.random.Generator) -> Array:
    """Black figures on orange clay, with incised lines and bands of meander."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, 4), blur=1.0)
    clay = tone.glow(0.9 + 0.16 * fields.fractal(shape, 20, rng), (0.86, 0.43, 0.17))
    figure = tone.smoothstep(rng.uniform(0.46, 0.54) - level, -0.02, 0.02)
    fine = tone.luma(image)
    fine = tone.stretch(fine - tone.blur(fine, 5), span=0.16)
    incised = tone.smoothstep(fields.lines(1 - fine, 0.9), 0.3, 0.7) * figure
    drawn = tone.smoothstep(fields.lines(level, 1.0), 0.35, 0.7) * (1 - figure)
    purple = tone.smoothstep(fields.noise(shape, 22, rng), 0.68, 0.74) * tone.smoothstep(
        level, 0.2, 0.26
    )
    glaze = tone.mix(tone.fill(image, (0.07, 0.055, 0.05)), (0.4, 0.1, 0.1), purple)
    made = tone.mix(clay, glaze, np.maximum(figure, 0.9 * drawn))
    made = tone.mix(made, clay, 0.9 * incised * (1 - purple))
    period, size = rng.uniform(60, 76), rng.uniform(1.1, 1.4)
    row = np.mod(y + rng.uniform(0, period), period) / size
    key = fields.sample(
        np.tile(_KEY, (1, 2)), np.mod(x / size + rng.uniform(0, 10), 10), np.minimum(row, 10)
    )
    band = tone.smoothstep(12.5 - row, -0.3, 0.3)
    made = tone.mix(made, clay, band)
    made = tone.mix(made, (0.07, 0.055, 0.05), band * tone.smoothstep(key, 0.35, 0.65) * (row < 11))
    gloss = np.exp(-(((x / shape[1] - rng.uniform(0.2, 0.8)) / 0.16) ** 2)).astype(np.float32)
    return tone.shade(made, 0.1 * gloss - 0.03)


def _glyphs(
    surface: NDArray[np.uint8], left: int, ink: tuple[int, int, int], rng: np.random.Generator
) -> None:
    """A column of small signs between two upright lines."""
    for edge in (left, left + 13):
        cv2.line(surface, (edge, 0), (edge, surface.shape[0]), ink, 1, cv2.LINE_AA)
    for top in range(int(rng.integers(-4, 4)), surface.shape[0], 12):
        at = np.array((left + 6.5, top + 6.0))
        kind = int(rng.integers(0, len(_GLYPHS) + 1))
        if kind == len(_GLYPHS):
            cv2.circle(surface, at.astype(int).tolist(), 4, (176, 62, 38), -1, cv2.LINE_AA)
            cv2.circle(surface, at.astype(int).tolist(), 4, ink, 1, cv2.LINE_AA)
            continue
        paths = [
            ((np.array(part) * (4.2, 4.6) + at) * 8).astype(np.int32) for part in _GLYPHS[kind]
        ]
        cv2.polylines(surface, paths, False, ink, 1, cv2.LINE_AA, 3)


@renderer("papyrus")
def papyrus(image: Array, rng: np.random.Generator) -> Array:
    """Crossed reed fibres under flat ochre and turquoise, black outlines and hieroglyphs."""
    shape = image.shape[:2]
    flat_way = np.zeros(shape, np.float32)
    across, down = (
        fields.streaks(flat_way, 30, rng, 1.6),
        fields.streaks(flat_way + np.pi / 2, 30, rng, 1.8),
    )
    mats = fields.noise(shape, (4.0, 60.0), rng) + fields.noise(shape, (60.0, 5.0), rng) - 1
    level = tone.tones(fields.kuwahara(image, 6), blur=1.6)
    drift = 0.22 * (fields.noise(shape, 26, rng) - 0.5)
    inks = tone.hexes("2a1c12", "1f7f80", "b4642a", "d9ac5c", "e2c483", "e2c483")
    inks[1:3] = inks[1:3][rng.permutation(2)]
    made = tone.steps(np.clip(level + drift, 0, 0.999), tone.jitter(inks, rng, 0.02))
    surface = tone.to_bytes(made)
    for left in np.arange(rng.uniform(4, 40), shape[1], rng.uniform(64, 90)).tolist():
        cv2.rectangle(surface, (int(left), 0), (int(left) + 13, shape[0]), (226, 196, 131), -1)
        _glyphs(surface, int(left), (30, 20, 14), rng)
    outline = tone.smoothstep(fields.lines(level, 1.2), 0.25, 0.6)
    made = tone.mix(tone.to_floats(surface), (0.09, 0.06, 0.05), 0.9 * outline)
    bare = tone.smoothstep(fields.fractal(shape, 12, rng) + 0.05 * across, 0.72, 0.82)
    made = tone.mix(made, (0.86, 0.74, 0.48), 0.7 * bare)
    return tone.shade(made, 0.055 * across + 0.045 * down + 0.14 * mats - 0.03)


@renderer("illuminated manuscript")
def illuminated_manuscript(image: Array, rng: np.random.Generator) -> Array:
    """Parchment with red, blue and gold fields inked in outline, script and a vine border."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, 5), blur=1.4)
    skin = tone.ramp(fields.fractal(shape, 24, rng), tone.hexes("dcc48e", "f0e2bb", "f6ecd0"))
    inks = tone.hexes("24388f", "c0301c", "2f6f45", "d9a421")
    inks[:3] = inks[:3][rng.permutation(3)]
    drift = 0.35 * (fields.noise(shape, 28, rng) - 0.5)
    flat = tone.steps(np.clip(1.45 * level + drift, 0, 0.999), tone.jitter(inks, rng, 0.02))
    made = tone.mix(skin, flat, tone.smoothstep(0.62 - level, -0.015, 0.015))
    row, word = np.mod(y, 8.0), fields.noise(shape, (8.0, 5.0), rng)
    quill = tone.smoothstep(
        np.sin(x * 2 * np.pi / 3.3 + 3 * fields.noise(shape, (8.0, 6.0), rng)), -0.3, 0.3
    )
    script = quill * (row > 1) * (row < 6) * (word > 0.3) * tone.smoothstep(level, 0.68, 0.7)
    made = tone.mix(made, (0.2, 0.12, 0.07), 0.75 * script)
    outline = tone.smoothstep(fields.lines(level, 1.1), 0.25, 0.6)
    made = tone.mix(made, (0.13, 0.07, 0.04), 0.9 * outline)
    surface = tone.to_bytes(made)
    skin_bytes = tone.to_bytes(skin)
    for left in np.arange(rng.choice([0, 76]), shape[1], 95).tolist():
        surface[:, left : left + 19] = skin_bytes[:, left : left + 19]
        _vine(surface, int(left), rng)
    return tone.to_floats(surface)


def _vine(surface: NDArray[np.uint8], left: int, rng: np.random.Generator) -> None:
    """A border strip: a curling green stem with red and blue leaves and balls of gold."""
    tall = surface.shape[0]
    for edge, ink in (
        (left, (196, 146, 30)),
        (left + 18, (196, 146, 30)),
        (left + 16, (176, 40, 26)),
    ):
        cv2.line(surface, (edge, 0), (edge, tall), ink, 2 if edge != left + 16 else 1)
    rise = np.arange(-4, tall + 8, 2.0)
    swing, start = rng.uniform(20, 26), rng.uniform(0, 26)
    path = np.stack([left + 8.5 + 4.5 * np.sin(2 * np.pi * (rise + start) / swing), rise], 1)
    stem = [(path * 8).astype(np.int32)]
    cv2.polylines(surface, stem, False, (52, 92, 48), 1, cv2.LINE_AA, 3)
    for index, top in enumerate(np.arange(swing / 4 - start % swing, tall + 9, swing / 2).tolist()):
        side = -1 if index % 2 == 0 else 1
        ink = ((178, 44, 28), (38, 60, 150), (60, 112, 60))[int(rng.integers(3))]
        at = (int(left + 8.5 + 2.5 * side), int(top))
        cv2.ellipse(surface, at, (5, 3), 40.0 * side, 0, 360, ink, -1, cv2.LINE_AA)
        cv2.ellipse(surface, at, (5, 3), 40.0 * side, 0, 360, (50, 26, 14), 1, cv2.LINE_AA)
        ball = (int(left + 8.5 - 4 * side), int(top + 3))
        cv2.circle(surface, ball, 2, (222, 172, 40), -1, cv2.LINE_AA)


@renderer("persian miniature")
def persian_miniature(image: Array, rng: np.random.Generator) -> Array:
    """Flat jewel colours with fine outlines, sprinkled with rows of tiny flowers, and gold."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, 5), blur=1.4)
    inks = tone.hexes("1c3f96", "17694f", "c93a2a", "2fa3a6", "e889a0", "efb63c", "f3e6c4")
    inks[:4] = inks[:4][rng.permutation(4)]
    drift = 0.2 * (fields.noise(shape, 24, rng) - 0.5)
    band = (np.clip(level + drift, 0, 0.999) * 7).astype(np.int32)
    made = tone.jitter(inks, rng, 0.02)[band]
    size = rng.uniform(8.0, 9.5)
    row = np.floor(y / size)
    fx = np.mod(x / size + 0.5 * np.mod(row, 2), 1) - 0.5
    fy = np.mod(y / size, 1) - 0.5
    far, turn = np.hypot(fx, fy) * size, np.arctan2(fy, fx)
    petals = tone.smoothstep(2.1 + 0.9 * np.cos(5 * turn) - far, -0.3, 0.5)
    leafy = tone.smoothstep(np.cos(4 * turn + 0.8) - 0.25 * np.abs(far - 4.2) - 0.55, -0.1, 0.2)
    ink = tone.hexes("f4e7c0", "f2c14a", "f6dcb0", "f7ead0", "b3262e", "b0302a", "c8455a")[band]
    heart = tone.smoothstep(1.3 - far, -0.3, 0.3)
    made = tone.mix(made, np.array((0.12, 0.38, 0.26)), 0.6 * leafy * (far > 3))
    made = tone.mix(tone.mix(made, ink, 0.95 * petals), (0.93, 0.68, 0.2), heart)
    fine = tone.smoothstep(fields.lines(level, 0.9), 0.25, 0.6)
    step = tone.smoothstep(1.0 - fields.rim(band), 0.0, 1.0)
    made = tone.mix(made, (0.86, 0.64, 0.2), 0.9 * step)
    made = tone.mix(made, (0.12, 0.07, 0.08), 0.9 * fine)
    return tone.shade(made, 0.4 * (level - tone.blur(level, 6)))


@renderer("fresco")
def fresco(image: Array, rng: np.random.Generator) -> Array:
    """Matt chalky earth colours on old plaster that is cracked and has flaked away in patches."""
    shape = image.shape[:2]
    soft = fields.kuwahara(tone.expose(image), 4)
    level = tone.tones(soft, blur=0.8)
    earth = tone.jitter(tone.hexes("543a2c", "98583c", "c4864f", "ddb47c", "ecd9b4"), rng, 0.02)
    blue = tone.jitter(tone.hexes("4a5358", "6a7c80", "94a59c", "c2c8b2", "e8e0c8"), rng, 0.02)
    cool = tone.smoothstep(image[..., 2] - image[..., 0] + fields.noise(shape, 34, rng), 0.5, 0.7)
    paint = tone.mix(tone.ramp(level, earth), tone.ramp(level, blue), cool)
    paint = tone.mix(paint, tone.saturate(soft, 1.3) * 0.8 + 0.15, 0.3)
    outline = tone.smoothstep(fields.lines(level, 1.2), 0.3, 0.8)
    paint = tone.mix(paint, (0.38, 0.22, 0.16), 0.6 * outline)
    rough = fields.fractal(shape, 16, rng)
    fallen = tone.smoothstep(rough + 0.4 * (fields.noise(shape, 40, rng) - 0.5), 0.76, 0.79)
    plaster = tone.glow(0.84 + 0.1 * fields.fractal(shape, 5, rng, 3), (0.93, 0.87, 0.74))
    labels, _ = fields.voronoi(shape, rng.uniform(46, 60), rng)
    crack = np.clip(1.3 - fields.rim(labels), 0, 1)
    crack = fields.wobble(crack, 9, 3.5, rng)
    fine, _ = fields.voronoi(shape, 15, rng)
    hair = fields.wobble(np.clip(1.0 - fields.rim(fine), 0, 1), 6, 2.0, rng)
    hair *= tone.smoothstep(fields.noise(shape, 26, rng), 0.62, 0.8)
    made = tone.mix(paint, plaster, fallen)
    made = tone.mix(made, (0.24, 0.18, 0.14), np.clip(0.8 * crack + 0.4 * hair, 0, 1))
    lime = tone.smoothstep(fields.fractal(shape, 4, rng, 2), 0.6, 0.9)
    made = tone.mix(made, (0.93, 0.89, 0.8), 0.3 * lime)
    edge = tone.relief(-tone.blur(fallen, 0.7), rng.uniform(0.4, 1.2), 1.0)
    return tone.shade(made, 0.35 * edge + 0.02 * fields.grain(shape, rng, 0.8))


def _beads(mask: NDArray[np.bool_], gap: float) -> Array:
    """Points spaced evenly along the outlines of a mask: (N, 2)."""
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    rows = [np.zeros((0, 2))]
    for outline in outlines:
        path = np.concatenate([outline[:, 0], outline[:1, 0]]).astype(np.float64)
        reach = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        at = np.arange(0, reach[-1] - 0.6 * gap, gap)
        rows.append(np.stack([np.interp(at, reach, path[:, c]) for c in (0, 1)], 1))
    return np.concatenate(rows)


@renderer("aboriginal dot painting")
def aboriginal_dot_painting(image: Array, rng: np.random.Generator) -> Array:
    """Rows of dots in ochre, red, white and black that follow the forms and ring round centres."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, 6), blur=2.0)
    band = (np.clip(level, 0, 0.999) * 4).astype(np.int32)
    near = np.full(shape, np.inf, np.float32)
    for cx, cy in fields.scatter(shape, rng.uniform(50, 62), rng).tolist():
        near = np.minimum(near, np.hypot(x - cx, y - cy))
    radius = rng.uniform(15, 19)
    ringed = near < radius
    rim = np.where(ringed, radius - near, fields.rim(np.where(ringed, 9, band).astype(np.int32)))
    ground = tone.jitter(tone.hexes("140c0a", "54180f", "8f3418", "b8641f"), rng, 0.02)
    surface = tone.to_bytes(ground[np.where(ringed, np.minimum(band, 1), band)])
    dark = tone.hexes("b8431f", "d98a2b", "8a2415", "efe0c0") * 255
    light = tone.hexes("fbf3df", "f2c14a", "fbf3df", "2a120c") * 255
    gap, turn = rng.uniform(3.7, 4.3), int(rng.integers(4))
    for row in range(int(max(shape) / gap)):
        beads = _beads(rim > (row + 0.45) * gap, gap)
        if not len(beads):
            break
        tints, rings = fields.pick(level, beads), fields.pick(radius - near, beads) > 0
        for (px, py), tint, ring in zip((beads * 8).astype(int).tolist(), tints, rings):
            ink = (light if tint + 0.2 * ring > 0.45 else dark)[(row + turn) % 4]
            cv2.circle(surface, (px, py), 12, ink.tolist(), -1, cv2.LINE_AA, 3)
    return tone.to_floats(surface)


@renderer("rembrandt")
def rembrandt(image: Array, rng: np.random.Generator) -> Array:
    """One golden light that falls out of a warm brown-black dark, in thick old varnished paint."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, 3), blur=0.7)
    mass = tone.blur(level, 9) + 0.35 * fields.noise(shape, 30, rng)
    margin = tone.smoothstep(
        np.minimum(np.minimum(x, shape[1] - x), np.minimum(y, shape[0] - y)), 0, 25
    )
    cy, cx = np.unravel_index(int(np.argmax(mass * margin)), shape)
    far = np.hypot(x - cx, 0.9 * (y - cy)) / (rng.uniform(0.34, 0.44) * min(shape))
    pool = np.exp(-(far**2)).astype(np.float32)
    turn = rng.uniform(-0.6, 0.6) - np.pi / 2
    aside = np.abs((x - cx) * np.sin(turn) - (y - cy) * np.cos(turn))
    ahead = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
    shaft = np.exp(-((aside / 16) ** 2)) * tone.smoothstep(ahead, -10, 20)
    lit = level * (0.27 + 0.85 * pool + 0.12 * shaft) + 0.05 * pool
    palette = tone.jitter(
        tone.hexes("080503", "22120a", "553012", "9c6426", "dca650", "f8e2ac"), rng, 0.012
    )
    made = tone.ramp(np.clip(lit, 0, 1), palette)
    made = tone.mix(
        made, tone.glow(tone.expose(image), (1.0, 0.72, 0.4)) * (0.3 + pool)[..., None], 0.25
    )
    angle = fields.tangent(level, 5)
    strokes = fields.streaks(angle, 5, rng, 2.4)
    made = fields.smear(made, angle, 1.5) * (1 + 0.045 * strokes)[..., None]
    return tone.shade(made, 0.3 * tone.relief(tone.luma(made) + 0.012 * strokes, 0.9, 1.2))


def _scrolls(surface: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Gilded scrolls and small pink roses with leaves."""
    coil = np.linspace(0.15, 1, 26)
    for px, py in fields.scatter(surface.shape, 38, rng).tolist():
        at, way = (int(px), int(py)), rng.uniform(0, 6.3)
        if rng.random() < 0.5:
            for hand in (-1, 1):
                swing = way + hand * (coil * 5.2 + 0.4)
                path = np.stack([np.cos(swing), np.sin(swing)], 1) * coil[:, None] ** 1.6 * 17
                placed = [((path + np.array((px, py))) * 8).astype(np.int32)]
                for ink, thick in (((186, 140, 66), 2), ((244, 214, 136), 1)):
                    cv2.polylines(surface, placed, False, ink, thick, cv2.LINE_AA, 3)
            continue
        for leaf in (way, way + 2.4):
            tip = (int(px + 6 * np.cos(leaf)), int(py + 6 * np.sin(leaf)))
            cv2.ellipse(surface, tip, (4, 2), leaf * 57, 0, 360, (150, 178, 142), -1, cv2.LINE_AA)
        for size, ink in ((5, (232, 150, 168)), (4, (244, 184, 194)), (2, (222, 124, 148))):
            cv2.circle(surface, at, size, ink, -1, cv2.LINE_AA)
            at = (at[0] + int(rng.integers(-1, 2)), at[1])


@renderer("rococo")
def rococo(image: Array, rng: np.random.Generator) -> Array:
    """Powdery pink, pale blue and cream in feathery strokes, with roses and gilded scrolls."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=0.9)
    rose = tone.jitter(tone.hexes("8f6274", "cf94a4", "f0bcc2", "fae0d8", "fffaf0"), rng, 0.015)
    sky = tone.jitter(tone.hexes("5f7a94", "93b4cc", "bcd8e6", "e0eeee", "fffcf2"), rng, 0.015)
    cool = tone.smoothstep(
        fields.noise(shape, 30, rng) + 0.8 * (image[..., 2] - image[..., 0]), 0.4, 0.65
    )
    body = tone.mix(tone.ramp(level, rose), tone.ramp(level, sky), cool)
    angle = fields.flow(shape, 22, rng)
    points = fields.scatter(shape, 4.0, rng)
    count = len(points)
    ink = fields.pick(body, points) * (1 + rng.normal(0, 0.05, (count, 1)))
    turn = fields.pick(angle, points) + rng.normal(0, 0.4, count)
    canvas = fields.dab(body, points, turn, rng.uniform(4, 8, count), np.full(count, 2.0), ink)
    surface = tone.to_bytes(tone.mix(body, fields.smear(canvas, angle, 3), 0.7))
    _scrolls(surface, rng)
    gilt = tone.smoothstep(fields.lines(level, 0.8), 0.35, 0.9)
    made = tone.mix(tone.to_floats(surface), (0.74, 0.55, 0.27), 0.7 * gilt)
    made = tone.shade(made, 0.5 * (level - tone.blur(level, 8)))
    return tone.screen(made, 0.15 * tone.blur(made, 4))
