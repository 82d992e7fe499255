"""Entry point of `python -m benchmarks.video`."""

from benchmarks.video.command import main

if __name__ == "__main__":
    main()
