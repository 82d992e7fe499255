"""The palette of a rendering, shifted toward colours and light that a text names.

All of it happens in Oklab: the lightness keeps its structure, and hue and chroma move to the
colours asked for, with some of the variety that they had. Every step is a function of single
colours that is fitted to a sample of the picture and then applied to all of it, strip by strip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from semcs.looks.oklab import from_oklab, to_oklab
from semcs.looks.phrases.palette import RGB
from semcs.looks.registry import Array

HUE_KEPT = 0.14  # of the picture's own colours, beside those asked for
LIGHTNESS_MOVED = 0.68  # of the way from the picture's mean lightness to the colour's
MONOCHROME_KEPT = 0.12
LEAST_SPREAD = 13.0  # standard deviation of lightness under which a photo is stretched
SAMPLED = 60_000  # pixels that a step is fitted to
STRIP = 1 << 17  # pixels that are worked on at once: their planes stay in the cache

Step = Callable[[Array], Array]
"""Changes colours (H, W, 3) in Oklab, each by itself."""


def tint(
    picture: Array,
    colors: Sequence[RGB],
    light: Sequence[str] = (),
    mask: Array | None = None,
) -> NDArray[np.float32]:
    """Shift the palette of a picture.

    Args:
        picture: (H, W, 3) RGB in [0, 1].
        colors: Of two or more, the dark tones take the darkest, the light ones the lightest.
        light: Words of light, as `semcs.looks.Match.light` has them.
        mask: (H, W) in [0, 1], where to do it; everywhere by default. How far colours move
            depends on what is inside.

    Returns:
        (H, W, 3) float32 RGB in [0, 1].
    """
    fits: list[Callable[[Array], Step]] = []
    if colors:
        fits.append(lambda sample: _coloring(sample, colors, HUE_KEPT))
    fits += [lambda sample, word=word: _lighting(sample, word) for word in light]  # type: ignore[misc]
    return _changed(picture, fits, mask)


def paint_color(
    photo: Array, colors: Sequence[RGB], mask: Array | None = None
) -> NDArray[np.float32]:
    """A rich monochrome of a photo, or a picture in the few colours named.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        colors: One or more.
        mask: As of `tint`.

    Returns:
        (H, W, 3) float32 RGB in [0, 1].
    """
    return _changed(
        photo, [_stretching, lambda sample: _coloring(sample, colors, MONOCHROME_KEPT)], mask
    )


def _changed(
    picture: Array, fits: Sequence[Callable[[Array], Step]], mask: Array | None
) -> NDArray[np.float32]:
    """A picture after steps, each fitted to a sample of what the ones before it make."""
    source = np.asarray(picture, np.float32)
    changed = source.copy()
    if not fits:
        return changed
    sample = to_oklab(_sample(source, mask))
    steps: list[Step] = []
    for fit in fits:
        steps.append(fit(sample))
        sample = steps[-1](sample)
    rows = max(1, STRIP // source.shape[1])
    for top in range(0, source.shape[0], rows):
        strip = slice(top, top + rows)
        if mask is not None and not mask[strip].any():
            continue
        lab: Array = to_oklab(source[strip])
        for step in steps:
            lab = step(lab)
        painted = from_oklab(lab)
        share = 1 if mask is None else mask[strip][..., None]
        changed[strip] += (painted - source[strip]) * share
    return changed


def _sample(source: Array, mask: Array | None) -> Array:
    """Pixels of a picture that are inside the mask, (N, 1, 3), evenly spread."""
    step = max(1, int((source.shape[0] * source.shape[1] / SAMPLED) ** 0.5))
    pixels = source[::step, ::step].reshape(-1, 1, 3)
    if mask is None:
        return pixels
    inside = mask[::step, ::step].reshape(-1) > 0.5
    return pixels[inside] if inside.any() else pixels


def _joined(lightness: Array, colors: Array) -> Array:
    return np.concatenate([lightness[..., None], colors], 2, dtype=np.float32)


def _coloring(sample: Array, colors: Sequence[RGB], kept: float) -> Step:
    """A step towards the colours asked for, each in its range of lightness."""
    targets = to_oklab(np.array([colors], np.float32) / 255)[0]
    targets = targets[np.argsort(targets[:, 0], kind="stable")]
    low, middle, high = _levels(sample)
    ramp = _ramp(targets)

    def aims(lightness: Array) -> Array:
        if len(targets) == 1:
            return np.asarray(targets[:1, None])
        share = np.clip((lightness - low) / max(high - low, 1.0), 0, 1)
        return np.asarray(ramp[(share * (len(ramp) - 1) + 0.5).astype(np.int32)])

    goal = float(np.clip(aims(sample[..., 0])[..., 0].mean(), 8, 93))
    move = _moving(middle, middle + (goal - middle) * LIGHTNESS_MOVED)
    usual = float(np.hypot(sample[..., 1], sample[..., 2]).mean()) + 8.0

    def step(lab: Array) -> Array:
        aim, lightness = aims(lab[..., 0]), move(lab[..., 0])
        # Lighter tones of a colour have more chroma, up to a point: towards white it falls, as it
        # does with pigments. And it varies as the picture's does.
        own = np.sqrt(lab[..., 1] ** 2 + lab[..., 2] ** 2)
        variety = np.clip(0.75 + 0.5 * own / usual, 0.75, 1.25)
        bell = np.clip(1.15 - ((lightness - aim[..., 0]) / 85.0) ** 2, 0.35, 1.15)
        bell *= np.clip(lightness / np.maximum(aim[..., 0], 10.0), 0.35, 2.5) ** 0.6
        tinted = aim[..., 1:] * (bell * variety)[..., None]
        return _joined(lightness, tinted + (lab[..., 1:] - tinted) * kept)

    return step


def _ramp(targets: Array) -> Array:
    """Colours (N, 3), dark to light, as a table: each holds its own stretch, and they meet."""
    share = np.linspace(0, 1, 1024) * max(len(targets) - 1, 1)
    whole = np.floor(share)
    eased = np.clip((share - whole - 0.3) / 0.4, 0, 1)
    at = whole + eased * eased * (3 - 2 * eased)
    places = np.arange(len(targets))
    return np.stack([np.interp(at, places, channel) for channel in targets.T], 1).astype(np.float32)


def _levels(sample: Array) -> tuple[float, float, float]:
    low, middle, high = np.percentile(sample[..., 0], (4, 50, 96))
    return float(low), float(middle), float(high)


def _moving(middle: float, goal: float) -> Callable[[Array], Array]:
    """Bends lightness so that `middle` comes to `goal`; black and white stay, nothing clips."""
    now, then = np.clip(middle / 100, 0.02, 0.98), np.clip(goal / 100, 0.05, 0.95)
    power = float(np.clip(np.log(then) / np.log(now), 0.35, 2.8))
    mirrored = float(np.clip(np.log(1 - then) / np.log(1 - now), 0.35, 2.8))
    lightness = np.linspace(0, 1, 4096)
    bent = lightness**power
    if power < 1:  # brightening by a power flattens the lights: bend from white's side in part
        bent = 0.5 * (bent + 1 - (1 - lightness) ** mirrored)
    table = np.asarray(100 * bent, np.float32)

    def move(values: Array) -> Array:
        at = np.clip(values * (4095 / 100), 0, 4094.999)
        below = at.astype(np.int32)
        return np.asarray(table[below] + (table[below + 1] - table[below]) * (at - below))

    return move


def _stretching(sample: Array) -> Step:
    """A step that gives lightness enough contrast to show the picture by itself."""
    low, middle, high = _levels(sample)
    spread = max(high - low, 1.0) / 3.3
    gain = float(np.clip(24.0 / max(spread, LEAST_SPREAD / 2), 1.0, 1.7))

    def step(lab: Array) -> Array:
        centred = (lab[..., 0] - middle) * gain
        return _joined(np.clip(middle + 50 * np.tanh(centred / 50), 0, 100), lab[..., 1:])

    return step


def _lighting(sample: Array, word: str) -> Step:
    """A step that changes lightness and chroma as a word of light says."""
    middle = _levels(sample)[1]

    def onto(goal: float) -> Callable[[Array], Array]:
        return _moving(middle, goal)

    dark, bright = onto(min(middle * 0.6, 32.0)), onto(max(middle + (100 - middle) * 0.4, 66.0))
    pale, pastel = onto(max(middle, 60.0)), onto(max(middle, 55.0))

    def step(lab: Array) -> Array:
        lightness, colors = lab[..., 0], lab[..., 1:]
        if word == "dark":
            lightness, colors = dark(lightness), colors * 0.95
        elif word == "bright":
            lightness, colors = bright(lightness), colors * 1.08
        elif word == "pale":
            lightness, colors = 58 + pale(lightness) * 0.4, colors * 0.42
        elif word == "pastel":
            lightness, colors = 50 + pastel(lightness) * 0.47, colors * 0.68
        elif word == "vivid":
            colors = colors * (1.55 - 0.004 * np.hypot(colors[..., :1], colors[..., 1:]))
        elif word == "muted":
            lightness, colors = 10 + lightness * 0.82, colors * 0.45
        elif word == "warm":
            colors = colors + _cast(lightness, (7.0, 20.0))
        elif word == "cold":
            colors = colors * 0.85 + _cast(lightness, (-4.0, -20.0))
        elif word == "contrast":
            room = np.where(lightness > middle, 100 - middle, middle) + 1e-3
            lightness = middle + room * np.tanh((lightness - middle) * 1.5 / room)
        elif word == "soft":
            lightness, colors = middle + (lightness - middle) * 0.72 + 5, colors * 0.88
        return _joined(np.clip(lightness, 0, 100), colors)

    return step


def _cast(lightness: Array, toward: tuple[float, float]) -> Array:
    """A cast that middle tones take most of, (H, W, 2)."""
    share = 0.4 + 0.6 * np.clip(1 - ((lightness - 55) / 55) ** 2, 0, 1)
    return np.asarray(share[..., None] * np.array(toward, np.float32))
