"""Entry point of `python -m fuzzing`."""

from __future__ import annotations

import argparse
import sys
import time

import fuzzing
from fuzzing.running import run_cases

APART = 10**9  # between the first numbers of two seeds


def main() -> int:
    """Run cases; 1 where one is faulty."""
    parser = argparse.ArgumentParser(
        prog="fuzzing", description=fuzzing.__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000, help="cases (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the numbers (default %(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="default %(default)s")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one case, in this process")
    asked = parser.parse_args()
    if asked.only is not None:
        return _again(asked.only)
    began = time.monotonic()
    faults = run_cases(asked.seed * APART, asked.count, asked.processes)
    for fault in faults:
        print(fault, end="\n\n")
    print(f"{asked.count} cases, {len(faults)} faults, {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


def _again(number: int) -> int:
    from fuzzing.cases import fault_of, watch

    watch()
    fault = fault_of(number)
    print(fault or f"case {number}: as it should be")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
