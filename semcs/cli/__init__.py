"""The command line: `semcs stylize`, `looks`, `mask`, `score`, `models`, `demo`.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. An error is one line on stderr. Heavy
imports stay inside the functions of the commands, so that `semcs --help` answers at once.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from semcs.cli.parser import parse
from semcs.cli.streams import UsageError
from semcs.errors import SemcsError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments without the program's name; those of the process by default.

    Returns:
        The exit code.

    Raises:
        SystemExit: For `--help`, `--version` and arguments that can't be parsed (code 2).
    """
    args = parse(argv)
    try:
        with _log_on_stderr(logging.WARNING if getattr(args, "quiet", False) else logging.INFO):
            status: int = args.run(args)
        sys.stdout.flush()
        return status
    except UsageError as error:
        return _fail(str(error), code=2)
    except BrokenPipeError:
        # The reader has gone, as with `| head`; Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (SemcsError, OSError) as error:
        return _fail(str(error))
    except (MemoryError, RuntimeError) as error:
        if not _is_out_of_memory(error):
            raise
        return _fail("out of memory: try a smaller --size")
    except KeyboardInterrupt:
        return _fail("interrupted", code=130)


def _fail(message: str, *, code: int = 1) -> int:
    print("semcs: error:", " ".join(message.split()), file=sys.stderr)
    return code


def _is_out_of_memory(error: Exception) -> bool:
    text = str(error).lower()
    told = "out of memory" in text or "can't allocate memory" in text
    return told or isinstance(error, MemoryError)


@contextmanager
def _log_on_stderr(level: int) -> Iterator[None]:
    logger = logging.getLogger("semcs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("semcs: %(message)s"))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
