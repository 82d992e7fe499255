"""Cut photos into numbered segments, and draw sheets of them for whoever says what they show.

    python -m semcs.training.region_segments --data DIR --out DIR [--photos FILE]

Reads the photos of --data whose paths FILE lists, one a line; without it, those that are labelled.
Writes sheets of six photos to region_sheets/ in --out, and region_labels.json with "-" for every
segment, to be filled in and joined to that of this folder. A photo takes half a second.

Superpixels of a photo (SLIC) are joined to 14 segments by Ward's clustering of neighbours that are
alike in colour, in what the bundled ViT sees, and in place. The same photo gives the same segments.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from sklearn.cluster import AgglomerativeClustering

from semcs.bars import Bar
from semcs.models.interfaces import KeyExtractor
from semcs.models.loading import load_key_extractor
from semcs.training.arguments import plain_parser
from semcs.training.data import read_rgb
from semcs.training.files import written_whole
from semcs.training.region_labels import (
    LABELS,
    MIXED,
    SegmentWords,
    read_labels,
    segment_sizes,
    write_labels,
)

SEGMENTS = 14
SIDE = 400  # of the photo that is cut, its longest
SEEN_SIDE = 480  # of what the ViT sees
SUPERPIXELS, COMPACTNESS = 320, 8
LAB_UNITS = (30, 15, 15)  # a difference of 1 in features
COMPONENTS = 8  # of the ViT's keys
ZOOM = 1.5  # of drawings
A_ROW, A_SHEET, CELL = 3, 6, (640, 620)  # drawings; height and width of one

Photo = NDArray[np.uint8]


def photo_to_cut(file: Path) -> Photo:
    """A photo (H, W, 3) whose longest side is `SIDE`."""
    photo = read_rgb(file)
    scale = SIDE / max(photo.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(photo, None, fx=scale, fy=scale, interpolation=method), np.uint8)


def cut(photo: Photo, vit: KeyExtractor) -> NDArray[np.uint8]:
    """The number (H, W) of each pixel's segment, from 0 to 13."""
    from skimage.segmentation import slic

    rgb = photo.astype(np.float32) / np.float32(255)
    superpixels = slic(rgb, n_segments=SUPERPIXELS, compactness=COMPACTNESS, start_label=0)
    clusters = AgglomerativeClustering(
        SEGMENTS, connectivity=neighbours(superpixels), linkage="ward"
    ).fit_predict(means(features(rgb, vit), superpixels))
    return clusters[superpixels].astype(np.uint8)


def features(rgb: NDArray[np.float32], vit: KeyExtractor) -> NDArray[np.float64]:
    """Colour, principal components of the ViT's keys, and place of pixels: (H, W, 13)."""
    height, width = rgb.shape[:2]
    keys = cv2.resize(components(rgb, vit), (width, height))
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB) / np.array(LAB_UNITS, np.float32)
    rows, columns = np.mgrid[:height, :width] / max(height, width)
    return np.dstack([lab, keys, rows, columns])


def components(rgb: NDArray[np.float32], vit: KeyExtractor) -> NDArray[np.float32]:
    """Principal components (h, w, 8) of the ViT's keys; the first one has a deviation of 1."""
    patch = vit.patch_size
    h, w = (max(1, round(n * (SEEN_SIDE / max(rgb.shape[:2]) / patch))) for n in rgb.shape[:2])
    shrinks = h * w * patch**2 < rgb.shape[0] * rgb.shape[1]
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    seen = cv2.resize(rgb, (w * patch, h * patch), interpolation=method)
    with torch.no_grad():
        keys = vit(torch.from_numpy(seen).permute(2, 0, 1)[None])[0].numpy()
    u, strengths, _ = np.linalg.svd(keys - keys.mean(0), full_matrices=False)
    found = u[:, :COMPONENTS] * strengths[:COMPONENTS]
    found /= found[:, 0].std() + 1e-6
    return found.reshape(h, w, -1).astype(np.float32)


