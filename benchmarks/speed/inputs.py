"""What is measured on: a photo, its texts, and networks of random weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps
from sklearn.datasets import load_sample_image
from torch import nn

from semcs.models.families import ModelFamily
from semcs.models.loading import load_key_extractor
from semcs.models.paper_clip import PaperClip
from semcs.models.paper_vgg import PaperVgg
from semcs.models.registry import get

NetworkT = TypeVar("NetworkT", bound=nn.Module)

FG, BG = "gold", "starry night"


def photo(height: int, width: int) -> NDArray[np.uint8]:
    """A flower, as much of it as has that aspect, (height, width, 3)."""
    flower = Image.fromarray(load_sample_image("flower.jpg"))
    return np.asarray(ImageOps.fit(flower, (width, height), Image.Resampling.BICUBIC))


def random_paper_family() -> ModelFamily:
    """The paper models' layouts with seeded random weights: a step takes as long with any."""
    return ModelFamily(
        "paper",
        clip=lambda: _seeded(_clip),
        key_extractor=load_key_extractor,
        content=lambda: _seeded(_vgg),
    )


def _clip() -> PaperClip:
    import open_clip

    config = open_clip.get_model_config(get("ViT-B-32", role="clip").architecture)
    network = open_clip.CLIP(**config)
    return PaperClip("ViT-B-32 of random weights", network, config["vision_cfg"]["image_size"])


def _vgg() -> PaperVgg:
    network = PaperVgg("VGG19 of random weights")
    for layer in network.features:
        if isinstance(layer, nn.Conv2d):  # else its maps would fade from layer to layer
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return network


def _seeded(build: Callable[[], NetworkT]) -> NetworkT:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return build()
