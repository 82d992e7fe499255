from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.saliency.bilateral import bilateral_grid, bilateral_solve, bilateral_system
from semcs.saliency.guided import resize

SIGMAS = {"sigma_spatial": 6.0, "sigma_luma": 20.0, "sigma_chroma": 10.0}


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return resize(load_sample_image("china.jpg") / 255, 24, 36)


def cells(photo: np.ndarray) -> list[tuple[int, ...]]:
    """Each pixel's cell, by the formulas of the JPEG colour space."""
    out = []
    for y, x in np.ndindex(photo.shape[:2]):
        r, g, b = (255 * float(c) for c in photo[y, x])
        luma = 0.299 * r + 0.587 * g + 0.114 * b
        u, v = 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402
        out.append(tuple(int(np.floor(c)) for c in (x / 6, y / 6, luma / 20, u / 10, v / 10)))
    return out


def test_pixels_share_a_cell_and_cells_neighbour_as_their_coordinates_say(photo: np.ndarray):
    grid = bilateral_grid(photo, **SIGMAS)
    owner = grid.splat.argmax(axis=0)
    place = dict(zip(owner, cells(photo)))
    assert len(place) == len(set(place.values())) == grid.splat.shape[0]
    assert all(place[o] == c for o, c in zip(owner, cells(photo)))

    blur = grid.blur.toarray()
    for i, j in np.ndindex(blur.shape):
        distance = sum(abs(a - b) for a, b in zip(place[i], place[j]))
        assert blur[i, j] == (10 if distance == 0 else 1 if distance == 1 else 0)


def test_the_scaled_blur_is_bistochastic(photo: np.ndarray):
    grid = bilateral_grid(photo, **SIGMAS)
    assert grid.mass.sum() == 24 * 36
    rows = grid.scaling * (grid.blur @ grid.scaling)
    np.testing.assert_allclose(rows, grid.mass, rtol=1e-3)


def test_solution_solves_the_linear_system(photo: np.ndarray):
    rng = np.random.default_rng(0)
    target, confidence = rng.random((24, 36)), 0.1 + rng.random((24, 36))
    grid = bilateral_grid(photo, **SIGMAS)

    splat, blur = grid.splat.toarray(), grid.blur.toarray()
    n, m = np.diag(grid.scaling), np.diag(grid.mass)
    a = 30 * (m - n @ blur @ n) + np.diag(splat @ confidence.ravel())
    b = splat @ (confidence * target).ravel()
    system, right = bilateral_system(grid, target.ravel(), confidence.ravel(), 30)
    np.testing.assert_allclose(system.toarray(), a, atol=1e-9)
    np.testing.assert_allclose(right, b)

    expected = (splat.T @ np.linalg.solve(a, b)).reshape(24, 36)
    solved = bilateral_solve(target, photo, confidence=confidence, smoothness=30, **SIGMAS)
    np.testing.assert_allclose(solved, expected, atol=1e-4)


def test_a_constant_target_stays(photo: np.ndarray):
    np.testing.assert_allclose(bilateral_solve(np.full((24, 36), 0.7), photo), 0.7, atol=1e-3)


def test_smoothing_stops_at_an_edge_of_the_image():
    image = np.zeros((40, 60, 3))
    image[:, 30:] = (0.2, 0.7, 0.9)
    rng = np.random.default_rng(0)
    target = np.clip((image[..., 1] > 0) + rng.normal(0, 0.4, (40, 60)), 0, 1)
    solved = bilateral_solve(target, image)
    # Either side goes to its own mean.
    np.testing.assert_allclose(solved[:, :30], target[:, :30].mean(), atol=0.05)
    np.testing.assert_allclose(solved[:, 30:], target[:, 30:].mean(), atol=0.05)


def test_pixels_without_confidence_follow_the_others():
    image = np.full((20, 20, 3), 0.5)
    target = np.ones((20, 20))
    target[5:15, 5:15] = 0
    confidence = np.where(target == 0, 1e-6, 1.0)
    assert bilateral_solve(target, image, confidence=confidence).min() > 0.99
