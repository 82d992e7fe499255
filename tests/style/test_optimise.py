from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.errors import DivergenceError, InputError
from semcs.image import resize_rgb, to_array, to_tensor
from semcs.style.optimise import Optimisation, Step, has_settled
from semcs.style.options import Optimiser
from semcs.style.stylenet import PixelCanvas, PublishedStyleNet, RegionStyleNet


@pytest.fixture
def optimise(make_objective):
    """An optimisation at a rate high enough to see; keywords as of `make_objective`."""

    def make(*, seed=0, **fields):
        return Optimisation(make_objective(**{"learning_rate": 5e-3, **fields}), seed=seed)

    return make


@pytest.mark.parametrize("stylenet", ["region", "published"])
def test_the_losses_fall(optimise, only, stylenet):
    weights = only("direction_weight", "background_weight")
    options = {"stylenet": stylenet, "steps": 30, "learning_rate": Optimiser().learning_rate}
    losses = [step.loss for step in optimise(**weights, **options)]
    # The first is that of a picture that hasn't moved yet.
    assert losses[-1] < 0.7 * losses[1]


@pytest.mark.parametrize("stylenet", ["region", "pixels"])
def test_the_first_step_sees_the_start_and_changes_nothing(optimise, content, halves, stylenet):
    starts = torch.rand(2, 3, 48, 64, generator=torch.Generator().manual_seed(4))
    first = next(iter(optimise(starts=starts, stylenet=stylenet))).image
    torch.testing.assert_close(first, (starts * halves).sum(0, keepdim=True), atol=1e-6, rtol=0)
    assert torch.equal(next(iter(optimise(stylenet=stylenet))).image, content)


def test_steps(optimise):
    optimisation = optimise(steps=4, halve_every=2)
    steps = list(optimisation)
    assert [(step.index, step.steps) for step in steps] == [(i, 4) for i in (1, 2, 3, 4)]
    assert [step.learning_rate for step in steps] == pytest.approx([5e-3, 5e-3, 2.5e-3, 2.5e-3])
    assert [step.seconds for step in steps] == sorted(step.seconds for step in steps)
    for step in steps:
        assert set(step.losses) == {"direction", "patch", "content", "tv"}
        assert all(type(loss) is float for loss in step.losses.values())
        assert step.loss == pytest.approx(sum(step.losses.values()))
        assert (step.image.shape, step.image.requires_grad) == ((1, 3, 48, 64), False)


def test_each_step_is_one_of_adam(optimise, only):
    """Against torch's Adam by hand: the first step moves every weight by the rate."""
    optimisation = optimise(**only("direction_weight", "background_weight"))
    before = [p.detach().clone() for p in optimisation.style_net.heads.parameters()]
    step = next(iter(optimisation))
    for old, new in zip(before, optimisation.style_net.heads.parameters()):
        pulled = new.grad.abs() > 1e-3
        assert pulled.float().mean() > 0.9
        expected = -step.learning_rate * new.grad.sign()[pulled]
        torch.testing.assert_close((new - old).detach()[pulled], expected, atol=1e-4, rtol=0)


def test_the_preset_chooses_the_network(optimise):
    assert isinstance(optimise(stylenet="published").style_net, PublishedStyleNet)
    assert isinstance(optimise(stylenet="region").style_net, RegionStyleNet)
    assert isinstance(optimise(stylenet="pixels").style_net, PixelCanvas)


def test_pixels_start_from_the_photo_and_move_by_the_rate(optimise, content):
    optimisation = optimise(stylenet="pixels", steps=2)
    first, second = (step.image for step in optimisation)
    assert torch.equal(first, content)
    assert 0 < (second - content).abs().max() <= 5e-3 + 1e-6


class TestWhenToStop:
    def test_a_time_limit(self, optimise):
        limited = list(optimise(steps=50, max_seconds=1e-9))
        assert [step.index for step in limited] == [1]
        assert len(list(optimise(steps=3, max_seconds=1e9))) == 3

    def test_a_plateau(self, optimise, only):
        """At a rate that moves nothing the loss has settled after twice the window."""
        still = {"steps": 50, "learning_rate": 1e-30, **only("direction_weight")}
        assert len(list(optimise(plateau=4, **still))) == 8
        assert len(list(optimise(plateau=4, **{**still, "steps": 5}))) == 5

    @pytest.mark.parametrize(
        ("losses", "window", "settled"),
        [
            ([3, 1, 1, 1], 2, False),
            ([1, 1, 1, 1], 2, True),
            ([9, 9, 1.0, 1.0, 1.0, 0.995], 2, True),
            ([9, 9, 1.0, 1.0, 0.98, 0.99], 2, False),
            ([1, 2, 3, 4], 2, True),
            ([1, 1, 1], 2, False),
            ([1, 1], 0, False),
        ],
    )
    def test_settled(self, losses, window, settled):
        assert has_settled(losses, window) is settled


class TestGoingOn:
    def test_from_another_runs_network(self, optimise):
        first, second = optimise(seed=1), optimise(seed=2)
        list(first)
        second.go_on_from(first.style_net)
        assert torch.equal(second.render(), first.render())
        list(second)  # and on its own from there
        assert not torch.equal(second.render(), first.render())

    def test_only_from_its_like(self, optimise, halves):
        with pytest.raises(InputError, match="number of regions"):
            optimise().go_on_from(optimise(masks=halves[:1]).style_net)
        with pytest.raises(InputError, match="another kind"):
            optimise().go_on_from(optimise(stylenet="published").style_net)


