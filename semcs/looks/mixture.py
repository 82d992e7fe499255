"""A match painted: one look, one over the other, or several side by side, and then tinted."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.image.visible import fill_hidden, hide
from semcs.looks.form import give_form
from semcs.looks.matching import Match
from semcs.looks.phrases.kinds import COLORFUL
from semcs.looks.registry import Array, find_look
from semcs.looks.rendering import look_scale, render_region
from semcs.looks.tint import paint_color, tint
from semcs.looks.tone import blur

FORM_BACK = 0.75  # of the top look's own amount, once more after all layers
UNDER_DETAIL = 0.35  # of the photo's form given back to a look that another is painted over
PALETTE = 14.0  # pixels at scale 1 over which a medium takes the colours of what it shows
PALETTE_BACK = (0.5, 0.75, 0.75)  # how much of their L, a and b in CIELAB
EDGE = 10.0  # pixels at scale 1: how softly looks that are side by side meet
PATCH = 110.0  # pixels at scale 1: how large their areas are
NOISE = 0.8  # of the noise in the field of areas, beside the photo's lightness
SOFTNESS = 0.22  # of the field's spread over which one area becomes the next

Layer = tuple[tuple[str, float], ...]  # looks side by side, and their weights
Layers = tuple[Layer, ...]


def render_match(
    photo: Array,
    match: Match,
    mask: Array | None = None,
    *,
    seed: int = 0,
    detail: float | None = None,
    scale: float = 1.0,
) -> NDArray[np.float32]:
    """Paint the region of a photo as a text asks for.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        match: What the text asks for; one without looks shifts the photo's colours.
        mask: (H, W) in [0, 1], the region; None is the whole photo.
        seed: Of the looks' random parameters.
        detail: How much of the photo's form is given back, 0 to 1; None is the looks' own amount.
        scale: Of strokes, cells and dots, against what the picture's size gives.

    Returns:
        (H, W, 3) float32 in [0, 1]; what lies far outside the mask is the photo.

    Raises:
        InputError: If a look of the match doesn't exist.
    """
    source = np.asarray(photo, np.float32)
    colors = [color.rgb for color in match.colors]
    layers = match.layers()
    one_layer = len(layers) == 1 and not colors and not match.light
    reach = None if mask is None or one_layer else _reach(mask, scale)
    if not layers:
        painted = paint_color(source, colors, reach) if colors else source
        return tint(painted, (), match.light, reach)
    picture = _painted_layers(source, layers, mask, seed, detail, scale)
    if one_layer:
        return picture
    if len(layers) > 1:
        picture = _with_form_of(picture, source, layers, detail, scale)
        if reach is not None:
            picture = np.asarray(source + (picture - source) * reach[..., None], np.float32)
    return tint(picture, colors, match.light, reach)


def render_visible(
    photo: Array,
    alpha: Array | None,
    match: Match,
    mask: Array | None = None,
    *,
    seed: int = 0,
    detail: float | None = None,
) -> NDArray[np.float32]:
    """Paint what can be seen of a photo as a text asks for, or a region of it.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        alpha: (H, W) in [0, 1], or None where all is visible.
        match: See `render_match`.
        mask: (H, W) in [0, 1], the region; None is all that is visible.
        seed: See `render_match`.
        detail: See `render_match`.

    Returns:
        (H, W, 3) in [0, 1]. Pixels of alpha 0 and those outside the region stay as they are;
        hidden ones change nothing elsewhere.

    Raises:
        InputError: If a look of the match doesn't exist.
    """
    seen = fill_hidden(photo, alpha)
    if seen is not photo:
        mask = hide(np.ones(photo.shape[:2], np.float32) if mask is None else mask, alpha)
    painted = render_match(seen, match, mask, seed=seed, detail=detail)
    if mask is None:
        return painted
    return np.asarray(photo + (painted - photo) * mask[..., None], np.float32)


def _painted_layers(
    source: Array,
    layers: Layers,
    mask: Array | None,
    seed: int,
    detail: float | None,
    scale: float,
) -> NDArray[np.float32]:
    """Each layer painted over the picture that those before it make."""
    picture = np.asarray(source, np.float32)
    for index, layer in enumerate(layers):
        is_under = index < len(layers) - 1
        amount = UNDER_DETAIL if detail is None and is_under else detail
        under, picture = picture, _side_by_side(picture, layer, mask, seed + index, amount, scale)
        if index and all(name in COLORFUL for name, _ in layer):
            picture = _with_palette_of(picture, under, scale)
    return picture


def _reach(mask: Array, scale: float) -> NDArray[np.float32]:
    """The mask and all of its soft outline: what a composition with it shows."""
    spread = max(0.6, 0.5 * EDGE * scale * look_scale(max(mask.shape)))
    wide = blur(np.asarray(mask, np.float32), spread)
    return np.maximum(np.clip(4 * wide - 0.2, 0, 1), mask > 0).astype(np.float32)


def _with_palette_of(picture: Array, under: Array, scale: float) -> NDArray[np.float32]:
    """A medium in the colours of what it shows, as far as they vary slowly: snow stays white."""
    spread = PALETTE * scale * look_scale(max(picture.shape[:2]))
    painted, shown = (
        cv2.cvtColor(np.asarray(rgb, np.float32), cv2.COLOR_RGB2LAB) for rgb in (picture, under)
    )
    missing = blur(shown - painted, spread)
    painted += missing * np.array(PALETTE_BACK, np.float32)
    painted[..., 0] = np.clip(painted[..., 0], 0, 100)
    return np.clip(cv2.cvtColor(painted, cv2.COLOR_LAB2RGB), 0, 1)


def _with_form_of(
    picture: Array,
    source: Array,
    layers: Layers,
    detail: float | None,
    scale: float,
) -> NDArray[np.float32]:
    """Layers painted over each other, with the photo's form, which they have lost on the way."""
    top = layers[-1]
    amount = detail
    if amount is None:
        amount = (
            FORM_BACK
            * sum(weight * find_look(name).detail for name, weight in top)
            / sum(weight for _, weight in top)
        )
    return give_form(picture, source, amount, scale * look_scale(max(source.shape[:2])))


