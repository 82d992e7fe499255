"""Progress bars."""

from __future__ import annotations

import threading

from tqdm import tqdm


class Bar(tqdm):
    """A bar of tqdm's whose lock is one of threads.

    tqdm's own is one of processes, too. Since Python 3.14 that starts a process, which outlives one
    that a signal ends, and warns of a semaphore on its terminal.
    """

    _lock = threading.RLock()
