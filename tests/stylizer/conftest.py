"""A stylizer of tiny networks, and a photo as an array."""

from __future__ import annotations

import numpy as np
import pytest

import semcs


@pytest.fixture
def stylizer(tiny_family):
    return semcs.Stylizer(tiny_family)


@pytest.fixture
def pixels(photo):
    return np.asarray(photo)
