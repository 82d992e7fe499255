"""Processes that paint a folder's pictures, each one at a time.

One that dies costs the picture that it was at, at most: it is started anew, and the picture is
tried a second time.
"""

from __future__ import annotations

import functools
import os
import pickle
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from semcs.errors import InputError, SemcsError
from semcs.folder.faults import cut, line_of
from semcs.folder.task import Row, Task
from semcs.folder.turns import Turn, Turns
from semcs.image.whole_files import SUFFIX
from semcs.runs.process import WorkerDied, WorkerProcess

Function = Callable[[Task], Row]

_STARTS = 3  # that a process may need, where something ends it while it starts


class Pool:
    """Has pictures made by processes, or by this one, as the context of a `with` block.

    with Pool(2, paint_file) as pool:
        for row in pool.run(tasks): ...
    """

    def __init__(self, count: int, function: Function, *, timeout: float | None = None) -> None:
        """Nothing is started yet.

        Args:
            count: How many processes; 0 is this one, which makes one picture after the other.
            function: What makes a picture. Processes import it by its name. A `SemcsError` that it
                raises ends the run, as no other picture could be made either; what else it raises
                fails the picture.
            timeout: Seconds that a picture may take, with the networks where it is a process's
                first one.

        Raises:
            InputError: A timeout without a process that could be ended.
        """
        if timeout is not None and not count:
            raise InputError(f"timeout is {timeout:g}: it needs workers, as only they can be ended")
        self._function, self._timeout = function, timeout
        self._workers = [_Worker(function, timeout) for _ in range(count)]
        self._turns: Turns | None = None
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Row]:
        """Make pictures, and give what came of each as soon as it is known.

        A task is taken when there is a process that has nothing to do, no earlier; `tasks` may wait
        for the next one as long as it likes. A picture whose process died is tried again once
        those are done that were on their way then, since one of them may have taken the memory.
        An iterator that is closed early ends the processes.

        Args:
            tasks: Asked for the next one by another thread than the caller's, where there are
                processes.

        Raises:
            SemcsError: The function raised it, or no process can be started, or they die one after
                the other.
        """
        if self._closed or self._turns is not None:
            raise SemcsError("the pool is closed, or in the middle of another run")
        if not self._workers:
            for task in tasks:
                yield _made_here(self._function, task)
            return
        self._turns = turns = Turns(iter(tasks), len(self._workers))
        try:
            for worker in self._workers:
                threading.Thread(
                    target=worker.work, args=(turns,), name="semcs-folder", daemon=True
                ).start()
            yield from turns.rows()
        except BaseException:
            self._end(turns)
            raise
        finally:
            self._turns = None

    def close(self) -> None:
        """End all processes, also those that are at work: they leave nothing half-written."""
        self._closed = True
        self._end(self._turns)

    def _end(self, turns: Turns | None) -> None:
        if turns is not None:
            turns.close()
        for worker in self._workers:
            worker.leave()
        for worker in self._workers:
            worker.end()
        if turns is not None:
            turns.wait_until_idle()


class _Worker:
    """A thread's process: started when there is a picture for it, and anew where it has died."""

    def __init__(self, function: Function, timeout: float | None) -> None:
        self._function, self._timeout = function, timeout
        self._process: WorkerProcess | None = None
        self._starting = threading.Lock()

    def work(self, turns: Turns) -> None:
        """Make one picture after the other, as long as there are any."""
        while (turn := turns.take()) is not None:
            try:
                self._make(turn, turns)
            except BaseException as error:
                turns.fail(turn, error)

    def leave(self) -> None:
        """Ask the process to end."""
        with self._starting:
            if self._process is not None:
                self._process.leave()

    def end(self) -> None:
        """Have it end, and wait until it has."""
        with self._starting:
            if self._process is not None:
                self._process.end()
                self._process = None

    def _make(self, turn: Turn, turns: Turns) -> None:
        begin = time.monotonic()
        process = self._process or self._started(turns)
        if process is None:
            turns.drop(turn)
            return
        task = turn.task
        try:
            work = pickle.dumps(functools.partial(self._function, task), 5)
            turns.done(turn, process.do(work, self._timeout))
        except WorkerDied as died:
            _remove_partials_of(process.pid, Path(os.path.realpath(task.path)))
            self._process = None
            turns.died(turn, failed_row(task, str(died), time.monotonic() - begin))
        except SemcsError:
            raise
        except Exception as error:
            turns.done(turn, failed_row(task, cut(line_of(error)), time.monotonic() - begin))

    def _started(self, turns: Turns) -> WorkerProcess | None:
        """The process, once it has imported the function; None where the run is closed.

        Raises:
            SemcsError: It can't be started, or can't import it.
        """
        for attempt in range(1, _STARTS + 1):
            try:
                with self._starting:
                    if turns.closed:
                        return None
                    process = self._process = WorkerProcess()
                process.do(pickle.dumps(functools.partial(callable, self._function), 5))
                return process
            except WorkerDied as died:
                if attempt == _STARTS and not turns.closed:
                    raise SemcsError(f"a worker can't be started: {died}") from None
            except Exception as error:
                raise SemcsError(f"a worker can't be started: {cut(line_of(error))}") from error
        return None


def failed_row(task: Task, error: str, seconds: float) -> Row:
    """The row of a picture that nothing else is known of."""
    size = changed = None
    with suppress(OSError, ValueError):
        found = os.stat(task.source)
        size, changed = found.st_size, found.st_mtime_ns
    return Row(
        task.name,
        "failed",
        task.output,
        task.options_hash,
        source_size=size,
        source_mtime=changed,
        seconds=round(seconds, 3),
        error=error,
    )


def _made_here(function: Function, task: Task) -> Row:
    begin = time.monotonic()
    try:
        return function(task)
    except SemcsError:
        raise
    except Exception as error:
        return failed_row(task, cut(line_of(error)), time.monotonic() - begin)


def _remove_partials_of(pid: int, output: Path) -> None:
    """Remove what a process that has died was writing: beside the output, and in its folders."""
    partial = re.compile(rf"\..*\.{pid}(\.\d+)?{re.escape(SUFFIX)}", re.DOTALL)
    with suppress(OSError):
        beside = list(os.scandir(output.parent))
        folders = [one.path for one in beside if one.is_dir() and one.name.startswith(output.stem)]
        within = [one for folder in folders for one in os.scandir(folder)]
        for one in (*beside, *within):
            if partial.fullmatch(one.name):
                os.unlink(one.path)
