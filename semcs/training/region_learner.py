"""What the region network learns by: partial labels, a teacher, and true masks."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.region_network import RegionNetwork
from semcs.models.region_words import KINDS
from semcs.training.deeplab import DeepLab
from semcs.training.loop import Losses
from semcs.training.region_hints import corrected, draw_hints
from semcs.training.region_kinds import UNKNOWN, allowed_kinds, voc_kinds
from semcs.training.region_losses import alpha_loss, label_loss, region_loss, taught_loss
from semcs.training.region_pictures import Sample

WEIGHTS = {"labels": 1.0, "taught": 0.6, "region": 0.7, "again": 0.7, "alpha": 1.0}
KEPT = 0.5  # weight of what the word head said before it was trained alone
WEAK = (
    *("face", "hair", "flower", "sand", "mountain", "plant", "rock", "bicycle", "motorbike"),
    *("aeroplane", "bottle", "table", "chair", "floor"),
)
WEAK_IMPORTANCE = 1.6


class Learner(nn.Module):
    """The network and its teacher, and the losses of a batch."""

    allowed: Tensor
    voc: Tensor

    def __init__(self, network: RegionNetwork, teacher: DeepLab) -> None:
        super().__init__()
        self.network, self.teacher = network, teacher.eval().requires_grad_(False)
        self.register_buffer("allowed", allowed_kinds())
        self.register_buffer("voc", voc_kinds())

    def forward(self, sample: Sample) -> Losses:
        """Losses of a batch, by name, as they are weighted."""
        with torch.no_grad():
            taught = self.teacher(sample.images).float()
            sample = ask_teacher(sample, taught)
        maps = self.network.see(sample.images)
        losses = self._word_losses(self.network.words(maps).float(), sample, taught)
        target = F.interpolate(sample.target, maps.quarter.shape[-2:], mode="area")
        known = F.interpolate(sample.known, maps.quarter.shape[-2:], mode="area")
        known = (known > 0.99).float()
        hints = draw_hints(target)
        region, _ = self.network.select(maps, hints)
        losses["region"] = region_loss(region.float(), target, known)
        # A second look, where the first was wrong: one more click, and the first answer as hint.
        hints = corrected(hints, region.detach().float(), target, known)
        region, seen = self.network.select(maps, hints)
        losses["again"] = region_loss(region.float(), target, known)
        alpha = self.network.refine(sample.images, maps, region, seen).float()
        losses["alpha"] = alpha_loss(alpha, sample.target, sample.known, sample.exact)
        return {name: WEIGHTS[name] * loss for name, loss in losses.items()}

    def _word_losses(self, logits: Tensor, sample: Sample, taught: Tensor) -> Losses:
        log_shares, size = logits.log_softmax(1), logits.shape[-2:]
        labels, unlabelled = small_labels(sample, size)
        taught = F.interpolate(taught, size, mode="bilinear", align_corners=False)
        return {
            "labels": label_loss(log_shares, self.allowed, labels),
            "taught": taught_loss(log_shares, self.voc, taught, unlabelled),
        }


class WordLearner(nn.Module):
    """The network's word head alone, and the losses of a batch; all else stays as it is."""

    allowed: Tensor
    importance: Tensor

    def __init__(self, network: RegionNetwork) -> None:
        """Freeze `network`, remember what its word head says, and free the head."""
        super().__init__()
        self.network = network.eval().requires_grad_(False)
        self.before = deepcopy(network.word_head)
        network.word_head.train().requires_grad_(True)
        self.register_buffer("allowed", allowed_kinds())
        importance = torch.ones(len(self.allowed))
        importance[[KINDS.index(kind) for kind in WEAK]] = WEAK_IMPORTANCE
        self.register_buffer("importance", importance)

    def forward(self, sample: Sample) -> Losses:
        """Losses of a batch, by name, as they are weighted."""
        with torch.no_grad():
            maps = self.network.see(sample.images)
            before = self.before(maps).softmax(1)
        log_shares = self.network.words(maps).log_softmax(1)
        labels, unlabelled = small_labels(sample, log_shares.shape[-2:])
        kept = -(before * log_shares).sum(1) * unlabelled
        return {
            "labels": label_loss(log_shares, self.allowed, labels, self.importance),
            "kept": KEPT * kept.sum() / unlabelled.sum().clamp(min=1),
        }


def small_labels(sample: Sample, size: torch.Size) -> tuple[Tensor, Tensor]:
    """Labels (B, h, w) of a sample at a smaller size; True where there's a picture without one."""
    labels = F.interpolate(sample.labels.float(), size, mode="nearest").long()[:, 0]
    inside = F.interpolate(sample.inside, size)[:, 0] > 0
    return labels, (labels == UNKNOWN) & inside


def ask_teacher(sample: Sample, taught: Tensor) -> Sample:
    """Where no region is known, the thing that the teacher (B, 21, h, w) sees is asked for."""
    things = taught[:, 1:]
    best = things.flatten(2).mean(2).argmax(1)
    share = things[torch.arange(len(things), device=best.device), best][:, None]
    share = F.interpolate(share, sample.target.shape[-2:], mode="bilinear", align_corners=False)
    sure = ((share < 0.08) | (share > 0.9)).float() * sample.inside
    where = sample.unlabelled & (share > 0.9).flatten(1).any(1)
    each = where.view(-1, 1, 1, 1)
    return replace(
        sample,
        target=torch.where(each, (share > 0.5).float(), sample.target),
        known=torch.where(each, sure, sample.known),
        exact=torch.where(where, 0.0, sample.exact),
    )
