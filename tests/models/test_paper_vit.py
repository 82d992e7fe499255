from __future__ import annotations

import numpy as np
import pytest
import timm
import torch
import torch.nn.functional as F
from PIL import Image
from random_state import no_random_number_is_drawn
from safetensors.torch import save_file

from semcs.errors import InputError, ModelUnavailableError
from semcs.models.interfaces import KeyExtractor
from semcs.models.paper_vit import load_paper_vit
from semcs.models.registry import get

MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)

# name: patch, width, side of the grid of position embeddings, registers, layer scale
SHAPES = {
    "dino-vits16": (16, 384, 14, 0, False),
    "dino-vits8": (8, 384, 28, 0, False),
    "dino-vitb16": (16, 768, 14, 0, False),
    "dinov2-vits14": (14, 384, 37, 0, True),
    "dinov2-vits14-reg": (14, 384, 37, 4, True),
}


def layout(name):
    """Names and shapes of the published file, written down from the architecture's description."""
    patch, c, grid, registers, scaled = SHAPES[name]
    shapes = {
        "cls_token": (1, 1, c),
        # With registers, the class token has no position.
        "pos_embed": (1, grid**2 + (0 if registers else 1), c),
        "patch_embed.proj.weight": (c, 3, patch, patch),
        "patch_embed.proj.bias": (c,),
        "norm.weight": (c,),
        "norm.bias": (c,),
    }
    if registers:
        shapes["reg_token"] = (1, registers, c)
    for i in range(12):
        for part, o, n in [
            ("attn.qkv", 3 * c, c),
            ("attn.proj", c, c),
            ("mlp.fc1", 4 * c, c),
            ("mlp.fc2", c, 4 * c),
        ]:
            shapes |= {f"blocks.{i}.{part}.weight": (o, n), f"blocks.{i}.{part}.bias": (o,)}
        for part in ("norm1", "norm2"):
            shapes |= {f"blocks.{i}.{part}.weight": (c,), f"blocks.{i}.{part}.bias": (c,)}
        if scaled:
            shapes |= {f"blocks.{i}.ls1.gamma": (c,), f"blocks.{i}.ls2.gamma": (c,)}
    return shapes


def seeded_state(name):
    """Weights with which tokens stay as different from one another as they come in."""
    generator = torch.Generator().manual_seed(0)
    state = {}
    for key, shape in layout(name).items():
        noise = torch.randn(shape, generator=generator)
        if key.endswith("bias"):
            state[key] = 0.1 * noise
        elif "norm" in key or "gamma" in key:
            state[key] = 1 + 0.3 * noise
        elif key.endswith("weight"):
            state[key] = noise * noise[0].numel() ** -0.5
        else:
            state[key] = 3 * noise
    return state


@pytest.fixture(scope="module", params=["dino-vits16", "dinov2-vits14-reg"])
def loaded(request, tmp_path_factory):
    """A name, the state in its file, and the extractor loaded from that file."""
    state = seeded_state(request.param)
    file = tmp_path_factory.mktemp("vit") / "model.safetensors"
    save_file(state, file)
    with no_random_number_is_drawn():
        extractor = load_paper_vit(request.param, path=file)
    return request.param, state, extractor


def resample_positions(grid, height, width):
    """(side², C) position embeddings to (height·width, C), channel by channel with Pillow."""
    side = int(len(grid) ** 0.5)
    planes = grid.T.reshape(-1, side, side).numpy()
    resized = [
        np.asarray(Image.fromarray(p).resize((width, height), Image.BICUBIC)) for p in planes
    ]
    return torch.from_numpy(np.stack(resized)).flatten(1).T


