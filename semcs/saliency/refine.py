"""From a coarse mask on the patch grid to a mask on the image's pixels and edges."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError
from semcs.saliency.bilateral import bilateral_solve
from semcs.saliency.guided import guided_filter, resize
from semcs.saliency.outline import ROUNDS, Sight, draw_outline

Method = Literal["none", "guided", "edge", "bilateral", "matting"]
Array = npt.NDArray[np.floating[Any]]

# The bilateral solver and matting see the image with its longest side at most this; beyond it
# their result is brought to full size by the guided filter.
WORK_SIZE = 512
# Half width of the band that matting solves for, as a share of the longest side: about half a
# patch at 30 patches a side, which is how far the coarse edge may be off.
BAND = 0.015


def refine_mask(
    mask: Array,
    image: Array,
    method: Method = "edge",
    *,
    soft: bool = True,
    sight: Sight | None = None,
) -> npt.NDArray[np.float32] | npt.NDArray[np.bool_]:
    """Bring a coarse mask onto the image's pixels and edges.

        coarse, photo = np.random.rand(8, 8), np.asarray(image) / 255
        mask = semcs.saliency.refine_mask(coarse, photo, "guided")

    Args:
        mask: (h, w) in [0, 1], any size, covering the whole image; 0.5 is the edge.
        image: (H, W, 3) RGB in [0, 1].
        method: How:

            - "none": bilinear interpolation only;
            - "guided": guided filter with a colour guide; the quickest;
            - "edge": the outline of the thing that the mask means, by the bundled region network
              (`semcs.saliency.outline`), which also mends what the mask lacks or has too much;
            - "bilateral": fast bilateral solver, which also moves edges further off;
            - "matting": closed-form matting of a band around the edge; all else becomes 0 or 1.
        soft: Give float in [0, 1]; otherwise bool, cut at 0.5.
        sight: What a region model sees of the image (`semcs.saliency.outline.look`), for "edge",
            where that is known already.

    Returns:
        (H, W) float32 in [0, 1], or bool.

    Raises:
        InputError: If a shape, a value or the method can't be used, or if "matting" has no folder
            to be compiled into.
        ModelUnavailableError: If "edge" finds no bundled network.
    """
    if method not in get_args(Method):
        raise InputError(
            f"unknown refinement {method!r}; choose from {', '.join(get_args(Method))}"
        )
    if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise InputError(f"image must be (H, W, 3), not {image.shape}")
    if mask.ndim != 2 or 0 in mask.shape:
        raise InputError(f"mask must be (h, w), not {mask.shape}")
    if not (mask.min() >= 0 and mask.max() <= 1):
        raise InputError(f"mask must be in [0, 1], not [{mask.min():.4g}, {mask.max():.4g}]")

    height, width = image.shape[:2]
    if method == "none" or mask.min() == mask.max():  # without an edge there is none to move
        refined = resize(mask, height, width)
    elif method == "guided":
        refined = guided_filter(mask, image, work_size=WORK_SIZE)
    elif method == "edge":
        refined = draw_outline(mask, image, sight, rounds=ROUNDS)
    else:
        solve = _bilateral if method == "bilateral" else matte
        small = _bounded(image)
        refined = solve(resize(mask, *small.shape[:2]), small)
        if small.shape != image.shape:
            refined = guided_filter(refined, image, radius=0.01, epsilon=1e-5, work_size=WORK_SIZE)
    refined = np.clip(refined, 0, 1).astype(np.float32)
    return refined if soft else refined > 0.5


def trimap(mask: Array, band: float) -> npt.NDArray[np.float64]:
    """1 and 0 where the mask is over and under 0.5, and 0.5 within `band` pixels of that edge."""
    from scipy.ndimage import distance_transform_edt  # slow to import, and for matting alone

    inside = mask > 0.5
    depth = np.where(inside, distance_transform_edt(inside), distance_transform_edt(~inside))
    return np.where(depth <= band, 0.5, inside.astype(np.float64))


def matte(mask: Array, image: Array) -> npt.NDArray[np.float32]:
    """Solve the band around the mask's edge by closed-form matting.

    A side that is too thin to keep known pixels of its own would leave matting nothing to go by,
    and so would an image without a 3×3 window: such masks, and those without any edge, come back
    as they are.

    Args:
        mask: (H, W) in [0, 1].
        image: (H, W, 3) RGB in [0, 1].

    Returns:
        (H, W) float32 alpha.

    Raises:
        InputError: If there is no folder that pymatting could be compiled into.

    Source: Levin, Lischinski and Weiss, A Closed-Form Solution to Natural Image Matting (TPAMI
    2008), by pymatting.
    """
    known = trimap(mask, max(2.0, BAND * max(mask.shape)))
    if min(mask.shape) < 3 or not ((known == 0).any() and (known == 1).any()):
        return mask.astype(np.float32)
    matting = _import_pymatting()

    # pymatting's own preconditioner prints to stdout and reserves 4 GB. Starting from the mask
    # leaves less to solve, and a result that is never further off than it was.
    start = mask.astype(np.float64)[known == 0.5]
    alpha: npt.NDArray[np.floating[Any]] = matting.estimate_alpha_cf(
        np.clip(image, 0, 1).astype(np.float64),
        known,
        preconditioner=matting.jacobi,
        laplacian_kwargs={"epsilon": 1e-5},
        cg_kwargs={"rtol": 1e-3, "atol": 1e-6, "x0": start},
    )
    return alpha.astype(np.float32)


def _import_pymatting() -> Any:
    """pymatting, which is compiled when it is imported first, and kept in a folder."""
    try:
        import pymatting
    except (RuntimeError, OSError) as error:  # numba's, where it finds no folder, or a full one
        reason = str(error).splitlines()[0]
        raise InputError(
            "refinement 'matting' needs a folder to compile pymatting into: set NUMBA_CACHE_DIR to "
            f"one that can be written, or choose 'edge' ({reason})"
        ) from error
    return pymatting


def _bilateral(mask: Array, image: Array) -> npt.NDArray[np.floating[Any]]:
    return bilateral_solve(mask, image)


def _bounded(image: Array) -> Array:
    """The image, reduced where its longest side is over `WORK_SIZE`."""
    height, width = image.shape[:2]
    scale = WORK_SIZE / max(height, width)
    if scale >= 1:
        return image
    return resize(image, max(1, round(height * scale)), max(1, round(width * scale)))
