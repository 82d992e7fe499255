"""NIMA, neural image assessment (Talebi and Milanfar 2018): how people would rate a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.metrics.defaults import choose_network, default_network
from semcs.metrics.inputs import as_images, is_batch
from semcs.metrics.keras_mobilenet import read_mobilenet
from semcs.metrics.pairs import as_weights, device_of, statistics_dtype
from semcs.models.loading import build_without_weights
from semcs.models.paper_weights import published_weights
from semcs.models.registry import get

RATINGS = 10
SIDE = 224

# Output channels and stride of each depthwise separable block of MobileNet (Howard et al. 2017).
BLOCKS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1),
    (512, 1), (512, 1), (1024, 2), (1024, 1),
)  # fmt: skip


@dataclass(frozen=True)
class Rating:
    """What people would say of a picture, 1 (worst) to 10 (best).

    Attributes:
        mean: The mean of their ratings; a tensor (B,) for a batch.
        std: The ratings' standard deviation; a tensor (B,) for a batch.
    """

    mean: float | Tensor
    std: float | Tensor


class Nima(nn.Module):
    """MobileNet with a head of ten ratings; random weights until `load_nima` fills them.

        shares = semcs.metrics.load_nima()(photos)

    Args:
        symmetric: Pad strided convolutions on all sides, as Keras did until 2.1; since then it pads
            the lower right.
    """

    def __init__(self, *, symmetric: bool = False) -> None:
        super().__init__()
        self.stem = ConvNormRelu(3, 32, stride=2, symmetric=symmetric)
        inputs = (32, *(channels for channels, _ in BLOCKS))
        self.blocks = nn.ModuleList(
            nn.Sequential(
                ConvNormRelu(before, before, stride=stride, groups=before, symmetric=symmetric),
                ConvNormRelu(before, after, kernel=1),
            )
            for before, (after, stride) in zip(inputs, BLOCKS)
        )
        self.head = nn.Linear(inputs[-1], RATINGS)

    def forward(self, images: Tensor) -> Tensor:
        """Share of each rating 1 to 10, (B, 10), of (B, 3, H, W) RGB in [0, 1].

        Pictures are squashed to 224×224, antialiased: the aspect is lost, as in the training.
        They go to the network's device; the shares come back on theirs, float32 at least.
        """
        device = device_of(self, images.device)
        seen = images.to(device, statistics_dtype(device, images))
        if seen.shape[-2:] != (SIDE, SIDE):
            seen = F.interpolate(seen, (SIDE, SIDE), mode="bilinear", antialias=True)
        maps = self.stem(as_weights(self, 2 * seen - 1))
        for block in self.blocks:
            maps = block(maps)
        return self.head(maps.mean((2, 3))).to(seen.dtype).softmax(1).to(images.device)


class ConvNormRelu(nn.Module):
    """A convolution, its batch norm and a ReLU that ends at 6."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        *,
        kernel: int = 3,
        stride: int = 1,
        groups: int = 1,
        symmetric: bool = False,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3)
        around = kernel // 2
        before = around if stride == 1 or symmetric else 0
        self.padding = (before, around, before, around)

    def forward(self, maps: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H/stride, W/stride)."""
        return F.relu6(self.norm(self.conv(F.pad(maps, self.padding))))


def nima(
    image: object, *, network: Nima | None = None, device: torch.device | str | None = None
) -> Rating:
    """Mean and spread of the ratings that NIMA expects for a picture.

        rating = semcs.metrics.nima("styled.png")
        print(f"{rating.mean:.1f} ± {rating.std:.1f}")

    Args:
        image: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        network: What `load_nima` gave for weights of your own; the published ones by default.
            Ratings by different weights can't be compared.
        device: Where the published network runs; the GPU where there is one, by default.

    Raises:
        InputError: The picture can't be read, or network and device.
        ModelUnavailableError: The weights can't be had.
    """
    images = as_images(image)
    network = choose_network(
        network, device, lambda place: default_network(load_nima, device=place)
    )
    means, spreads = mean_and_std(network(images))
    if is_batch(image):
        return Rating(means, spreads)
    return Rating(means.item(), spreads.item())


def mean_and_std(shares: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation, (B,) each, of ratings 1 to 10 with these shares (B, 10)."""
    ratings = torch.arange(1, RATINGS + 1).to(shares)
    means = (shares * ratings).sum(1)
    return means, (shares * (ratings - means[:, None]).square()).sum(1).sqrt()


def load_nima(path: str | Path | None = None) -> Nima:
    """NIMA with its weights, on the CPU, for you to keep.

        network = semcs.metrics.load_nima()
        print(semcs.metrics.nima("styled.png", network=network).mean)

    Args:
        path: Your own file: a Keras MobileNet (α = 1) with a head of ten, saved as HDF5. None
            fetches idealo's aesthetic one.

    Raises:
        InputError: No file at `path`.
        ModelUnavailableError: The weights can't be had or read.
    """
    weights = read_mobilenet(
        published_weights(get("nima", role="metric"), path), blocks=len(BLOCKS)
    )
    network = build_without_weights(lambda: Nima(symmetric=weights.symmetric))
    weights.copy_to(network)
    return network.eval().requires_grad_(False)
