"""The style half on every device and in every precision that this machine has."""

from __future__ import annotations

import pytest
import torch
from devices import META
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.models.loading import build_without_weights
from semcs.style.losses import ContentLoss, DirectionalLoss, TotalVariationLoss
from semcs.style.optimise import Optimisation
from semcs.style.patches import coverage_maps, sample_patches, solve_homographies
from semcs.style.stylenet import PixelCanvas, PublishedStyleNet, RegionStyleNet


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def on(place, objective):
    """The objective, all of it moved to a place; torch 2.3 can't copy the generator in it."""
    task = objective.task
    objective.task = type(task)(
        place.put(task.content), place.put(task.starts), place.put(task.masks), task.regions
    )
    return objective.to(place.device, place.dtype)


class TestLosses:
    def test_directional(self, place):
        loss = DirectionalLoss(rand(2, 8) - 0.5, rivals=rand(4, 8) - 0.5, rival_share=0.3)
        outputs, sources = rand(3, 8, seed=1) - 0.5, rand(3, 8, seed=2) - 0.5
        regions = torch.tensor([0, 1, 0])
        expected = loss(outputs, sources, regions)
        with place.arithmetic():
            found = place.put(loss)(
                place.put(outputs), place.put(sources), regions.to(place.device)
            )
        torch.testing.assert_close(found.double().cpu(), expected, atol=place.tolerance, rtol=0)

    def test_total_variation(self, place):
        expected = TotalVariationLoss()(rand(1, 3, 12, 16))
        found = TotalVariationLoss()(place.put(rand(1, 3, 12, 16)))
        assert found.item() == pytest.approx(expected.item(), rel=max(1e-6, place.tolerance))

    def test_content(self, place, tiny_family):
        network = tiny_family.content.double()
        expected = ContentLoss(network, rand(1, 3, 32, 32))(rand(1, 3, 32, 32, seed=1))
        loss = ContentLoss(place.put(network), place.put(rand(1, 3, 32, 32)))
        found = loss(place.put(rand(1, 3, 32, 32, seed=1)))
        assert found.item() == pytest.approx(expected.item(), rel=max(1e-6, place.tolerance))


def test_crops(place):
    """Also where there is no float64: what is drawn with it, is drawn on the CPU."""
    masks, image = place.put(rand(2, 1, 48, 64)), place.put(rand(1, 3, 48, 64))
    drawn = sample_patches(
        coverage_maps(masks, 16),
        [4, 4],
        16,
        (48, 64),
        distortion=0.5,
        generator=torch.Generator().manual_seed(0),
    )
    crops = drawn.cut(image, 8)
    assert (crops.shape, crops.device.type) == ((8, 3, 8, 8), place.device)


class Without64(torch.Tensor):
    """Stands for a tensor of a device that has no float64, such as Apple's."""

    def double(self):
        raise TypeError("this device has no float64")

    def cpu(self):
        return self.as_subclass(torch.Tensor)


def test_float64_is_asked_of_the_cpu_alone():
    places = coverage_maps(rand(1, 1, 48, 64).float(), 16).as_subclass(Without64)
    sample_patches(
        places,
        [4],
        16,
        (48, 64),
        distortion=0.5,
        generator=torch.Generator().manual_seed(0),
    )
    points = rand(2, 4, 2).float().as_subclass(Without64)
    solve_homographies(points, points)


@pytest.mark.parametrize("stylenet", ["region", "published", "pixels"])
def test_a_run(place, make_objective, stylenet):
    if place.dtype != torch.float32:
        pytest.skip("StyleNets are float32; autocast is their other precision")
    objective = on(place, make_objective(stylenet=stylenet, steps=2))
    with place.arithmetic():
        steps = list(Optimisation(objective))
    assert len(steps) == 2
    assert steps[-1].image.device.type == place.device
    assert all(torch.isfinite(step.image).all() for step in steps)


@settings(max_examples=10, deadline=None)
@given(
    height=st.integers(17, 600),
    width=st.integers(17, 600),
    regions=st.integers(1, 5),
    kind=st.sampled_from(["region", "published", "pixels"]),
)
def test_shapes(height, width, regions, kind):
    """On the meta device, where nothing is computed."""
    build = {
        "region": lambda: RegionStyleNet(regions),
        "published": PublishedStyleNet,
        "pixels": lambda: PixelCanvas(regions, (height, width)),
    }
    network = META.put(build_without_weights(build[kind]))
    photo = torch.empty(1, 3, height, width, device="meta")
    starts = torch.empty(regions, 3, height, width, device="meta")
    masks = torch.empty(regions, 1, height, width, device="meta")
    assert network(photo, starts, masks).shape == (regions, 3, height, width)
