"""Who makes which picture when, with threads' parts played one step after the other."""

from __future__ import annotations

import threading

import pytest
from tiny_work import do_nothing, tasks

from semcs.errors import SemcsError
from semcs.folder import turns as module
from semcs.folder.pool import failed_row
from semcs.folder.turns import Turns


def asked(folder, count):
    return tasks(folder, *["nothing"] * count)


def done(turns, turn):
    turns.done(turn, do_nothing(turn.task))


def died(turns, turn, error="its process was ended by signal 9"):
    turns.died(turn, failed_row(turn.task, error, 0.0))


class Waiting:
    """What a call gives that may have to wait for another thread."""

    def __init__(self, call):
        self._given = []
        self._thread = threading.Thread(target=lambda: self._given.append(call()), daemon=True)
        self._thread.start()

    def given(self):
        self._thread.join(60)
        return self._given[0]

    @property
    def waits(self):
        self._thread.join(0.05)
        return self._thread.is_alive()


def test_the_second_try_waits_for_those_that_were_on_their_way(tmp_path):
    turns = Turns(iter(asked(tmp_path, 6)), 9)
    first, second, third = turns.take(), turns.take(), turns.take()
    died(turns, second)
    later = turns.take()
    assert later.task.name == "3.jpg"
    done(turns, first)
    begun_since = turns.take()
    assert begun_since.task.name == "4.jpg"  # the third one isn't there yet
    done(turns, third)
    again = turns.take()
    assert (again.task.name, again.last) == ("1.jpg", True)
    died(turns, again)
    for turn in (later, begun_since, turns.take()):
        done(turns, turn)
    assert turns.take() is None
    assert [row.name for row in turns.rows()] == [f"{n}.jpg" for n in (0, 2, 1, 3, 4, 5)]


def test_those_that_died_together_dont_wait_for_each_other(tmp_path):
    turns = Turns(iter(asked(tmp_path, 2)), 9)
    for turn in (turns.take(), turns.take()):
        died(turns, turn)
    assert {turns.take().task.name, turns.take().task.name} == {"0.jpg", "1.jpg"}


def test_who_has_nothing_to_do_waits_for_a_second_try(tmp_path):
    turns = Turns(iter(asked(tmp_path, 1)), 9)
    first = turns.take()
    other = Waiting(turns.take)
    assert other.waits
    died(turns, first)
    assert other.given().last
    done(turns, other.given())
    assert turns.take() is None


def test_rows_that_nobody_reads_hold_up_the_tasks(tmp_path):
    turns = Turns(iter(asked(tmp_path, 5)), 2)
    for _ in range(2):
        done(turns, turns.take())
    third = Waiting(turns.take)
    assert third.waits
    assert next(turns.rows()).name == "0.jpg"
    assert third.given().task.name == "2.jpg"


def test_while_the_next_task_is_waited_for_all_else_goes_on(tmp_path):
    more = threading.Event()

    def watching():
        first, second, third = asked(tmp_path, 3)
        yield from (first, second)
        more.wait(60)
        yield third

    turns = Turns(watching(), 9)
    first, second = turns.take(), turns.take()
    taking = Waiting(turns.take)
    done(turns, first)
    assert next(turns.rows()).name == "0.jpg"
    died(turns, second)
    again = turns.take()
    assert again.task.name == "1.jpg"
    other = Waiting(turns.take)  # doesn't ask for a task beside the one who does
    assert taking.waits
    assert other.waits
    done(turns, again)
    more.set()
    assert taking.given().task.name == "2.jpg"
    done(turns, taking.given())
    assert other.given() is None
    assert [row.name for row in turns.rows()] == ["1.jpg", "2.jpg"]


def test_an_error_of_the_tasks_comes_after_all_rows(tmp_path):
    def broken():
        yield from asked(tmp_path, 2)
        raise LookupError("no more")

    turns = Turns(broken(), 9)
    first, second = turns.take(), turns.take()
    third = Waiting(turns.take)
    assert third.waits
    died(turns, first)
    done(turns, second)
    done(turns, third.given())
    rows = turns.rows()
    assert [next(rows).name, next(rows).name] == ["1.jpg", "0.jpg"]
    with pytest.raises(LookupError, match="no more"):
        next(rows)


@pytest.mark.parametrize("worked_before", [False, True])
def test_where_all_die_the_run_ends(tmp_path, monkeypatch, worked_before):
    monkeypatch.setattr(module, "_AT_FIRST", 3)
    monkeypatch.setattr(module, "_LATER", 5)
    turns = Turns(iter(asked(tmp_path, 20)), 99)
    most = 5 if worked_before else 3
    for _ in range(most - 1 if worked_before else 0):
        died(turns, turns.take())
        done(turns, turns.take())  # begins the count anew
    for _ in range(most):
        assert not turns.closed
        died(turns, turns.take(), "signal 11")
    assert turns.take() is None
    with pytest.raises(SemcsError) as raised:
        list(turns.rows())
    assert str(raised.value) == (
        f"{most} times in a row the process of a picture died, the last time: signal 11; fewer "
        "workers take less memory"
    )


def test_what_ended_it_first_is_told(tmp_path):
    turns = Turns(iter(asked(tmp_path, 3)), 9)
    first, second, third = turns.take(), turns.take(), turns.take()
    done(turns, first)
    turns.fail(second, SemcsError("no space left"))
    turns.fail(third, SemcsError("something that comes of it"))
    rows = turns.rows()
    assert next(rows).name == "0.jpg"
    with pytest.raises(SemcsError, match="no space left"):
        next(rows)


@pytest.mark.parametrize("count", [0, 1])
def test_what_is_taken_while_the_run_is_closed_is_left(tmp_path, count):
    more = threading.Event()

    def watching():
        more.wait(60)
        yield from asked(tmp_path, count)

    turns = Turns(watching(), 9)
    taking = Waiting(turns.take)
    assert taking.waits
    turns.close()
    turns.wait_until_idle()
    more.set()
    assert taking.given() is None
    with pytest.raises(SemcsError, match="the pool is closed"):
        next(turns.rows())
