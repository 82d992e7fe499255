"""What the tests of the commands share: tiny networks behind all names, and a folder to work in."""

from __future__ import annotations

import io
import sys

import numpy as np
import pytest
from PIL import Image

from semcs.models import families


@pytest.fixture
def use(monkeypatch):
    """Lets a family stand for every one that `load_family` builds.

    Returns the (models, device) that were built since, in order.
    """

    def stand_in(family):
        built = []

        def builder(models):
            def build(device):
                built.append((models, str(device)))
                return family

            return build

        monkeypatch.setattr(families, "_bundled_family", builder("bundled"))
        monkeypatch.setattr(families, "_paper_family", builder("paper"))
        return built

    return stand_in


@pytest.fixture(autouse=True)
def built(use, tiny_family):
    """The (models, device) of all families that were built; each is of tiny networks."""
    return use(tiny_family)


@pytest.fixture
def folder(tmp_path, photo, monkeypatch):
    """A working directory with photo.png and a disc as mask.png."""
    photo.save(tmp_path / "photo.png")
    y, x = np.mgrid[:64, :96]
    disc = np.hypot(y - 31.5, x - 47.5) < 24
    Image.fromarray(disc.astype(np.uint8) * 255).save(tmp_path / "mask.png")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stdio(monkeypatch):
    """Give bytes to stdin; returns where stdout's bytes go."""

    def feed(data=b""):
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, write_through=True))
        return out

    return feed
