"""Who makes which picture when: what the threads of a pool take their tasks from."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from semcs.errors import SemcsError
from semcs.folder.task import Row, Task

# Deaths without one answer between them after which it isn't the pictures' fault: where nothing
# has worked so far, such as networks that don't fit into memory, and where something has.
_AT_FIRST, _LATER = 10, 100

_PATIENCE = 5.0  # seconds to wait for threads whose processes have ended


@dataclass(eq=False)
class Turn:
    """One try at a picture.

    Attributes:
        task: The picture.
        last: Whether there is no other try after it.
        after: Tries that have to end before it begins.
    """

    task: Task
    last: bool = False
    after: set[Turn] = field(default_factory=set)


class Turns:
    """Tasks that are handed to threads, and the rows that come back.

    Attributes:
        closed: No more is handed out.
    """

    def __init__(self, tasks: Iterator[Task], most: int) -> None:
        """Nothing is taken yet; `most` rows may wait for the one who reads them."""
        self.closed = False
        self._tasks, self._most = tasks, most
        self._change = threading.Condition()
        self._under_way: set[Turn] = set()
        self._again: list[Turn] = []
        self._rows: deque[Row] = deque()
        self._taking = self._exhausted = self._answered = False
        self._deaths = 0
        self._error: BaseException | None = None

    def take(self) -> Turn | None:
        """The next try, waited for; None where there is none any more."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self.closed or self._over() or self._is_something())
                if self.closed or self._over():
                    return None
                if (again := self._due()) is not None:
                    self._again.remove(again)
                    again.after.clear()
                    self._under_way.add(again)
                    return again
                self._taking = True
            if (turn := self._taken()) is not None:
                return turn

    def done(self, turn: Turn, row: Row) -> None:
        """A try has come to its end, well or not."""
        with self._ending(turn):
            self._deaths, self._answered = 0, True
            self._rows.append(row)

    def died(self, turn: Turn, row: Row) -> None:
        """Its process has died; the row counts where it was the last try."""
        with self._ending(turn):
            self._deaths += 1
            if turn.last:
                self._rows.append(row)
            else:
                self._again.append(Turn(turn.task, last=True, after=set(self._under_way)))
            if self._deaths >= (_LATER if self._answered else _AT_FIRST):
                self._stop(
                    SemcsError(
                        f"{self._deaths} times in a row the process of a picture died, the last "
                        f"time: {row.error}; fewer workers take less memory"
                    )
                )

    def drop(self, turn: Turn) -> None:
        """Nothing comes of a try, since the run is closed."""
        with self._ending(turn):
            pass

    def fail(self, turn: Turn, error: BaseException) -> None:
        """The run can't go on after a try."""
        with self._ending(turn):
            self._stop(error)

    def close(self) -> None:
        """Hand out no more."""
        with self._change:
            self._stop(SemcsError("the pool is closed"))
            self._change.notify_all()

    def rows(self) -> Iterator[Row]:
        """What comes back, as long as something does.

        Raises:
            BaseException: What `fail` was told, or what the tasks raised, after all rows.
        """
        while True:
            with self._change:
                self._change.wait_for(lambda: self._rows or self.closed or self._over())
                if not self._rows:
                    if self._error is not None:
                        raise self._error
                    return
                row = self._rows.popleft()
                self._change.notify_all()
            yield row

    def wait_until_idle(self) -> None:
        """Wait until nobody is at a picture, once the processes have ended."""
        with self._change:
            self._change.wait_for(lambda: not self._under_way, _PATIENCE)

    @contextmanager
    def _ending(self, turn: Turn) -> Iterator[None]:
        with self._change:
            self._under_way.discard(turn)
            yield
            self._change.notify_all()

    def _stop(self, error: BaseException) -> None:
        """Only what stopped it first counts."""
        if not self.closed:
            self.closed, self._error = True, error

    def _over(self) -> bool:
        """Whether nothing more can come; a try under way may need another."""
        return self._exhausted and not self._under_way and not self._again

    def _is_something(self) -> bool:
        """Whether a free process could have a try now, and what comes of it is read."""
        if len(self._rows) >= self._most:
            return False
        return self._due() is not None or not (self._taking or self._exhausted)

    def _due(self) -> Turn | None:
        """The first of the second tries that has to wait for no other."""
        return next((one for one in self._again if not one.after & self._under_way), None)

    def _taken(self) -> Turn | None:
        """The next task, as long as it takes; outside of the lock, so that all else goes on."""
        turn, failed = None, None
        try:
            turn = Turn(next(self._tasks))
        except StopIteration:
            pass
        except BaseException as error:
            failed = error
        with self._change:
            self._taking = False
            if turn is None:
                self._exhausted, self._error = True, self._error or failed
            elif self.closed:
                turn = None
            else:
                self._under_way.add(turn)
            self._change.notify_all()
        return turn
