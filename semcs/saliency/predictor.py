"""An image in once, masks out as often as wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError, check_number, check_whole, shown
from semcs.saliency.affinity import Affinity, as_affinity
from semcs.saliency.evidence import sureness
from semcs.saliency.foreground import Rule, Threshold
from semcs.saliency.guided import check_rgb, resize
from semcs.saliency.outline import Sight, look, subjects
from semcs.saliency.refine import Method, refine_mask
from semcs.saliency.segments import segment
from semcs.saliency.spectral import smallest_eigenvectors
from semcs.saliency.stages import PatchGraph, coarse_mask, patch_features, patch_graph

if TYPE_CHECKING:
    import torch

    from semcs.image import Picture
    from semcs.models.families import ModelFamily
    from semcs.models.interfaces import KeyExtractor

FloatArray = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.float32] | npt.NDArray[np.bool_]

# For extractors of the caller's own; a model family has its own values.
SIZE, COLOR_WEIGHT = 480, 3.0
LARGEST_SIZE = 8192  # pixels: more patches than any solver here could take


class SaliencyPredictor:
    """Finds what stands out in a picture by the eigenvectors of its patch graph.

        predictor = semcs.SaliencyPredictor()
        predictor.set_image("photo.jpg")
        mask = predictor.predict()                   # (H, W) float32, 1 = foreground
        regions = predictor.predict(k=4)             # (4, H, W), 0 is the background

    Nothing is shared between predictors; one of them serves one picture at a time.
    """

    def __init__(
        self,
        extractor: KeyExtractor | None = None,
        *,
        models: str | ModelFamily = "auto",
        device: torch.device | str | None = None,
        color_weight: float | None = None,
        size: int | None = None,
        normalized: bool = True,
    ) -> None:
        """Choose how patches are compared; networks are loaded when they are first needed.

        Args:
            extractor: Network of your own, (1, 3, H, W) in [0, 1] to keys (1, N, C), with a
                `patch_size`; None takes that of `models`.
            models: "auto", "bundled", "paper" (see `semcs.load_family`), or a `ModelFamily`, as of
                `semcs.stylize`: the same models find the same mask.
            device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
            color_weight: λ of W = W_feat + λ·W_knn; the family's by default, 3 for an extractor.
            size: The longest side of the image that the extractor sees, in pixels; the family's by
                default, 480 for an extractor.
            normalized: Cut by the normalised Laplacian.
        """
        if extractor is not None and not hasattr(extractor, "patch_size"):
            raise InputError(f"extractor is {shown(extractor)}: a `KeyExtractor` is allowed")
        if color_weight is not None:
            color_weight = check_number("color_weight", color_weight)
        if size is not None:
            size = check_whole("size", size, least=16, most=LARGEST_SIZE)
        self.extractor, self.normalized = extractor, normalized
        self._models, self._device = models, device
        self._color_weight, self._size = color_weight, size
        self._image: FloatArray | None = None
        self._alpha: FloatArray | None = None
        self._graph: PatchGraph | None = None
        self._sight: Sight | None = None
        self._family: ModelFamily | None = None
        self._by_family = False
        self._eigenvectors: npt.NDArray[np.float64] | None = None

    def set_image(self, image: object) -> None:
        """Take a picture: anything that `semcs.image.load` reads.

        Pixels of alpha 0 count for nothing, and masks are 0 there.

        Raises:
            InputError: If it can't be read.
            ModelUnavailableError: If the models can't be had.
        """
        from semcs.image import load

        self.set_picture(load(image))

    def set_picture(self, picture: Picture) -> None:
        """Take a picture that is already read: see `set_image`."""
        from semcs.image import fill_hidden

        rgb = fill_hidden(picture.rgb, picture.alpha)
        extractor = self._load_extractor()
        self.set_features(patch_features(rgb, extractor, size=self.size), rgb)
        self._alpha, self._by_family = picture.alpha, self._family is not None

    @property
    def color_weight(self) -> float:
        """λ of W = W_feat + λ·W_knn."""
        return COLOR_WEIGHT if self._color_weight is None else self._color_weight

    @property
    def size(self) -> int:
        """The longest side of the image that the extractor sees, in pixels."""
        return SIZE if self._size is None else self._size

    def _load_extractor(self) -> KeyExtractor:
        """The caller's own, or the family's with its settings."""
        if self.extractor is not None:
            return self.extractor
        from semcs.models.families import as_family

        self._family = family = as_family(self._models, self._device)
        self.extractor = family.key_extractor
        if self._color_weight is None:
            self._color_weight = family.color_weight
        if self._size is None:
            self._size = family.saliency_size
        return self.extractor

    def set_features(self, features: FloatArray, image: FloatArray) -> None:
        """Take features of your own.

        Args:
            features: (h, w, C), one vector a patch, covering the whole image.
            image: (H, W, 3) RGB in [0, 1].

        Raises:
            InputError: If a shape or value can't be used.
        """
        check_rgb(image)
        self._set(patch_graph(features, image, color_weight=self.color_weight), image)

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
        check_rgb(image)
        checked = as_affinity(affinity)
        if checked.n != grid[0] * grid[1]:
            raise InputError(f"an affinity of {checked.n} patches doesn't fill a grid of {grid}")
        self._set(PatchGraph(checked, grid), image)

    @property
    def grid(self) -> tuple[int, int]:
        """(h, w) of the patches."""
        return self._require_graph().grid

    @property
    def eigenvectors(self) -> npt.NDArray[np.float64]:
        """(n, k) so far computed, ascending by eigenvalue, y_0 constant; at least two."""
        return self._first_eigenvectors(2)

    @property
    def sureness(self) -> float:
        """How sure the foreground is, from 0 to 1, as the mask's IoU is likely to be.

        0 where nothing stands out. It is that of the defaults of `predict`.
        """
        return sureness(self._fiedler, self._colours, self._known)

    @property
    def _fiedler(self) -> npt.NDArray[np.float64]:
        fiedler: npt.NDArray[np.float64] = self._first_eigenvectors(2)[:, 1].reshape(self.grid)
        return fiedler

    @property
    def _colours(self) -> FloatArray:
        """(h, w, 3), of the patches."""
        return resize(self._require_image(), *self.grid)

    def predict(
        self,
        k: int = 1,
        *,
        soft: bool = True,
        refine: Method = "edge",
        rule: Rule = "cues",
        threshold: Threshold = "otsu",
        invert: bool = False,
        mask: FloatArray | None = None,
    ) -> Mask:
        """Give the foreground, or k regions; says by the logger "semcs" if nothing stands out.

        Args:
            k: 1 for the foreground alone; more for as many regions that cover the picture.
            soft: Give float in [0, 1]; otherwise bool.
            refine: See `refine_mask`.
            rule: Which side is the foreground, for k = 1; see `choose_foreground`.
            threshold: Where the sides part, for k = 1; see `choose_foreground`.
            invert: Give the other side, for k = 1.
            mask: A coarse mask of your own, (h, w) in [0, 1] of any size over the whole picture,
                to be refined in place of the spectral one; for k = 1.

        Returns:
            k = 1: (H, W) float32, 1 = foreground, or bool. A picture in which nothing stands out
            gives 0.5 throughout, or False. 0, or False, where the picture's alpha is 0.
            k > 1: (k, H, W), 0 is the background, as is all of alpha 0; soft regions sum to one at
            every pixel, hard ones don't overlap.

        Raises:
            InputError: If no image was set, or an option can't be used.
        """
        from semcs.image import hide  # loads Pillow, which the numeric parts do without

        self._require_image()
        if k < 1:
            raise InputError(f"k must be at least 1, not {k}")
        if k > 1:
            if mask is not None:
                raise InputError(f"a mask of your own is one region; it can't give k = {k}")
            return self._regions(k, soft=soft, refine=refine)
        if mask is None:
            known = self._known if rule == "cues" else None
            mask = coarse_mask(
                self._fiedler, self._colours, rule=rule, threshold=threshold, known=known
            )
        refined = self._refined(mask, refine)
        refined = hide(1 - refined if invert else refined, self._alpha)
        return refined if soft else refined > 0.5

    def _regions(self, k: int, *, soft: bool, refine: Method) -> Mask:
        labels = segment(self._first_eigenvectors(k), self.grid, k)
        shares = np.stack([self._share(labels == label, refine) for label in range(k)])
        if self._alpha is not None:
            shares[:, self._alpha == 0] = np.eye(k, 1)
        if soft:
            return np.asarray(shares / shares.sum(axis=0), np.float32)
        chosen: npt.NDArray[np.bool_] = shares.argmax(axis=0) == np.arange(k)[:, None, None]
        return chosen

    def _share(self, region: npt.NDArray[np.bool_], refine: Method) -> FloatArray:
        """A region's refined weight; a trace of the coarse one keeps the sum over all above 0."""
        coarse = region.astype(np.float32)
        trace = 1e-6 * resize(coarse, *self._require_image().shape[:2])
        return self._refined(coarse, refine) + trace

    def _refined(self, mask: FloatArray, method: Method) -> npt.NDArray[np.float32]:
        """A coarse mask on the picture's edges; a region model looks at the picture once."""
        sight = self._look() if method == "edge" else None
        refined = refine_mask(mask, self._require_image(), method, sight=sight)
        return cast("npt.NDArray[np.float32]", refined)

    @property
    def _known(self) -> FloatArray | None:
        """People, animals or vehicles on the patch grid; not for features of the caller's own."""
        return subjects(self._look(), self.grid) if self._by_family else None

    def _look(self) -> Sight:
        """What a region model sees of the picture; looked at when that is first needed."""
        if self._sight is None:
            family = self._family
            self._sight = look(self._require_image(), family.regions if family else None)
        return self._sight

    def _first_eigenvectors(self, k: int) -> npt.NDArray[np.float64]:
        affinity = self._require_graph().affinity
        if self._eigenvectors is None or self._eigenvectors.shape[1] < k:
            _, self._eigenvectors = smallest_eigenvectors(affinity, k, normalized=self.normalized)
        return self._eigenvectors

    def _set(self, graph: PatchGraph, image: FloatArray) -> None:
        self._graph, self._image, self._alpha, self._eigenvectors = graph, image, None, None
        self._sight, self._by_family = None, False

    def _require_image(self) -> FloatArray:
        if self._image is None:
            raise InputError("no image yet: call set_image, set_features or set_affinity first")
        return self._image

    def _require_graph(self) -> PatchGraph:
        self._require_image()
        assert self._graph is not None
        return self._graph
