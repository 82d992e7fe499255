"""A clip of a photo that a camera pans over, and what can be done to a run that styles it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import numpy as np
from clips import index_of, make_clip
from PIL import Image
from sklearn.datasets import load_sample_image

HEIGHT, WIDTH, STEP = 64, 96, 3


def frame(index: int) -> np.ndarray:
    """(64, 96, 3) uint8, three pixels further to the right with each index."""
    wide = np.asarray(Image.fromarray(load_sample_image("flower.jpg")).resize((180, 80)))
    left = STEP * index
    return np.ascontiguousarray(wide[8 : 8 + HEIGHT, left : left + WIDTH])


def make_pan(path, frames: int = 9, **changes):
    """Write the clip, at 25 frames a second with sound, and give its path back."""
    asked = {"sound": "aac", **changes}
    return make_clip(path, frames=frames, stored=lambda grey: frame(index_of(grey)), **asked)


def in_child(work: Callable[[], object]) -> int:
    """Do something in a process of its own; gives its exit code, or minus the signal's number."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_at_file(number: int, *, after: bool) -> None:
    """Let this process be killed when it gives its n-th file its name, or right after that."""
    replace, left = os.replace, [number]

    def killing(source, target):
        left[0] -= 1
        if left[0] == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = killing
