"""Regions by words, sides and masks, and what is said for each of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from quick import run_quick

import semcs
from semcs.errors import InputError, NotFoundError
from semcs.finding import finder
from semcs.stylizer import composing

Region = semcs.Region
TEXTS = ("gold", "snow", "mosaic", "ink wash", "pop art", "ice")


class HalvesFinder:
    """Knows the left and the right half, and no horse."""

    made = 0

    def __init__(self, models):
        type(self).made += 1
        self.family = models

    def set_picture(self, picture):
        self.size = picture.size

    def find_mask(self, text):
        mask = np.zeros(self.size, np.float32)
        if text == "a horse":
            raise NotFoundError("no horse is in this photo")
        middle = self.size[1] // 2
        mask[:, :middle] = text == "left"
        mask[:, middle:] = text == "right"
        return mask


@pytest.fixture(autouse=True)
def halves(monkeypatch):
    monkeypatch.setattr(HalvesFinder, "made", 0)
    monkeypatch.setattr(finder, "RegionFinder", HalvesFinder)


def paint(stylizer, pixels, regions, **options):
    return stylizer(pixels, regions=regions, preset="instant", progress=False, **options)


class TestWhere:
    def test_words_are_found_and_named(self, stylizer, pixels):
        regions = [Region("left", "gold"), Region(" right ", None, name="kept")]
        result = paint(stylizer, pixels, regions)
        assert [(one.name, one.share) for one in result.regions] == [("left", 0.5), ("kept", 0.5)]
        assert np.array_equal(result.image[:, 48:], pixels[:, 48:])
        assert (result.image[:, :48] != pixels[:, :48]).mean() > 0.5
        assert HalvesFinder.made == 1

    def test_what_isnt_there_is_told(self, stylizer, pixels):
        with pytest.raises(NotFoundError, match="no horse"):
            paint(stylizer, pixels, [Region("a horse", "gold"), Region("rest", "snow")])

    def test_the_sides_are_those_of_fg_and_bg(self, stylizer, pixels):
        regions = [Region("the Foreground", "gold"), Region("background", "snow")]
        one = run_quick(stylizer, pixels, regions=regions)
        two = run_quick(stylizer, pixels, fg="gold", bg="snow")
        assert np.array_equal(one.image, two.image)
        assert np.array_equal(one.mask, two.mask)
        assert [region.role for region in one.regions] == ["foreground", "background"]
        assert HalvesFinder.made == 0

    def test_the_foreground_may_be_handed_in(self, stylizer, pixels, disc):
        result = paint(stylizer, pixels, [Region("background", "snow")], mask=disc)
        assert np.array_equal(result.image[disc == 1], pixels[disc == 1])
        np.testing.assert_allclose(result.regions[0].mask, 1 - disc, atol=1 / 255)

    @pytest.mark.parametrize("first", [True, False])
    def test_the_rest_is_what_no_other_has(self, stylizer, pixels, first):
        regions = [Region("left", "gold"), Region("everything else", "snow")]
        result = paint(stylizer, pixels, regions[::-1] if first else regions)
        shares = {one.name: one.mask for one in result.regions}
        assert shares["left"][:, :48].min() == 1
        np.testing.assert_array_equal(shares["everything else"], 1 - shares["left"])

    def test_earlier_regions_go_first(self, stylizer, pixels, disc):
        result = paint(stylizer, pixels, [Region(disc, "gold"), Region("left", "snow")])
        left = np.arange(96)[None] < 48
        np.testing.assert_allclose(
            result.regions[1].mask, np.minimum(left, 1 - result.regions[0].mask), atol=1 / 255
        )

    def test_six_of_them(self, stylizer, pixels):
        masks = np.zeros((6, 64, 96), np.float32)
        for index in range(6):
            masks[index, :, 16 * index : 16 * index + 16] = 1
        regions = [Region(mask, text) for mask, text in zip(masks, TEXTS)]
        result = run_quick(stylizer, pixels, regions=regions, patches=6)
        assert [one.share for one in result.regions] == pytest.approx([1 / 6] * 6)
        again = run_quick(stylizer, pixels, regions=result.regions, patches=6)
        assert np.array_equal(again.image, result.image)

    @pytest.mark.parametrize(
        ("regions", "options", "complaint"),
        [
            ([Region("rest", "gold"), Region("the rest", "ice")], {}, "the rest twice"),
            ([Region("left", "gold")], {"mask": np.ones((64, 96))}, "exclude each other"),
            ([Region("left", {"gold": -1})], {}, "a weight of style of left is -1"),
        ],
    )
    def test_wrong_ones(self, stylizer, pixels, regions, options, complaint):
        with pytest.raises(InputError, match=complaint):
            paint(stylizer, pixels, regions, **options)


class TestControls:
    @pytest.mark.parametrize(
        ("control", "value"),
        [("keep_color", 0.7), ("detail", 0.9), ("scale", 2), ("avoid", "yellow")],
    )
    @pytest.mark.parametrize("steps", [0, 1])
    def test_for_all_or_for_one(self, stylizer, pixels, control, value, steps):
        regions = [Region("left", "gold"), Region("right", "mosaic")]
        own = [Region("left", "gold", **{control: value}), regions[1]]
        fast = {"steps": steps, "size": 64, "progress": False}
        plain = stylizer(pixels, regions=regions, **fast).image
        everywhere = stylizer(pixels, regions=regions, **{control: value}, **fast)
        on_one = stylizer(pixels, regions=own, **fast)
        assert (everywhere.image != plain).mean() > 0.3
        assert (on_one.image[:, :48] != plain[:, :48]).mean() > 0.3
        assert [getattr(one, control) for one in everywhere.regions] == [value] * 2
        assert getattr(on_one.regions[1], control) != value
        if not steps:
            assert np.array_equal(on_one.image[:, 49:], plain[:, 49:])

    def test_one_s_own_value_wins(self, stylizer, pixels):
        regions = [Region("left", "gold", keep_color=0), Region("right", "ice")]
        result = paint(stylizer, pixels, regions, keep_color=0.5)
        assert [one.keep_color for one in result.regions] == [0, 0.5]

    @pytest.mark.parametrize("control", ["keep_color", "scale", "detail"])
    @pytest.mark.parametrize("wrong", [-0.1, 4.1, float("nan"), "much", True])
    def test_wrong_values(self, stylizer, pixels, control, wrong):
        with pytest.raises(InputError, match=f"{control} is"):
            stylizer(pixels, "gold", **{control: wrong})
        with pytest.raises(InputError, match=f"{control} of sky is"):
            Region("sky", "gold", **{control: wrong})

    def test_steps_show_the_photos_colours(self, stylizer, pixels):
        def shown(keep_color):
            run = stylizer.iterate(pixels, "gold", steps=1, size=96, keep_color=keep_color)
            return next(iter(run)).preview().astype(float)

        photo = pixels.astype(float)
        assert np.abs(shown(1) - photo).mean() < 0.3 * np.abs(shown(0) - photo).mean()


class TestEdges:
    """A soft disc of red on green, kept on a painted background."""

    @pytest.fixture
    def mixed(self, disc):
        soft = torch.nn.functional.avg_pool2d(torch.from_numpy(disc)[None], 9, 1, 4)[0].numpy()
        red, green = np.array((0.9, 0.1, 0.1)), np.array((0.1, 0.9, 0.1))
        return (soft[..., None] * red + (1 - soft[..., None]) * green).astype(np.float32), soft

    def test_no_old_background_shines_through(self, stylizer, mixed, monkeypatch):
        photo, soft = mixed
        regions = [Region(soft, None), Region("rest", "gold")]
        clean = paint(stylizer, photo, regions).image
        monkeypatch.setattr(composing, "_kept_colors", lambda *_: None)
        rim = paint(stylizer, photo, regions).image
        edge = (soft > 0.2) & (soft < 0.8)
        gold = (rim - soft[..., None] * photo)[edge]
        exact = gold + soft[edge][:, None] * np.array((0.9, 0.1, 0.1))
        assert np.abs(clean[edge] - exact).mean() < 0.3 * np.abs(rim[edge] - exact).mean()

    def test_what_is_kept_in_full_keeps_its_bits(self, stylizer, mixed):
        photo, soft = mixed
        result = paint(stylizer, photo, [Region(soft, None), Region("rest", "gold")])
        whole = result.regions[0].mask == 1
        assert whole.any()
        assert np.array_equal(result.image[whole], photo[whole])

    def test_no_strength_gives_the_photo(self, stylizer, mixed):
        photo, soft = mixed
        regions = [Region(soft, None), Region("rest", "gold", strength=0)]
        assert np.array_equal(paint(stylizer, photo, regions).image, photo)


class TestMixes:
    def test_of_texts_and_pictures(self, stylizer, pixels, tmp_path):
        from PIL import Image

        art = Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8))
        art.save(tmp_path / "art.png")
        by_path = paint(stylizer, pixels, [Region("left", {tmp_path / "art.png": 1, "ice": 3})])
        by_pair = paint(stylizer, pixels, [Region("left", [(art, 0.25), ("ice", 0.75)])])
        assert np.array_equal(by_path.image, by_pair.image)
        assert by_path.regions[0].text == "0.25 a picture + 0.75 ice"
        (look,) = by_path.looks
        assert [part["weight"] for part in look["parts"]] == [0.25, 0.75]
        assert [part["by"] for part in look["parts"]] == ["painter", "looks"]

    def test_whole_weights_are_the_style_alone(self, stylizer, pixels):
        mixed = stylizer(pixels, "1 gold + 0 ice", preset="instant", progress=False).image
        alone = stylizer(pixels, "gold", preset="instant", progress=False).image
        assert np.array_equal(mixed, alone)

    def test_they_lie_between(self, stylizer, pixels):
        gold, mixed, ice = (
            stylizer(pixels, text, preset="instant", progress=False).image.mean((0, 1))
            for text in ("gold", "0.5 gold + 0.5 ice", "ice")
        )
        np.testing.assert_allclose(mixed, (gold + ice) / 2, atol=20)
        assert np.abs(gold - ice).max() > 60

    def test_they_are_optimised(self, stylizer, pixels):
        history = run_quick(stylizer, pixels, {"gold": 0.5, "ice": 0.5}).history
        assert len(history) == 2
