"""What a worker does with one picture: read it, have it made, write what was made."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import re
import stat
import time
from dataclasses import replace
from typing import IO

from semcs.errors import InputError, ModelUnavailableError
from semcs.folder.faults import OutputError, cut, line_of, writing
from semcs.folder.making import Made, Maker
from semcs.folder.task import Row, Task
from semcs.image import out_of_memory_told, write_bytes_atomic
from semcs.image.files import format_of
from semcs.image.whole_files import is_stream

LONGEST_INPUT = 2**30  # bytes of a file; more than any picture that is read

# The folders of an absolute path, but not what follows the colon of a URL.
_FOLDERS = re.compile(r"(?<![\w/:.])/(?:[^/'\"\s]+/)+")

# What the readers call a picture that they get as bytes.
_BYTES = re.compile(r"\bdata of \d+ bytes")

_log = logging.getLogger(__name__)


def paint_file(task: Task) -> Row:
    """Make one picture and write it, the output last, each file whole or not at all.

    A picture that can't be made is a row as well: "failed", with what was wrong in one line. An
    older output then is as it was.

    Raises:
        OutputError: Its output can't be written, and neither could that of any other picture.
        ModelUnavailableError: The networks can't be had.
    """
    began = time.monotonic()
    row = Row(task.name, "failed", task.output, task.options_hash)
    try:
        with open_regular(task.source) as file:
            row = _seen(row, file)
            data = read_all(file, row.source_size or 0)
        row = replace(row, source_hash=hashlib.sha256(data).hexdigest())
        with out_of_memory_told("making the picture"):
            made = _maker(task.models, task.device).make(data, task, format_of(task.output))
        row = _write(row, task, made)
    except (OutputError, ModelUnavailableError):
        raise
    except Exception as error:  # decoders raise whatever damaged bytes lead them to
        _log.debug("%s failed", task.name, exc_info=True)
        row = replace(row, error=_told(error, task))
    return replace(row, seconds=time.monotonic() - began)


def open_regular(path: str) -> IO[bytes]:
    """Open a regular file to read; of anything else, such as a pipe, nothing is waited for.

    Raises:
        InputError: It can't be opened, or is no regular file.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise InputError(
            f"the file can't be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InputError("the file can't be read: it isn't a regular file")
    return open(descriptor, "rb")


@functools.cache
def _maker(models: str, device: str | None) -> Maker:
    """The networks of this process: the tasks of one run ask for the same ones."""
    return Maker(models, device)


def _seen(row: Row, file: IO[bytes]) -> Row:
    """The row with what the source is like before it is read; the next run sees later changes."""
    known = os.fstat(file.fileno())
    return replace(row, source_size=known.st_size, source_mtime=known.st_mtime_ns)


def read_all(file: IO[bytes], size: int = 0) -> bytes:
    """All bytes of a file or stream.

    Args:
        file: Open at its beginning.
        size: Of it, where that is known: then one that is too large isn't read at all.

    Raises:
        InputError: It holds more than `LONGEST_INPUT` bytes.
    """
    data = file.read(LONGEST_INPUT + 1) if size <= LONGEST_INPUT else b""
    if max(size, len(data)) > LONGEST_INPUT:
        raise InputError(f"the file holds more than {LONGEST_INPUT:,} bytes, which are allowed")
    return data


def _write(row: Row, task: Task, made: Made) -> Row:
    """Write all files, and the row that tells them."""
    for path, data in made.named(task.path).items():
        _write_one(path, data)
    known = os.stat(task.path)
    return replace(
        row,
        status="done",
        output_hash=hashlib.sha256(made.files[""]).hexdigest(),
        output_size=known.st_size,
        output_mtime=known.st_mtime_ns,
        scores=made.scores,
        others=made.others(row.output),
    )


def _write_one(path: str, data: bytes) -> None:
    with writing(path):
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if is_stream(path):
            raise InputError(f"can't write {path!r}: something that is no file is there")
        write_bytes_atomic(path, data)


def _told(error: Exception, task: Task) -> str:
    """An error in one line that names no folder of this machine."""
    text = line_of(error)
    for path in (task.source, task.path):
        text = text.replace(os.path.join(os.path.dirname(path), ""), "")
    return cut(_BYTES.sub("the file", _FOLDERS.sub("", text)))
