from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from semcs.style import detail
from semcs.style.detail import BLOCK, add_detail, held_statistics, paint_large, stretches
from semcs.style.stylenet import InstanceNorm, RegionStyleNet


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def painter():
    """A network of two regions that paints something."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = RegionStyleNet(2)
        torch.nn.init.normal_(network.heads.weight, std=0.1)
        torch.nn.init.normal_(network.codes, std=0.1)
    return network.requires_grad_(False)


def picture_and_masks(height, width):
    left = rand(1, 1, height, width, seed=1)
    return rand(1, 3, height, width), torch.cat([left, 1 - left])


def shrunk(maps, times):
    return tuple(F.avg_pool2d(each, times) for each in maps)


class TestTiles:
    @pytest.mark.parametrize("tile", [2 * BLOCK, 7 * BLOCK])
    def test_tiles_are_what_one_run_paints(self, painter, tile):
        """Sides that fill no whole tile, nor a whole block."""
        large = picture_and_masks(470, 421)
        small = shrunk(large, 4)
        whole = paint_large(painter, small, large, tile=10_000)
        assert whole.shape == (2, 3, 470, 421)
        assert whole.std() > 0.2
        tiled = paint_large(painter, small, large, tile=tile)
        torch.testing.assert_close(tiled, whole, atol=2e-4, rtol=0)

    def test_a_shorter_reach_would_show(self, painter, monkeypatch):
        large = picture_and_masks(470, 421)
        small = shrunk(large, 4)
        whole = paint_large(painter, small, large, tile=10_000)
        monkeypatch.setattr(detail, "REACH", 2 * BLOCK)
        tiled = paint_large(painter, small, large, tile=7 * BLOCK)
        assert (tiled - whole).abs().max() > 1e-2

    @pytest.mark.parametrize(("length", "tile"), [(16, 16), (400, 64), (33, 1000), (1000, 333)])
    def test_stretches(self, length, tile):
        line, painted = torch.arange(length), []
        for own, seen, within in stretches(length, tile):
            assert torch.equal(line[seen][within], line[own])
            assert seen.start == max(0, own.start - detail.REACH)
            assert seen.stop == min(length, own.stop + detail.REACH)
            painted += line[own].tolist()
        assert painted == line.tolist()


class TestHeldStatistics:
    def test_the_same_picture_is_painted_the_same(self, painter):
        photo, masks = picture_and_masks(64, 96)
        with held_statistics(painter, photo, masks):
            held = painter(photo, masks)
        torch.testing.assert_close(held, painter(photo, masks), atol=1e-4, rtol=0)

    def test_they_are_those_of_the_picture_and_not_of_what_is_painted(self, painter):
        """Half a picture alone is painted as in the whole: away from the cut, nothing changes."""
        photo, masks = picture_and_masks(64, 800)
        photo[..., 400:] *= 0.2  # so that its own statistics would be others
        noise = painter.noise(32, 400)
        half = photo[..., :400], masks[..., :400], noise[..., :200]
        whole = painter(photo, masks)
        with held_statistics(painter, photo, masks):
            held = painter(*half)
        far = (..., slice(0, 400 - detail.REACH))
        torch.testing.assert_close(held[far], whole[far], atol=1e-4, rtol=0)
        assert (painter(*half)[far] - whole[far]).abs().max() > 1e-2

    def test_they_are_let_go_of(self, painter):
        photo, masks = picture_and_masks(32, 32)
        norms = [layer for layer in painter.modules() if isinstance(layer, InstanceNorm)]
        with held_statistics(painter, photo, masks):
            assert all(norm.held is not None for norm in norms)
        assert all(norm.held is None for norm in norms)
        assert not any(norm._forward_pre_hooks for norm in norms)


class TestAddDetail:
    def test_shrunk_it_is_the_small_picture(self):
        small, large = 0.2 + 0.6 * rand(2, 3, 24, 32), 0.2 + 0.6 * rand(2, 3, 96, 128, seed=1)
        smooth = F.avg_pool2d(small, 3, 1, 1, count_include_pad=False)
        both = add_detail(smooth, large)
        back = F.interpolate(both, (24, 32), mode="bilinear", antialias=True)
        assert (back - smooth).abs().mean() < 0.02
        assert (F.avg_pool2d(large, 4) - smooth).abs().mean() > 0.05

    def test_what_shrinking_loses_is_the_large_ones(self):
        large = rand(1, 3, 64, 64)
        small = F.interpolate(large, (16, 16), mode="bilinear", antialias=True)
        torch.testing.assert_close(add_detail(small, large), large)
