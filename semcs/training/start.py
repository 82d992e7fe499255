"""Train what a `RegionStyleNet` starts from.

    python -m semcs.training.start --data DIR --out DIR    (after clip and perceptual, same --out)

Two photos are put side by side along a random outline, each half to be painted in its own style by
one pass. The renderings of both are known, so the painting can be compared with them: in colours,
in what the image tower's layers see (means and covariances, texture that is), in the direction that
the embedding moves; and it has to keep the content of the photos.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.models.clip import BundledClip
from semcs.models.families import load_half
from semcs.models.perceptual import BundledContentNetwork
from semcs.style.start import StyleStart
from semcs.training.arguments import add_crops, autocast, training_parser
from semcs.training.augment import draw_views
from semcs.training.crops import CROP_SIDE, training_crops
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.texts import colored_captions, meanings_of
from semcs.training.vocabulary import PHOTO_CAPTIONS

BATCH = 12


class Teachers:
    """The frozen networks that judge a painting."""

    def __init__(self, clip: BundledClip, content: BundledContentNetwork) -> None:
        self.clip, self.content = clip, content

    def losses(
        self, painted: Tensor, photos: Tensor, rendered: Tensor, moves: Tensor, shown: Tensor
    ) -> Losses:
        """Compare paintings (B, 3, H, W) of photos with their renderings.

        `moves` (B, 256) are the text directions of the parts that the masks `shown` (B, 1, H, W)
        leave to be seen.
        """
        size = self.clip.input_size
        views = [
            F.interpolate(images * shown, (size, size), mode="bilinear", antialias=True)
            for images in (painted, photos, rendered)
        ]
        tower = self.clip.image
        with torch.no_grad():
            wanted, source = tower.statistics(views[2]), tower(views[1])
        seen = tower.statistics(views[0])
        moved = tower.embed(seen) - source
        return {
            "colors": 6 * F.l1_loss(F.avg_pool2d(painted, 8), F.avg_pool2d(rendered, 8)),
            "pixels": 1.5 * F.l1_loss(painted, rendered),
            "texture": sum(
                (F.mse_loss(a.float(), b.float()) for a, b in zip(seen, wanted)),
                start=painted.new_zeros(()),
            ),
            "direction": 2 * (1 - F.cosine_similarity(moved, moves, dim=-1)).mean(),
            "content": 0.3
            * torch.stack(
                [
                    F.mse_loss(a.float(), b.float())
                    for a, b in zip(self.content(painted), self.content(photos))
                ]
            ).mean(),
        }


def outlines(count: int, side: int, rng: np.random.Generator) -> Tensor:
    """Masks (count, 2, side, side) of two parts with a smooth outline, a quarter of them whole."""
    seeds = torch.from_numpy(
        rng.normal(rng.uniform(-0.5, 0.5, (count, 1, 1, 1)), 1, (count, 1, 4, 4))
    )
    heights = F.interpolate(seeds.float(), (side, side), mode="bicubic")
    heights[torch.from_numpy(rng.random(count) < 0.25)] = 9.0
    first = (heights * 8).sigmoid()
    return torch.cat([first, 1 - first], 1)


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=9000)
    add_crops(parser)
    args = parser.parse_args()
    _, pairs = training_crops(args)

    clip, content = BundledClip(), BundledContentNetwork()
    for network, part in ((clip, "clip"), (content, "content")):
        load_half(network, args.out / f"{part}.safetensors")
        network.to(args.device).eval().requires_grad_(False)
    teachers, start = Teachers(clip, content), StyleStart().to(args.device)
    with torch.no_grad():
        captions = colored_captions(pairs.rendered, pairs.styles, args.seed)
        texts = clip.text.project(meanings_of(clip.text.trunk, captions))
        moves_of = texts - clip.encode_text(PHOTO_CAPTIONS).mean(0)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = rng.choice(len(pairs.styles), (2, BATCH), replace=False)
        masks = outlines(BATCH, CROP_SIDE, rng).to(args.device)
        sides = [masks[:, :1], masks[:, 1:]]
        views = [draw_views(BATCH, rng) for _ in sides]

        def collage(images: np.ndarray) -> Tensor:
            halves = [
                view(
                    torch.from_numpy(images[part]).to(args.device).permute(0, 3, 1, 2) / 255,
                    CROP_SIDE,
                )
                for view, part in zip(views, chosen)
            ]
            return halves[0] * sides[0] + halves[1] * sides[1]

        photo, rendered = collage(pairs.photos), collage(pairs.rendered)
        moves = F.normalize(moves_of[chosen], dim=-1)
        blurred = moves + 0.03 * torch.from_numpy(rng.normal(size=moves.shape)).float()
        start.painter.noise_seed = step
        with autocast(args.device):
            codes, palettes = start.styles_of(blurred.to(args.device).transpose(0, 1))
            painted = (start.painter.paint(photo, masks, codes, palettes) * masks[:, :, None]).sum(
                1
            )
            part = int(rng.integers(2))
            return teachers.losses(
                painted, photo, rendered, moves[part].to(args.device), sides[part]
            )

    schedule = Schedule(args.steps, lr=2e-3, warmup=100)
    train(start, step_losses, schedule, args.out / "start.pt", seed=args.seed)
    export(start, args.out / "start.safetensors")


if __name__ == "__main__":
    main()
