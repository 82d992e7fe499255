"""`RegionFinder` with the interface of segment-anything's `SamPredictor`."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError, check_choice, check_switch, shown
from semcs.finding.finder import RegionFinder
from semcs.interop.formats import from_opencv

Array = npt.NDArray[Any]
Plane = npt.NDArray[np.float32]

LOW = 256  # pixels a side of low-resolution masks

# The shares over which pixels belong to one of several masks: what surely does, what probably
# does, and what may.
LEVELS = (0.75, 0.5, 0.25)

_LEAST = 1e-6  # of a share, so that logits are finite


class SamPredictor:
    """Finds masks by points and boxes: in the place of segment-anything's predictor.

        predictor = semcs.interop.SamPredictor()
        predictor.set_image(image)                      # (H, W, 3) uint8
        masks, scores, low = predictor.predict(np.array([[320, 240]]), np.array([1]))

    Where that one offers three masks for what may be meant, these are how far the region reaches:
    what surely belongs to it, what probably does, and what may.
    """

    def __init__(self, finder: RegionFinder | None = None) -> None:
        """Choose what finds the regions.

        Args:
            finder: With the models of your choice; by default `RegionFinder()`.
        """
        self.finder = RegionFinder() if finder is None else finder
        self.original_size = (0, 0)
        self.is_image_set = False

    def set_image(self, image: Array, image_format: str = "RGB") -> None:
        """Take a picture.

        Args:
            image: (H, W, 3) uint8.
            image_format: "RGB" or "BGR".

        Raises:
            InputError: The picture or the format can't be used.
        """
        check_choice("image_format", image_format, ("RGB", "BGR"))
        shape = getattr(image, "shape", None)
        if shape is None or len(shape) != 3 or shape[2] != 3 or image.dtype != np.uint8:
            raise InputError(f"image is {shown(image)}: an array (H, W, 3) of uint8 is allowed")
        self.finder.set_image(from_opencv(image) if image_format == "BGR" else image)
        self.original_size = (int(shape[0]), int(shape[1]))
        self.is_image_set = True

    def reset_image(self) -> None:
        """Forget the picture."""
        self.original_size, self.is_image_set = (0, 0), False

    def predict(
        self,
        point_coords: Array | None = None,
        point_labels: Array | None = None,
        box: Array | None = None,
        mask_input: Array | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[Array, Plane, Plane]:
        """Find the region that is pointed at.

        Args:
            point_coords: (N, 2), x and y in pixels.
            point_labels: (N,), 1 for a point on the region, 0 for one beside it.
            box: (4,), x0, y0, x1, y1 in pixels.
            mask_input: (1, 256, 256) logits of an earlier call.
            multimask_output: Give three masks, by how far the region reaches; else one.
            return_logits: Give logits, over 0 inside, in place of hard masks.

        Returns:
            (C, H, W) bool masks, or float32 logits; (C,) the IoU that each mask has with the soft
            one; (C, 256, 256) logits, the longest side of the picture 256 pixels, from the top
            left.

        Raises:
            InputError: No picture was set, or something can't be used.
        """
        if not self.is_image_set:
            raise InputError("no image yet: call set_image first")
        check_switch("multimask_output", multimask_output)
        check_switch("return_logits", return_logits)
        clicks, not_clicks = _points(point_coords, point_labels)
        hint = None if mask_input is None else self._from_low(mask_input)
        soft = self.finder.find_mask(
            click=clicks if len(clicks) else None,
            not_click=not_clicks if len(not_clicks) else None,
            box=None if box is None else np.asarray(box, float).reshape(-1),
            hint=hint,
        )
        levels = LEVELS if multimask_output else (0.5,)
        low = self._to_low(soft)
        logits = np.stack([_logit(soft) - _logit(np.float32(level)) for level in levels])
        scores = np.array([_likely_iou(soft, soft > level) for level in levels], np.float32)
        small = np.stack([low - _logit(np.float32(level)) for level in levels])
        return (logits if return_logits else logits > 0), scores, small

    def _low_size(self) -> tuple[int, int]:
        height, width = self.original_size
        scale = LOW / max(height, width)
        return max(1, round(height * scale)), max(1, round(width * scale))

    def _to_low(self, soft: Plane) -> Plane:
        """Logits (256, 256) of a mask; below or beside the picture, surely not selected."""
        import cv2

        height, width = self._low_size()
        logits = np.full((LOW, LOW), _logit(np.float32(0)), np.float32)
        small = cv2.resize(soft, (width, height), interpolation=cv2.INTER_AREA)
        logits[:height, :width] = _logit(small)
        return logits

    def _from_low(self, logits: Array) -> Plane:
        """The soft mask (H, W) of logits (1, 256, 256)."""
        import cv2

        given = np.asarray(logits, np.float32)
        if given.size != LOW * LOW or not np.isfinite(given).all():
            raise InputError(f"mask_input has shape {given.shape}: (1, 256, 256) is needed, finite")
        height, width = self._low_size()
        rows, columns = self.original_size
        small = 1 / (1 + np.exp(-given.reshape(LOW, LOW)[:height, :width].clip(-30, 30)))
        return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_LINEAR))


def _points(coords: Array | None, labels: Array | None) -> tuple[Array, Array]:
    """The points on the region, and those beside it, (N, 2) each."""
    if coords is None and labels is None:
        return np.empty((0, 2)), np.empty((0, 2))
    if coords is None or labels is None:
        raise InputError("point_coords and point_labels belong together: give both or none")
    points, kinds = np.asarray(coords, float), np.asarray(labels)
    if points.ndim != 2 or points.shape[1] != 2 or kinds.shape != (len(points),):
        raise InputError(
            f"point_coords and point_labels are {points.shape} and {kinds.shape}; "
            "(N, 2) and (N,) are needed"
        )
    if not np.isin(kinds, (0, 1)).all():
        raise InputError(f"point_labels are {shown(kinds.tolist())}: 0 and 1 are allowed")
    return points[kinds == 1], points[kinds == 0]


def _logit(share: Plane | np.float32) -> Plane:
    bounded = np.clip(share, _LEAST, 1 - _LEAST).astype(np.float64)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float32)


def _likely_iou(soft: Plane, hard: npt.NDArray[np.bool_]) -> float:
    """The IoU of a hard mask with the region, where a soft one says how likely each pixel is."""
    both, either = float(soft[hard].sum()), float(hard.sum() + soft[~hard].sum())
    return both / either if either else 0.0
