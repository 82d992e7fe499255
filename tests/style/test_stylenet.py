from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from semcs.image import MIN_WORKING_SIDE
from semcs.style.stylenet import (
    GAIN,
    InstanceNorm,
    PublishedStyleNet,
    RegionStyleNet,
    UNet,
    pad_to,
    without_blocks,
)

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


class BlockRed(nn.Module):
    """Mean red of every block of 2×2 pixels, in [0, 1], in place of the U-Net's 16 maps."""

    def forward(self, blocks):
        red = (blocks[:, :4].mean(1, keepdim=True) + 1) / 2
        return red.repeat(1, 16, 1, 1)


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
        styled = self.network(image, image, torch.ones(1, 1, 24, 40))
        assert torch.equal(styled, self.plain(image))

    @settings(max_examples=10, deadline=None)
    @given(height=SIDES, width=SIDES)
    @torch.no_grad()
    def test_any_size_is_mirrored_out_and_cut_back(self, height, width):
        image = rand(1, 3, height, width)
        styled = self.network(image, image, torch.ones(1, 1, height, width))
        below, right = -height % 8, -width % 8
        mirrored = np.pad(image, ((0, 0), (0, 0), (0, below), (0, right)), mode="reflect")
        expected = self.plain(torch.from_numpy(mirrored))[..., :height, :width]
        assert styled.shape == image.shape
        torch.testing.assert_close(styled, expected)

    @torch.no_grad()
    def test_masks_and_starts_change_nothing(self):
        image = rand(1, 3, 24, 24)
        first, second = self.network(image, rand(2, 3, 24, 24), rand(2, 1, 24, 24))
        assert torch.equal(first, second)
        assert torch.equal(first, self.network(image, image, torch.zeros(1, 1, 24, 24))[0])


class TestRegion:
    @settings(max_examples=10, deadline=None)
    @given(height=SIDES, width=SIDES, regions=st.integers(1, 3))
    @torch.no_grad()
    def test_changes_nothing_at_first(self, height, width, regions):
        image, starts = rand(1, 3, height, width), rand(regions, 3, height, width, seed=2)
        masks = rand(regions, 1, height, width, seed=1)
        styled = seeded(lambda: RegionStyleNet(regions))(image, starts, masks)
        assert torch.equal(styled, starts)

    @pytest.mark.parametrize("push", [-1.0, 1.0])
    def test_colours_stay_colours_and_no_pixel_gets_stuck(self, push):
        network = seeded(lambda: RegionStyleNet(2))
        with torch.no_grad():
            network.heads.bias.fill_(push)
        starts = 0.3 + 0.4 * rand(2, 3, 32, 32)
        styled = network(starts[:1], starts, rand(2, 1, 32, 32, seed=1))
        expected = torch.full_like(styled, float(push > 0))
        torch.testing.assert_close(styled, expected, atol=1e-6, rtol=0)
        styled.sum().backward()
        # From black and white, too, there is a way back.
        assert network.heads.bias.grad.min() > 0

    @pytest.mark.parametrize("region", [0, 1])
    def test_each_region_has_its_own_head(self, region):
        network = painting()
        network(rand(1, 3, 32, 32), rand(2, 3, 32, 32), rand(2, 1, 32, 32))[region].sum().backward()
        by_head = network.heads.weight.grad.view(2, -1).abs().amax(1)
        assert by_head[region] > 0
        assert by_head[1 - region] == 0

    @torch.no_grad()
    def test_it_sees_the_photo_and_what_the_regions_start_from(self):
        network, image, starts = painting(), rand(1, 3, 32, 32), rand(2, 3, 32, 32, seed=2)
        masks = torch.ones(2, 1, 32, 32) / 2
        changes = network(image, starts, masks) - starts
        for other_image, other_starts in ((1 - image, starts), (image, starts.flip(2))):
            others = network(other_image, other_starts, masks) - other_starts
            assert (others - changes).abs().max() > 1e-2

    @torch.no_grad()
    def test_a_start_is_seen_where_its_mask_is(self):
        network, image, starts = painting(), rand(1, 3, 32, 32), rand(2, 3, 32, 32, seed=2)
        masks = torch.cat([torch.ones(1, 1, 32, 32), torch.zeros(1, 1, 32, 32)])
        before = network(image, starts, masks)[0]
        starts[1] = 1 - starts[1]
        assert torch.equal(network(image, starts, masks)[0], before)


class TestInstanceNorm:
    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
    def test_as_torchs(self, count, layout):
        maps = rand(count, 5, 6, 7).to(memory_format=layout)
        expected = nn.InstanceNorm2d(5)(maps)
        torch.testing.assert_close(InstanceNorm(5)(maps), expected, atol=1e-5, rtol=1e-5)