def _side_by_side(
    photo: Array,
    layer: Layer,
    mask: Array | None,
    seed: int,
    detail: float | None,
    scale: float,
) -> NDArray[np.float32]:
    """One look, or several in interlocking areas that follow the photo's light and dark."""
    painted = [
        render_region(photo, name, mask, seed=seed, detail=detail, scale=scale) for name, _ in layer
    ]
    if len(painted) == 1:
        return painted[0]
    weights = np.array([weight for _, weight in layer])
    shares = areas(photo, weights / weights.sum(), mask, seed, scale)
    return np.asarray(sum(p * s[..., None] for p, s in zip(painted, shares)), np.float32)


def areas(
    photo: Array, weights: Array, mask: Array | None, seed: int, scale: float
) -> NDArray[np.float32]:
    """Where each of several looks is painted: (N, H, W), which sum to 1 in every pixel.

    The areas are bands of a field: the photo's lightness, blurred, and a slow noise. So they follow
    its shapes, and none is a plain stripe.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        weights: (N,), the shares of the picture, which sum to 1.
        mask: (H, W) in [0, 1], the region that is shared out; None is the whole photo.
        seed: Of the noise.
        scale: Of the areas, against what the picture's size gives.
    """
    height, width = photo.shape[:2]
    unit = scale * look_scale(max(height, width))
    light = cv2.cvtColor(np.asarray(photo, np.float32), cv2.COLOR_RGB2GRAY)
    light = blur(light, max(0.6, EDGE * unit))
    field = _standard(light) + NOISE * _standard(_noise(height, width, PATCH * unit, seed))
    inside = field if mask is None or not (mask > 0.5).any() else field[mask > 0.5]
    levels = np.quantile(inside, np.cumsum(weights)[:-1])
    soft = SOFTNESS * max(float(inside.std()), 1e-3)
    over = [np.clip((field - level) / soft + 0.5, 0, 1) for level in levels]
    steps = [np.ones_like(field), *(o * o * (3 - 2 * o) for o in over), np.zeros_like(field)]
    return np.stack([upper - lower for upper, lower in pairwise(steps)]).astype(np.float32)


def _standard(field: Array) -> Array:
    return np.asarray((field - field.mean()) / (field.std() + 1e-4), np.float32)


def _noise(height: int, width: int, length: float, seed: int) -> Array:
    """Smooth noise whose hills are `length` pixels wide."""
    rng = np.random.default_rng(seed + 7919)
    cells = tuple(max(2, int(side / max(length, 1.0)) + 2) for side in (height, width))
    coarse = rng.normal(size=cells).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC))
