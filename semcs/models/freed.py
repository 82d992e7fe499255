"""Freed memory that the process would keep, given back to the system.

For each new shape torch keeps what oneDNN has prepared, in small pieces that come to lie between
the large ones of the networks' work. By itself glibc returns only what lies free at the end of a
heap, so pictures of ever other sizes leave hundreds of megabytes resident that nobody uses.
"""

from __future__ import annotations

import ctypes
import sys
import time

# glibc's M_MMAP_THRESHOLD, at the most that it takes, and M_TRIM_THRESHOLD, in bytes.
_KEPT = {-3: 32 * 2**20, -1: 256 * 2**20}

PAUSE = 1.0  # seconds at least from one giving back to the next: taking memory anew costs time


class Freed:
    """Freed memory of this process; only glibc keeps it and can give it back."""

    def __init__(self) -> None:
        """Find glibc's function; with other libraries and systems there is nothing to do."""
        libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        self._trim = getattr(libc, "malloc_trim", None)
        self._latest = -PAUSE

    def give_back(self) -> None:
        """Give it back, where that is some time ago. Threads may do so at once."""
        now = time.monotonic()
        if self._trim is not None and now - self._latest >= PAUSE:
            self._latest = now
            self._trim(0)


FREED = Freed()


def keep_freed_memory() -> None:
    """Have this process keep more of what it frees, for its next picture; for workers alone.

    By itself glibc gives every large array back to the system at once, which hands the memory out
    again page by page: a tenth of the time that a picture takes at 512×512.
    """
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        for option, most in _KEPT.items():
            set_option(option, most)
