"""What is measured on: a photo, its texts, a graph's features, and networks of random weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps
from scipy.ndimage import gaussian_filter
from sklearn.datasets import load_sample_image
from torch import nn

from semcs.models.families import ModelFamily, load_key_extractor
from semcs.models.paper_clip import PaperClip
from semcs.models.paper_vgg import PaperVgg
from semcs.models.registry import get
from semcs.saliency.guided import resize

NetworkT = TypeVar("NetworkT", bound=nn.Module)

FG, BG = "gold", "starry night"
CHANNELS = 384


def photo(height: int, width: int) -> NDArray[np.uint8]:
    """A flower, as much of it as has that aspect, (height, width, 3)."""
    flower = Image.fromarray(load_sample_image("flower.jpg"))
    return np.asarray(ImageOps.fit(flower, (width, height), Image.Resampling.BICUBIC))


def grid_features(height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Features (h·w, 384) of a photo's grid, and its colours (h, w, 3).

    They are the colours, projected at random, plus smooth noise, as in `benchmarks.eigen`.
    """
    rng = np.random.default_rng(0)
    image = resize(load_sample_image("china.jpg") / np.float32(255), height, width)
    colors = (image - image.mean(axis=(0, 1))) / image.std()
    noise = rng.standard_normal((height, width, CHANNELS), np.float32)
    smooth = gaussian_filter(noise, (height / 12, width / 12, 0))
    projected = colors @ rng.standard_normal((3, CHANNELS), np.float32)
    features = projected + smooth / smooth.std()
    return features.reshape(height * width, CHANNELS), image


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
    towers = open_clip.CLIP(**config)
    return PaperClip("ViT-B-32 of random weights", towers, config["vision_cfg"]["image_size"])


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
