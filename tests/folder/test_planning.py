"""Planning: what nothing has changed about isn't made again, and whatever changed is."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.folder import planning
from semcs.folder.listing import find_pictures
from semcs.folder.planning import Wanted
from semcs.folder.task import Products, Row, Task

LATER = 10**9  # nanoseconds


class Folder:
    """A folder of tiny files, and what a run would have made of them: the bytes backwards."""

    def __init__(self, top, count=3):
        self.pictures, self.out = Path(top, "in"), Path(top, "out")
        self.options = {}
        self.rows = {}
        self.pictures.mkdir()
        self.out.mkdir()
        for number in range(count):
            self.write(self.pictures / f"{number}.jpg", b"picture %d" % number)

    @staticmethod
    def write(path, data):
        """Write a file as the next moment's: clocks of file systems can be coarse."""
        before = path.stat().st_mtime_ns if path.exists() else 10**18
        path.write_bytes(data)
        os.utime(path, ns=(before + LATER, before + LATER))

    def wanted(self, stat=True):
        for found in find_pictures(self.pictures).found:
            name = found.name
            hashed = self.options.get(name, "options")
            paths = (name, found.path, str(self.out), name)
            task = Task(*paths, {}, Products(), "bundled", None, hashed)
            yield Wanted(task, found.size, found.mtime) if stat else Wanted(task)

    def plan(self, **options):
        stat = options.pop("stat", True)
        return planning.plan(self.wanted(stat), self.rows, root=str(self.out), **options)

    def reasons(self, **options):
        return {task.name: reason for task, reason in self.plan(**options).todo}

    def make(self, task):
        """Do a task, and write its row."""
        source = Path(task.source)
        data = source.read_bytes()
        size, mtime = source.stat().st_size, source.stat().st_mtime_ns
        row = Row(
            task.name,
            "failed",
            task.name,
            task.options_hash,
            source_hash=hashlib.sha256(data).hexdigest(),
            source_size=size,
            source_mtime=mtime,
        )
        if b"bad" not in data:
            output, made = Path(task.path), data[::-1]
            self.write(output, made)
            size, mtime = output.stat().st_size, output.stat().st_mtime_ns
            hashed = hashlib.sha256(made).hexdigest()
            row = replace(
                row, status="done", output_hash=hashed, output_size=size, output_mtime=mtime
            )
        self.rows[row.output] = row

    def apply(self, plan):
        for task, _ in plan.todo:
            self.make(task)
        self.rows |= {row.output: row for row in plan.refreshed}

    def made(self):
        self.apply(self.plan())
        return self


@pytest.fixture
def folder(tmp_path):
    """Three pictures, made."""
    return Folder(tmp_path).made()


def touch(path, by=LATER):
    now = path.stat().st_mtime_ns
    os.utime(path, ns=(now + by, now + by))


