from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy.special import logsumexp, softmax

from semcs.models.directions import MIN_DIRECTION_NORM
from semcs.models.interfaces import ContentNetwork
from semcs.style.losses import (
    SHARPNESS,
    SYNONYM,
    ContentLoss,
    DirectionalLoss,
    TotalVariationLoss,
    thresholded_mean,
)


def randn(*shape, seed=0):
    return torch.randn(*shape, dtype=torch.double, generator=torch.Generator().manual_seed(seed))


def rand(*shape, seed=0):
    return torch.rand(*shape, dtype=torch.double, generator=torch.Generator().manual_seed(seed))


def units(*shape, seed=0):
    return F.normalize(randn(*shape, seed=seed), dim=-1)


def cosine(a, b):
    return (a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)


class TestDirectional:
    regions = torch.tensor([1, 0, 2, 1])

    @pytest.mark.parametrize("softmax_source", [False, True])
    @pytest.mark.parametrize("sources", [4, 1])
    def test_by_hand(self, softmax_source, sources):
        texts, outputs, sources = randn(3, 7), units(4, 7, seed=1), units(sources, 7, seed=2)
        loss = DirectionalLoss(texts, softmax_source=softmax_source)
        seen = softmax(sources.numpy(), axis=-1) if softmax_source else sources.numpy()
        expected = 1 - cosine(outputs.numpy() - seen, texts.numpy()[self.regions])
        np.testing.assert_allclose(loss(outputs, sources, self.regions), expected, atol=1e-12)

    def test_softmax_makes_the_move_nearly_the_output(self):
        # 512 dimensions as CLIP has: a softmax source is all but flat and short.
        texts, outputs, sources = randn(1, 512), units(4, 512, seed=1), units(4, 512, seed=2)
        loss = DirectionalLoss(texts, softmax_source=True)(outputs, sources, torch.zeros(4).long())
        np.testing.assert_allclose(loss, 1 - cosine(outputs.numpy(), texts.numpy()), atol=0.01)

    def test_rivals_by_hand(self):
        texts, outputs, sources = randn(3, 7), units(4, 7, seed=1), units(4, 7, seed=2)
        rivals = torch.cat([randn(5, 7, seed=3), 2 * texts[1:2]])  # the last is a synonym of one
        loss = DirectionalLoss(texts, rivals=rivals, rival_share=0.25)
        found = loss(outputs, sources, self.regions).numpy()
        moved = (outputs - sources).numpy()
        own = cosine(moved, texts.numpy()[self.regions])
        others = np.stack([cosine(moved, rival) for rival in rivals.numpy()], 1)
        near = cosine(texts.numpy()[:, None], rivals.numpy()[None]) > SYNONYM
        assert near[1, 5]
        assert not near[0, 5]
        for index, region in enumerate(self.regions):
            ranked = SHARPNESS * np.append(others[index][~near[region]], own[index])
            behind = (logsumexp(ranked) - SHARPNESS * own[index]) / SHARPNESS
            expected = 0.75 * (1 - own[index]) + 0.25 * 2 * behind
            assert found[index] == pytest.approx(expected, abs=1e-12)

    def test_with_rivals_what_all_texts_share_does_not_pay(self):
        """Three directions share an axis; moving along it lowers 1 − cos, but wins no rank."""
        own, other, third, shared = torch.eye(4).double()
        texts = F.normalize(torch.stack([own, other, third]) + shared, dim=1)
        source = torch.zeros(1, 4).double()
        moved = (0.5 * (own + 0.1 * other))[None].requires_grad_()

        def gain_along_shared(loss):
            (gradient,) = torch.autograd.grad(loss(moved, source, torch.tensor([0])), moved)
            return -(gradient[0] @ shared).item()

        plain = DirectionalLoss(texts[:1])
        ranked = DirectionalLoss(texts[:1], rivals=texts[1:], rival_share=1.0)
        assert gain_along_shared(plain) > 0.5
        assert gain_along_shared(ranked) < 0.3 * gain_along_shared(plain)

    def test_range(self):
        texts = randn(1, 5)
        sources, zero = units(2, 5, seed=1), torch.zeros(2).long()
        outputs = sources + torch.tensor([[0.3], [-0.7]]) * texts
        loss = DirectionalLoss(texts)(outputs, sources, zero)
        torch.testing.assert_close(loss, torch.tensor([0.0, 2.0]).double(), atol=1e-12, rtol=0)
        loss = DirectionalLoss(texts)(units(500, 5, seed=3), units(500, 5, seed=4), zero[:1])
        assert 0 <= loss.min() < 0.5 < 1.5 < loss.max() <= 2

    # Lengths of the image's move and of the text's, over the least that counts.
    @pytest.mark.parametrize(
        ("moves", "texts"), [(0, 9), (0.3, 9), (0.99, 9), (1.01, 9), (0.3, 0.5), (3, 0.5)]
    )
    def test_short_moves_count_as_longer(self, moves, texts):
        move, text = (
            units(5, seed=1) * MIN_DIRECTION_NORM * moves,
            units(5, seed=2) * MIN_DIRECTION_NORM * texts,
        )
        source = units(1, 5, seed=3)
        lengths = MIN_DIRECTION_NORM * max(moves, 1), MIN_DIRECTION_NORM * max(texts, 1)
        expected = 1 - (move @ text).item() / np.prod(lengths)
        seen = DirectionalLoss(text[None])(source + move, source, torch.zeros(1).long())
        assert seen.item() == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize("length", [0.0, 0.1, 0.19, 0.21, 1.0])
    def test_the_slope_is_that_of_the_loss(self, length):
        """Also of short moves, where torch's `cosine_similarity` gives half of it."""
        source, text = units(1, 5, seed=1), randn(1, 5, seed=2)
        loss = DirectionalLoss(text)
        outputs = (source + length * units(1, 5, seed=3)).requires_grad_()
        assert torch.autograd.gradcheck(
            lambda o: loss(o, source, torch.zeros(1).long()), outputs, check_undefined_grad=False
        )

    def test_the_slope_is_bounded_where_nothing_moved_yet(self):
        source, text = units(1, 5, seed=1), randn(1, 5, seed=2)
        loss = DirectionalLoss(text)
        for times in (0, 1e-6, 0.1, 0.5, 0.99, 1.01, 3):
            outputs = (source + times * MIN_DIRECTION_NORM * units(400, 5, seed=3)).requires_grad_()
            loss(outputs, source, torch.zeros(400).long()).sum().backward()
            assert outputs.grad.norm(dim=1).max() <= 1.0001 / MIN_DIRECTION_NORM
        still = source.clone().requires_grad_()
        loss(still, source, torch.zeros(1).long()).sum().backward()
        torch.testing.assert_close(still.grad, -F.normalize(text, dim=1) / MIN_DIRECTION_NORM)

    def test_gradient(self):
        loss = DirectionalLoss(randn(3, 7))
        outputs = units(4, 7, seed=1).requires_grad_()
        assert torch.autograd.gradcheck(
            lambda o: loss(o, units(4, 7, seed=2), self.regions), outputs
        )

    def test_directions_move_with_the_module(self):
        loss = DirectionalLoss(randn(3, 7))
        assert set(loss.state_dict()) == {"text_directions", "rivals"}


