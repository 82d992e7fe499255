"""Tone and colour: luminance, palettes, blending, smoothing and the light on a relief.

Painters use them as `tone.ramp(...)`. Pictures are (H, W, 3) RGB and planes (H, W), float32 with
values in [0, 1] unless said; lengths are in pixels.
"""

from __future__ import annotations

from semcs.looks.tone.blending import Colour, mix, screen, smoothstep, to_bytes, to_floats
from semcs.looks.tone.colours import (
    fill,
    glow,
    grey,
    luma,
    posterise,
    saturate,
    shift_hue,
    vivid,
)
from semcs.looks.tone.levels import crisp, equalised, expose, quiet, relight, stretch, tones
from semcs.looks.tone.palettes import (
    closest,
    hexes,
    jitter,
    nearest_colour,
    nearest_ink,
    one_of,
    ramp,
    steps,
)
from semcs.looks.tone.shading import edges, relief, shade
from semcs.looks.tone.smoothing import (
    blur,
    denoise,
    enlarged,
    flat_areas,
    flatten,
    kuwahara,
    reduced,
    smoothly_enlarged,
    soft,
)

__all__ = [
    "Colour",
    "blur",
    "closest",
    "crisp",
    "denoise",
    "edges",
    "enlarged",
    "equalised",
    "expose",
    "fill",
    "flat_areas",
    "flatten",
    "glow",
    "grey",
    "hexes",
    "jitter",
    "kuwahara",
    "luma",
    "mix",
    "nearest_colour",
    "nearest_ink",
    "one_of",
    "posterise",
    "quiet",
    "ramp",
    "reduced",
    "relief",
    "relight",
    "saturate",
    "screen",
    "shade",
    "shift_hue",
    "smoothly_enlarged",
    "smoothstep",
    "soft",
    "steps",
    "stretch",
    "to_bytes",
    "to_floats",
    "tones",
    "vivid",
]
