from __future__ import annotations

import numpy as np
import pytest
import torch
from spoil import only_inside, tensor

from semcs.errors import InputError
from semcs.metrics import DistsBundled, dists_bundled


@pytest.fixture(scope="module")
def measure():
    return DistsBundled()


def test_by_hand(measure, flower, china):
    """The mean of five blocks' mean similarities, computed with numpy from the maps."""
    blocks = [[], []]
    for index, image in enumerate((flower, china)):
        pixels = tensor(image)
        maps = measure.network.blocks
        seen = (pixels - torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)) / torch.tensor(
            [0.229, 0.224, 0.225]
        ).view(3, 1, 1)
        blocks[index].append(pixels[0].flatten(1).double().numpy())
        with torch.no_grad():
            for block in maps:
                seen = block(seen)
                blocks[index].append(seen[0].clamp(min=0).flatten(1).double().numpy())
    scores = []
    for a, b in zip(*blocks):
        ma, mb = a.mean(1), b.mean(1)
        covariance = ((a - ma[:, None]) * (b - mb[:, None])).mean(1)
        texture = (2 * ma * mb + 1e-6) / (ma**2 + mb**2 + 1e-6)
        structure = (2 * covariance + 1e-6) / (a.var(1) + b.var(1) + 1e-6)
        scores.append((texture.mean() + structure.mean()) / 2)
    assert len(scores) == 5
    assert dists_bundled(flower, china) == pytest.approx(1 - np.mean(scores), abs=1e-4)


def test_equal_pictures_are_at_0_and_order_does_not_matter(flower, china):
    assert dists_bundled(flower, flower) == pytest.approx(0, abs=1e-6)
    there, back = dists_bundled(flower, china), dists_bundled(china, flower)
    assert there == pytest.approx(back, abs=1e-6)
    assert there > 0.3


@pytest.mark.parametrize("kind", ["blur", "noise"])
def test_it_grows_with_what_is_spoiled(spoiled, flower, kind):
    found = [dists_bundled(flower, other) for other in spoiled[kind]]
    assert 0 < found[0] < 0.3
    assert (np.diff(found) > 0.02).all(), found


def test_a_region_is_measured_alone(measure, flower, spoiled, dahlia):
    other = only_inside(flower, spoiled["noise"][2], dahlia)
    inside, outside = (dists_bundled(flower, other, m) for m in (dahlia, 1 - dahlia))
    assert inside > 3 * outside
    masks = torch.from_numpy(np.stack([dahlia, 1 - dahlia]))[:, None]
    both = measure(tensor(flower), tensor(other), masks)
    np.testing.assert_allclose(both, [inside, outside], atol=1e-6)


def test_batches_and_gradients(flower, china):
    photos = torch.cat([tensor(flower), tensor(china)])
    others = torch.cat([tensor(china), tensor(flower)]).requires_grad_()
    found = dists_bundled(photos, others)
    np.testing.assert_allclose(found.detach(), [dists_bundled(flower, china)] * 2, atol=1e-5)
    found.sum().backward()
    assert (others.grad.abs().sum(1) > 0).float().mean() > 0.99


def test_batches_of_another_kind_are_refused(flower):
    with pytest.raises(InputError, match="the first image is a batch of shape"):
        dists_bundled(torch.zeros(2, 1, 32, 32), flower)
    with pytest.raises(InputError, match="batches hold 2 and 1 images"):
        dists_bundled(torch.zeros(2, 3, 32, 32), torch.zeros(1, 3, 32, 32))
