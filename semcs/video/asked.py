"""What a clip should look like, checked before any network is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import torch

from semcs.errors import check_whole
from semcs.image import load_mask
from semcs.models.families import ModelFamily, as_family
from semcs.style.mixes import Learned, Mix
from semcs.style.optimise import Step
from semcs.style.presets import Preset, find_preset
from semcs.style.regions import Click, Region
from semcs.stylizer.request import ForAll, LookOptions, Request, Rule, check_request
from semcs.video.frames import Frame
from semcs.video.training.trained import clip_preset
from semcs.video.workers.crew import Crew, check_workers, count_of

Callback = Callable[[Frame], object]
TrainingCallback = Callable[[Frame | Step], object]
SourceT = TypeVar("SourceT")

QUALITIES = 100
PRESET = "instant"


class Options(LookOptions, total=False):
    """Keywords of `stylize_video` that say how the clip should look, for type checkers."""

    models: str | ModelFamily
    device: torch.device | str | None
    workers: int | str


@dataclass(frozen=True, eq=False)
class Asked:
    """What a clip should look like, and who paints it.

    Attributes:
        request: The styles, and where they hold; masks are those of the first frame.
        preset: All options, none left to the family.
        family: The networks.
        workers: How many processes paint; 0 is this one.
    """

    request: Request
    preset: Preset
    family: ModelFamily
    workers: int

    @property
    def trains(self) -> bool:
        """Whether a network is trained for the clip."""
        learned = [isinstance(style, Learned) for style in _styles(self.request)]
        return self.preset.optimiser.steps > 0 and not all(learned)

    def crew(self) -> Crew:
        """Those who paint."""
        return Crew(self.workers, self.family)

    def with_masks_read(self, size: tuple[int, int]) -> Asked:
        """The same, its masks read.

        Args:
            size: Height and width of the frames.

        Raises:
            InputError: A mask can't be read, or is of another size.
        """

        def read(mask: object) -> object:
            return mask if mask is None or isinstance(mask, (str, Click)) else load_mask(mask, size)

        request = self.request
        mask = None if request.mask is None else load_mask(request.mask, size)
        regions = request.regions
        if regions is not None:
            regions = tuple(replace(region, mask=read(region.mask)) for region in regions)
        return replace(self, request=replace(request, mask=mask, regions=regions))


def check_asked(
    style: object,
    *,
    fg: object = None,
    bg: object = None,
    regions: Sequence[Region] | None = None,
    mask: object = None,
    rule: Rule = "cues",
    invert_mask: bool = False,
    strength: float = 1.0,
    detail: float | None = None,
    keep_color: float = 0.0,
    scale: float = 1.0,
    avoid: str | None = None,
    preset: str | Preset = PRESET,
    size: int = 512,
    seed: int = 0,
    steps: int | None = None,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    workers: int | str = "auto",
) -> Asked:
    """Check all that can be checked without the clip; arguments as of `stylize_video`.

    Raises:
        InputError: Something can't be used; the message names it and says what is allowed.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    request = check_request(
        *(style, fg, bg, regions),
        mask=mask,
        for_all=ForAll(strength, detail, keep_color, scale, avoid),
        size=size,
        seed=seed,
        rule=rule,
        invert_mask=invert_mask,
    )
    if steps is not None:
        steps = check_whole("steps", steps)
    chosen, count = find_preset(preset), check_workers(workers, models)
    family = as_family(models, device)
    return Asked(
        request, _preset(chosen, family, request, steps), family, count_of(count, models, family)
    )


def _preset(chosen: Preset, family: ModelFamily, request: Request, steps: int | None) -> Preset:
    """The preset with no option left open.

    Raises:
        InputError: It can't be used for clips.
    """
    resolved = chosen.resolve(family.settings)
    texts = {str(style) for style in _styles(request) if isinstance(style, (str, Mix, Learned))}
    resolved = resolved.for_texts(len(texts))
    if steps is not None:
        resolved = resolved.change(steps=steps)
    if resolved.optimiser.steps:
        clip_preset(resolved, family, (), pairs=1)  # refuses what trains no network
    return resolved


def _styles(request: Request) -> list[Any]:
    """All styles that are asked for."""
    own = request.regions or ()
    styles = (request.style, request.fg, request.bg, *(region.style for region in own))
    return [style for style in styles if style is not None]
