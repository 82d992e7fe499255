"""Published weights: the caller's own file or the fetched one, into a frozen network."""

from __future__ import annotations

import os
from pathlib import Path

from torch import nn

from semcs.errors import InputError
from semcs.models import cache
from semcs.models.loading import load_into
from semcs.models.registry import ModelSource
from semcs.models.weights import Weights, read_weights


def published_weights(source: ModelSource, path: str | Path | None) -> Weights:
    """The caller's own file, or the fetched and checked one where `path` is None.

    Raises:
        InputError: There is no file at `path`.
        ModelUnavailableError: See `cache.read`; or the caller's file can't be read.
    """
    if path is None:
        return cache.read(source)
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"weights are {type(path).__name__}: say where the file is")
    if not os.path.isfile(path):
        raise InputError(f"no weights file at {path}")
    return read_weights(Path(path))


def load_strict(
    network: nn.Module, weights: Weights, *, name: str, ignored: tuple[str, ...] = ()
) -> None:
    """Fill a network from a safetensors file (see `load_into`), and freeze it for use.

    Raises:
        ModelUnavailableError: Not a safetensors file, or one of another layout.
    """
    load_into(network, weights, name=name, ignored=ignored)
    network.eval().requires_grad_(False)
