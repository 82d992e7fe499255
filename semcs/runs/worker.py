"""`python -m semcs.runs.worker`: does what it is handed on stdin, until that ends.

It is handed functions with their arguments, pickled by the process that started it. torch is loaded
only where one of them needs it: that takes more memory than all looks together.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

import cv2

from semcs.image.whole_files import remove_partials
from semcs.models.freed import keep_freed_memory
from semcs.runs.pipes import receive, send

_OOM_SCORE = Path("/proc/self/oom_score_adj")  # of Linux, from -1000 to 1000


def main() -> None:
    """Work until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends this process
    _offer_to_be_killed()
    # What libraries print mustn't get among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    cv2.setNumThreads(1)
    keep_freed_memory()
    works: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_hear, args=(works,), daemon=True).start()
    while True:
        work = works.get()
        answer = _answer_to(work)
        try:
            send(answers, answer)
        except BrokenPipeError:
            _leave()


def _answer_to(work: bytes) -> bytes:
    """What a pickled function gives, or the error that it raises, pickled."""
    try:
        return pickle.dumps(pickle.loads(work)(), 5)
    except (Exception, SystemExit) as error:
        return _pickled(error)


def _pickled(error: BaseException) -> bytes:
    """An error; of one that can't be handed to another process, type and text."""
    with suppress(Exception):
        if isinstance(error, Exception):
            pickled = pickle.dumps(error, 5)
            pickle.loads(pickled)  # many a class can't be made from its arguments
            return pickled
    return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"), 5)


def _offer_to_be_killed() -> None:
    """Where memory runs out, this process goes before its parent, which knows what was done."""
    with suppress(OSError, ValueError):
        _OOM_SCORE.write_text(str(min(1000, int(_OOM_SCORE.read_text()) + 200)))


def _hear(works: SimpleQueue[bytes]) -> None:
    """Take in work; where who hands it out is gone, end at once, whatever is being done."""
    while True:
        try:
            work = receive(sys.stdin.buffer)
        except EOFError:
            _leave()
        works.put(work)


def _leave() -> None:
    """End past Python's own end, which would wait for the other thread; leave no half file."""
    try:
        remove_partials()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
