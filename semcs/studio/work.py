"""One queue with a place for everyone: work in threads, clients taking turns.

Whoever asks for twenty pictures at once waits for the last ones, and nobody else does. What is
optimised has a thread of its own, and so have clips: what is painted at once is never behind
either, and no picture is behind a clip. Work of many parts gives way after each: see `MORE`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Literal

from semcs.studio.refusals import Refused

Lane = Literal["quick", "slow", "clips"]

QUIET_SECONDS = 0.3  # without quick work, after which more of it isn't expected

MORE = object()
"""What a piece of work gives that has more to do: it goes to its client's end of the queue."""


class Piece:
    """A piece of work that waits, runs or is done.

    Attributes:
        client: Whose turn it takes.
        done: What it gave, or how it failed.
        began: When it was begun, by `time.monotonic`; None while it waits.
    """

    def __init__(self, client: str, lane: Lane, run: Callable[[], Any]) -> None:
        self.client, self.lane, self.run = client, lane, run
        self.done: Future[Any] = Future()
        self.began: float | None = None

    def begin(self) -> bool:
        """Whether it is to be run: somebody waits for it still."""
        if self.began is None and not self.done.set_running_or_notify_cancel():
            return False
        self.began = self.began or time.monotonic()
        return True

    def let_go(self) -> None:
        """It is never run, or not again."""
        if not self.done.cancel():
            self.done.set_result(None)


class Work:
    """Threads that take pieces of work, of each client one in turn."""

    def __init__(
        self,
        workers: int,
        *,
        waiting: int,
        waiting_each: int,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Start the threads.

        Args:
            workers: Threads for quick work; there is one more for slow work, and one for clips.
            waiting: Most pieces that wait.
            waiting_each: Most pieces that wait of one client.
            prepare: Called by each thread before its first piece.
        """
        self._most, self._most_each = waiting, waiting_each
        self._changed = threading.Condition()
        self._lanes: dict[Lane, OrderedDict[str, deque[Piece]]] = {
            "quick": OrderedDict(),
            "slow": OrderedDict(),
            "clips": OrderedDict(),
        }
        self._closed, self._prepare = False, prepare
        self._quick_running, self._quick_ended = 0, -QUIET_SECONDS
        self._workers = workers
        lanes: list[Lane] = [*(["quick"] * workers), "slow", "clips"]  # type: ignore[list-item]
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), name=f"semcs-{lane}", daemon=True)
            for lane in lanes
        ]
        self._mean = {"quick": 0.3, "slow": 20.0, "clips": 120.0}  # seconds that a piece takes
        for thread in self._threads:
            thread.start()

    def submit(self, client: str, run: Callable[[], Any], lane: Lane = "quick") -> Piece:
        """Put a piece of work at its client's end of the queue.

        Raises:
            Refused: With 429, as too many wait already.
        """
        piece = Piece(client, lane, run)
        with self._changed:
            own = self._lanes[lane].get(client, ())
            if self._closed:
                raise Refused(409, "the server is being stopped")
            if len(own) >= self._most_each or self.waiting >= self._most:
                whose = "of yours " if len(own) >= self._most_each else ""
                raise Refused(
                    429,
                    f"{max(len(own), 1) if whose else self.waiting} requests {whose}wait already: "
                    "try again later",
                    retry_after=self._seconds_until_room(lane),
                )
            self._lanes[lane].setdefault(client, deque()).append(piece)
            self._changed.notify_all()
        return piece

    @property
    def waiting(self) -> int:
        """How many pieces wait."""
        return sum(len(queue) for lane in self._lanes.values() for queue in lane.values())

    def place(self, piece: Piece) -> int:
        """How many pieces are begun before this one, and 1; 0 once it has begun."""
        with self._changed:
            queues = self._lanes[piece.lane]
            own = queues.get(piece.client, deque())
            if piece not in own:
                return 0
            index = own.index(piece)
            turns = list(queues)
            earlier = turns.index(piece.client)
            before = sum(
                min(len(queue), index + (turn < earlier))
                for turn, (client, queue) in enumerate(queues.items())
                if client != piece.client
            )
            return before + index + 1

    def withdraw(self, piece: Piece) -> bool:
        """Take a piece out of the queue; False where it has begun or is done."""
        with self._changed:
            own = self._lanes[piece.lane].get(piece.client)
            if own is None or piece not in own:
                return False
            own.remove(piece)
            if not own:
                del self._lanes[piece.lane][piece.client]
        piece.let_go()
        return True

    def close(self) -> None:
        """Begin nothing more, and let go of what waits."""
        with self._changed:
            self._closed = True
            left = [
                piece for lane in self._lanes.values() for own in lane.values() for piece in own
            ]
            for lane in self._lanes.values():
                lane.clear()
            self._changed.notify_all()
        for piece in left:
            piece.let_go()

    def give_way(self, seconds: float) -> None:
        """Wait until nothing quick has waited or run for a moment, but at most so many seconds."""
        end = time.monotonic() + seconds
        with self._changed:
            while not self._closed and (now := time.monotonic()) < end:
                is_busy = self._quick_running or self._lanes["quick"]
                quiet_from = end if is_busy else self._quick_ended + QUIET_SECONDS
                if now >= quiet_from:
                    return
                self._changed.wait(min(end, quiet_from) - now)

    def wait_for_clip(self, seconds: float) -> None:
        """Once closed, wait until no clip is being made."""
        for thread in self._threads:
            if thread.name == "semcs-clips":
                thread.join(seconds)

    def _serve(self, lane: Lane) -> None:
        is_prepared = False
        while (piece := self._next(lane)) is not None:
            if not piece.begin():
                continue
            began = time.monotonic()
            self._note_running(lane, 1)
            try:
                if not is_prepared:
                    self._prepare()
                    is_prepared = True
                given = piece.run()
            except BaseException as error:
                piece.done.set_exception(error)
            else:
                if given is MORE:
                    self._put_back(piece)
                else:
                    piece.done.set_result(given)
            self._note_running(lane, -1)
            taken = time.monotonic() - began
            self._mean[lane] += 0.1 * (taken - self._mean[lane])

    def _note_running(self, lane: Lane, by: int) -> None:
        if lane == "quick":
            with self._changed:
                self._quick_running += by
                self._quick_ended = time.monotonic()
                self._changed.notify_all()

    def _put_back(self, piece: Piece) -> None:
        """Have a piece go on in its client's next turn, however many wait."""
        with self._changed:
            if not self._closed:
                self._lanes[piece.lane].setdefault(piece.client, deque()).append(piece)
                self._changed.notify_all()
                return
        piece.let_go()

    def _next(self, lane: Lane) -> Piece | None:
        """The next client's first piece; that client goes to the end of the row."""
        with self._changed:
            queues = self._lanes[lane]
            while not queues and not self._closed:
                self._changed.wait()
            if not queues:
                return None
            client, own = queues.popitem(last=False)
            piece = own.popleft()
            if own:
                queues[client] = own
            return piece

    def _seconds_until_room(self, lane: Lane) -> int:
        threads = self._workers if lane == "quick" else 1
        return max(1, min(600, round(self._mean[lane] * max(1, self.waiting) / threads / 2)))
