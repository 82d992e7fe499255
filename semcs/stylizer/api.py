"""`Stylizer`: keeps its networks, and styles pictures with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, overload

import torch

from semcs.bars import Bar
from semcs.errors import InputError, check_switch, shown
from semcs.image import Source, load
from semcs.models.families import ModelFamily, as_family
from semcs.saliency.foreground import Rule
from semcs.style.optimise import Step
from semcs.style.presets import Preset, find_preset
from semcs.style.regions import Region
from semcs.stylizer.request import ForAll, Options, check_request
from semcs.stylizer.result import ImageT, Result
from semcs.stylizer.run import Run

if TYPE_CHECKING:
    from PIL import Image
    from typing_extensions import Unpack

Callback = Callable[[Step], object]


class Stylizer:
    """Styles pictures; keeps its networks, so that the second picture starts sooner.

    stylizer = semcs.Stylizer("bundled")
    result = stylizer("photo.jpg", fg="gold", bg="snow")
    result.image.save("styled.png")
    """

    def __init__(
        self, models: str | ModelFamily = "auto", *, device: torch.device | str | None = None
    ) -> None:
        """Choose the networks.

        Args:
            models: "auto", "bundled", "paper" (see `load_family`), or a `ModelFamily`.
            device: Such as "cpu" or "cuda"; the GPU where there is one, by default.

        Raises:
            InputError: Unknown models or device.
        """
        self.family = as_family(models, device)

    @overload
    def __call__(
        self,
        image: Source,
        style: object = None,
        *,
        callback: Callback | None = None,
        progress: bool = True,
        **options: Unpack[Options],
    ) -> Result[Image.Image]: ...
    @overload
    def __call__(
        self,
        image: ImageT,
        style: object = None,
        *,
        callback: Callback | None = None,
        progress: bool = True,
        **options: Unpack[Options],
    ) -> Result[ImageT]: ...
    def __call__(
        self,
        image: object,
        style: object = None,
        *,
        callback: Callback | None = None,
        progress: bool = True,
        **options: Unpack[Options],
    ) -> Result[Any]:
        """Style a picture.

        Args:
            image: PIL image, array, tensor, path, bytes or file (see `semcs.image.load`).
            style: One text, or a picture as the style, for the whole picture; or use `fg`, `bg`
                or `regions`.
            callback: Called with every `Step`. `False`, and no other answer, stops there, and so
                does raising `StopIteration`.
            progress: Show a bar on stderr where that is a terminal.
            **options: As of `iterate`.

        Raises:
            InputError: Something handed in can't be used.
            ModelUnavailableError: The paper models were asked for and can't be had.
            DivergenceError: The optimisation ran into NaN.
        """
        check_switch("progress", progress)
        if callback is not None and not callable(callback):
            raise InputError(f"callback is {shown(callback)}: a function is allowed")
        run = self.iterate(image, style, **options)
        for step in Bar(run, total=len(run), unit="step", disable=None if progress else True):
            if callback is not None and _wants_to_stop(callback, step):
                break
        return run.result()

    def iterate(
        self,
        image: object,
        style: object = None,
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
        preset: str | Preset = "semcs",
        size: int = 512,
        seed: int = 0,
        steps: int | None = None,
        max_seconds: float | None = None,
        warm_start: Result[Any] | None = None,
    ) -> Run:
        """Prepare a picture, to be styled step by step.

            run = semcs.Stylizer("bundled").iterate(image, fg="gold", bg="snow")
            for step in run:
                shown = step.preview()
            picture = run.result().image

        Args:
            image: As of `__call__`.
            style: For the whole picture: a text, a picture as the style (PIL image, array, tensor,
                `Path`, bytes, file), or several of these with weights: "0.6 watercolor + 0.4 gold",
                {"watercolor": 0.6, Path("art.jpg"): 0.4}, or pairs [(image, 0.6), ("gold", 0.4)].
            fg: The foreground's; None keeps its pixels.
            bg: The background's; None keeps its pixels.
            regions: Regions of your own instead, as many as you like. Those that overlap are
                shared out in their order.
            mask: Foreground mask (H, W), soft or hard, instead of the one that semcs finds; for a
                batch of pictures, one for each or one for all.
            rule: Which side of the photo is the foreground, where semcs finds the mask: "cues" (the
                vote of several), or one of them (`semcs.saliency.choose_foreground`).
            invert_mask: Take the other side of the mask, found or handed in.
            strength: How much of the styles shows, 0 to 1; the rest is the photo (a `Region` has
                its own).
            detail: How much of the photo's form looks get back, 0 to 1; by default each look's
                own amount. A `Region` may have its own, and so with the next three.
            keep_color: How much of the photo's colours stay under the style's strokes, 0 to 1.
            scale: Size of the strokes, 0.25 to 4, against what the picture's size gives.
            avoid: A text to stay away from, such as "blue".
            preset: Name or `Preset`: semcs, instant, semcs-reference, semcs-slides, clipstyler,
                gen-art. `semcs.PRESETS[name].change(...)` changes any of its options.
            size: Longest side in pixels to work at; smaller pictures are worked on at their own
                size, or enlarged up to the preset's `least_size`.
            seed: The same seed gives the same picture on one CPU, with the same versions and number
                of threads; looks on a given mask are the same for any number.
            steps: Optimiser steps; None is the preset's number, 0 the instant picture.
            max_seconds: Take no further step once they have taken this long; None is the preset's.
            warm_start: Begin where this result ended: for another strength, other texts or the next
                frame, with fewer steps. The number of styled regions has to agree.

        Raises:
            InputError: Something handed in can't be used.
            NotFoundError: What a region's words name isn't in the photo.
            ModelUnavailableError: The paper models were asked for and can't be had.
        """
        request = check_request(
            style,
            fg,
            bg,
            regions,
            mask=mask,
            for_all=ForAll(strength, detail, keep_color, scale, avoid),
            size=size,
            seed=seed,
            rule=rule,
            invert_mask=invert_mask,
        )
        said = {"steps": steps, "max_seconds": max_seconds}
        changes = {name: value for name, value in said.items() if value is not None}
        chosen = find_preset(preset).change(**changes)
        return Run(self.family, load(image), request, chosen, warm_start=warm_start)


def _wants_to_stop(callback: Callback, step: Step) -> bool:
    try:
        return callback(step) is False
    except StopIteration:
        return True
