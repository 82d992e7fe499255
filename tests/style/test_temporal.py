from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy.ndimage import map_coordinates

from semcs.style.finish import finish
from semcs.style.held import hold_norms, hold_statistics
from semcs.style.levels import Levels
from semcs.style.objective import Objective
from semcs.style.optimise import Optimisation
from semcs.style.options import Output
from semcs.style.regions import composite
from semcs.style.stylenet import InstanceNorm, RegionStyleNet
from semcs.style.temporal import ClipOptimisation, ClipTask, PairObjective, TemporalLoss

H, W = 6, 9


@pytest.fixture
def draw():
    """Draws numbers in [0, 1], double precision."""
    generator = torch.Generator().manual_seed(3)
    return lambda *size: torch.rand(*size, generator=generator, dtype=torch.float64)


def expected_loss(now, before, back, seen):
    """The published formula by scipy's bilinear samples: another implementation."""
    y, x = np.indices((H, W))
    places = [y + back[..., 1], x + back[..., 0]]
    carried = np.stack([map_coordinates(c, places, order=1, mode="nearest") for c in before])
    return (seen * (now - carried) ** 2).sum() / carried.size


def test_the_loss_is_the_published_one(draw):
    now, before, seen = draw(1, 3, H, W), draw(1, 3, H, W), draw(H, W)
    back = 6 * draw(H, W, 2) - 3  # fractions of pixels, some of them out of the frame
    loss = TemporalLoss(back, seen)(now, before)
    assert float(loss) == pytest.approx(
        expected_loss(now[0].numpy(), before[0].numpy(), back.numpy(), seen.numpy()), rel=1e-9
    )


def test_a_frame_that_moved_by_the_flow_costs_nothing_where_it_is_seen(draw):
    before = draw(1, 3, H, W)
    back = torch.tensor([2.0, 1.0], dtype=torch.float64).expand(H, W, 2)
    seen = torch.zeros(H, W, dtype=torch.float64)
    seen[:-1, :-2] = 1
    now = draw(1, 3, H, W)
    now[..., :-1, :-2] = before[..., 1:, 2:]
    assert float(TemporalLoss(back, seen)(now, before)) < 1e-20
    assert float(TemporalLoss(-back, seen)(now, before)) > 1e-2
    now[..., 2, 3] += 0.5
    costs = float(TemporalLoss(back, seen)(now, before))
    assert costs == pytest.approx(3 * 0.25 / (3 * H * W))


def test_the_gradients_are_those_of_finite_differences(draw):
    frames = [draw(1, 3, H, W).requires_grad_() for _ in range(2)]
    back = 4 * draw(H, W, 2) - 2
    assert torch.autograd.gradcheck(TemporalLoss(back, draw(H, W)), frames, fast_mode=True)


@pytest.fixture
def make_pairs(make_objective, content):
    """Makes pairs of a photo that moves 3 pixels to the left, and their preset."""

    def make(count=2, **options):
        objective = make_objective(picture=content, **options)
        now, pairs = objective.task, []
        for index in range(count):
            photo = content.roll(index, -2)
            back = torch.tensor([3.0, 0.0]).expand(48, 64, 2)
            seen = torch.ones(48, 64)
            seen[:, -3:] = 0
            frames = [
                replace(now, content=moved, starts=moved.expand(2, -1, -1, -1))
                for moved in (photo, photo.roll(-3, -1))
            ]
            pairs.append(ClipTask(*frames, back, seen))
        return pairs, objective.preset

    return make


def test_a_pair_has_the_losses_of_its_later_frame_and_the_temporal_one(
    make_pairs, tiny_family, styled
):
    (pair,), preset = make_pairs(1, temporal_weight=7.0)
    generator = torch.Generator().manual_seed(5)
    objective = PairObjective(pair, preset, tiny_family, lambda task: 1 - task.starts, generator)
    losses, picture = objective(styled)
    alone = Objective(
        pair.now, preset, tiny_family.clip, tiny_family.content, templates=tiny_family.templates
    )
    alone.generator = torch.Generator().manual_seed(5)
    expected, _ = alone(styled)
    before = composite(pair.before.content, 1 - pair.before.starts, pair.before.masks)
    temporal = TemporalLoss(pair.back, pair.seen)(picture, before)
    assert float(losses.pop("temporal")) == pytest.approx(7 * float(temporal))
    assert losses == expected


def test_without_its_weight_there_is_no_temporal_loss(make_pairs, tiny_family):
    pairs, preset = make_pairs(1, temporal_weight=0.0)
    (step,) = ClipOptimisation(pairs, preset.change(steps=1), tiny_family)
    assert "temporal" not in step.losses


