from __future__ import annotations

import json

import numpy as np
import open_clip
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from random_state import no_random_number_is_drawn
from safetensors.torch import save_file
from torch import nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.models.interfaces import ImageTextModel
from semcs.models.paper_clip import PatchProduct, SelfAttention, load_paper_clip
from semcs.models.registry import get

TEXT = {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 2}
SMALL_VIT = {
    "embed_dim": 32,
    "quick_gelu": True,
    "vision_cfg": {"image_size": 64, "layers": 2, "width": 128, "patch_size": 16},
    "text_cfg": TEXT,
}
SMALL_RESNET = {
    "embed_dim": 32,
    "quick_gelu": True,
    "vision_cfg": {"image_size": 64, "layers": [1, 1, 1, 1], "width": 16, "patch_size": None},
    "text_cfg": TEXT,
}
# "a photo of a cat" in CLIP's vocabulary, between its start and end tokens.
CAT = [49406, 320, 1125, 539, 320, 2368, 49407]
MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)


def seeded_clip(config):
    """open_clip's network with seeded weights large enough that every part of it counts."""
    original = open_clip.CLIP(**config).eval()
    generator = torch.Generator().manual_seed(0)
    for key, value in original.state_dict().items():
        if "running_var" in key:
            value.uniform_(0.5, 2, generator=generator)
        elif value.ndim > 1:
            value.normal_(0, value[0].numel() ** -0.5, generator=generator)
        elif value.is_floating_point():
            value.normal_(0.5, 0.5, generator=generator)
    return original


def load(original, config, name, tmp_path):
    """Through a file and our loader, with the small architecture in place of the real one."""
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_clip, "get_model_config", lambda name: asked.append(name) or config)
        save_file(original.state_dict(), tmp_path / "clip.safetensors")
        with no_random_number_is_drawn():
            model = load_paper_clip(name, path=tmp_path / "clip.safetensors")
    assert asked == [get(name).architecture]
    return model


@pytest.fixture(scope="module")
def original():
    return seeded_clip(SMALL_VIT)


@pytest.fixture(scope="module")
def model(original, tmp_path_factory):
    return load(original, SMALL_VIT, "ViT-B-32", tmp_path_factory.mktemp("clip"))


def quick_gelu(x):
    return x * torch.sigmoid(1.702 * x)


def embed_by_hand(state, squares, activation, patch=16, heads=2):
    """The image encoder as plain products of matrices."""
    visual = [key for key in state if key.startswith("visual.")]
    w = {key.removeprefix("visual."): state[key] for key in visual}

    def norm(x, name):
        return F.layer_norm(x, x.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"])

    def linear(x, name):
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    x = (squares - MEAN) / STD
    patches = x.unfold(2, patch, patch).unfold(3, patch, patch)  # (B, 3, h, w, patch, patch)
    patches = patches.permute(0, 2, 3, 1, 4, 5).flatten(3).flatten(1, 2)
    tokens = patches @ w["conv1.weight"].flatten(1).T
    tokens = torch.cat([w["class_embedding"].expand(len(x), 1, -1), tokens], 1)
    tokens = norm(tokens + w["positional_embedding"], "ln_pre")
    for block in ("transformer.resblocks.0", "transformer.resblocks.1"):
        inner = norm(tokens, f"{block}.ln_1")
        packed = inner @ w[f"{block}.attn.in_proj_weight"].T + w[f"{block}.attn.in_proj_bias"]
        mixed = []
        for q, k, v in zip(*(part.chunk(heads, -1) for part in packed.chunk(3, -1))):
            attention = (q @ k.transpose(1, 2) / q.shape[-1] ** 0.5).softmax(-1)
            mixed.append(attention @ v)
        tokens = tokens + linear(torch.cat(mixed, -1), f"{block}.attn.out_proj")
        inner = linear(norm(tokens, f"{block}.ln_2"), f"{block}.mlp.c_fc")
        tokens = tokens + linear(activation(inner), f"{block}.mlp.c_proj")
    embedding = norm(tokens[:, 0], "ln_post") @ w["proj"]
    return embedding / embedding.norm(dim=-1, keepdim=True)


def test_the_image_encoder_is_the_one_computed_by_hand_with_quick_gelu(original, model):
    images = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    expected = embed_by_hand(original.state_dict(), images, quick_gelu)
    torch.testing.assert_close(model.encode_image(images), expected, atol=1e-5, rtol=0)
    with_gelu = embed_by_hand(original.state_dict(), images, F.gelu)
    assert (with_gelu - expected).abs().max() > 1e-3


def test_openai_statistics_are_applied_once(original, model):
    image = torch.tensor([0.2, 0.5, 0.9]).view(1, 3, 1, 1).expand(1, 3, 64, 64)
    reference = original.encode_image((image - MEAN) / STD, normalize=True)
    torch.testing.assert_close(model.encode_image(image), reference, atol=1e-6, rtol=0)


def test_other_sizes_are_squashed_with_an_antialiased_bicubic_filter(original, model):
    # Black and white, so that the filter overshoots both ends; one side shrinks, one grows.
    image = torch.rand(1, 3, 40, 150, generator=torch.Generator().manual_seed(2)).round()
    planes = [Image.fromarray(plane).resize((64, 64), Image.BICUBIC) for plane in image[0].numpy()]
    square = torch.from_numpy(np.stack([np.asarray(p) for p in planes])[None]).clamp(0, 1)
    expected = embed_by_hand(original.state_dict(), square, quick_gelu)
    torch.testing.assert_close(model.encode_image(image), expected, atol=1e-4, rtol=0)


def test_the_gradient_with_respect_to_pixels_is_that_of_finite_differences(original, tmp_path):
    model = load(original, SMALL_VIT, "ViT-B-32", tmp_path).double()
    generator = torch.Generator().manual_seed(3)
    image = 0.4 + 0.2 * torch.rand(1, 3, 70, 50, generator=generator, dtype=torch.double)
    direction = torch.randn(image.shape, generator=generator, dtype=torch.double)

    def score(x):
        return model.encode_image(x)[0, :5].sum()

    image.requires_grad_()
    slope = (torch.autograd.grad(score(image), image)[0] * direction).sum()
    step = 1e-5 * direction
    with torch.no_grad():
        expected = (score(image + step) - score(image - step)) / 2e-5
    torch.testing.assert_close(slope, expected, rtol=1e-5, atol=1e-9)


def test_texts_are_tokenised_as_clip_does(original, model):
    tokens = torch.zeros(1, 77, dtype=torch.long)
    tokens[0, : len(CAT)] = torch.tensor(CAT)
    expected = F.normalize(original.encode_text(tokens), dim=-1)
    embedded = model.encode_text(["a dog", "a photo of a cat"])
    torch.testing.assert_close(embedded[1:], expected, atol=1e-6, rtol=0)
    torch.testing.assert_close(embedded.norm(dim=-1), torch.ones(2))
    assert not embedded.requires_grad


def test_it_is_frozen_and_fills_the_interface(model):
    assert isinstance(model, ImageTextModel)
    assert (model.name, model.input_size) == ("ViT-B-32", 64)
    assert not any(p.requires_grad for p in model.parameters())


def test_the_residual_network_uses_its_stored_statistics(tmp_path):
    original = seeded_clip(SMALL_RESNET)
    model = load(original, SMALL_RESNET, "RN50", tmp_path)
    images = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(4))
    reference = original.encode_image((images - MEAN) / STD, normalize=True)
    torch.testing.assert_close(model.encode_image(images), reference, atol=1e-6, rtol=0)
    alone = torch.cat([model.encode_image(image[None]) for image in images])
    torch.testing.assert_close(model.encode_image(images), alone, atol=1e-5, rtol=0)


