"""ICC profiles, written by hand."""

from __future__ import annotations

import struct


def icc(space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A version 2 profile (ICC.1:2001-04, clause 6)."""
    white = struct.pack(">3i", *(round(x * 65536) for x in (0.9642, 1, 0.8249)))
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        offset = 132 + 12 * len(tags) + len(body)
        table += name + struct.pack(">II", offset, len(data))
        body += data + b"\0" * (-len(data) % 4)
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    header = struct.pack(">I4sI", 128 + len(table + body), b"\0" * 4, 0x02100000)
    header += kind + space + pcs + struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp"
    return (header + b"\0" * 28 + white).ljust(128, b"\0") + table + body


def xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))


LINEAR_CURVE = b"curv" + b"\0" * 8
WHITE = xyz(0.9642, 1, 0.8249)
RED = xyz(0.43607, 0.22249, 0.01392)


def rgb_profile(curve: bytes, *, red: bytes = RED) -> bytes:
    """sRGB's primaries, adapted to D50, with another curve or red."""
    green, blue = xyz(0.38515, 0.71687, 0.09708), xyz(0.14307, 0.06061, 0.7141)
    tags = {b"wtpt": WHITE, b"rXYZ": red, b"gXYZ": green, b"bXYZ": blue}
    return icc(b"RGB ", b"XYZ ", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


LINEAR_RGB = rgb_profile(LINEAR_CURVE)
GREY_GAMMA = 461 / 256
GREY_1_8 = icc(
    b"GRAY",
    b"XYZ ",
    {b"wtpt": WHITE, b"kTRC": b"curv" + struct.pack(">IIH", 0, 1, 461)},
)


def black_ink_profile() -> bytes:
    """CMYK in which only black counts, L* = 100·(1 − K), as a lut8 of 2 grid points a side."""
    ramp = bytes(range(256))
    nodes = b"".join(bytes([0 if node & 1 else 255, 128, 128]) for node in range(16))
    matrix = struct.pack(">9i", *(65536 * (i % 4 == 0) for i in range(9)))
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + ramp * 4 + nodes + ramp * 3
    return icc(b"CMYK", b"Lab ", {b"wtpt": WHITE, b"A2B0": lut})