class TestThreshold:
    losses = torch.tensor([0.2, 0.7, 0.8, 1.5], dtype=torch.double)

    def test_at_the_threshold_counts_as_zero_and_the_mean_is_over_all(self):
        assert thresholded_mean(self.losses, 0.7).item() == pytest.approx((0.8 + 1.5) / 4)

    def test_scales(self):
        scales = torch.tensor([9.0, 9.0, 0.3, 1.0])
        mean = thresholded_mean(self.losses, 0.7, scales).item()
        assert mean == pytest.approx((0.3 * 0.8 + 1.5) / 4)

    def test_only_crops_over_it_pull(self):
        losses = self.losses.clone().requires_grad_()
        thresholded_mean(losses, 0.7).backward()
        assert losses.grad.tolist() == [0, 0, 0.25, 0.25]

    def test_nan_is_not_hidden(self):
        assert thresholded_mean(torch.tensor([float("nan"), 1.0]), 0.7).isnan()


class TwoMaps(ContentNetwork):
    name = "two maps"

    def forward(self, images):
        return 3 * images, F.avg_pool2d(images, 2) ** 2


class TestContent:
    picture, other = rand(1, 3, 6, 8), rand(1, 3, 6, 8, seed=1)

    def test_zero_at_the_content(self):
        assert ContentLoss(TwoMaps(), self.picture)(self.picture).item() == 0

    def test_by_hand(self):
        a, b = self.picture.numpy(), self.other.numpy()
        pooled = [x.reshape(1, 3, 3, 2, 4, 2).mean((3, 5)) ** 2 for x in (a, b)]
        expected = ((3 * a - 3 * b) ** 2).mean() + ((pooled[0] - pooled[1]) ** 2).mean()
        loss = ContentLoss(TwoMaps(), self.picture)(self.other)
        assert loss.item() == pytest.approx(expected)

    def test_gradient(self):
        loss = ContentLoss(TwoMaps(), self.picture)
        assert torch.autograd.gradcheck(loss, self.other.clone().requires_grad_())


