"""The whole way in one call: a picture in, one of its regions out as the same kind of picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np

from semcs.errors import check_switch
from semcs.finding.finder import RegionFinder, Search

if TYPE_CHECKING:
    import torch
    from PIL import Image
    from typing_extensions import Unpack

    from semcs.image import Source
    from semcs.models.families import ModelFamily
    from semcs.saliency.refine import Method

ImageT = TypeVar("ImageT")


class Options(Search, total=False):
    """Keywords of `find`, for type checkers."""

    soft: bool
    models: str | ModelFamily
    device: torch.device | str | None


@overload
def find(image: Source, text: str | None = None, **options: Unpack[Options]) -> Image.Image: ...
@overload
def find(image: ImageT, text: str | None = None, **options: Unpack[Options]) -> ImageT: ...
def find(
    image: object,
    text: str | None = None,
    *,
    click: object = None,
    not_click: object = None,
    box: object = None,
    hint: object = None,
    invert: bool = False,
    grow: float = 0.0,
    feather: float = 0.0,
    soft: bool = True,
    refine: Method = "edge",
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
) -> Any:
    """The region of a picture that words, clicks, a box or a rough mask mean.

        semcs.find("photo.jpg", "the background").save("mask.png")
        semcs.find("photo.jpg", click=(30, 30), grow=2, feather=4).save("mask.png")

    Args:
        image: PIL image, array (H, W[, C]), tensor (C, H, W) or (B, C, H, W), path, bytes, file.
        text: What to find, such as "the sky", "trees and grass", "the red car", "the dog on the
            left", "background", "left". The bundled models know the words of docs/regions.md.
        click: (x, y) on the region, or several, in pixels of the picture.
        not_click: (x, y) beside it, or several.
        box: (x0, y0, x1, y1) around it, in pixels; with a text, where that is looked for.
        hint: Roughly the region, or a scribble on it: what `semcs.stylize` takes as a mask.
        invert: Give everything else.
        grow: Pixels by which the outline then moves out; negative, in.
        feather: Width in pixels of the soft band along the outline; 0 leaves the photo's own edge.
        soft: A soft mask; otherwise a hard one.
        refine: How the outline is drawn: "edge" by the region model; the others: `refine_mask`.
        models: Those of `semcs.stylize`.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.

    Returns:
        1 = the region, of the same kind and size as `saliency_mask` gives; 0 where the picture's
        alpha is 0. A batch is searched picture by picture, each for the same.

    Raises:
        InputError: If the picture, a word or an option can't be used.
        NotFoundError: If what the text names isn't in the picture.
        ModelUnavailableError: If the models can't be had.
    """
    from PIL import Image

    from semcs.image import load, load_batch, masks_of_batch

    check_switch("soft", soft)
    finder = RegionFinder(models, device)

    def one(picture: Any, rough: object) -> Any:
        finder.set_picture(picture)
        mask = finder.find_mask(
            text,
            click=click,
            not_click=not_click,
            box=box,
            hint=rough,
            invert=invert,
            grow=grow,
            feather=feather,
            refine=refine,
        )
        restored = picture.restore_mask(mask if soft else (mask > 0.5).astype(np.float32))
        return restored if soft or isinstance(restored, Image.Image) else restored > 0.5

    if getattr(image, "ndim", 0) == 4 and not isinstance(image, np.ndarray):
        import torch

        batch: Any = image
        pictures = load_batch(batch)
        return torch.stack([one(*pair) for pair in zip(pictures, masks_of_batch(hint, len(batch)))])
    return one(load(image), hint)
