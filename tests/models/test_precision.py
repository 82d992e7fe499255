from __future__ import annotations

import numpy as np
import open_clip
import pytest
import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_image

from semcs.models.families import load_family
from semcs.models.paper_clip import PaperClip
from semcs.models.paper_vgg import PaperVgg
from semcs.models.precision import bfloat16_is_fast, cast_once, mixed_precision


@pytest.fixture
def fast(monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True}, raising=False)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX512")


@pytest.fixture(scope="module")
def crops() -> torch.Tensor:
    pixels = torch.from_numpy(np.array(load_sample_image("flower.jpg")))
    crops = [pixels[y : y + 96, x : x + 96] for y in (0, 150, 300) for x in (0, 200, 400)]
    return torch.stack(crops).permute(0, 3, 1, 2).float() / 255


def embedded(crops, **options):
    seen = crops.clone().requires_grad_()
    with mixed_precision("cpu", **options):
        embeddings = load_family("bundled", "cpu").clip.encode_image(seen).float()
    (embeddings[1:] * embeddings[:-1].detach()).sum().backward()
    return embeddings.detach(), seen.grad


def test_embeddings_and_gradients_stay_what_they_are(fast, crops):
    (exact, slopes), (rounded, rounded_slopes) = embedded(crops, wanted=False), embedded(crops)
    assert not torch.equal(exact, rounded)
    assert F.cosine_similarity(exact, rounded).min() > 0.999
    assert F.cosine_similarity(slopes.flatten(1), rounded_slopes.flatten(1))[1:].min() > 0.99


def test_nothing_changes_where_it_is_not_faster(monkeypatch, crops):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_f": True}, raising=False)
    for first, second in zip(embedded(crops), embedded(crops, wanted=False)):
        assert torch.equal(first, second)


def test_not_where_torch_is_kept_to_narrower_instructions(fast, monkeypatch):
    assert bfloat16_is_fast("cpu")
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX2")
    assert not bfloat16_is_fast("cpu")


def test_old_releases_do_not_tell(monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    assert not bfloat16_is_fast("cpu")
    assert not bfloat16_is_fast("mps")


def clip_of(vision: dict[str, object]) -> PaperClip:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        text = {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 1}
        network = open_clip.CLIP(
            32, {"image_size": 64, "width": 64, **vision}, text, quick_gelu=True
        )
    return PaperClip("small", network.eval().requires_grad_(False), 64)


NETWORKS = {
    "bundled": lambda: load_family("bundled", "cpu").clip,
    "content": lambda: load_family("bundled", "cpu").content,
    "ViT": lambda: clip_of({"layers": 2, "patch_size": 16}),
    "ResNet": lambda: clip_of({"layers": [1, 1, 1, 1], "patch_size": None}),
    "VGG": lambda: PaperVgg("random").requires_grad_(False),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_weights_cast_once_give_the_same_bits(fast, crops, name):
    network = NETWORKS[name]()
    before = {key: value.clone() for key, value in network.state_dict().items()}
    found = []
    for each in (network, cast_once(network)):
        seen = crops[:2].clone().requires_grad_()
        with mixed_precision("cpu"):
            maps = each.encode_image(seen) if hasattr(each, "encode_image") else each(seen)[-1]
        maps.float().square().mean().backward()
        found.append((maps.detach(), seen.grad))
    for plain, cast in zip(*found):
        assert torch.equal(plain, cast)
    assert found[0][1].abs().max() > 0
    for key, value in network.state_dict().items():
        assert torch.equal(value, before[key])


def test_weights_cast_once_are_the_large_ones_and_the_rest_is_shared():
    network = clip_of({"layers": 2, "patch_size": 16})
    cast = dict(cast_once(network).named_parameters())
    for name, parameter in network.named_parameters():
        if name.startswith("network.visual") and parameter.ndim > 1 and name.endswith("weight"):
            assert cast[name].dtype == torch.bfloat16, name
        if ".ln_" in name or name.endswith("embedding.weight"):
            assert cast[name] is parameter, name
