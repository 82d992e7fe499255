"""`python -m semcs.video.workers.worker`: does what it is handed on stdin, until that ends.

It is handed functions with their arguments, pickled by the process that started it. torch is loaded
only where one of them needs it: that takes more memory than all looks together.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys

import cv2

from semcs.video.workers.pipes import receive, send


def main() -> None:
    """Work until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends this process
    # What libraries print mustn't get among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    cv2.setNumThreads(1)
    while True:
        try:
            work = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer: object = pickle.loads(work)()
        except Exception as error:
            answer = error
        try:
            send(answers, pickle.dumps(answer, 5))
        except BrokenPipeError:  # who asked is gone; past Python's end, which would complain
            os._exit(0)


if __name__ == "__main__":
    main()
