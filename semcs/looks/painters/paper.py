"""Paper and board, folded, torn or cut: cardboard, collage, origami, paper cut."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("cardboard", detail=0.5)
def cardboard(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Brown board: the flat liner is torn off along ragged pale edges and bares the fluting."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    along = x if rng.random() < 0.6 else y
    flute = 0.5 + 0.5 * np.sin(2 * np.pi * along / (rng.uniform(9, 11.5) * scale))
    # The photo's blurred tones and a slow noise decide where the liner is torn off.
    ragged = 0.1 * (fields.fractal(shape, 13 * scale, rng, 3) - 0.5)
    field = tone.blur(level, 9 * scale) + 0.9 * fields.noise(shape, 110 * scale, rng) + ragged
    field = field + 0.9 * tone.blur(tone.edges(level, 2.0, scale), 14 * scale)
    cut = float(np.percentile(field[::3, ::3], rng.uniform(14, 22)))
    liner = tone.smoothstep(field, cut - 0.006, cut + 0.006)
    torn = tone.smoothstep(field, cut - 0.06, cut - 0.045) * (1 - liner)
    palette = tone.jitter(tone.hexes("4a2d14", "8f6233", "c2935a", "dcb682", "f0d9b2"), rng, 0.012)
    fibre = fields.noise(shape, (1.4 * scale, 12 * scale), rng) - 0.5
    sheet = tone.ramp(0.16 + 0.74 * level + 0.1 * fibre + 0.06 * (flute - 0.5), palette)
    sheet = tone.shade(sheet, 0.25 * tone.relief(level, 0.8, 1.2, scale))
    bare = tone.ramp(0.62 * level + 0.42 * flute - 0.06, palette)
    shadow = tone.blur(np.roll(liner, round(3 * scale), (0, 1)), 2.4 * scale) * (1 - liner)
    bare = tone.shade(bare, -0.75 * shadow)
    made = tone.mix(bare, sheet, liner)
    return tone.mix(made, (0.95, 0.87, 0.73), torn * (0.55 + 0.35 * level))


@look("collage", detail=0.4)
def collage(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Torn scraps of magazine and newsprint with white ragged edges, glued over each other."""
    x, _ = fields.grid(image.shape)
    level = tone.quiet(image, scale)
    torn = _torn_scraps(image, rng, scale, mask)
    # Every scrap has slipped a little.
    slip = rng.normal(0, 2.0 * scale, (2, int(torn.max()) + 1)).astype(np.float32)
    lit = tone.relight(image, 0.06 + 0.94 * level)
    moved = fields.displace(np.dstack([lit, level]), slip[0][torn], slip[1][torn])
    photo, level = np.ascontiguousarray(moved[..., :3]), np.ascontiguousarray(moved[..., 3])
    piece = _printed_scraps(photo, level, torn, rng, scale)
    edge = np.minimum(fields.rim(torn) / scale, 40)
    cast = fields.displace(edge, 0 * x - 2 * scale, 0 * x - 2 * scale)
    piece = piece * (0.6 + 0.4 * tone.smoothstep(cast, 0, 5.0))[..., None]
    wide = 0.3 + 2.6 * fields.noise(level.shape, 14 * scale, rng)
    return tone.mix(piece, (0.97, 0.96, 0.94), tone.smoothstep(wide - edge, 0, 0.8))


