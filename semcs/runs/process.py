"""A process that works for this one (`semcs.runs.worker`), handed its work through pipes.

It needs nothing of the caller's main module, so a notebook can have workers as well as a program.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any

from semcs.errors import SemcsError
from semcs.runs.pipes import receive, send

PATIENCE = 2.0  # seconds that a process has to end by itself

# Each process has a core of its own: more threads would stand in each other's way, and their
# number would change single bits of the pictures.
ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB")
}
"""Environment of a process whose libraries use one thread."""

_SIGNALS = {
    4: "illegal instruction",
    6: "aborted",
    7: "bus error",
    8: "arithmetic error",
    9: "killed: out of memory?",
    11: "segmentation fault",
    15: "terminated",
}


class WorkerDied(SemcsError):
    """The process ended while it worked."""


class WorkerProcess:
    """One process that works; it is started at once."""

    def __init__(self) -> None:
        self.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def start(self) -> None:
        """Start it, anew where it has ended.

        Raises:
            OSError: The system doesn't allow another process.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", "semcs.runs.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD},
            # What ends the caller's whole terminal would leave half a file: this process tells.
            start_new_session=True,
        )

    def do(self, work: bytes, timeout: float | None = None) -> Any:
        """Have a pickled function called, and wait for what it gives; what it raises is raised.

        Args:
            work: The function, pickled, callable without arguments.
            timeout: Seconds after which the process is killed.

        Raises:
            WorkerDied: The process ended, or took too long. It has to be started again.
        """
        with _Alarm(timeout, self._process) as alarm:
            message = self._exchanged(work)
        if alarm.rang or message is None:
            ended = self._ended()
            raise WorkerDied(
                f"took longer than {timeout:g} s" if alarm.rang else f"its process {ended}"
            )
        answer = pickle.loads(message)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def leave(self) -> None:
        """Ask it to end, also while it works: it removes what it has half written."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()

    def end(self) -> None:
        """Have it end as `leave` does, and wait until it has."""
        self._ended()

    def _exchanged(self, work: bytes) -> bytes | None:
        """The pickled answer; None where the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            send(self._process.stdin, work)
            return receive(self._process.stdout)
        except (EOFError, OSError, ValueError):  # the last one where `leave` has closed the pipe
            return None

    def _ended(self) -> str:
        """Wait until it has, and say how, to be put after "its process"."""
        assert self._process.stdout is not None
        self.leave()
        code = self._wait()
        self._process.stdout.close()
        if code >= 0:
            return f"ended with exit code {code}"
        said = f" ({_SIGNALS[-code]})" if -code in _SIGNALS else ""
        return f"was ended by signal {-code}{said}"

    def _wait(self) -> int:
        """Its exit code; it is killed where it doesn't end by itself."""
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class _Alarm:
    """Kills a process after a time, unless the `with` block ends before."""

    def __init__(self, seconds: float | None, process: subprocess.Popen[bytes]) -> None:
        self.rang = False
        self._process = process
        self._timer = None if seconds is None else threading.Timer(seconds, self._ring)

    def __enter__(self) -> _Alarm:
        if self._timer is not None:
            self._timer.daemon = True  # else the end of the program would wait for it
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # it may be ringing

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()
