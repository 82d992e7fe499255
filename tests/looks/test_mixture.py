"""Matches painted: one look, one over the other, several side by side, colours alone."""

from __future__ import annotations

import numpy as np
import pytest

import semcs.looks
from semcs.errors import InputError
from semcs.looks.matching import Match, match
from semcs.looks.mixture import areas, render_match
from semcs.looks.rendering import render_region


@pytest.fixture(scope="module")
def rgb(photo):
    return np.asarray(photo, np.float32) / 255


def test_one_look_is_painted_by_its_painter(rgb):
    np.testing.assert_array_equal(
        render_match(rgb, match("marble"), seed=3), render_region(rgb, "marble", seed=3)
    )


@pytest.mark.parametrize(
    "text", ["a snowy oil painting", "gold and marble", "blue", "dark", "teal watercolor of fog"]
)
def test_pictures_are_sound_and_repeat(rgb, text):
    before = rgb.copy()
    painted = render_match(rgb, match(text), seed=1)
    assert painted.shape == rgb.shape
    assert painted.dtype == np.float32
    assert np.isfinite(painted).all()
    assert painted.min() >= 0
    assert painted.max() <= 1
    assert np.abs(painted - rgb).mean() > 0.02
    np.testing.assert_array_equal(rgb, before)
    np.testing.assert_array_equal(painted, render_match(rgb, match(text), seed=1))


def test_both_looks_of_a_blend_are_seen(rgb):
    both = render_match(rgb, match("gold and marble"))
    gold, marble = (render_region(rgb, name) for name in ("gold", "marble"))
    near_gold = np.abs(both - gold).max(2) < 1e-4
    near_marble = np.abs(both - marble).max(2) < 1e-4
    assert near_gold.mean() > 0.15
    assert near_marble.mean() > 0.15


def test_a_sequence_shows_both_and_is_neither(rgb):
    both = render_match(rgb, match("mosaic made of gold"))
    gold, mosaic = (render_region(rgb, name) for name in ("gold", "mosaic"))
    assert np.abs(both - gold).mean() > 0.03
    assert np.abs(both - mosaic).mean() > 0.03
    # It takes the colours from gold: yellow, with little blue.
    assert both[..., 0].mean() - both[..., 2].mean() > 0.25


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.7, 0.3), (0.2, 0.3, 0.5)])
def test_areas_share_the_picture_by_weight(rgb, weights):
    shares = areas(rgb, np.array(weights), None, 0, 1.0)
    assert shares.shape == (len(weights), *rgb.shape[:2])
    np.testing.assert_allclose(shares.sum(0), 1, atol=1e-5)
    assert shares.min() >= -1e-6
    # The first takes the dark end, so the order of the shares is that of the weights.
    np.testing.assert_allclose(sorted(shares.mean((1, 2))), sorted(weights), atol=0.08)


def test_far_outside_the_mask_the_photo_stays(photo):
    rgb = np.asarray(photo.resize((480, 320)), np.float32) / 255
    mask = np.zeros(rgb.shape[:2], np.float32)
    mask[:100, :100] = 1
    for text in ("a snowy oil painting", "gold and marble, dark", "blue", "vivid blue mosaic"):
        painted = render_match(rgb, match(text), mask)
        np.testing.assert_allclose(painted[-80:, -120:], rgb[-80:, -120:], atol=1e-6)
        assert np.abs(painted[:90, :90] - rgb[:90, :90]).mean() > 0.02


def test_colours_tint_a_look(rgb):
    plain, blue = (render_match(rgb, match(text)) for text in ("gold", "blue gold"))
    assert plain[..., 0].mean() > plain[..., 2].mean() + 0.1
    assert blue[..., 2].mean() > blue[..., 0].mean() + 0.1


def test_a_match_of_nothing_leaves_the_photo(rgb):
    np.testing.assert_array_equal(render_match(rgb, Match("xqzv")), rgb)


@pytest.mark.parametrize("shape", [(33, 64), (32, 400), (2, 5)])
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_small_and_constant_pictures(shape, value):
    constant = np.full((*shape, 3), value, np.float32)
    for text in ("gold and marble", "snowy mosaic", "dark red"):
        painted = render_match(constant, match(text))
        assert painted.shape == constant.shape
        assert np.isfinite(painted).all()


def test_render_gives_back_what_came_in(photo, rgb, tmp_path):
    torch = pytest.importorskip("torch")
    from PIL import Image

    painted = semcs.looks.render(photo, "blue")
    assert isinstance(painted, Image.Image)
    assert painted.size == photo.size
    photo.save(tmp_path / "photo.png")
    assert semcs.looks.render(tmp_path / "photo.png", "blue").tobytes() == painted.tobytes()
    bytes_ = np.asarray(photo)
    out = semcs.looks.render(bytes_, "blue")
    assert out.dtype == np.uint8
    assert out.shape == bytes_.shape
    batch = torch.from_numpy(rgb).permute(2, 0, 1)[None].repeat(2, 1, 1, 1)
    assert semcs.looks.render(batch, "blue").shape == batch.shape


def test_render_paints_the_mask_alone(rgb, disc):
    painted = semcs.looks.render(rgb, "mosaic", mask=disc)
    np.testing.assert_allclose(painted[disc == 0], rgb[disc == 0], atol=1e-6)
    assert np.abs(painted[disc == 1] - rgb[disc == 1]).mean() > 0.03


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"look_or_text": "wet paint on damp sheets of xqzv"}, "xqzv"),
        ({"look_or_text": "mozaiik floorr"}, "mosaic"),
        ({"look_or_text": ""}, "empty"),
        ({"look_or_text": 3}, "empty"),
        ({"look_or_text": "gold", "detail": 2}, "0 to 1"),
        ({"look_or_text": "gold", "seed": -1}, "from 0"),
    ],
)
def test_render_says_what_is_wrong(rgb, arguments, said):
    with pytest.raises(InputError, match=said):
        semcs.looks.render(rgb, **arguments)


def test_the_package_lists_what_it_has():
    assert len(semcs.looks.names()) == 157
    assert set(semcs.looks.__all__) <= set(dir(semcs.looks))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = semcs.looks.nothing
