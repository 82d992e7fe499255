"""The anti-join against plain rules, on any manifests and histories."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.cluster.joining import bucket_of, in_pieces, undone, wanted_row
from semcs.cluster.order import order_of
from semcs.errors import InputError

NAMES = st.sampled_from(["a.png", "A.png", "b/c.png", "d.png", "é.png"])
HASHES = st.sampled_from(["one", "two"])
SIZES = st.sampled_from([None, 10, 20])
WANTED = st.fixed_dictionaries(
    {"output": NAMES, "options_hash": HASHES, "source_size": SIZES, "source_mtime": st.none()}
)
KNOWN = st.fixed_dictionaries(
    {
        "output": NAMES,
        "options_hash": HASHES,
        "status": st.sampled_from(["done", "failed"]),
        "source_size": st.sampled_from([10, 20]),
        "source_mtime": st.none(),
    }
)


def with_values(rows):
    return [{**row, "values": f"{number:03}"} for number, row in enumerate(rows)]


def with_runs(rows):
    return [{**row, "run": number} for number, row in enumerate(rows)]


@settings(max_examples=200, deadline=None)
@given(st.lists(WANTED, max_size=8), st.lists(KNOWN, max_size=8), st.booleans(), st.randoms())
def test_the_anti_join_keeps_what_nothing_was_done_for(wanted, known, retry, random):
    wanted, known = with_values(wanted), with_runs(known)
    mixed = [*wanted], [*known]
    random.shuffle(mixed[0])
    random.shuffle(mixed[1])
    found = undone(*mixed, retry=retry)
    expected = Counter()
    todo = set()
    for name in {row["output"].lower() for row in wanted}:
        rows = sorted(
            (row for row in wanted if row["output"].lower() == name),
            key=lambda row: (row["output"], row["values"]),
        )
        expected["repeated"] += len(rows) - 1
        row = rows[0]
        before = [one for one in known if one["output"].lower() == name][-1:]
        same = bool(before) and row["options_hash"] == before[0]["options_hash"]
        same = same and row["source_size"] in (None, before[0]["source_size"])
        if same and before[0]["status"] == "done":
            expected["skipped"] += 1
        elif same and not retry:
            expected["failed_before"] += 1
        else:
            todo.add(row["values"])
    assert set(found.todo) == todo
    assert len(found.todo) == len(todo)
    counts = {"repeated": found.repeated, "skipped": found.skipped}
    counts["failed_before"] = found.failed_before
    assert +Counter(counts) == +expected


@settings(max_examples=100, deadline=None)
@given(st.lists(WANTED, max_size=12), st.lists(KNOWN, max_size=12), st.integers(1, 5))
def test_buckets_together_give_what_one_bucket_gives(wanted, known, buckets):
    wanted, known = with_values(wanted), with_runs(known)
    whole = undone(wanted, known, retry=False)
    parts = [
        undone(
            [row for row in wanted if bucket_of(row["output"], buckets) == number],
            [row for row in known if bucket_of(row["output"], buckets) == number],
            retry=False,
        )
        for number in range(buckets)
    ]
    assert sorted(text for part in parts for text in part.todo) == sorted(whole.todo)
    assert sum(part.skipped for part in parts) == whole.skipped
    assert sum(part.repeated for part in parts) == whole.repeated


def test_a_name_is_in_the_same_bucket_on_every_machine():
    """Python's own hash differs in each process; this one was computed elsewhere."""
    assert bucket_of("a.png", 1000) == bucket_of("A.PNG", 1000) == 982
    even = Counter(bucket_of(f"{number}.png", 10) for number in range(10_000))
    assert max(even.values()) < 1.15 * min(even.values())


@given(st.integers(0, 200), st.integers(1, 50))
def test_pieces_hold_every_row_once_and_are_alike(count, size):
    rows = [str(number) for number in range(count)]
    pieces = in_pieces(rows, size)
    assert [row for piece in pieces for row in piece] == rows
    lengths = {len(piece) for piece in pieces}
    assert not lengths or (max(lengths) <= size and max(lengths) - min(lengths) <= 1)


def test_a_row_that_cannot_be_used_is_kept_for_the_painting_to_tell():
    order = order_of({"fg": "gold"}, output="/out")
    assert "strength" in wanted_row({"path": "a.jpg", "strength": 9}, order)["values"]
    with pytest.raises(InputError, match="strength is 9"):
        order.task({"path": "a.jpg", "strength": 9})


def test_names_that_are_not_utf8_can_be_told_and_join():
    order = order_of({"fg": "gold"}, output="/out")
    row = wanted_row({"path": "a\udcff.jpg"}, order)
    assert row["output"] == "a\\udcff.jpg"
