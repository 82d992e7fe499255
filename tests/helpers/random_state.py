"""A check that nothing draws from the generators of the whole process."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch


@contextmanager
def no_random_number_is_drawn() -> Iterator[None]:
    def states():
        name, words, *rest = np.random.get_state()
        return random.getstate(), name, words.tolist(), rest, torch.get_rng_state().tolist()

    before = states()
    yield
    assert states() == before
