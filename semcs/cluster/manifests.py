"""Manifests of any size: their rows, here where they are few, and for Ray where they are many."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from semcs.cluster.order import check_manifest_columns
from semcs.cluster.storage import check_pyarrow, file_system
from semcs.errors import InputError
from semcs.folder.listing import find_pictures
from semcs.folder.manifest import READERS, reading
from semcs.folder.names import output_names, owners
from semcs.image.formats import one_line

PARQUET = ".parquet"


@dataclass
class Manifest:
    """The rows of a manifest.

    Attributes:
        count: How many.
        base: Folder that masks and style pictures of rows are relative to.
        place: Of a Parquet file or a folder of such; None where the rows are here.
        rows: Where there is no place.
    """

    count: int
    base: str
    place: str | None
    rows: Sequence[Mapping[str, Any]] = ()

    def all_rows(self) -> Iterator[Mapping[str, Any]]:
        """The rows, in this process."""
        if self.place is None:
            yield from self.rows
            return
        for batch in _dataset(self.place).to_batches():
            yield from batch.to_pylist()

    def for_ray(self) -> Any:
        """The rows as a `ray.data.Dataset`; those of Parquet are read by its tasks."""
        import pyarrow as pa
        import ray.data

        if self.place is None:
            return ray.data.from_arrow(pa.Table.from_pylist([*self.rows]))
        system, path = file_system(self.place)
        return ray.data.read_parquet(path, filesystem=system)


def of_file(manifest: str) -> Manifest:
    """The manifest of a file: Parquet anywhere, a folder of it too; CSV or JSON lines here.

    Raises:
        InputError: It can't be read, or has a column that means nothing.
    """
    ending = os.path.splitext(manifest)[1].lower()
    if ending not in READERS or ending == PARQUET:
        check_pyarrow()
        dataset = _dataset(manifest)
        check_manifest_columns(dataset.schema.names)
        return Manifest(dataset.count_rows(), os.path.dirname(manifest), manifest)
    with reading(manifest):
        rows = [values for _, values in READERS[ending](manifest)]
    check_manifest_columns([*dict.fromkeys(name for row in rows for name in row)] or ["path"])
    return Manifest(len(rows), os.path.dirname(manifest), None, rows)


def of_folder(
    folder: str, output: str, form: str | None, *, patterns: Sequence[str], recursive: bool
) -> Manifest:
    """A manifest of a folder's pictures, with their sizes and times.

    Args:
        folder: Path of it.
        output: Where the outputs go, which may be within.
        form: Format of the outputs, as of `semcs.folder.names.output_names`.
        patterns: As of `semcs.folder.listing.find_pictures`.
        recursive: Likewise.

    Raises:
        InputError: The folder can't be listed.
    """
    found = find_pictures(folder, patterns=patterns, recursive=recursive, leave_out=output).found
    outputs = output_names([one.name for one in found], form, owners([]))
    rows = [
        {"path": one.name, "output": name, "source_size": one.size, "source_mtime": one.mtime}
        for one, name in zip(found, outputs)
    ]
    return Manifest(len(rows), folder, None, rows)


def _dataset(place: str) -> Any:
    import pyarrow as pa
    from pyarrow import dataset

    system, path = file_system(place)
    try:
        return dataset.dataset(path, filesystem=system, format="parquet")
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"can't read manifest {place!r}: {one_line(error)}") from error