def means(values: NDArray[np.float64], superpixels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean of (H, W, C) values over each superpixel: (N, C)."""
    flat = superpixels.ravel()
    sums = [np.bincount(flat, plane.ravel()) for plane in np.moveaxis(values, -1, 0)]
    return np.stack(sums, 1) / np.bincount(flat)[:, None]


def neighbours(superpixels: NDArray[np.int64]) -> coo_matrix:
    """Which superpixels touch, side by side or one above the other: (N, N)."""
    across = np.stack([superpixels[:, 1:].ravel(), superpixels[:, :-1].ravel()])
    down = np.stack([superpixels[1:].ravel(), superpixels[:-1].ravel()])
    pairs = np.concatenate([across, down], 1)
    first, second = pairs[:, pairs[0] != pairs[1]]
    count = superpixels.max() + 1
    touching = coo_matrix((np.ones(len(first)), (first, second)), shape=(count, count))
    return touching + touching.T


def drawn(photo: Photo, segments: NDArray[np.uint8]) -> Photo:
    """A photo with its segments' outlines, and their numbers well inside of their largest parts."""
    picture = cv2.resize(photo, None, fx=ZOOM, fy=ZOOM, interpolation=cv2.INTER_CUBIC)
    large = cv2.resize(segments, picture.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    picture[_outlines(large)] = (255, 0, 255)
    for number in np.unique(large):
        x, y = _deepest(large == number)
        for colour, width in (((0, 0, 0), 4), ((255, 255, 0), 1)):
            _write(picture, str(number), (x - 8, y + 6), colour, width)
    return np.asarray(picture, np.uint8)


def sheet(pictures: Sequence[Photo], titles: Sequence[str]) -> Photo:
    """Up to six drawings with their titles, white where there is none."""
    page = np.full((A_SHEET // A_ROW * CELL[0], A_ROW * CELL[1], 3), 255, np.uint8)
    for index, (picture, title) in enumerate(zip(pictures, titles)):
        top, left = index // A_ROW * CELL[0], index % A_ROW * CELL[1]
        page[top + 28 :, left + 8 :][: picture.shape[0], : picture.shape[1]] = picture
        _write(page, title, (left + 8, top + 20), (0, 0, 0), 1)
    return page


def _outlines(segments: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """True for pixels (H, W) whose right or lower neighbour is of another segment."""
    padded = np.pad(segments, ((0, 1), (0, 1)), mode="edge")
    return (padded[:-1, 1:] != segments) | (padded[1:, :-1] != segments)


def _deepest(where: NDArray[np.bool_]) -> tuple[int, int]:
    """The pixel, as x and y, that is farthest inside of the largest connected part."""
    _, parts, stats, _ = cv2.connectedComponentsWithStats(where.astype(np.uint8))
    largest = 1 + stats[1:, cv2.CC_STAT_AREA].argmax()
    inside = np.pad(parts == largest, 1).astype(np.uint8)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(depth.argmax(), depth.shape)
    return int(x), int(y)


def _write(
    picture: Photo, text: str, place: tuple[int, int], colour: tuple[int, int, int], width: int
) -> None:
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.55, colour, width, cv2.LINE_AA)


def paths_of(file: Path | None) -> list[str]:
    """The paths that a file lists, or those of the labelled photos."""
    return file.read_text().split() if file else list(read_labels(LABELS))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = plain_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the photos")
    parser.add_argument("--out", type=Path, required=True, help="where sheets go")
    parser.add_argument("--photos", type=Path, help="paths in --data; default: what is labelled")
    return parser.parse_args()


def main() -> None:
    """Cut and draw from the command line."""
    args = parse()
    vit, paths, empty = load_key_extractor(), paths_of(args.photos), {}
    for start in Bar(range(0, len(paths), A_SHEET), desc="drawing", unit="sheet"):
        chosen, pictures = paths[start : start + A_SHEET], []
        for path in chosen:
            photo = photo_to_cut(args.data / path)
            segments = cut(photo, vit)
            pictures.append(drawn(photo, segments))
            sizes = tuple(int(n) for n in segment_sizes(segments, SEGMENTS).round())
            empty[path] = SegmentWords((MIXED,) * SEGMENTS, sizes)
        page = sheet(pictures, chosen)
        with written_whole(args.out / "region_sheets" / f"{start // A_SHEET:03d}.png") as file:
            cv2.imwrite(str(file), page[..., ::-1])
    write_labels(empty, args.out / "region_labels.json")


if __name__ == "__main__":
    main()
