"""Copy a safetensors file into a module, all of it or not at all."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import torch
from torch import nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.models.cache import fetch
from semcs.models.registry import ModelSource

Shapes = dict[str, tuple[int, ...]]


def weights_file(source: ModelSource, path: str | Path | None) -> Path:
    """The caller's own file, or the fetched and checked one where `path` is None.

    Raises:
        InputError: there is no file at `path`.
        ModelUnavailableError: see `cache.fetch`.
    """
    if path is None:
        return fetch(source)
    if not Path(path).is_file():
        raise InputError(f"no weights file at {path}")
    return Path(path)


def load_strict(module: nn.Module, file: Path, *, name: str, ignored: tuple[str, ...] = ()) -> None:
    """Copy the tensors of a safetensors file into a module and freeze it in evaluation mode.

    Args:
        module: Its state dict says which names and shapes the file must have.
        file: The safetensors file; floating-point numbers of any width will do.
        name: What the error calls the network.
        ignored: Beginnings of names that the file may hold beside those.

    Raises:
        ModelUnavailableError: not a safetensors file, or one of another layout.
    """
    from safetensors import SafetensorError, safe_open

    state = module.state_dict()
    expected = {key: tuple(value.shape) for key, value in state.items()}
    try:
        with safe_open(file, framework="pt") as tensors:
            found = {
                key: tuple(tensors.get_slice(key).get_shape())
                for key in tensors.keys()  # noqa: SIM118 - not a mapping
                if not key.startswith(ignored)
            }
            _check_layout(expected, found, name=name, file=file)
            with torch.no_grad():
                for key, value in state.items():
                    value.copy_(tensors.get_tensor(key))
    except SafetensorError as error:
        raise ModelUnavailableError(
            f"{name}: {file} isn't a whole safetensors file ({error})"
        ) from error
    module.eval().requires_grad_(False)


def _check_layout(expected: Shapes, found: Shapes, *, name: str, file: Path) -> None:
    missing = [key for key in expected if key not in found]
    unknown = [key for key in found if key not in expected]
    misshapen = [
        f"{key} {found[key]} instead of {shape}"
        for key, shape in expected.items()
        if key in found and found[key] != shape
    ]
    faults = {"lacks": missing, "has also": unknown, "has": misshapen}
    if any(faults.values()):
        listed = "; ".join(f"{verb} {_some(keys)}" for verb, keys in faults.items() if keys)
        raise ModelUnavailableError(f"{name}: {file} isn't laid out as it should be: it {listed}")


def _some(keys: Collection[str], limit: int = 3) -> str:
    rest = len(keys) - limit
    return ", ".join(sorted(keys)[:limit]) + (f" and {rest} more" if rest > 0 else "")
