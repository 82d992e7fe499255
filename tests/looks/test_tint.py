"""A palette moves to the colours and the light named, and the picture stays a picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.looks.oklab import from_oklab, to_oklab
from semcs.looks.phrases.palette import COLORS, LIGHTS
from semcs.looks.tint import paint_color, tint


@pytest.fixture(scope="module")
def picture():
    rng = np.random.default_rng(0)
    coarse = rng.random((9, 12, 3)).astype(np.float32)
    smooth = cv2.resize(coarse, (96, 72), interpolation=cv2.INTER_CUBIC)
    return np.clip(smooth + rng.normal(0, 0.03, smooth.shape), 0, 1).astype(np.float32)


def golden(picture):
    return np.clip(picture.mean(2, keepdims=True) * np.float32((1.1, 0.85, 0.3)), 0, 1)


def hue(rgb):
    lab = to_oklab(np.asarray(rgb, np.float32).reshape(-1, 1, 3)).reshape(-1, 3).mean(0)
    return np.degrees(np.arctan2(lab[2], lab[1]))


def apart(one, other):
    return abs((one - other + 180) % 360 - 180)


def chroma(rgb):
    return float(np.hypot(*np.moveaxis(to_oklab(rgb)[..., 1:], 2, 0)).mean())


def lightness(rgb):
    return to_oklab(rgb)[..., 0]


@pytest.mark.parametrize("name", ["red", "orange", "green", "teal", "blue", "purple", "pink"])
def test_gold_in_a_colour_reads_as_that_colour(picture, name):
    tinted = tint(golden(picture), [COLORS[name]])
    assert apart(hue(tinted), hue(np.array(COLORS[name]) / 255)) < 25


@pytest.mark.parametrize("name", ["blue", "dark red", "white", "black", "lemon"])
def test_structure_of_lightness_stays(picture, name):
    color = COLORS.get(name, (100, 15, 18))
    for changed in (tint(picture, [color]), paint_color(picture, [color])):
        before, after = lightness(picture).ravel(), lightness(changed).ravel()
        assert np.corrcoef(before, after)[0, 1] > 0.9
        assert after.std() > 0.3 * before.std()


def test_two_colours_share_the_tones(picture):
    tinted = tint(picture, [COLORS["yellow"], COLORS["navy"]])
    light = lightness(picture)
    darks, lights = light < np.quantile(light, 0.2), light > np.quantile(light, 0.8)
    assert apart(hue(tinted[darks]), hue(np.array(COLORS["navy"]) / 255)) < 30
    assert apart(hue(tinted[lights]), hue(np.array(COLORS["yellow"]) / 255)) < 30


def test_the_order_of_colours_does_not_matter(picture):
    pair = [COLORS["yellow"], COLORS["navy"]]
    np.testing.assert_array_equal(tint(picture, pair), tint(picture, pair[::-1]))


@pytest.mark.parametrize("color", ["white", "yellow", "black", "blue"])
def test_nothing_becomes_a_flat_area(picture, color):
    for changed in (tint(picture, [COLORS[color]]), paint_color(picture, [COLORS[color]])):
        flat = ((changed >= 1).all(2) | (changed <= 0).all(2)).mean()
        assert flat < 0.02


def test_light_words_do_what_they_say(picture):
    def lit(word):
        return tint(picture, (), [word])

    middle, rich = lightness(picture).mean(), chroma(picture)
    assert lightness(lit("dark")).mean() < middle - 8
    assert lightness(lit("bright")).mean() > middle + 5
    assert lightness(lit("pale")).mean() > middle + 5
    assert chroma(lit("pale")) < 0.7 * rich
    assert chroma(lit("muted")) < 0.7 * rich
    assert chroma(lit("vivid")) > 1.15 * rich
    assert lit("warm")[..., 0].mean() - lit("warm")[..., 2].mean() > 0.1
    assert lit("cold")[..., 2].mean() - lit("cold")[..., 0].mean() > 0.05
    assert lightness(lit("contrast")).std() > lightness(picture).std()
    assert lightness(lit("soft")).std() < lightness(picture).std()
    assert lightness(lit("pastel")).mean() > middle


@pytest.mark.parametrize("word", LIGHTS)
def test_every_light_word_changes_something(picture, word):
    assert np.abs(tint(picture, (), [word]) - picture).mean() > 0.01


def test_outside_the_mask_nothing_changes(picture):
    mask = np.zeros(picture.shape[:2], np.float32)
    mask[20:40, 30:60] = 1
    for changed in (
        tint(picture, [COLORS["blue"]], ["dark"], mask),
        paint_color(picture, [COLORS["blue"]], mask),
    ):
        np.testing.assert_allclose(changed[mask == 0], picture[mask == 0], atol=1e-6)
        assert np.abs(changed[mask == 1] - picture[mask == 1]).mean() > 0.05


def test_without_words_the_picture_stays_and_is_a_copy(picture):
    same = tint(picture, ())
    np.testing.assert_array_equal(same, picture)
    assert same is not picture


@given(
    st.floats(0, 1),
    st.lists(st.sampled_from(sorted(COLORS.values())), min_size=1, max_size=3),
    st.lists(st.sampled_from(sorted(LIGHTS)), max_size=2),
)
@settings(max_examples=60, deadline=None)
def test_any_colours_on_constant_pictures_are_finite(value, colors, light):
    constant = np.full((8, 9, 3), value, np.float32)
    for changed in (tint(constant, colors, light), paint_color(constant, colors)):
        assert changed.dtype == np.float32
        assert changed.shape == constant.shape
        assert np.isfinite(changed).all()
        assert changed.min() >= 0
        assert changed.max() <= 1


def test_oklab_has_the_published_values():
    lab = to_oklab(np.array([[(1, 1, 1), (1, 0, 0), (0, 0, 1)]], np.float32))[0] / (100, 320, 320)
    expected = [(1, 0, 0), (0.628, 0.2249, 0.1258), (0.452, -0.0324, -0.3115)]
    np.testing.assert_allclose(lab, expected, atol=2e-3)


def test_oklab_and_back_is_the_same(picture):
    np.testing.assert_allclose(from_oklab(to_oklab(picture)), picture, atol=2e-4)