def test_a_still_knows_nothing_of_it(make_objective):
    pictures = []
    for weight in (0.0, 1e9):
        still = Optimisation(make_objective(temporal_weight=weight, learning_rate=5e-3))
        list(still)
        pictures.append(still.picture())
    assert torch.equal(*pictures)


def test_pairs_take_turns(make_pairs, tiny_family):
    pairs, preset = make_pairs(3)
    steps = list(ClipOptimisation(pairs, preset.change(steps=4, learning_rate=1e-9), tiny_family))
    for step, pair in zip(steps, [*pairs, pairs[0]]):
        torch.testing.assert_close(step.image, pair.now.content, atol=1e-4, rtol=0)


def test_training_against_flicker_paints_neighbours_alike(make_pairs, tiny_family):
    """The share of the change that doesn't move along is smaller than without the loss."""
    shares = []
    for weight in (0.0, 1e5):
        pairs, preset = make_pairs(2, temporal_weight=weight, patch_sets=1)
        optimisation = ClipOptimisation(
            pairs, preset.change(steps=8, learning_rate=3e-3), tiny_family
        )
        list(optimisation)
        with torch.no_grad():
            changes = [optimisation._paint(t) - t.starts for t in (pairs[0].before, pairs[0].now)]
        moved = changes[0].roll(-3, -1)
        off = (changes[1] - moved)[..., :-3].square().mean()
        shares.append(float(off / changes[1].square().mean()))
    assert shares[1] < 0.6 * shares[0]


def test_held_norms_use_the_mean_statistics(draw):
    norm = hold_norms(torch.nn.Sequential(InstanceNorm(4)))
    frames = [draw(1, 4, H, W).float() * scale for scale in (1, 3)]
    for frame in frames:
        # While they are gathered, each frame is normalised by its own, as ever.
        torch.testing.assert_close(norm.train()(frame), F.instance_norm(frame))
    mean = torch.stack([frame.mean((2, 3)) for frame in frames]).mean(0)[..., None, None]
    variance = torch.stack([frame.var((2, 3)) for frame in frames]).mean(0)[..., None, None]
    expected = (frames[0] - mean) / (variance + 1e-5).sqrt()
    torch.testing.assert_close(norm.eval()(frames[0]), expected)


def test_what_comes_into_a_frame_changes_nothing_far_from_it(make_pairs):
    """64 pixels of the U-Net's reach apart; with norms of the frame's own all of it changes."""
    network = RegionStyleNet(2)
    network.initialise(torch.Generator().manual_seed(0))
    torch.nn.init.normal_(network.heads.weight, std=0.02, generator=torch.Generator())
    pairs, _ = make_pairs(1)
    wide = pairs[0].now
    wide = replace(
        wide,
        content=wide.content.repeat(1, 1, 1, 6),
        starts=wide.starts.repeat(1, 1, 1, 6),
        masks=wide.masks.repeat(1, 1, 1, 6),
    )
    entered = wide.content.clone()
    entered[..., -40:] = 0
    other = replace(wide, content=entered)

    def painted():
        with torch.no_grad():
            first, second = (network(t.content, t.starts, t.masks) for t in (wide, other))
        return first[..., :64], second[..., :64]

    assert not torch.allclose(*painted(), atol=1e-4)
    hold_statistics(network, [wide])
    torch.testing.assert_close(*painted(), atol=1e-6, rtol=0)


@pytest.mark.parametrize("output", [Output(), Output(contrast=1.5), Output(1.5, True)])
def test_levels_of_one_picture_finish_it_as_a_still(draw, output):
    rgb = draw(H, W, 3).numpy().astype(np.float32) * 0.6 + 0.1
    np.testing.assert_array_equal(Levels.of([rgb], output).finish(rgb, output), finish(rgb, output))


def test_levels_map_a_colour_alike_in_every_frame(draw):
    output = Output(contrast=1.5, stretch=True)
    dark, light = (0.3 * draw(2, H, W, 3).numpy() + [[[[0.1]]], [[[0.5]]]]).astype(np.float32)
    dark[0, 0] = light[0, 0] = 0.4
    levels = Levels.of([dark, light], output)
    finished = [levels.finish(rgb, output) for rgb in (dark, light)]
    np.testing.assert_array_equal(finished[0][0, 0], finished[1][0, 0])
    together = np.concatenate(finished)
    assert (together.min(), together.max()) == (0, 1)
    assert np.all(levels.finish(light + 0.5, output) <= 1)
