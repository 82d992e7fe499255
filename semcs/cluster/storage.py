"""Files and objects by path or URI: read whole, written whole or not at all.

Paths and `file://` URIs are this machine's. Others, such as `s3://bucket/key`, are reached through
pyarrow, and where it doesn't know them through fsspec.
"""

from __future__ import annotations

import errno
import functools
import os
import re
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from semcs.errors import InputError
from semcs.folder.painting import open_regular, read_all
from semcs.image import write_bytes_atomic
from semcs.image.formats import one_line

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

# Where an object appears when its last byte has arrived, and a rename would be a second copy.
_OBJECT_STORES = frozenset(
    ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory")
)

# An object of S3 that is smaller takes one request with this option, and three without it. Larger
# ones go without it: where the first request failed, pyarrow would leave an empty object.
_SMALL = 5 * 2**20  # bytes
_AT_ONCE = "?allow_delayed_open=true"

# What S3's errors say of one object, so that those of many are told as one.
_OF_ONE_OBJECT = re.compile(r"^When .*?: (?=AWS Error )| \(Request ID: [^)]*\)", re.DOTALL)


def is_uri(place: str) -> bool:
    """Whether it is the URI of something that isn't this machine's file."""
    return "://" in place and not place.startswith("file://")


def local_path(place: str) -> str:
    """The path that a `file://` URI stands for; any other path as it is."""
    if not place.startswith("file://"):
        return place
    return urllib.parse.unquote(urllib.parse.urlsplit(place).path)


def join(folder: str, name: str) -> str:
    """The place of a name, with `/`, within a folder."""
    if is_uri(folder):
        return f"{folder.rstrip('/')}/{name}"
    return os.path.join(local_path(folder), *name.split("/"))


def read_whole(place: str) -> bytes:
    """All bytes of a file or object.

    Raises:
        InputError: It can't be read, or holds more than `LONGEST_INPUT` bytes.
    """
    if is_uri(place):
        with _told("can't read the file"):
            system, path = _reached(place)
            with system.open_input_stream(path) as stream:
                return bytes(read_all(stream))
    with _told("can't read the file"), open_regular(local_path(place)) as file:
        return read_all(file)


def write_whole(place: str, data: bytes) -> None:
    """Write a file or object so that it holds all of `data` or stays as it was.

    Files are written beside and renamed; an object store shows an object when it is complete.

    Raises:
        OSError: A file of this machine can't be written.
        InputError: Likewise, or an object can't be.
    """
    if not is_uri(place):
        path = local_path(place)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        write_bytes_atomic(path, data)
        return
    with _told("can't write the file"):
        scheme = place.partition("://")[0].lower()
        options = _AT_ONCE if scheme == "s3" and len(data) < _SMALL else ""
        system, path = _reached(place, options)
        if scheme in _OBJECT_STORES:
            _put(system, path, data)
        else:
            _put_beside(system, path, data)


def _put_beside(system: Any, path: str, data: bytes) -> None:
    """Write a file under another name, and rename it."""
    folder, _, name = path.rpartition("/")
    system.create_dir(folder, recursive=True)
    beside = f"{folder}/.{name}.{os.urandom(6).hex()}.semcs-partial"
    try:
        _put(system, beside, data)
        system.move(beside, path)
    except BaseException:
        with _quiet():
            system.delete_file(beside)
        raise


def list_files(folder: str) -> list[str]:
    """The places of the files in a folder, sorted, without those of folders within.

    A folder that isn't there holds none.

    Raises:
        InputError: It can't be listed.
    """
    if not is_uri(folder):
        path = local_path(folder)
        if not os.path.isdir(path):
            return []
        with _told(f"can't list {folder!r}"):
            return sorted(entry.path for entry in os.scandir(path) if entry.is_file())
    from pyarrow.fs import FileSelector, FileType

    with _told(f"can't list {folder!r}"):
        system, path = _reached(folder)
        infos = system.get_file_info(FileSelector(path, allow_not_found=True))
        return sorted(join(folder, info.base_name) for info in infos if info.type == FileType.File)


def remove_folder(folder: str) -> None:
    """Remove a folder with all that is in it; one that isn't there is removed already.

    Raises:
        OSError: It can't be removed.
        InputError: It can't be reached.
    """
    system, path = file_system(folder)
    if is_uri(folder):
        with _quiet():  # object stores have no folders, and some say so
            system.delete_dir(path)
    elif os.path.isdir(local_path(folder)):
        system.delete_dir(path)


def file_system(place: str) -> tuple[FileSystem, str]:
    """The file system of a place, and the path in it, as pyarrow and Ray Data take them.

    Raises:
        InputError: pyarrow is missing, or neither it nor fsspec knows the URI.
    """
    with _told(f"can't reach {place!r}"):
        return _reached(place)


def _reached(place: str, options: str = "") -> tuple[FileSystem, str]:
    check_pyarrow()
    from pyarrow.fs import LocalFileSystem

    if not is_uri(place):
        return LocalFileSystem(), os.path.abspath(local_path(place))
    scheme, _, rest = place.partition("://")
    system = _system(scheme, rest.partition("/")[0], options)
    return system, _path_in(system, place)


@functools.lru_cache(maxsize=64)
def _system(scheme: str, host: str, options: str) -> FileSystem:
    """The file system of a scheme and a bucket or host: asking for its region takes a request."""
    from pyarrow import ArrowInvalid
    from pyarrow.fs import FileSystem, FSSpecHandler, PyFileSystem

    try:
        return FileSystem.from_uri(f"{scheme}://{host}/{options}")[0]
    except ArrowInvalid:
        import fsspec

        known, _ = fsspec.core.url_to_fs(f"{scheme}://{host}/")
        return PyFileSystem(FSSpecHandler(known))


def _path_in(system: Any, place: str) -> str:
    """The path of a URI in its file system; names aren't quoted there, nor in our URIs."""
    if system.type_name.startswith("py::fsspec"):
        return str(system.handler.fs._strip_protocol(place))
    rest = place.partition("://")[2]
    host, _, path = rest.partition("/")
    return rest if system.type_name in ("s3", "gcs", "abfs") else f"/{path}" if host else rest


def _put(system: Any, path: str, data: bytes) -> None:
    """Write by a thread, which nothing interrupts.

    A stream that is left behind completes its object with what it has got, and an interrupt of the
    main thread, or Ray's end of an actor, could leave one.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_stream, system, path, data).result()


def _stream(system: Any, path: str, data: bytes) -> None:
    stream = system.open_output_stream(path)
    stream.write(data)
    stream.close()  # where `write` raised, the object isn't completed by closing it


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Errors of file systems as one line."""
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError as error:  # some stores tell it with the name, others without
        raise InputError(f"{what}: {os.strerror(errno.ENOENT)}") from error
    except Exception as error:  # each store has its own kinds
        why = getattr(error, "strerror", None) or one_line(error)
        raise InputError(f"{what}: {_OF_ONE_OBJECT.sub('', why)}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    try:
        yield
    except Exception:
        return


def check_pyarrow() -> None:
    """Find out whether Parquet and stores can be reached.

    Raises:
        InputError: pyarrow isn't installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise InputError("this needs pyarrow: pip install 'semcs[ray]'") from error
