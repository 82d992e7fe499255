"""What the tests of the measures share: small real pictures, and a judge that knows colours."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from devices import elsewhere, place, whole_float32  # noqa: F401
from PIL import Image
from sklearn.datasets import load_sample_image
from spoil import blurred, noisy

from semcs.models import cache
from semcs.models.interfaces import ImageTextModel

COLOURS = {"red": (1, 0.5, 0.5), "green": (0.5, 1, 0.5), "blue": (0.5, 0.5, 1)}


class ColourClip(ImageTextModel):
    """Pictures are their mean colour, and texts are colours: what agrees can be told by hand."""

    name = "colour-clip"
    input_size = 8

    def encode_image(self, images):
        return self._embed(images.mean((2, 3)))

    def encode_text(self, texts):
        grey = (0.5, 0.5, 0.5)
        known = {"a photo": grey, "puce": (0.8, 0.5, 0.6), **COLOURS}
        return self._embed(torch.tensor([known.get(text.lower(), grey) for text in texts]))

    def _embed(self, colours):
        """Away from grey, which has an axis of its own."""
        axes = torch.cat([3 * (colours - 0.5), torch.ones_like(colours[:, :1])], 1)
        return torch.nn.functional.normalize(axes, dim=1)


@pytest.fixture
def published_are(monkeypatch):
    """Says where DISTS's and NIMA's weights are; None: nowhere."""
    find = cache.path

    def say(folder):
        monkeypatch.setattr(cache, "path", lambda s: folder if s.role == "metric" else find(s))

    return say


@pytest.fixture
def colour_clip():
    return ColourClip()


@pytest.fixture(scope="session")
def flower():
    """A dahlia, 192×128."""
    return Image.fromarray(load_sample_image("flower.jpg")).resize((192, 128))


@pytest.fixture(scope="session")
def china():
    """A temple, 192×128."""
    return Image.fromarray(load_sample_image("china.jpg")).resize((192, 128))


@pytest.fixture(scope="session")
def dahlia():
    """1 on the dahlia, 0 elsewhere, (128, 192) float32."""
    y, x = np.mgrid[:128, :192]
    return (np.hypot(y - 66.5, x - 92) < 40).astype(np.float32)


@pytest.fixture(scope="session")
def spoiled(flower):
    """The flower, spoiled more and more in two ways."""
    return {
        "blur": [blurred(flower, radius) for radius in (1, 2, 4, 8)],
        "noise": [noisy(flower, amount) for amount in (5, 20, 60, 120)],
    }
