"""The judge: a residual classifier of crops, unlike the image encoder that stylisation optimises.

It has no covariances, no text and no adversarial training; it was trained from another seed, on
renderings of other sizes with parameters from the ends of their ranges. A picture that fools the
bundled image encoder has no reason to fool the judge.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.errors import InputError
from semcs.metrics.crops import region_crops
from semcs.models.loading import load_half
from semcs.models.normalise import normalise
from semcs.models.vocabulary import style_names

WEIGHTS = Path(__file__).with_name("judge.safetensors")


class Residual(nn.Module):
    """Two 3×3 convolutions beside a shortcut; `stride` 2 halves the side."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.skip = nn.Sequential(
            nn.AvgPool2d(stride) if stride > 1 else nn.Identity(),
            nn.Conv2d(inputs, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, maps: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H/stride, W/stride)."""
        return F.relu(self.inner(maps) + self.skip(maps))


class Judge(nn.Module):
    """Crops (B, 3, 96, 96) to probabilities of all styles and, last, of a plain photo."""

    input_size = 96
    widths = (32, 64, 112, 176, 256)

    def __init__(self) -> None:
        super().__init__()
        self.names = (*style_names(), "photo")
        inputs = (3, *self.widths[:-1])
        self.blocks = nn.Sequential(*(Residual(i, o, 2) for i, o in zip(inputs, self.widths)))
        self.head = nn.Linear(2 * self.widths[-1], len(self.names))

    def logits(self, images: Tensor) -> Tensor:
        """(B, 3, S, S) RGB in [0, 1], of any size, to (B, 158)."""
        size = (self.input_size, self.input_size)
        if images.shape[-2:] != size:
            images = F.interpolate(images, size, mode="bilinear", antialias=True)
        maps = self.blocks(normalise(images).contiguous(memory_format=torch.channels_last))
        return self.head(torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1))

    def forward(self, images: Tensor) -> Tensor:
        """Probabilities (B, 158)."""
        return self.logits(images).float().softmax(1)


def load_judge() -> Judge:
    """The trained judge, frozen.

    Raises:
        InputError: It isn't there: `benchmarks.judge.train` makes it.
    """
    if not WEIGHTS.is_file():
        raise InputError(f"no {WEIGHTS.name}: train it by python -m benchmarks.judge.train")
    return load_half(Judge, WEIGHTS).eval().requires_grad_(False)


def region_probabilities(judge: Judge, before: Tensor, after: Tensor, mask: Tensor) -> Tensor:
    """Mean probabilities that the judge gives to the crops of a region.

    Around the region they show the photo, so that no other region's look can count for it.

    Args:
        judge: Of crops.
        before: The photo, (1, 3, H, W) RGB in [0, 1].
        after: What was made of it, of the same shape.
        mask: The region, (1, 1, H, W) in [0, 1], not empty.

    Returns:
        (C,), in the order of `judge.names`.
    """
    crops = region_crops(mask[0, 0].numpy())
    seen = crops.cut((before + mask * (after - before))[0], judge.input_size)
    weights = torch.from_numpy(crops.coverage).float()
    return (weights / weights.sum()) @ judge(seen)
