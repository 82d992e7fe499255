from __future__ import annotations

import importlib
import pkgutil

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.datasets import load_sample_image
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from semcs.errors import InputError
from semcs.looks import fields, painters, tone
from semcs.looks.registry import LOOKS, paint

assert painters  # importing them fills the table
STYLES = sorted(LOOKS)
Image = NDArray[np.float32]


@pytest.fixture(scope="module")
def photos() -> list[Image]:
    """Two photos of scikit-learn, halved in size."""
    loaded = [
        load_sample_image(name).astype(np.float32) / 255 for name in ("china.jpg", "flower.jpg")
    ]
    return [
        cv2.resize(photo, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for photo in loaded
    ]


def crop(photo: Image, side: int, rng: np.random.Generator) -> Image:
    top, left = (int(rng.integers(0, n - side + 1)) for n in photo.shape[:2])
    return np.ascontiguousarray(photo[top : top + side, left : left + side])


def noise_picture(height: int, width: int, seed: int) -> Image:
    rng = np.random.default_rng(seed)
    return cv2.resize(rng.random((5, 7, 3), np.float32), (width, height))


@settings(max_examples=200, deadline=None)
@given(
    style=st.sampled_from(STYLES),
    height=st.integers(32, 160),
    width=st.integers(32, 160),
    seed=st.integers(0, 10_000),
)
def test_output_is_a_picture_of_the_same_size(
    style: str, height: int, width: int, seed: int
) -> None:
    image = noise_picture(height, width, seed)
    before = image.copy()
    with np.errstate(invalid="raise"):  # such as a root of a little below 0
        painted = paint(style, image, np.random.default_rng(seed))
    assert painted.shape == (height, width, 3)
    assert painted.dtype == np.float32
    assert np.isfinite(painted).all()
    assert painted.min() >= 0
    assert painted.max() <= 1
    assert np.array_equal(image, before)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("shape", "scale"), [((32, 700), 0.5), ((600, 40), 1.0), ((75, 90), 4.0)])
def test_any_shape_and_scale(style: str, shape: tuple[int, int], scale: float) -> None:
    image = noise_picture(*shape, seed=3)
    painted = paint(style, image, np.random.default_rng(0), scale)
    assert painted.shape == (*shape, 3)
    assert np.isfinite(painted).all()


@pytest.mark.parametrize("style", [name for name in STYLES if LOOKS[name].follows_outline])
def test_a_look_that_follows_the_outline_sees_the_mask(style: str, photos: list[Image]) -> None:
    """What changes, changes; an empty mask, a full one and none at all are painted, too."""
    image = crop(photos[1], 96, np.random.default_rng(0))
    y, x = np.mgrid[:96, :96]
    disc = (np.hypot(y - 48, x - 48) < 30).astype(np.float32)
    masks = [None, np.ones_like(disc), np.zeros_like(disc), disc]
    pictures = [paint(style, image, np.random.default_rng(1), 0.6, mask) for mask in masks]
    assert all(np.isfinite(picture).all() for picture in pictures)
    assert np.abs(pictures[3] - pictures[0]).max() > 0.02


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_constant_pictures_are_painted_too(style: str, value: float) -> None:
    painted = paint(style, np.full((33, 64, 3), value, np.float32), np.random.default_rng(1))
    assert painted.shape == (33, 64, 3)
    assert np.isfinite(painted).all()


@pytest.mark.parametrize("style", STYLES)
def test_seed_decides_the_picture(style: str, photos: list[Image]) -> None:
    image = crop(photos[0], 96, np.random.default_rng(0))
    first, again, other = (paint(style, image, np.random.default_rng(s)) for s in (3, 3, 4))
    # OpenCV's vector code rounds by memory alignment: the last bits may differ.
    assert np.abs(first - again).mean() < 1e-5
    assert np.abs(first - other).mean() > 0.01
    assert np.abs(first - image).mean() > 0.03


def gradients(level: Image) -> Image:
    gx, gy = cv2.Sobel(level, cv2.CV_32F, 1, 0), cv2.Sobel(level, cv2.CV_32F, 0, 1)
    return cv2.GaussianBlur(cv2.magnitude(gx, gy), (0, 0), 2)


def agreement(image: Image, painted: Image) -> float:
    """Correlation of the large tones or of the contours, whichever the style keeps better."""
    a, b = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in (image, painted))
    tones = np.corrcoef(*(cv2.GaussianBlur(p, (0, 0), 4).ravel() for p in (a, b)))[0, 1]
    contours = np.corrcoef(*(gradients(cv2.GaussianBlur(p, (0, 0), 1.5)).ravel() for p in (a, b)))
    return float(max(tones, contours[0, 1]))


@pytest.mark.parametrize("style", STYLES)
def test_content_stays_visible(style: str, photos: list[Image]) -> None:
    scores = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        image = crop(photos[seed % 2], 128, rng)
        scores.append(agreement(image, paint(style, image, rng)))
    # A picture that ignores its photo scores within ±0.1.
    assert np.mean(scores) > 0.4


def statistics(image: Image) -> NDArray[np.float64]:
    """Colour histogram, and how gradients of three scales are spread over size and direction."""
    cells = (np.clip(image, 0, 0.999) * 4).astype(int) @ np.array([16, 4, 1])
    parts = [np.sqrt(np.bincount(cells.ravel(), minlength=64) / cells.size)]
    level = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    for sigma in (0.5, 1.5, 4.0):
        smooth = cv2.GaussianBlur(level, (0, 0), sigma)
        gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
        size = np.log(np.hypot(gx, gy) + 1e-3)
        turn = 2 * np.arctan2(gy, gx)
        parts += [np.percentile(size, (10, 50, 90)), [np.cos(turn).mean(), np.sin(2 * turn).mean()]]
        parts.append([np.cos(2 * turn).mean(), cv2.Laplacian(smooth, cv2.CV_32F).std()])
    return np.concatenate(parts)


