"""The folder in which a clip is made, beside its output: what a killed run goes on from.

`.NAME.semcs-part/` holds `about.json` (hashes of all that the clip is made from), a file for each
chunk, and what comes after the last of them: `state.npz`, and `trained.safetensors` where a network
was trained. Each is written whole or not at all, a state after the chunk that it comes after.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image import write_bytes_atomic
from semcs.image.whole_files import hidden_stem
from semcs.runs.locking import Lock
from semcs.runs.resuming import said_at_the_end

State = dict[str, NDArray[Any]]

_log = logging.getLogger("semcs")

FORMAT = 1
"""Another number is another layout of the folder."""

_ABOUT, _STATE, _TRAINED, _LOCK = "about.json", "state.npz", "trained.safetensors", "lock"
_OWN = re.compile(r"chunk-\d+|about\.json|state\.npz|trained\.safetensors|\..+\.semcs-partial")
_PROGRESS = "progress"  # the name of `Progress` in the state


@dataclass(frozen=True)
class Progress:
    """How far a clip has come.

    Attributes:
        chunks: That are written.
        frames: In them.
        next: Index, in the source, of the frame after them.
        last: When the last of them is shown, in seconds from the source's first one.
    """

    chunks: int = 0
    frames: int = 0
    next: int = 0
    last: Fraction = Fraction(0)

    def after(self, frames: int, following: int, last: Fraction) -> Progress:
        """With a chunk more: its number of frames, the next one's index, its last one's time."""
        return Progress(self.chunks + 1, self.frames + frames, following, last)

    def packed(self) -> NDArray[np.str_]:
        """As an array of text."""
        return np.array([str(one) for one in (self.chunks, self.frames, self.next, self.last)])

    @staticmethod
    def unpacked(array: NDArray[Any]) -> Progress:
        """From what `packed` gave."""
        chunks, frames, following, last = (str(one) for one in array)
        return Progress(int(chunks), int(frames), int(following), Fraction(last))


class Journal:
    """The folder of one clip, held by one run at a time, as the context of a `with` block.

    Attributes:
        folder: Where it is.
        progress: How far the clip has come.
        state: What the next chunk goes on from; empty before the first one.
    """

    def __init__(self, output: str | os.PathLike[str]) -> None:
        """Nothing is made yet."""
        target = Path(os.path.realpath(output))
        self.folder = target.with_name(f"{hidden_stem(target)}semcs-part")
        self.progress, self.state = Progress(), State()
        self._output = os.fspath(output)
        self._lock = Lock(self.folder / _LOCK)

    @property
    def trained(self) -> Path:
        """Where the network is kept that was trained for the clip."""
        return self.folder / _TRAINED

    @property
    def chunks(self) -> list[Path]:
        """Files of the chunks that are written, in their order."""
        return [self.chunk(number) for number in range(self.progress.chunks)]

    def chunk(self, number: int) -> Path:
        """The file of a chunk."""
        return self.folder / f"chunk-{number:06}"

    def __enter__(self) -> Journal:
        """Take hold of the folder.

        Raises:
            InputError: Another run has it, or it can't be made.
        """
        try:
            held = self._lock.take()
        except OSError as error:
            raise InputError(
                f"can't write {self._output!r}: {error.strerror or error} ({self.folder})"
            ) from error
        if not held:
            raise InputError(
                f"{self._output!r} is being made by another run, which has to end first"
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it; what is done stays for the next run, a folder of nothing doesn't."""
        if error is not None and not self.progress.chunks and not self.trained.exists():
            self.remove()
        elif isinstance(error, KeyboardInterrupt):
            _log.info("%s%s", self._output, said_at_the_end())
        self._lock.let_go()

    def begin(self, about: Mapping[str, str], *, resume: bool) -> None:
        """Go on from what is there, or begin anew where it is of something else.

        Args:
            about: Hashes of all that the clip is made from, by what they are of.
            resume: Whether to go on at all.

        Raises:
            InputError: The folder can't be written to.
        """
        wanted = {"format": str(FORMAT), **about}
        found = self._read_about() if resume else None
        if found == wanted:
            self._read_state()
            return
        if found is not None:
            changed = sorted(name for name in wanted if found.get(name) != wanted[name])
            _log.info(
                "%s: begun anew, as what it was begun with has changed: %s",
                *(self._output, ", ".join(changed) or "its version"),
            )
        self._empty()
        write_bytes_atomic(self.folder / _ABOUT, (json.dumps(wanted, indent=2) + "\n").encode())

    def save(self, progress: Progress, state: Mapping[str, NDArray[Any]]) -> None:
        """Keep what comes after a chunk that is written.

        Raises:
            InputError: It can't be written.
        """
        buffer = io.BytesIO()
        np.savez(buffer, **{_PROGRESS: progress.packed(), **state})  # type: ignore[arg-type]
        write_bytes_atomic(self.folder / _STATE, buffer.getvalue())
        self.progress = progress

    def remove(self) -> None:
        """Remove the folder: the clip is whole."""
        self._empty()
        self._lock.remove()
        with suppress(OSError):  # something of somebody else is in it
            self.folder.rmdir()

    def _read_about(self) -> dict[str, str] | None:
        try:
            found = json.loads((self.folder / _ABOUT).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _read_state(self) -> None:
        try:
            with np.load(self.folder / _STATE) as file:
                state = {name: file[name] for name in file.files}
            progress = Progress.unpacked(state.pop(_PROGRESS))
        except FileNotFoundError:
            return  # killed before the first chunk
        except (OSError, ValueError, LookupError, EOFError, zipfile.BadZipFile):
            _log.warning("%s: begun anew, since what there was is damaged", self._output)
            return
        if all(self.chunk(number).is_file() for number in range(progress.chunks)):
            self.progress, self.state = progress, state

    def _empty(self) -> None:
        """Remove all of this program's own files but the lock, what they are of first."""
        with suppress(OSError):
            names = [name for name in os.listdir(self.folder) if _OWN.fullmatch(name)]
            for name in sorted(names, key=lambda name: name != _ABOUT):
                (self.folder / name).unlink(missing_ok=True)
