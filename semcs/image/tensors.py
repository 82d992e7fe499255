"""Float RGB between arrays and tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch


def to_tensor(rgb: NDArray[np.float32], device: torch.device | str | None = None) -> torch.Tensor:
    """Copy (H, W, 3) float32 to a (1, 3, H, W) float32 tensor on `device` (default: the CPU)."""
    import torch

    planes = np.array(np.moveaxis(rgb, 2, 0), dtype=np.float32, order="C")
    return torch.from_numpy(planes)[None].to(device or "cpu")


def to_array(tensor: torch.Tensor) -> NDArray[np.float32]:
    """Copy a (1, 3, H, W) tensor, on any device and with or without gradient, to (H, W, 3)."""
    planes = tensor.detach().float().cpu().squeeze(0)
    return np.array(planes.permute(1, 2, 0).numpy(), order="C")
