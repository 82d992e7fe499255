"""From ten pictures to 10^8: what `docs/scale.md` measures and computes.

    python -m benchmarks.scale cluster    # two local nodes against the process pool, one killed
    python -m benchmarks.scale picture    # seconds of a core for a picture, and for a piece
    python -m benchmarks.scale simulate   # stragglers and failures, for pieces of several sizes
    python -m benchmarks.scale status     # size of status rows, and seconds of the anti-join
    python -m benchmarks.scale paper      # the arithmetic to 10^8

All print JSON.
"""
