"""Plain pictures, by which tests tell which one they got, and DINO with random weights."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
from safetensors.torch import save_file

from semcs.models.loading import frozen
from semcs.models.paper_vit import load_paper_vit
from semcs.models.registry import get
from semcs.training.crops import RenderedCrops
from semcs.training.data import Item
from semcs.training.paper import DinoTeacher
from semcs.training.pictures import TrainingPictures

SIDE = 16


def plain_crops(count: int, channel: int) -> np.ndarray:
    """(count, 2, 16, 16, 3): picture i is i in the channel and 0 in the others."""
    crops = np.zeros((count, 2, SIDE, SIDE, 3), np.uint8)
    crops[..., channel] = np.arange(count)[:, None, None, None]
    return crops


@pytest.fixture
def pictures():
    """8 photos (blue), half of them captioned; 6 labelled pictures (green); 10 renderings (red)."""
    photos = [
        Item(Path(f"{i}.jpg"), "photos/flickr", "hat", ("a dog", "a cat") if i % 2 else ())
        for i in range(8)
    ]
    labelled = [Item(Path(f"{i}.png"), "textures/dtd", "cracked", ()) for i in range(6)]
    indices = np.arange(10)
    crops = plain_crops(10, channel=0)
    renderings = RenderedCrops(crops[:, 0], 255 - crops[:, 0], indices, indices % 8)
    return TrainingPictures(
        photos, renderings, labelled, plain_crops(6, channel=1), plain_crops(8, channel=2)
    )


@pytest.fixture(scope="session")
def random_weights():
    """Writes the weights with which a network starts, the same each time, to a file."""

    def write(build, file):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            save_file({k: v.contiguous() for k, v in build().state_dict().items()}, file)
        return file

    return write


@pytest.fixture(scope="session")
def dino_file(random_weights, tmp_path_factory):
    build = partial(timm.create_model, get("dino-vits16").architecture, num_classes=0)
    return random_weights(build, tmp_path_factory.mktemp("dino") / "model.safetensors")


@pytest.fixture(scope="session")
def extractor(dino_file):
    return frozen(load_paper_vit("dino-vits16", path=dino_file))


@pytest.fixture
def dino(extractor):
    return DinoTeacher("cpu", extractor=extractor)
