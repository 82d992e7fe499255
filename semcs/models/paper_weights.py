"""Published weights: the caller's own file or the fetched one, into a frozen network."""

from __future__ import annotations

from pathlib import Path

from torch import nn

from semcs.errors import InputError
from semcs.models.cache import fetch
from semcs.models.loading import load_into
from semcs.models.registry import ModelSource


def weights_file(source: ModelSource, path: str | Path | None) -> Path:
    """The caller's own file, or the fetched and checked one where `path` is None.

    Raises:
        InputError: There is no file at `path`.
        ModelUnavailableError: See `cache.fetch`.
    """
    if path is None:
        return fetch(source)
    if not Path(path).is_file():
        raise InputError(f"no weights file at {path}")
    return Path(path)


def load_strict(
    network: nn.Module, file: Path, *, name: str, ignored: tuple[str, ...] = ()
) -> None:
    """Fill a network from a safetensors file (see `load_into`), and freeze it for use.

    Raises:
        ModelUnavailableError: Not a safetensors file, or one of another layout.
    """
    load_into(network, file, name=name, ignored=ignored)
    network.eval().requires_grad_(False)