class TestRenderAt:
    @pytest.fixture
    def large(self, content):
        """Starts of three times the side, with grain that shrinking takes away."""
        grain = torch.rand(2, 3, 144, 192, generator=torch.Generator().manual_seed(3)) - 0.5
        return (F.interpolate(content, (144, 192)) + 0.2 * grain).clamp(0, 1)

    def test_its_own_size(self, optimise, content):
        optimisation = optimise()
        list(optimisation)
        found = optimisation.render_at(content.expand(2, -1, -1, -1))
        assert torch.equal(found, optimisation.render().clamp(0, 1))

    def test_where_nothing_was_changed_the_start_is_left_bit_for_bit(self, optimise, large):
        assert torch.equal(optimise().render_at(large), large)

    def test_the_change_is_made_to_the_start_at_full_size(self, optimise, large):
        optimisation = optimise(learning_rate=1e-3)
        list(optimisation)
        change = optimisation.render() - optimisation.objective.task.starts
        painted = optimisation.render_at(large)
        assert 0 <= painted.min() < painted.max() <= 1
        inside = (painted > 0) & (painted < 1)
        shrunk = F.interpolate(
            torch.where(inside, painted - large, 0.0), (48, 64), mode="bilinear", antialias=True
        )
        assert change.abs().mean() > 1e-3
        assert (shrunk - change).abs().mean() < 0.35 * change.abs().mean()

    def test_the_published_networks_picture_is_resampled(self, optimise, large):
        optimisation = optimise(stylenet="published")
        list(optimisation)
        expected = [resize_rgb(to_array(one[None]), (144, 192)) for one in optimisation.render()]
        found = optimisation.render_at(large)
        torch.testing.assert_close(found, torch.cat([to_tensor(one) for one in expected]))


def test_preview():
    image = torch.tensor([[-0.2, 0.2, 0.999], [0.5, 1.3, 0.0]]).view(1, 1, 2, 3).repeat(1, 3, 1, 1)
    image[:, 1] = 0
    preview = Step(1, 1, {}, 0.1, 0.0, image).preview()
    assert (preview.dtype, preview.shape) == (np.uint8, (2, 3, 3))
    assert preview[..., 0].tolist() == preview[..., 2].tolist() == [[0, 51, 255], [128, 255, 0]]
    assert not preview[..., 1].any()


def test_render_and_picture(optimise, content):
    optimisation = optimise()
    for _ in optimisation:
        pass
    rendered, picture = optimisation.render(), optimisation.picture()
    assert (rendered.shape, rendered.requires_grad) == ((2, 3, 48, 64), False)
    assert torch.equal(rendered, optimisation.render())
    torch.testing.assert_close(picture[..., :32], rendered[:1, ..., :32])
    torch.testing.assert_close(picture[..., 32:], rendered[1:, ..., 32:])
    assert not torch.allclose(picture, content, atol=1e-3)


def outcome(optimisation):
    return [step.losses for step in optimisation], optimisation.render()


@pytest.mark.parametrize("stylenet", ["region", "published"])
def test_same_seed_same_bits(optimise, stylenet):
    (history, first), (same_history, same) = (
        outcome(optimise(seed=5, stylenet=stylenet)) for _ in range(2)
    )
    assert history == same_history
    assert torch.equal(first, same)
    _, other = outcome(optimise(seed=6, stylenet=stylenet))
    assert not torch.equal(first, other)


@pytest.mark.parametrize("stylenet", ["region", "published"])
def test_the_global_generator_is_left_alone(optimise, stylenet):
    torch.manual_seed(11)
    before = torch.get_rng_state()
    optimisation = optimise(stylenet=stylenet)
    assert torch.equal(torch.get_rng_state(), before)
    list(optimisation)
    assert torch.equal(torch.get_rng_state(), before)


class TestDivergence:
    def test_is_noticed_at_its_step(self, optimise):
        optimisation = optimise(learning_rate=1e30, steps=5, stylenet="published")
        seen = []
        with pytest.raises(DivergenceError, match=r"step 2: the .*tv loss .*learning_rate"):
            seen.extend(step.index for step in optimisation)
        with pytest.raises(DivergenceError, match="nothing was saved"):
            optimisation.render()

    def test_names_the_losses(self, optimise):
        optimisation = optimise()
        optimisation.objective.content.target0.fill_(float("inf"))
        with pytest.raises(DivergenceError, match="step 1: the content loss"):
            next(iter(optimisation))


def test_the_first_step_pulls_about_as_hard_as_the_second(optimise, only):
    optimisation = optimise(**only("direction_weight", "background_weight"), steps=2)
    pulls = [optimisation.style_net.heads.weight.grad.norm().item() for _ in optimisation]
    assert pulls[0] < 100 * pulls[1]


def test_steps_under_no_grad(optimise):
    with torch.no_grad():
        losses = [step.loss for step in optimise(steps=2)]
    assert len(losses) == 2
    assert losses[0] != losses[1]
