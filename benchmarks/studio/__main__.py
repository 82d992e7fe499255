"""Entry point of `python -m benchmarks.studio`."""

from benchmarks.studio.command import main

if __name__ == "__main__":
    main()
