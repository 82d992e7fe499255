"""Fixtures for all tests: a sample photo, and networks so small that a run takes a moment."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
# numba, which comes with pymatting, sets the OpenMP threads of the whole process to its own.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")
# Tests compare bits, which a GPU doesn't give twice. CUDA_VISIBLE_DEVICES=0 lets them see it: what
# uses `devices.py`, and Ray's actors, are tested on it then.
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import signal
import zlib

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from sklearn.datasets import load_sample_image
from torch import nn

from semcs.models.directions import PLAIN
from semcs.models.families import BUNDLED_SETTINGS, ModelFamily
from semcs.models.interfaces import ContentNetwork, ImageTextModel, KeyExtractor

torch.set_num_threads(1)

EMBEDDING = 16


def pytest_make_parametrize_id(val, argname):
    """Bytes are named by their argument: those that say when they were made, as a profile does,
    would else give a test another name in every process, which pytest-xdist refuses."""
    return argname if isinstance(val, bytes) and len(val) > 32 else None


class TinyClip(ImageTextModel):
    """Means of two convolutions for images; a text's own random direction for texts."""

    name = "tiny-clip"
    input_size = 32

    def __init__(self):
        super().__init__()
        self.image_encoder = nn.Sequential(
            nn.Conv2d(3, 8, 4, 4), nn.GELU(), nn.Conv2d(8, EMBEDDING, 3, padding=1), nn.GELU()
        )

    def fit(self, images):
        return F.adaptive_avg_pool2d(images, self.input_size)

    def encode_image(self, images):
        return F.normalize(self.image_encoder(self.fit(images)).mean((2, 3)), dim=1)

    def encode_text(self, texts):
        drawn = [
            torch.randn(EMBEDDING, generator=torch.Generator().manual_seed(zlib.crc32(t.encode())))
            for t in texts
        ]
        return F.normalize(torch.stack(drawn), dim=1).to(self.image_encoder[0].weight)


class TinyKeys(KeyExtractor):
    """A linear map of each patch."""

    name = "tiny-keys"
    patch_size = 8

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 12, self.patch_size, self.patch_size)

    def forward(self, images):
        return self.patches(images).flatten(2).transpose(1, 2)


class TinyContent(ContentNetwork):
    """Two convolutions, whose maps are compared."""

    name = "tiny-content"

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(8, 8, 3, 2, 1)

    def forward(self, images):
        first = self.first(images).relu()
        return first, self.second(first)


def seeded(network):
    """A network of that class with weights that are the same in every run."""

    def build():
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return network()

    return build


@pytest.fixture
def signals_of_a_terminal():
    """Signals as a terminal's programs have them; `nohup` and background jobs ignore some."""
    usual = {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL}
    numbers = {getattr(signal, name): how for name, how in usual.items() if hasattr(signal, name)}
    before = {number: signal.signal(number, how) for number, how in numbers.items()}
    yield
    for number, how in before.items():
        signal.signal(number, how)


@pytest.fixture
def make_family():
    """Makes a family of tiny networks on the CPU; keywords replace some of its arguments."""

    def make(**networks):
        parts = {
            "clip": seeded(TinyClip),
            "key_extractor": seeded(TinyKeys),
            "content": seeded(TinyContent),
        }
        own = {"settings": BUNDLED_SETTINGS, "templates": PLAIN, "open_vocabulary": False}
        return ModelFamily("tiny", **{**parts, **own, **networks})

    return make


@pytest.fixture
def tiny_family(make_family):
    """Tiny networks in the roles of CLIP, the vision transformer and VGG, on the CPU."""
    return make_family()


@pytest.fixture(scope="session")
def photo():
    """A flower, 96×64, RGB."""
    return Image.fromarray(load_sample_image("flower.jpg")).resize((96, 64))


@pytest.fixture(scope="session")
def disc():
    """A mask (64, 96) float32: 1 in a disc in the middle, 0 outside, soft between."""
    y, x = np.mgrid[:64, :96]
    distance = np.hypot(y - 31.5, x - 47.5)
    return np.clip((26 - distance) / 4, 0, 1).astype(np.float32)
