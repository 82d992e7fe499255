"""A folder's pictures, one after the other, until all are made."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from semcs.bars import Bar
from semcs.folder.contact_sheet import write_contact_sheets
from semcs.folder.journal import Journal, read_rows
from semcs.folder.painting import paint_file
from semcs.folder.planning import Plan, Wanted, plan
from semcs.folder.pool import Pool
from semcs.folder.result import FolderResult, Planned
from semcs.folder.sources import Pictures, Sources
from semcs.folder.tables import write_table
from semcs.folder.task import Row, Task
from semcs.runs.resuming import can_be_resumed

Callback = Callable[[Row], object]

POLL = 2.0
"""Seconds between two looks at a folder that is watched; what was changed within them waits."""

_log = logging.getLogger("semcs")


@dataclass(frozen=True, eq=False)
class FolderRun:
    """The pictures of a folder on their way.

    Attributes:
        sources: Where they are, and what should be made of them.
        workers: How many processes make them; 0 is this one.
        timeout: Seconds that one may take; None is no limit.
        retry: Whether those that failed before are tried again.
        verify: Whether bytes are compared where sizes and times agree.
        watch: Whether to go on looking for new pictures.
        table: Path of a table of what came of them.
        contact_sheet: Path of pages that show them.
        progress: Show a bar on stderr where that is a terminal.
        callback: Called with the row of each picture that this run makes or fails at.
        stop: Set it, and no further picture is begun.
    """

    sources: Sources
    workers: int
    timeout: float | None
    retry: bool
    verify: bool
    watch: bool
    table: str | None
    contact_sheet: str | None
    progress: bool
    callback: Callback | None
    stop: threading.Event

    def look(self) -> FolderResult:
        """What would be done, without doing it.

        Raises:
            InputError: As of `run`.
        """
        began, root = time.monotonic(), self.sources.root
        rows = read_rows(root)
        pictures = self.sources.pictures(rows)
        found = plan(pictures.wanted, rows, retry=self.retry, verify=self.verify, root=root)
        planned = tuple(Planned(task.name, task.output, reason) for task, reason in found.todo)
        return self._result(_Tally().after(found), pictures, began, planned)

    def run(self) -> FolderResult:
        """Make all that isn't there yet.

        Raises:
            InputError: Something can't be read or written, or another run writes to the same
                folder.
            SemcsError: No further picture could be made, such as on a full disk.
        """
        began, root = time.monotonic(), self.sources.root
        # Refuses what can't be read before anything is made.
        pictures = None if os.path.exists(root) else self.sources.pictures({})
        pool = Pool(self.workers, paint_file, timeout=self.timeout)
        with can_be_resumed(root), Journal(root) as journal, pool, self._bar() as bar:
            round = _Round(self, journal, pool, bar)
            if pictures is None or journal.rows:  # by now another run may have made some
                pictures = self.sources.pictures(journal.rows)
            round.run(pictures, retry=self.retry)
            while self.watch and not self.stop.wait(POLL):
                pictures = self.sources.pictures(journal.rows)
                round.run(pictures, retry=False)
            self._write_reports(pictures, journal.rows)
        return self._result(round.tally, pictures, began)

    def _bar(self) -> Bar:
        return Bar(unit="picture", disable=None if self.progress else True, smoothing=0.05)

    def _write_reports(self, pictures: Pictures, known: Mapping[str, Row]) -> None:
        tasks = {one.task.output: one.task for one in pictures.wanted if one.task.output in known}
        rows = [known[output] for output in tasks]
        if self.table is not None:
            write_table(self.table, rows)
        if self.contact_sheet is not None and rows:
            differ = self.sources.manifest is not None
            pages = write_contact_sheets(
                self.contact_sheet,
                rows,
                lambda row: tasks[row.output].source,
                self.sources.root,
                texts_of=(lambda row: _texts(tasks[row.output])) if differ else None,
            )
            _log.info("contact sheet: %s", ", ".join(pages))

    def _result(
        self,
        tally: _Tally,
        pictures: Pictures,
        began: float,
        planned: tuple[Planned, ...] = (),
    ) -> FolderResult:
        return FolderResult(
            output=Path(self.sources.root),
            done=tally.done,
            skipped=tally.skipped,
            failed=tuple(sorted(tally.failed.values(), key=lambda row: row.name)),
            ignored=pictures.ignored,
            unreadable=pictures.unreadable,
            planned=planned,
            seconds=time.monotonic() - began,
        )


def _texts(task: Task) -> str:
    """What a picture should look like, for people."""
    said = [task.options.get(name) for name in ("style", "fg", "bg")]
    return " · ".join(str(text) for text in said if isinstance(text, str))


class _Tally:
    """What has come of the pictures so far.

    Attributes:
        done: How many were made.
        skipped: How many were there before.
        failed: Rows of those that failed, by the names of their outputs.
    """

    def __init__(self) -> None:
        self.done = self.skipped = 0
        self.failed: dict[str, Row] = {}

    def after(self, found: Plan) -> _Tally:
        """With what there was before."""
        self.skipped = found.skipped
        self.failed |= {row.output: row for row in found.failed_before}
        return self

    def add(self, row: Row) -> None:
        """Count a picture."""
        self.failed.pop(row.output, None)
        if row.status == "failed":
            self.failed[row.output] = row
        else:
            self.done += 1


class _Round:
    """Makes what isn't there yet, as often as the folder is looked at."""

    def __init__(self, run: FolderRun, journal: Journal, pool: Pool, bar: Bar) -> None:
        self._run, self._journal, self._pool, self._bar = run, journal, pool, bar
        self._settling, self.tally = _Settling(), _Tally()
        self._is_first = True

    def run(self, pictures: Pictures, *, retry: bool) -> None:
        """Make what is there now and isn't made yet."""
        run, rows = self._run, self._journal.rows
        wanted = pictures.wanted
        if run.watch:
            wanted = [one for one in wanted if self._settling.is_whole(one)]
        found = plan(wanted, rows, retry=retry, verify=run.verify, root=run.sources.root)
        for row in found.refreshed:
            self._journal.append(row)
        if self._is_first:
            self._begin(found, pictures)
        self._bar.total = (self._bar.total or 0) + len(found.todo)
        for row in self._pool.run(self._tasks(found)):
            self._journal.append(row)
            self._take(row)

    def _begin(self, found: Plan, pictures: Pictures) -> None:
        self._is_first = False
        self.tally.after(found)
        self._bar.total = found.skipped + len(found.failed_before)
        self._bar.update(self._bar.total)
        _log.info(
            "%d pictures: %d to make, %d there already, %d failed before",
            *(len(pictures.wanted), len(found.todo), found.skipped, len(found.failed_before)),
        )

    def _tasks(self, found: Plan) -> Iterator[Task]:
        for task, _ in found.todo:
            if self._run.stop.is_set():
                return
            yield task

    def _take(self, row: Row) -> None:
        self.tally.add(row)
        self._bar.update()
        if self.tally.failed:
            self._bar.set_postfix(failed=len(self.tally.failed), refresh=False)
        if row.status == "failed":
            _log.warning("%s: %s", row.name, row.error)
        if self._run.callback is not None and self._run.callback(row) is False:
            self._run.stop.set()


class _Settling:
    """Tells files that are being written from those that are whole."""

    def __init__(self) -> None:
        self._before: dict[str, tuple[int | None, int | None]] = {}

    def is_whole(self, one: Wanted) -> bool:
        """Whether a file is as it was at the last look, or hasn't been changed for a while."""
        now = one.size, one.mtime
        is_as_before = self._before.get(one.task.name) == now
        self._before[one.task.name] = now
        return is_as_before or one.mtime is None or one.mtime < time.time_ns() - POLL * 1e9