class TestReasons:
    def test_all_are_new_at_first(self, tmp_path):
        plan = Folder(tmp_path).plan()
        assert [(task.name, reason) for task, reason in plan.todo] == [
            *(("0.jpg", "new"), ("1.jpg", "new"), ("2.jpg", "new"))
        ]
        assert plan.skipped == 0

    def test_nothing_changed(self, folder):
        for stat in (True, False):
            plan = folder.plan(stat=stat)
            assert (plan.todo, plan.skipped, plan.refreshed) == ([], 3, [])

    def test_no_file_is_read_where_sizes_and_times_are_the_same(self, folder, monkeypatch):
        monkeypatch.setattr(planning, "hash_of_file", lambda path: pytest.fail(f"read {path}"))
        assert folder.plan().skipped == 3

    def test_a_new_picture(self, folder):
        folder.write(folder.pictures / "9.jpg", b"new")
        assert folder.reasons() == {"9.jpg": "new"}

    @pytest.mark.parametrize("data", [b"longer than before", b"Picture 1"])
    def test_a_changed_picture(self, folder, data):
        folder.write(folder.pictures / "1.jpg", data)
        assert folder.reasons() == folder.reasons(stat=False) == {"1.jpg": "changed picture"}

    def test_a_picture_that_is_older_than_before_has_changed_too(self, folder):
        path = folder.pictures / "1.jpg"
        folder.write(path, b"Picture 1")
        touch(path, -100 * LATER)
        assert folder.reasons() == {"1.jpg": "changed picture"}

    def test_another_picture_of_the_same_size_and_time(self, folder):
        row = folder.rows["1.jpg"]
        folder.rows["1.jpg"] = replace(row, name="other.jpg")
        assert folder.reasons() == {"1.jpg": "changed picture"}

    def test_changed_options(self, folder):
        folder.options["2.jpg"] = "others"
        assert folder.reasons() == {"2.jpg": "changed options"}

    def test_an_output_that_is_gone(self, folder):
        (folder.out / "0.jpg").unlink()
        assert folder.reasons() == {"0.jpg": "output gone"}

    @pytest.mark.parametrize("data", [b"0", b"0 ERUTCIP"])
    def test_an_output_that_was_changed(self, folder, data):
        folder.write(folder.out / "0.jpg", data)
        assert folder.reasons() == {"0.jpg": "output changed"}

    def test_a_folder_in_its_place(self, folder):
        (folder.out / "0.jpg").unlink()
        (folder.out / "0.jpg").mkdir()
        assert folder.reasons() == {"0.jpg": "output changed"}

    def test_a_file_beside_it_that_is_gone(self, folder):
        folder.rows["0.jpg"] = replace(folder.rows["0.jpg"], others=("0.mask.png", "0.layers"))
        (folder.out / "0.mask.png").write_bytes(b"mask")
        assert folder.reasons() == {"0.jpg": "output gone"}
        (folder.out / "0.layers").mkdir()
        assert folder.reasons() == {}

    def test_a_picture_that_is_gone_is_tried(self, folder):
        (folder.pictures / "1.jpg").rename(folder.pictures / "1.jpg.bak")
        row = folder.rows["1.jpg"]
        task = Task(
            *("1.jpg", str(folder.pictures / "1.jpg"), str(folder.out), "1.jpg", {}),
            *(Products(), "bundled", None, row.options_hash),
        )
        plan = planning.plan([Wanted(task)], folder.rows, root=str(folder.out))
        assert plan.todo == [(task, "changed picture")]


class TestTouched:
    @pytest.mark.parametrize("where", ["pictures", "out"])
    def test_files_with_the_same_bytes_are_skipped_and_noted(self, folder, where):
        path = getattr(folder, where) / "1.jpg"
        touch(path)
        plan = folder.plan()
        assert (plan.todo, plan.skipped) == ([], 3)
        (row,) = plan.refreshed
        noted = row.source_mtime if where == "pictures" else row.output_mtime
        assert noted == path.stat().st_mtime_ns
        folder.apply(plan)
        assert folder.plan().refreshed == []

    def test_a_picture_that_cant_be_read_is_tried(self, folder, monkeypatch):
        def refuse(path):
            raise planning.InputError(f"can't read {path!r}")

        touch(folder.pictures / "1.jpg")
        monkeypatch.setattr(planning, "hash_of_file", refuse)
        assert folder.reasons() == {"1.jpg": "changed picture"}


class TestVerify:
    @pytest.mark.parametrize(
        ("where", "reason"), [("pictures", "changed picture"), ("out", "output changed")]
    )
    def test_finds_other_bytes_of_the_same_size_and_time(self, folder, where, reason):
        path = getattr(folder, where) / "1.jpg"
        time = path.stat().st_mtime_ns
        path.write_bytes(path.read_bytes().upper())
        os.utime(path, ns=(time, time))
        assert folder.reasons() == {}
        assert folder.reasons(verify=True) == {"1.jpg": reason}

    def test_leaves_the_rest_alone(self, folder):
        plan = folder.plan(verify=True)
        assert (plan.todo, plan.skipped, plan.refreshed) == ([], 3, [])


