"""`stylize`: one call from a picture to the styled picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

import torch
from torch import Tensor

from semcs.image import Source, masks_of_batch
from semcs.image.tensors import check_plain
from semcs.models.families import ModelFamily
from semcs.saliency.foreground import Rule
from semcs.style.presets import Preset
from semcs.style.regions import Region
from semcs.stylizer.api import Callback, Stylizer
from semcs.stylizer.request import Options
from semcs.stylizer.result import ImageT, Result

if TYPE_CHECKING:
    from PIL import Image
    from typing_extensions import Unpack


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
    keep_color: float = 0.0,
    scale: float = 1.0,
    avoid: str | None = None,
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
        semcs.stylize(image, "0.6 watercolor + 0.4 gold", keep_color=0.5, preset="instant")

    Args:
        image: PIL image, array (H, W[, C]), tensor (C, H, W) or (B, C, H, W), path, bytes, file.
        style: One style for the whole: a text, a picture, or a mix of these; or say `fg`, `bg` or
            `regions`.
        fg: As of `Stylizer.iterate`, like all up to `warm_start`.
        bg: See there.
        regions: See there.
        mask: See there.
        rule: See there.
        invert_mask: See there.
        strength: See there.
        detail: See there.
        keep_color: See there.
        scale: See there.
        avoid: See there.
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
        NotFoundError: What a region's words name isn't in the photo.
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
            keep_color=keep_color,
            scale=scale,
            avoid=avoid,
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
