"""An object's own colours where its outline is soft, on composites whose colours are known."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.errors import InputError
from semcs.image.foreground_colours import estimate_foreground

SIZE = (213, 320)


def composite(softness):
    """A flower in the shape of a star over a building: picture, alpha, and the flower's colours."""
    object_, behind = (
        cv2.resize(load_sample_image(name), SIZE[::-1], interpolation=cv2.INTER_AREA) / 255
        for name in ("flower.jpg", "china.jpg")
    )
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    angle = np.arctan2(y - 106, x - 160)
    outline = 70 + 20 * np.cos(7 * angle)
    alpha = np.clip((outline - np.hypot(y - 106, x - 160)) / softness + 0.5, 0, 1)
    share = alpha[..., None]
    picture = np.rint(255 * (share * object_ + (1 - share) * behind)) / 255
    return picture.astype(np.float32), alpha.astype(np.float32), object_.astype(np.float32)


def error(estimated, truth, alpha):
    """Root mean square over the soft pixels, as much of it as shows."""
    soft = (alpha > 0) & (alpha < 1)
    return float(np.sqrt(np.mean((alpha[soft, None] * (estimated - truth)[soft]) ** 2)))


@pytest.mark.parametrize("softness", [2, 5, 12])
def test_the_rim_of_the_old_background_goes(softness):
    picture, alpha, truth = composite(softness)
    found = estimate_foreground(picture, alpha)
    assert error(found, truth, alpha) < 0.4 * error(picture, truth, alpha)


@pytest.mark.parametrize("softness", [2, 5, 12])
def test_it_is_closer_to_the_truth_than_pymatting(softness):
    from pymatting import estimate_foreground_ml

    picture, alpha, truth = composite(softness)
    theirs = estimate_foreground_ml(picture.astype(float), alpha.astype(float))
    assert error(estimate_foreground(picture, alpha), truth, alpha) < error(theirs, truth, alpha)


def test_one_plain_colour_on_another_is_found():
    _, alpha, _ = composite(8)
    red, blue = np.array([0.9, 0.2, 0.1]), np.array([0.1, 0.3, 0.8])
    picture = alpha[..., None] * red + (1 - alpha[..., None]) * blue
    found = estimate_foreground(picture, alpha)
    np.testing.assert_allclose(
        found[alpha > 0.1], np.tile(red, ((alpha > 0.1).sum(), 1)), atol=0.02
    )


def test_pixels_that_are_all_of_one_stay_bit_for_bit():
    picture, alpha, _ = composite(5)
    found = estimate_foreground(picture, alpha)
    whole = (alpha == 0) | (alpha == 1)
    assert (found[whole] == picture[whole]).all()
    assert found.dtype == np.float32
    assert found.min() >= 0
    assert found.max() <= 1


def test_what_is_handed_in_stays_as_it_is():
    picture, alpha, _ = composite(5)
    before = picture.copy(), alpha.copy()
    estimate_foreground(picture, alpha)
    assert (picture == before[0]).all()
    assert (alpha == before[1]).all()


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (1, 40), (33, 17)])
def test_masks_without_an_outline_and_small_pictures(alpha, size):
    picture = np.random.default_rng(0).random((*size, 3), np.float32)
    found = estimate_foreground(picture, np.full(size, alpha, np.float32))
    assert found.shape == picture.shape
    # Where nothing tells the two apart, both are taken to look like the picture.
    np.testing.assert_allclose(found.mean((0, 1)), picture.mean((0, 1)), atol=0.05)


def test_memory_goes_by_the_outline_and_not_by_the_picture():
    """12 megapixels, of which a small object's outline is soft: little beside the copy is held."""
    picture = np.full((3000, 4000, 3), 0.5, np.float32)
    alpha = np.zeros((3000, 4000), np.float32)
    cv2.circle(alpha, (2000, 1500), 200, 1.0, -1)
    alpha[1200:1800, 1700:2300] = cv2.blur(alpha[1200:1800, 1700:2300], (9, 9))
    tracemalloc.start()
    try:
        estimate_foreground(picture, alpha)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.4 * picture.nbytes


def test_shapes_that_do_not_fit():
    with pytest.raises(InputError, match=r"\(4, 5, 3\) and \(5, 4\); needed"):
        estimate_foreground(np.zeros((4, 5, 3)), np.zeros((5, 4)))
