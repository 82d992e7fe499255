"""Networks whose normalisation is the same for every frame of a clip.

InstanceNorm takes its statistics from the frame at hand: what comes into the picture at one side
changes what is painted at the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from semcs.models.loading import build_without_weights
from semcs.style.objective import Task
from semcs.style.stylenet import InstanceNorm


def hold_norms(style_net: nn.Module) -> nn.Module:
    """The same network, each of its norms replaced by one that keeps its statistics.

    They keep the mean of the frames that the network paints in training mode; in evaluation mode
    they use what they kept.
    """
    for module in list(style_net.modules()):
        for name, norm in list(module.named_children()):
            if isinstance(norm, InstanceNorm):
                setattr(module, name, _held(norm))
    return style_net


@torch.no_grad()
def hold_statistics(style_net: nn.Module, tasks: Sequence[Task]) -> nn.Module:
    """The same network, its norms holding their mean statistics over some frames."""
    hold_norms(style_net).train().to(tasks[0].content.device)
    for task in tasks:
        style_net(task.content, task.starts, task.masks)
    return style_net.eval()


def _held(norm: InstanceNorm) -> nn.BatchNorm2d:
    """Statistics averaged over all frames alike (`momentum` None), without weights of its own."""
    held = build_without_weights(
        lambda: nn.BatchNorm2d(norm.num_features, eps=norm.eps, momentum=None, affine=False)
    )
    held.reset_running_stats()
    return held
