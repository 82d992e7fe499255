"""Entry point of `python -m benchmarks.folder`."""

from benchmarks.folder.command import main

if __name__ == "__main__":
    main()
