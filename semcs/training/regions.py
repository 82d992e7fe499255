"""Train the bundled region network: its words, what hints mean, and outlines.

    python -m semcs.training.regions --data DIR --out DIR --device cuda    (after deeplab)
    python -m semcs.training.regions --data DIR --out DIR --words-only --steps 750

Reads the pictures of --data (`semcs.training.region_data`), packed in cache/ in --out the first
time, and deeplab.safetensors of --out, from which the network starts and which teaches it.

All of it is trained first: 1,510 steps of 64 crops of 384×384 pixels, 5 minutes on one H100, in
bfloat16; the run is kept in regions.pt and its log. With --words-only, the word head of that run is
trained further, on 8 crops of 320×320 pixels a step, kept in region_words.pt; all else stays as it
is. Both write regions.safetensors, in which batch norms are folded into the convolutions.

The losses are (`semcs.training.region_learner`):

- `labels`: of each pixel, the share of the kinds that its label allows;
- `taught`: where there is no label, the share of the kinds that the teacher's class allows;
- `region`, `again`: the region that hints mean, and again after a hint where that was wrong;
- `alpha`: the region's alpha in full size, most of all at its outline;
- `kept` (with --words-only): where there is no label, what the word head said before.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import nullcontext
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from semcs.errors import InputError
from semcs.models.region_network import RegionNetwork, Separable
from semcs.models.region_words import KINDS
from semcs.training.arguments import autocast, parse_seeded, training_parser
from semcs.training.deeplab import DeepLab, load_deeplab
from semcs.training.loop import Losses, Schedule, TrainingState, export, train
from semcs.training.region_data import load_pack, load_pools
from semcs.training.region_kinds import VOC
from semcs.training.region_learner import Learner, WordLearner
from semcs.training.region_pictures import Sampler

SLOWER_BACKBONE = 0.15  # its learning rate, in that of the heads
WEIGHT_DECAY = 1e-4
SAVE_EVERY = 50  # steps


class Stage(NamedTuple):
    """A part of the training.

    Attributes:
        checkpoint: Name of the run's file.
        shares: Of each pool in a batch.
        batch: Samples of a step.
        side: Of samples, in pixels.
        mixed: Whether it runs in mixed precision.
        lr: See `Schedule`, as the other two.
        warmup: In steps.
        average_decay: See there.
    """

    checkpoint: str
    shares: dict[str, float]
    batch: int
    side: int
    mixed: bool
    lr: float
    warmup: int
    average_decay: float

    def schedule(self, steps: int) -> Schedule:
        """The learning rate of a run of so many steps."""
        return Schedule(steps, self.lr, WEIGHT_DECAY, self.warmup, self.average_decay)


ALL = Stage(
    checkpoint="regions.pt",
    shares={"camvid": 0.22, "labelled": 0.42, "cutout": 0.18, "plain": 0.18},
    batch=64,
    side=384,
    mixed=True,
    lr=2e-3,
    warmup=100,
    average_decay=0.997,
)
WORDS = Stage(
    checkpoint="region_words.pt",
    shares={"camvid": 0.125, "labelled": 0.625, "cutout": 0.125, "plain": 0.125},
    batch=8,
    side=320,
    mixed=False,
    lr=8e-4,
    warmup=20,
    average_decay=0.99,
)


class SlowerBackbone(torch.optim.AdamW):
    """AdamW by which a network's backbone, which was trained before, learns more slowly."""

    def __init__(self, model: nn.Module, *, lr: float, weight_decay: float) -> None:
        named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        backbone = [p for name, p in named if name.startswith("backbone.")]
        others = [p for name, p in named if not name.startswith("backbone.")]
        groups = [{"params": others, "share": 1.0}]
        if backbone:
            groups.append({"params": backbone, "share": SLOWER_BACKBONE})
        super().__init__(groups, lr=lr, weight_decay=weight_decay)

    def step(self, closure: Any = None) -> Any:
        """Make a step at each group's share of the learning rate."""
        for group in self.param_groups:
            group["lr"] = group["lr"] * group["share"]
        return super().step(closure)


