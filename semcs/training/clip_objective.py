"""What is asked of the image-text model at each step of `semcs.training.clip`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.clip import BundledClip
from semcs.training.arguments import autocast
from semcs.training.augment import draw_views, draw_warps
from semcs.training.captions import PhotoCaptions, rendering_captions
from semcs.training.classes import Classes
from semcs.training.clip_learner import FEATURES, ClipLearner
from semcs.training.data import caption_held_out, pixels
from semcs.training.edits import Edits, draw_edits
from semcs.training.loop import Losses
from semcs.training.losses import matching_loss, unit_directions
from semcs.training.objects import (
    OBJECT_TEACHER,
    object_names,
    predict_objects,
    principal_features,
)
from semcs.training.paper import ClipTeacher
from semcs.training.partial_renderings import PartialRenderings, partial_renderings
from semcs.training.phrase_learner import meanings_of, meanings_of_edits
from semcs.training.pictures import TrainingPictures, draw_crops
from semcs.training.vocabulary import STYLES

PAIRS, LABELLED, WHOLE, EDITED = 48, 64, 32, 24  # pictures of a step
SIDE = BundledClip.input_size
# L2 norm of the largest perturbation, for pixels in [0, 1]: small until the styles are known, then
# as large as classes still bear; the larger, the coarser the strokes of its gradients.
PERTURBATION, LATE_PERTURBATION = 1.0, 3.0


@dataclass(frozen=True)
class Targets:
    """What is known of the training pictures: P renderings, N labelled pictures, M photos.

    Attributes:
        labels: (N,) classes of the labelled pictures.
        rendering_captions: (P, 384) meanings of a caption of each rendering.
        photo_captions: Meanings of the photos' captions.
        objects: (M, 1000) a teacher's probabilities of ImageNet's objects in the photos.
        object_meanings: (1000, 384) of the objects' names.
        features: (N + M, F) the teacher's features of the labelled pictures, then the photos.
        edit_meanings: Meanings of the phrases of each word of `EDIT_WORDS`.
    """

    labels: Tensor
    rendering_captions: Tensor
    photo_captions: PhotoCaptions
    objects: Tensor
    object_meanings: Tensor
    features: Tensor
    edit_meanings: list[Tensor]

    @classmethod
    def collect(
        cls,
        pictures: TrainingPictures,
        classes: Classes,
        trunk: nn.Module,
        args: argparse.Namespace,
    ) -> Targets:
        """Read captions and labels, embed them with the sentence trunk, and run the teacher."""
        captions = rendering_captions(pictures.renderings, args.seed)
        known = [*pictures.labelled, *pictures.photos]
        predicted = predict_objects(known, args.data / OBJECT_TEACHER, args.out / "cache")
        return cls(
            labels=classes.indices_of(pictures.labelled),
            rendering_captions=meanings_of(trunk, captions),
            photo_captions=PhotoCaptions.collect(
                pictures.photos, caption_held_out(args.data), trunk
            ),
            objects=torch.from_numpy(predicted.objects[len(pictures.labelled) :]),
            object_meanings=meanings_of(trunk, object_names()).to(args.device),
            features=torch.from_numpy(principal_features(predicted.features, FEATURES)),
            edit_meanings=[meanings.to(args.device) for meanings in meanings_of_edits(trunk)],
        )


@dataclass(frozen=True)
class Batch:
    """The pictures of one step, (·, 3, S, S) each, and which ones they are.

    Attributes:
        pairs: (P,) which renderings.
        photos: Their photos.
        renderings: Made of both.
        edits: Edited photos, the first few of `photos`.
        labelled: (N,) which labelled pictures.
        labelled_images: Crops of them.
        whole: (M,) which photos are shown nearly whole.
        whole_images: Crops of them.
    """

    pairs: NDArray[np.intp]
    photos: Tensor
    renderings: PartialRenderings
    edits: Edits
    labelled: NDArray[np.intp]
    labelled_images: Tensor
    whole: NDArray[np.intp]
    whole_images: Tensor


@dataclass(frozen=True)
class Embedded:
    """Unit embeddings (·, 256) of a batch, by kind of picture."""

    renderings: Tensor
    photos: Tensor
    edited: Tensor
    labelled: Tensor
    whole: Tensor


class ClipObjective:
    """The losses of a step, as `semcs.training.loop.train` asks for them."""

    def __init__(
        self,
        learner: ClipLearner,
        pictures: TrainingPictures,
        targets: Targets,
        args: argparse.Namespace,
        teacher: ClipTeacher | None = None,
    ) -> None:
        """Train `learner` on pictures and what is known of them, by a CLIP teacher too if any."""
        self.learner, self.pictures, self.targets = learner, pictures, targets
        self.steps, self.device, self.teacher = args.steps, args.device, teacher

    def __call__(self, step: int, rng: np.random.Generator) -> Losses:
        """Draw pictures and texts, and compare their embeddings."""
        batch = self.draw_batch(rng)
        texts, drawn = self.learner.draw_texts(rng)
        with autocast(self.device):
            images = torch.cat(
                [
                    self.perturbed(batch, texts, step, rng),
                    batch.photos,
                    batch.edits.pictures,
                    batch.labelled_images,
                    batch.whole_images,
                ]
            )
            embeddings, hidden = self.learner.embed(images)
        embedded = Embedded(*embeddings.split([PAIRS, PAIRS, EDITED, LABELLED, WHOLE]))
        losses = {
            **self.class_losses(batch, embedded, texts),
            **self.text_losses(batch, embedded, rng),
            **self.object_losses(batch, embedded, hidden[-LABELLED - WHOLE :]),
            "edits": 0.5 * self.edit_loss(batch, embedded, texts, rng),
        }
        if self.teacher is not None:
            losses |= self.teacher.losses(embeddings, images, texts, drawn, pairs=PAIRS)
        return losses

    def draw_batch(self, rng: np.random.Generator) -> Batch:
        """Random pictures of each kind, cropped at random."""
        known, device = self.pictures, self.device
        pairs = np.sort(rng.choice(len(known.renderings.styles), PAIRS, replace=False))
        labelled = rng.choice(len(known.labelled), LABELLED, replace=False)
        warp = draw_warps(PAIRS, rng)
        uncropped = pixels(known.renderings.photos[pairs], device)
        photos = warp(uncropped, SIDE)
        rendered = warp(pixels(known.renderings.rendered[pairs], device), SIDE)
        styles = F.one_hot(torch.from_numpy(known.renderings.styles[pairs]), len(STYLES))
        renderings = partial_renderings(photos, rendered, styles.float().to(device), rng)
        crops = pixels(draw_crops(known.labelled_crops, labelled, rng), device)
        labelled_images = draw_views(LABELLED, rng)(crops, SIDE)
        whole = self.targets.photo_captions.draw_photos(WHOLE, rng)
        crops = pixels(draw_crops(known.photo_crops, whole, rng), device)
        whole_images = draw_views(WHOLE, rng)(crops, SIDE)
        edits = draw_edits(uncropped, rng)
        edits = Edits(warp(edits.pictures, SIDE)[:EDITED], edits.words[:EDITED])
        return Batch(
            pairs, photos, renderings, edits, labelled, labelled_images, whole, whole_images
        )

    def perturbed(self, batch: Batch, texts: Tensor, step: int, rng: np.random.Generator) -> Tensor:
        """Renderings, moved at random lengths to where the style losses grow."""
        largest = PERTURBATION if step < self.steps // 2 else LATE_PERTURBATION
        lengths = rng.uniform(0, largest, PAIRS)
        return self.learner.perturbed(batch.renderings, batch.photos, texts, lengths)

    def class_losses(self, batch: Batch, embedded: Embedded, texts: Tensor) -> Losses:
        """Styles of renderings, labels of labelled pictures, and "a photo" for photos."""
        scale = self.learner.scale.exp()
        plain = torch.full((PAIRS,), len(texts) - 1, device=self.device)
        labels = self.targets.labels[batch.labelled].to(self.device)
        return {
            **self.learner.style_losses(
                embedded.renderings, embedded.photos, texts, batch.renderings
            ),
            "photos": 0.5 * F.cross_entropy(scale * embedded.photos @ texts.T, plain),
            "labels": 2.0 * F.cross_entropy(scale * embedded.labelled @ texts.T, labels),
        }

    def text_losses(self, batch: Batch, embedded: Embedded, rng: np.random.Generator) -> Losses:
        """Names of phrases, and captions of renderings and photos."""
        learner, scale = self.learner, self.learner.caption_scale.exp()
        names = learner.name_loss(learner.scale.exp(), rng)
        of_renderings = self.targets.rendering_captions[batch.pairs].to(self.device)
        of_photos = self.targets.photo_captions.draw_texts(batch.whole, rng).to(self.device)
        return {
            "names": names,
            "colors": 0.5
            * matching_loss(scale * embedded.renderings @ learner.project(of_renderings).T),
            "captions": matching_loss(scale * embedded.whole @ learner.project(of_photos).T),
        }

    def object_losses(self, batch: Batch, embedded: Embedded, hidden: Tensor) -> Losses:
        """What the ImageNet teacher sees; `hidden` (·, 512) is of labelled pictures and photos."""
        rows = np.concatenate([batch.labelled, len(self.pictures.labelled) + batch.whole])
        objects = self.targets.objects[batch.whole].to(self.device)
        features = self.targets.features[rows].to(self.device)
        return {
            "objects": 0.5
            * self.learner.object_loss(embedded.whole, self.targets.object_meanings, objects),
            "features": 3.0 * self.learner.feature_loss(hidden, features),
        }

    def edit_loss(
        self, batch: Batch, embedded: Embedded, texts: Tensor, rng: np.random.Generator
    ) -> Tensor:
        """The words by which photos were edited."""
        return self.learner.edit_loss(
            unit_directions(embedded.edited, embedded.photos[:EDITED]),
            texts[-1:],
            self.targets.edit_meanings,
            batch.edits.words,
            self.learner.scale.exp(),
            rng,
        )
