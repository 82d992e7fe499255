"""From a folder or a manifest to the pictures that are wanted, each with its task."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from semcs.errors import InputError
from semcs.folder.asked import Asked
from semcs.folder.listing import find_pictures
from semcs.folder.manifest import read_manifest
from semcs.folder.names import folded, output_names, owners
from semcs.folder.planning import Wanted
from semcs.folder.task import Row

_BESIDE = {"mask": ".mask.png", "layers": ".layers", "psd": ".psd"}


@dataclass(frozen=True)
class Pictures:
    """The pictures that are wanted.

    Attributes:
        wanted: Each with its task.
        ignored: How many other files the folder holds.
        unreadable: Names of folders within that can't be listed, each with the reason.
    """

    wanted: list[Wanted]
    ignored: int = 0
    unreadable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Sources:
    """Where the pictures are, and where their outputs go.

    Attributes:
        folder: Path of the folder of the pictures.
        root: Path of the folder of the outputs.
        asked: What is to be made.
        patterns: As of `find_pictures`.
        recursive: See there.
        manifest: Path of a file that names the pictures; None takes all of the folder.
    """

    folder: str
    root: str
    asked: Asked
    patterns: Sequence[str] = ()
    recursive: bool = True
    manifest: str | None = None

    def check(self) -> None:
        """Refuse folders whose pictures would be overwritten.

        Raises:
            InputError: The output folder is that of the pictures, or holds it.
        """
        inside, outside = os.path.realpath(self.folder), os.path.realpath(self.root)
        if os.path.commonpath([inside, outside]) == outside:
            raise InputError(
                f"output folder {self.root!r} is that of the pictures, or holds it: the pictures "
                "would be overwritten; give another folder, which may be within theirs"
            )

    def pictures(self, rows: Mapping[str, Row]) -> Pictures:
        """The pictures that are there now.

        Args:
            rows: What came of pictures before: they keep their outputs' names.

        Raises:
            InputError: The folder or the manifest can't be read, or an option can't be used.
        """
        taken = owners(
            (output, row.name) for row in rows.values() for output in (row.output, *row.others)
        )
        if self.manifest is not None:
            return self._named_by(self.manifest, taken)
        listing = find_pictures(
            self.folder, patterns=self.patterns, recursive=self.recursive, leave_out=self.root
        )
        found = listing.found
        outputs = self._outputs([one.name for one in found], taken)
        wanted = [
            Wanted(self._task(one.name, output), one.size, one.mtime)
            for one, output in zip(found, outputs)
        ]
        return Pictures(wanted, listing.ignored, tuple(listing.unreadable))

    def _named_by(self, manifest: str, taken: Callable[[str], str | None]) -> Pictures:
        entries = read_manifest(manifest)
        said = owners((one.output, one.name) for one in entries if one.output is not None)
        open_ones = [entry.name for entry in entries if entry.output is None]
        outputs = self._outputs(open_ones, lambda output: said(output) or taken(output))
        names = dict(zip(open_ones, outputs))
        wanted, lines = [], dict[str, int]()
        for entry in entries:
            output = entry.output or names[entry.name]
            first = lines.setdefault(folded(output), entry.line)
            try:
                if first != entry.line:
                    raise InputError(f"its output {output!r} is that of line {first} as well")
                wanted.append(Wanted(self._task(entry.name, output, entry.options)))
            except InputError as error:
                raise InputError(f"{manifest!r}, line {entry.line}: {error}") from error
        return Pictures(wanted)

    def _outputs(self, names: Sequence[str], taken: Callable[[str], str | None]) -> list[str]:
        return output_names(names, self.asked.form, taken, beside=self._beside)

    def _beside(self, output: str) -> Iterable[str]:
        stem = posixpath.splitext(output)[0]
        return (stem + _BESIDE[what] for what in self.asked.products.also)

    def _task(self, name: str, output: str, own: Mapping[str, Any] | None = None) -> Any:
        source = os.path.join(self.folder, name)
        return self.asked.task(name, source, self.root, output, own)
