from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from semcs.errors import InputError
from semcs.style import regions
from semcs.style.regions import Region, composite, share_out

LEVEL = 1 / 255
MASKS = st.integers(1, 4).flatmap(
    lambda count: hnp.arrays(
        np.float32, (count, 1, 3, 4), elements=st.floats(0, 1, width=32) | st.sampled_from([0, 1])
    )
)


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def at_one_pixel(*values):
    masks = torch.tensor(values).view(-1, 1, 1, 1)
    shares, rest = share_out(masks)
    return shares.flatten().tolist(), rest.item()


class TestShareOut:
    @settings(max_examples=100, deadline=None)
    @given(MASKS)
    @example(np.full((2, 1, 3, 4), 0.998, np.float32))
    def test_every_pixel_is_shared_out(self, masks):
        shares, rest = share_out(torch.from_numpy(masks))
        assert (shares.shape, rest.shape) == (masks.shape, (1, 1, 3, 4))
        for part in (shares, rest):
            assert 0 <= part.min() <= part.max() <= 1
        # What can't be seen is rounded away: one level of 255.
        total = shares.sum(0) + rest[0]
        torch.testing.assert_close(total, torch.ones_like(total), atol=LEVEL + 1e-6, rtol=0)

    @settings(max_examples=100, deadline=None)
    @given(MASKS)
    def test_each_gets_its_mask_or_what_is_left(self, masks):
        shares = share_out(torch.from_numpy(masks))[0].numpy()
        left = np.ones_like(masks[0])
        for mask, share in zip(masks, shares):
            wanted = np.minimum(mask, left)
            assert np.abs(share - wanted).max() < LEVEL + 1e-6
            clear = (wanted > LEVEL + 1e-6) & (wanted < 1 - LEVEL - 1e-6)
            np.testing.assert_allclose(share[clear], wanted[clear], atol=1e-6)
            left = left - share

    @settings(max_examples=50, deadline=None)
    @given(MASKS)
    def test_shares_shared_out_again_stay(self, masks):
        shares, _ = share_out(torch.from_numpy(masks))
        torch.testing.assert_close(share_out(shares)[0], shares, atol=LEVEL, rtol=0)

    @settings(max_examples=50, deadline=None)
    @given(hnp.arrays(np.float32, (1, 1, 3, 4), elements=st.floats(2**-7, 1 - 2**-7, width=32)))
    def test_two_sides_keep_their_bits(self, mask):
        mask = torch.from_numpy(mask)
        shares, _ = share_out(torch.cat([mask, 1 - mask]))
        assert torch.equal(shares, torch.cat([mask, 1 - mask]))

    def test_bands_leave_no_seams(self, monkeypatch):
        masks = rand(3, 1, 50, 11)
        whole = share_out(masks)
        monkeypatch.setattr(regions, "BAND", 40)
        assert len(list(regions.bands(50, 11))) > 10
        for part, expected in zip(share_out(masks), whole):
            assert torch.equal(part, expected)

    def test_by_hand(self):
        assert at_one_pixel(1.0, 1.0) == ([1, 0], 0)
        assert at_one_pixel(0.25, 0.25) == ([0.25, 0.25], 0.5)
        assert at_one_pixel(0.5, 1.0, 0.5) == ([0.5, 0.5, 0], 0)
        assert at_one_pixel(0.25, 0.5, 0.5, 1.0) == ([0.25, 0.5, 0.25, 0], 0)

    def test_what_cannot_be_seen_is_nothing_or_all(self):
        assert at_one_pixel(0.003) == ([0], 1)
        assert at_one_pixel(0.998) == ([1], 0)
        assert at_one_pixel(0.998, 0.003) == ([1, 0], 0)

    @pytest.mark.parametrize("values", [(0.997, 1.0, 1.0), (0.003, 1.0, 0.00393)])
    def test_what_cannot_be_seen_after_sharing_is_nothing_or_all(self, values):
        shares, _ = at_one_pixel(*values)
        assert all(share == 0 or share >= LEVEL for share in shares)
        assert all(share == 1 or share <= 1 - LEVEL for share in shares)


class TestComposite:
    content, styled = rand(1, 3, 8, 9), rand(2, 3, 8, 9, seed=1)

    def masks(self):
        masks = torch.zeros(2, 1, 8, 9)
        masks[0, ..., :3] = 1
        masks[1, ..., 3:6] = 0.5
        return masks

    def test_untouched_pixels_are_the_contents_bits(self):
        # An odd float, of which content + 0·(…) would lose nothing but (1 − m)·content might.
        content = self.content * 0.1 + 1 / 3
        picture = composite(content, self.styled, self.masks(), (1.0, 1.0))
        assert torch.equal(picture[..., 6:], content[..., 6:])
        picture = composite(content, self.styled, self.masks(), (1.0, 0.0))
        assert torch.equal(picture[..., 3:], content[..., 3:])

    def test_by_hand(self):
        picture = composite(self.content, self.styled, self.masks(), (1.0, 1.0))[0]
        half = (self.content[0] + self.styled[1]) / 2
        torch.testing.assert_close(picture[..., :3], self.styled[0, ..., :3])
        torch.testing.assert_close(picture[..., 3:6], half[..., 3:6])

    @pytest.mark.parametrize("strength", [0.25, 0.5, 0.8])
    def test_strength_is_linear(self, strength):
        none, some, all_ = (
            composite(self.content, self.styled, self.masks(), (s, 1.0)) for s in (0, strength, 1)
        )
        torch.testing.assert_close(some, none + strength * (all_ - none))

    def test_regions_that_share_a_pixel_mix(self):
        masks = torch.tensor([0.3, 0.7]).view(2, 1, 1, 1).expand(2, 1, 8, 9)
        picture = composite(self.content, self.styled, masks, (1.0, 1.0))[0]
        torch.testing.assert_close(picture, 0.3 * self.styled[0] + 0.7 * self.styled[1])


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"style": " "}, "text of sky is empty"),
        ({"strength": 1.5}, "strength of sky is 1.5"),
        ({"strength": float("nan")}, "strength of sky is nan"),
    ],
)
def test_wrong_regions(fields, complaint):
    with pytest.raises(InputError, match=complaint):
        Region(**{"mask": np.ones((2, 2)), "style": "gold", "name": "sky", **fields})


def test_a_region_may_keep_its_pixels_or_take_a_picture_as_its_style():
    assert Region(np.ones((2, 2)), None).strength == 1
    assert [Region(np.ones((2, 2)), style).text for style in ("ice", None, np.ones((8, 8, 3)))] == [
        "ice",
        None,
        None,
    ]