class TestRegionPixels:
    @torch.no_grad()
    @pytest.mark.parametrize("region", [0, 1])
    @pytest.mark.parametrize("channel", [0, 1, 2])
    def test_each_output_paints_one_colour_of_one_region(self, region, channel):
        network = seeded(lambda: RegionStyleNet(2))
        network.heads.bias.view(2, 3, 4)[region, channel] = 0.3
        starts = 0.6 * rand(2, 3, 32, 32)
        change = network(starts[:1], starts, rand(2, 1, 32, 32, seed=1)) - starts
        assert change[region, channel].min() > 0.2
        change[region, channel] = 0
        assert change.abs().max() < 1e-6

    @torch.no_grad()
    def test_the_last_layers_see_single_pixels_in_their_place(self):
        """Made to pass the photo's red on and nothing else: green rises where red is."""
        network = seeded(lambda: RegionStyleNet(1))
        for parameter in network.sharpen.parameters():
            parameter.zero_()
        heads = network.heads.weight.view(3, 4, network.hidden_channels)
        for place in range(4):  # of a pixel in its block; the blocks' red comes after the U-Net's
            network.sharpen.weight[5 + place, UNet.outputs + place, 1, 1] = 1
            heads[1, place, 5 + place] = 0.4
        image = torch.full((1, 3, 38, 45), 0.2)
        lit = image[:, :1] = (rand(1, 1, 38, 45) < 0.3).float()
        change = network(image, image, torch.ones(1, 1, 38, 45)) - image
        expected = (GAIN * 0.4 * without_blocks(lit)).tanh()
        inner = (..., slice(0, 37), slice(0, 44))  # beyond, the mirrored border is blurred in
        torch.testing.assert_close(change[:, 1:2][inner], expected[inner].clamp(max=0.8))
        change[:, 1] = 0
        assert change.abs().max() < 1e-6

    @torch.no_grad()
    def test_features_lie_over_the_blocks_that_they_are_of(self):
        """The U-Net made to pass its blocks' red on: green rises by it, block by block."""
        network = seeded(lambda: RegionStyleNet(1))
        network.unet = BlockRed()
        for parameter in network.sharpen.parameters():
            parameter.zero_()
        network.sharpen.weight[0, 0, 1, 1] = 1
        network.heads.weight.view(3, 4, network.hidden_channels)[1, :, 0] = 0.1
        image = 0.3 + 0.2 * rand(1, 3, 32, 48)
        styled = network(image, image, torch.ones(1, 1, 32, 48))
        red = F.avg_pool2d(image[:, :1], 2).repeat_interleave(2, 2).repeat_interleave(2, 3)
        expected = image[:, 1:2] + (GAIN * 0.1 * without_blocks(red)).tanh()
        torch.testing.assert_close(styled[:, 1:2], expected)

    def test_the_least_size(self):
        image, masks = rand(1, 3, MIN_WORKING_SIDE, MIN_WORKING_SIDE), torch.ones(1, 1, 32, 32)
        styled = painting(1)(image, image, masks)
        assert styled.shape == image.shape
        assert styled.isfinite().all()


@settings(max_examples=20, deadline=None)
@given(height=st.integers(16, 40), width=st.integers(16, 40), multiple=st.sampled_from([8, 16]))
def test_pad_to_mirrors(height, width, multiple):
    maps = rand(2, 1, height, width)
    below, right = -height % multiple, -width % multiple
    expected = np.pad(maps, ((0, 0), (0, 0), (0, below), (0, right)), mode="reflect")
    assert np.array_equal(pad_to(maps, multiple), expected)


class TestWithoutBlocks:
    def test_what_alternates_is_gone(self):
        rows, columns = torch.meshgrid(torch.arange(12), torch.arange(10), indexing="ij")
        for pattern in (rows % 2, columns % 2, (rows + columns) % 2):
            blurred = without_blocks(pattern.float()[None, None])[0, 0, 1:-1, 1:-1]
            torch.testing.assert_close(blurred, torch.full_like(blurred, 0.5))

    def test_by_hand(self):
        maps = torch.zeros(1, 1, 3, 4)
        maps[0, 0, 1, 2] = 16
        expected = [[0, 1, 2, 1], [0, 2, 4, 2], [0, 1, 2, 1]]
        assert without_blocks(maps)[0, 0].tolist() == expected

    def test_what_is_flat_stays_so_to_the_border(self):
        flat = torch.full((2, 3, 5, 4), 0.3)
        torch.testing.assert_close(without_blocks(flat), flat)
