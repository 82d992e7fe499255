"""Which crops are drawn: disagreement 7 of the table in docs/method.md, and the shares."""

from __future__ import annotations

import pytest
import torch

import semcs
from semcs.style.options import Sampling
from semcs.style.sampling import PatchSampler


def masks_of(*, foreground):
    masks = torch.zeros(2, 1, 96, 128)
    masks[0] = foreground
    masks[1] = 1 - masks[0]
    return masks


def crops(masks, patch_sampling, patches=64, patch_size=32, steps=10):
    sampling = Sampling(
        patches=patches,
        patch_sampling=patch_sampling,
        patch_span=1,
        distortion=0.5,
        black_outside=True,
    )
    sampler, generator = PatchSampler(masks, patch_size, sampling), torch.Generator().manual_seed(0)
    drawn = [sampler.draw(generator) for _ in range(steps)]
    assert all(len(step.regions) == len(step.boxes) == patches for step in drawn)
    return torch.cat([s.regions for s in drawn]), torch.cat([s.boxes for s in drawn]).int()


class TestRules:
    spot = torch.zeros(96, 128)
    spot[40:44, 60:64] = 1
    left = torch.zeros(96, 128)
    left[:, :32] = 1

    @pytest.mark.parametrize("patch_sampling", ["stratified", "uniform", "portrait"])
    @pytest.mark.parametrize("foreground", [0.0, 1.0, 1e-4, spot])
    def test_any_mask_gets_its_crops(self, patch_sampling, foreground):
        """By rejection, a mask like these is never hit or never missed."""
        _, boxes = crops(masks_of(foreground=foreground), patch_sampling, steps=2)
        assert (boxes[:, 2:] == 32).all()

    def test_stratified_follows_the_areas(self):
        regions, _ = crops(masks_of(foreground=self.left), "stratified")
        assert regions.bincount().tolist() == [160, 480]

    def test_stratified_gives_small_regions_an_eighth(self):
        regions, _ = crops(masks_of(foreground=self.spot), "stratified")
        # The least is a quarter of the mean area: 1/8 beside nearly 1.
        assert regions.bincount()[0] == 10 * int(64 * 0.125 / (0.125 + self.spot.mean().neg() + 1))

    def test_uniform_takes_no_notice_of_the_mask(self):
        regions, boxes = crops(masks_of(foreground=self.spot), "uniform", steps=40)
        left, top = boxes[:, 0], boxes[:, 1]
        for places, room in ((left, 96), (top, 64)):
            quarters = torch.bincount(places * 4 // (room + 1), minlength=4) / len(places)
            # A place for every 8 pixels: 13 columns and 9 rows do not split in four evenly.
            assert abs(quarters - 0.25).max() < 0.09
        assert (regions == 1).all()  # no crop is mostly spot

    def test_uniform_crops_belong_to_what_they_show_most_of(self):
        masks = masks_of(foreground=self.left)
        regions, boxes = crops(masks, "uniform")
        for region, (x, y, side, _) in zip(regions.tolist(), boxes.tolist()):
            assert region == (masks[0, 0, y : y + side, x : x + side].mean() < 0.5)

    def test_portrait_draws_a_fifth_from_the_foreground(self):
        regions, _ = crops(masks_of(foreground=self.left), "portrait")
        assert 0.15 < (regions == 0).float().mean() <= 0.2

    def test_portrait_crops_are_those_with_the_foreground_at_their_foot(self):
        masks = masks_of(foreground=self.left.flip(1))
        regions, boxes = crops(masks, "portrait")
        at_foot = [
            bool(masks[0, 0, y + side - side // 5 : y + side, x : x + side].max())
            for x, y, side, _ in boxes.tolist()
        ]
        assert (regions == 0).tolist() == at_foot

    def test_portrait_knows_no_more_than_two_regions(self):
        masks = torch.full((3, 1, 96, 128), 1 / 3)
        with pytest.raises(semcs.InputError, match="knows foreground and background"):
            crops(masks, "portrait")

    def test_portrait_of_one_region_draws_anywhere(self):
        regions, boxes = crops(masks_of(foreground=self.left)[:1], "portrait", steps=40)
        assert (regions == 0).all()
        assert {(x, y) for x, y, *_ in boxes.tolist()} == {
            (x, y) for x in range(0, 97, 8) for y in range(0, 65, 8)
        }


@pytest.mark.parametrize(
    ("patches", "areas"),
    [
        (3, [0.8, 0.1, 0.1]),
        (1, [0.5, 0.5]),
        (8, [0.5, 0.44, *[0.01] * 6]),
    ],
)
def test_every_region_gets_a_crop(patches, areas):
    masks = torch.tensor(areas).view(-1, 1, 1, 1).expand(-1, 1, 48, 64)
    sampler = PatchSampler(
        masks, 16, Sampling(patches=patches, patch_span=1, distortion=0.5, black_outside=True)
    )
    drawn = sampler.draw(torch.Generator().manual_seed(0)).regions.bincount().tolist()
    assert min(drawn) >= 1
    assert (len(drawn), sum(drawn)) == (len(areas), max(patches, len(areas)))
