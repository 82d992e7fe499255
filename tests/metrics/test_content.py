from __future__ import annotations

import numpy as np
import pytest
import torch
from spoil import blurred, noisy, only_inside, tensor

from semcs.metrics import ContentDistance, content_distance
from semcs.models.interfaces import ContentNetwork


class Pixels(ContentNetwork):
    """Two layers: the pixels, and means of 2×2 of them."""

    name = "pixels"

    def forward(self, images):
        return images, torch.nn.functional.avg_pool2d(images, 2)


def test_by_hand():
    rng = np.random.default_rng(0)
    a, b = rng.uniform(0, 1, (2, 3, 4, 6))
    mask = np.zeros((4, 6), np.float32)
    mask[:, :3] = 1
    coarse = [x.reshape(3, 2, 2, 3, 2).mean((2, 4)) for x in (a, b)]
    weights = [mask, mask.reshape(2, 2, 3, 2).mean((1, 3))]
    expected = np.mean(
        [
            (w * (x - y) ** 2).sum() / (w * (x**2 + y**2)).sum()
            for (x, y), w in zip([(a, b), coarse], weights)
        ]
    )
    images = (torch.from_numpy(x)[None] for x in (a, b))
    found = content_distance(*images, torch.from_numpy(mask)[None, None], network=Pixels())
    assert found.item() == pytest.approx(expected)


def test_nothing_lost_is_0_and_nothing_left_is_about_1(flower, china):
    assert content_distance(flower, flower) == 0
    assert content_distance(flower, china) == pytest.approx(1, abs=0.2)
    assert content_distance(flower, china) == pytest.approx(content_distance(china, flower))


def test_it_grows_with_what_is_spoiled(flower, spoiled):
    for others in spoiled.values():
        found = [content_distance(flower, other) for other in others]
        assert (np.diff(found) > 0).all(), found
        assert found[0] < 0.1


def test_another_colour_loses_less_than_another_place(flower):
    """What the network was trained for."""
    pixels = np.asarray(flower)
    recoloured = pixels[..., [1, 2, 0]]
    moved = np.roll(pixels, (32, 48), (0, 1))
    assert content_distance(flower, recoloured) < 0.6 * content_distance(flower, moved)


def test_a_region_is_measured_alone(flower, dahlia):
    for other in (noisy(flower, 60), blurred(flower, 6)):
        changed = only_inside(flower, other, dahlia)
        inside, outside = (content_distance(flower, changed, m) for m in (dahlia, 1 - dahlia))
        assert inside > 3 * outside


def test_batches_regions_and_gradients(flower, china, dahlia, tiny_family):
    measure = ContentDistance(tiny_family.content)
    photos, others = (torch.cat(pair) for pair in ([tensor(flower)] * 2, [tensor(china)] * 2))
    masks = torch.from_numpy(np.stack([dahlia, 1 - dahlia]))[:, None]
    others.requires_grad_()
    batch = measure(photos, others, masks)
    torch.testing.assert_close(batch, measure(tensor(flower), tensor(china), masks))
    alone = content_distance(flower, china, 1 - dahlia, network=tiny_family.content)
    assert batch[1].item() == pytest.approx(alone, abs=1e-6)
    batch[0].backward()
    assert others.grad[0].abs().sum() > 0
    assert others.grad[1].abs().sum() == 0
