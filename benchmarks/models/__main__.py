"""Entry point of `python -m benchmarks.models`."""

from benchmarks.models.command import main

if __name__ == "__main__":  # worker processes import this file anew
    main()