def _torn_scraps(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None
) -> fields.Labels:
    """Cells of the picture with ragged borders."""
    cell = rng.uniform(56, 72) * scale
    scraps = fields.superpixels(image, cell, rng, colour=5, spread=0.9, mask=mask)
    shape = scraps.shape
    x, y = fields.grid(shape)
    ragged = [
        5 * scale * (fields.noise(shape, 9 * scale, rng) - 0.5)
        + 3.5 * scale * (fields.noise(shape, 2.5 * scale, rng) - 0.5)
        for _ in range(2)
    ]
    torn = cv2.remap(
        scraps.astype(np.float32),
        x + ragged[0],
        y + ragged[1],
        cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(torn, np.int32)


def _printed_scraps(
    photo: Array, level: Array, torn: fields.Labels, rng: np.random.Generator, scale: float
) -> Array:
    """Each scrap as a photo, a print in one ink, or newsprint: (H, W, 3)."""
    _, y = fields.grid(level.shape)
    count = int(torn.max()) + 1
    papers = tone.hexes("e5483a", "f2b632", "2f7fb8", "3d9a7a", "e88aa6", "7a5aa8")
    papers = tone.jitter(papers, rng)
    own = papers[rng.integers(0, len(papers), count)][torn]
    duotone = tone.mix(own * 0.3, own * 0.55 + 0.45, level)
    row = (y + torn * 3) % (5 * scale) < 2 * scale
    letters = fields.noise(level.shape, (2 * scale, 1.6 * scale), rng) > 0.42
    news = tone.glow(0.34 + 0.63 * level - 0.2 * row * letters, (1.0, 0.96, 0.84))
    # What is rich in detail stays a photo: paper and newsprint take the calm scraps.
    busy = fields.cell_mean(tone.soft(tone.edges(level, 1.2, scale), 18 * scale), torn)
    dark = fields.cell_mean(level, torn) < 0.35
    kind = np.clip(rng.random(count) + 4 * (busy - 0.08) + 0.25 * dark, 0, 1)[torn]
    piece = tone.mix(tone.vivid(photo, 1.7), duotone, (kind < 0.28).astype(np.float32))
    return tone.mix(piece, news, ((kind >= 0.28) & (kind < 0.42)).astype(np.float32))


_WASHI = (
    ("35558c", "6f97c8", "f2b8b5", "f9dcc4", "fdf6ec"),
    ("54407e", "9a80c2", "f3a9c8", "fbdfe4", "fffaf2"),
    ("2c6b68", "6fb5a2", "f6d186", "fbe9c6", "fffdf4"),
    ("8a3f3c", "dd8670", "f7c9a9", "fbe6d2", "fbf8f0"),
)


@look("origami", detail=0.55)
def origami(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Large folded facets of pastel paper with crisp creases and soft shadows."""
    level = tone.quiet(image, scale, blur=1.5)
    triangles, facet = fields.edge_mesh(level, rng.uniform(34, 44) * scale, rng)
    count = int(facet.max()) + 1
    mean = tone.equalised(fields.cell_mean(level, facet)[None], 0.25)[0]
    papers = tone.one_of(_WASHI, rng, 0.02)
    smooth, flat = tone.ramp(mean, papers), tone.steps(mean, papers)
    colour = (0.45 * smooth + 0.55 * flat)[facet]
    x, y = fields.grid(level.shape)
    corners = triangles[:count]
    centre = corners.mean(1)[facet]
    side = corners[:, 1] - corners[:, 0]
    turn = np.arctan2(side[:, 1], side[:, 0]).astype(np.float32)
    tilt = np.asarray(0.12 * np.cos(2 * turn - 1.0) + rng.normal(0, 0.035, count), np.float32)
    across = np.stack([np.cos(turn + 1.6), np.sin(turn + 1.6)], 1)[facet]
    fall = (x - centre[..., 0]) * across[..., 0] + (y - centre[..., 1]) * across[..., 1]
    light = tilt[facet] + 0.1 * np.tanh(fall / (14 * scale))
    edge = fields.rim(facet) / scale
    crease = 0.4 * tone.smoothstep(1.2 - edge, 0, 0.8) - 0.12 * tone.smoothstep(5 - edge, 0, 4)
    crease = tone.blur(np.asarray(crease, np.float32), 0.6 * scale)
    sheet = tone.shade(colour, np.asarray(np.clip(light, -0.35, 0.3) + crease, np.float32))
    return sheet + 0.012 * fields.grain(level.shape, rng, 0.8 * scale)[..., None]


_SHEETS = (
    ("1c3440", "26606a", "2a9d8f", "e9c46a", "f4a261", "fdf0d5"),
    ("2e2044", "5d3f78", "a0609c", "e07a9a", "f6bd60", "fff1e0"),
    ("14263f", "2a5078", "5a95b8", "a8dadc", "f28482", "f8edeb"),
)


@look("paper cut", detail=0.35)
def paper_cut(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Stacked sheets of coloured paper, each edge casting a soft shadow."""
    sheets = tone.one_of(_SHEETS, rng, 0.03)
    # Cuts have round corners, so they are found on a reduced picture.
    step = max(1.0, 2 * scale)
    unit = scale / step
    small = tone.kuwahara(tone.reduced(image, step), max(2, round(6 * unit)))
    small = fields.wobble(tone.tones(small, blur=3.1 * unit), 14 * unit, 1.2 * unit, rng)
    small = small + 0.4 * (small - tone.blur(small, 22 * unit))
    # Ranks share the sheets out evenly, so that dark and light pictures show their form too.
    ranks = np.searchsorted(np.sort(small, axis=None), small).astype(np.float32) / small.size
    small = np.where(np.ptp(small) > 0.02, 0.6 * small + 0.4 * ranks, small)
    level = tone.blur(tone.enlarged(small, image.shape), 1.2 * scale)
    # Divided by its slope, an edge is as sharp where the tone changes slowly as where it is steep.
    gx, gy = (cv2.Sobel(level, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    slope = np.maximum(1.2 * cv2.magnitude(gx, gy), np.float32(1e-4))
    made = np.broadcast_to(sheets[0], image.shape)
    angle, drop = rng.uniform(0.5, 1.1), rng.uniform(3.5, 5.0) * scale
    down, right = round(drop * np.sin(angle)), round(drop * np.cos(angle))
    thickness = max(1, round(scale))
    for index in range(1, len(sheets)):
        cut = index / len(sheets)
        sheet = np.clip((level - cut) / slope + 0.5, 0, 1)
        made = made * (1 - 0.55 * tone.blur(_moved(sheet, down, right), 2.4 * scale))[..., None]
        lip = np.clip(sheet - _moved(sheet, thickness, thickness), 0, 1)
        made = tone.mix(made, np.clip(sheets[index] + 0.14 * lip[..., None], 0, 1), sheet)
    fibre = fields.grain(level.shape, rng, 0.9 * scale)
    return np.asarray(made * (1 + 0.025 * fibre)[..., None], np.float32)


def _moved(sheet: Array, down: int, right: int) -> Array:
    """The sheet moved by whole pixels; what enters at the top and left is its own edge."""
    height, width = sheet.shape
    padded = cv2.copyMakeBorder(sheet, down, 0, right, 0, cv2.BORDER_REPLICATE)
    return np.asarray(padded[:height, :width])
