"""Large files written whole or not at all, without holding them in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from semcs.errors import InputError
from semcs.image import whole_files


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A new file beside `path` to be written to, which takes its name at the end of the block.

    Where the block raises, `path` stays as it was, and nothing is left beside it.

    Raises:
        InputError: If the file can't be written.
    """
    name = os.fspath(path)
    try:
        target = Path(os.path.realpath(name))
        whole_files._remove_leftovers(target)
        partial, descriptor = whole_files._new_partial(target)
        try:
            os.close(descriptor)
            yield partial
            with open(partial, "rb+") as file:
                whole_files._like(target, file.fileno())
                os.fsync(file.fileno())
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
            whole_files._in_progress.discard(partial)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"can't write {name!r}: {error.strerror or error}") from error
