"""The queue: turns, places, limits, withdrawal."""

from __future__ import annotations

import threading

import pytest

from semcs.studio.refusals import Refused
from semcs.studio.work import MORE, Work

WAIT = 60.0  # seconds, on however busy a machine


class Held:
    """Work for one thread, which begins once `go` is set; notes whose turn it was."""

    def __init__(self, make_work, **said):
        self.work = make_work(**said)
        self.go, self.turns = threading.Event(), []
        self.first = self.submit("somebody", lambda: self.go.wait(WAIT))
        while self.first.began is None:
            pass

    def submit(self, client, run=None, lane="quick"):
        return self.work.submit(client, run or (lambda: self.turns.append(client)), lane)


@pytest.fixture
def make_work(request):
    def make(workers=1, waiting=100, waiting_each=50, **more):
        work = Work(workers, waiting=waiting, waiting_each=waiting_each, **more)
        request.addfinalizer(work.close)
        return work

    return make


@pytest.fixture
def held(make_work):
    return Held(make_work)


def test_clients_take_turns(held):
    pieces = [held.submit("many") for _ in range(6)]
    pieces += [held.submit("one"), held.submit("two"), held.submit("two")]
    held.go.set()
    for piece in pieces:
        piece.done.result(WAIT)
    assert held.turns == ["many", "one", "two", "many", "two", "many", "many", "many", "many"]


def test_places_are_the_order_in_which_they_begin(held):
    pieces = [held.submit(client) for client in "aaabbc"]
    places = [held.work.place(piece) for piece in pieces]
    begun = []
    for piece, name in zip(pieces, range(6)):
        piece.run = lambda name=name: begun.append(name)
    held.go.set()
    for piece in pieces:
        piece.done.result(WAIT)
    assert [places.index(place) for place in sorted(places)] == begun
    assert sorted(places) == [1, 2, 3, 4, 5, 6]
    assert held.work.place(pieces[0]) == 0


def test_slow_work_holds_up_nothing_quick(make_work):
    work, go = make_work(), threading.Event()
    slow = [work.submit("a", lambda: go.wait(WAIT), "slow") for _ in range(3)]
    assert work.submit("a", lambda: "painted").done.result(WAIT) == "painted"
    go.set()
    assert all(piece.done.result(WAIT) for piece in slow)


def test_what_fails_harms_nothing_else(make_work):
    work = make_work()

    def fail():
        raise SystemExit("no thread may end by this")

    failed, after = work.submit("a", fail), work.submit("a", lambda: 7)
    assert isinstance(failed.done.exception(WAIT), SystemExit)
    assert after.done.result(WAIT) == 7


def test_each_thread_is_prepared_before_its_first_piece(make_work):
    told = []
    work = make_work(prepare=lambda: told.append("prepared"))
    for number in range(3):
        work.submit("a", lambda number=number: told.append(number)).done.result(WAIT)
    work.submit("a", lambda: told.append("slow"), "slow").done.result(WAIT)
    assert told == ["prepared", 0, 1, 2, "prepared", "slow"]


class Parts:
    """Work of so many parts."""

    def __init__(self, held, client, count):
        self.turns, self.client, self.left = held.turns, client, count

    def __call__(self):
        self.turns.append(self.client)
        self.left -= 1
        return MORE if self.left else "done"


def test_work_of_many_parts_gives_way_after_each(held):
    many = held.submit("many", Parts(held, "many", 3))
    pieces = [held.submit("one"), held.submit("two"), held.submit("two")]
    held.go.set()
    assert many.done.result(WAIT) == "done"
    assert [piece.done.result(WAIT) for piece in pieces] == [None] * 3
    assert held.turns == ["many", "one", "two", "many", "two", "many"]
    assert held.work.waiting == 0


def test_closing_lets_go_of_parts_that_are_left(make_work):
    held = Held(make_work)
    parts = Parts(held, "many", 10**9)
    piece = held.submit("many", parts)
    held.go.set()
    while not held.turns:
        pass
    held.work.close()
    assert piece.done.result(WAIT) is None
    assert parts.left > 0


def test_a_clip_keeps_nothing_else_waiting(make_work):
    work, go = make_work(), threading.Event()
    clips = [work.submit("a", lambda: go.wait(WAIT), "clips") for _ in range(2)]
    for lane in ("quick", "slow"):
        assert work.submit("b", lambda: "done", lane).done.result(WAIT) == "done"
    assert [clip.done.done() for clip in clips] == [False, False]
    go.set()
    assert [clip.done.result(WAIT) for clip in clips] == [True, True]


def test_what_gives_way_waits_for_quick_work_but_not_for_ever(make_work):
    held, order = Held(make_work), []

    def give_way(seconds):
        held.work.give_way(seconds)
        order.append(seconds)

    held.submit("a", lambda: order.append("quick"))
    held.work.submit("b", lambda: give_way(0.01), "clips").done.result(WAIT)
    patient = held.work.submit("b", lambda: give_way(10 * WAIT), "clips")
    held.go.set()
    patient.done.result(WAIT)
    assert order == [0.01, "quick", 10 * WAIT]
    held.work.give_way(10 * WAIT)


def test_what_is_withdrawn_is_never_begun(held):
    piece, after = held.submit("a"), held.submit("b")
    assert held.work.withdraw(piece)
    assert not held.work.withdraw(held.first)
    held.go.set()
    after.done.result(WAIT)
    assert held.turns == ["b"]
    assert piece.done.cancelled()
    assert not held.work.withdraw(after)


def test_nobody_waits_for_what_was_cancelled(held):
    piece, after = held.submit("a"), held.submit("a")
    piece.done.cancel()
    held.go.set()
    after.done.result(WAIT)
    assert held.turns == ["a"]


def test_too_many_are_refused_with_a_time(make_work):
    held = Held(make_work, waiting=4, waiting_each=2)
    for client in "aabb":
        held.submit(client)
    with pytest.raises(Refused) as refused:
        held.submit("c")
    assert (refused.value.status, refused.value.line.split()[0]) == (429, "4")
    assert 1 <= refused.value.retry_after <= 600
    held.go.set()


def test_one_client_can_not_take_all_places(make_work):
    held = Held(make_work, waiting=10, waiting_each=2)
    held.submit("a")
    held.submit("a")
    with pytest.raises(Refused, match="of yours"):
        held.submit("a")
    held.submit("b")
    held.go.set()


def test_closing_lets_go_of_what_waits(held):
    waiting = held.submit("a")
    held.work.close()
    held.go.set()
    assert waiting.done.cancelled()
    with pytest.raises(Refused):
        held.submit("a")
