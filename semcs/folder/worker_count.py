"""How many processes paint a folder."""

from __future__ import annotations

from semcs.image.memory import free_memory
from semcs.runs.worker_count import cores

MOST = 64

# Most that one process holds while it makes a photo of 12 megapixels: measured, and a tenth more.
_NEED, _NEED_OPTIMISED = 2000 * 2**20, 2700 * 2**20


def worker_count(workers: int | None, *, optimised: bool, on_gpu: bool) -> int:
    """How many processes there are.

    Args:
        workers: As of `check_workers`. None is one on a GPU, and otherwise as many as there are
            cores, but no more than have room for a photo of 12 megapixels each.
        optimised: Whether pictures are made by another preset than "instant".
        on_gpu: Whether they are made on a GPU, which one process keeps busy.
    """
    if workers is not None:
        return workers
    if on_gpu:
        return 1
    free = free_memory()
    fitting = MOST if free is None else free // (_NEED_OPTIMISED if optimised else _NEED)
    return max(1, min(cores(), fitting, MOST))
