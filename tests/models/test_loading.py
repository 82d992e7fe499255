from __future__ import annotations

from itertools import chain

import pytest
import torch
from random_state import no_random_number_is_drawn
from safetensors.torch import load_file, save_file
from torch import nn

from semcs.errors import ModelUnavailableError
from semcs.models.clip import BundledClip
from semcs.models.loading import (
    build_without_weights,
    frozen,
    load_bundled,
    load_half,
    load_key_extractor,
)
from semcs.models.painter import Painter, load_painter
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.registry import BUNDLED_FOLDER
from semcs.models.style_painter import load_style_painter
from semcs.models.vit import BundledVit

BUNDLED = {
    "clip": BundledClip,
    "content": BundledContentNetwork,
    "painter": Painter,
    "vit": BundledVit,
}


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def with_torchs_own_means(part):
    """Random weights first, which torch then replaces."""
    network = BUNDLED[part]()
    weights = load_file(BUNDLED_FOLDER / f"{part}.safetensors")
    network.load_state_dict(
        {k: v.float() if v.is_floating_point() else v for k, v in weights.items()}
    )
    return network


def outputs(part, network):
    images = rand(1, 3, 64, 96)
    if part == "clip":
        return [network.encode_image(images), network.encode_text(["gold", "a starry night"])]
    if part == "painter":
        codes = torch.cat([network.code_of_picture(images), network.code_of_text(rand(1, 256))])
        masks = torch.full((2, 1, 64, 96), 0.5)
        return [codes, network.paint(images, codes, masks)]
    return list(network(images))


@pytest.mark.parametrize("part", BUNDLED)
@torch.no_grad()
def test_networks_are_those_that_torch_loads_bit_for_bit(part):
    loaded, expected = load_bundled(part, BUNDLED[part]), with_torchs_own_means(part)
    for found, known in (
        (loaded.named_parameters(), expected.named_parameters()),
        (loaded.named_buffers(), expected.named_buffers()),
    ):
        for (name, value), (other, right) in zip(found, known, strict=True):
            assert (name, value.dtype, value.requires_grad) == (
                other,
                right.dtype,
                right.requires_grad,
            )
            assert torch.equal(value, right), name
    for found, right in zip(
        outputs(part, frozen(loaded)), outputs(part, frozen(expected)), strict=True
    ):
        assert torch.equal(found, right)


LOADERS = {
    "clip": lambda: load_bundled("clip", BundledClip),
    "content": lambda: load_bundled("content", BundledContentNetwork),
    "key extractor": load_key_extractor,
    "painter": load_painter,
    "style painter": load_style_painter,
}


@pytest.mark.parametrize("name", LOADERS)
def test_loading_draws_no_random_number(name):
    with no_random_number_is_drawn():
        LOADERS[name]()


@pytest.mark.parametrize("part", BUNDLED)
@torch.no_grad()
def test_use_draws_no_random_number(part):
    network = frozen(load_bundled(part, BUNDLED[part]))
    with no_random_number_is_drawn():
        outputs(part, network)


class Mixed(nn.Module):
    """Layers of many kinds, weights of its own, and buffers that no file holds."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(
            [
                nn.Linear(3, 4),
                nn.Conv2d(3, 4, 3),
                nn.ConvTranspose2d(3, 4, 3),
                nn.Bilinear(3, 4, 5),
                nn.Embedding(7, 3),
                nn.EmbeddingBag(7, 3),
                nn.MultiheadAttention(8, 2),
                nn.LSTM(3, 4),
                nn.BatchNorm2d(4),
            ]
        )
        self.own = nn.Parameter(0.02 * torch.randn(5, 3))
        self.cut = nn.Parameter(torch.empty(5, 3))
        nn.init.trunc_normal_(self.cut, std=0.02)
        nn.init.xavier_normal_(self.layers[0].weight)
        nn.init.kaiming_normal_(tensor=self.layers[1].weight)
        self.layers[2].weight.data.normal_(0, 2)
        mask = torch.full((4, 4), float("-inf")).triu_(1)
        self.register_buffer("mask", mask, persistent=False)
        steps = [x.item() for x in torch.linspace(0, 1, 5)]
        self.register_buffer("steps", torch.tensor(steps), persistent=False)
        projection = torch.randn(4, 3, generator=torch.Generator().manual_seed(0))
        self.register_buffer("projection", projection, persistent=False)


def test_layers_of_many_kinds_are_built_without_a_draw():
    with no_random_number_is_drawn():
        network = build_without_weights(Mixed)
    with torch.random.fork_rng(devices=[]):
        expected = Mixed()
    for (name, buffer), (other, right) in zip(
        network.named_buffers(), expected.named_buffers(), strict=True
    ):
        assert (name, buffer.dtype) == (other, right.dtype)
        assert torch.equal(buffer, right), name
    shapes = [
        [(k, v.shape, v.dtype) for k, v in each.named_parameters()] for each in (network, expected)
    ]
    assert shapes[0] == shapes[1]


class Choosy(nn.Module):
    """Draws until it likes what it gets, as torch 2.15 does for `trunc_normal_`."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.full((4, 3), 100.0))
        for _ in range(100):
            self.weight.data.normal_(0, 2)
            if self.weight.abs().max() < 6:
                return
        raise AssertionError("it never likes it")


def test_layers_that_draw_again_get_what_they_like():
    with no_random_number_is_drawn():
        build_without_weights(Choosy)


def test_random_numbers_are_drawn_as_ever_afterwards():
    build_without_weights(Mixed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        drawn = torch.randn(3), torch.empty(3).uniform_()
    generator = torch.Generator().manual_seed(0)
    assert torch.equal(drawn[0], torch.randn(3, generator=generator))
    assert torch.equal(drawn[1], torch.empty(3).uniform_(generator=generator))


def test_a_builder_that_fails_says_so_and_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError):
        build_without_weights(lambda: 1 / 0)
    test_random_numbers_are_drawn_as_ever_afterwards()


def test_weights_to_be_trained_on_have_gradients():
    network = load_bundled("content", BundledContentNetwork)
    assert network.training
    assert all(parameter.requires_grad for parameter in network.parameters())
    assert not any(tensor.is_meta for tensor in chain(network.parameters(), network.buffers()))


def test_a_file_of_another_network_is_refused(tmp_path):
    save_file({"weight": torch.zeros(2, 3).half()}, tmp_path / "layer.safetensors")
    with pytest.raises(ModelUnavailableError, match=r"layer: .* isn't laid out .* lacks bias$"):
        load_half(lambda: nn.Linear(3, 2), tmp_path / "layer.safetensors")
    with pytest.raises(ModelUnavailableError, match="bundled-judge is missing"):
        load_bundled("judge", BundledVit)
