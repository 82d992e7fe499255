"""What the commands read and write: paths, and `-` for stdin and stdout."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

STANDARD = "-"


class UsageError(Exception):
    """Arguments that can be parsed but make no sense together."""


def given(args: Namespace, *names: str) -> dict[str, Any]:
    """The options that were said on the command line; the API knows the others' defaults."""
    return {name: getattr(args, name) for name in names if hasattr(args, name)}


def read(path: str) -> str | bytes:
    """A path as it is, or everything that stdin holds."""
    return sys.stdin.buffer.read() if path == STANDARD else path


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


def encode_for(path: str, image: Image.Image) -> bytes:
    """The bytes of a picture in the format of the path's extension; PNG for stdout."""
    from PIL import Image

    from semcs.image import encode

    if path == STANDARD:
        return encode(image, format="PNG")
    return encode(image, format=Image.registered_extensions()[Path(path).suffix.lower()])


def write_all(files: Mapping[str, bytes]) -> None:
    """Write every file, whole or not at all; `-` is stdout."""
    from semcs.image import write_bytes_atomic

    for path, data in files.items():
        if path == STANDARD:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            write_bytes_atomic(path, data)