class TestTotalVariation:
    def test_ramp(self):
        # x·b + y·a: every difference is the same number.
        a, b, (h, w) = 0.02, -0.005, (20, 31)
        y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
        ramp = (a * y + b * x).double().expand(1, 3, h, w)
        slopes = [abs(b), abs(a), abs(a + b), abs(a - b)]
        counts = [h * (w - 1), (h - 1) * w, (h - 1) * (w - 1), (h - 1) * (w - 1)]
        norms = [s * np.sqrt(3 * n) for s, n in zip(slopes, counts)]
        assert TotalVariationLoss(per_pixel=False)(ramp).item() == pytest.approx(sum(norms))
        per_pixel = sum(slopes) * np.sqrt(3) * 512
        assert TotalVariationLoss()(ramp).item() == pytest.approx(per_pixel)

    def test_against_numpy(self):
        image = rand(1, 3, 9, 7)
        p = np.pad(image[0].numpy(), ((0, 0), (0, 1), (0, 1)), constant_values=np.nan)
        here, right, below = p[:, :-1, :-1], p[:, :-1, 1:], p[:, 1:, :-1]
        pairs = [(here, right), (here, below), (here, p[:, 1:, 1:]), (right, below)]
        expected = sum(np.sqrt(np.nansum((u - v) ** 2)) for u, v in pairs)
        assert TotalVariationLoss(per_pixel=False)(image).item() == pytest.approx(expected)

    def test_both_agree_at_512(self):
        image = rand(1, 3, 512, 512)
        norm, per_pixel = (TotalVariationLoss(per_pixel=p)(image).item() for p in (False, True))
        assert per_pixel == pytest.approx(norm, rel=2e-3)

    def test_only_the_norm_grows_with_the_picture(self):
        tile = rand(1, 3, 64, 64)
        tiled = tile.repeat(1, 1, 2, 2)
        for per_pixel, growth in ((False, 2), (True, 1)):
            loss = TotalVariationLoss(per_pixel=per_pixel)
            assert (loss(tiled) / loss(tile)).item() == pytest.approx(growth, rel=0.02)

    @pytest.mark.parametrize("per_pixel", [False, True])
    def test_gradient(self, per_pixel):
        image = rand(1, 3, 4, 5).requires_grad_()
        assert torch.autograd.gradcheck(TotalVariationLoss(per_pixel=per_pixel), image)

    def test_a_flat_picture_has_none_and_a_finite_gradient(self):
        flat = torch.full((1, 3, 8, 8), 0.3, requires_grad=True)
        loss = TotalVariationLoss()(flat)
        loss.backward()
        assert loss.item() == 0
        assert (flat.grad == 0).all()
