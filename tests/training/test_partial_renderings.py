from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.training import partial_renderings as module
from semcs.training.partial_renderings import (
    BLENDED,
    MIXED,
    RECOLORED,
    WHOLE,
    in_colors_of,
    partial_renderings,
)


@pytest.fixture
def pictures():
    generator = torch.Generator().manual_seed(0)
    photos, rendered = torch.rand(2, 6, 3, 8, 8, generator=generator)
    return photos, rendered, F.one_hot(torch.arange(6), 9).float()


def only(monkeypatch, kind):
    monkeypatch.setattr(module, "SHARES", tuple(float(kind == k) for k in range(4)))


def test_whole_renderings_are_themselves(monkeypatch, pictures):
    only(monkeypatch, WHOLE)
    photos, rendered, styles = pictures
    made = partial_renderings(photos, rendered, styles, np.random.default_rng(0))
    assert torch.allclose(made.pictures, rendered, atol=1e-6)
    assert torch.equal(made.styles, styles)
    assert (made.amounts == 1).all()


def test_blends_lie_between_photo_and_rendering(monkeypatch, pictures):
    only(monkeypatch, BLENDED)
    photos, rendered, styles = pictures
    made = partial_renderings(photos, rendered, styles, np.random.default_rng(0))
    amounts = made.amounts[:, None, None, None]
    assert torch.allclose(made.pictures, (1 - amounts) * photos + amounts * rendered, atol=1e-6)
    assert ((made.amounts >= 0.1) & (made.amounts < 1)).all()
    assert len(made.amounts.unique()) == 6


def test_recolored_photos_are_half_rendered_at_most(monkeypatch, pictures):
    only(monkeypatch, RECOLORED)
    photos, rendered, styles = pictures
    made = partial_renderings(photos, rendered, styles, np.random.default_rng(0))
    amounts = 2 * made.amounts[:, None, None, None]
    expected = photos + amounts * (in_colors_of(rendered, photos) - photos)
    assert torch.allclose(made.pictures, expected, atol=1e-6)
    assert (made.amounts < 0.5).all()


def test_mixed_pictures_are_half_of_each_style(monkeypatch, pictures):
    only(monkeypatch, MIXED)
    photos, rendered, styles = pictures
    made = partial_renderings(photos, rendered, styles, np.random.default_rng(0))
    assert torch.allclose(made.pictures[2], in_colors_of(rendered[3:4], rendered[2:3])[0])
    assert made.styles[2].tolist() == [0, 0, 0.5, 0.5, 0, 0, 0, 0, 0]
    assert torch.allclose(made.styles.sum(1), torch.ones(6))


def test_all_kinds_come():
    photos, rendered = torch.zeros(400, 3, 2, 2), torch.ones(400, 3, 2, 2)
    styles = torch.eye(2).repeat(200, 1)
    made = partial_renderings(photos, rendered, styles, np.random.default_rng(0))
    assert 0.10 < (made.styles.max(1).values < 1).float().mean() < 0.22
    assert 0.45 < (made.amounts == 1).float().mean() < 0.67


def test_colors_are_those_of_the_model():
    generator = torch.Generator().manual_seed(1)
    model = 0.3 + 0.4 * torch.rand(1, 3, 16, 16, generator=generator)
    picture = 0.4 + 0.5 * torch.rand(1, 3, 16, 16, generator=generator)
    colored = in_colors_of(model, picture)
    torch.testing.assert_close(colored.mean((2, 3)), model.mean((2, 3)))
    # Deviations up to the 0.02 that keeps flat pictures from blowing up.
    ratio = colored.std((2, 3)) / model.std((2, 3))
    assert ((ratio > 0.95) & (ratio < 1.15)).all()
