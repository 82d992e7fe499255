"""Align the image encoder with the looks as they are painted, and with the better picture.

    python -m semcs.training.order --data DIR --out DIR    (after align, same --out)

Begins with the bundled image-text model; its texts stay where they are, and the image encoder
learns on:

- `direction`, `styles`: the look of a painted crop, by the embedding's move from the photo and by
  the embedding itself, as in `semcs.training.clip`; crops are those that the losses of stylisation
  see, at all sizes, with the photo's form given back in all amounts (`semcs.training.crops`);
- `order`: a painting is nearer to its text than what an optimiser makes of the photo
  (`semcs.training.adversaries`);
- `photos`: a photo is "a photo";
- `edits`: the word of colour or light by which a photo was edited, as a direction;
- `kept`: real photos, textures and paintings keep the embeddings that they had, so that what was
  learned of them stays.
"""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, embed_texts
from semcs.models.families import load_bundled
from semcs.training.adversaries import Adversaries
from semcs.training.arguments import add_crops, autocast, training_parser
from semcs.training.augment import Warp, draw_views, draw_warps
from semcs.training.classes import LABELLED
from semcs.training.crops import pack_crops, training_crops
from semcs.training.data import read_manifest, to_train_on
from semcs.training.edits import EDIT_FORMS, EDIT_WORDS, draw_edits
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.vocabulary import STYLES

PAIRS, REALS, EDITED = 24, 20, 12
SCALE = 12.0  # of cosines in a softmax


def draw_some(packed: NDArray[np.uint8], count: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """One crop each of `count` of the pictures packed as (N, crops, S, S, 3)."""
    rows = rng.choice(len(packed), count, replace=False)
    return packed[rows, rng.integers(packed.shape[1], size=count)]


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=600)
    add_crops(parser)
    args = parser.parse_args()
    cache = args.out / "cache"
    photos, pairs = training_crops(args)
    labelled = to_train_on(read_manifest(args.data, tuple(LABELLED)))
    reals = [
        pack_crops(labelled, 3, args.seed, cache / "labelled.npy"),
        pack_crops(photos, 2, args.seed, cache / "whole.npy", smallest=0.8),
    ]
    clip = load_bundled("clip", BundledClip()).to(args.device).eval()
    before = deepcopy(clip.image).requires_grad_(False)
    texts = embed_texts(clip, [*STYLES, "a photo"], PLAIN)
    moves = texts[:-1] - texts[-1:]
    edit_moves = F.normalize(embed_texts(clip, EDIT_WORDS, EDIT_FORMS) - texts[-1:], dim=-1)
    encoder = clip.image

    def pixels(images: NDArray[np.uint8], view: Warp) -> Tensor:
        batch = torch.from_numpy(np.array(images)).to(args.device).permute(0, 3, 1, 2).float()
        return view(batch / 255, BundledClip.input_size)

    def draw_pairs(count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
        chosen, view = rng.choice(len(pairs.styles), count, replace=False), draw_views(count, rng)
        styles = torch.from_numpy(pairs.styles[chosen]).to(args.device)
        return pixels(pairs.photos[chosen], view), pixels(pairs.rendered[chosen], view), styles

    adversaries = Adversaries(draw_pairs, args.seed)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen, warp = rng.choice(len(pairs.styles), PAIRS, replace=False), draw_warps(PAIRS, rng)
        photo, painted = pixels(pairs.photos[chosen], warp), pixels(pairs.rendered[chosen], warp)
        styles = torch.from_numpy(pairs.styles[chosen]).to(args.device)
        real = np.concatenate([draw_some(kind, REALS // 2, rng) for kind in reals])
        real_images = pixels(real, draw_views(REALS, rng))
        edits = draw_edits(photo[:EDITED], rng)
        with autocast(args.device):
            seen = encoder(torch.cat([painted, photo, real_images, edits.pictures]))
            with torch.no_grad():
                known = before(real_images)
            order = adversaries.loss(encoder, moves, rng)
        looks, sources, kept, edited = seen.split([PAIRS, PAIRS, REALS, EDITED])
        by_word = F.normalize(edited - sources[:EDITED], dim=-1) @ edit_moves.T
        cosines = F.normalize(looks - sources, dim=-1) @ F.normalize(moves, dim=-1).T
        own = cosines.gather(1, styles[:, None])
        plain = torch.full((PAIRS,), len(STYLES), device=args.device)
        return {
            "direction": F.cross_entropy(SCALE * cosines, styles) + (1 - own).mean(),
            "styles": F.cross_entropy(SCALE * looks @ texts.T, styles),
            "order": 3 * order,
            "photos": 0.5 * F.cross_entropy(SCALE * sources @ texts.T, plain),
            "edits": F.cross_entropy(SCALE * by_word, edits.words)
            + (1 - by_word.gather(1, edits.words[:, None])).mean(),
            "kept": 3 * (1 - F.cosine_similarity(kept, known)).mean(),
        }

    schedule = Schedule(args.steps, lr=4e-4, warmup=30, average_decay=0.99)
    train(encoder, step_losses, schedule, args.out / "order.pt", seed=args.seed, save_every=50)
    export(clip.eval(), args.out / "clip.safetensors")


if __name__ == "__main__":
    main()
