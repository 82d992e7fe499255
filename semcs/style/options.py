"""The options of an optimisation, in parts; each value is checked by its type and range.

    Losses(content_weight=300)
    Sampling(patches=16, patch_span=2)

A value that is `FAMILY` is the model family's own: losses of different networks have different
scales, and their image encoders see best at different sizes. `Preset.resolve` fills it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

from semcs.errors import (
    check_choice,
    check_number,
    check_switch,
    check_whole,
    refuse,
)


class _FamilyValue(Enum):
    FAMILY = "the model family's own"

    def __repr__(self) -> str:
        return "FAMILY"


FAMILY: Any = _FamilyValue.FAMILY
"""Stands for the value that the model family has for an option (`ModelFamily.settings`)."""


def limited(default: object, **limits: float | None) -> Any:
    """A number with limits: `least`, `most` or `above` (see `semcs.errors.check_number`)."""
    return field(default=default, metadata=limits)


@dataclass(frozen=True)
class Part:
    """Options that belong together.

    Raises:
        InputError: A value is of another type, or outside its range; the message names it.
    """

    def __post_init__(self) -> None:
        for name, kind, limits in _rules(type(self)):
            value = getattr(self, name)
            if value is not FAMILY:
                object.__setattr__(self, name, _checked(name, value, kind, limits))


@dataclass(frozen=True)
class Losses(Part):
    """What is minimised, and how much each loss counts.

    Attributes:
        patch_weight: Of the patch loss.
        direction_weight: Of the directional loss of the foreground, and of regions that are
            neither foreground nor background (λ_fg).
        background_weight: Of the background's directional loss (λ_bg).
        content_weight: Of the content loss.
        tv_weight: Of the total variation.
        temporal_weight: Of the temporal loss between neighbouring frames, where a network is
            trained for a clip; of a still it is no part.
        patch_threshold: Crops whose loss is at or under it count as zero (τ of CLIPstyler, eq. 5).
        rival_share: How much of the directional losses compares with the looks of
            `semcs.models.vocabulary`: toward the own text rather than any of theirs, 0 to 1.
        source: What the directional losses move away from: the photo "masked" like the output, or
            the "full" photo, as the slides write it (disagreement 2).
        patch_source: What a crop moves away from: the "whole" photo (published) or the same "crop"
            of it.
    """

    patch_weight: float = 9000.0
    direction_weight: float = 500.0
    background_weight: float = 500.0
    content_weight: float = FAMILY
    tv_weight: float = 2e-3
    temporal_weight: float = 3e6
    patch_threshold: float = limited(FAMILY, most=2.0)
    rival_share: float = limited(FAMILY, most=1.0)
    source: Literal["masked", "full"] = "masked"
    patch_source: Literal["whole", "crop"] = "whole"


@dataclass(frozen=True)
class Sampling(Part):
    """Which crops the patch loss sees.

    Attributes:
        patches: Crops a step.
        patch_sets: Draw this many steps' crops beforehand and take them in turn, so that their
            sources are embedded once, where `patch_source` is "crop"; 0 draws new ones at every
            step (published).
        patch_size: Side of a crop in pixels at a working size of 512; it grows and shrinks with
            that, to 64 pixels at least.
        patch_span: Crops are of random sizes, up to this many times `patch_size`: a style has to
            show near and far.
        distortion: Of the crops' random perspective, as a share of half a side, under 1.
        warp: "perspective", or "affine", which CLIPstyler's ablation compares with it.
        black_outside: Crops are black where their perspective leaves them (published); otherwise
            they show the photo there, for image encoders that black confuses.
        patch_sampling: "stratified" draws crops from each region by its area; "uniform" anywhere;
            "portrait" as Gen-Art, at most a fifth of them with the foreground at their foot
            (disagreement 7).
    """

    patches: int = limited(FAMILY, least=1, most=4096)
    patch_sets: int = 0
    patch_size: int = limited(128, least=8)
    patch_span: float = limited(FAMILY, least=1.0, most=64.0)
    distortion: float = limited(FAMILY, most=0.99)
    warp: Literal["perspective", "affine"] = "perspective"
    black_outside: bool = FAMILY
    patch_sampling: Literal["stratified", "uniform", "portrait"] = "stratified"


@dataclass(frozen=True)
class Network(Part):
    """The network that paints, and what it begins with.

    Attributes:
        stylenet: "region" paints each region with an output of its own; "published" sees the photo
            alone and paints one picture; "pixels" is no network, each pixel is free.
        start: Where it begins: at the "instant" picture, which the looks and the learned painter
            give, or at the "photo". The published network begins at neither.
        least_size: Photos whose longest side is shorter are worked on enlarged to it (to `size`
            where that is less), and shrunk again: textures need room.
        mixed_precision: Networks in bfloat16 where the device is faster with it.
    """

    stylenet: Literal["region", "published", "pixels"] = "region"
    start: Literal["instant", "photo"] = "instant"
    least_size: int = FAMILY
    mixed_precision: bool = True


@dataclass(frozen=True)
class Optimiser(Part):
    """How many steps of Adam are taken, and how large they are.

    Attributes:
        steps: At most; 0 leaves the picture as it starts, and loads no image encoder.
        learning_rate: At the start.
        halve_every: Steps after which the learning rate halves.
        plateau: Stop when the mean loss of this many steps is hardly below that of as many before
            them; 0 never does.
        max_seconds: Take no further step once they have taken this long; 0 is no limit. Where it
            cuts in, the picture depends on the machine's speed.
    """

    steps: int = limited(FAMILY, most=10**6)
    learning_rate: float = limited(5e-4, above=0.0)
    halve_every: int = limited(FAMILY, least=1)
    plateau: int = 0
    max_seconds: float = 0.0


@dataclass(frozen=True)
class Output(Part):
    """What is done to the finished picture; both are off in semcs's own presets.

    Attributes:
        contrast: Factor on its contrast; 1 leaves it (disagreement 10).
        stretch: Stretch its range to black and white (disagreement 10).
    """

    contrast: float = 1.0
    stretch: bool = False


def _rules(part: type[Part]) -> tuple[tuple[str, Any, Mapping[str, Any]], ...]:
    """Name, type and limits of each option."""
    kinds = get_type_hints(part)
    return tuple((each.name, kinds[each.name], each.metadata) for each in fields(part))


def _checked(name: str, value: object, kind: Any, limits: Mapping[str, Any]) -> object:
    """The value as a plain Python value of its type; InputError where it isn't one in range."""
    if get_origin(kind) is Literal:
        return check_choice(name, value, get_args(kind))
    if get_origin(kind) is tuple:
        return _checked_tuple(name, value, get_args(kind), limits)
    if type(None) in get_args(kind):
        (kind,) = (each for each in get_args(kind) if each is not type(None))
        return None if value is None else _checked(name, value, kind, limits)
    return _CHECKS[kind](name, value, **limits)


def _checked_tuple(
    name: str, value: object, kinds: tuple[Any, ...], limits: Mapping[str, Any]
) -> tuple[object, ...]:
    if not isinstance(value, (tuple, list)) or len(value) != len(kinds):
        refuse(name, value, f"a tuple of {len(kinds)} numbers")
    return tuple(_checked(name, one, kind, limits) for one, kind in zip(value, kinds))


def _checked_text(name: str, value: object) -> str:
    return value if isinstance(value, str) and value else refuse(name, value, "a name")


_CHECKS: dict[Any, Callable[..., object]] = {
    bool: check_switch,
    int: check_whole,
    float: check_number,
    str: _checked_text,
}
