"""An image in once, masks out as often as wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError
from semcs.saliency.affinity import Affinity, as_affinity, mixed_affinity
from semcs.saliency.foreground import Rule, Threshold, choose_foreground
from semcs.saliency.guided import resize
from semcs.saliency.refine import Method, refine_mask
from semcs.saliency.segments import segment
from semcs.saliency.spectral import smallest_eigenvectors

if TYPE_CHECKING:
    from semcs.models.interfaces import KeyExtractor

FloatArray = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.float32] | npt.NDArray[np.bool_]

# The mask is fully on and off half-way from the cut to the mean of either side, so that what
# clearly belongs to a side doesn't come out half transparent. Against 145 true masks the mean
# error is 0.189 at contrast 1, 0.166 at 2 and 0.163 at 4, where edges are all but hard.
CONTRAST = 2.0


class SaliencyPredictor:
    """Finds what stands out in a picture by the eigenvectors of its patch graph.

        predictor = SaliencyPredictor()
        predictor.set_image("photo.jpg")
        mask = predictor.predict()                   # (H, W) float32, 1 = foreground
        regions = predictor.predict(k=4)             # (4, H, W), 0 is the background

    Nothing is shared between predictors; one of them serves one picture at a time.
    """

    def __init__(
        self,
        extractor: KeyExtractor | None = None,
        *,
        color_weight: float = 3.0,
        size: int = 480,
        normalized: bool = True,
    ) -> None:
        """Choose how patches are compared.

        Args:
            extractor: (1, 3, H, W) in [0, 1] to keys (1, N, C), with a `patch_size`; None loads
                the bundled ViT when it is first needed.
            color_weight: λ of W = W_feat + λ·W_knn.
            size: The longest side of the image that the extractor sees, in pixels; each side is
                rounded to whole patches, so the aspect may change a little but nothing is cut off.
            normalized: Cut by the normalised Laplacian.
        """
        self.extractor = extractor
        self.color_weight, self.size, self.normalized = color_weight, size, normalized
        self._image: FloatArray | None = None
        self._affinity: Affinity | None = None
        self._grid = (0, 0)
        self._eigenvectors: npt.NDArray[np.float64] | None = None

    def set_image(self, image: object) -> None:
        """Take a picture: anything that `semcs.image.load` reads.

        Raises:
            InputError: If it can't be read.
            ModelUnavailableError: If there is no extractor and the bundled one is missing.
        """
        from semcs.image import load

        rgb = load(image).rgb
        self.set_features(self.extract(rgb), rgb)

    def extract(self, rgb: FloatArray) -> FloatArray:
        """Features (h, w, C) of an (H, W, 3) image in [0, 1], resized to whole patches.

        Raises:
            InputError: If the extractor's keys don't fill the grid.
            ModelUnavailableError: If there is no extractor and the bundled one is missing.
        """
        import torch

        if self.extractor is None:
            from semcs.models.families import load_key_extractor

            self.extractor = load_key_extractor("bundled")
        patch = self.extractor.patch_size
        h, w = patch_grid(rgb.shape[0], rgb.shape[1], size=self.size, patch=patch)
        resized = torch.from_numpy(resize(rgb, h * patch, w * patch)).permute(2, 0, 1)[None]
        weight = next(self.extractor.parameters(), torch.empty(0))
        with torch.inference_mode():
            keys = self.extractor(resized.to(weight.device))
        if keys.ndim != 3 or keys.shape[:2] != (1, h * w):
            raise InputError(
                f"the extractor gave {tuple(keys.shape)} for a {h}×{w} grid, not (1, {h * w}, C)"
            )
        features: FloatArray = keys[0].float().cpu().numpy().reshape(h, w, -1)
        return features

    def set_features(self, features: FloatArray, image: FloatArray) -> None:
        """Take features of your own.

        Args:
            features: (h, w, C), one vector a patch, covering the whole image.
            image: (H, W, 3) RGB in [0, 1].

        Raises:
            InputError: If a shape or value can't be used.
        """
        if features.ndim != 3:
            raise InputError(f"features must be (h, w, C), not {features.shape}")
        h, w, channels = features.shape
        self._check_image(image)
        affinity = mixed_affinity(
            features.reshape(h * w, channels),
            resize(image, h, w),
            color_weight=self.color_weight,
        )
        self._set(affinity, (h, w), image)

    def set_affinity(
        self, affinity: Affinity | FloatArray | Any, grid: tuple[int, int], image: FloatArray
    ) -> None:
        """Take an affinity of your own; colours are not added to it.

        Args:
            affinity: `Affinity`, (n, n) array or scipy sparse matrix; symmetric, non-negative.
            grid: (h, w) of the patches, row-major, n = h·w.
            image: (H, W, 3) RGB in [0, 1].

        Raises:
            InputError: If a shape or value can't be used.
        """
        self._check_image(image)
        checked = as_affinity(affinity)
        if checked.n != grid[0] * grid[1]:
            raise InputError(f"an affinity of {checked.n} patches doesn't fill a grid of {grid}")
        self._set(checked, grid, image)

    @property
    def grid(self) -> tuple[int, int]:
        """(h, w) of the patches."""
        self._require_image()
        return self._grid

    @property
    def eigenvectors(self) -> npt.NDArray[np.float64]:
        """(n, k) so far computed, ascending by eigenvalue, y_0 constant; at least two."""
        return self._first_eigenvectors(2)

    def predict(
        self,
        k: int = 1,
        *,
        soft: bool = True,
        refine: Method = "edge",
        rule: Rule = "centre",
        threshold: Threshold = "otsu",
        mask: FloatArray | None = None,
    ) -> Mask:
        """Give the foreground, or k regions.

        Args:
            k: 1 for the foreground alone; more for as many regions that cover the picture.
            soft: Give float in [0, 1]; otherwise bool.
            refine: See `refine_mask`.
            rule: Which side is the foreground, for k = 1; see `choose_foreground`.
            threshold: Where the sides part, for k = 1; see `choose_foreground`.
            mask: A coarse mask of your own, (h, w) in [0, 1] of any size over the whole picture,
                to be refined in place of the spectral one; for k = 1.

        Returns:
            k = 1: (H, W) float32, 1 = foreground, or bool. A picture without any structure gives
            0.5 throughout, or False.
            k > 1: (k, H, W), 0 is the background; soft regions sum to one at every pixel, hard
            ones don't overlap.

        Raises:
            InputError: If no image was set, or an option can't be used.
        """
        image = self._require_image()
        if k < 1:
            raise InputError(f"k must be at least 1, not {k}")
        if k > 1:
            if mask is not None:
                raise InputError(f"a mask of your own is one region; it can't give k = {k}")
            return self._regions(k, soft=soft, refine=refine)
        if mask is None:
            fiedler = self._first_eigenvectors(2)[:, 1].reshape(self._grid)
            score = choose_foreground(fiedler, rule=rule, threshold=threshold)
            mask = np.clip(0.5 + CONTRAST * score / 2, 0, 1)
        return refine_mask(mask, image, refine, soft=soft)

    def _regions(self, k: int, *, soft: bool, refine: Method) -> Mask:
        image = self._require_image()
        labels = segment(self._first_eigenvectors(k), self._grid, k)
        shares = np.stack([_share(labels == label, image, refine) for label in range(k)])
        if soft:
            total: npt.NDArray[np.float32] = shares / shares.sum(axis=0)
            return total
        chosen: npt.NDArray[np.bool_] = shares.argmax(axis=0) == np.arange(k)[:, None, None]
        return chosen

    def _first_eigenvectors(self, k: int) -> npt.NDArray[np.float64]:
        self._require_image()
        assert self._affinity is not None
        if self._eigenvectors is None or self._eigenvectors.shape[1] < k:
            _, self._eigenvectors = smallest_eigenvectors(
                self._affinity, k, normalized=self.normalized
            )
        return self._eigenvectors

    def _set(self, affinity: Affinity, grid: tuple[int, int], image: FloatArray) -> None:
        self._affinity, self._grid, self._image = affinity, grid, image
        self._eigenvectors = None

    def _require_image(self) -> FloatArray:
        if self._image is None:
            raise InputError("no image yet: call set_image, set_features or set_affinity first")
        return self._image

    @staticmethod
    def _check_image(image: FloatArray) -> None:
        if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
            raise InputError(f"image must be (H, W, 3), not {image.shape}")
        if not (image.min() >= 0 and image.max() <= 1):
            raise InputError("image must hold RGB in [0, 1]")


def patch_grid(height: int, width: int, *, size: int, patch: int) -> tuple[int, int]:
    """Patches (h, w) of an image whose longest side is brought to about `size` pixels.

    Raises:
        InputError: If not even two patches fit.
    """
    scale = size / max(height, width) / patch
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    if h * w < 2:
        raise InputError(f"size {size} leaves a single patch of {patch} pixels; make it larger")
    return h, w


def _share(region: npt.NDArray[np.bool_], image: FloatArray, refine: Method) -> FloatArray:
    """A region's refined weight; a trace of the coarse one keeps the sum over regions above 0."""
    coarse = region.astype(np.float32)
    trace = 1e-6 * resize(coarse, image.shape[0], image.shape[1])
    share: FloatArray = refine_mask(coarse, image, refine) + trace
    return share
