"""Presets: semcs's own reading of the method, the published programs', and the ancestors'.

    PRESETS["semcs"].change(steps=50, content_weight=300)

Where slides, program and good sense disagree about Semantic CLIPstyler, an option says so; each
number is a row of the table in docs/method.md:

| disagreement | option | semcs | semcs-reference |
|---|---|---|---|
| 1 patch, content and TV losses | `*_weight` | on | on (`semcs-slides`: off) |
| 2 what the losses move away from | `source` | masked | masked (`semcs-slides`: full) |
| 3 softmax of the source embeddings | `softmax_source` | off | on |
| 4 masks inverted for some photos | `swap_regions` | off | off, the program asks its user |
| 5 sides that a single text looks at | `single_text_on` | both | foreground |
| 6 text that pulls a crop | `patch_text` | its region's | foreground |
| 7 where crops are drawn | `patch_sampling` | stratified | uniform |
| 8 order of the crops' scales | `aligned_scales` | aligned | not aligned |
| 9 one step more, schedule a step early | `late_schedule` | off | on |
| 10 contrast and stretch of the picture | `contrast`, `stretch` | off | on |
| 11 squares, no antialiasing, half precision | `square`, `antialias`, `half` | off | on |
| 12 total variation that grows with the picture | `tv_per_pixel` | per pixel | grows |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Literal

from semcs.errors import InputError, shown
from semcs.style.options import FAMILY, Losses, Network, Optimiser, Output, Part, Sampling


@dataclass(frozen=True)
class Published(Part):
    """What the published programs do and semcs's own presets don't.

    Attributes:
        softmax_source: Softmax the source embeddings (disagreement 3).
        swap_regions: Take the mask inverted, as the program does for some photos (4).
        single_text_on: Where a single text's directional loss looks: "both" sides or the
            "foreground" alone (5).
        patch_text: A crop is pulled to the text of the "region" that it covers, or every crop to
            the "foreground" text (6).
        patch_scales: Weights of foreground crops and of background crops (Gen-Art).
        aligned_scales: Give each crop its own region's scale; otherwise in the order of drawing,
            which is another (8).
        late_schedule: One step more than `steps`, the schedule stepping before the optimiser (9).
        square: Squash the photo to a square to work on (11).
        antialias: Shrink the photo with antialiasing (11).
        half: Embeddings in half precision (11).
        tv_per_pixel: Total variation that doesn't grow with the picture (12).
        two_text_content_weight: `content_weight` where two texts are given; None: the same.
        two_text_clip: Image-text model where two texts are given and the family offers it, such as
            "RN50"; None: the same.
    """

    softmax_source: bool = False
    swap_regions: bool = False
    single_text_on: Literal["both", "foreground"] = "both"
    patch_text: Literal["region", "foreground"] = "region"
    patch_scales: tuple[float, float] = (1.0, 1.0)
    aligned_scales: bool = True
    late_schedule: bool = False
    square: bool = False
    antialias: bool = True
    half: bool = False
    tv_per_pixel: bool = True
    two_text_content_weight: float | None = None
    two_text_clip: str | None = None


@dataclass(frozen=True)
class Preset:
    """How one picture is made; options that are `FAMILY` are left to the model family.

    Attributes:
        name: What callers ask for.
        losses: What is minimised.
        sampling: Which crops the patch loss sees.
        network: What paints, and where it begins.
        optimiser: How many steps are taken, and how large they are.
        output: What is done to the finished picture.
        published: What only the published programs do.
    """

    name: str
    losses: Losses = field(default_factory=Losses)
    sampling: Sampling = field(default_factory=Sampling)
    network: Network = field(default_factory=Network)
    optimiser: Optimiser = field(default_factory=Optimiser)
    output: Output = field(default_factory=Output)
    published: Published = field(default_factory=Published)

    def change(self, **options: object) -> Preset:
        """The same preset with some options changed, in whichever part they are.

            semcs.PRESETS["clipstyler"].change(steps=100, patch_threshold=0.6)

        Raises:
            InputError: No part has such an option, or its value isn't allowed.
        """
        unknown = [option for option in options if option not in _PART_OF]
        if unknown:
            near = [each for one in unknown for each in get_close_matches(one, _PART_OF, n=1)]
            hint = f": perhaps {', '.join(near)}?" if near else ""
            raise InputError(f"unknown option {', '.join(unknown)}{hint} semcs.Preset names all")
        changed = {}
        for part in {_PART_OF[option] for option in options}:
            own = {name: value for name, value in options.items() if _PART_OF[name] == part}
            changed[part] = replace(getattr(self, part), **own)
        return replace(self, **changed)

    def resolve(self, settings: Mapping[str, object]) -> Preset:
        """The same preset with the family's values where it leaves them to the family.

        Args:
            settings: Options by name, as of `ModelFamily.settings`.

        Raises:
            InputError: The family has no value for an option, or one that isn't allowed.
        """
        missing = [name for name in self._open_options() if name not in settings]
        if missing:
            raise InputError(f"the model family has no setting for {', '.join(missing)}")
        return self.change(**{name: settings[name] for name in self._open_options()})

    def for_texts(self, count: int) -> Preset:
        """The same preset for so many different texts: the Sem-CS program treats two otherwise."""
        if count < 2:
            return self.change(two_text_clip=None, two_text_content_weight=None)
        weight = self.published.two_text_content_weight
        return self if weight is None else self.change(content_weight=weight)

    @property
    def total_steps(self) -> int:
        """Steps that are taken: one more than asked with `late_schedule`."""
        return self.optimiser.steps + (self.published.late_schedule and self.optimiser.steps > 0)

    def learning_rate_at(self, step: int) -> float:
        """Learning rate of a step, from 1; halved a step early with `late_schedule`."""
        halvings = (step - 1 + self.published.late_schedule) // self.optimiser.halve_every
        return self.optimiser.learning_rate * 0.5**halvings

    def _open_options(self) -> list[str]:
        """Names of the options that are left to the family."""
        return [
            name for name, part in _PART_OF.items() if getattr(getattr(self, part), name) is FAMILY
        ]


_PARTS: dict[str, type[Part]] = {
    "losses": Losses,
    "sampling": Sampling,
    "network": Network,
    "optimiser": Optimiser,
    "output": Output,
    "published": Published,
}
_PART_OF = {each.name: part for part, kind in _PARTS.items() for each in fields(kind)}

_SEMCS = Preset("semcs")
_INSTANT = Preset("instant", optimiser=Optimiser(steps=0))
# Every number of CLIPstyler's but the threshold, which is for the scale of its CLIP's losses.
_CLIPSTYLER = Preset(
    "clipstyler",
    Losses(content_weight=150.0, rival_share=0.0, source="full"),
    Sampling(
        patches=64,
        patch_span=1.0,
        distortion=0.5,
        black_outside=True,
        patch_sampling="uniform",
    ),
    Network(stylenet="published", start="photo", least_size=0, mixed_precision=False),
    Optimiser(steps=200, halve_every=100),
    Output(contrast=1.5, stretch=True),
    Published(patch_text="foreground", tv_per_pixel=False),
)
_GEN_ART = replace(
    _CLIPSTYLER.change(patch_text="region", patch_sampling="portrait", patch_scales=(0.3, 1.0)),
    name="gen-art",
)
_REFERENCE = replace(
    _CLIPSTYLER.change(
        steps=400,
        source="masked",
        softmax_source=True,
        single_text_on="foreground",
        aligned_scales=False,
        late_schedule=True,
        square=True,
        antialias=False,
        half=True,
        two_text_content_weight=600.0,
        two_text_clip="RN50",
    ),
    name="semcs-reference",
)
_SLIDES = replace(
    _CLIPSTYLER.change(
        steps=400,
        patch_weight=0.0,
        content_weight=0.0,
        tv_weight=0.0,
        patch_sampling="stratified",
        contrast=1.0,
        stretch=False,
        patch_text="region",
        tv_per_pixel=True,
    ),
    name="semcs-slides",
)

PRESETS: dict[str, Preset] = {
    preset.name: preset for preset in (_SEMCS, _INSTANT, _REFERENCE, _SLIDES, _CLIPSTYLER, _GEN_ART)
}
"""All presets by name, as published or as semcs reads them: options may be `FAMILY`."""


def find_preset(preset: str | Preset) -> Preset:
    """The preset of that name; a preset of the caller's own is taken as it is.

    Raises:
        InputError: No preset has the name.
    """
    if isinstance(preset, Preset):
        return preset
    if not isinstance(preset, str) or preset not in PRESETS:
        raise InputError(f"unknown preset {shown(preset)}: choose from {', '.join(PRESETS)}")
    return PRESETS[preset]
