"""Mixed styles: several texts and pictures at once, each with a weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.errors import InputError, check_number, shown

MOST_PARTS = 12  # of a mix: of more, none is seen

# "0.6 watercolor": a weight, perhaps in per cent, a space, and what it weighs.
_WEIGHED = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(%?)\s+(\S.*)", re.DOTALL)
_PLUS = re.compile(r"\s\+\s")


@runtime_checkable
class Learned(Protocol):
    """A style that was learned (`semcs.Style`): it paints on from what its text begins as."""

    @property
    def text(self) -> str:
        """What it was learned from."""

    def plan(self, plan_text: Callable[[str], Any], style_painter: Callable[[], Any]) -> Any:
        """What paints the picture that it begins as."""

    def refine(
        self, photo: NDArray[np.float32], start: NDArray[np.float32], *, scale: float
    ) -> NDArray[np.float32]:
        """Paint on from that picture."""

    def __hash__(self) -> int: ...


Single: TypeAlias = str | Tensor
"""A text, or a picture (1, 3, h, w) in [0, 1]."""


@dataclass(frozen=True, eq=False)
class Mix:
    """Several styles in one.

    Attributes:
        parts: Texts and pictures (1, 3, h, w) with their weights, which are over 0 and sum to 1.
    """

    parts: tuple[tuple[Single, float], ...]

    def __str__(self) -> str:
        """Such as "0.6 watercolor + 0.4 gold"."""
        said = (part if isinstance(part, str) else "a picture" for part, _ in self.parts)
        return " + ".join(f"{weight:.3g} {text}" for (_, weight), text in zip(self.parts, said))


def weighed_parts(style: object, what: str) -> list[tuple[Any, float]] | None:
    """The parts of a mixed style and their weights, which sum to 1; None where it is no mix.

    Args:
        style: A text such as "0.6 watercolor + 0.4 gold", a mapping from styles to weights, or
            pairs of a style and its weight, for pictures that can't be keys.
        what: What messages call it.

    Raises:
        InputError: A weight is missing, negative or no number, or all are 0.
    """
    pairs = _pairs_of(style, what)
    if pairs is None:
        return None
    if not 1 <= len(pairs) <= MOST_PARTS:
        raise InputError(f"{what} mixes {len(pairs)} styles: 1 to {MOST_PARTS} are allowed")
    numbers = [check_number(f"a weight of {what}", weight, most=1e6) for _, weight in pairs]
    total = sum(numbers)
    if not total > 0:
        raise InputError(f"{what} has no weight over 0: nothing to mix")
    return [(part, n / total) for (part, _), n in zip(pairs, numbers) if n / total > 0]


def _pairs_of(style: object, what: str) -> list[tuple[object, object]] | None:
    if isinstance(style, str):
        return _pairs_of_text(style, what)
    if isinstance(style, Mapping):
        return list(style.items())
    if isinstance(style, (list, tuple)):
        return _pairs_of_sequence(style, what)
    return None


def _pairs_of_text(text: str, what: str) -> list[tuple[object, object]] | None:
    """Parts of "0.6 watercolor + 0.4 gold"; None of a text whose first part has no weight."""
    parts = _PLUS.split(text.strip())
    found = [_WEIGHED.fullmatch(part.strip()) for part in parts]
    if len(parts) < 2 or found[0] is None:
        return None
    pairs: list[tuple[object, object]] = []
    for part, weighed in zip(parts, found):
        if weighed is None:
            raise InputError(
                f"{what} mixes {shown(part.strip())} without a weight: "
                "write each part as in '0.6 watercolor + 0.4 gold'"
            )
        number, percent, said = weighed.groups()
        pairs.append((said, float(number) / (100 if percent else 1)))
    return pairs


def _pairs_of_sequence(style: Sequence[Any], what: str) -> list[tuple[object, object]]:
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in style):
        raise InputError(f"{what} is a {type(style).__name__}: pairs of a style and its weight "
                         "are allowed")  # fmt: skip
    return [(part, weight) for part, weight in style]


def mean_direction(targets: Sequence[Tensor], weights: Sequence[float]) -> Tensor:
    """The weighted mean of embeddings (1, D) of unit length, brought to unit length again."""
    stacked = torch.cat([*targets])
    return F.normalize(stacked.new_tensor(list(weights)) @ stacked, dim=0)[None]
