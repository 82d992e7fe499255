"""Matting where nothing can be written: one line, and the other ways go on."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import numpy as np
from semcs.errors import InputError
from semcs.saliency.refine import refine_mask
coarse, photo = np.eye(8), np.random.default_rng(0).random((64, 64, 3))
for _ in range(2):
    try:
        refine_mask(coarse, photo, "matting")
    except InputError as error:
        print(error)
print(refine_mask(coarse, photo, "edge").shape)
"""


def test_a_home_and_an_environment_that_are_read_only():
    """A folder below a file can't be made by anybody, the superuser included.

    As if the package's own folder were read-only, too, numba is to look at this one alone.
    """
    nowhere = os.path.join(os.path.abspath(__file__), "folder")
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"), nowhere)
    alone = {"NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **places, **alone},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    first, second, shape = done.stdout.splitlines()
    assert first == second
    assert "set NUMBA_CACHE_DIR to one that can be written, or choose 'edge'" in first
    assert shape == "(64, 64)"
    assert "Traceback" not in done.stderr
