"""The looks that people ask for by name: what the bundled models know, and rivals in a ranking."""

from __future__ import annotations

from functools import cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("vocabulary.txt")


@cache
def style_names() -> tuple[str, ...]:
    """Plain names of styles, materials, weathers, times of day, movements and painters."""
    return tuple(VOCABULARY.read_text(encoding="utf-8").splitlines())
