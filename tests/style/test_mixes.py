"""Mixed styles: how they are written, and where they lead."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from semcs.errors import InputError
from semcs.models.directions import SOURCE_TEXT, embed_texts
from semcs.style.avoiding import away_from
from semcs.style.directions import style_directions
from semcs.style.mixes import Mix, weighed_parts
from semcs.style.regions import Region


def norm(vector):
    return vector / vector.norm()


class TestParts:
    @pytest.mark.parametrize(
        "style",
        [
            "0.6 watercolor + 0.4 gold",
            "60% watercolor + 40 % gold",
            " 3 watercolor  +  2. gold ",
            {"watercolor": 0.6, "gold": 0.4},
            {"watercolor": 3, "gold": np.float32(2), "ice": 0},
            [("watercolor", 0.3), ("gold", 0.2)],
        ],
    )
    def test_every_way_to_write_it(self, style):
        parts = weighed_parts(style, "fg")
        assert [part for part, _ in parts] == ["watercolor", "gold"]
        assert [weight for _, weight in parts] == pytest.approx([0.6, 0.4])

    @pytest.mark.parametrize(
        "style", ["gold", "gold + snow", "1920s poster", "3 cats", "gold + 0.5 snow", "a + b", b"x"]
    )
    def test_what_begins_without_a_weight_or_has_one_part_is_no_mix(self, style):
        assert weighed_parts(style, "fg") is None

    @pytest.mark.parametrize(
        ("style", "complaint"),
        [
            ("0.6 gold + snow", "mixes 'snow' without a weight"),
            ("0.6 gold + -1 snow", "a weight of fg is -1"),
            ("0 gold + 0 snow", "no weight over 0"),
            ({"gold": "much"}, "a weight of fg is 'much'"),
            ({"gold": float("nan")}, "a weight of fg is nan"),
            ({"gold": True}, "a weight of fg is True"),
            ({}, "fg mixes 0 styles"),
            (["gold", "snow"], "fg is a list"),
            ([("gold", 1, 2)], "fg is a list"),
            (dict.fromkeys(map(str, range(13)), 1), "1 to 12 are allowed"),
        ],
    )
    def test_wrong_ones(self, style, complaint):
        with pytest.raises(InputError, match=complaint):
            weighed_parts(style, "fg")

    def test_it_can_be_read(self):
        mix = Mix((("watercolor", 0.6), (torch.zeros(1, 3, 4, 4), 0.4)))
        assert str(mix) == "0.6 watercolor + 0.4 a picture"


class TestDirections:
    """Where the losses pull, worked out from the embeddings."""

    photo = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    art = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(1))

    def direction(self, clip, style, **more):
        regions = [Region(np.ones((2, 2)), style, **more)]
        return style_directions(clip, self.photo, regions, ("{}",))[0]

    def test_of_texts(self, tiny_family):
        clip = tiny_family.clip
        source, gold, ice = embed_texts(clip, [SOURCE_TEXT, "gold", "ice"], ("{}",))
        found = self.direction(clip, Mix((("gold", 0.25), ("ice", 0.75))))
        torch.testing.assert_close(found, norm(0.25 * gold + 0.75 * ice) - source)

    def test_of_a_text_and_a_picture(self, tiny_family):
        clip = tiny_family.clip
        words, gold = embed_texts(clip, [SOURCE_TEXT, "gold"], ("{}",))
        photo, art = clip.encode_image(self.photo)[0], clip.encode_image(self.art)[0]
        found = self.direction(clip, Mix((("gold", 0.6), (self.art, 0.4))))
        expected = norm(0.6 * gold + 0.4 * art) - norm(0.6 * words + 0.4 * photo)
        torch.testing.assert_close(found, expected.detach())

    def test_what_is_avoided_is_left_behind(self, tiny_family):
        clip = tiny_family.clip
        plain = self.direction(clip, "gold")
        blue = self.direction(clip, "blue")
        away = self.direction(clip, "gold", avoid="blue")
        nearness = torch.cosine_similarity(torch.stack([plain, away]), blue[None])
        assert nearness[1] < nearness[0] - 0.1
        torch.testing.assert_close(away.norm(), plain.norm())
        assert torch.cosine_similarity(away, plain, dim=0) > 0.5

    def test_away_by_hand(self):
        turned = away_from(torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 5.0]]))
        torch.testing.assert_close(turned[0, 1] / turned[0, 0], torch.tensor(-0.5))
        torch.testing.assert_close(turned.norm(), torch.tensor(2.0))
