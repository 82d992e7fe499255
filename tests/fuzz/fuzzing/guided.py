"""Pictures by a fuzzer that looks at which code they reach: atheris, where it is installed.

    PYTHONPATH=tests/fuzz python -m fuzzing.guided -max_total_time=600 -rss_limit_mb=2048

What it finds it writes to a file `crash-…`, which as an argument is read again.
"""

from __future__ import annotations

import sys

from fuzzing.outcome import check_message, check_picture
from semcs.errors import SemcsError
from semcs.image import load


def one_input(data: bytes) -> None:
    """Read bytes as a picture: anything but a picture or semcs's own error is raised."""
    try:
        check_picture(load(data))
    except SemcsError as error:
        check_message(error)


def main() -> None:
    """Hand over to atheris."""
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
