"""A process of limited memory and time that goes through some cases."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
import warnings
from collections.abc import Callable

from fuzzing.memory import limited_memory

SECONDS = 20  # for one case


def main(
    start: int,
    stop: int,
    step: int,
    progress: int,
    *,
    judge: Callable[[int], str | None] | None = None,
    seconds: float = SECONDS,
) -> None:
    """Print a line of JSON for every fault; the case in work is written to a file descriptor."""
    judge = judge or _watching()
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
    with limited_memory():
        for number in range(start, stop, step):
            os.pwrite(progress, b"%20d" % number, 0)
            faulthandler.dump_traceback_later(seconds, exit=True)
            fault = judge(number)
            faulthandler.cancel_dump_traceback_later()
            if fault:
                print(json.dumps({"number": number, "fault": fault}), flush=True)


def _watching() -> Callable[[int], str | None]:
    """What is wrong with a case, programs and connections among it; imports all that is tried."""
    from fuzzing.cases import fault_of, watch

    watch()
    return fault_of


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
