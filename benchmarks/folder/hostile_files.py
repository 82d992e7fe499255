"""Files that no folder should hold: no pictures, half ones, bombs, and names that bite.

Each is told to come to one of four ends: "refused" (reported, and nothing written), "right" (its
picture is whole, only its name or something beside the pixels is odd), "either" (whole or
reported: readers differ), "unread" (no regular file: never opened, or reported, but never waited
for).
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image

from benchmarks.folder.pictures import photo

End = Literal["refused", "right", "either", "unread"]
SIDE = 96
LONG_NAME = 255  # bytes, on all usual file systems


@dataclass(frozen=True)
class Hostile:
    """One file.

    Attributes:
        name: As bytes, for those that are no UTF-8.
        end: What has to come of it.
        content: The bytes, or what makes something else at a path.
    """

    name: bytes
    end: End
    content: bytes | Callable[[bytes], Any]

    def write(self, folder: Path) -> None:
        """Make it."""
        path = os.path.join(os.fsencode(folder), self.name)
        if callable(self.content):
            self.content(path)
        else:
            with open(path, "wb") as file:
                file.write(self.content)


def hostile_files() -> list[Hostile]:
    """All of them."""
    return [*_no_pictures(), *_cut(), *_sizes(), *_odd_inside(), *_no_files(), *_names()]


def whole(format: str, mode: str = "RGB", **options: Any) -> bytes:
    """A photo as a file of Pillow's."""
    image = Image.fromarray(photo(0, (SIDE, SIDE), np.random.default_rng(5))).convert(mode)
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of 8-bit grey that claims a size, with these chunks after the header."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"".join(_chunk(*one) for one in ((b"IHDR", header), *chunks, (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _rows(width: int, height: int) -> tuple[bytes, bytes]:
    return b"IDAT", zlib.compress(bytes((width + 1) * height))


def _no_pictures() -> list[Hostile]:
    """Other kinds of files, called pictures."""
    script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page = b"<!doctype html><img src=x onerror=alert(1)><script>location='//x'</script>"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escaped.txt", bytes(2**20))
    made = {
        b"empty.jpg": b"",
        b"text.jpg": b"this is no picture\n" * 50,
        b"page.png": page,
        b"script.webp": script,
        b"archive.png": zipped.getvalue(),
        b"postscript.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
        b"document.jpg": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript>>>>endobj\n%%EOF",
        b"program.png": b"\x7fELF\x02\x01\x01" + bytes(500),
        b"pickle.tif": b"cos\nsystem\n(S'touch escaped'\ntR.",
        b"noise.jpg": np.random.default_rng(1).bytes(4096),
    }
    return [Hostile(name, "refused", data) for name, data in made.items()]


