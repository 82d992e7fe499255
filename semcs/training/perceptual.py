"""Train the bundled content network.

    python -m semcs.training.perceptual --data DIR --out DIR    (after vit and clip, same --out)

It looks at a crop of a photo, or at the same crop rendered in a named style, and has to tell of
the *photo*: the keys that the bundled ViT gives for it, and its outlines. So whatever a renderer
changes is learnt to be no content.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.families import load_half
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.vit import BundledVit
from semcs.training.arguments import add_crops, autocast, training_parser
from semcs.training.augment import draw_views
from semcs.training.crops import CROP_SIDE, training_crops
from semcs.training.loop import Losses, Schedule, export, train

BATCH = 64
SHARE_RENDERED = 0.7


class Learner(nn.Module):
    """The content network and the heads that read the photo's keys and outlines off its maps."""

    def __init__(self) -> None:
        super().__init__()
        self.network = BundledContentNetwork()
        fine, coarse = self.network.widths[2:]
        self.outlines = nn.Conv2d(fine, 2 * 4, 1)
        self.keys = nn.Conv2d(coarse, 192, 1)

    def losses(self, seen: Tensor, outlines: Tensor, keys: Tensor) -> Losses:
        """Compare what it sees in (B, 3, S, S) with the photo's outlines and keys."""
        fine, coarse = self.network(seen)
        drawn = F.pixel_shuffle(self.outlines(fine), 2)
        return {
            "outlines": F.mse_loss(drawn.float(), outlines),
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


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=600)
    add_crops(parser)
    args = parser.parse_args()
    _, pairs = training_crops(args)
    vit = load_half(BundledVit(), args.out / "vit.safetensors").to(args.device).eval()
    learner = Learner().to(args.device)
    side = CROP_SIDE

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = np.sort(rng.choice(len(pairs.styles), BATCH, replace=False))
        photo, rendered = (
            torch.from_numpy(images[chosen]).to(args.device).permute(0, 3, 1, 2).float() / 255
            for images in (pairs.photos, pairs.rendered)
        )
        view = draw_views(BATCH, rng)
        photo, rendered = view(photo, side), view(rendered, side)
        styled = torch.from_numpy(rng.random(BATCH) < SHARE_RENDERED).to(args.device)
        looked_at = torch.where(styled[:, None, None, None], rendered, photo)
        with autocast(args.device):
            with torch.no_grad():
                keys = vit(photo).transpose(1, 2).unflatten(2, (side // 16, side // 16))
            return learner.losses(looked_at, outlines_of(photo), keys.float())

    train(learner, step_losses, Schedule(args.steps, lr=2e-3), args.out / "content.pt")
    export(learner.network, args.out / "content.safetensors")


if __name__ == "__main__":
    main()