def safetensors_size(state):
    """Bytes of a safetensors file: length, JSON header padded to 8 bytes, then the numbers."""
    kinds = {torch.int64: "I64", torch.float32: "F32"}
    header, end = {}, 0
    for key in sorted(state, key=lambda key: (-state[key].element_size(), key)):
        value = state[key]
        start, end = end, end + value.numel() * value.element_size()
        header[key] = {
            "dtype": kinds[value.dtype],
            "shape": list(value.shape),
            "data_offsets": [start, end],
        }
    length = len(json.dumps(header, separators=(",", ":")))
    return 8 + length + -length % 8 + end


@pytest.mark.parametrize("name", ["ViT-B-32", "RN50", "ViT-B-16"])
def test_the_real_files_have_the_layout_that_the_loader_expects(name):
    # Names and shapes add up to the published size of the file, to the byte.
    config = open_clip.get_model_config(get(name).architecture)
    with torch.device("meta"):
        original = open_clip.CLIP(**config)
    assert safetensors_size(original.state_dict()) == get(name).size
    assert config["vision_cfg"]["image_size"] == 224
    activation = original.transformer.resblocks[0].mlp.gelu
    torch.testing.assert_close(activation(torch.ones(1)), quick_gelu(torch.ones(1)))


def test_the_size_of_a_file_is_reckoned_as_safetensors_writes_it(original, tmp_path):
    save_file(original.state_dict(), tmp_path / "clip.safetensors")
    assert (tmp_path / "clip.safetensors").stat().st_size == safetensors_size(original.state_dict())


def test_weights_of_another_clip_are_refused(original, tmp_path):
    with pytest.raises(ModelUnavailableError, match=r"RN50: .* isn't laid out as it should be"):
        load(original, SMALL_RESNET, "RN50", tmp_path)


def test_an_unknown_clip_is_answered_with_the_names():
    with pytest.raises(InputError, match="'ViT-L-14'; choose from ViT-B-32, RN50, ViT-B-16"):
        load_paper_clip("ViT-L-14")


def gradients(network, inputs):
    inputs = inputs.clone().requires_grad_()
    found = network(inputs)
    found = found[0] if isinstance(found, tuple) else found
    found.square().sum().backward()
    return found, inputs.grad


def test_attention_is_torchs():
    torch.manual_seed(0)
    theirs = nn.MultiheadAttention(24, 3, batch_first=True)
    nn.init.normal_(theirs.in_proj_bias)
    tokens = torch.randn(2, 5, 24)
    expected = gradients(lambda t: theirs(t, t, t, need_weights=False), tokens)
    found = gradients(SelfAttention(theirs), tokens)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("bias", [True, False])
def test_a_product_of_patches_is_the_convolution(bias):
    torch.manual_seed(0)
    convolution = nn.Conv2d(3, 7, 4, 4, bias=bias)
    images = torch.randn(2, 3, 8, 12)
    found = gradients(PatchProduct(convolution), images)
    torch.testing.assert_close(found, gradients(convolution, images), atol=1e-5, rtol=1e-4)


def test_the_image_encoder_runs_by_both(model):
    kinds = [type(layer) for layer in model.network.visual.modules()]
    assert SelfAttention in kinds
    assert PatchProduct in kinds
    assert nn.MultiheadAttention not in kinds
