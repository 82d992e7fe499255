"""Seconds of things, taken in turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping


def seconds_of(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def in_turns(actions: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    """Wall times of several actions, A B A B …, so that a busy moment falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(repeats):
        for name, action in actions.items():
            seconds[name].append(seconds_of(action))
    return seconds
