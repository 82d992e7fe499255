"""Hostile inputs from seeds: damaged pictures, odd arrays, damaged weights, and texts of any kind.

    PYTHONPATH=tests/fuzz python -m fuzzing --count 100000 --seed 1 --processes 2
    PYTHONPATH=tests/fuzz python -m fuzzing --only 12345        # one case again, with its traceback

Each number is one case, always the same with the same versions of the libraries. Its outcome has to
be a result or semcs's own error of one line: nothing else may be raised, no program started, no
connection opened, nothing hang, and no more memory be taken than planned.
"""
