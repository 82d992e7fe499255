"""`python -m semcs`, the same as `semcs`."""

import sys

from semcs.cli import main

if __name__ == "__main__":
    sys.exit(main())
