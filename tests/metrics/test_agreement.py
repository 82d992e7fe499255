from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from spoil import tensor

import semcs
from semcs.errors import InputError
from semcs.looks.rendering import paint as render
from semcs.metrics import DirectionalAgreement, Rank, agreement, style_rank
from semcs.metrics.directional import Change, region_changes
from semcs.models.directions import BARE, MIN_DIRECTION_NORM, text_directions

SIZE = (64, 96)
RED, BLUE = (0.9, 0.5, 0.5), (0.5, 0.5, 0.9)


@pytest.fixture
def left():
    """1 on the left half."""
    mask = np.zeros(SIZE, np.float32)
    mask[:, :48] = 1
    return mask


def flat(colour, size=SIZE):
    return np.broadcast_to(np.float32(colour), (*size, 3)).copy()


def halves(one, other):
    picture = flat(one)
    picture[:, 48:] = other
    return picture


GREY = flat((0.5, 0.5, 0.5))


class TestChange:
    directions = torch.tensor([[2.0, 0, 0], [0, 3, 0]])

    def test_weighted_mean_of_cosines(self):
        change = Change(torch.tensor([[3.0, 4, 0], [0, 5, 0]]), torch.tensor([0.25, 0.75]))
        expected = [0.25 * 0.6, 0.25 * 0.8 + 0.75]
        torch.testing.assert_close(change.agreement(self.directions), torch.tensor(expected))

    def test_changes_that_are_too_short_count_less(self):
        change = Change(torch.tensor([[MIN_DIRECTION_NORM / 4, 0, 0]]), torch.ones(1))
        torch.testing.assert_close(change.agreement(self.directions), torch.tensor([0.25, 0]))


class TestAgreement:
    def test_by_hand(self, colour_clip):
        """Flat pictures: every crop moves alike."""
        before, after = (
            colour_clip.encode_image(torch.tensor(c).view(1, 3, 1, 1).expand(1, 3, 8, 8))
            for c in ((0.5, 0.5, 0.5), RED)
        )
        expected = F.cosine_similarity(
            after - before, text_directions(colour_clip, ["red"], BARE)
        ).item()
        assert expected > 0.9
        found = agreement(GREY, flat(RED), "red", clip=colour_clip)
        assert found == pytest.approx(expected, abs=1e-5)

    def test_each_region_by_its_own_text(self, colour_clip, left):
        output = halves(RED, BLUE)
        for mask, own, other in ((left, "red", "blue"), (1 - left, "blue", "red")):
            agrees, leaks = (
                agreement(GREY, output, text, mask, clip=colour_clip) for text in (own, other)
            )
            assert agrees > 0.9
            assert leaks < 0.3
            swapped = halves(BLUE, RED)
            assert agreement(GREY, swapped, own, mask, clip=colour_clip) == pytest.approx(leaks)
            assert agreement(GREY, swapped, other, mask, clip=colour_clip) == pytest.approx(agrees)

    def test_what_happens_elsewhere_cannot_be_seen(self, colour_clip):
        """The region is an L, so that its crops show other pixels, too."""
        mask = np.zeros(SIZE, np.float32)
        mask[:, :20] = mask[44:] = 1
        red = np.where(mask[..., None] > 0, np.float32(RED), GREY)
        noise = np.random.default_rng(0).uniform(size=GREY.shape).astype(np.float32)
        disturbed = np.where(mask[..., None] > 0, red, noise)
        found = [agreement(GREY, o, "red", mask, clip=colour_clip) for o in (red, disturbed)]
        assert found[0] > 0.9
        assert found[0] == found[1]

    def test_untouched_regions_agree_with_nothing(self, colour_clip, flower):
        assert agreement(flower, flower, "red", clip=colour_clip) == pytest.approx(0, abs=1e-4)

    def test_a_few_pixels_are_a_region(self, colour_clip):
        mask = np.zeros(SIZE, np.float32)
        mask[30:38, 40:49] = 1
        output = np.where(mask[..., None] > 0, np.float32(RED), GREY)
        assert agreement(GREY, output, "red", mask, clip=colour_clip) > 0.9

    def test_batches_regions_and_texts(self, colour_clip, left):
        judge = DirectionalAgreement(colour_clip, ["red", "blue"])
        photo, one, other = tensor(GREY), tensor(halves(RED, BLUE)), tensor(halves(BLUE, RED))
        masks = torch.from_numpy(np.stack([left, 1 - left]))[:, None]
        regions = judge(photo, one, masks)
        assert regions.shape == (2, 2)
        assert regions.diagonal().min() > 0.9
        pairs = judge(photo.repeat(2, 1, 1, 1), torch.cat([one, other]), masks[:1])
        torch.testing.assert_close(pairs[0], regions[0])
        torch.testing.assert_close(pairs[1], regions[0].flip(0))
        found = agreement(
            photo.repeat(2, 1, 1, 1), torch.cat([one, other]), "red", clip=colour_clip
        )
        assert found.shape == (2,)

    def test_gradients_reach_the_region_alone(self, colour_clip, left):
        judge = DirectionalAgreement(colour_clip, ["red"])
        output = tensor(halves((0.55, 0.5, 0.55), BLUE)).requires_grad_()
        judge(tensor(GREY), output, torch.from_numpy(left)[None, None]).sum().backward()
        steps = output.grad[0]
        assert steps[0, :, :48].sum() > 0  # more red
        assert steps[2, :, :48].sum() < 0  # and less blue
        assert steps[..., 48:].abs().max() == 0

    @pytest.mark.parametrize("text", ["", "  ", None, 3])
    def test_no_text(self, colour_clip, text):
        with pytest.raises(InputError, match="say how it should look"):
            agreement(GREY, GREY, text, clip=colour_clip)


