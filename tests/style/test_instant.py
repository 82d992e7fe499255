from __future__ import annotations

import json
import logging

import numpy as np
import pytest
import torch
from quick import run_quick
from sklearn.datasets import load_sample_image

import semcs
from semcs.looks.rendering import render_region
from semcs.models.style_painter import load_style_painter
from semcs.style.instant import InstantPainter


@pytest.fixture(scope="module")
def style_painter():
    return load_style_painter()


@pytest.fixture(scope="module")
def painter(style_painter):
    return InstantPainter(lambda: style_painter)


@pytest.fixture(scope="module")
def photo():
    return load_sample_image("flower.jpg")[100:292, 150:406].astype(np.float32) / 255


@pytest.fixture(scope="module")
def sides():
    """The left and the right half of the photo."""
    left = np.zeros((192, 256), np.float32)
    left[:, :128] = 1
    return [left, 1 - left]


def picture(seed):
    """A style picture: blots of two colours, (1, 3, 64, 64)."""
    rng = np.random.default_rng(seed)
    colours = torch.from_numpy(rng.random((2, 3, 1, 1)).astype(np.float32))
    where = (
        torch.from_numpy(rng.random((8, 8)) < 0.5).repeat_interleave(8, 0).repeat_interleave(8, 1)
    )
    return torch.where(where, colours[0], colours[1])[None]


class TestPlan:
    @pytest.mark.parametrize(
        ("style", "by"),
        [
            ("mosaic", "looks"),
            ("a snowy oil painting", "looks"),
            ("dark blue", "color"),
            ("the smell of my grandmother's kitchen", "painter"),
            ("!!!", "nothing"),
            ("水墨画", "nothing"),
        ],
    )
    def test_who_paints_a_text(self, painter, style, by):
        assert painter.plan(style).by == by

    def test_a_picture_goes_to_the_learned_painter(self, painter, style_painter):
        plan = painter.plan(picture(0))
        assert (plan.by, plan.match) == ("painter", None)
        assert torch.equal(plan.code, style_painter.code_of(picture(0)))

    def test_a_name_needs_no_network(self):
        def load():
            raise AssertionError("a network was asked for")

        InstantPainter(load).plan("stained glass")

    def test_what_isnt_understood_is_warned_of(self, painter, caplog):
        with caplog.at_level(logging.WARNING, "semcs"):
            painter.plan("xqzv brfl")
        assert "nothing is known of 'xqzv brfl'" in caplog.text

    def test_every_plan_can_be_told(self, painter):
        for style in ("gold", "red", "!!!", "the smell of a kitchen", picture(0)):
            plan = painter.plan(style)
            assert json.loads(json.dumps(plan.as_dict()))["by"] == plan.by


class TestPaint:
    def test_a_look_is_its_rendering(self, painter, photo, sides):
        plans = [painter.plan("mosaic"), painter.plan("gold")]
        painted = painter.paint(photo, plans, sides, seed=3)
        for name, own, mask in zip(("mosaic", "gold"), painted, sides):
            assert np.array_equal(own, render_region(photo, name, mask, seed=3))

    def test_nothing_is_the_photo(self, painter, photo, sides):
        painted = painter.paint(photo, [painter.plan("!!!"), painter.plan("ice")], sides)
        assert np.array_equal(painted[0], photo)

    def test_learned_regions_take_their_own_styles_colours(self, painter, photo, sides):
        warm, cold = torch.zeros(1, 3, 64, 64), torch.zeros(1, 3, 64, 64)
        warm[:, 0], cold[:, 2] = torch.rand(64, 64), torch.rand(64, 64)
        painted = painter.paint(photo, [painter.plan(warm), painter.plan(cold)], sides)
        left, right = painted[0][:, :112].mean((0, 1)), painted[1][:, 144:].mean((0, 1))
        assert left[0] > left[2] + 0.1
        assert right[2] > right[0] + 0.1

    def test_a_look_beside_a_picture(self, painter, photo, sides):
        alone = painter.paint(photo, [painter.plan("gold")], sides[1:])
        both = painter.paint(photo, [painter.plan(picture(1)), painter.plan("gold")], sides)
        assert np.array_equal(both[1], alone[0])
        assert np.abs(both[0] - photo)[:, :128].mean() > 0.02

    @pytest.mark.parametrize("size", [(5, 7), (40, 300), (33, 33)])
    def test_small_photos(self, painter, size):
        photo = np.random.default_rng(0).random((*size, 3), np.float32)
        mask = np.ones(size, np.float32)
        for style in (picture(0), "gold"):
            (painted,) = painter.paint(photo, [painter.plan(style)], [mask])
            assert painted.shape == photo.shape
            assert 0 <= painted.min() <= painted.max() <= 1


class TestPreset:
    def test_no_image_encoder_is_loaded(self, photo, tiny_family):
        result = semcs.Stylizer(tiny_family)(photo, fg="gold", bg="ice", preset="instant")
        assert set(result.models) == {"family", "key_extractor", "regions"}
        assert result.history == []
        assert result.style_net is None
        assert [look["looks"] for look in result.looks] == [{"gold": 1.0}, {"ice": 1.0}]

    def test_the_default_preset_begins_there(self, photo, tiny_family):
        """One step at a rate that moves nothing gives the instant picture."""
        stylizer = semcs.Stylizer(tiny_family)
        instant = stylizer(photo, fg="gold", bg="ice", preset="instant").image
        still = run_quick(
            stylizer, photo, fg="gold", bg="ice", steps=1, learning_rate=1e-12, size=512
        ).image
        assert np.abs(instant - still).max() < 1e-4

    def test_what_isnt_understood_keeps_its_pixels(self, photo, sides, tiny_family):
        result = run_quick(
            semcs.Stylizer(tiny_family), photo, fg="!!!", bg="gold", mask=sides[0], steps=1
        )
        assert np.array_equal(result.image[:, :128], photo[:, :128])
        assert not np.array_equal(result.image[:, 128:], photo[:, 128:])

    def test_a_picture_as_the_style_of_a_run(self, photo, tiny_family):
        style = np.uint8(255 * picture(2)[0].permute(1, 2, 0).numpy())
        result = run_quick(semcs.Stylizer(tiny_family), photo, style)
        assert [look["by"] for look in result.looks] == ["painter"]
        assert len(result.history) == 2
        assert np.abs(result.image - photo).mean() > 0.02
