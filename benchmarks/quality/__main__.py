"""Entry point of `python -m benchmarks.quality`."""

from benchmarks.quality.command import main

if __name__ == "__main__":  # worker processes import this file anew
    main()
