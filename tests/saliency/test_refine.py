from __future__ import annotations

import cv2
import numpy as np
import pytest

from semcs.errors import InputError
from semcs.saliency import refine as refine_module
from semcs.saliency.guided import resize
from semcs.saliency.refine import matte, refine_mask, trimap

METHODS = ("none", "guided", "edge", "bilateral", "matting")


def scene(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """A warm disc on a cool ground, each with some noise, and where the disc is."""
    y, x = np.mgrid[:height, :width]
    centre, radius = (0.48 * height, 0.53 * width), 0.31 * min(height, width)
    inside = (y - centre[0]) ** 2 + (x - centre[1]) ** 2 < radius**2
    colors = np.where(inside[..., None], (0.8, 0.5, 0.2), (0.2, 0.4, 0.6))
    noise = np.random.default_rng(0).normal(0, 0.03, colors.shape)
    return np.clip(colors + noise, 0, 1).astype(np.float32), inside


def coarse(inside: np.ndarray, h: int, w: int) -> np.ndarray:
    """The truth on a grid, cut to whole patches."""
    return (resize(inside, h, w) > 0.5).astype(np.float32)


def iou(a: np.ndarray, b: np.ndarray) -> float:
    return (a & b).sum() / (a | b).sum()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_brings_the_mask_to_full_size(method: str):
    image, inside = scene(120, 150)
    mask = refine_mask(coarse(inside, 16, 20), image, method)
    assert mask.dtype == np.float32
    assert mask.shape == (120, 150)
    assert mask.min() >= 0
    assert mask.max() <= 1
    assert iou(mask > 0.5, inside) > 0.9


@pytest.mark.parametrize("method", METHODS[1:])
def test_every_method_finds_edges_better_than_interpolation(method: str):
    image, inside = scene(240, 300)
    grid = coarse(inside, 16, 20)
    plain = refine_mask(grid, image, "none", soft=False)
    assert iou(refine_mask(grid, image, method, soft=False), inside) > iou(plain, inside) + 0.01


@pytest.mark.parametrize("method", METHODS)
def test_hard_masks_are_soft_ones_cut_in_the_middle(method: str):
    image, inside = scene(60, 80)
    grid = coarse(inside, 12, 16)
    hard = refine_mask(grid, image, method, soft=False)
    assert hard.dtype == np.bool_
    np.testing.assert_array_equal(hard, refine_mask(grid, image, method) > 0.5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("value", [0.0, 0.25, 1.0])
def test_masks_without_an_edge_stay(method: str, value: float):
    image, _ = scene(50, 40)
    refined = refine_mask(np.full((5, 4), value, np.float32), image, method)
    np.testing.assert_allclose(refined, value, atol=2e-3)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (3, 200)])
def test_thin_images_are_refined(method: str, shape: tuple[int, int]):
    image = np.random.default_rng(0).random((*shape, 3)).astype(np.float32)
    refined = refine_mask(np.array([[0.0, 1.0]]), image, method)
    assert refined.shape == shape
    assert np.isfinite(refined).all()


def test_none_is_bilinear_interpolation():
    mask = np.random.default_rng(0).random((5, 7)).astype(np.float32)
    expected = cv2.resize(mask, (70, 50), interpolation=cv2.INTER_LINEAR)
    refined = refine_mask(mask, np.zeros((50, 70, 3)), "none")
    np.testing.assert_allclose(refined, expected, atol=1e-6)


@pytest.mark.parametrize("method", ["bilateral", "matting"])
def test_large_images_are_solved_small(monkeypatch: pytest.MonkeyPatch, method: str):
    image, inside = scene(200, 260)
    grid = coarse(inside, 20, 26)
    monkeypatch.setattr(refine_module, "WORK_SIZE", 130)
    seen = []
    solver = {"bilateral": "_bilateral", "matting": "matte"}[method]
    solve = getattr(refine_module, solver)
    monkeypatch.setattr(refine_module, solver, lambda m, i: seen.append(i.shape) or solve(m, i))
    refined = refine_mask(grid, image, method)
    assert seen == [(100, 130, 3)]
    assert refined.shape == (200, 260)
    assert iou(refined > 0.5, inside) > 0.97


def test_trimap_leaves_a_band_of_that_width():
    mask = np.zeros((5, 20))
    mask[:, 10:] = 1
    row = trimap(mask, band=2)[2]
    np.testing.assert_array_equal(row, [0] * 8 + [0.5] * 4 + [1] * 8)


def test_matte_is_the_closed_form_one_in_the_band():
    from pymatting import cf_laplacian

    image, inside = scene(48, 60)
    start = resize(coarse(inside, 12, 15), 48, 60)
    alpha = matte(start, image)

    known = trimap(start, 2)
    free = known.ravel() == 0.5
    laplacian = cf_laplacian(image.astype(float), epsilon=1e-5).toarray()
    right = -laplacian[free][:, ~free] @ known.ravel()[~free]
    solved = known.ravel().copy()
    solved[free] = np.clip(np.linalg.solve(laplacian[free][:, free], right), 0, 1)
    np.testing.assert_allclose(alpha.ravel(), solved, atol=0.02)
    np.testing.assert_array_equal(alpha.ravel()[~free], known.ravel()[~free])


def test_matting_prints_nothing(capfd: pytest.CaptureFixture[str]):
    image, inside = scene(60, 60)
    refine_mask(coarse(inside, 6, 6), image, "matting")
    assert capfd.readouterr() == ("", "")


def test_a_mask_too_thin_for_matting_stays():
    image, _ = scene(100, 100)
    mask = np.zeros((100, 100), np.float32)
    mask[50] = 1
    np.testing.assert_array_equal(matte(mask, image), mask)


@pytest.mark.parametrize(
    ("mask", "image", "method", "message"),
    [
        (np.ones((2, 2)), np.ones((4, 4, 3)), "crf", "'crf'; choose from none, guided"),
        (np.ones((2, 2)), np.ones((4, 4)), "none", r"\(H, W, 3\)"),
        (np.ones(2), np.ones((4, 4, 3)), "none", r"\(h, w\)"),
        (np.full((2, 2), 1.5), np.ones((4, 4, 3)), "none", r"\[0, 1\], not"),
        (np.full((2, 2), np.nan), np.ones((4, 4, 3)), "none", r"\[0, 1\], not"),
    ],
)
def test_bad_arguments_are_named(mask, image, method: str, message: str):
    with pytest.raises(InputError, match=message):
        refine_mask(mask, image, method)
