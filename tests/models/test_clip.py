from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torchvision.transforms import functional as TF

from semcs.models.clip import BundledClip, ImageEncoder, StatisticsPool, StridedBlock
from semcs.models.normalise import fit


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture(scope="module")
def clip():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return BundledClip().eval()


def standardised(vector):
    return (vector - vector.mean()) / np.sqrt(vector.var() + 1e-5)


@torch.no_grad()
def test_statistics_against_numpy():
    pool, maps = StatisticsPool(7, 4).eval(), rand(2, 7, 5, 6)
    statistics = pool(maps)
    assert statistics.shape == (2, pool.size) == (2, 7 + 4 * 5 // 2)
    projection = pool.project.weight[:, :, 0, 0].double().numpy()
    for row, seen in zip(maps.double().numpy().reshape(2, 7, -1), statistics):
        covariance = np.cov(projection @ row, bias=True)
        upper = covariance[np.triu_indices(4)]
        expected = np.concatenate([standardised(row.mean(1)), standardised(upper)])
        np.testing.assert_allclose(seen, expected, atol=1e-4)


@torch.no_grad()
def test_statistics_do_not_know_where():
    pool, maps = StatisticsPool(7, 4), rand(1, 7, 5, 6)
    shuffled = maps.flatten(2)[..., torch.randperm(30)].view_as(maps)
    torch.testing.assert_close(pool(shuffled), pool(maps), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(("height", "width"), [(8, 12), (7, 9)])
@torch.no_grad()
def test_strided_block_is_residual_and_halves(height, width):
    block, maps = StridedBlock(3, 5).eval(), rand(2, 3, height, width)
    block.norm2.weight.zero_()
    pooled = maps[..., : height // 2 * 2, : width // 2 * 2]
    pooled = pooled.reshape(2, 3, height // 2, 2, width // 2, 2).mean((3, 5))
    skip = torch.einsum("oi,bihw->bohw", block.skip.weight[:, :, 0, 0], pooled)
    torch.testing.assert_close(block(maps), skip * skip.sigmoid())


@pytest.mark.parametrize("size", [(224, 150), (40, 96), (96, 96)])
@torch.no_grad()
def test_pictures_are_resized_antialiased(clip, size):
    images = rand(2, 3, *size)
    resized = TF.resize(images, [96, 96], TF.InterpolationMode.BICUBIC, antialias=True).clamp(0, 1)
    torch.testing.assert_close(fit(images, 96), resized)
    embeddings = clip.encode_image(images)
    torch.testing.assert_close(embeddings, clip.encode_image(resized), atol=1e-5, rtol=1e-5)
    assert embeddings.shape == (2, 256)
    torch.testing.assert_close(embeddings.norm(dim=1), torch.ones(2))


@torch.no_grad()
def test_texts(clip):
    embeddings = clip.encode_text(["gold", "a starry night"])
    assert embeddings.shape == (2, 256)
    torch.testing.assert_close(embeddings.norm(dim=1), torch.ones(2))
    meanings = clip.text.trunk(["gold", "a starry night"])
    torch.testing.assert_close(clip.text.project(meanings), embeddings)


def test_images_have_gradients_everywhere(clip):
    images = rand(1, 3, 96, 96).requires_grad_()
    clip.encode_image(images)[0, 0].backward()
    assert (images.grad.abs().sum(1) > 0).float().mean() > 0.99


@torch.no_grad()
def test_input_is_normalised_as_imagenet():
    encoder = ImageEncoder().eval()
    seen = []
    encoder.blocks[0].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    images = rand(1, 3, 96, 96)
    encoder(images)
    torch.testing.assert_close(
        seen[0], TF.normalize(images, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    )


@torch.no_grad()
def test_embedding_comes_from_the_statistics_of_every_block():
    encoder, images = ImageEncoder().eval(), rand(1, 3, 96, 96)
    seen = []
    for pool in encoder.pools:
        pool.register_forward_hook(lambda _, __, statistics: seen.append(statistics))
    embedding = encoder(images)
    assert [statistics.shape[1] for statistics in seen] == [w + 300 for w in (32, 80, 160, 256)]
    torch.testing.assert_close(embedding, F.normalize(encoder.head(torch.cat(seen, 1)), dim=1))


@torch.no_grad()
def test_folded_norms_change_nothing():
    block = StridedBlock(5, 7)
    for seed, norm in enumerate((block.norm1, block.norm2)):
        norm.running_mean.copy_(rand(7, seed=seed))
        norm.running_var.copy_(0.5 + rand(7, seed=seed + 2))
        norm.weight.copy_(rand(7, seed=seed + 4))
        norm.bias.copy_(rand(7, seed=seed + 6))
    maps = rand(2, 5, 12, 16)
    before = block.eval()(maps)
    block.fold()
    block.fold()
    torch.testing.assert_close(block(maps), before, atol=1e-5, rtol=1e-4)
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in block.modules())
