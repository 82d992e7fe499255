"""What something is made from, as hashes: a run goes on only where all of them are the same."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import nn

from semcs.errors import InputError
from semcs.models import registry
from semcs.models.families import ModelFamily

# What decides how the bits come out.
_PACKAGES = ("semcs", "av", "numpy", "opencv-python", "Pillow", "scipy", "torch")


def hash_of_file(path: str) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        InputError: It can't be read.
    """
    try:
        with open(path, "rb") as file:
            return _of_file(file)
    except OSError as error:
        raise InputError(f"can't read {path!r}: {error.strerror or error}") from error


def hash_of(*values: object) -> str:
    """SHA-256 of options: plain values, arrays, pictures, networks, and whatever is made of them.

    A `Path` stands for what its file holds. Of anything else its `repr` is taken, which at worst
    differs in each process.

    Raises:
        InputError: A file can't be read.
    """
    hashed = hashlib.sha256()
    for value in values:
        _feed(hashed, value)
    return hashed.hexdigest()


def versions() -> dict[str, str]:
    """Of semcs and of the packages that decide how the bits come out."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # another distribution of the same, such as a headless one
            found[package] = "unknown"
    return found


def hash_of_weights(family: ModelFamily) -> str:
    """Of a family's networks; one of the caller's own is told by its name and its settings."""
    files = {source.name: source.sha256 for source in registry.sources().values()}
    said = family.name, family.settings, family.templates, family.saliency_size
    return hash_of(files, said, family.color_weight, str(family.device))


def _hash_of_unchanged(path: str) -> str:
    """That of a file which may be named often: it is read again where its size or time changes."""
    try:
        known = os.stat(path)
    except OSError as error:
        raise InputError(f"can't read {path!r}: {error.strerror or error}") from error
    return _hash_at(path, known.st_size, known.st_mtime_ns)


@functools.lru_cache(maxsize=1024)
def _hash_at(path: str, _size: int, _mtime: int) -> str:
    return hash_of_file(path)


def _of_file(file: Any) -> str:
    hashed = hashlib.sha256()
    while block := file.read(2**20):
        hashed.update(block)
    return hashed.hexdigest()


def _feed(hashed: Any, value: object) -> None:
    """Add a value, with its type and its length, so that no two values read the same."""
    if isinstance(value, torch.Tensor):
        value = value.detach().cpu().contiguous().view(torch.uint8).numpy(), str(value.dtype)
    if isinstance(value, np.ndarray):
        _say(hashed, f"array {value.dtype} {value.shape}", np.ascontiguousarray(value).tobytes())
    elif isinstance(value, Image.Image):
        _feed(hashed, (value.mode, value.size, value.tobytes()))
    elif isinstance(value, Path):
        _say(hashed, "file", _hash_of_unchanged(str(value)).encode())
    elif isinstance(value, nn.Module):
        _feed(hashed, (type(value).__qualname__, value.state_dict()))
    elif is_dataclass(value) and not isinstance(value, type):
        _say(hashed, type(value).__qualname__)
        _feed(hashed, {one.name: getattr(value, one.name) for one in fields(value)})
    elif isinstance(value, Mapping):
        _say(hashed, f"mapping {len(value)}")
        for key in sorted(value, key=str):
            _feed(hashed, (key, value[key]))
    elif isinstance(value, (list, tuple)):
        _say(hashed, f"sequence {len(value)}")
        for one in value:
            _feed(hashed, one)
    else:
        _say(hashed, type(value).__qualname__, repr(value).encode())


def _say(hashed: Any, kind: str, content: bytes = b"") -> None:
    for part in (kind.encode(), content):
        hashed.update(f"{len(part)}:".encode() + part)
