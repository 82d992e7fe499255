"""What the region network's answers cost: words by partial labels, regions, and their alpha."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.training.region_kinds import UNKNOWN


def log_share_of(log_shares: Tensor, allowed: Tensor, labels: Tensor) -> Tensor:
    """Log of the probability that all kinds which a pixel's label allows have together.

    Args:
        log_shares: (B, kinds, h, w), of a softmax.
        allowed: (labels, kinds), True where a label allows a kind.
        labels: (B, h, w); what is beyond the table is read as its last row.

    Returns:
        (B, h, w).
    """
    rows = allowed[labels.clamp(max=len(allowed) - 1)].permute(0, 3, 1, 2)
    return torch.logsumexp(log_shares.masked_fill(~rows, -1e4), 1)


def label_loss(
    log_shares: Tensor, allowed: Tensor, labels: Tensor, importance: Tensor | None = None
) -> Tensor:
    """Mean of −log of the share of what labels allow; rare labels of the batch count more.

    Args:
        log_shares: See `log_share_of`, as `allowed` and `labels`.
        allowed: See there.
        labels: See there; UNKNOWN doesn't count.
        importance: (labels,), by how much each label counts more.
    """
    valid = labels != UNKNOWN
    count = torch.bincount(labels[valid], minlength=len(allowed)).float()
    weight = (count.sum() / count.clamp(min=1)).sqrt().clamp(max=30)
    if importance is not None:
        weight = weight * importance
    weight = weight[labels.clamp(max=len(allowed) - 1)] * valid
    said = log_share_of(log_shares, allowed, labels)
    return -(said * weight).sum() / weight.sum().clamp(min=1)


def taught_loss(log_shares: Tensor, voc: Tensor, taught: Tensor, where: Tensor) -> Tensor:
    """Mean of −log of the share of what the teacher's class allows, where the teacher is sure.

    Args:
        log_shares: (B, kinds, h, w), of a softmax.
        voc: (21, kinds), True where a class allows a kind.
        taught: (B, 21, h, w), the teacher's probabilities.
        where: (B, h, w), False where it isn't asked.
    """
    highest, classes = taught.max(1)
    sure = torch.where(classes == 0, highest > 0.95, highest > 0.7) & where
    told = log_share_of(log_shares, voc, classes)
    return -(told * sure).sum() / sure.sum().clamp(min=1)


def region_loss(logits: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """Cross entropy plus 1 − IoU of (B, 1, h, w) logits of regions, where their targets are known.

    The overlap counts for samples of which enough is known and asked for.
    """
    cross = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    cross = (cross * known).sum() / known.sum().clamp(min=1)
    share, target = logits.sigmoid() * known, target * known
    both = (share * target).sum((1, 2, 3))
    either = (share + target).sum((1, 2, 3)) - both
    some = (known.sum((1, 2, 3)) > 20) & (target.sum((1, 2, 3)) > 4)
    overlap = ((1 - both / either.clamp(min=1e-3)) * some).sum() / some.sum().clamp(min=1)
    return cross + overlap


def alpha_loss(logits: Tensor, target: Tensor, known: Tensor, exact: Tensor) -> Tensor:
    """Cross entropy of alpha, most of it at outlines, and its distance and steps there.

    Args:
        logits: (B, 1, H, W).
        target: (B, 1, H, W), in [0, 1].
        known: (B, 1, H, W), 1 where the target is known.
        exact: (B,), how exact the target's outline is, from 0 to 1. Outlines of labelled
            segments (0) are a few pixels off, and near them nothing is said.
    """
    exact = exact.view(-1, 1, 1, 1)
    blurred = F.avg_pool2d(target, 9, 1, 4)
    near = ((blurred > 0.02) & (blurred < 0.98)).float()
    known = known * torch.where(exact > 0, 1.0, 1 - near)
    weight = known * (1 + 6 * near * exact)
    cross = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    cross = (cross * weight).sum() / weight.sum().clamp(min=1)
    alpha, outline = logits.sigmoid(), known * near * exact
    outline_size = outline.sum().clamp(min=1)
    apart = ((alpha - target).abs() * outline).sum() / outline_size
    steps = _step_differences(alpha, target, known * exact) / outline_size
    return cross + apart + steps


def _step_differences(alpha: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Sum of how much steps from pixel to pixel differ, down and across."""
    total = torch.zeros((), device=alpha.device)
    for axis in (2, 3):
        apart = (alpha.diff(dim=axis) - target.diff(dim=axis)).abs()
        total = total + (apart * weight.narrow(axis, 1, apart.shape[axis])).sum()
    return total
