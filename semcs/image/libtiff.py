"""What libtiff prints about damaged files goes to the log, not to stderr."""

from __future__ import annotations

import ctypes
import functools
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import _imaging

logger = logging.getLogger(__name__)

_LONGEST_LINE = 1000  # bytes

# The lines heard by a thread that listens; other threads have none.
_heard = threading.local()


@contextmanager
def libtiff_logged() -> Iterator[None]:
    """Log what libtiff prints in this thread meanwhile, in one line at debug level."""
    _install_handler()
    outer = getattr(_heard, "lines", None)
    lines: list[str] = []
    _heard.lines = lines
    try:
        yield
    finally:
        _heard.lines = outer
        if lines:
            logger.debug("libtiff: %s", "; ".join(dict.fromkeys(lines)))


@functools.cache
def _install_handler() -> object:
    """Put a handler before libtiff's own that keeps the lines of threads that listen.

    libtiff has one handler for the process and prints from C, so that only two things catch it:
    turning file descriptor 2 elsewhere, which other threads would lose lines by, or a handler.
    This one hands on, unchanged, what it hears in any other thread, so it can stay.

    Returns:
        What has to live as long as the process; None where libtiff can't be reached, as where it
        is built into Pillow: its lines then go to stderr as ever.
    """
    prototype = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p)
    try:
        # Names are looked for in what Pillow's own module was linked with, too.
        set_handler = ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler
        write = ctypes.CDLL(None).vsnprintf
    except (OSError, AttributeError, TypeError):
        return None
    write.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p]
    set_handler.argtypes, set_handler.restype = [prototype], prototype
    previous: list[Any] = []

    def handle(module: bytes | None, form: int, values: int) -> None:
        lines = getattr(_heard, "lines", None)
        if lines is None:
            if previous and previous[0]:
                previous[0](module, form, values)
            return
        line = ctypes.create_string_buffer(_LONGEST_LINE)
        write(line, _LONGEST_LINE, form, values)
        lines.append(line.value.decode(errors="replace"))

    handler = prototype(handle)
    previous.append(set_handler(handler))
    return handler, previous
