"""Train the bundled content network.

    python -m semcs.training.perceptual --data DIR --out DIR    (after vit and clip, same --out)

Reads the photos of --data, whose rendered crops it shares with clip, and vit.safetensors of --out.
Writes content.safetensors to --out, with content.pt and content.log. It takes 5 minutes on two
cores, once the crops are there.

The network sees a crop of a photo, or the same crop rendered in a named style, and has to predict
two things of the *photo*: the keys that the bundled ViT gives for it, and its outlines. So it
learns that whatever a renderer changes is no content.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.loading import load_half
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.vit import BundledVit
from semcs.training.arguments import add_crops, autocast, parse_seeded, training_parser
from semcs.training.augment import draw_views
from semcs.training.crops import CROP_SIDE, RenderedCrops, training_crops
from semcs.training.data import pixels
from semcs.training.loop import Losses, Schedule, export, train

BATCH = 64
SHARE_RENDERED = 0.7


class ContentLearner(nn.Module):
    """The content network, and heads that predict the photo's keys and outlines from its maps."""

    def __init__(self) -> None:
        super().__init__()
        self.network = BundledContentNetwork()
        fine, coarse = self.network.widths[2:]
        self.outlines = nn.Conv2d(fine, 2 * 4, 1)
        self.keys = nn.Conv2d(coarse, 192, 1)

    def losses(self, images: Tensor, outlines: Tensor, keys: Tensor) -> Losses:
        """Compare predictions with the photos' own outlines and keys.

        Args:
            images: (B, 3, S, S) photos or renderings of them.
            outlines: (B, 2, S/4, S/4) of the photos, as of `outlines_of`.
            keys: (B, 192, S/16, S/16) of the photos.
        """
        fine, coarse = self.network(images)
        predicted = F.pixel_shuffle(self.outlines(fine), 2)
        return {
            "outlines": F.mse_loss(predicted.float(), outlines),
            "keys": (1 - F.cosine_similarity(self.keys(coarse).float(), keys, dim=1)).mean(),
        }


def outlines_of(photos: Tensor) -> Tensor:
    """Where a photo's brightness changes, at two scales, against its own average.

    (B, 3, H, W) to (B, 2, H/4, W/4), about 1 on average.
    """
    grey = photos.mean(1, keepdim=True)
    scales = []
    for shrink in (1, 4):
        level = F.avg_pool2d(grey, shrink)
        across = F.pad(level[..., :, 1:] - level[..., :, :-1], (0, 1))
        down = F.pad(level[..., 1:, :] - level[..., :-1, :], (0, 0, 0, 1))
        strength = (across**2 + down**2).sqrt()
        pooled = F.avg_pool2d(strength, 4 // shrink)
        scales.append(pooled / (pooled.mean((2, 3), keepdim=True) + 0.01))
    return torch.cat(scales, 1).clamp(max=4)


class ContentObjective:
    """The losses of a step, as `semcs.training.loop.train` asks for them."""

    def __init__(
        self, learner: ContentLearner, vit: BundledVit, crops: RenderedCrops, device: str
    ) -> None:
        self.learner, self.vit, self.crops, self.device = learner, vit, crops, device

    def __call__(self, step: int, rng: np.random.Generator) -> Losses:
        """Draw pairs of a photo and its rendering, and show one of the two."""
        chosen = np.sort(rng.choice(len(self.crops.styles), BATCH, replace=False))
        view = draw_views(BATCH, rng)
        photos, rendered = (
            view(pixels(images[chosen], self.device), CROP_SIDE)
            for images in (self.crops.photos, self.crops.rendered)
        )
        styled = torch.from_numpy(rng.random(BATCH) < SHARE_RENDERED).to(self.device)
        shown = torch.where(styled[:, None, None, None], rendered, photos)
        grid = CROP_SIDE // self.vit.patch_size
        with autocast(self.device):
            with torch.no_grad():
                keys = self.vit(photos).transpose(1, 2).unflatten(2, (grid, grid))
            return self.learner.losses(shown, outlines_of(photos), keys.float())


def parse() -> argparse.Namespace:
    """The options of the command line."""
    return parse_seeded(add_crops(training_parser(__doc__, steps=600)))


def main() -> None:
    """Train from the command line."""
    args = parse()
    _, crops = training_crops(args)
    vit = load_half(BundledVit, args.out / "vit.safetensors").to(args.device).eval()
    learner = ContentLearner().to(args.device)
    objective = ContentObjective(learner, vit, crops, args.device)
    schedule = Schedule(args.steps, lr=2e-3)
    train(learner, objective, schedule, args.out / "content.pt", seed=args.seed)
    export(learner.network, args.out / "content.safetensors")


if __name__ == "__main__":
    main()
