"""The foreground mask as a transform, in the manner of `torchvision.transforms.v2`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from semcs.models.families import ModelFamily, as_family
from semcs.saliency.mask import saliency_mask

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from semcs.saliency.mask import Options


class SaliencyMask(nn.Module):
    """Gives a picture and its foreground mask; the networks are loaded once, at the first picture.

        pipeline = v2.Compose([v2.ToImage(), SaliencyMask(as_mask=tv_tensors.Mask),
                               v2.RandomHorizontalFlip(), v2.RandomCrop(224)])
        image, mask = pipeline(photo)

    It may stand among torchvision's transforms: those after it treat both alike where `as_mask`
    makes the mask one of torchvision's own.
    """

    def __init__(
        self,
        *,
        as_mask: Callable[[Any], Any] | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Choose the models and options; nothing is loaded yet.

        Args:
            as_mask: Called with the mask, such as `torchvision.tv_tensors.Mask`; None leaves it.
            **options: As of `semcs.saliency_mask`, such as `models` or `soft`.
        """
        super().__init__()
        self.as_mask, self.options = as_mask, options
        self._family: ModelFamily | None = None

    def forward(self, image: Any) -> tuple[Any, Any]:
        """The picture as it is, and its mask as `semcs.saliency_mask` gives it.

        Args:
            image: PIL image, array, or tensor (C, H, W) or (B, C, H, W).

        Raises:
            InputError: If the picture or an option can't be used.
            ModelUnavailableError: If the models can't be had.
        """
        options: dict[str, Any] = {**self.options}
        models, device = options.pop("models", "auto"), options.pop("device", None)
        if self._family is None:
            self._family = as_family(models, device)
        plain: Any = image.as_subclass(torch.Tensor) if isinstance(image, torch.Tensor) else image
        mask = saliency_mask(plain, models=self._family, **options)
        return image, mask if self.as_mask is None else self.as_mask(mask)
