"""A styled picture taken apart into layers, which other programs put together again."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from quick import run_quick

import semcs

Y, X = np.mgrid[:64, :96].astype(np.float32)
SKY = np.clip((40 - Y) / 30, 0, 1)
RIGHT = np.clip((X - 30) / 50, 0, 1)
FAINT = np.full((64, 96), 0.3, np.float32)


def put_over_each_other(layers):
    """By Pillow, in 8 bits, (H, W, 4)."""
    picture = layers[0].image
    for layer in layers[1:]:
        picture = Image.alpha_composite(picture, layer.image)
    return np.asarray(picture)


def painted(stylizer, image, **options):
    return stylizer(image, preset="instant", progress=False, **options)


@pytest.mark.parametrize(
    "how",
    [
        {"style": "gold"},
        {"fg": "gold", "bg": "snow"},
        {"fg": "gold"},
        {"bg": "snow"},
        {"fg": "charcoal", "bg": "fire", "strength": 0.4},
    ],
    ids=str,
)
def test_the_layers_over_each_other_are_the_picture_bit_for_bit(stylizer, photo, disc, how):
    mask = {} if "style" in how else {"mask": disc}
    result = painted(stylizer, photo, **how, **mask)
    together = put_over_each_other(result.layers)
    assert (together[..., :3] == np.asarray(result.image)).all()
    assert (together[..., 3] == 255).all()


def test_so_are_many_that_overlap(stylizer, photo, disc):
    regions = [
        semcs.Region(disc, "gold", 0.7, name="disc"),
        semcs.Region(RIGHT, None, name="right"),
        semcs.Region(SKY, "ice", name="sky"),
        semcs.Region(FAINT, "neon", name="faint"),
    ]
    result = painted(stylizer, photo, regions=regions)
    assert [layer.name for layer in result.layers] == ["rest", "faint", "sky", "right", "disc"]
    together = put_over_each_other(result.layers)
    assert (together[..., :3] == np.asarray(result.image)).all()


def test_an_optimised_picture(stylizer, photo, disc):
    result = run_quick(stylizer, photo, fg="gold", bg="snow", mask=disc, keep_color=0.5)
    together = put_over_each_other(result.layers)
    assert (together[..., :3] == np.asarray(result.image)).all()


@pytest.mark.parametrize("kind", ["uint16", "float", "grey", "tensor"])
def test_of_pictures_of_any_kind(stylizer, pixels, disc, kind):
    image = {
        "uint16": lambda: pixels.astype(np.uint16) * 257,
        "float": lambda: pixels.astype(np.float32) / 255,
        "grey": lambda: pixels[..., 1],
        "tensor": lambda: torch.from_numpy(pixels.copy()).permute(2, 0, 1),
    }[kind]()
    result = painted(stylizer, image, fg="gold", bg="snow", mask=disc)
    levels = np.rint(semcs.image.load(result.image).rgb * 255)
    assert (put_over_each_other(result.layers)[..., :3] == levels).all()


def test_of_a_cut_out(stylizer, pixels, disc):
    visible = np.clip(X / 60, 0, 1)
    image = Image.fromarray(np.dstack([pixels, np.rint(visible * 255).astype(np.uint8)]))
    result = painted(stylizer, image, fg="gold", bg="snow", mask=disc)
    wanted, together = (
        np.asarray(one).astype(float) for one in (result.image, put_over_each_other(result.layers))
    )
    assert np.abs(together[..., 3] - wanted[..., 3]).max() <= 1
    # As it looks on any background: 8 bits of a nearly transparent layer say little of its colour.
    shown = [one[..., :3] * one[..., 3:] / 255 for one in (wanted, together)]
    assert np.abs(shown[0] - shown[1]).max() <= 2
    assert (together[wanted[..., 3] == 255] == wanted[wanted[..., 3] == 255]).all()


def test_the_alpha_of_the_layer_on_top_is_its_mask(stylizer, photo, disc):
    layers = painted(stylizer, photo, fg="gold", bg="snow", mask=disc).layers
    bottom, top = (np.asarray(layer.image)[..., 3] for layer in layers)
    # Up to two levels more, where a colour from 0 to 255 needs that to come out exactly.
    assert (top / 255 - disc).min() >= -1e-3
    assert (top / 255 - disc).max() <= 3 / 255
    assert (bottom == 255).all()


def test_a_layer_that_is_moved_away_shows_no_rim(stylizer, disc):
    """A red disc before blue: its layer has no blue in it, even where its edge is soft."""
    red, blue = np.array([0.9, 0.2, 0.1]), np.array([0.1, 0.3, 0.8])
    image = disc[..., None] * red + (1 - disc[..., None]) * blue
    result = painted(stylizer, image.astype(np.float32), bg="gold", mask=disc)
    layer = np.asarray(result.layers[-1].image) / 255
    edge = (layer[..., 3] > 0.2) & (layer[..., 3] < 1)
    assert edge.sum() > 100
    assert np.abs(layer[edge][:, :3] - red).max() < 0.05
    rim = np.abs(image[edge] - red).max()
    assert rim > 0.5


def test_what_no_region_has_is_the_photo(stylizer, pixels, disc):
    regions = [semcs.Region(disc, "gold", name="disc")]
    rest, _ = painted(stylizer, pixels, regions=regions).layers
    untouched = disc == 0
    assert (np.asarray(rest.image)[untouched, :3] == pixels[untouched]).all()


def test_they_are_made_once(stylizer, photo, disc):
    result = painted(stylizer, photo, fg="gold", mask=disc)
    assert result.layers is result.layers
