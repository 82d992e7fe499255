"""Fit the text head of the image-text model to the finished image encoder.

    python -m semcs.training.clip_text_head --data DIR --out DIR    (after clip, same --out)

Reads clip.safetensors of --out and the pictures of --data, and replaces the text head in
clip.safetensors; its run is kept in clip_text_head.pt and .log. It takes a few minutes on two
cores, most of them to embed pictures.

While both learn together, the text head runs after an image encoder that moves. Now that the
encoder is fixed, its embeddings of the training pictures are computed once, and the head sees
thousands of them a second: phrases are told apart by the plain names of their classes, and the rest
is what `semcs.training.clip` asks, for whole renderings. Noise is added to the texts' meanings, for
wordings that it never saw.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.clip import BundledClip
from semcs.models.loading import load_half
from semcs.training.arguments import add_crops, parse_seeded, training_parser
from semcs.training.captions import PhotoCaptions, rendering_captions
from semcs.training.classes import Classes
from semcs.training.crops import RenderedCrops
from semcs.training.data import caption_held_out, pixels
from semcs.training.edits import draw_edits
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.losses import matching_loss, unit_directions
from semcs.training.phrase_learner import PhraseLearner, meanings_of, meanings_of_edits
from semcs.training.pictures import TrainingPictures
from semcs.training.scores import AT_ONCE, embed_images
from semcs.training.vocabulary import STYLES

PAIRS, LABELLED, WHOLE, EDITS = 256, 128, 128, 64  # pictures of a step
EDITED = 2000  # photos
SCALE = 20.0  # of cosines in a softmax
NOISE = 0.03  # deviation on each of a meaning's 384 numbers


@dataclass(frozen=True)
class PictureEmbeddings:
    """Unit embeddings (·, 256) by the finished image encoder.

    Attributes:
        rendered: Of renderings.
        photos: Of their photos.
        labelled: Of labelled pictures.
        whole: Of photos, nearly whole.
        edit_directions: From photos to edited ones.
        edit_words: (E,) indices in `EDIT_WORDS`.
    """

    rendered: Tensor
    photos: Tensor
    labelled: Tensor
    whole: Tensor
    edit_directions: Tensor
    edit_words: Tensor

    @classmethod
    @torch.no_grad()
    def compute(
        cls,
        clip: BundledClip,
        pictures: TrainingPictures,
        crops: RenderedCrops,
        args: argparse.Namespace,
    ) -> PictureEmbeddings:
        """Embed the crops, some of their photos edited, and the other pictures."""
        rendered, photos, labelled, whole = (
            embed_images(clip, images, args.device)
            for images in (
                crops.rendered,
                crops.photos,
                pictures.labelled_crops[:, 0],
                pictures.photo_crops[:, 0],
            )
        )
        edits = draw_edits(pixels(crops.photos[:EDITED]), np.random.default_rng(args.seed))
        batches = edits.pictures.split(AT_ONCE)
        edited = torch.cat([clip.encode_image(batch.to(args.device)) for batch in batches])
        directions = unit_directions(edited, photos[:EDITED])
        return cls(rendered, photos, labelled, whole, directions, edits.words.to(args.device))


@dataclass(frozen=True)
class TextTargets:
    """What is known of the pictures.

    Attributes:
        styles: (P,) indices of the renderings' styles.
        labels: (N,) classes of the labelled pictures.
        rendering_captions: (P, 384) meanings of a caption of each rendering.
        photo_captions: Meanings of the photos' captions.
        edit_meanings: Meanings of the phrases of each word of `EDIT_WORDS`.
    """

    styles: Tensor
    labels: Tensor
    rendering_captions: Tensor
    photo_captions: PhotoCaptions
    edit_meanings: list[Tensor]

    @classmethod
    def collect(
        cls,
        pictures: TrainingPictures,
        crops: RenderedCrops,
        classes: Classes,
        trunk: nn.Module,
        args: argparse.Namespace,
    ) -> TextTargets:
        """Read captions and labels, and embed them with the sentence trunk."""
        captions = meanings_of(trunk, rendering_captions(crops, args.seed))
        held_out = caption_held_out(args.data)
        return cls(
            torch.from_numpy(crops.styles).to(args.device),
            classes.indices_of(pictures.labelled).to(args.device),
            captions.to(args.device),
            PhotoCaptions.collect(pictures.photos, held_out, trunk),
            meanings_of_edits(trunk),
        )


class TextHeadObjective:
    """The losses of a step, as `semcs.training.loop.train` asks for them."""

    def __init__(
        self, learner: PhraseLearner, embeddings: PictureEmbeddings, targets: TextTargets
    ) -> None:
        self.learner, self.embeddings, self.targets = learner, embeddings, targets

    def __call__(self, step: int, rng: np.random.Generator) -> Losses:
        """Draw pictures and texts, and compare their embeddings."""
        texts, _ = self.learner.draw_texts(rng)
        pairs = rng.integers(len(self.embeddings.rendered), size=PAIRS)
        labelled = rng.integers(len(self.embeddings.labelled), size=LABELLED)
        edited = rng.integers(len(self.embeddings.edit_words), size=EDITS)
        whole = self.targets.photo_captions.draw_photos(WHOLE, rng)
        captions = self.targets.photo_captions.draw_texts(whole, rng).to(texts.device)
        logits = SCALE * self.embeddings.labelled[labelled] @ texts.T
        by_caption = SCALE * self.embeddings.whole[whole] @ self.learner.project(captions).T
        return {
            "names": 2 * self.learner.name_loss(SCALE, rng, noise=NOISE),
            **self.rendering_losses(torch.from_numpy(pairs), texts),
            "labels": F.cross_entropy(logits, self.targets.labels[labelled]),
            "edits": self.learner.edit_loss(
                self.embeddings.edit_directions[edited],
                texts[-1:],
                self.targets.edit_meanings,
                self.embeddings.edit_words[edited],
                SCALE,
                rng,
            ),
            "captions": 0.5 * matching_loss(by_caption),
        }

    def rendering_losses(self, pairs: Tensor, texts: Tensor) -> Losses:
        """Styles, directions and captions of renderings, and "a photo" for their photos."""
        rendered, photos = self.embeddings.rendered[pairs], self.embeddings.photos[pairs]
        styles = self.targets.styles[pairs]
        plain = torch.full_like(styles, len(texts) - 1)
        text_directions = unit_directions(texts[:-1], texts[-1:])[: len(STYLES)]
        cosines = unit_directions(rendered, photos) @ text_directions.T
        captions = self.learner.project(self.targets.rendering_captions[pairs])
        return {
            "styles": F.cross_entropy(SCALE * rendered @ texts.T, styles),
            "direction": F.cross_entropy(SCALE * cosines, styles),
            "cosine": 2 * (1 - cosines.gather(1, styles[:, None])).mean(),
            "photos": 0.5 * F.cross_entropy(SCALE * photos @ texts.T, plain),
            "colors": 0.5 * matching_loss(SCALE * rendered @ captions.T),
        }


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = add_crops(training_parser(__doc__, steps=1500))
    parser.add_argument("--embedded", type=int, default=6_000, help="of those; %(default)s")
    return parse_seeded(parser)


def main() -> None:
    """Train from the command line."""
    args = parse()
    pictures = TrainingPictures.load(args)
    crops = pictures.renderings.first(args.embedded)
    classes = Classes.collect(pictures.labelled, args.seed)
    clip = load_half(BundledClip, args.out / "clip.safetensors")
    clip.to(args.device).eval().requires_grad_(False)
    embeddings = PictureEmbeddings.compute(clip, pictures, crops, args)
    targets = TextTargets.collect(pictures, crops, classes, clip.text.trunk, args)
    meanings = [meanings_of(clip.text.trunk, phrases) for phrases in classes.phrases]
    learner = PhraseLearner(clip.text.head.requires_grad_(True), meanings)
    objective = TextHeadObjective(learner, embeddings, targets)
    schedule = Schedule(args.steps, lr=1e-3, warmup=0)
    train(learner, objective, schedule, args.out / "clip_text_head.pt", seed=args.seed)
    export(clip, args.out / "clip.safetensors")


if __name__ == "__main__":
    main()
