"""`Stylizer` and `stylize`: the calls that people make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, overload

import torch
from torch import Tensor
from tqdm import tqdm

from semcs.errors import InputError, check_switch, shown
from semcs.image import Source, load, masks_of_batch
from semcs.image.tensors import check_plain
from semcs.models.families import ModelFamily, as_family
from semcs.saliency.foreground import Rule
from semcs.style.optimise import Step
from semcs.style.presets import Preset, find_preset
from semcs.style.regions import Region
from semcs.stylizer.request import Options, check_request
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
        for step in tqdm(run, total=len(run), unit="step", disable=None if progress else True):
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
            style: One text, or a picture as the style (PIL image, array, tensor, `Path`, bytes,
                file), for the whole picture.
            fg: The foreground's; None keeps its pixels.
            bg: The background's; None keeps its pixels.
            regions: Regions of your own instead, as many as you like.
            mask: Foreground mask (H, W), soft or hard, instead of the one that semcs finds; for a
                batch of pictures, one for each or one for all.
            rule: Which side of the photo is the foreground, where semcs finds the mask: "cues" (the
                vote of several), or one of them (`semcs.saliency.choose_foreground`).
            invert_mask: Take the other side of the mask, found or handed in.
            strength: How much of the styles shows, 0 to 1; the rest is the photo (a `Region` has
                its own).
            detail: How much of the photo's form looks get back, 0 to 1; by default each look's
                own amount.
            preset: Name or `Preset`: semcs, instant, semcs-reference, semcs-slides, clipstyler,
                gen-art. `semcs.PRESETS[name].change(...)` changes any of its options.
            size: Longest side in pixels to work at; smaller pictures are worked on at their own
                size, or enlarged up to the preset's `least_size`.
            seed: The same seed gives the same picture on one CPU, with the same versions and number
                of threads; looks are the same for any number.
            steps: Optimiser steps; None is the preset's number, 0 the instant picture.
            max_seconds: Take no further step once they have taken this long; None is the preset's.
            warm_start: Begin where this result ended: for another strength, other texts or the next
                frame, with fewer steps. The number of styled regions has to agree.

        Raises:
            InputError: Something handed in can't be used.
            ModelUnavailableError: The paper models were asked for and can't be had.
        """
        request = check_request(
            style,
            fg,
            bg,
            regions,
            mask=mask,
            strength=strength,
            detail=detail,
            size=size,
            seed=seed,
            rule=rule,
            invert_mask=invert_mask,
        )
        said = {"steps": steps, "max_seconds": max_seconds}
        changes = {name: value for name, value in said.items() if value is not None}
        chosen = find_preset(preset).change(**changes)
        return Run(self.family, load(image), request, chosen, warm_start=warm_start)


@overload
def stylize(
    image: Source,
    style: object = None,
    *,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    callback: Callback | None = None,
    progress: bool = True,
    **options: Unpack[Options],
) -> Image.Image: ...
@overload
def stylize(
    image: ImageT,
    style: object = None,
    *,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    callback: Callback | None = None,
    progress: bool = True,
    **options: Unpack[Options],
) -> ImageT: ...
def stylize(
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
    preset: str | Preset = "semcs",
    size: int = 512,
    seed: int = 0,
    steps: int | None = None,
    max_seconds: float | None = None,
    warm_start: Result[Any] | None = None,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    callback: Callback | None = None,
    progress: bool = True,
) -> Any:
    """Style a picture; the same type comes back (a path, bytes or a file gives a PIL image).

        semcs.stylize(image, fg="pop art", bg="starry night")
        semcs.stylize(image, "watercolor")           # one text for all
        semcs.stylize(image, bg="snow")              # the foreground keeps its pixels

    Args:
        image: PIL image, array (H, W[, C]), tensor (C, H, W) or (B, C, H, W), path, bytes, file.
        style: One text, or a picture as the style, for the whole; or say `fg`, `bg` or `regions`.
        fg: As of `Stylizer.iterate`, like all up to `warm_start`.
        bg: See there.
        regions: See there.
        mask: See there.
        rule: See there.
        invert_mask: See there.
        strength: See there.
        detail: See there.
        preset: See there.
        size: See there.
        seed: See there.
        steps: See there.
        max_seconds: See there.
        warm_start: See there.
        models: "auto", "bundled", "paper" (see `semcs.load_family`), or a `ModelFamily`.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        callback: As of `Stylizer.__call__`.
        progress: As of `Stylizer.__call__`.

    Raises:
        InputError: Something handed in can't be used.
        ModelUnavailableError: The paper models were asked for and can't be had.
        DivergenceError: The optimisation ran into NaN.
    """
    stylizer = Stylizer(models, device=device)

    def one(picture: Any, own_mask: object) -> Any:
        return stylizer(
            picture,
            style,
            fg=fg,
            bg=bg,
            regions=regions,
            mask=own_mask,
            rule=rule,
            invert_mask=invert_mask,
            strength=strength,
            detail=detail,
            preset=preset,
            size=size,
            seed=seed,
            steps=steps,
            max_seconds=max_seconds,
            warm_start=warm_start,
            callback=callback,
            progress=progress,
        ).image

    if isinstance(image, Tensor) and image.ndim == 4 and len(image) > 1:
        check_plain(image)
        masks = masks_of_batch(mask, len(image))
        return torch.stack([one(picture, own) for picture, own in zip(image, masks)])
    return one(image, mask)


def _wants_to_stop(callback: Callback, step: Step) -> bool:
    try:
        return callback(step) is False
    except StopIteration:
        return True
