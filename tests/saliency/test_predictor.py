from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

import semcs
from semcs.errors import InputError
from semcs.models.interfaces import KeyExtractor
from semcs.saliency import SaliencyPredictor, saliency_mask
from semcs.saliency.affinity import mixed_affinity
from semcs.saliency.guided import resize
from semcs.saliency.stages import patch_grid


class ColorKeys(KeyExtractor):
    """A patch's mean colour about grey: a fixed filter bank."""

    name = "colours"
    patch_size = 16

    def __init__(self):
        super().__init__()
        self.seen: list[tuple[int, ...]] = []

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        self.seen.append(tuple(images.shape))
        return (F.avg_pool2d(images, self.patch_size) - 0.5).flatten(2).transpose(1, 2)


def scene(height: int = 150, width: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """A red and yellow object on noisy blue-green, and where it is."""
    y, x = np.mgrid[:height, :width]
    inside = np.hypot((y - 0.5 * height) / height, (x - 0.45 * width) / width) < 0.3
    warm = np.where((x < 0.45 * width)[..., None], (0.9, 0.2, 0.1), (0.9, 0.6, 0.1))
    cool = np.array((0.1, 0.4, 0.5))
    noise = np.random.default_rng(0).normal(0, 0.04, (height, width, 3))
    image = np.clip(np.where(inside[..., None], warm, cool) + noise, 0, 1)
    return (255 * image).round().astype(np.uint8), inside


def iou(a: np.ndarray, b: np.ndarray) -> float:
    return (a & b).sum() / (a | b).sum()


@pytest.fixture
def predictor() -> SaliencyPredictor:
    predictor = SaliencyPredictor(ColorKeys())
    predictor.set_image(scene()[0])
    return predictor


def test_the_object_is_found(predictor: SaliencyPredictor):
    mask = predictor.predict()
    assert mask.dtype == np.float32
    assert mask.shape == (150, 200)
    assert mask.min() >= 0
    assert mask.max() <= 1
    assert iou(mask > 0.5, scene()[1]) > 0.95


def test_hard_masks_are_bool(predictor: SaliencyPredictor):
    mask = predictor.predict(soft=False)
    assert mask.dtype == np.bool_
    np.testing.assert_array_equal(mask, predictor.predict() > 0.5)


def test_eigenvectors_are_those_of_the_grid(predictor: SaliencyPredictor):
    h, w = predictor.grid
    y = predictor.eigenvectors
    assert y.shape == (h * w, 2)
    np.testing.assert_allclose(y[:, 0], y[0, 0], rtol=1e-9)
    object_on_grid = resize(scene()[1], h, w).ravel() > 0.5
    assert abs(np.corrcoef(y[:, 1], object_on_grid)[0, 1]) > 0.95


def test_options_reach_their_steps(predictor: SaliencyPredictor):
    default = predictor.predict()
    assert not np.array_equal(predictor.predict(refine="none"), default)
    soft = [predictor.predict(threshold=rule, refine="guided") for rule in ("otsu", "mean")]
    assert not np.array_equal(*soft)
    for option in ("refine", "rule", "threshold"):
        with pytest.raises(InputError, match="'nonsense'"):
            predictor.predict(**{option: "nonsense"})


@pytest.mark.parametrize(
    ("shape", "size", "seen"),
    [
        ((150, 200), 480, (352, 480)),  # 360 is rounded to whole patches, not cropped
        ((1000, 500), 160, (160, 80)),
        ((20, 400), 320, (16, 320)),
        ((4, 900), 320, (16, 320)),  # a side is at least one patch
    ],
)
def test_the_extractor_sees_the_whole_image_in_whole_patches(shape, size: int, seen):
    extractor = ColorKeys()
    predictor = SaliencyPredictor(extractor, size=size)
    predictor.set_image(resize(scene()[0] / 255, *shape))
    assert extractor.seen == [(1, 3, *seen)]
    assert predictor.grid == (seen[0] // 16, seen[1] // 16)
    assert predictor.predict().shape == shape


def test_patch_grids_of_a_single_patch_are_refused():
    with pytest.raises(InputError, match="size 16"):
        patch_grid(50, 50, size=16, patch=16)


@pytest.mark.parametrize("soft", [True, False])
@pytest.mark.parametrize("refine", ["guided", "matting"])
def test_regions_cover_the_picture(predictor: SaliencyPredictor, soft: bool, refine: str):
    regions = predictor.predict(k=3, soft=soft, refine=refine)
    assert regions.shape == (3, 150, 200)
    assert regions.dtype == (np.float32 if soft else np.bool_)
    np.testing.assert_allclose(regions.sum(axis=0), 1, atol=1e-5)
    image, inside = scene()
    left = inside & (image[..., 1] < 0.4 * 255)
    assert iou(regions[0] > 0.5, ~inside) > 0.95
    assert max(iou(regions[i] > 0.5, left) for i in (1, 2)) > 0.85


def test_own_features_replace_the_extractor():
    image, inside = scene()
    predictor = SaliencyPredictor()
    features = resize(image / 255, 15, 20) - 0.5
    predictor.set_features(features, image / 255)
    assert predictor.grid == (15, 20)
    assert iou(predictor.predict(soft=False), inside) > 0.9


def test_own_affinity_is_used_as_it_is():
    image, inside = scene()
    small = resize(image / 255, 15, 20)
    affinity = mixed_affinity(small.reshape(-1, 3) - 0.5, small)
    given, made = SaliencyPredictor(), SaliencyPredictor()
    given.set_affinity(affinity.toarray(), (15, 20), image / 255)
    made.set_features(small - 0.5, image / 255)
    np.testing.assert_allclose(given.predict(), made.predict(), atol=1e-3)
    assert iou(given.predict(soft=False), inside) > 0.9


def test_own_mask_is_refined(predictor: SaliencyPredictor):
    right = ~scene()[1]
    coarse = (resize(right, 15, 20) > 0.5).astype(np.float32)
    assert iou(predictor.predict(mask=coarse, soft=False), right) > 0.97
    with pytest.raises(InputError, match="k = 2"):
        predictor.predict(k=2, mask=coarse)


def test_a_second_image_leaves_nothing_of_the_first(predictor: SaliencyPredictor):
    predictor.predict(k=3)
    other = scene(90, 70)[0][:, ::-1]
    predictor.set_image(other)
    fresh = SaliencyPredictor(ColorKeys())
    fresh.set_image(other)
    np.testing.assert_array_equal(predictor.predict(), fresh.predict())


def test_the_laplacian_and_colour_weight_are_options():
    image = scene()[0]
    vectors = []
    for options in ({}, {"normalized": False}, {"color_weight": 0}):
        predictor = SaliencyPredictor(ColorKeys(), **options)
        predictor.set_image(image)
        vectors.append(predictor.eigenvectors[:, 1])
    assert not np.allclose(vectors[0], vectors[1])
    assert not np.allclose(vectors[0], vectors[2])


@pytest.mark.parametrize("refine", ["none", "guided", "edge", "bilateral", "matting"])
@pytest.mark.parametrize("k", [1, 2])
def test_a_constant_picture_gives_a_finite_mask(k: int, refine: str):
    predictor = SaliencyPredictor(ColorKeys(), size=160)
    predictor.set_image(np.full((40, 60, 3), 77, np.uint8))
    mask = predictor.predict(k=k, refine=refine)
    assert np.isfinite(mask).all()
    assert mask.min() >= 0
    assert mask.max() <= 1
    assert k == 2 or (mask == 0.5).all()


def test_predicting_needs_an_image_and_a_sensible_k(predictor: SaliencyPredictor):
    for use in (lambda p: p.predict(), lambda p: p.eigenvectors, lambda p: p.grid):
        with pytest.raises(InputError, match="set_image"):
            use(SaliencyPredictor())
    with pytest.raises(InputError, match="k must be at least 1, not 0"):
        predictor.predict(k=0)


def test_bad_features_affinities_and_images_are_named():
    predictor, image = SaliencyPredictor(), np.zeros((8, 8, 3))
    with pytest.raises(InputError, match=r"\(h, w, C\)"):
        predictor.set_features(np.ones((4, 4)), image)
    with pytest.raises(InputError, match=r"\(H, W, 3\)"):
        predictor.set_features(np.ones((4, 4, 2)), image[..., 0])
    with pytest.raises(InputError, match=r"\[0, 1\]"):
        predictor.set_features(np.ones((4, 4, 2)), image + 255)
    with pytest.raises(InputError, match="doesn't fill"):
        predictor.set_affinity(np.ones((9, 9)), (2, 4), image)


def test_an_extractor_of_another_grid_is_refused():
    class Cropped(ColorKeys):
        def forward(self, images: torch.Tensor) -> torch.Tensor:
            return super().forward(images)[:, 1:]

    with pytest.raises(InputError, match="extractor"):
        SaliencyPredictor(Cropped()).set_image(scene()[0])


def test_same_kind_of_picture_comes_back(tmp_path):
    image, inside = scene()
    pil = Image.fromarray(image)
    path = tmp_path / "photo.png"
    pil.save(path)
    encoded = io.BytesIO()
    pil.save(encoded, "PNG")
    for source in (pil, path, str(path), encoded.getvalue()):
        mask = saliency_mask(source, ColorKeys())
        assert mask.mode == "L"
        assert mask.size == (200, 150)
        assert iou(np.asarray(mask) > 127, inside) > 0.9
    hard = saliency_mask(pil, ColorKeys(), soft=False)
    assert hard.mode == "L"
    assert set(np.unique(hard)) == {0, 255}

    array = saliency_mask(image, ColorKeys())
    assert array.dtype == np.float32
    assert array.shape == (150, 200)
    assert saliency_mask(image, ColorKeys(), soft=False).dtype == np.bool_

    tensor = torch.from_numpy(image / 255).permute(2, 0, 1).float()
    one = saliency_mask(tensor, ColorKeys())
    assert one.shape == (1, 150, 200)
    assert one.dtype == torch.float32
    np.testing.assert_allclose(one[0].numpy(), array, atol=1e-4)
    flipped = torch.stack([tensor, tensor.flip(2)])
    batch = saliency_mask(flipped, ColorKeys())
    assert batch.shape == (2, 1, 150, 200)
    torch.testing.assert_close(batch[0], one)
    assert iou(batch[1, 0].numpy() > 0.5, inside[:, ::-1]) > 0.9
    assert saliency_mask(flipped[:1], ColorKeys(), soft=False).shape == (1, 1, 150, 200)
    assert saliency_mask(tensor, ColorKeys(), soft=False).dtype == torch.bool


def test_saliency_mask_is_the_predictors():
    image = scene()[0]
    assert semcs.saliency_mask is saliency_mask
    predictor = SaliencyPredictor(ColorKeys(), color_weight=2, size=320)
    predictor.set_image(image)
    options = {"refine": "bilateral", "rule": "border", "threshold": "zero"}
    np.testing.assert_array_equal(
        saliency_mask(image, ColorKeys(), color_weight=2, size=320, **options),
        predictor.predict(**options),
    )


def test_the_numeric_parts_load_numpy_and_scipy_alone():
    heavy = ("torch", "cv2", "pymatting", "numba", "sklearn", "PIL", "semcs.style", "semcs.models")
    parts = "affinity spectral foreground guided bilateral refine segments predictor mask"
    code = (
        "import sys, importlib, semcs.saliency\n"
        f"for part in {parts.split()}: importlib.import_module('semcs.saliency.' + part)\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