class TestFailed:
    @pytest.fixture
    def failed(self, folder):
        folder.write(folder.pictures / "1.jpg", b"bad picture")
        return folder.made()

    def test_they_arent_tried_again(self, failed):
        plan = failed.plan()
        assert (plan.todo, plan.skipped, plan.refreshed) == ([], 2, [])
        assert plan.failed_before == [failed.rows["1.jpg"]]

    def test_but_where_it_is_asked_for(self, failed):
        assert failed.reasons(retry=True) == {"1.jpg": "failed before"}
        assert failed.plan(retry=True).failed_before == []

    def test_or_the_picture_or_options_changed(self, failed):
        failed.options["1.jpg"] = "others"
        assert failed.reasons() == {"1.jpg": "changed options"}
        failed.options.clear()
        failed.write(failed.pictures / "1.jpg", b"good")
        assert failed.reasons() == {"1.jpg": "changed picture"}

    def test_touching_is_no_change(self, failed):
        touch(failed.pictures / "1.jpg")
        plan = failed.plan()
        assert plan.todo == []
        assert plan.failed_before == plan.refreshed
        failed.apply(plan)
        assert failed.plan().refreshed == []

    def test_one_that_couldnt_be_found_is_tried_once_it_is_there(self, folder):
        folder.write(folder.pictures / "9.jpg", b"new")
        (wanted,) = [one for one in folder.wanted() if one.task.name == "9.jpg"]
        folder.rows["9.jpg"] = Row("9.jpg", "failed", "9.jpg", "options")
        assert folder.reasons() == {"9.jpg": "changed picture"}
        (folder.pictures / "9.jpg").unlink()
        plan = planning.plan([Wanted(wanted.task)], folder.rows, root=str(folder.out))
        assert (plan.todo, plan.failed_before) == ([], [folder.rows["9.jpg"]])


CHANGES = {
    "longer picture": lambda f, name: f.write(f.pictures / name, b"a longer picture"),
    "other bytes": lambda f, name: f.write(
        f.pictures / name, (f.pictures / name).read_bytes().swapcase()
    ),
    "options": lambda f, name: f.options.__setitem__(name, "others"),
    "output gone": lambda f, name: (f.out / name).unlink(),
    "output shorter": lambda f, name: f.write(f.out / name, b"1"),
    "output other": lambda f, name: f.write(f.out / name, (f.out / name).read_bytes().swapcase()),
    "row lost": lambda f, name: f.rows.pop(name),
}
TOUCHES = {
    "touched": lambda f, name: touch(f.pictures / name),
    "output touched": lambda f, name: touch(f.out / name),
    "copied": lambda f, name: f.write(f.pictures / name, (f.pictures / name).read_bytes()),
}
WHICH = st.integers(0, 3).map("{}.jpg".format)


class TestAnyChange:
    @settings(max_examples=25, deadline=None)
    @given(st.sampled_from(sorted(CHANGES)), WHICH, st.booleans())
    def test_gives_exactly_one_task_and_then_none(self, change, name, verify):
        with tempfile.TemporaryDirectory() as top:
            folder = Folder(top, count=4).made()
            CHANGES[change](folder, name)
            plan = folder.plan(verify=verify)
            assert [task.name for task, _ in plan.todo] == [name]
            assert (plan.skipped, plan.refreshed) == (3, [])
            folder.apply(plan)
            plan = folder.plan(verify=True)
            assert (plan.todo, plan.skipped, plan.refreshed) == ([], 4, [])

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(sorted({**CHANGES, **TOUCHES})), WHICH)))
    def test_any_number_of_them_is_done_once(self, changes):
        with tempfile.TemporaryDirectory() as top:
            folder = Folder(top, count=4).made()
            for change, name in changes:
                if (folder.out / name).exists() and name in folder.rows:
                    {**CHANGES, **TOUCHES}[change](folder, name)
            changed = {name for change, name in changes if change in CHANGES}
            plan = folder.plan()
            assert {task.name for task, _ in plan.todo} <= changed
            folder.apply(plan)
            again = folder.plan(verify=True)
            assert (again.todo, again.skipped, again.refreshed) == ([], 4, [])

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(sorted(TOUCHES)), WHICH)))
    def test_touching_gives_no_task(self, touches):
        with tempfile.TemporaryDirectory() as top:
            folder = Folder(top, count=4).made()
            for change, name in touches:
                TOUCHES[change](folder, name)
            plan = folder.plan()
            assert (plan.todo, plan.skipped) == ([], 4)
            assert {row.name for row in plan.refreshed} == {name for _, name in touches}
