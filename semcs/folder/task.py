"""What is to be made of one picture of a folder, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from semcs.image.metadata import Metadata

Also = Literal["mask", "layers", "psd"]
Status = Literal["done", "failed"]


@dataclass(frozen=True)
class Products:
    """Which files are made of each picture.

    Attributes:
        only_mask: The foreground mask, and no styled picture.
        also: What is written beside each styled picture: "mask" (`NAME.mask.png`), "layers"
            (the folder `NAME.layers`), "psd" (`NAME.psd`).
        metadata: As of `semcs.image.encode`.
        scores: Whether each styled picture is measured (`semcs.metrics.score`).
    """

    only_mask: bool = False
    also: tuple[Also, ...] = ()
    metadata: Metadata = "private"
    scores: bool = False


@dataclass(frozen=True)
class Task:
    """What is to be made of one picture. It can be pickled.

    Attributes:
        name: Path of the picture within its folder, with `/`: what the journal calls it.
        source: Path to read from.
        root: Path of the folder of the outputs.
        output: Name of what is written in it, with `/`; its extension chooses the format.
        options: Keywords of `semcs.Stylizer.__call__`, without progress and callback.
        products: Which files are made.
        models: Name of the family of networks, as of `semcs.load_family`.
        device: Such as "cpu"; None is the GPU where there is one.
        options_hash: SHA-256 of all that decides how the output looks, but the picture itself.
    """

    name: str
    source: str
    root: str
    output: str
    options: Mapping[str, Any]
    products: Products
    models: str
    device: str | None
    options_hash: str

    @property
    def path(self) -> str:
        """Where the output is written to."""
        return os.path.join(self.root, self.output)


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one picture: a line of the journal. All values are plain, as in JSON.

    Attributes:
        name: Of the task.
        status: "done", or "failed".
        output: Name of the output within its folder, with `/`.
        options_hash: Of the task.
        source_hash: SHA-256 of the source's bytes; None where it couldn't be read.
        source_size: Bytes of the source, and
        source_mtime: when it was changed last, in nanoseconds: as they were before it was read.
        output_hash: SHA-256 of the output's bytes; None where there is none.
        output_size: As of the source, right after the output was written.
        output_mtime: Likewise.
        seconds: That the picture took in its worker.
        error: Why it failed, in one line; None where it didn't.
        scores: Measured values by name; None where they weren't asked for.
        others: Names of the files beside the output, with `/`.
    """

    name: str
    status: Status
    output: str
    options_hash: str
    source_hash: str | None = None
    source_size: int | None = None
    source_mtime: int | None = None
    output_hash: str | None = None
    output_size: int | None = None
    output_mtime: int | None = None
    seconds: float = 0.0
    error: str | None = None
    scores: Mapping[str, Any] | None = None
    others: tuple[str, ...] = field(default=())
