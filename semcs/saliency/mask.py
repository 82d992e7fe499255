"""The whole way in one call: a picture in, its foreground out as the same kind of picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, get_args, overload

import numpy as np

from semcs.errors import check_choice, check_switch
from semcs.saliency.foreground import Rule, Threshold
from semcs.saliency.predictor import SaliencyPredictor
from semcs.saliency.refine import Method

if TYPE_CHECKING:
    import torch
    from PIL import Image
    from typing_extensions import Unpack

    from semcs.image import Source
    from semcs.models.families import ModelFamily
    from semcs.models.interfaces import KeyExtractor

ImageT = TypeVar("ImageT")


class Options(TypedDict, total=False):
    """Keywords of `saliency_mask`, for type checkers."""

    models: str | ModelFamily
    device: torch.device | str | None
    soft: bool
    refine: Method
    rule: Rule
    threshold: Threshold
    invert: bool
    color_weight: float | None
    size: int | None


@overload
def saliency_mask(
    image: Source, extractor: KeyExtractor | None = None, **options: Unpack[Options]
) -> Image.Image: ...
@overload
def saliency_mask(
    image: ImageT, extractor: KeyExtractor | None = None, **options: Unpack[Options]
) -> ImageT: ...
def saliency_mask(
    image: object,
    extractor: KeyExtractor | None = None,
    *,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    soft: bool = True,
    refine: Method = "edge",
    rule: Rule = "cues",
    threshold: Threshold = "otsu",
    invert: bool = False,
    color_weight: float | None = None,
    size: int | None = None,
) -> Any:
    """The foreground of a picture, as the kind of picture that came in.

        semcs.saliency_mask("photo.jpg").save("mask.png")

    Args:
        image: PIL image, array (H, W[, C]), tensor (C, H, W) or (B, C, H, W), path, bytes, file.
        extractor: See `SaliencyPredictor`, as the other networks and numbers here.
        models: Those of `semcs.stylize`, which finds the same mask by them.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        soft: A soft mask; otherwise a hard one.
        refine: See `refine_mask`.
        rule: See `choose_foreground`.
        threshold: See `choose_foreground`.
        invert: Give the background instead.
        color_weight: λ of W = W_feat + λ·W_knn; by default that of the models.
        size: Longest side that the extractor sees, in pixels; by default that of the models.

    Returns:
        1 = foreground, of the picture's own size. PIL images, paths, bytes and files give a PIL
        image of mode `L`; arrays (H, W) float32 in [0, 1]; tensors (1, H, W), and batches
        (B, 1, H, W), float32 on the same device. If not `soft`, arrays and tensors are bool, and
        PIL images hold 0 and 255. Undecided throughout (0.5, or False), with a warning of the
        logger "semcs", where nothing stands out; 0 where the picture's alpha is 0.

    Raises:
        InputError: If the picture or an option can't be used.
        ModelUnavailableError: If the models can't be had.
    """
    from PIL import Image

    from semcs.image import load, load_batch
    from semcs.models.freed import FREED

    for name, value in {"soft": soft, "invert": invert}.items():
        check_switch(name, value)
    for name, word, kind in (
        ("refine", refine, Method),
        ("rule", rule, Rule),
        ("threshold", threshold, Threshold),
    ):
        check_choice(name, word, get_args(kind))
    predictor = SaliencyPredictor(
        extractor, models=models, device=device, color_weight=color_weight, size=size
    )

    def one(picture: Any) -> Any:
        predictor.set_picture(picture)
        mask = predictor.predict(
            soft=soft, refine=refine, rule=rule, threshold=threshold, invert=invert
        )
        restored = picture.restore_mask(mask.astype(np.float32))
        FREED.give_back()
        return restored if soft or isinstance(restored, Image.Image) else restored > 0.5

    if getattr(image, "ndim", 0) == 4 and not isinstance(image, np.ndarray):
        import torch

        batch: Any = image
        return torch.stack([one(picture) for picture in load_batch(batch)])
    return one(load(image))
