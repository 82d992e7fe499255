"""Every row of the table in docs/method.md: what its switch changes, and that nothing else does."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image, ImageEnhance
from quick import run_quick, start_quick
from scipy.special import softmax

import semcs
from semcs.models.directions import MIN_DIRECTION_NORM
from semcs.style.finish import finish
from semcs.style.optimise import Optimisation
from semcs.style.options import Output
from semcs.style.presets import PRESETS


@pytest.fixture
def stylizer(tiny_family):
    return semcs.Stylizer(tiny_family)


@pytest.fixture
def pixels(photo):
    return np.asarray(photo, np.float32) / 255


def cosine_loss(moved, text):
    lengths = [max(np.linalg.norm(vector), MIN_DIRECTION_NORM) for vector in (moved, text)]
    return 1 - moved @ text / np.prod(lengths)


class ByHand:
    """The losses in numpy, from the embeddings that the network gives."""

    def __init__(self, family, content, masks, texts=("gold", "snow")):
        self.family, self.content, self.masks = family, content, masks
        source, *targets = (self.unit(family.clip.encode_text([t])[0]) for t in ("a photo", *texts))
        self.texts = [target - source for target in targets]

    def unit(self, vector):
        return np.asarray(vector / vector.norm())

    def embed(self, images):
        with torch.no_grad():
            return self.family.clip.encode_image(images).numpy()

    def direction(self, styled, *, source=None):
        """Sum over the regions; `source` changes the embeddings of what they were."""
        picture = (styled * self.masks).sum(0, keepdim=True)
        sources = self.embed(self.content * self.masks) if source is None else source
        outputs = self.embed(picture * self.masks)
        return sum(cosine_loss(o - s, t) for o, s, t in zip(outputs, sources, self.texts))

    def patches(self, styled, patches, *, owners):
        """Loss of each crop of a published network's picture, toward its owner's text."""
        picture = (styled * self.masks).sum(0, keepdim=True)
        outputs = self.embed(patches.cut(picture, self.family.clip.input_size))
        source = self.embed(self.content)[0]
        return np.array([cosine_loss(o - source, self.texts[i]) for o, i in zip(outputs, owners)])


@pytest.fixture
def by_hand(tiny_family, content, halves):
    return ByHand(tiny_family, content, halves)


def test_1_the_slides_minimise_the_directional_losses_alone(make_objective, styled, by_hand):
    zero = ("patch_weight", "content_weight", "tv_weight")
    slides = {field: getattr(PRESETS["semcs-slides"].losses, field) for field in zero}
    losses, _ = make_objective(**slides, direction_weight=500.0, background_weight=500.0)(styled)
    assert set(losses) == {"direction"}
    assert losses["direction"].item() == pytest.approx(500 * by_hand.direction(styled), rel=1e-5)
    assert set(make_objective()(styled)[0]) == {"direction", "patch", "content", "tv"}


def test_2_source_masked_like_the_output_or_the_whole_photo(
    make_objective, only, styled, content, by_hand
):
    weights = only("direction_weight", "background_weight")
    whole = by_hand.embed(content).repeat(2, 0)
    for source, embeddings in (("masked", None), ("full", whole)):
        losses, _ = make_objective(**weights, source=source)(styled)
        expected = by_hand.direction(styled, source=embeddings)
        assert losses["direction"].item() == pytest.approx(expected, rel=1e-5)
    assert by_hand.direction(styled) != pytest.approx(expected, rel=1e-2)


def test_3_softmax_of_the_sources_alone(make_objective, only, styled, content, halves, by_hand):
    weights = only("direction_weight", "background_weight")
    losses, _ = make_objective(**weights, softmax_source=True)(styled)
    sources = softmax(by_hand.embed(content * halves), axis=1)
    expected = by_hand.direction(styled, source=sources)
    assert losses["direction"].item() == pytest.approx(expected, rel=1e-5)
    assert by_hand.direction(styled) != pytest.approx(expected, rel=1e-2)


def test_4_swapped_regions_are_the_mask_inverted(stylizer, pixels, disc):
    swapped = run_quick(stylizer, pixels, fg="gold", bg="snow", mask=disc, swap_regions=True)
    inverted = run_quick(stylizer, pixels, fg="gold", bg="snow", mask=1 - disc)
    assert np.array_equal(swapped.mask, 1 - disc)
    assert np.array_equal(swapped.regions[0].mask, 1 - disc)
    assert np.array_equal(swapped.image, inverted.image)
    assert not np.array_equal(
        swapped.image, run_quick(stylizer, pixels, fg="gold", bg="snow", mask=disc).image
    )


def side_gradients(stylizer, pixels, disc, **options):
    """How hard a single text's directional loss pulls inside the disc and outside."""
    mask = (disc > 0.5).astype(np.float32)
    run = start_quick(stylizer, pixels, "gold", mask=mask, patch_weight=0.0, **options)
    objective = run.optimisation.objective
    inside = F.interpolate(torch.from_numpy(mask)[None, None], objective.task.content.shape[-2:])
    noise = torch.rand(1, 3, *inside.shape[-2:], generator=torch.Generator().manual_seed(0))
    noise.requires_grad_()
    objective(noise.expand(len(objective.task.masks), -1, -1, -1))[0]["direction"].backward()
    # Two pixels of leeway where the mask was shrunk.
    core = -F.max_pool2d(-inside, 5, 1, 2)
    rim = F.max_pool2d(inside, 5, 1, 2)
    pull = noise.grad.abs().sum(1, keepdim=True)
    return pull[core == 1].max().item(), pull[rim == 0].max().item()


