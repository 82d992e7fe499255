"""Freed memory that the process would keep, given back to the system.

For each new shape torch keeps what oneDNN has prepared, in small pieces that come to lie between
the large ones of the networks' work. By itself glibc returns only what lies free at the end of a
heap, so pictures of ever other sizes leave hundreds of megabytes resident that nobody uses.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
import time
from contextlib import suppress
from pathlib import Path

# glibc's M_MMAP_THRESHOLD, at the most that it takes, and M_TRIM_THRESHOLD, in bytes.
_KEPT = {-3: 32 * 2**20, -1: 256 * 2**20}

PAUSE = 1.0  # seconds at least from one giving back to the next: taking memory anew costs time
KEPT_BY_WORKERS = 512 * 2**20  # bytes: for the next picture of up to a megapixel

_STATM = Path("/proc/self/statm")  # of Linux


class Freed:
    """Freed memory of this process; only glibc keeps it and can give it back.

    Attributes:
        kept: Bytes, beyond those that were in use at the last giving back, that aren't given back.
    """

    def __init__(self) -> None:
        """Find glibc's function; with other libraries and systems there is nothing to do."""
        libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        self._trim = getattr(libc, "malloc_trim", None)
        self._latest = -PAUSE
        self.kept = self._in_use = 0

    def give_back(self) -> None:
        """Give it back, where that is some time ago and there is enough; from any thread."""
        now = time.monotonic()
        if self._trim is None or now - self._latest < PAUSE:
            return
        if self.kept and _resident() <= self._in_use + self.kept:
            return
        self._latest = now
        self._trim(0)
        self._in_use = _resident()


FREED = Freed()


def keep_freed_memory() -> None:
    """Have this process keep more of what it frees, for its next picture; for workers alone.

    By itself glibc gives every large array back to the system at once, which hands the memory out
    again page by page: a sixth of the time that a picture takes at 512×512.
    """
    FREED.kept = KEPT_BY_WORKERS
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        for option, most in _KEPT.items():
            set_option(option, most)


def _resident() -> int:
    """Bytes of this process that are in memory; 0 where the system doesn't say."""
    with suppress(OSError, IndexError, ValueError):
        return int(_STATM.read_text().split()[1]) * mmap.PAGESIZE
    return 0
