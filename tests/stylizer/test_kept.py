from __future__ import annotations

import numpy as np
import pytest
from quick import run_quick

import semcs


class TestWhatIsKept:
    @pytest.mark.parametrize("kept", ["fg", "bg"])
    def test_a_side_without_text_keeps_its_pixels(self, stylizer, pixels, disc, kept):
        styled_side = {"fg": "bg", "bg": "fg"}[kept]
        styled = run_quick(stylizer, pixels, mask=disc, **{styled_side: "gold"}).image
        inside, outside = disc == 1, disc == 0
        same, other = (inside, outside) if kept == "fg" else (outside, inside)
        assert np.array_equal(styled[same], pixels[same])
        assert (styled[other] != pixels[other]).mean() > 0.5

    def test_float_pixels_are_kept_to_the_bit(self, stylizer, disc):
        image = np.random.default_rng(0).random((64, 96, 3), np.float32)
        styled = run_quick(stylizer, image, fg="gold", mask=disc).image
        assert np.array_equal(styled[disc == 0], image[disc == 0])

    def test_regions_and_what_none_covers(self, stylizer, pixels):
        masks = np.zeros((3, 64, 96), np.float32)
        masks[0, :, :32] = masks[1, :, 32:64] = masks[2, :32, 64:] = 1
        texts = ("gold", "snow", None)
        regions = [semcs.Region(mask, text) for mask, text in zip(masks, texts)]
        styled = run_quick(stylizer, pixels, regions=regions).image
        assert np.array_equal(styled[:, 64:], pixels[:, 64:])
        assert (styled[:, :32] != pixels[:, :32]).mean() > 0.5
        assert (styled[:, 32:64] != pixels[:, 32:64]).mean() > 0.5

    def test_each_region_has_its_own_strength(self, stylizer, pixels):
        left = np.zeros((64, 96), np.float32)
        left[:, :48] = 1
        regions = [semcs.Region(left, "gold", strength=0), semcs.Region(1 - left, "gold")]
        styled = run_quick(stylizer, pixels, regions=regions).image
        assert np.array_equal(styled[:, :48], pixels[:, :48])
        assert not np.array_equal(styled[:, 48:], pixels[:, 48:])

    def test_no_strength_gives_the_photo(self, stylizer, pixels):
        assert np.array_equal(run_quick(stylizer, pixels, "gold", strength=0).image, pixels)

    def test_fg_and_bg_are_two_regions(self, stylizer, pixels, disc):
        two = run_quick(stylizer, pixels, fg="gold", bg="snow", mask=disc)
        regions = [semcs.Region(disc, "gold"), semcs.Region(1 - disc, "snow")]
        assert np.array_equal(two.image, run_quick(stylizer, pixels, regions=regions).image)