class RegionState(TrainingState):
    """A training state with `SlowerBackbone`."""

    def __init__(self, model: nn.Module, schedule: Schedule) -> None:
        """Begin with the model's weights as they are."""
        super().__init__(model, schedule)
        self._optimiser = SlowerBackbone(model, lr=schedule.lr, weight_decay=schedule.weight_decay)


def new_network(deeplab: DeepLab) -> RegionNetwork:
    """A network to train, which begins with DeepLab's backbone and those classes that we share."""
    network = with_norms(RegionNetwork())
    network.backbone.load_state_dict(deeplab.backbone.state_dict())
    coarse, classes = network.word_head.coarse.state_dict(), deeplab.classes.state_dict()
    known = [kind for kind in KINDS if kind in VOC]
    for name, value in coarse.items():
        value[[KINDS.index(kind) for kind in known]] = classes[name][[VOC.index(k) for k in known]]
    return network


def trained_network(checkpoint: Path) -> RegionNetwork:
    """The network of a finished or stopped run, with averaged weights.

    Raises:
        InputError: There is none.
    """
    if not checkpoint.is_file():
        raise InputError(f"no {checkpoint}: train all of the network first, without --words-only")
    network = with_norms(RegionNetwork())
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network.load_state_dict(state["average"])
    return network


def with_norms(network: RegionNetwork) -> RegionNetwork:
    """The network with new batch norms after its separable convolutions, as it is trained."""
    for module in network.modules():
        if isinstance(module, Separable):
            module.norm = nn.BatchNorm2d(module.pointwise.out_channels)
    return network


def without_norms(network: RegionNetwork) -> RegionNetwork:
    """A copy that gives what the network gives in eval mode, its norms folded into convolutions."""
    folded = deepcopy(network).eval()
    for module in folded.modules():
        if isinstance(module, Separable) and isinstance(module.norm, nn.BatchNorm2d):
            conv, norm = module.pointwise.state_dict(), module.norm.state_dict()
            scale = norm["weight"] / (norm["running_var"] + module.norm.eps).sqrt()
            conv["weight"].mul_(scale.view(-1, 1, 1, 1))
            conv["bias"].copy_((conv["bias"] - norm["running_mean"]) * scale + norm["bias"])
            module.norm = nn.Identity()
    return folded


def lessons(
    stage: Stage, learner: nn.Module, sampler: Sampler
) -> Callable[[int, np.random.Generator], Losses]:
    """What `train` asks for: the losses of a new batch, drawn by torch's generator."""
    device = str(sampler.textures.device)

    def step_losses(_step: int, _rng: np.random.Generator) -> Losses:
        with autocast(device) if stage.mixed else nullcontext():
            losses: Losses = learner(sampler.draw(stage.batch))
        return losses

    return step_losses


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = training_parser(__doc__, steps=1510)
    parser.add_argument(
        "--words-only", action="store_true", help="train the word head of the run in --out further"
    )
    return parse_seeded(parser)


def main() -> None:
    """Train from the command line."""
    args = parse()
    if args.words_only:
        stage, network = WORDS, trained_network(args.out / ALL.checkpoint)
        learner: nn.Module = WordLearner(network)
        model: nn.Module = network.word_head
    else:
        deeplab = load_deeplab(args.out)
        stage, network = ALL, new_network(deeplab)
        learner, model = Learner(network, deeplab), network
    learner.to(args.device).to(memory_format=torch.channels_last)
    pools, textures = load_pools(load_pack(args.data, args.out / "cache"), args.device)
    sampler = Sampler(pools, textures, stage.shares, side=stage.side)
    checkpoint, schedule = args.out / stage.checkpoint, stage.schedule(args.steps)
    losses = lessons(stage, learner, sampler)
    train(
        *(model, losses, schedule, checkpoint),
        seed=args.seed,
        save_every=SAVE_EVERY,
        begin=RegionState,
    )
    export(without_norms(network), args.out / "regions.safetensors")


if __name__ == "__main__":
    main()