class TestRank:
    names = ("red", "green", "blue")

    def test_by_hand(self, colour_clip):
        found = style_rank(GREY, flat(RED), "red", clip=colour_clip, names=self.names)
        assert (found.rank, found.of) == (1, 3)
        assert found.nearest[0] == "red"
        greenish = flat((0.6, 0.9, 0.2))
        asked = [
            style_rank(GREY, greenish, name, clip=colour_clip, names=self.names).rank
            for name in ("green", "red", "blue")
        ]
        assert asked == [1, 2, 3]

    def test_a_text_of_ones_own_joins_the_names(self, colour_clip):
        found = style_rank(GREY, flat(RED), "puce", clip=colour_clip, names=self.names)
        assert found.of == 4
        assert found.rank == 2
        assert style_rank(GREY, flat(RED), "RED", clip=colour_clip, names=self.names).of == 3

    def test_where_nothing_changed_it_is_the_last(self, colour_clip, flower):
        found = style_rank(flower, flower, "red", clip=colour_clip, names=self.names)
        assert isinstance(found, Rank)
        assert (found.rank, found.of) == (3, 3)

    def test_it_is_of_one_picture(self, colour_clip):
        batch = tensor(GREY).repeat(2, 1, 1, 1)
        with pytest.raises(InputError, match="of one picture; the batch holds 2"):
            style_rank(batch, batch, "red", clip=colour_clip, names=self.names)
        alone = style_rank(batch[:1], tensor(flat(RED)), "red", clip=colour_clip, names=self.names)
        assert alone.rank == 1

    def test_the_names_are_those_of_the_vocabulary(self, tiny_family, flower, china):
        found = style_rank(flower, china, "gold", clip=tiny_family.clip)
        assert found.of == 157
        assert 1 <= found.rank <= 157


@pytest.fixture(scope="module")
def bundled():
    return semcs.load_family("bundled", "cpu").clip


@torch.no_grad()
def test_the_bundled_model_tells_renderings_apart(bundled, flower, dahlia):
    """Pop art on a starry night: each region by its own text, and not by the other's."""
    photo = np.asarray(flower, np.float32) / 255
    texts = ["pop art", "starry night"]
    rendered = [render(text, photo, np.random.default_rng(0)) for text in texts]
    output = np.where(dahlia[..., None] > 0, *rendered)
    masks = torch.from_numpy(np.stack([dahlia, 1 - dahlia]))[:, None]
    changes = region_changes(bundled, tensor(flower), tensor(output.astype(np.float32)), masks)
    found = torch.stack([c.agreement(text_directions(bundled, texts, BARE)) for c in changes])
    assert found.diagonal().min() > 0.3
    assert (found.diagonal() - found.flip(1).diagonal()).min() > 0.15
    for mask, text, other in ((dahlia, *texts), (1 - dahlia, *texts[::-1])):
        own = style_rank(flower, output, text, mask, clip=bundled).rank
        assert own <= 5
        assert own < style_rank(flower, output, other, mask, clip=bundled).rank
