from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.style.stylenet import PublishedStyleNet, RegionStyleNet, on_multiple, pad_to

SIDES = st.integers(17, 45)


def seeded(build, seed=0):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build()


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def painting(regions=2, seed=0):
    """A region network whose heads paint already."""
    network = seeded(lambda: RegionStyleNet(regions), seed)
    with torch.no_grad():
        for index, parameter in enumerate(network.heads.parameters()):
            parameter.copy_(0.1 * (rand(*parameter.shape, seed=index) - 0.5))
    return network


class TestPublished:
    network = seeded(PublishedStyleNet)

    def test_parameters(self):
        assert sum(p.numel() for p in self.network.parameters()) == 615_267

    @torch.no_grad()
    def plain(self, image):
        return torch.sigmoid(self.network.leave(self.network.unet(image)))

    @torch.no_grad()
    def test_nothing_is_padded_where_sides_are_multiples_of_8(self):
        image = rand(1, 3, 24, 40)
        styled = self.network(image, torch.ones(1, 1, 24, 40))
        assert torch.equal(styled, self.plain(image))

    @settings(max_examples=10, deadline=None)
    @given(height=SIDES, width=SIDES)
    @torch.no_grad()
    def test_any_size_is_mirrored_out_and_cut_back(self, height, width):
        image = rand(1, 3, height, width)
        styled = self.network(image, torch.ones(1, 1, height, width))
        below, right = -height % 8, -width % 8
        mirrored = np.pad(image, ((0, 0), (0, 0), (0, below), (0, right)), mode="reflect")
        expected = self.plain(torch.from_numpy(mirrored))[..., :height, :width]
        assert styled.shape == image.shape
        torch.testing.assert_close(styled, expected)

    @torch.no_grad()
    def test_masks_change_nothing(self):
        image = rand(1, 3, 24, 24)
        first, second = self.network(image, rand(2, 1, 24, 24))
        assert torch.equal(first, second)
        assert torch.equal(first, self.network(image, torch.zeros(1, 1, 24, 24))[0])


class TestRegion:
    @settings(max_examples=10, deadline=None)
    @given(height=SIDES, width=SIDES, regions=st.integers(1, 3))
    @torch.no_grad()
    def test_starts_at_the_photo(self, height, width, regions):
        image = rand(1, 3, height, width)
        masks = rand(regions, 1, height, width, seed=1)
        styled = seeded(lambda: RegionStyleNet(regions))(image, masks)
        assert styled.shape == (regions, 3, height, width)
        # The logit of 0 and 1 is infinite, so the extremes are clipped.
        expected = image.clamp(0.02, 0.98).expand_as(styled)
        torch.testing.assert_close(styled, expected, atol=1e-5, rtol=0)

    @pytest.mark.parametrize("region", [0, 1])
    def test_each_region_has_its_own_head(self, region):
        network = painting()
        network(rand(1, 3, 32, 32), rand(2, 1, 32, 32))[region].sum().backward()
        by_head = network.heads.weight.grad.view(2, -1).abs().amax(1)
        assert by_head[region] > 0
        assert by_head[1 - region] == 0

    def test_masks_matter_after_a_step(self):
        network = seeded(lambda: RegionStyleNet(2))
        image, masks = rand(1, 3, 32, 32), rand(2, 1, 32, 32, seed=1)
        optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
        network(image, masks).square().sum().backward()
        optimiser.step()
        with torch.no_grad():
            change = network(image, masks.flip(0)) - network(image, masks)
        assert change.abs().max() > 1e-3

    @torch.no_grad()
    def test_noise_is_fixed_for_a_network_and_matters(self):
        image, masks = torch.full((1, 3, 64, 64), 0.5), torch.ones(2, 1, 64, 64)
        network = painting()
        first = network(image, masks)
        assert torch.equal(first, network(image, masks))
        torch.manual_seed(99)  # the global generator plays no part
        assert torch.equal(first, network(image, masks))
        network.noise_seed += 1
        assert not torch.allclose(first, network(image, masks))

    def test_seeds_draw_different_noise(self):
        seeds = {seeded(lambda: RegionStyleNet(1), seed).noise_seed for seed in range(5)}
        assert len(seeds) == 5

    @torch.no_grad()
    def test_pixels_come_back_to_their_place(self):
        """2×2 blocks are taken apart and put together in the same order."""
        network = painting(1)
        image = rand(1, 3, 32, 32)
        seen = {}
        network.heads.register_forward_hook(lambda _, __, maps: seen.setdefault("change", maps))
        styled = network(image, torch.ones(1, 1, 32, 32))
        change = torch.zeros(3, 32, 32)
        for channel in range(3):
            for y in range(2):
                for x in range(2):
                    change[channel, y::2, x::2] = seen["change"][0, 4 * channel + 2 * y + x]
        logits = torch.logit(image.clamp(0.02, 0.98))[0] + change
        torch.testing.assert_close(styled[0], logits.sigmoid())

    def test_the_least_size(self):
        image = rand(1, 3, 16, 16)
        assert (
            seeded(lambda: RegionStyleNet(1))(image, torch.ones(1, 1, 16, 16)).shape == image.shape
        )


@settings(max_examples=20, deadline=None)
@given(height=st.integers(16, 40), width=st.integers(16, 40), multiple=st.sampled_from([8, 16]))
def test_pad_to_mirrors(height, width, multiple):
    maps = rand(2, 1, height, width)
    below, right = -height % multiple, -width % multiple
    expected = np.pad(maps, ((0, 0), (0, 0), (0, below), (0, right)), mode="reflect")
    assert np.array_equal(pad_to(maps, multiple), expected)


def test_on_multiple_sees_multiples_of_8_and_gives_the_size_back():
    seen = []

    def network(image):
        seen.append(tuple(image.shape))
        return F.pad(image, (0, 0, 0, 0)) + 1

    image = rand(1, 3, 19, 33)
    assert torch.equal(on_multiple(network, image), image + 1)
    assert seen == [(1, 3, 24, 40)]
