from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_image

from semcs.models.families import load_family
from semcs.models.precision import bfloat16_is_fast, mixed_precision


@pytest.fixture
def fast(monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True}, raising=False)


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


def test_old_releases_do_not_tell(monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    assert not bfloat16_is_fast("cpu")
    assert not bfloat16_is_fast("mps")