def test_5_a_single_text_looks_at_both_sides(stylizer, pixels, disc):
    inside, outside = side_gradients(stylizer, pixels, disc, single_text_on="both")
    assert min(inside, outside) > 0


@pytest.mark.parametrize("texts", [("gold", "gold"), ("gold", "snow")])
def test_5_only_a_text_for_all_regions_leaves_the_others_alone(stylizer, pixels, disc, texts):
    regions = [
        semcs.Region(mask, text, role=role)
        for mask, text, role in zip((disc, 1 - disc), texts, ("foreground", "background"))
    ]
    run = start_quick(stylizer, pixels, regions=regions, single_text_on="foreground")
    weights = run.optimisation.objective.region_weights
    assert (weights > 0).tolist() == [True, len(set(texts)) == 2]


def test_5_a_single_text_may_look_at_the_foreground_alone(stylizer, pixels, disc):
    inside, outside = side_gradients(stylizer, pixels, disc, single_text_on="foreground")
    assert inside > 0
    assert outside == 0


@pytest.mark.parametrize("patch_text", ["region", "foreground"])
def test_6_which_text_pulls_a_crop(make_objective, only, styled, halves, by_hand, patch_text):
    options = {**only("patch_weight"), "patch_text": patch_text, "stylenet": "published"}
    losses, _ = make_objective(**options, patch_threshold=1.0)(styled)
    patches = make_objective(**options).sampler.draw(torch.Generator().manual_seed(0))
    assert patches.regions.unique().tolist() == [0, 1]
    owners = patches.regions if patch_text == "region" else torch.zeros_like(patches.regions)
    each = by_hand.patches(styled, patches, owners=owners)
    assert 0 < (each > 1.0).mean() < 1
    assert losses["patch"].item() == pytest.approx(np.where(each > 1.0, each, 0).mean(), rel=1e-4)


def test_8_scales_of_the_crops_or_of_another_order(make_objective, only, styled, by_hand):
    options = {
        **only("patch_weight"),
        "patch_sampling": "uniform",
        "stylenet": "published",
        "patch_scales": (0.3, 1.0),
        "patch_threshold": 0.0,
    }
    patches = make_objective(**options).sampler.draw(torch.Generator().manual_seed(0))
    owners = patches.regions.numpy()
    assert not np.array_equal(owners, np.sort(owners))
    each = by_hand.patches(styled, patches, owners=owners)
    means = {}
    for aligned, order in ((True, owners), (False, np.sort(owners))):
        losses, _ = make_objective(**options, aligned_scales=aligned)(styled)
        means[aligned] = (np.where(order == 0, 0.3, 1.0) * each).mean()
        assert losses["patch"].item() == pytest.approx(means[aligned], rel=1e-4)
    assert means[True] != pytest.approx(means[False], rel=1e-3)


@pytest.mark.parametrize(
    ("late", "rates"), [(False, [0.4, 0.4, 0.2, 0.2]), (True, [0.4, 0.2, 0.2, 0.1, 0.1])]
)
def test_9_steps_and_learning_rates(make_objective, only, late, rates):
    objective = make_objective(
        **only("content_weight"), steps=4, halve_every=2, learning_rate=0.4, late_schedule=late
    )
    assert [step.learning_rate for step in Optimisation(objective)] == pytest.approx(rates)


