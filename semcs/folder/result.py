"""What came of a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from semcs.folder.journal import journal_of
from semcs.folder.planning import Reason
from semcs.folder.task import Row


@dataclass(frozen=True)
class Planned:
    """A picture that would be made.

    Attributes:
        name: Its path within the folder, with `/`.
        output: Name of what would be written, likewise.
        reason: Why: "new", "changed picture", "changed options", "output gone", "output changed" or
            "failed before".
    """

    name: str
    output: str
    reason: Reason


@dataclass(frozen=True)
class FolderResult:
    """What `stylize_folder` did.

    Attributes:
        output: The folder of the outputs.
        done: How many pictures were made.
        skipped: How many were there already.
        failed: Those that failed, in this run or before, each with its `error`.
        ignored: How many files in the folder are no pictures, or match no pattern.
        unreadable: Names of folders within that can't be listed, each with the reason.
        planned: What a dry run would make.
        seconds: How long it took.
    """

    output: Path
    done: int
    skipped: int
    failed: tuple[Row, ...]
    ignored: int
    unreadable: tuple[tuple[str, str], ...]
    planned: tuple[Planned, ...] = field(repr=False)
    seconds: float

    @property
    def journal(self) -> Path:
        """The file that tells what came of each picture."""
        return journal_of(self.output)

    @property
    def is_complete(self) -> bool:
        """Whether all pictures are there."""
        return not (self.failed or self.unreadable or self.planned)
