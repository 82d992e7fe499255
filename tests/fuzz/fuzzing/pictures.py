"""Damaged picture files of every format that Pillow writes, and PIL images of every mode."""

from __future__ import annotations

import contextlib
import io
import tempfile
import warnings
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageCms

from fuzzing.mutations import damaged
from fuzzing.outcome import check_mask, check_picture
from semcs.image import encode, load, load_mask

WIDTH, HEIGHT = 24, 18
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "LAB", "I", "I;16", "F")
# Layouts that the plain call doesn't give.
VARIANTS = (
    ("JPEG", "RGB", {"progressive": True}),
    ("JPEG", "RGB", {"subsampling": 2, "quality": 30}),
    ("PNG", "P", {"transparency": 3}),
    ("PNG", "RGB", {"save_all": True, "frames": 3}),
    ("GIF", "P", {"save_all": True, "frames": 3}),
    ("WEBP", "RGBA", {"lossless": True}),
    ("WEBP", "RGB", {"save_all": True, "frames": 3}),
    ("TIFF", "RGB", {"save_all": True, "frames": 3}),
    *(
        ("TIFF", "RGB", {"compression": name})
        for name in ("tiff_lzw", "tiff_deflate", "packbits", "jpeg")
    ),
    ("TIFF", "1", {"compression": "group4"}),
    ("AVIF", "RGBA", {"quality": 60}),
)


def damaged_file(rng: Random) -> None:
    """Damage a file, sometimes only its metadata, and read it as a picture and as a mask."""
    files = samples()
    data = rng.choice(files)
    data = with_damaged_metadata(rng) if rng.random() < 0.15 else damaged(data, files, rng)
    with as_source(data, rng) as source:
        picture = load(source)
        check_picture(picture)
    if rng.random() < 0.3:
        encode(picture.restore(picture.rgb), format=rng.choice(("PNG", "JPEG", "TIFF", "WEBP")))


def damaged_mask(rng: Random) -> None:
    """Damage a file and read it as a mask."""
    size = rng.choice(((HEIGHT, WIDTH), (HEIGHT, WIDTH), (WIDTH, HEIGHT), (2, 2)))
    with as_source(damaged(rng.choice(samples()), samples(), rng), rng) as source:
        check_mask(load_mask(source, size), size)


def pil_image(rng: Random) -> None:
    """PIL images of any mode and size, and damaged files that the caller has opened."""
    image = opened(rng) if rng.random() < 0.5 else drawn(rng)
    picture = load(image)
    check_picture(picture)
    check_mask(load_mask(image, picture.size), picture.size)


@cache
def samples() -> list[bytes]:
    """One small file of every format and mode that Pillow writes, and variants of some."""
    Image.init()
    plain = [(name, mode, {}) for name in sorted(Image.SAVE) for mode in MODES]
    files = [written(*sample) for sample in (*plain, *VARIANTS)]
    return [data for data in files if data]


def written(name: str, mode: str, options: dict) -> bytes | None:
    """A small file; None where Pillow can't write it."""
    image, file = colourful(mode), io.BytesIO()
    options = dict(options)
    if frames := options.pop("frames", 0):
        options["append_images"] = [image.rotate(90 * turn) for turn in range(1, frames)]
    if mode == "RGB" and name in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "MPO"):
        options |= {"exif": full_exif(), "icc_profile": srgb(), "dpi": (72, 72)}
    # What Pillow can't write in a mode, and in which way it says so, differs from format to format.
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image.save(file, name, **options)
        return file.getvalue()
    return None


def colourful(mode: str) -> Image.Image:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    rgb = np.stack([x * 10, y * 14, (x * y) % 256], axis=2).astype(np.uint8)
    image = Image.fromarray(rgb)
    if mode == "LAB":
        return Image.merge("LAB", image.split())
    if mode in ("I", "I;16"):
        values = (x * 2000).astype(np.int32 if mode == "I" else np.uint16)
        return Image.fromarray(values)
    return image.convert(mode)


@cache
def full_exif() -> bytes:
    exif = Image.Exif()
    exif[274], exif[271], exif[306] = 6, "maker", "2026:01:02 03:04:05"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)
    exif.get_ifd(0x8769)[0x927C] = b"maker note" * 4
    return exif.tobytes()


@cache
def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_damaged_metadata(rng: Random) -> bytes:
    """A whole file whose EXIF or ICC profile is damaged."""
    exif, icc = full_exif(), srgb()
    if rng.random() < 0.5:
        exif = damaged(exif, [exif, icc], rng)
    else:
        icc = damaged(icc, [exif, icc], rng)
    for name in rng.sample(("JPEG", "PNG", "WEBP", "TIFF"), 4):
        file = io.BytesIO()
        with contextlib.suppress(Exception):
            colourful("RGB").save(file, name, exif=exif, icc_profile=icc)
            return file.getvalue()
    return samples()[0]


@contextlib.contextmanager
def as_source(data: bytes, rng: Random):
    """The bytes in one of the ways in which files are handed in."""
    kind = rng.choice(("bytes", "bytes", "bytearray", "memoryview", "file", "path"))
    if kind == "path":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"picture{rng.choice(('.jpg', '.png', '.svg', ''))}"
            path.write_bytes(data)
            yield path
    else:
        kinds = {"bytearray": bytearray, "memoryview": memoryview, "file": io.BytesIO}
        yield kinds.get(kind, bytes)(data)


def opened(rng: Random) -> Image.Image:
    """A damaged file that Pillow opens, or a whole one."""
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(damaged(rng.choice(samples()), samples(), rng)))
    return colourful("RGB")


def drawn(rng: Random) -> Image.Image:
    image = colourful(rng.choice(MODES))
    size = rng.choice(((1, 1), (1, 5), (2, 2), (3, 200), (WIDTH, HEIGHT)))
    image = image.crop((0, 0, *size))
    image.info.update(rng.choice(({}, {"icc_profile": b"no profile"}, {"transparency": 300})))
    image.info.update(rng.choice(({}, {"dpi": ("x", None)}, {"exif": b"Exif\0\0MM"}, {"exif": 3})))
    return image
