from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torchvision.transforms import functional as TF

from semcs.style.patches import (
    Patches,
    coverage_maps,
    foot_maps,
    random_perspectives,
    sample_patches,
    solve_homographies,
)

SQUARE = torch.tensor([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def upright(*boxes, regions=None):
    """Crops without perspective."""
    return Patches(
        boxes=torch.tensor(boxes).float(),
        regions=torch.tensor(regions or [0] * len(boxes)),
        homographies=torch.eye(3).expand(len(boxes), 3, 3),
    )


def draw(masks, counts, patch_size, *, seed=0, distortion=0.5, **options):
    return sample_patches(
        coverage_maps(masks, patch_size),
        counts,
        patch_size,
        tuple(masks.shape[-2:]),
        distortion=distortion,
        generator=seeded(seed),
        **options,
    )


def covered(patches, masks):
    """Share of each crop that lies in its own region, counted pixel by pixel."""
    shares = []
    for (left, top, width, height), region in zip(patches.boxes.int(), patches.regions):
        shares.append(masks[region, 0, top : top + height, left : left + width].mean().item())
    return np.array(shares)


class TestCut:
    def test_perspective_as_torchvision(self):
        image, side = torch.rand(1, 3, 60, 80, generator=seeded()), 32
        left, top = 13, 7
        crop = image[..., top : top + side, left : left + side]
        corners = ((SQUARE + 1) * side / 2).tolist()
        for seed in range(5):
            moved = SQUARE * (1 - 0.5 * torch.rand(4, 2, generator=seeded(seed)))
            warp = {
                "startpoints": corners,
                "endpoints": ((moved + 1) * side / 2).tolist(),
                "interpolation": TF.InterpolationMode.BILINEAR,
                "fill": 0,
            }
            expected = TF.perspective(crop, **warp)
            shown = TF.perspective(torch.ones_like(crop), **warp)
            cut = Patches(
                boxes=torch.tensor([[left, top, side, side]]).float(),
                regions=torch.tensor([0]),
                homographies=solve_homographies(moved[None], SQUARE[None]),
            ).cut(image, side)
            inside, outside = shown > 0.9999, shown == 0
            assert min(inside.sum(), outside.sum()) > 100
            torch.testing.assert_close(cut[inside], expected[inside], atol=1e-3, rtol=0)
            assert (cut[outside] == 0).all()

    def test_upright_crop_of_its_own_size_is_a_slice(self, content):
        cut = upright((5, 9, 16, 16), (48, 32, 16, 16)).cut(content, 16)
        torch.testing.assert_close(cut[0], content[0, :, 9:25, 5:21], atol=1e-5, rtol=0)
        torch.testing.assert_close(cut[1], content[0, :, 32:, 48:], atol=1e-5, rtol=0)

    def test_each_crop_comes_from_its_regions_image(self):
        images = torch.tensor([0.2, 0.7, 0.4]).view(3, 1, 1, 1).expand(3, 3, 24, 24)
        patches = upright(*[(4, 4, 8, 8)] * 4, regions=[2, 0, 1, 0])
        colours = patches.cut(images, 8).mean((1, 2, 3))
        torch.testing.assert_close(colours, torch.tensor([0.4, 0.2, 0.7, 0.2]))

    def test_large_crops_beside_small_ones(self):
        y, x = torch.meshgrid(torch.arange(96.0), torch.arange(128.0), indexing="ij")
        slope = torch.stack([x, y, x + y]).expand(2, -1, -1, -1) / 128
        boxes = [(3, 5, 8, 8), (0, 0, 96, 96), (20, 10, 33, 33), (60, 0, 64, 64)]
        patches = upright(*boxes, regions=[0, 1, 1, 0])
        for cut, (left, top, side, _) in zip(patches.cut(slope, 8), boxes):
            steps = (torch.arange(8) + 0.5) * side / 8 - 0.5  # the slope has the same mean anywhere
            expected = torch.stack(torch.broadcast_tensors(left + steps, (top + steps)[:, None]))
            # Borders and odd sizes move what is halved by up to half a pixel of it.
            torch.testing.assert_close(cut[:2], expected / 128, atol=0.03, rtol=0)

    @pytest.mark.parametrize("size", [4, 2])  # 2 averages over several samples
    @pytest.mark.parametrize("images", [1, 2])
    def test_gradient(self, size, images):
        picture = torch.rand(images, 3, 9, 11, dtype=torch.double, generator=seeded())
        patches = Patches(
            boxes=torch.tensor([[0.0, 1.0, 8.0, 8.0], [3.0, 0.0, 8.0, 8.0]]),
            regions=torch.tensor([0, images - 1]),
            homographies=random_perspectives(2, 0.5, seeded(3)),
        )
        picture.requires_grad_()
        assert torch.autograd.gradcheck(lambda image: patches.cut(image, size), picture)

    @pytest.mark.parametrize("distortion", [0.0, 0.5])
    def test_a_fine_checkerboard_turns_grey(self, distortion):
        y, x = torch.meshgrid(torch.arange(256), torch.arange(256), indexing="ij")
        board = ((x + y) % 2).float().expand(1, 3, 256, 256)
        patches = Patches(
            boxes=torch.tensor([[0.0, 0.0, 256.0, 256.0]] * 8),
            regions=torch.zeros(8, dtype=torch.long),
            homographies=random_perspectives(8, distortion, seeded()),
        )
        cut, shown = patches.cut(board, 32), patches.cut(torch.ones_like(board), 32)
        grey = cut[shown > 0.9999]
        assert abs(grey.mean() - 0.5) < 0.01
        assert grey.std() < 0.1  # without averaging it is 0.25 and more


class TestPlaces:
    def brute(self, masks, patch_size, rows, measure):
        """`measure` of the rows that `rows` picks, of the crop at every place.

        The last places may stick out; there the mask goes on as it is at the border.
        """
        height, width = masks.shape[-2:]
        side = min(patch_size, height, width)
        margins = ((0, 0), (0, 0), (0, 7), (0, 7))
        masks = np.pad(masks, margins, mode="edge")
        return np.array(
            [
                [
                    [
                        measure(mask[0, top : top + side, left : left + side][rows(side)])
                        for left in range(0, width - side + 8, 8)
                    ]
                    for top in range(0, height - side + 8, 8)
                ]
                for mask in masks
            ]
        )

    @pytest.mark.parametrize(("height", "width", "side"), [(40, 61, 16), (33, 20, 24), (30, 50, 4)])
    def test_maps_against_a_loop(self, height, width, side):
        masks = (torch.rand(2, 1, height, width, generator=seeded()) > 0.97).float()
        shares = self.brute(masks, side, lambda s: slice(0, s), np.mean)
        np.testing.assert_allclose(coverage_maps(masks, side, relative=False), shares, atol=1e-6)
        best = shares.max((1, 2), keepdims=True)
        np.testing.assert_allclose(coverage_maps(masks, side), (shares / best) ** 4, atol=1e-5)
        foot = self.brute(masks, side, lambda s: slice(s - max(1, s // 5), s), np.max)
        assert 0 < foot.mean() < 1
        np.testing.assert_array_equal(foot_maps(masks, side), foot)

    @settings(max_examples=60, deadline=None)
    @given(
        height=st.integers(1, 70),
        width=st.integers(1, 70),
        patch_size=st.integers(1, 90),
        seed=st.integers(0, 99),
    )
    def test_crops_lie_inside(self, height, width, patch_size, seed):
        masks = torch.rand(2, 1, height, width, generator=seeded(seed))
        left, top, *sides = draw(masks, [5, 9], patch_size, seed=seed).boxes.unbind(1)
        side = min(patch_size, height, width)
        assert all((s == side).all() for s in sides)
        assert min(left.min(), top.min()) >= 0
        assert left.max() <= width - side
        assert top.max() <= height - side

    @settings(deadline=None, max_examples=40)
    @given(
        height=st.integers(20, 90),
        width=st.integers(20, 90),
        patch_size=st.integers(1, 90),
        span=st.floats(1, 5),
        seed=st.integers(0, 99),
    )
    def test_enlarged_crops_lie_inside_around_their_places(
        self, height, width, patch_size, span, seed
    ):
        masks = torch.ones(1, 1, height, width)
        side = min(patch_size, height, width)
        small = draw(masks, [20], patch_size, seed=seed).boxes
        left, top, *sides = draw(masks, [20], patch_size, seed=seed, span=span).boxes.unbind(1)
        assert torch.equal(*sides)
        assert sides[0].min() >= side
        assert sides[0].max() <= min(round(side * span), height, width)
        assert min(left.min(), top.min()) >= 0
        assert (left + sides[0]).max() <= width
        assert (top + sides[0]).max() <= height
        for near, far, old in (
            (left, left + sides[0], small[:, 0]),
            (top, top + sides[0], small[:, 1]),
        ):
            assert (near <= old).all()
            assert (far >= old + side).all()

    def test_sizes_are_spread_evenly_in_the_logarithm(self):
        sides = draw(torch.ones(1, 1, 512, 512), [4000], 64, span=4.0).boxes[:, 2]
        shares = (sides / 64).log2() / 2
        quantiles = shares.quantile(torch.tensor([0.25, 0.5, 0.75]))
        torch.testing.assert_close(quantiles, torch.tensor([0.25, 0.5, 0.75]), atol=0.03, rtol=0)

    @pytest.mark.parametrize("span", [1.0, 2.0])
    def test_regions_have_crops_of_their_own_sizes(self, span):
        masks = torch.zeros(2, 1, 256, 256)
        masks[0, ..., :128] = masks[1, ..., 128:] = 1
        plain = draw(masks, [40, 40], 32, span=span)
        scaled = draw(masks, [40, 40], 32, span=span, scales=torch.tensor([1.0, 2.0]))
        assert torch.equal(scaled.boxes[:40], plain.boxes[:40])
        assert torch.equal(scaled.boxes[40:, 2:], 2 * plain.boxes[40:, 2:])
        assert torch.equal(scaled.regions, plain.regions)
        assert (scaled.boxes[:, :2] >= 0).all()
        assert (scaled.boxes[:, :2] + scaled.boxes[:, 2:] <= 256).all()

    def test_every_corner_can_be_drawn(self):
        boxes = draw(torch.ones(1, 1, 21, 30), [4000], 16).boxes
        # Every 8 pixels, and at the right and lower border.
        assert {(x, y) for x, y in boxes[:, :2].int().tolist()} == {
            (x, y) for x in (0, 8, 14) for y in (0, 5)
        }

    def test_as_many_crops_as_asked_each_in_its_region(self, halves):
        patches = draw(halves, [300, 100], 16)
        assert patches.regions.bincount().tolist() == [300, 100]
        shares = covered(patches, halves)
        assert shares.mean() > 0.9  # 0.5 by chance
        assert (shares > 0.5).mean() > 0.95

    def test_a_region_smaller_than_a_crop_is_in_its_crops(self):
        masks = torch.zeros(2, 1, 64, 96)
        masks[0, :, 30:38, 50:58] = 1
        masks[1] = 1 - masks[0]
        shares = covered(draw(masks, [200, 8], 32), masks)[:200]
        assert (shares > 0).mean() > 0.95  # some 20 % by chance
        assert np.median(shares) == pytest.approx(8 * 8 / 32**2)

    def test_a_thin_and_an_empty_region_get_their_crops(self):
        masks = torch.zeros(2, 1, 64, 96)
        masks[0, 0, 63, 95] = 1e-3
        patches = draw(masks, [10, 10], 32)
        assert patches.regions.bincount().tolist() == [10, 10]
        assert patches.boxes.isfinite().all()

    @pytest.mark.parametrize(("height", "width"), [(64, 80), (61, 77)])
    def test_owners_are_looked_up_where_the_crop_lies(self, height, width):
        owners = torch.arange(7 * 9).view(7, 9)
        patches = draw(torch.ones(1, 1, height, width), [200], 16, owners=owners)
        columns, rows = (patches.boxes[:, :2] / 8).ceil().long().unbind(1)
        assert torch.equal(patches.regions, owners[rows, columns])

    def test_same_seed_same_crops(self, halves):
        first, again, other = (draw(halves, [8, 8], 16, seed=seed) for seed in (4, 4, 5))
        for field in ("boxes", "regions", "homographies"):
            assert torch.equal(getattr(first, field), getattr(again, field))
        assert not torch.equal(first.boxes, other.boxes)
        assert not torch.equal(first.homographies, other.homographies)