def _cut() -> list[Hostile]:
    """Cut off, or with parts missing."""
    formats = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tif": "TIFF"}
    cut = {f"cut-{end}.{end}".encode(): whole(name) for end, name in formats.items()}
    refused = {name: data[: len(data) // 2] for name, data in cut.items()}
    refused |= {
        b"only-a-signature.png": b"\x89PNG\r\n\x1a\n",
        b"only-a-marker.jpg": b"\xff\xd8\xff",
        b"no-pixels.png": png(SIDE, SIDE),
        b"wrong-checksum.png": _damaged(whole("PNG"), -20),
        b"cut-avif.avif": whole("AVIF")[:-400],
        b"cut-jp2.jp2": whole("JPEG2000")[:60],
        b"few-rows.bmp": whole("BMP")[:-9000],
        b"inflated-text.png": png(SIDE, SIDE, _text_of(2**26), _rows(SIDE, SIDE)),
    }
    return [Hostile(name, "refused", data) for name, data in refused.items()]


def _text_of(length: int) -> tuple[bytes, bytes]:
    """A comment that takes little room until it is read."""
    return b"zTXt", b"k\0\0" + zlib.compress(bytes(length), 9)


def _damaged(data: bytes, at: int) -> bytes:
    spoilt = bytearray(data)
    spoilt[at] ^= 255
    return bytes(spoilt)


def _sizes() -> list[Hostile]:
    """Sizes that lie, or that no memory holds."""
    bomb = (b"IDAT", zlib.compress(bytes(2**24), 9) + b"")
    made = {
        b"bomb.png": png(60_000, 60_000, bomb),
        b"bmp-bomb.bmp": _bmp_header(50_000),
        b"gif-bomb.gif": b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b";",
        b"one-pixel.png": whole_of((1, 1)),
        b"line.png": whole_of((65_535, 1)),
        b"column.png": whole_of((1, 65_535)),
        b"no-width.png": png(0, 5),
        b"negative.png": png(2**31 + 5, 5, _rows(5, 5)),
    }
    return [Hostile(name, "refused", data) for name, data in made.items()]


def _bmp_header(side: int) -> bytes:
    fields = (60, 0, 0, 54, 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", *fields)


def whole_of(size: tuple[int, int]) -> bytes:
    """A grey PNG of a width and a height."""
    return png(*size, _rows(*size))


def _odd_inside() -> list[Hostile]:
    """Whole pictures with something odd beside the pixels, and some that readers disagree on."""
    exif = b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 40
    right = {
        b"broken-exif.jpg": whole("JPEG", exif=exif),
        b"broken-profile.jpg": whole("JPEG", "CMYK", icc_profile=b"no profile" * 20),
        b"a-png.jpg": whole("PNG"),
        b"long-comment.jpg": whole("JPEG", comment=b"A" * 65_000),
        b"trailing.jpg": whole("JPEG") + b"PK\3\4" + bytes(1000),
    }
    nothing = struct.pack(">II", 0, 0)
    either = {
        b"no-frames.png": png(SIDE, SIDE, (b"acTL", nothing), _rows(SIDE, SIDE)),
        b"loop-of-pages.tif": _loop_of_pages(),
    }
    made = [Hostile(name, "right", data) for name, data in right.items()]
    return made + [Hostile(name, "either", data) for name, data in either.items()]


def _loop_of_pages() -> bytes:
    """A TIFF whose only directory says that it itself comes next."""
    data = bytearray(whole("TIFF"))
    start = struct.unpack_from("<I", data, 4)[0]
    entries = struct.unpack_from("<H", data, start)[0]
    struct.pack_into("<I", data, start + 2 + 12 * entries, start)
    return bytes(data)


def _no_files() -> list[Hostile]:
    """No regular files."""
    return [
        Hostile(b"pipe.jpg", "unread", os.mkfifo),
        Hostile(b"itself.jpg", "unread", partial(os.symlink, b"itself.jpg")),
        Hostile(b"zero.png", "unread", partial(os.symlink, b"/dev/zero")),
        Hostile(b"nowhere.png", "unread", partial(os.symlink, b"/nowhere/at/all.png")),
        Hostile(b"folder.jpg", "unread", os.mkdir),
        Hostile(b"up.png", "unread", partial(os.symlink, b"..")),
    ]


def _names() -> list[Hostile]:
    """Names that bite: of whole pictures and of others."""
    names = [
        b"two\nlines.jpg",
        b"quo'te\"s.jpg",
        b"-o.jpg",
        b"--retry.jpg",
        b"no-utf-8-\xff\xfe.jpg",
        b"x" * (LONG_NAME - 4) + b".jpg",
        b"$(touch escaped).jpg",
        b"%s%n{0}.jpg",
        b" spaces .jpg",
        "‮gnp.\U0001f600.jpg".encode(),
        b"=1+1,\t;.jpg",
    ]
    right = [Hostile(name, "right", whole("JPEG")) for name in names]
    wrong = [b"broken\nDone: 300 of 300.jpg", b"broken-\xff.jpg", b"\x1b[2Jbroken.jpg"]
    return right + [Hostile(name, "refused", b"no picture") for name in wrong]
