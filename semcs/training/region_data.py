"""The region network's pictures: gathered from the training folder, packed, and decoded.

| pool | pictures | labels |
|---|---|---|
| `camvid` | street scenes of CamVid, without those of its val.txt | a class for each pixel |
| `labelled` | photos of `region_labels.json` | the words of their segments |
| `held` | every ninth of them, which no training sees | the same |
| `cutout` | people with alpha | the same, and that they are people |
| `plain` | other photos | none |
| `texture` | materials, with which made shapes are filled | none |
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor

from semcs.bars import Bar
from semcs.models.loading import load_key_extractor
from semcs.models.region_words import KINDS
from semcs.training import region_labels, region_segments
from semcs.training.data import read_manifest, read_rgb
from semcs.training.files import fingerprint, written_whole
from semcs.training.region_kinds import CARS, FENCE, FRONT, LEAVES, PEOPLE, PERSON, RIDER, UNKNOWN
from semcs.training.region_labels import CUTOUTS, LABELS, held_out_paths, read_labels
from semcs.training.region_pictures import Canvases

CAMVID = "scenes/camvid"
CAMVID_LABELS = (
    *(KINDS.index("sky"), FRONT, KINDS.index("other"), KINDS.index("road")),
    *(KINDS.index("pavement"), LEAVES, KINDS.index("other"), FENCE, CARS, PERSON, RIDER),
)
"""What its classes say, in their order; class 11 and all beyond are unknown."""
UNLABELLED = (  # pool, folder, how many, their longest side
    ("texture", "textures/ambientcg", 160, 128),
    ("texture", "textures/dtd", 80, 200),
    ("plain", "photos/subjects", 110, 384),
    ("plain", "photos/imagenet_sample", 807, 288),
)
TRAINED = ("camvid", "labelled", "cutout", "plain")  # pools; textures are for fillings
CANVAS = 448
CUTOUT_SIDE = 440
TILE = 128
QUALITY = 80  # of packed pictures
CAMVID_EXACT = 0.5  # how exact its outlines are; those of segments aren't
IN_CUTOUT, BESIDE_CUTOUT = 230, 20  # alpha, of 255

Bytes = NDArray[np.uint8]
Pack = dict[str, list["Packed"]]


class Picture(NamedTuple):
    """A picture and what is known of it.

    Attributes:
        rgb: (H, W, 3).
        labels: (H, W), of `semcs.training.region_kinds`; None without any.
        alpha: (H, W), of a cut-out; None if it is none.
    """

    rgb: Bytes
    labels: Bytes | None = None
    alpha: Bytes | None = None


class Packed(NamedTuple):
    """A picture as the bytes of files, 1-d: WebP, PNG and PNG, the latter empty without any."""

    rgb: Tensor
    labels: Tensor
    alpha: Tensor

    @classmethod
    def of(cls, picture: Picture) -> Packed:
        """Encode a picture; its colours change a little."""
        quality = [cv2.IMWRITE_WEBP_QUALITY, QUALITY]
        rgb = cv2.imencode(".webp", picture.rgb[..., ::-1], quality)[1]
        return cls(torch.from_numpy(rgb), *(_png(plane) for plane in picture[1:]))

    def picture(self) -> Picture:
        """Decode it."""
        rgb = cv2.imdecode(self.rgb.numpy(), cv2.IMREAD_COLOR_RGB)
        planes = (
            cv2.imdecode(plane.numpy(), cv2.IMREAD_GRAYSCALE) if len(plane) else None
            for plane in self[1:]
        )
        return Picture(np.asarray(rgb, np.uint8), *planes)


def load_pack(data: Path, cache: Path) -> Pack:
    """All pictures by pool, from the folder `cache` if they are there, else from `data`.

    Packing cuts every labelled photo into segments anew; photos whose segments aren't those that
    were labelled are left out, and their number is printed.
    """
    sources = (Path(m.__file__ or "") for m in (region_labels, region_segments))
    file = cache / f"regions-{fingerprint((LABELS, Path(__file__), *sources))}.pt"
    if not file.is_file():
        pools: dict[str, list[tuple[Tensor, ...]]] = {}
        for pool, picture in Bar(gathered(data), desc="packing", unit="picture"):
            pools.setdefault(pool, []).append(tuple(Packed.of(picture)))
        with written_whole(file) as partial:
            torch.save(pools, partial)
    pools = torch.load(file, weights_only=True)
    return {pool: [Packed(*each) for each in pictures] for pool, pictures in pools.items()}


def gathered(data: Path) -> Iterator[tuple[str, Picture]]:
    """Every picture of the training folder that is used, with its pool."""
    for picture in street_scenes(data):
        yield "camvid", picture
    yield from labelled_photos(data)
    yield from unlabelled_pictures(data)


def street_scenes(data: Path) -> Iterator[Picture]:
    """CamVid's frames to train on."""
    kept_out = set((data / CAMVID / "val.txt").read_text().split())
    labels = np.full(256, UNKNOWN, np.uint8)
    labels[: len(CAMVID_LABELS)] = CAMVID_LABELS
    for file in sorted((data / CAMVID).glob("*.jpg")):
        if file.stem not in kept_out:
            yield Picture(read_rgb(file), labels[_read_plane(file.with_suffix(".png"))])


