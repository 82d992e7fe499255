"""torch's settings as the networks need them, whatever the caller has set.

Some settings of torch are a thread's (gradients, inference mode, autocast, default device), others
the whole process's (default dtype, whether an operation without a deterministic form is an error).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import numpy as np
import torch

AUTOCAST_KINDS = ("cpu", "cuda", "mps", "xpu")


@contextmanager
def own_settings() -> Iterator[None]:
    """A block in which the caller's settings have no effect; afterwards they hold again.

    In it, tensors are float32 on the CPU unless said otherwise, gradients are on, nothing is an
    inference tensor, autocast and NumPy's raising of floating-point errors are off, and operations
    without a deterministic form warn where they would raise. In a process that was forked, torch
    uses one thread: the parent's others aren't there, and waiting for them would never end.

    Where the caller's default dtype isn't float32, other threads see float32 until the block ends.
    """
    with ExitStack() as stack:
        stack.enter_context(torch.inference_mode(False))
        stack.enter_context(torch.enable_grad())
        for kind in AUTOCAST_KINDS:
            if _autocast_is_on(kind):
                stack.enter_context(torch.autocast(kind, enabled=False))
        if torch.empty(0).device.type != "cpu":
            stack.enter_context(torch.device("cpu"))
        stack.enter_context(np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"))
        stack.enter_context(_PROCESS.held())
        stack.enter_context(_one_thread_where_forked())
        yield


@contextmanager
def one_thread() -> Iterator[None]:
    """A block in which torch uses one thread: then their number changes no bit of a result."""
    threads = torch.get_num_threads()
    if threads == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class _ProcessSettings:
    """Settings of the whole process: the first block that needs them sets, the last one restores.

    Blocks of several threads overlap, so each one restoring what it found would leave the process
    with what another block had set.
    """

    def __init__(self) -> None:
        self._lock, self._holders = threading.Lock(), 0
        self._restore: list[Callable[[], None]] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        """Set for the length of a block."""
        with self._lock:
            self._holders += 1
            if self._holders == 1:
                self._set()
        try:
            yield
        finally:
            with self._lock:
                self._holders = max(0, self._holders - 1)  # 0 already in a child forked in it
                if not self._holders:
                    self._put_back()

    def let_go_after_fork(self) -> None:
        """In a child: the threads that hold the settings, or the lock, aren't in it."""
        self._lock, self._holders = threading.Lock(), 0
        self._put_back()

    def _set(self) -> None:
        dtype = torch.get_default_dtype()
        if dtype != torch.float32:
            torch.set_default_dtype(torch.float32)
            self._restore.append(lambda: torch.set_default_dtype(dtype))
        strict = torch.are_deterministic_algorithms_enabled()
        if strict and not torch.is_deterministic_algorithms_warn_only_enabled():
            torch.use_deterministic_algorithms(True, warn_only=True)
            self._restore.append(lambda: torch.use_deterministic_algorithms(True))

    def _put_back(self) -> None:
        while self._restore:
            self._restore.pop()()


_PROCESS = _ProcessSettings()
_forked = False


@contextmanager
def _one_thread_where_forked() -> Iterator[None]:
    """One thread of torch in a forked process; any number in others."""
    if not _forked:
        yield
        return
    with one_thread():
        yield


def _after_fork() -> None:
    global _forked
    _forked = True
    _PROCESS.let_go_after_fork()


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_after_fork)


def _autocast_is_on(kind: str) -> bool:
    try:
        return torch.is_autocast_enabled(kind)
    except TypeError:  # torch before 2.4 has a function for each kind
        known = {"cpu": torch.is_autocast_cpu_enabled, "cuda": torch.is_autocast_enabled}
        return kind in known and known[kind]()