def test_styles_can_be_told_apart(photos: list[Image]) -> None:
    """A linear classifier of simple statistics names the styles of crops that it hasn't seen."""
    features: dict[str, list[NDArray[np.float64]]] = {"left": [], "right": []}
    for side, rows in features.items():
        for index in range(len(STYLES) * 10):
            rng = np.random.default_rng((side == "left", index))
            photo = photos[index // len(STYLES) % 2]
            half = np.split(photo, [photo.shape[1] // 2], axis=1)[side == "right"]
            rows.append(statistics(paint(STYLES[index % len(STYLES)], crop(half, 96, rng), rng)))
    names = np.arange(len(features["left"])) % len(STYLES)
    judge = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.2).fit(features["left"], names)
    right = judge.predict(features["right"]) == names
    per_style = np.bincount(names, weights=right) / np.bincount(names)
    assert right.mean() > 0.8
    assert (per_style >= 0.2).all(), [STYLES[i] for i in np.flatnonzero(per_style < 0.2)]


@pytest.mark.parametrize("theme", painters.__all__)
def test_a_module_names_its_looks(theme: str) -> None:
    module = importlib.import_module(f"semcs.looks.painters.{theme}")
    inside = sorted(n for n, look in LOOKS.items() if look.paint.__module__ == module.__name__)
    _, named = (module.__doc__ or "").splitlines()[0].rstrip(".").split(": ")
    assert named.split(", ") == inside


def test_every_module_of_painters_is_imported() -> None:
    assert painters.__all__ == sorted(m.name for m in pkgutil.iter_modules(painters.__path__))


def test_unknown_style_names_the_choices() -> None:
    with pytest.raises(InputError, match=r"'blurple'.*watercolor"):
        paint("blurple", np.zeros((64, 64, 3), np.float32), np.random.default_rng(0))


@pytest.mark.parametrize("shape", [(64, 64), (64, 64, 4), (31, 64, 3)])
def test_wrong_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match=str(shape[0])):
        paint("snow", np.zeros(shape, np.float32), np.random.default_rng(0))


def test_voronoi_labels_are_the_nearest_seeds() -> None:
    labels, distance = fields.voronoi((40, 50), 9.0, np.random.default_rng(0))
    seeds = np.argwhere(distance == 0)
    y, x = np.mgrid[:40, :50]
    every = np.hypot(y[..., None] - seeds[:, 0], x[..., None] - seeds[:, 1])
    own = labels[seeds[:, 0], seeds[:, 1]]
    chosen = np.take_along_axis(every, np.argsort(own)[labels][..., None], -1)[..., 0]
    # OpenCV's 5×5 chamfer metric is within 3 % of the Euclidean one.
    assert (chosen <= every.min(-1) * 1.03 + 0.2).all()
    assert np.allclose(distance, every.min(-1), atol=0.5)


def test_cell_mean_averages_each_cell() -> None:
    labels = np.array([[0, 0, 1], [2, 1, 1]], np.int32)
    values = np.array([[1, 3, 2], [7, 4, 6]], np.float32)
    assert np.allclose(fields.cell_mean(values, labels), [2, 4, 7])


def test_smear_follows_the_flow() -> None:
    dot = np.zeros((41, 41), np.float32)
    dot[20, 20] = 1
    along = fields.smear(dot, np.zeros_like(dot), 8.0)
    assert np.isclose(along.sum(), 1, atol=1e-3)
    assert along[20].sum() > 0.99
    assert (along[20, 14:27] > 0).all()
    assert along[20, :10].max() < 1e-6


def test_tangent_runs_along_an_edge() -> None:
    ramp = np.repeat(np.linspace(0, 1, 40, dtype=np.float32)[:, None], 40, 1)
    assert np.allclose(np.sin(fields.tangent(ramp)[10:30, 10:30]), 0, atol=1e-3)


def test_kuwahara_keeps_a_step_and_removes_noise() -> None:
    rng = np.random.default_rng(0)
    step = np.where(np.arange(60) < 30, 0.2, 0.8).astype(np.float32)
    clean = np.broadcast_to(step[None, :, None], (60, 60, 3))
    noisy = (clean + rng.normal(0, 0.05, clean.shape)).astype(np.float32)
    calm = tone.kuwahara(noisy, 5)
    assert np.abs(calm - clean)[8:-8, 8:-8].mean() < 0.02
    assert np.abs(calm[8:-8, 33:40] - 0.8).max() < 0.1


def test_halftone_ink_covers_the_darkness() -> None:
    for darkness in (0.1, 0.3, 0.5):
        ink = fields.halftone(np.full((120, 120), 1 - darkness, np.float32), 6.0, 0.5)
        # Discs of area π r² with r² = darkness / 1.8.
        assert np.isclose(ink.mean(), np.pi * darkness / 1.8, atol=0.05)


def test_ramp_interpolates_and_steps_do_not() -> None:
    palette = tone.hexes("000000", "ff0000")
    levels = np.array([[0.0, 0.25, 0.75, 1.0]], np.float32)
    assert np.allclose(tone.ramp(levels, palette)[0, :, 0], levels[0], atol=0.005)
    assert tone.steps(levels, palette)[0, :, 0].tolist() == [0, 0, 1, 1]


def test_shift_hue_turns_red_to_green() -> None:
    red = np.array([[[1, 0, 0]]], np.float32)
    assert np.allclose(tone.shift_hue(red, 120), [[[0, 1, 0]]], atol=1e-3)
