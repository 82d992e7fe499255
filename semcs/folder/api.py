"""`stylize_folder`: a folder of pictures in, a folder of styled pictures out."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch

from semcs.errors import InputError, check_number, check_switch, refuse, shown
from semcs.folder.asked import Asked, Options, check_asked, check_portable
from semcs.folder.contact_sheet import check_contact_sheet
from semcs.folder.result import FolderResult, Planned
from semcs.folder.running import Callback, FolderRun
from semcs.folder.sources import Sources
from semcs.folder.tables import check_table
from semcs.folder.task import Also, Row
from semcs.folder.worker_count import MOST, worker_count
from semcs.image.metadata import Metadata
from semcs.looks.registry import registered_here
from semcs.models.families import ModelFamily
from semcs.runs.worker_count import check_workers

if TYPE_CHECKING:
    from typing_extensions import Unpack

FilePath = str | os.PathLike[str]

__all__ = ["FolderResult", "Planned", "Row", "stylize_folder"]


def stylize_folder(
    source: FilePath,
    output: FilePath,
    style: object = None,
    *,
    manifest: FilePath | None = None,
    patterns: Sequence[str] = (),
    recursive: bool = True,
    format: str | None = None,
    only: str | None = None,
    also: Sequence[Also] = (),
    metadata: Metadata = "private",
    table: FilePath | None = None,
    scores: bool = False,
    contact_sheet: FilePath | None = None,
    workers: int | str = "auto",
    timeout: float | None = None,
    retry: bool = False,
    verify: bool = False,
    dry_run: bool = False,
    watch: bool = False,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    progress: bool = True,
    callback: Callback | None = None,
    stop: threading.Event | None = None,
    **options: Unpack[Options],
) -> FolderResult:
    """Style all pictures of a folder; call it again, and it goes on where it was.

        semcs.stylize_folder("photos", "styled", fg="gold", bg="starry night")
        semcs.stylize_folder("photos", "masks", only="mask")
        semcs.stylize_folder("photos", "styled", manifest="styles.csv")

    Outputs have the same names within their folder. Each is written whole or not at all, and told
    in `OUTPUT/.semcs-folder/journal.jsonl`: what is there and was made of the same bytes by the
    same options isn't made again, whatever ended the run before. A picture that can't be made,
    or whose process dies, costs itself alone. The same call gives the same bits with any number of
    workers, interrupted or not.

    Args:
        source: Path of the folder.
        output: Path of the folder to write to; made where it is missing. It may be within `source`.
        style: As of `semcs.stylize`, for all pictures.
        manifest: Path of a file that names the pictures, and says for each what differs: CSV with a
            header, JSON lines (.jsonl) or Parquet. Columns are `path`, `output` and the keywords
            above; see docs/folder.md.
        patterns: Globs of names within the folder, such as "*.jpg" or "2024/**"; "!" before one
            leaves out what matches. All pictures by default.
        recursive: Whether folders within are taken, too.
        format: "png", "jpeg", "webp", "tiff", "bmp" or "avif"; by default each picture's own, or
            PNG where semcs doesn't write that.
        only: "mask" writes the foreground masks, and paints nothing.
        also: What is written beside each picture: "mask", "layers" and "psd".
        metadata: "private" keeps what is harmless, "all" what the format can hold, "none" nothing
            but the colour profile.
        table: Path of a table to write, .csv or .parquet, with a line for each picture.
        scores: Measure each picture (`semcs.metrics.score`), for the table.
        contact_sheet: Path of pages to write, .png, .jpg or .pdf, that show photos and outputs.
        workers: Processes that paint, 0 to 64; 0 is this one. "auto" is as many as there are cores
            and as fit into the free memory, and into a GPU's; one on a GPU for presets that
            optimise.
        timeout: Seconds that a picture may take; then it has failed. No limit by default.
        retry: Try again those that failed before, though nothing about them changed.
        verify: Compare bytes where sizes and times of files say that nothing changed.
        dry_run: Do nothing but find out what would be done (`FolderResult.planned`).
        watch: Go on looking for new and changed pictures, until `stop` or `callback` ends it.
        models: "auto", "bundled" or "paper" (see `semcs.load_family`).
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        progress: Show a bar on stderr where that is a terminal.
        callback: Called with the row of each picture that this run makes or fails at. `False`, and
            no other answer, begins no further picture.
        stop: Set by another thread, it begins no further picture.
        **options: As of `semcs.stylize`: fg, bg, regions, mask (for pictures of one size, such as
            those of a fixed camera), rule, invert_mask, strength, detail, keep_color, scale, avoid,
            preset ("instant" by default), size, seed, steps, max_seconds.

    Returns:
        How many pictures were made and skipped, and which failed.

    Raises:
        InputError: Something handed in can't be used, a folder can't be read or written, or another
            run writes to the same one.
        ModelUnavailableError: The paper models were asked for and can't be had.
        SemcsError: No further picture can be made, such as on a full disk.
    """
    asked = check_asked(
        {"style": style, **options},
        only=only,
        also=also,
        format=format,
        metadata=metadata,
        scores=check_switch("scores", scores),
        models=models,
        device=device,
    )
    sources = Sources(
        _path("source", source),
        _path("output", output),
        asked,
        patterns,
        check_switch("recursive", recursive),
        None if manifest is None else _path("manifest", manifest),
    )
    sources.check()
    count = _count(workers, asked)
    run = FolderRun(
        sources,
        workers=count,
        timeout=None if timeout is None else check_number("timeout", timeout, above=0),
        retry=check_switch("retry", retry),
        verify=check_switch("verify", verify),
        watch=check_switch("watch", watch),
        table=_report("table", table, check_table),
        contact_sheet=_report("contact_sheet", contact_sheet, check_contact_sheet),
        progress=check_switch("progress", progress),
        callback=_checked(callback),
        stop=stop or threading.Event(),
    )
    return run.look() if check_switch("dry_run", dry_run) else run.run()


def _path(name: str, value: object) -> str:
    if not isinstance(value, (str, os.PathLike)) or not os.fspath(value):
        refuse(name, value, "a path")
    return os.fsdecode(value)


def _report(name: str, value: Any, check: Any) -> str | None:
    if value is None:
        return None
    path = _path(name, value)
    check(path)
    return path


def _checked(callback: Callback | None) -> Callback | None:
    if callback is not None and not callable(callback):
        raise InputError(f"callback is {shown(callback)}: a function is allowed")
    return callback


def _count(workers: int | str, asked: Asked) -> int:
    """How many processes there are.

    Raises:
        InputError: Unknown value, or they don't know a look.
    """
    said = check_workers(workers, MOST)
    count = worker_count(said, optimised=asked.optimised, device=asked.device)
    if said is None and count and registered_here():
        return 0
    check_portable(count)
    return count
