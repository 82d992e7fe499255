from __future__ import annotations

import pytest
import torch
from torchvision.transforms import functional as TF

from semcs.errors import InputError
from semcs.models.perceptual import BundledContentNetwork


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def network():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return BundledContentNetwork().eval()


@pytest.mark.parametrize(("height", "width"), [(64, 96), (16, 16), (50, 77)])
@torch.no_grad()
def test_maps_at_an_eighth_and_a_sixteenth(network, height, width):
    eighth, sixteenth = network(rand(1, 3, height, width))
    assert eighth.shape == (1, 128, height // 8, width // 8)
    assert sixteenth.shape == (1, 192, height // 16, width // 16)


@torch.no_grad()
def test_maps_are_those_of_the_last_blocks_standardised(network):
    images = rand(1, 3, 64, 64)
    for norm in network.standardise:
        norm.running_mean.copy_(rand(norm.num_features, seed=1))
        norm.running_var.copy_(0.5 + rand(norm.num_features, seed=2))
    maps = TF.normalize(images, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    expected = []
    for block in network.blocks:
        maps = block(maps)
        expected.append(maps)
    for norm, raw, seen in zip(network.standardise, expected[2:], network(images)):
        mean, var = (v.view(-1, 1, 1) for v in (norm.running_mean, norm.running_var))
        torch.testing.assert_close(seen, (raw - mean) / (var + 1e-5).sqrt(), atol=1e-4, rtol=1e-4)


@torch.no_grad()
def test_training_learns_the_statistics_of_every_channel(network):
    maps = network.train()(rand(4, 3, 64, 64))
    for seen in maps:
        torch.testing.assert_close(
            seen.mean((0, 2, 3)), torch.zeros(seen.shape[1]), atol=1e-4, rtol=0
        )
        spread = seen.var((0, 2, 3), unbiased=False)
        torch.testing.assert_close(spread, torch.ones_like(spread), atol=0.1, rtol=0)


def test_gradient_reaches_the_picture(network):
    images = rand(1, 3, 64, 64).requires_grad_()
    sum(maps.square().mean() for maps in network(images)).backward()
    assert (images.grad.abs().sum(1) > 0).float().mean() > 0.99


@pytest.mark.parametrize("size", [(15, 40), (300, 2)])
def test_pictures_that_the_blocks_see_nothing_of_are_refused(size):
    network = BundledContentNetwork()
    for ask in (network, network.block_maps):
        with pytest.raises(InputError, match=f"at least 16 pixels, not {size[0]}×{size[1]}"):
            ask(torch.zeros(1, 3, *size))
