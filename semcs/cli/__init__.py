"""The command line: one module for each command of `semcs`, such as `stylize`.

Exit codes: 0 done, 1 failed, 2 wrong usage, 128 + N ended by signal N (130: Ctrl-C). An error is
one line on stderr. Nothing is imported here but in `main`, so that Ctrl-C is one line as well while
Python still loads the rest; heavy imports stay inside the functions of the commands.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments without the program's name. By default those of the process, which then is
            the command's own: its signals and standard streams are seen to as well.

    Returns:
        The exit code.

    Raises:
        SystemExit: For `--help`, `--version` and arguments that can't be parsed (code 2).
    """
    try:
        if argv is None:
            from semcs.cli.process import take_over

            take_over()
        from semcs.cli.running import run

        return run(argv)
    except KeyboardInterrupt:
        import sys

        print("semcs: error: interrupted", file=sys.stderr)
        return 130
