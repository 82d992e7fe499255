"""How the region network's samples are cut and put together, and what is asked of them."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F

from semcs.models.region_words import KINDS
from semcs.training.region_augment import (
    Crops,
    blobs,
    degrade,
    draw_crops,
    recolour,
    smooth_noise,
)
from semcs.training.region_kinds import PEOPLE, PERSON, UNKNOWN
from semcs.training.region_pictures import Canvases, Sampler, ask, composite, rare_first

SKY, GRASS = KINDS.index("sky"), KINDS.index("grass")
CPU = torch.device("cpu")
SIDE = 32


@pytest.fixture(autouse=True)
def seeded():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield


def canvases(count=3, *, label=SKY, alpha=0, side=SIDE):
    """Pictures of one label over UNKNOWN, each of one colour."""
    labels = torch.full((count, 1, side, side), label, dtype=torch.uint8)
    labels[:, :, side // 2 :] = UNKNOWN
    cut = torch.zeros_like(labels)
    cut[:, :, 8:24, 8:24] = alpha
    rgb = (80 + 40 * torch.arange(count)).byte().view(-1, 1, 1, 1).expand(-1, 3, side, side)
    return Canvases(
        rgb=rgb.contiguous(),
        labels=labels,
        parts=(labels != UNKNOWN).short(),
        alpha=cut,
        sizes=torch.full((count, 2), side),
        exact=torch.zeros(count),
    )


class TestCrops:
    def crop(self, picture, side=SIDE, *, x=16.0, half=16.0, angle=0.0, mirror=1.0):
        values = (torch.tensor([v]) for v in (x, 16.0, half, half, angle, mirror))
        return F.grid_sample(picture, Crops(*values).grid(SIDE, side), align_corners=False)

    def test_the_whole_picture_comes_back(self):
        picture = torch.rand(1, 3, SIDE, SIDE)
        torch.testing.assert_close(self.crop(picture), picture)

    def test_a_mirror_and_a_half_turn_are_exact(self):
        picture = torch.rand(1, 3, SIDE, SIDE)
        torch.testing.assert_close(self.crop(picture, mirror=-1.0), picture.flip(3))
        turned = self.crop(picture, angle=math.pi)
        torch.testing.assert_close(turned, picture.flip(2, 3), atol=1e-4, rtol=0)

    def test_a_smaller_one_is_what_slicing_gives(self):
        picture = torch.rand(1, 3, SIDE, SIDE)
        found = self.crop(picture, side=8, x=24.0, half=4.0)
        torch.testing.assert_close(found, picture[:, :, 12:20, 20:28], atol=1e-5, rtol=0)

    def test_drawn_ones_have_the_sizes_asked_for_and_lie_on_the_picture(self):
        sizes = torch.tensor([[100, 200]]).expand(500, 2)
        crops = draw_crops(sizes, least=0.5, most=1.0)
        side = (crops.half_x * crops.half_y).sqrt() * 2 / 200
        assert 0.5 <= side.min() < 0.52
        assert 0.98 < side.max() <= 1.001
        # But for a twentieth, they lie on the picture, or the picture in them.
        for middle, half, extent in ((crops.x, crops.half_x, 200), (crops.y, crops.half_y, 100)):
            shared = (middle + half).clamp(max=extent) - (middle - half).clamp(min=0)
            assert (shared >= (2 * half).clamp(max=extent) - 0.05 * extent - 1e-3).all()
            assert middle.std() > 10
        assert 0.4 < (crops.mirror < 0).float().mean() < 0.6


def test_colours_change_and_stay_in_range():
    images = torch.rand(6, 3, 20, 20)
    for change in (recolour, degrade):
        found = change(images)
        assert found.min() >= 0
        assert found.max() <= 1
        assert (found != images).flatten(1).any(1).all()
    means = recolour(torch.full((400, 3, 2, 2), 0.5)).mean((2, 3))
    assert (means.mean(0) - 0.5).abs().max() < 0.05
    assert means.std(0).min() > 0.05


def test_smooth_noise_has_about_unit_variance():
    noise = smooth_noise(50, 64, 7, CPU)
    assert noise.shape == (50, 1, 64, 64)
    assert 0.8 < noise.std() < 1.2
    assert noise.diff(dim=3).abs().mean() < 0.15


def test_blobs_are_shapes_with_narrow_outlines():
    alpha = blobs(40, 64, CPU)
    assert alpha.shape == (40, 1, 64, 64)
    assert alpha.min() == 0
    assert alpha.max() == 1
    between = ((alpha > 0) & (alpha < 1)).float().mean((1, 2, 3))
    assert between.mean() < 0.2
    assert between.max() > 2 * between.min()
    assert 0.05 < alpha.mean() < 0.6


def test_what_is_laid_over_is_composited():
    over, under = torch.rand(2, 3, 9, 9), torch.rand(2, 3, 9, 9)
    alpha = torch.rand(2, 1, 9, 9)
    torch.testing.assert_close(composite(over, alpha, under), alpha * over + (1 - alpha) * under)
    assert torch.equal(composite(over, torch.zeros(2, 1, 9, 9), under), under)


class TestAsk:
    def asked(self, labels, parts=None, alpha=None, times=60):
        parts = (labels != UNKNOWN).long() if parts is None else parts
        alpha = torch.zeros(labels.shape) if alpha is None else alpha
        inside = torch.ones(labels.shape)
        return [ask(labels, parts, alpha, inside, torch.tensor(0.5)) for _ in range(times)]

    def test_nothing_is_known_without_labels(self):
        for target, known, _ in self.asked(torch.full((1, 20, 20), UNKNOWN)):
            assert not target.any()
            assert not known.any()

    def test_a_kind_or_a_part_of_it_is_asked_for(self):
        labels = torch.full((1, 20, 40), UNKNOWN)
        labels[:, :, :10], labels[:, :, 12:22], labels[:, :, 24:34] = SKY, SKY, GRASS
        parts = torch.zeros_like(labels)
        parts[:, :, :10], parts[:, :, 12:22], parts[:, :, 24:34] = 1, 2, 3
        wanted = [labels == SKY, labels == GRASS, parts == 1, parts == 2]
        seen = set()
        for target, known, exact in self.asked(labels, parts):
            seen.add(next(n for n, mask in enumerate(wanted) if torch.equal(target > 0, mask)))
            assert torch.equal(known > 0, labels != UNKNOWN)
            assert exact == 0.5
        assert seen == {0, 1, 2, 3}

    def test_a_person_is_asked_for_whole(self):
        labels = torch.tensor(PEOPLE).repeat_interleave(10).expand(1, 20, 40)
        assert PERSON in labels
        assert all(target.all() for target, _, _ in self.asked(labels))

    def test_cutouts_are_asked_for_mostly_and_exactly(self):
        alpha = torch.zeros(1, 20, 20)
        alpha[:, :, 5:] = 0.75
        found = self.asked(torch.full((1, 20, 20), SKY), alpha=alpha, times=200)
        cut = [each for each in found if torch.equal(each.target, alpha)]
        assert 0.7 < len(cut) / 200 < 0.9
        assert all(each.exact == 1 and each.known.all() for each in cut)


class TestSampler:
    @pytest.fixture
    def sampler(self):
        pools = {"plain": canvases(label=UNKNOWN), "cutout": canvases(label=PERSON, alpha=255)}
        pools = {"labelled": canvases(), **pools}
        shares = {"labelled": 0.5, "plain": 0.25, "cutout": 0.25}
        return Sampler(pools, torch.zeros(2, 3, 16, 16, dtype=torch.uint8), shares, side=SIDE)

    def test_samples_are_in_range_and_agree_with_each_other(self, sampler):
        sample = sampler.draw(40)
        assert sample.images.shape == (40, 3, SIDE, SIDE)
        for plane in (sample.images, sample.target, sample.known, sample.inside):
            assert plane.min() >= 0
            assert plane.max() < 1 + 1e-5
        assert set(sample.labels.unique().tolist()) == {SKY, PERSON, UNKNOWN}
        assert not (sample.known * (1 - sample.inside)).any()
        assert (sample.labels[:20] == SKY).any()
        assert not (sample.labels[20:] == SKY).any()

    def test_the_same_seed_gives_the_same_batch(self, sampler):
        torch.manual_seed(3)
        first = sampler.draw(8)
        torch.manual_seed(3)
        again = sampler.draw(8)
        assert all(torch.equal(a, b) for a, b in zip(vars(first).values(), vars(again).values()))

    def test_what_hides_a_region_is_taken_from_it(self, sampler, monkeypatch):
        # Unchanged crops; the first sample gets a shape, and the region stays what it was.
        draws = iter([[0.0, 0.9], [0.9, 0.9]])  # what is laid over, and whether it is asked for

        def rand(*shape, device=None):
            return torch.tensor(next(draws)).view(shape)

        images = torch.rand(2, 3, SIDE, SIDE)
        labels = torch.full((2, 1, SIDE, SIDE), SKY)
        asked_for = torch.stack([torch.ones(1, SIDE, SIDE)] * 2)
        alpha = blobs(2, SIDE, CPU)
        monkeypatch.setattr("semcs.training.region_pictures.blobs", lambda *_: alpha)
        filling = torch.rand(2, 3, SIDE, SIDE)
        monkeypatch.setattr(sampler, "_fillings", lambda images: filling)
        monkeypatch.setattr(sampler, "_cutouts", lambda count: (filling, alpha))
        monkeypatch.setattr("semcs.training.region_pictures.recolour", lambda images: images)
        monkeypatch.setattr(torch, "rand", rand)
        from semcs.training.region_pictures import Asked

        found, labelled, asked = sampler._put_over(
            images, labels, Asked(asked_for, asked_for, torch.zeros(2))
        )
        expected = alpha[0] * filling[0] + (1 - alpha[0]) * images[0]
        torch.testing.assert_close(found[0], expected)
        assert torch.equal(found[1], images[1])
        torch.testing.assert_close(asked.target[0], 1 - alpha[0])
        assert torch.equal(labelled[0] == UNKNOWN, alpha[0] > 0.05)
        assert (labelled[1] == SKY).all()


def test_rare_labels_are_drawn_more_often():
    labels = torch.full((100, 1, 8, 8), SKY, dtype=torch.uint8)
    labels[:5] = GRASS
    labels[5:10] = UNKNOWN
    weights = rare_first(labels)
    torch.testing.assert_close(weights[:5], torch.full((5,), 5**-0.5))
    torch.testing.assert_close(weights[10:], torch.full((90,), 90**-0.5))
    torch.testing.assert_close(weights[5:10], torch.full((5,), 200**-0.5))
