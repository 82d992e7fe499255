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

from semcs.models.clip import BundledClip
from semcs.models.families import load_half
from semcs.training.arguments import add_crops, training_parser
from semcs.training.classes import LABELLED, Classes, class_name
from semcs.training.crops import pack_crops, training_crops
from semcs.training.data import caption_held_out, read_manifest, to_train_on
from semcs.training.edits import draw_edits
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.scores import embed_images
from semcs.training.texts import (
    PhraseLearner,
    Scenes,
    colored_captions,
    matching_loss,
    meanings_of,
    meanings_of_edits,
)
from semcs.training.vocabulary import STYLES

PAIRS, REALS, SCENES, EDITS = 256, 128, 128, 64
EDITED = 2000  # photos
SCALE = 20.0
SHAKE = 0.03  # deviation of each of a meaning's 384 numbers


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=1500)
    add_crops(parser)
    parser.add_argument("--embedded", type=int, default=6_000, help="of those; %(default)s")
    args = parser.parse_args()
    cache = args.out / "cache"
    photos, pairs = training_crops(args)
    labelled = to_train_on(read_manifest(args.data, tuple(LABELLED)))
    classes = Classes.collect(labelled, args.seed)

    clip = load_half(BundledClip(), args.out / "clip.safetensors")
    clip.to(args.device).eval().requires_grad_(False)
    rendered, sources, real, scene = (
        embed_images(clip, images, args.device)
        for images in (
            pairs.rendered[: args.embedded],
            pairs.photos[: args.embedded],
            pack_crops(labelled, 3, args.seed, cache / "labelled.npy")[:, 0],
            pack_crops(photos, 2, args.seed, cache / "whole.npy", smallest=0.8)[:, 0],
        )
    )
    styles = torch.from_numpy(pairs.styles[: args.embedded]).to(args.device)
    labels = torch.tensor([classes.names.index(class_name(item.label)) for item in labelled])
    labels = labels.to(args.device)
    meanings = [meanings_of(clip.text.trunk, phrases) for phrases in classes.phrases]
    captions = colored_captions(
        pairs.rendered[: args.embedded], pairs.styles[: args.embedded], args.seed
    )
    colors = meanings_of(clip.text.trunk, captions).to(args.device)
    scenes = Scenes.collect(photos, caption_held_out(args.data), clip.text.trunk)
    edits = draw_edits(
        torch.from_numpy(pairs.photos[:EDITED]).permute(0, 3, 1, 2) / 255,
        np.random.default_rng(args.seed),
    )
    edit_moves = F.normalize(
        torch.cat([clip.encode_image(p.to(args.device)) for p in edits.pictures.split(100)])
        - sources[:EDITED],
        dim=-1,
    )
    edit_words = edits.words.to(args.device)
    edit_meanings = meanings_of_edits(clip.text.trunk)
    learner = PhraseLearner(clip.text.head.requires_grad_(True), meanings)
    plain = torch.full((PAIRS,), len(classes.names) - 1, device=args.device)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        texts, _ = learner.draw_texts(rng)
        pair, other = rng.integers(len(rendered), size=PAIRS), rng.integers(len(real), size=REALS)
        edited = rng.integers(EDITED, size=EDITS)
        shown = scenes.draw_photos(SCENES, rng)
        told = scenes.draw_texts(shown, rng).to(args.device)
        text_moves = F.normalize(texts[:-1] - texts[-1:], dim=-1)
        cosines = F.normalize(rendered[pair] - sources[pair], dim=-1) @ text_moves[: len(STYLES)].T
        return {
            "names": 2 * learner.name_loss(SCALE, rng, shake=SHAKE),
            "styles": F.cross_entropy(SCALE * rendered[pair] @ texts.T, styles[pair]),
            "direction": F.cross_entropy(SCALE * cosines, styles[pair]),
            "cosine": 2 * (1 - cosines.gather(1, styles[pair][:, None])).mean(),
            "labels": F.cross_entropy(SCALE * real[other] @ texts.T, labels[other]),
            "edits": learner.edit_loss(
                edit_moves[edited], texts[-1:], edit_meanings, edit_words[edited], SCALE, rng
            ),
            "photos": 0.5 * F.cross_entropy(SCALE * sources[pair] @ texts.T, plain),
            "colors": 0.5 * matching_loss(SCALE * rendered[pair] @ learner.project(colors[pair]).T),
            "captions": 0.5 * matching_loss(SCALE * scene[shown] @ learner.project(told).T),
        }

    schedule = Schedule(args.steps, lr=1e-3, warmup=0)
    train(learner, step_losses, schedule, args.out / "align.pt", seed=args.seed)
    export(clip, args.out / "clip.safetensors")


if __name__ == "__main__":
    main()
