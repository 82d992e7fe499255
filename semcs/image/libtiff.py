"""What libtiff prints about damaged files goes to the log, not to stderr."""

from __future__ import annotations

import ctypes
import functools
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import _imaging

logger = logging.getLogger(__name__)

_LONGEST_LINE = 1000  # bytes
_ERROR_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p)

# The lines heard by a thread that listens; other threads have none.
_heard = threading.local()


@contextmanager
def libtiff_logged() -> Iterator[None]:
    """Log what libtiff prints in this thread meanwhile, in one line at debug level."""
    handler = _handler()
    outer = getattr(_heard, "lines", None)
    lines: list[str] = []
    _heard.lines = lines
    if handler is not None:
        handler.start()
    try:
        yield
    finally:
        if handler is not None:
            handler.stop()
        _heard.lines = outer
        if lines:
            logger.debug("libtiff: %s", "; ".join(dict.fromkeys(lines)))


@functools.cache
def _handler() -> _Handler | None:
    """The one of this process.

    None where libtiff can't be reached, as where it is built into Pillow: its lines then go to
    stderr as ever.
    """
    try:
        # Names are looked for in what Pillow's own module was linked with, too.
        set_handler = ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler
        write = ctypes.CDLL(None).vsnprintf
    except (OSError, AttributeError, TypeError):
        return None
    write.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p]
    set_handler.argtypes, set_handler.restype = [ctypes.c_void_p], ctypes.c_void_p
    return _Handler(set_handler, write)


class _Handler:
    """A handler before libtiff's own that keeps the lines of threads that listen.

    libtiff has one handler for the process and prints from C, so that only two things catch it:
    turning file descriptor 2 elsewhere, which other threads would lose lines by, or a handler.
    This one hands on, unchanged, what it hears in any other thread. It is there only while a thread
    listens: Python can't run it where an exception is pending, as when Pillow fails to write EXIF.
    """

    def __init__(self, set_handler: Any, write: Any) -> None:
        self._set_handler, self._write = set_handler, write
        self._callback = _ERROR_HANDLER(self._handle)  # kept: libtiff has its address alone
        self._address = ctypes.cast(self._callback, ctypes.c_void_p).value
        self._before: int | None = None
        self._listening = 0
        self._renew_lock()
        if hasattr(os, "register_at_fork"):
            # Another thread may hold the lock at a fork, and is gone in the child.
            os.register_at_fork(after_in_child=self._renew_lock)

    def start(self) -> None:
        """One thread more listens."""
        with self._lock:
            self._listening += 1
            if self._listening == 1:
                self._before = self._set_handler(self._address)

    def stop(self) -> None:
        """One thread less listens."""
        with self._lock:
            self._listening -= 1
            if self._listening == 0:
                self._set_handler(self._before)

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()

    def _handle(self, module: bytes | None, form: int, values: int) -> None:
        lines = getattr(_heard, "lines", None)
        if lines is None:
            if self._before:
                _ERROR_HANDLER(self._before)(module, form, values)
            return
        line = ctypes.create_string_buffer(_LONGEST_LINE)
        self._write(line, _LONGEST_LINE, form, values)
        lines.append(line.value.decode(errors="replace"))
