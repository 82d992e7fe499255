"""Ways to damage the bytes of a file."""

from __future__ import annotations

import struct
import zlib
from random import Random

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Sizes, counts and offsets at which readers slip.
TELLING = (0, 1, 2, 7, 8, 127, 128, 255, 256, 4096, 32767, 32768, 65535, 65536, 100_000)
TELLING += (2**24, 2**31 - 1, 2**31, 2**32 - 1)
HEADER = 64  # bytes in which formats keep their sizes


def damaged(data: bytes, others: list[bytes], rng: Random) -> bytes:
    """The bytes after one to four mutations; `others` are spliced in."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        data = rng.choice(MUTATIONS)(data, others, rng)
    return with_checksums(data) if data.startswith(PNG_SIGNATURE) and rng.random() < 0.7 else data


def flip_bits(data: bytes, others: list[bytes], rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(data: bytes, others: list[bytes], rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def leave_out(data: bytes, others: list[bytes], rng: Random) -> bytes:
    start, stop = _span(data, rng)
    return data[:start] + data[stop:]


def repeat(data: bytes, others: list[bytes], rng: Random) -> bytes:
    start, stop = _span(data, rng)
    return data[:stop] + data[start:stop] * rng.choice((1, 2, 50)) + data[stop:]


def overwrite(data: bytes, others: list[bytes], rng: Random) -> bytes:
    start, stop = _span(data, rng)
    filling = rng.choice(
        (bytes(stop - start), b"\xff" * (stop - start), rng.randbytes(stop - start))
    )
    return data[:start] + filling + data[stop:]


def splice(data: bytes, others: list[bytes], rng: Random) -> bytes:
    """The beginning of one file and the end of another."""
    other = rng.choice(others)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def insert(data: bytes, others: list[bytes], rng: Random) -> bytes:
    """A piece of another file in the middle."""
    other = rng.choice(others)
    start, stop = _span(other, rng)
    place = rng.randrange(len(data) + 1)
    return data[:place] + other[start:stop] + data[place:]


def set_header_field(data: bytes, others: list[bytes], rng: Random) -> bytes:
    return _set_number(data, min(HEADER, len(data)), rng)


def set_any_field(data: bytes, others: list[bytes], rng: Random) -> bytes:
    return _set_number(data, len(data), rng)


MUTATIONS = (
    flip_bits, cut, leave_out, repeat, overwrite, splice, insert, set_header_field, set_any_field,
)  # fmt: skip


def with_checksums(png: bytes) -> bytes:
    """A PNG whose chunks have right checksums again, so that damage gets past them."""
    place, parts = len(PNG_SIGNATURE), [PNG_SIGNATURE]
    while place + 12 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        body = png[place + 4 : place + 8 + length]
        parts += [png[place : place + 4], body, struct.pack(">I", zlib.crc32(body))]
        place += 12 + length
    return b"".join(parts) + png[place:]


def _set_number(data: bytes, within: int, rng: Random) -> bytes:
    width = rng.choice((1, 2, 4))
    if within < width:
        return data
    place = rng.randrange(within - width + 1)
    number = rng.choice(TELLING) % 256**width
    return (
        data[:place] + number.to_bytes(width, rng.choice(("big", "little"))) + data[place + width :]
    )


def _span(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 4, 16, 256, len(data) // 2)))
