"""Every row of the table in docs/method.md: what its switch changes, and that nothing else does."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image, ImageEnhance
from scipy.special import softmax

import semcs
from semcs.models.directions import STILL
from semcs.style.finish import finish
from semcs.style.objective import PatchSampler
from semcs.style.optimise import Optimisation
from semcs.style.presets import PRESETS, Preset

QUICK = {"steps": 2, "size": 64, "patches": 4, "learning_rate": 0.05}


@pytest.fixture
def stylizer(tiny_family):
    return semcs.Stylizer(tiny_family)


@pytest.fixture
def pixels(photo):
    return np.asarray(photo, np.float32) / 255


def quick(stylizer, image, *texts, **options):
    return stylizer(image, *texts, progress=False, **{**QUICK, **options})


def prepare(stylizer, image, *texts, **options):
    return stylizer.iterate(image, *texts, **{**QUICK, **options})


def cosine_loss(moved, text):
    lengths = [max(np.linalg.norm(vector), STILL) for vector in (moved, text)]
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
    slides = {field: getattr(PRESETS["semcs-slides"], field) for field in zero}
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
    swapped = quick(stylizer, pixels, fg="gold", bg="snow", mask=disc, swap_regions=True)
    inverted = quick(stylizer, pixels, fg="gold", bg="snow", mask=1 - disc)
    assert np.array_equal(swapped.mask, 1 - disc)
    assert np.array_equal(swapped.regions[0].mask, 1 - disc)
    assert np.array_equal(swapped.image, inverted.image)
    assert not np.array_equal(
        swapped.image, quick(stylizer, pixels, fg="gold", bg="snow", mask=disc).image
    )


def side_gradients(stylizer, pixels, disc, **options):
    """How hard a single text's directional loss pulls inside the disc and outside."""
    mask = (disc > 0.5).astype(np.float32)
    run = prepare(stylizer, pixels, "gold", mask=mask, patch_weight=0.0, **options)
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
    regions = [semcs.Region(mask, text) for mask, text in zip((disc, 1 - disc), texts)]
    run = prepare(stylizer, pixels, regions=regions, single_text_on="foreground")
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


def masks_of(*, foreground):
    masks = torch.zeros(2, 1, 96, 128)
    masks[0] = foreground
    masks[1] = 1 - masks[0]
    return masks


def crops(masks, patch_sampling, patches=64, patch_size=32, steps=10):
    preset = Preset("test", patches=patches, patch_sampling=patch_sampling)
    sampler, generator = PatchSampler(masks, patch_size, preset), torch.Generator().manual_seed(0)
    drawn = [sampler.draw(generator) for _ in range(steps)]
    assert all(len(step.regions) == len(step.boxes) == patches for step in drawn)
    return torch.cat([s.regions for s in drawn]), torch.cat([s.boxes for s in drawn]).int()


class Test7Sampling:
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
        with pytest.raises(semcs.InputError, match="test knows foreground and background"):
            crops(masks, "portrait")

    def test_portrait_of_one_region_draws_anywhere(self):
        regions, boxes = crops(masks_of(foreground=self.left)[:1], "portrait", steps=40)
        assert (regions == 0).all()
        assert {(x, y) for x, y, *_ in boxes.tolist()} == {
            (x, y) for x in range(0, 97, 8) for y in range(0, 65, 8)
        }


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
        finished = finish(rgb, Preset("test", contrast=1.5))
        expected = np.asarray(ImageEnhance.Contrast(photo).enhance(1.5), np.float32)
        np.testing.assert_allclose(255 * finished, expected, atol=1)

    def test_stretch(self, photo):
        rgb = 0.2 + 0.5 * np.asarray(photo, np.float32) / 255
        finished = finish(rgb, Preset("test", stretch=True))
        expected = (rgb - rgb.min()) / (rgb.max() - rgb.min())
        np.testing.assert_allclose(finished, expected, atol=1e-6)
        assert (finished.min(), finished.max()) == (0, 1)

    def test_contrast_before_stretch(self, photo):
        rgb = 0.2 + 0.5 * np.asarray(photo, np.float32) / 255
        both = finish(rgb, Preset("test", contrast=1.5, stretch=True))
        expected = finish(finish(rgb, Preset("a", contrast=1.5)), Preset("b", stretch=True))
        np.testing.assert_allclose(both, expected, atol=1e-6)

    def test_a_flat_picture_stays_finite(self):
        flat = np.full((4, 5, 3), 0.5, np.float32)
        assert np.isfinite(finish(flat, Preset("test", contrast=1.5, stretch=True))).all()

    def test_off_leaves_the_picture(self, photo):
        rgb = np.asarray(photo, np.float32) / 255
        assert np.array_equal(finish(rgb, Preset("test")), rgb)

    def test_of_the_saved_picture_alone(self, stylizer, pixels):
        plain, finished = (
            quick(stylizer, pixels, "gold", contrast=contrast) for contrast in (1.0, 1.5)
        )
        assert plain.history == finished.history
        expected = finish(plain.image, Preset("test", contrast=1.5))
        np.testing.assert_allclose(finished.image, expected, atol=1e-5)


class Test11WorkingPicture:
    def content(self, run):
        return run.optimisation.objective.task.content

    def test_square(self, stylizer, photo):
        for square, size in ((True, (48, 48)), (False, (32, 48))):
            run = prepare(stylizer, photo, "gold", square=square, size=48)
            assert self.content(run).shape[-2:] == size
            assert next(iter(run)).preview().shape == (*size, 3)
            assert run.result().image.size == photo.size

    def test_antialias(self, stylizer):
        board = np.indices((128, 192)).sum(0) % 2
        board = np.repeat(board[..., None], 3, axis=2).astype(np.float32)
        smooth, rough = (
            self.content(prepare(stylizer, board, "gold", size=48, antialias=antialias))
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