def keys_by_hand(name, w, images, heads=6):
    """All twelve blocks as plain products of matrices; the keys of the last one."""
    patch, c, _, registers, scaled = SHAPES[name]
    h, width = images.shape[2] // patch, images.shape[3] // patch

    def norm(x, name):
        return F.layer_norm(x, (c,), w[f"{name}.weight"], w[f"{name}.bias"], eps=1e-6)

    def linear(x, name):
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    x = (images - MEAN) / STD
    patches = x.unfold(2, patch, patch).unfold(3, patch, patch)
    patches = patches.permute(0, 2, 3, 1, 4, 5).flatten(3).flatten(1, 2)
    tokens = patches @ w["patch_embed.proj.weight"].flatten(1).T + w["patch_embed.proj.bias"]
    class_token, positions = w["cls_token"], w["pos_embed"][0]
    if not registers:
        class_token, positions = class_token + positions[0], positions[1:]
    tokens = tokens + resample_positions(positions, h, width)
    prefix = [class_token] + ([w["reg_token"]] if registers else [])
    tokens = torch.cat([*(p.expand(len(x), -1, -1) for p in prefix), tokens], 1)
    for i in range(12):
        block = f"blocks.{i}"
        packed = linear(norm(tokens, f"{block}.norm1"), f"{block}.attn.qkv")
        queries, keys, values = (part.chunk(heads, -1) for part in packed.chunk(3, -1))
        mixed = [
            (q @ k.transpose(1, 2) / (c // heads) ** 0.5).softmax(-1) @ v
            for q, k, v in zip(queries, keys, values)
        ]
        step = linear(torch.cat(mixed, -1), f"{block}.attn.proj")
        tokens = tokens + step * (w[f"{block}.ls1.gamma"] if scaled else 1)
        step = linear(norm(tokens, f"{block}.norm2"), f"{block}.mlp.fc1")
        step = linear(F.gelu(step), f"{block}.mlp.fc2")
        tokens = tokens + step * (w[f"{block}.ls2.gamma"] if scaled else 1)
    return torch.cat(keys, -1)[:, 1 + registers :]


@pytest.mark.parametrize(("count", "grid"), [(1, (14, 14)), (2, (3, 5)), (1, (17, 4))])
def test_keys_are_those_computed_by_hand(loaded, count, grid):
    name, state, extractor = loaded
    patch = SHAPES[name][0]
    sides = (grid[0] * patch, grid[1] * patch)
    images = torch.rand(count, 3, *sides, generator=torch.Generator().manual_seed(1))
    keys = extractor(images)
    expected = keys_by_hand(name, state, images)
    assert keys.shape == (count, grid[0] * grid[1], 384)
    assert_same_keys(keys, expected)


def test_positions_are_interpolated_over_the_whole_grid(loaded):
    # On a flat image, position is all that tells one token from another.
    name, state, extractor = loaded
    patch = SHAPES[name][0]
    flat = torch.full((1, 3, 5 * patch, 7 * patch), 0.5)
    assert_same_keys(extractor(flat), keys_by_hand(name, state, flat))


def assert_same_keys(keys, expected):
    """Equal to a thousandth of what tells one token's key from another's."""
    spread = expected.std(1).mean()
    assert spread > 0.1
    torch.testing.assert_close(keys, expected, atol=1e-3 * float(spread), rtol=0)


def test_it_is_frozen_and_fills_the_interface(loaded):
    name, _, extractor = loaded
    assert isinstance(extractor, KeyExtractor)
    assert (extractor.name, extractor.patch_size) == (name, SHAPES[name][0])
    assert not extractor.vit.training
    assert not any(p.requires_grad for p in extractor.parameters())


def test_sides_that_patches_do_not_fill_are_refused(loaded):
    name, _, extractor = loaded
    with pytest.raises(InputError, match=f"{name} needs .* multiples of .*, not 112 x 100"):
        extractor(torch.zeros(1, 3, 112, 100))


@pytest.mark.parametrize("name", SHAPES)
def test_the_networks_have_the_published_layout(name):
    vit = timm.create_model(get(name).architecture, num_classes=0)
    assert {key: tuple(value.shape) for key, value in vit.state_dict().items()} == layout(name)


def test_weights_of_another_vit_are_refused(tmp_path):
    save_file(seeded_state("dino-vits16"), tmp_path / "model.safetensors")
    with pytest.raises(
        ModelUnavailableError, match=r"dino-vits8: .* has .*patch_embed.*\(384, 3, 16, 16\) instead"
    ):
        load_paper_vit("dino-vits8", path=tmp_path / "model.safetensors")


def test_an_unknown_vit_is_answered_with_the_names():
    with pytest.raises(InputError, match="'vgg19'; choose from dino-vits16, dino-vits8"):
        load_paper_vit("vgg19")
