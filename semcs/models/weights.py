"""The bytes of a file of weights, read once: what is checked is what is parsed.

A file that is swapped between its check and its use, in the same size and at the same time, can't
slip in, since nothing is read twice.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from torch import Tensor

from semcs.errors import ModelUnavailableError


@dataclass(frozen=True, eq=False)
class Weights:
    """What a file of weights held when it was read.

    Attributes:
        file: Where it is; for messages.
        content: All of it.
    """

    file: Path
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def tensors(self) -> dict[str, Tensor]:
        """The tensors of a safetensors file, by name.

        Raises:
            ModelUnavailableError: It isn't a whole safetensors file, says a name twice, or has
                numbers that torch has no type for.
        """
        from safetensors.torch import load

        try:
            tensors: dict[str, Tensor] = load(self.content)
            _check_names(self.content)
        # Beside its own error the library lets a KeyError through where torch lacks a type.
        except Exception as error:
            raise ModelUnavailableError(
                f"{self.file} isn't a whole safetensors file ({_in_one_line(error)})"
            ) from error
        return tensors


def read_weights(file: Path) -> Weights:
    """Read a file of weights, once and whole.

    Raises:
        ModelUnavailableError: It can't be read.
    """
    try:
        return Weights(file, file.read_bytes())
    except (OSError, MemoryError) as error:
        raise ModelUnavailableError(f"{file} can't be read ({_in_one_line(error)})") from error


def _check_names(content: bytes) -> None:
    """Refuse a name that stands twice: which of both tensors counts would be up to the reader."""
    start = 8  # after the header's length
    length = int.from_bytes(content[:start], "little")
    json.loads(content[start : start + length], object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> None:
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"it says {twice[0]!r} twice")


def _in_one_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