def labelled_photos(data: Path) -> Iterator[tuple[str, Picture]]:
    """Photos with the words of their segments, and cut-outs among them, with their pools."""
    all_words, vit, others = read_labels(), load_key_extractor(), 0
    kept_out = held_out_paths(all_words)
    for path, words in all_words.items():
        photo = region_segments.photo_to_cut(data / path)
        segments = region_segments.cut(photo, vit)
        if not words.fit(segments):
            others += 1
        elif path.startswith(CUTOUTS):
            yield "cutout", cutout_picture(data / path, words.pixel_labels(segments))
        else:
            pool = "held" if path in kept_out else "labelled"
            yield pool, Picture(photo, words.pixel_labels(segments))
    print(f"{others} of {len(all_words)} labelled photos left out: they have other segments here")


def cutout_picture(file: Path, labels: Bytes) -> Picture:
    """A person with alpha, and the labels (h, w) of the photo's segments brought to its size."""
    photo = _shrunk(read_rgb(file), CUTOUT_SIDE)
    size = photo.shape[1::-1]
    alpha = cv2.resize(_read_plane(file.with_suffix(".png")), size, interpolation=cv2.INTER_AREA)
    labels = np.asarray(cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    return Picture(photo, labels_by_alpha(labels, alpha), alpha)


def labels_by_alpha(labels: Bytes, alpha: Bytes) -> Bytes:
    """Labels (H, W) of a person's photo, where they and its alpha don't contradict each other."""
    of_people = np.isin(labels, PEOPLE)
    inside, beside = alpha > IN_CUTOUT, alpha < BESIDE_CUTOUT
    labels = np.where(inside & ~of_people, PERSON, labels)
    outline = ~inside & ~beside
    return np.where((beside & of_people) | outline, UNKNOWN, labels).astype(np.uint8)


def unlabelled_pictures(data: Path) -> Iterator[tuple[str, Picture]]:
    """Some pictures of `UNLABELLED`, the same each time, with their pools."""
    labelled = {data / path for path in read_labels()}
    rng = np.random.default_rng(0)
    for pool, folder, count, side in UNLABELLED:
        items = [item for item in read_manifest(data, (folder,)) if item.path not in labelled]
        for index in rng.permutation(len(items))[:count]:
            yield pool, Picture(_shrunk(read_rgb(items[index].path), side))


def load_pools(pack: Pack, device: str) -> tuple[dict[str, Canvases], Tensor]:
    """Canvases on a device for each pool to train on, and the textures (T, 3, 128, 128)."""
    pools = {}
    with ThreadPoolExecutor() as threads:
        for pool in TRAINED:
            pictures = threads.map(Packed.picture, pack[pool])
            exact = CAMVID_EXACT if pool == "camvid" else 0.0
            pools[pool] = on_canvases(list(pictures), exact, device)
    tiles = [cv2.resize(packed.picture().rgb, (TILE, TILE)) for packed in pack["texture"]]
    return pools, torch.from_numpy(np.stack(tiles)).permute(0, 3, 1, 2).to(device)


def on_canvases(pictures: list[Picture], exact: float, device: str) -> Canvases:
    """Pictures at the top left of canvases; what is too large is cut off."""
    count, sizes = len(pictures), np.zeros((len(pictures), 2), np.int64)
    rgb = np.zeros((count, CANVAS, CANVAS, 3), np.uint8)
    labels = np.full((count, CANVAS, CANVAS), UNKNOWN, np.uint8)
    parts, alpha = np.zeros(labels.shape, np.int16), np.zeros_like(labels)
    for index, picture in enumerate(pictures):
        h, w = sizes[index] = np.minimum(picture.rgb.shape[:2], CANVAS)
        rgb[index, :h, :w] = picture.rgb[:h, :w]
        if picture.labels is not None:
            labels[index, :h, :w] = picture.labels[:h, :w]
            parts[index] = connected_parts(labels[index])
        if picture.alpha is not None:
            alpha[index, :h, :w] = picture.alpha[:h, :w]
    return Canvases(
        rgb=torch.from_numpy(rgb).to(device).permute(0, 3, 1, 2),
        labels=torch.from_numpy(labels).to(device)[:, None],
        parts=torch.from_numpy(parts).to(device)[:, None],
        alpha=torch.from_numpy(alpha).to(device)[:, None],
        sizes=torch.from_numpy(sizes).to(device),
        exact=torch.full((count,), exact, device=device),
    )


def connected_parts(labels: Bytes) -> NDArray[np.int16]:
    """Connected parts (H, W) of one label, numbered from 1; 0 where it is unknown.

    A person's face, hair and clothes are one part.
    """
    parts, count = np.zeros(labels.shape, np.int16), 0
    joined = np.where(np.isin(labels, PEOPLE), PERSON, labels)
    for label in np.setdiff1d(joined, UNKNOWN):
        found, new = ndimage.label(joined == label)
        parts[found > 0] = found[found > 0] + count
        count += new
    return parts


def _shrunk(image: Bytes, side: int) -> Bytes:
    """An image whose longest side is at most `side`."""
    scale = side / max(image.shape[:2])
    if scale >= 1:
        return image
    size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _read_plane(file: Path) -> Bytes:
    return read_rgb(file)[..., 0]


def _png(plane: Bytes | None) -> Tensor:
    if plane is None:
        return torch.empty(0, dtype=torch.uint8)
    return torch.from_numpy(cv2.imencode(".png", plane)[1])
