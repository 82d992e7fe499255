from __future__ import annotations

import pytest
import torch

from benchmarks.speed import reference
from benchmarks.speed.reference import PublishedProgram
from semcs.style.objective import Objective
from semcs.style.presets import PRESETS


@pytest.fixture
def make_published(tiny_family, task):
    def make(**options):
        settings = PRESETS["semcs-reference"].change(**{"patches": 6, **options})
        clip, content = tiny_family.clip, tiny_family.content
        texts = [region.style for region in task.regions]
        directions = clip.encode_text(texts) - clip.encode_text(["a photo"])
        resolved = settings.resolve(tiny_family.settings)
        return PublishedProgram(task, resolved, clip, content, directions)

    return make


def test_the_published_losses_are_those_of_the_reference_preset(tiny_family, task, make_published):
    # The timed loop computes in float32 throughout.
    reference = PRESETS["semcs-reference"].resolve(tiny_family.settings)
    settings = reference.change(half=False, mixed_precision=False, patches=6, patch_threshold=0.0)
    picture = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(1))
    clip, network = tiny_family.clip, tiny_family.content

    def both(settings):
        objective = Objective(task, settings, clip, network, templates=("{}",), seed=3)
        crops = objective.sampler.draw(torch.Generator().manual_seed(3)).cut(picture, 32)
        published = make_published(patch_threshold=settings.losses.patch_threshold)
        return published.losses(picture, crops), objective(picture.expand(2, -1, -1, -1))[0]

    _, all_count = both(settings)
    middle = all_count["patch"].item() / settings.losses.patch_weight
    found, expected = both(settings.change(patch_threshold=middle))
    assert 0 < expected["patch"] < all_count["patch"]
    assert found.keys() == expected.keys()
    for name, loss in expected.items():
        assert loss.item() > 0
        assert found[name].item() == pytest.approx(loss.item(), rel=1e-5), name


def test_a_published_step_learns_at_the_presets_rate(make_published):
    published = make_published(halve_every=1, learning_rate=0.01)
    before = [weights.clone() for weights in published.style_net.parameters()]
    losses = [published.step() for _ in range(2)]
    assert (
        published.optimiser.param_groups[0]["lr"]
        == published.preset.learning_rate_at(2)
        == 0.01 / 4
    )
    assert all(set(each) == {"direction", "patch", "content", "tv"} for each in losses)
    assert losses[0] != losses[1]
    after = published.style_net.parameters()
    assert any(not torch.equal(old, new) for old, new in zip(before, after))


def test_published_crops_are_drawn_from_each_region_in_perspective(make_published, task):
    red, green = torch.eye(3)[:2].view(2, 3, 1, 1)
    painted = (task.masks[:1] * red + task.masks[1:] * green).requires_grad_()
    crops = make_published(patch_size=32, patches=8).crops(painted)
    assert crops.shape == (8, 3, 32, 32)
    reds, greens, blues = crops.mean((2, 3)).T
    assert (reds > greens).tolist() == [True, False] * 4
    assert (crops.sum(1) < 0.5).float().mean() > 0.1  # black around the perspectives
    assert (blues == 0).all()
    crops.sum().backward()
    assert painted.grad.abs().sum() > 0


def test_drawing_ends_where_a_region_has_no_crop(make_published, task, monkeypatch):
    monkeypatch.setattr(reference, "MOST_REJECTED", 5)
    task.masks[0], task.masks[1] = 0, 1
    published = make_published(patches=6)
    assert published.crops(task.content).shape[0] == 6
    assert published.rejected == 5
    published.crops(task.content)
    assert published.rejected == 10  # every step has its own allowance
    published.steps = 2
    assert published.warps_a_step == 2 * 6 + 5
