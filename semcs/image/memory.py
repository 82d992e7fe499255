"""Whether a picture fits into memory: asked before anything is allocated, told in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from semcs.errors import InputError

BYTES_PER_PIXEL = 40
"""Most that reading adds to what the process holds, for a pixel: Pillow's 4 bytes and its copies,
float32 RGB and alpha; measured, and checked by `tests/image/test_memory.py`."""

# Smaller pictures are read without asking the system.
_ALWAYS_READ = 32 * 2**20

_CV_OUT_OF_MEMORY = -4  # cv::Error::StsNoMem


def check_memory(height: int, width: int) -> None:
    """Refuse a picture that can't be read in the memory that there is.

    Args:
        height: In pixels.
        width: In pixels.

    Raises:
        InputError: If reading takes more than `free_memory`; nothing has been allocated then.
    """
    needed = height * width * BYTES_PER_PIXEL
    if needed <= _ALWAYS_READ:
        return
    free = free_memory()
    if free is not None and needed > free:
        raise InputError(
            f"image is {height}×{width} pixels (height × width): reading it takes about "
            f"{_megabytes(needed)} of memory, and this process has {_megabytes(free)} left"
        )


def free_memory() -> int | None:
    """Bytes that this process may still use; None where the system doesn't say.

    The least of what the machine has (with swap), what a container (cgroup v2) has left, and
    what the limit of the address space (`ulimit -v`) leaves.
    """
    known = [left for left in (_machine(), _container(), _address_space()) if left is not None]
    return max(0, min(known)) if known else None


@contextmanager
def out_of_memory_told(what: str) -> Iterator[None]:
    """Turn running out of memory, whichever library notices, into one line.

    Args:
        what: Begins the line, such as "reading 'photo.png'".

    Raises:
        InputError: In place of a `MemoryError`, or of OpenCV's or torch's own.
    """
    try:
        yield
    except Exception as error:
        if not _is_out_of_memory(error):
            raise
    else:
        return
    # Raised out here, so that the error that is left behind holds no arrays.
    raise InputError(f"{what} takes more memory than this process may use")


def _is_out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError):
        return True
    cv2 = sys.modules.get("cv2")
    if cv2 is not None and isinstance(error, cv2.error):
        return getattr(error, "code", None) == _CV_OUT_OF_MEMORY
    # torch's allocators raise RuntimeError or its OutOfMemoryError, and say it in these words.
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "can't allocate memory" in text or "not enough memory" in text or "out of memory" in text
    )


def _machine() -> int | None:
    fields = _fields(Path("/proc/meminfo"))
    if "MemAvailable:" not in fields:
        return None
    return 1024 * (fields["MemAvailable:"] + fields.get("SwapFree:", 0))


def _container() -> int | None:
    try:
        line = Path("/proc/self/cgroup").read_text().strip().splitlines()[-1]
        group = Path("/sys/fs/cgroup") / line.split(":", 2)[2].lstrip("/")
        most, used = (int((group / f"memory.{what}").read_text()) for what in ("max", "current"))
    except (OSError, ValueError, IndexError):
        # Another system, another version, or no limit ("max").
        return None
    # Cached files count as used, and go when memory is needed.
    return most - used + _fields(group / "memory.stat").get("inactive_file", 0)


def _address_space() -> int | None:
    try:
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit == resource.RLIM_INFINITY:
            return None
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return limit - pages * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        return None


def _fields(path: Path) -> dict[str, int]:
    try:
        lines = (line.split() for line in path.read_text().splitlines())
        return {words[0]: int(words[1]) for words in lines if len(words) > 1}
    except (OSError, ValueError):
        return {}


def _megabytes(number: int) -> str:
    return f"{number / 2**20:,.0f} MiB"
