"""Every case by its number, and what is wrong with its outcome."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from random import Random

import numpy.testing  # noqa: F401 - SciPy's import; NumPy below 2 starts lscpu there

from fuzzing import arrays, pictures, texts, weights
from fuzzing.outcome import check_message
from semcs.errors import SemcsError

# How often each kind comes, in a thousand.
KINDS: dict[Callable[[Random], None], int] = {
    pictures.damaged_file: 460,
    pictures.damaged_mask: 100,
    pictures.pil_image: 60,
    arrays.array: 120,
    arrays.tensor: 80,
    arrays.stranger: 20,
    weights.vgg_file: 40,
    weights.nima_file: 20,
    weights.dists_file: 20,
    weights.unknown_hash: 20,
    weights.manifest: 10,
    texts.looked_up: 20,
    texts.painted: 20,
    texts.embedded: 10,
}

# What only a program that is started, or a connection, does.
FORBIDDEN = {"os.exec", "os.fork", "os.posix_spawn", "os.system", "socket.connect"}
FORBIDDEN |= {"socket.getaddrinfo", "subprocess.Popen"}

_forbidden_seen: list[str] = []


def watch() -> None:
    """From now on, notice programs that are started, and connections."""
    sys.addaudithook(lambda event, _: _forbidden_seen.append(event) if event in FORBIDDEN else None)


def kind_of(number: int) -> Callable[[Random], None]:
    return Random(f"kind {number}").choices([*KINDS], [*KINDS.values()])[0]


def fault_of(number: int, kind: Callable[[Random], None] | None = None) -> str | None:
    """What is wrong with the outcome of a case, with its traceback; None where all is well."""
    kind = kind or kind_of(number)
    del _forbidden_seen[:]
    found = None
    try:
        kind(Random(f"case {number}"))
    except SemcsError as error:
        try:
            check_message(error)
        except AssertionError as complaint:
            found = f"{complaint}\n{traceback.format_exc()}"
    except BaseException as error:  # pyo3's panics are no Exceptions
        found = f"{type(error).__name__}: {str(error)[:200]}\n{traceback.format_exc()}"
    if _forbidden_seen:
        found = f"did {', '.join(_forbidden_seen)}\n{found or ''}"
    return None if found is None else f"{kind.__name__} {number}: {found}"
