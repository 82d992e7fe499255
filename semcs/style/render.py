"""What a StyleNet paints of one picture, and that at full size."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.errors import DivergenceError
from semcs.image import resize_rgb, to_array, to_tensor
from semcs.style.objective import Task


@torch.no_grad()
def paint(style_net: nn.Module, task: Task) -> Tensor:
    """The regions' pictures (R, 3, h, w) at working size.

    Raises:
        DivergenceError: They hold NaN or infinite values.
    """
    styled: Tensor = style_net(task.content, task.starts, task.masks)
    if not styled.isfinite().all():
        raise DivergenceError("the picture holds NaN or infinite values; nothing was saved")
    return styled


@torch.no_grad()
def paint_at(style_net: nn.Module, task: Task, starts: Tensor, *, kind: str) -> Tensor:
    """The regions' pictures (R, 3, H, W) at the size of what they start from, (R, 3, H, W).

    What the network learned at working size is the change to the start; it is enlarged and made to
    the start at full size, which has its own fine strokes. The published network knows no start:
    its picture is enlarged.

    Args:
        style_net: The network.
        task: The picture at working size.
        starts: What its regions start from, at full size.
        kind: Of the network, as `stylenet` of a preset.

    Raises:
        DivergenceError: They hold NaN or infinite values.
    """
    small, size = paint(style_net, task), (starts.shape[-2], starts.shape[-1])
    if small.shape[-2:] == size:
        return small.clamp(0, 1).cpu()
    if kind == "published":
        resampled = [resize_rgb(to_array(one[None]), size) for one in small]
        return torch.cat([to_tensor(one) for one in resampled])
    change = (small - task.starts).cpu()
    larger = F.interpolate(change, size, mode="bicubic", align_corners=False, antialias=True)
    return larger.add_(starts).clamp_(0, 1)
