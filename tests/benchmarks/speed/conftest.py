"""A picture of two regions, small enough to be optimised in a moment."""

from __future__ import annotations

import pytest
import torch

from semcs.style.objective import Task
from semcs.style.regions import Region

TEXTS = ("gold", "snow")


@pytest.fixture
def task():
    """A noisy picture (64×96) of two halves, with a text each."""
    noise = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(0))
    left = torch.zeros(1, 1, 64, 96)
    left[..., :48] = 1
    masks = torch.cat([left, 1 - left])
    roles = ("foreground", "background")
    regions = tuple(
        Region(mask[0].numpy(), text, name=role, role=role)
        for mask, text, role in zip(masks, TEXTS, roles)
    )
    return Task(noise, noise.expand(2, -1, -1, -1), masks, regions)
