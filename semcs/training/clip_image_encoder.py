"""Fine-tune the image encoder of the image-text model on the looks as they are painted.

    python -m semcs.training.clip_image_encoder --data DIR --out DIR    (after clip_text_head)

Reads clip.safetensors of --out, or with --init the bundled one, and the pictures of --data.
Replaces the image encoder in clip.safetensors; its run is kept in clip_image_encoder.pt and .log.
600 steps take 10 minutes on two cores. A run that was stopped goes on with new adversarial
examples, so that it doesn't end with the same bits as one that was not. Texts keep their
embeddings. The losses are:

- `direction`, `styles`: the look of a painted crop, by the embedding's direction from the photo and
  by the embedding itself, as in `semcs.training.clip`; crops are those that the losses of
  stylisation see, at all sizes, with the photo's form given back in all amounts
  (`semcs.training.crops`);
- `order`: a painting is nearer to its text than what an optimiser makes of the photo
  (`semcs.training.adversarial_examples`);
- `photos`: a photo is "a photo";
- `edits`: the word of colour or light by which a photo was edited, as a direction;
- `kept`: real photos, textures and paintings keep the embeddings that they had, so that what was
  learned of them stays.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, SOURCE_TEXT, embed_texts
from semcs.models.loading import load_bundled, load_half
from semcs.training.adversarial_examples import AdversarialExamples, Pairs
from semcs.training.arguments import add_crops, add_init, autocast, parse_seeded, training_parser
from semcs.training.augment import Warp, draw_views, draw_warps
from semcs.training.data import pixels
from semcs.training.edits import EDIT_FORMS, EDIT_WORDS, draw_edits
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.losses import direction_loss, unit_directions
from semcs.training.pictures import TrainingPictures, draw_crops
from semcs.training.vocabulary import STYLES

PAIRS, REALS, EDITED = 24, 20, 12  # pictures of a step
SIDE = BundledClip.input_size
SCALE = 12.0  # of cosines in a softmax


class ImageEncoderObjective:
    """The losses of a step, as `semcs.training.loop.train` asks for them."""

    def __init__(self, clip: BundledClip, pictures: TrainingPictures, seed: int) -> None:
        """Train the image encoder of `clip`; adversarial examples begin with `seed`."""
        self.encoder, self.pictures = clip.image, pictures
        self.before = deepcopy(clip.image).requires_grad_(False)
        self.texts = embed_texts(clip, [*STYLES, SOURCE_TEXT], PLAIN)
        self.device = str(self.texts.device)
        words = embed_texts(clip, EDIT_WORDS, EDIT_FORMS)
        self.edit_directions = unit_directions(words, self.texts[-1:])
        self.adversarial = AdversarialExamples(
            lambda count, rng: self.draw_pairs(count, rng, draw_views), seed
        )

    def __call__(self, step: int, rng: np.random.Generator) -> Losses:
        """Draw pictures, embed them, and push some adversarial examples."""
        pairs = self.draw_pairs(PAIRS, rng, draw_warps)
        reals = self.draw_reals(rng)
        edits = draw_edits(pairs.photos[:EDITED], rng)
        with autocast(self.device):
            images = torch.cat([pairs.paintings, pairs.photos, reals, edits.pictures])
            embeddings = self.encoder(images)
            with torch.no_grad():
                before = self.before(reals)
            text_directions = self.texts[:-1] - self.texts[-1:]
            order = self.adversarial.loss(self.encoder, text_directions, rng)
        paintings, photos, kept, edited = embeddings.split([PAIRS, PAIRS, REALS, EDITED])
        by_word = unit_directions(edited, photos[:EDITED]) @ self.edit_directions.T
        return {
            **self.style_losses(paintings, photos, pairs.styles),
            "order": 3 * order,
            "edits": direction_loss(by_word, edits.words, SCALE),
            "kept": 3 * (1 - F.cosine_similarity(kept, before)).mean(),
        }

    def draw_pairs(
        self, count: int, rng: np.random.Generator, draw: Callable[[int, np.random.Generator], Warp]
    ) -> Pairs:
        """Crops of photos and of their paintings, both cut as `draw` says."""
        crops = self.pictures.renderings
        chosen = rng.choice(len(crops.styles), count, replace=False)
        warp = draw(count, rng)
        photos, paintings = (
            warp(pixels(images[chosen], self.device), SIDE)
            for images in (crops.photos, crops.rendered)
        )
        return Pairs(photos, paintings, torch.from_numpy(crops.styles[chosen]).to(self.device))

    def draw_reals(self, rng: np.random.Generator) -> Tensor:
        """Crops (·, 3, S, S) of labelled pictures and of photos."""
        crops = []
        for packed in (self.pictures.labelled_crops, self.pictures.photo_crops):
            rows = rng.choice(len(packed), REALS // 2, replace=False)
            crops.append(draw_crops(packed, rows, rng))
        return draw_views(REALS, rng)(pixels(np.concatenate(crops), self.device), SIDE)

    def style_losses(self, paintings: Tensor, photos: Tensor, styles: Tensor) -> Losses:
        """Looks of paintings, by embedding and direction, and "a photo" for photos; (B, 256)."""
        text_directions = unit_directions(self.texts[:-1], self.texts[-1:])
        cosines = unit_directions(paintings, photos) @ text_directions.T
        plain = torch.full_like(styles, len(STYLES))
        return {
            "direction": direction_loss(cosines, styles, SCALE),
            "styles": F.cross_entropy(SCALE * paintings @ self.texts.T, styles),
            "photos": 0.5 * F.cross_entropy(SCALE * photos @ self.texts.T, plain),
        }


def parse() -> argparse.Namespace:
    """The options of the command line."""
    return parse_seeded(add_init(add_crops(training_parser(__doc__, steps=600))))


def starting_model(file: Path, *, init: bool) -> BundledClip:
    """The model of a file, or with `init` the bundled one."""
    return load_bundled("clip", BundledClip) if init else load_half(BundledClip, file)


def main() -> None:
    """Train from the command line."""
    args = parse()
    pictures = TrainingPictures.load(args)
    file = args.out / "clip.safetensors"
    clip = starting_model(file, init=args.init).to(args.device).eval()
    objective = ImageEncoderObjective(clip, pictures, args.seed)
    schedule = Schedule(args.steps, lr=4e-4, warmup=30, average_decay=0.99)
    checkpoint = args.out / "clip_image_encoder.pt"
    train(clip.image, objective, schedule, checkpoint, seed=args.seed, save_every=50)
    export(clip.eval(), file)


if __name__ == "__main__":
    main()
