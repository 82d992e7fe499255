"""How many processes paint a folder."""

from __future__ import annotations

import torch

from semcs.image.memory import free_memory
from semcs.runs.worker_count import cores

MOST = 64
_MOST_ON_GPU = 8  # more wait for each other: 16 paint no faster, on a GPU that has room for them

# Most that one process holds while it makes a photo of 12 megapixels: measured, and a tenth more.
_NEED, _NEED_OPTIMISED = 2000 * 2**20, 2700 * 2**20
_NEED_ON_GPU = 1000 * 2**20  # of the GPU's memory; 860 MiB were measured at 12 megapixels


def worker_count(workers: int | None, *, optimised: bool, device: str) -> int:
    """How many processes there are.

    Args:
        workers: As of `check_workers`. None is as many as there are cores, but no more than have
            room for a photo of 12 megapixels each. On a GPU that is one where pictures are
            optimised, and up to 8 for instant ones, which leave it idle while looks are painted.
        optimised: Whether pictures are made by another preset than "instant".
        device: What they are made on, such as "cpu" or "cuda:0".
    """
    if workers is not None:
        return workers
    most = [cores(), MOST]
    free = free_memory()
    if free is not None:
        most.append(free // (_NEED_OPTIMISED if optimised else _NEED))
    if not device.startswith("cpu"):
        most += [1] if optimised else [_MOST_ON_GPU, _free_on(device) // _NEED_ON_GPU]
    return max(1, min(most))


def _free_on(device: str) -> int:
    """Bytes of a GPU's memory; 0 where they aren't known."""
    asked = torch.device(device)
    return torch.cuda.mem_get_info(asked.index)[0] if asked.type == "cuda" else 0
