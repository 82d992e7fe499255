"""Fit the text head to the finished image tower.

    python -m semcs.training.align --data DIR --out DIR    (after clip, same --out)

While both towers learn, the text head runs after an image tower that moves. Now that the tower
stands still, its embeddings of the training pictures are made once, and the head sees thousands of
them a second: phrases are told apart by the plain names of their classes, and the rest is what
`semcs.training.clip` asks, for whole renderings. Meanings are shaken a little, for wordings that it
never saw. It replaces the head in `clip.safetensors`.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from tqdm import tqdm

from semcs.models.clip import BundledClip
from semcs.training.arguments import training_parser
from semcs.training.clip import (
    LABELLED,
    Classes,
    Scenes,
    class_name,
    colored_captions,
    matching_loss,
    meanings_of,
)
from semcs.training.crops import pack_crops, render_crops
from semcs.training.data import HELD_OUT, PHOTOS, caption_held_out, read_manifest
from semcs.training.loop import Losses, Schedule, export, load_half, train
from semcs.training.vocabulary import STYLES

PAIRS, REALS, SCENES, PHRASES = 256, 128, 128, 1024
SCALE = 20.0
SHAKE = 0.03  # deviation of each of a meaning's 384 numbers


class Aligner(nn.Module):
    """The text head, and the meanings (P, 384) of each class's phrases, the plain name first."""

    def __init__(self, head: nn.Module, class_meanings: list[Tensor]) -> None:
        super().__init__()
        self.head = head
        self.class_meanings = class_meanings
        self.names = torch.stack([meanings[0] for meanings in class_meanings])
        self.meanings = torch.cat(class_meanings)
        counts = torch.tensor([len(meanings) for meanings in class_meanings])
        self.owners = torch.arange(len(counts)).repeat_interleave(counts).to(self.meanings.device)

    def project(self, meanings: Tensor) -> Tensor:
        """Meanings (N, 384) to unit embeddings (N, 256)."""
        return F.normalize(self.head(meanings), dim=-1)

    def name_loss(self, rng: np.random.Generator) -> Tensor:
        """Shaken phrases among the plain names of all classes."""
        drawn = rng.choice(len(self.meanings), PHRASES, replace=False)
        noise = torch.from_numpy(rng.normal(size=(PHRASES, self.meanings.shape[1])))
        shaken = self.meanings[drawn] + SHAKE * noise.to(self.meanings)
        names = self.project(F.normalize(shaken, dim=-1)) @ self.project(self.names).T
        return F.cross_entropy(SCALE * names, self.owners[drawn])

    def draw_texts(self, rng: np.random.Generator) -> Tensor:
        """Embeddings (C, 256) of one phrase for each class."""
        drawn = [m[int(rng.integers(len(m)))] for m in self.class_meanings]
        return self.project(torch.stack(drawn))


@torch.no_grad()
def embed(clip: BundledClip, images: NDArray[np.uint8], device: str) -> Tensor:
    """Embeddings (N, 256) of (N, H, W, 3) images, a hundred at a time."""
    parts = range(0, len(images), 100)
    return torch.cat(
        [
            clip.encode_image(
                torch.from_numpy(images[i : i + 100]).to(device).permute(0, 3, 1, 2) / 255
            )
            for i in tqdm(parts, desc="embedding", unit="hundred")
        ]
    )


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=1500)
    parser.add_argument("--crops", type=int, default=36_000, help="as for clip; %(default)s")
    parser.add_argument("--embedded", type=int, default=6_000, help="of those; %(default)s")
    args = parser.parse_args()
    cache = args.out / "cache"
    photos = [p for i, p in enumerate(read_manifest(args.data, PHOTOS)) if i % HELD_OUT]
    pairs = render_crops(photos, args.crops, 0, cache)
    labelled = read_manifest(args.data, tuple(LABELLED))
    seen = [i for i in range(len(labelled)) if i % HELD_OUT]
    reals = pack_crops(labelled, 3, args.seed, cache / "labelled.npy")[seen, 0]
    classes = Classes.collect(labelled, args.seed)

    clip = BundledClip()
    load_half(clip, args.out / "clip.safetensors")
    clip.to(args.device).eval().requires_grad_(False)
    rendered, sources = (
        embed(clip, images[: args.embedded], args.device)
        for images in (pairs.rendered, pairs.photos)
    )
    styles = torch.from_numpy(pairs.styles[: args.embedded]).to(args.device)
    real = embed(clip, reals, args.device)
    labels = torch.tensor([classes.names.index(class_name(labelled[i].label)) for i in seen])
    labels = labels.to(args.device)
    meanings = [meanings_of(clip.text.trunk, phrases) for phrases in classes.phrases]
    captions = colored_captions(
        pairs.rendered[: args.embedded], pairs.styles[: args.embedded], args.seed
    )
    colors = meanings_of(clip.text.trunk, captions).to(args.device)
    scenes = Scenes.collect(photos, caption_held_out(args.data), clip.text.trunk)
    whole = pack_crops(photos, 2, args.seed, cache / "whole.npy", smallest=0.8)[:, 0]
    scene = embed(clip, whole, args.device)
    aligner = Aligner(clip.text.head.requires_grad_(True), meanings)
    plain = torch.full((PAIRS,), len(classes.names) - 1, device=args.device)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        texts = aligner.draw_texts(rng)
        pair, other = rng.integers(len(rendered), size=PAIRS), rng.integers(len(real), size=REALS)
        shown = scenes.draw_photos(SCENES, rng)
        told = scenes.draw_texts(shown, rng).to(args.device)
        text_moves = F.normalize(texts[:-1] - texts[-1:], dim=-1)
        cosines = F.normalize(rendered[pair] - sources[pair], dim=-1) @ text_moves[: len(STYLES)].T
        return {
            "names": 2 * aligner.name_loss(rng),
            "styles": F.cross_entropy(SCALE * rendered[pair] @ texts.T, styles[pair]),
            "direction": F.cross_entropy(SCALE * cosines, styles[pair]),
            "cosine": 2 * (1 - cosines.gather(1, styles[pair][:, None])).mean(),
            "labels": F.cross_entropy(SCALE * real[other] @ texts.T, labels[other]),
            "photos": 0.5 * F.cross_entropy(SCALE * sources[pair] @ texts.T, plain),
            "colors": 0.5 * matching_loss(SCALE * rendered[pair] @ aligner.project(colors[pair]).T),
            "captions": 0.5 * matching_loss(SCALE * scene[shown] @ aligner.project(told).T),
        }

    schedule = Schedule(args.steps, lr=1e-3, warmup=0)
    train(aligner, step_losses, schedule, args.out / "align.pt", seed=args.seed)
    export(clip, args.out / "clip.safetensors")


if __name__ == "__main__":
    main()
