"""Fields that the looks share: random textures, flows, cells, strokes, ink and places.

Painters use them as `fields.noise(...)`. Pictures are (H, W, 3) and planes (H, W), float32 with
values in [0, 1] unless said; lengths are in pixels, angles in radians with y pointing down.
"""

from __future__ import annotations

from semcs.looks.fields.cells import cell_mean, discs, nearest_points, rim, split, voronoi
from semcs.looks.fields.flows import displace, flow, sample, smear, streaks, tangent, wobble
from semcs.looks.fields.grids import Labels, Shape, grid
from semcs.looks.fields.line_art import halftone, hatch, lines, scan_lines, stitches
from semcs.looks.fields.regions import (
    calm_points,
    calmness,
    clear_spot,
    depth_inside,
    has_sky,
    inset,
)
from semcs.looks.fields.shaped_cells import edge_mesh, superpixels
from semcs.looks.fields.strokes import (
    around,
    bristle,
    collage,
    dab,
    inclusions,
    pick,
    scatter,
    stamp,
)
from semcs.looks.fields.texture import fractal, grain, noise, paper, starlight

__all__ = [
    "Labels",
    "Shape",
    "around",
    "bristle",
    "calm_points",
    "calmness",
    "cell_mean",
    "clear_spot",
    "collage",
    "dab",
    "depth_inside",
    "discs",
    "displace",
    "edge_mesh",
    "flow",
    "fractal",
    "grain",
    "grid",
    "halftone",
    "has_sky",
    "hatch",
    "inclusions",
    "inset",
    "lines",
    "nearest_points",
    "noise",
    "paper",
    "pick",
    "rim",
    "sample",
    "scan_lines",
    "scatter",
    "smear",
    "split",
    "stamp",
    "starlight",
    "stitches",
    "streaks",
    "superpixels",
    "tangent",
    "voronoi",
    "wobble",
]
