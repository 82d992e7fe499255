"""Entry point of `python -m benchmarks.scale`."""

from benchmarks.scale.command import main

if __name__ == "__main__":
    main()
