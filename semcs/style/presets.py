"""Methods as sets of options: semcs's own reading, the reference programs', and the ancestors'.

Every place where the slides, the program and good sense disagree about Semantic CLIPstyler is a
field of `Preset`; `docs/method.md` numbers them. Weights, steps and sizes belong to the family of
models, since losses of different networks have different scales: `FAMILY_SETTINGS`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args, get_origin, get_type_hints

from semcs.errors import InputError


@dataclass(frozen=True)
class Preset:
    """How one picture is optimised.

    Attributes:
        name: What callers ask for.
        steps: Optimiser steps; 0 leaves the picture as it starts, and loads no image encoder.
        max_seconds: Take no further step once they have taken this long; 0 is no limit. Where it
            cuts in, the picture depends on the machine's speed.
        plateau: Stop when the mean loss of this many steps is hardly below that of as many before
            them; 0 never does.
        learning_rate: Of Adam at the start.
        halve_every: Steps after which the learning rate halves.
        patch_weight: Of the patch loss.
        direction_weight: Of the foreground's directional loss of the whole picture (λ_fg).
        background_weight: Of the background's (λ_bg).
        content_weight: Of the content loss.
        tv_weight: Of the total variation.
        patches: Crops a step.
        patch_sets: Draw this many steps' crops beforehand and take them in turn, so that their
            sources are embedded once, where `patch_source` is "crop"; 0 draws new ones at every
            step (published).
        patch_size: Side of a crop in pixels, at a working size of 512; it grows and shrinks with
            that, to 64 pixels at least.
        patch_span: Crops are of random sizes, up to this many times `patch_size`: a style has to
            show near and far.
        patch_threshold: Crops whose loss is at or under it count as zero.
        patch_scales: Weights of foreground crops and of background crops (Gen-Art).
        distortion: Of the crops' random perspective, as a share of half a side.
        warp: "perspective", or "affine", which CLIPstyler's ablation compares with it.
        black_outside: Crops are black where their perspective leaves them (published); otherwise
            they show the picture there, for towers that black confuses.
        stylenet: "region" sees the masks and paints each region with its own head; "published"
            sees the image alone; "pixels" is no network, each pixel is free.
        start: Where the StyleNet begins: at the "instant" picture, which the looks and the learned
            painter give, or at the "photo". The published network begins at neither.
        patch_source: Embedding that a crop moves away from: that of the "whole" content image
            (published) or of the same "crop" of it.
        source: Content image of the directional losses: "masked" like the output, or "full" as
            the slides write it (disagreement 2).
        rival_share: How much of the directional losses compares with the looks of
            `semcs.models.vocabulary`: toward the own text rather than any of theirs.
        softmax_source: Softmax the source embeddings (3).
        swap_regions: Take the mask inverted, as the program does for some pictures (4).
        single_text_on: Where a single text's directional loss looks: "both" sides or the
            "foreground" alone (5).
        patch_text: A crop is pulled to the text of the "region" that it covers, or every crop to
            the "foreground" text (6).
        patch_sampling: "stratified" draws crops from each region by its area; "uniform" anywhere;
            "portrait" as Gen-Art, at most a fifth of them with the foreground at their foot (7).
        aligned_scales: Give each crop its own region's scale; otherwise in the order of drawing,
            which is another (8).
        late_schedule: One step more than `steps`, the schedule stepping before the optimiser (9).
        contrast: Factor on the saved image's contrast; 1 leaves it (10).
        stretch: Stretch the saved image's range to black and white (10).
        square: Squash the picture to a square to work on (11).
        least_size: Pictures whose longest side is shorter are worked on enlarged to it (to `size`
            where that is less), and shrunk again; textures need room.
        antialias: Shrink the picture with antialiasing (11).
        half: Embeddings in half precision (11).
        mixed_precision: Networks in bfloat16 where the device is faster with it.
        tv_per_pixel: Total variation that doesn't grow with the image (12).
    """

    name: str
    steps: int = 200
    max_seconds: float = 0.0
    plateau: int = 0
    learning_rate: float = 5e-4
    halve_every: int = 100
    patch_weight: float = 9000.0
    direction_weight: float = 500.0
    background_weight: float = 500.0
    content_weight: float = 150.0
    tv_weight: float = 2e-3
    patches: int = 64
    patch_sets: int = 0
    patch_size: int = 128
    patch_span: float = 1.0
    patch_threshold: float = 0.7
    patch_scales: tuple[float, float] = (1.0, 1.0)
    distortion: float = 0.5
    warp: Literal["perspective", "affine"] = "perspective"
    black_outside: bool = True
    stylenet: Literal["region", "published", "pixels"] = "region"
    start: Literal["instant", "photo"] = "photo"
    patch_source: Literal["whole", "crop"] = "whole"
    source: Literal["masked", "full"] = "masked"
    rival_share: float = 0.0
    softmax_source: bool = False
    swap_regions: bool = False
    single_text_on: Literal["both", "foreground"] = "both"
    patch_text: Literal["region", "foreground"] = "region"
    patch_sampling: Literal["stratified", "uniform", "portrait"] = "stratified"
    aligned_scales: bool = True
    late_schedule: bool = False
    contrast: float = 1.0
    stretch: bool = False
    square: bool = False
    least_size: int = 0
    antialias: bool = True
    half: bool = False
    mixed_precision: bool = False
    tv_per_pixel: bool = True

    def __post_init__(self) -> None:
        for option, kind in get_type_hints(Preset).items():
            value = getattr(self, option)
            if get_origin(kind) is Literal and value not in get_args(kind):
                raise InputError(f"{option} is {value!r}: choose from {', '.join(get_args(kind))}")
        for option in ("learning_rate", "halve_every", "patches", "patch_size"):
            if not getattr(self, option) > 0:
                raise InputError(f"{option} is {getattr(self, option)}: more than 0 is needed")
        if not self.patch_span >= 1:
            raise InputError(f"patch_span is {self.patch_span}: 1 or more is needed")
        for option in ("steps", "max_seconds", "plateau", "patch_sets", "least_size"):
            if not getattr(self, option) >= 0:
                raise InputError(f"{option} is {getattr(self, option)}: 0 or more is needed")

    @property
    def total_steps(self) -> int:
        """Steps that are taken: one more than asked with `late_schedule`."""
        return self.steps + (self.late_schedule and self.steps > 0)

    def rate(self, index: int) -> float:
        """Learning rate of step `index`, from 1; halved a step early with `late_schedule`."""
        halvings = (index - 1 + self.late_schedule) // self.halve_every
        return self.learning_rate * 0.5**halvings


_SEMCS = Preset("semcs", steps=20, halve_every=10, start="instant", mixed_precision=True)
_INSTANT = replace(_SEMCS, name="instant", steps=0)
_REFERENCE = Preset(
    "semcs-reference",
    steps=400,
    stylenet="published",
    softmax_source=True,
    single_text_on="foreground",
    patch_text="foreground",
    patch_sampling="uniform",
    aligned_scales=False,
    late_schedule=True,
    contrast=1.5,
    stretch=True,
    square=True,
    antialias=False,
    half=True,
    tv_per_pixel=False,
)
_SLIDES = Preset(
    "semcs-slides",
    steps=400,
    stylenet="published",
    source="full",
    patch_weight=0.0,
    content_weight=0.0,
    tv_weight=0.0,
)
_CLIPSTYLER = Preset(
    "clipstyler",
    stylenet="published",
    source="full",
    patch_text="foreground",
    patch_sampling="uniform",
    contrast=1.5,
    stretch=True,
    tv_per_pixel=False,
)
_GEN_ART = replace(
    _CLIPSTYLER,
    name="gen-art",
    patch_text="region",
    patch_sampling="portrait",
    patch_scales=(0.3, 1.0),
)

PRESETS: dict[str, Preset] = {
    preset.name: preset for preset in (_SEMCS, _INSTANT, _REFERENCE, _SLIDES, _CLIPSTYLER, _GEN_ART)
}

# The published weights are for CLIP ViT-B/32 and VGG19. The bundled networks' losses are of another
# scale, and their tower was trained on crops without much black: found by looking at pictures.
_BUNDLED_SCALES: dict[str, object] = {
    "patch_threshold": 0.2,
    "content_weight": 200.0,
    "mixed_precision": True,
}
_BUNDLED_SEMCS: dict[str, object] = {
    **_BUNDLED_SCALES,
    "steps": 8,
    "halve_every": 8,
    "rival_share": 0.7,
    "content_weight": 1000.0,
    "patches": 32,
    "patch_span": 2.0,
    "distortion": 0.3,
    "black_outside": False,
    "least_size": 384,
}
FAMILY_SETTINGS: dict[str, dict[str, dict[str, object]]] = {
    "bundled": {
        "semcs": _BUNDLED_SEMCS,
        "semcs-reference": _BUNDLED_SCALES,
        "clipstyler": _BUNDLED_SCALES,
        "gen-art": _BUNDLED_SCALES,
    },
}


def preset(name: str | Preset, family: str, /, **overrides: object) -> Preset:
    """The preset of that name with a model family's settings, then the caller's.

    Args:
        name: A name, or a preset of the caller's own, which is taken as it is.
        family: "paper" or "bundled".
        overrides: Any field of `Preset`.

    Raises:
        InputError: For a name that no preset has, or a field that it lacks.
    """
    if isinstance(name, Preset):
        chosen = name
    elif name in PRESETS:
        chosen = replace(PRESETS[name], **FAMILY_SETTINGS.get(family, {}).get(name, {}))  # type: ignore[arg-type]
    else:
        raise InputError(f"unknown preset {name!r}: choose from {', '.join(PRESETS)}")
    unknown = set(overrides) - set(Preset.__dataclass_fields__) | {"name"} & set(overrides)
    if unknown:
        raise InputError(f"unknown option {', '.join(sorted(unknown))}: see semcs.Preset")
    return replace(chosen, **overrides)  # type: ignore[arg-type]