class Test10Finish:
    def test_contrast_as_pillow(self, photo):
        rgb = np.asarray(photo, np.float32) / 255
        finished = finish(rgb, Output(contrast=1.5))
        expected = np.asarray(ImageEnhance.Contrast(photo).enhance(1.5), np.float32)
        np.testing.assert_allclose(255 * finished, expected, atol=1)

    def test_stretch(self, photo):
        rgb = 0.2 + 0.5 * np.asarray(photo, np.float32) / 255
        finished = finish(rgb, Output(stretch=True))
        expected = (rgb - rgb.min()) / (rgb.max() - rgb.min())
        np.testing.assert_allclose(finished, expected, atol=1e-6)
        assert (finished.min(), finished.max()) == (0, 1)

    def test_contrast_before_stretch(self, photo):
        rgb = 0.2 + 0.5 * np.asarray(photo, np.float32) / 255
        both = finish(rgb, Output(contrast=1.5, stretch=True))
        expected = finish(finish(rgb, Output(contrast=1.5)), Output(stretch=True))
        np.testing.assert_allclose(both, expected, atol=1e-6)

    def test_a_flat_picture_stays_finite(self):
        flat = np.full((4, 5, 3), 0.5, np.float32)
        assert np.isfinite(finish(flat, Output(contrast=1.5, stretch=True))).all()

    def test_off_leaves_the_picture(self, photo):
        rgb = np.asarray(photo, np.float32) / 255
        assert np.array_equal(finish(rgb, Output()), rgb)

    def test_of_the_saved_picture_alone(self, stylizer, pixels):
        plain, finished = (
            run_quick(stylizer, pixels, "gold", contrast=contrast) for contrast in (1.0, 1.5)
        )
        assert plain.history == finished.history
        expected = finish(plain.image, Output(contrast=1.5))
        np.testing.assert_allclose(finished.image, expected, atol=1e-5)


class Test11WorkingPicture:
    def content(self, run):
        return run.optimisation.objective.task.content

    def test_square(self, stylizer, photo):
        for square, size in ((True, (48, 48)), (False, (32, 48))):
            run = start_quick(stylizer, photo, "gold", square=square, size=48)
            assert self.content(run).shape[-2:] == size
            assert next(iter(run)).preview().shape == (*size, 3)
            assert run.result().image.size == photo.size

    def test_antialias(self, stylizer):
        board = np.indices((128, 192)).sum(0) % 2
        board = np.repeat(board[..., None], 3, axis=2).astype(np.float32)
        smooth, rough = (
            self.content(start_quick(stylizer, board, "gold", size=48, antialias=antialias))
            for antialias in (True, False)
        )
        planes = Image.fromarray(board[..., 0]).resize((48, 32), Image.Resampling.BILINEAR)
        np.testing.assert_allclose(smooth[0, 0], planes, atol=1e-5)
        # At a quarter of the size, a plain sample lies in the middle of the middle 2×2 pixels.
        sampled = board[1::4, 1::4, 0] + board[2::4, 1::4, 0]
        sampled = (sampled + board[1::4, 2::4, 0] + board[2::4, 2::4, 0]) / 4
        np.testing.assert_allclose(rough[0, 0], sampled, atol=1e-5)

    def test_half_precision_embeddings(self, make_objective, only, styled, by_hand):
        weights = only("direction_weight", "background_weight")
        objective = make_objective(**weights, half=True)
        expected = np.float16(by_hand.embed(objective.task.content)).astype(np.float32)
        np.testing.assert_array_equal(objective.whole_source, expected)
        assert not torch.equal(make_objective(**weights).whole_source, objective.whole_source)
        losses, _ = objective(styled.requires_grad_())
        losses["direction"].backward()
        assert styled.grad.abs().max() > 0


def test_12_total_variation_may_grow_with_the_picture(make_objective, only, content, halves):
    for per_pixel, growth in ((True, 1), (False, 2)):
        losses = [
            make_objective(
                **only("tv_weight"),
                picture=content.repeat(1, 1, times, times),
                masks=halves.repeat(1, 1, times, times),
                tv_per_pixel=per_pixel,
            )(content.repeat(2, 1, times, times))[0]["tv"].item()
            for times in (1, 2)
        ]
        assert losses[1] / losses[0] == pytest.approx(growth, rel=0.02)
