"""What the commands read and write: paths, and `-` for stdin and stdout."""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from semcs.errors import InputError

if TYPE_CHECKING:
    from PIL import Image

    from semcs.image.metadata import Metadata

STANDARD = "-"

LONGEST_INPUT = 2**30  # bytes of a pipe or device; more than any picture that is read
_CHUNK = 2**20  # bytes


class UsageError(Exception):
    """Arguments that can be parsed but make no sense together."""


def visible(text: str) -> str:
    """A text as one line of letters that can be seen, such as `\\n` for the end of a line."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def given(args: Namespace, *names: str) -> dict[str, Any]:
    """The options that were said on the command line; the API knows the others' defaults."""
    return {name: getattr(args, name) for name in names if hasattr(args, name)}


def read(path: str) -> str | bytes:
    """A path as it is, or everything that stdin, a pipe or a device holds, which is read once.

    Raises:
        InputError: It can't be read, or doesn't end.
    """
    if path == STANDARD:
        return _read_stdin()
    from semcs.image.whole_files import is_stream

    if not is_stream(path):
        return path
    with _told(repr(path)) as name, open(path, "rb") as file:
        return _all_of(file, name)


def read_text(said: str) -> str:
    """A text as it is, or the one that stdin holds.

    Raises:
        InputError: stdin can't be read, or isn't UTF-8.
    """
    if said != STANDARD:
        return said
    try:
        return _read_stdin().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"the text on stdin isn't UTF-8: {error.reason}") from error


def _read_stdin() -> bytes:
    with _told("stdin") as name:
        return _all_of(sys.stdin.buffer, name)


@contextmanager
def _told(name: str) -> Iterator[str]:
    try:
        yield name
    except OSError as error:
        raise InputError(f"can't read {name}: {error.strerror or error}") from error


def _all_of(file: IO[bytes], name: str) -> bytes:
    buffer = io.BytesIO()
    while chunk := file.read(_CHUNK):
        buffer.write(chunk)
        if buffer.tell() > LONGEST_INPUT:
            raise InputError(f"{name} holds more than {LONGEST_INPUT:,} bytes, which are allowed")
    return buffer.getvalue()


def check_inputs(*paths: str | None) -> None:
    """Refuse to read stdin twice.

    Raises:
        UsageError: `-` is there more than once.
    """
    if paths.count(STANDARD) > 1:
        raise UsageError("only one input can be - (stdin)")


def check_outputs(*, pictures: Mapping[str, str | None], others: Mapping[str, str | None]) -> None:
    """Find out before the work whether its results can be written.

    Args:
        pictures: Paths of pictures by the option that names them; None where it wasn't given.
        others: Paths of other files.

    Raises:
        UsageError: Two results would go to the same place.
        InputError: A path can't be written, or its extension is no picture format.
    """
    from semcs.image import check_output_path, check_writable

    taken: dict[Path, str] = {}
    for option, path in {**pictures, **others}.items():
        if path is None:
            continue
        place = Path(path) if path == STANDARD else Path(path).resolve()
        if place in taken:
            raise UsageError(f"{taken[place]} and {option} are both {path}")
        taken[place] = option
        if path != STANDARD:
            (check_output_path if option in pictures else check_writable)(path)


def encode_for(path: str, image: Image.Image, metadata: Metadata = "private") -> bytes:
    """The bytes of a picture in the format of the path's extension; PNG for stdout."""
    from semcs.image import encode
    from semcs.image.files import format_of

    form = "PNG" if path == STANDARD else format_of(path)
    return encode(image, format=form, metadata=metadata)


def write_all(files: Mapping[str, bytes]) -> None:
    """Write every file, whole or not at all; `-` is stdout.

    Raises:
        InputError: A file can't be written.
        OSError: stdout can't be written to.
    """
    from semcs.image import write_bytes_atomic

    for path, data in files.items():
        if path == STANDARD:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            write_bytes_atomic(path, data)
