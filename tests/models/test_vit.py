from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy.special import erf, softmax

from semcs.models.vit import Attention, BundledVit

MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def lively(network, seed=0):
    """Random weights and running statistics, so that no term drops out."""
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                value.copy_(
                    torch.rand_like(value) + 0.5
                    if name.endswith("running_var")
                    else value + 0.1 * torch.randn_like(value)
                )
    return network.eval()


class Numpy:
    """The network again, from its weights."""

    def __init__(self, network, heads):
        self.state = {k: v.double().numpy() for k, v in network.state_dict().items()}
        self.heads = heads

    def linear(self, x, name):
        return x @ self.state[f"{name}.weight"].T + self.state[f"{name}.bias"]

    def layer_norm(self, x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return x * self.state[f"{name}.weight"] + self.state[f"{name}.bias"]

    def gelu(self, x):
        return x * (1 + erf(x / np.sqrt(2))) / 2

    def convolve(self, maps, name, **options):
        weight, bias = self.state[f"{name}.weight"], self.state.get(f"{name}.bias")
        bias = None if bias is None else torch.from_numpy(bias)
        return F.conv2d(torch.from_numpy(maps), torch.from_numpy(weight), bias, **options).numpy()

    def batch_norm(self, maps, name):
        def part(key):
            return self.state[f"{name}.{key}"][:, None, None]

        scaled = (maps - part("running_mean")) / np.sqrt(part("running_var") + 1e-5)
        return scaled * part("weight") + part("bias")

    def attention(self, x, name):
        query, key, value = np.split(self.linear(x, f"{name}.qkv"), 3, axis=-1)
        size = query.shape[-1] // self.heads
        mixed = []
        for head in range(self.heads):
            q, k, v = (part[:, head * size : (head + 1) * size] for part in (query, key, value))
            mixed.append(softmax(q @ k.T / np.sqrt(size), axis=-1) @ v)
        return self.linear(np.concatenate(mixed, axis=-1), f"{name}.out")

    def block(self, x, name):
        x = x + self.attention(self.layer_norm(x, f"{name}.norm1"), f"{name}.attention")
        inner = self.gelu(self.linear(self.layer_norm(x, f"{name}.norm2"), f"{name}.mlp.0"))
        return x + self.linear(inner, f"{name}.mlp.2")

    def keys(self, image, depth):
        maps = (image - MEAN[:, None, None]) / STD[:, None, None]
        for layer in (0, 3, 6, 9):
            maps = self.convolve(maps, f"stem.{layer}", stride=2, padding=1)
            maps = self.gelu(self.batch_norm(maps, f"stem.{layer + 1}"))
        width, height, length = maps.shape[0], *maps.shape[1:]
        x = maps.reshape(width, -1).T
        for index in range(depth - 1):
            x = self.block(x, f"blocks.{index}")
            if index == 0:
                grid = x.T.reshape(width, height, length)
                position = self.convolve(grid, "position", padding=2, groups=width)
                x = x + position.reshape(width, -1).T
        return self.linear(self.layer_norm(x, "norm"), "key")


@torch.no_grad()
def test_attention_by_hand():
    attention = lively(Attention(12, 3))
    tokens = rand(2, 5, 12)
    parts = {f"a.{k}": v for k, v in attention.state_dict().items()}
    numpy = Numpy(torch.nn.Module(), 3)
    numpy.state = {k: v.double().numpy() for k, v in parts.items()}
    expected = [numpy.attention(row.double().numpy(), "a") for row in tokens]
    np.testing.assert_allclose(attention(tokens), expected, atol=1e-5)


@torch.no_grad()
def test_keys_by_hand():
    network = lively(BundledVit(width=24, depth=3, heads=3))
    image = rand(1, 3, 48, 80)
    expected = Numpy(network, 3).keys(image[0].double().numpy(), depth=3)
    np.testing.assert_allclose(network(image)[0], expected, atol=1e-4)


@torch.no_grad()
def test_the_default_has_three_million_parameters_and_192_channels():
    network = BundledVit().eval()
    assert round(sum(p.numel() for p in network.parameters()) / 1e6) == 3
    assert (network.patch_size, network(rand(1, 3, 32, 32)).shape) == (16, (1, 4, 192))


@pytest.mark.parametrize(("height", "width"), [(16, 16), (16, 64), (96, 48), (112, 80)])
@torch.no_grad()
def test_a_token_for_every_patch(height, width):
    network = BundledVit(width=24, depth=3, heads=3).eval()
    keys = network(rand(2, 3, height, width))
    assert keys.shape == (2, height * width // 16**2, 24)


@torch.no_grad()
def test_pictures_of_a_batch_do_not_mix():
    network = lively(BundledVit(width=24, depth=3, heads=3))
    images = rand(3, 3, 32, 48)
    alone = torch.cat([network(image[None]) for image in images])
    torch.testing.assert_close(network(images), alone, atol=1e-4, rtol=1e-4)
