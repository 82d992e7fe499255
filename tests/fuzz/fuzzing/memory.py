"""A limit of memory, so that what takes too much is an error here, and not the machine's."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

MEMORY = 2 * 2**30  # bytes beyond what is mapped already, which is mostly libraries


@contextmanager
def limited_memory(more: int = MEMORY) -> Iterator[None]:
    """Let this process map no more than so many bytes beside those that it has."""
    with open("/proc/self/statm") as file:
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in (before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([mapped + more, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))
