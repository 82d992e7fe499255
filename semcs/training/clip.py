"""Train the bundled image-text model.

    python -m semcs.training.text --data DIR --out DIR    (first: the sentence trunk)
    python -m semcs.training.clip --data DIR --out DIR

It sees crops of photos, the same crops painted in a named look (`semcs.looks`), and real textures
and paintings with their labels. This is asked of it:

- `styles`: the class of a crop among the phrases of all classes, one phrase each, drawn anew;
- `direction`: the class of the *difference* between the embeddings of a rendering and its photo,
  among the differences between the texts and "a photo", because that is how stylisation uses it;
- both of pictures on the way, too (`semcs.training.way`), and of one style's texture in another's
  colours, which is half of each: neither colours nor texture alone make a style;
- `colors`: a caption with colour words taken from the crop's own pixels among other captions;
- `labels`: real textures and paintings by their labels, and `photos`: plain ones as "a photo";
- `names`: a phrase's class among the plain names of all classes;
- `captions`: a photo's human caption or label among those of other photos;
- `objects` and `features`: what an ImageNet network sees in it, and, of every real picture, how
  (`semcs.training.objects`);
- `edits`: the word of colour or light by which a photo was edited (`semcs.training.edits`), as a
  direction;
- all of it on renderings perturbed by one gradient step against it (L2): a tower that small
  changes can't fool has gradients that paint instead of making noise (Santurkar et al. 2019).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.clip import BundledClip, ImageTower
from semcs.models.families import load_bundled
from semcs.training.arguments import add_crops, autocast, training_parser
from semcs.training.augment import Warp, draw_views, draw_warps
from semcs.training.classes import LABELLED, Classes, class_name
from semcs.training.crops import held_out_crops, pack_crops, training_crops
from semcs.training.data import caption_held_out, read_manifest, to_train_on
from semcs.training.edits import draw_edits
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.objects import (
    OBJECT_TEACHER,
    object_names,
    principal_features,
    what_is_seen,
)
from semcs.training.paper import ClipTeacher
from semcs.training.scores import style_scores
from semcs.training.texts import (
    PhraseLearner,
    Scenes,
    colored_captions,
    matching_loss,
    meanings_of,
    meanings_of_edits,
)
from semcs.training.vocabulary import STYLES
from semcs.training.way import Way, on_the_way

PAIRS, REALS, SCENES, EDITED = 48, 64, 32, 24
FEATURES = 128  # principal ones of the ImageNet network
# L2 norm of the largest perturbation, for pixels in [0, 1]: small until the styles are known, then
# as large as classes still bear; the larger, the coarser the strokes of its gradients.
PERTURBATION, LATE_PERTURBATION = 1.0, 3.0


class Learner(PhraseLearner):
    """The image tower and the text head, both trained; the sentence trunk is fixed."""

    def __init__(
        self, image: ImageTower, text_head: nn.Module, class_meanings: Sequence[Tensor]
    ) -> None:
        super().__init__(text_head, class_meanings)
        self.image = image
        self.scale = nn.Parameter(torch.tensor(2.5))
        self.caption_scale = nn.Parameter(torch.tensor(2.5))
        self.features = nn.Linear(512, FEATURES)

    def embed(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings (B, 256) of images, and the layer before (B, 512)."""
        hidden = self.image.head[:2](torch.cat(self.image.statistics(images), 1))
        return F.normalize(self.image.head[2](hidden).float(), dim=-1), hidden

    def style_losses(self, pictures: Tensor, photos: Tensor, texts: Tensor, way: Way) -> Losses:
        """Classify embeddings (B, 256) of pictures, and their differences to the photos'.

        Halfway on its way a picture has no class yet, but it has a direction.
        """
        scale = self.scale.exp()
        text_moves = F.normalize(texts[:-1] - texts[-1:], dim=-1)
        image_moves = F.normalize(pictures - photos, dim=-1)
        cosines = image_moves @ text_moves.T
        classes = F.pad(way.styles, (0, len(texts) - way.styles.shape[1]))
        by_class = F.cross_entropy(scale * pictures @ texts.T, classes, reduction="none")
        return {
            "styles": (way.amounts * by_class).mean(),
            "direction": F.cross_entropy(scale * cosines, classes[:, :-1])
            + (classes[:, :-1] * (1 - cosines)).sum(1).mean(),
        }

    def feature_loss(self, hidden: Tensor, features: Tensor) -> Tensor:
        """1 − cosine of what the layer before the embedding (B, 512) tells of features (B, F)."""
        return (1 - F.cosine_similarity(self.features(hidden.float()), features)).mean()

    def object_loss(self, photos: Tensor, object_meanings: Tensor, seen: Tensor) -> Tensor:
        """Cross-entropy of embeddings (B, 256) over objects with what a teacher saw, (B, O)."""
        logits = self.caption_scale.exp() * photos @ self.project(object_meanings).T
        return F.cross_entropy(logits, seen)


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=3000)
    add_crops(parser)
    parser.add_argument(
        "--teacher",
        choices=("renderers", "paper"),
        default="renderers",
        help="the renderers alone, or real CLIP ViT-B/32, too (default %(default)s)",
    )
    parser.add_argument("--init", action="store_true", help="start from the bundled weights")
    args = parser.parse_args()
    cache = args.out / "cache"
    photos, pairs = training_crops(args)
    labelled = to_train_on(read_manifest(args.data, tuple(LABELLED)))
    reals = pack_crops(labelled, 3, args.seed, cache / "labelled.npy")
    classes = Classes.collect(labelled, args.seed)
    real_classes = torch.tensor([classes.names.index(class_name(i.label)) for i in labelled])

    model = load_bundled("clip", BundledClip()) if args.init else BundledClip()
    trunk = model.text.trunk
    trunk.load_state_dict(torch.load(args.out / "text_trunk.pt", weights_only=True))
    trunk.eval().requires_grad_(False)
    class_meanings = [meanings_of(trunk, p).to(args.device) for p in classes.phrases]
    learner = Learner(model.image, model.text.head, class_meanings).to(args.device)
    captions = meanings_of(trunk, colored_captions(pairs.rendered, pairs.styles, args.seed))
    scenes = Scenes.collect(photos, caption_held_out(args.data), trunk)
    whole = pack_crops(photos, 2, args.seed, cache / "whole.npy", smallest=0.8)
    seen = what_is_seen([*labelled, *photos], args.data / OBJECT_TEACHER, cache)
    features = torch.from_numpy(principal_features(seen.features, FEATURES))
    objects = torch.from_numpy(seen.objects[len(labelled) :])
    object_meanings = meanings_of(trunk, object_names()).to(args.device)
    edit_meanings = meanings_of_edits(trunk)
    photo_class = len(classes.names) - 1
    paper = ClipTeacher(classes.phrases, args.device) if args.teacher == "paper" else None

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = np.sort(rng.choice(len(pairs.styles), PAIRS, replace=False))
        chosen_reals = rng.choice(len(labelled), REALS, replace=False)
        warp = draw_warps(PAIRS, rng)
        styles = F.one_hot(torch.from_numpy(pairs.styles[chosen]), len(STYLES)).float()
        photo = _load(pairs.photos[chosen], warp, args.device)
        rendered = _load(pairs.rendered[chosen], warp, args.device)
        way = on_the_way(photo, rendered, styles.to(args.device), rng)
        real = reals[chosen_reals, rng.integers(reals.shape[1], size=REALS)]
        real_images = _load(real, draw_views(REALS, rng), args.device)
        chosen_scenes = scenes.draw_photos(SCENES, rng)
        scene = whole[chosen_scenes, rng.integers(whole.shape[1], size=SCENES)]
        scene_images = _load(scene, draw_views(SCENES, rng), args.device)
        edits = draw_edits(_pixels(pairs.photos[chosen], args.device), rng)
        edited = warp(edits.pictures, BundledClip.input_size)[:EDITED]
        texts, drawn = learner.draw_texts(rng)
        with autocast(args.device):
            largest = PERTURBATION if step < args.steps // 2 else LATE_PERTURBATION
            lengths = rng.uniform(0, largest, PAIRS)
            pictures = perturbed(learner, way, photo, texts, lengths)
            images = torch.cat([pictures, photo, edited, real_images, scene_images])
            embedded, hidden = learner.embed(images)
        out, source, edited_out, real_out, scene_out = embedded.split(
            [PAIRS, PAIRS, EDITED, REALS, SCENES]
        )
        losses = learner.style_losses(out, source, texts, way)
        scale = learner.scale.exp()
        plain = torch.full((PAIRS,), photo_class, device=args.device)
        losses["photos"] = 0.5 * F.cross_entropy(scale * source @ texts.T, plain)
        labels = real_classes[chosen_reals].to(args.device)
        losses["labels"] = 2.0 * F.cross_entropy(scale * real_out @ texts.T, labels)
        losses["names"] = learner.name_loss(scale, rng)
        caption_scale = learner.caption_scale.exp()
        losses["colors"] = 0.5 * matching_loss(
            caption_scale * out @ learner.project(captions[chosen].to(args.device)).T
        )
        told = scenes.draw_texts(chosen_scenes, rng).to(args.device)
        losses["captions"] = matching_loss(caption_scale * scene_out @ learner.project(told).T)
        losses["objects"] = 0.5 * learner.object_loss(
            scene_out, object_meanings, objects[chosen_scenes].to(args.device)
        )
        real_pictures = np.concatenate([chosen_reals, len(labelled) + chosen_scenes])
        losses["features"] = 3.0 * learner.feature_loss(
            hidden[-REALS - SCENES :], features[real_pictures].to(args.device)
        )
        edit_moves = F.normalize(edited_out - source[:EDITED], dim=-1)
        losses["edits"] = 0.5 * learner.edit_loss(
            edit_moves, texts[-1:], edit_meanings, edits.words[:EDITED], scale, rng
        )
        if paper is not None:
            losses |= paper.losses(embedded, images, texts, drawn, pairs=PAIRS)
        return losses

    schedule = Schedule(args.steps, lr=2e-3, warmup=50)
    checkpoint = args.out / ("clip.pt" if paper is None else "clip_paper.pt")
    train(learner, step_losses, schedule, checkpoint, seed=args.seed)
    export(model.eval(), args.out / "clip.safetensors")
    scores = style_scores(model.to("cpu"), held_out_crops(args.data, 2000, 1, cache))
    (args.out / "clip_scores.json").write_text(json.dumps(scores, indent=1))
    print(scores)


def perturbed(
    learner: Learner, way: Way, photos: Tensor, texts: Tensor, lengths: NDArray[np.float64]
) -> Tensor:
    """The pictures, each moved by its length (L2) to where the style losses grow."""
    moved = way.pictures.detach().requires_grad_()
    with torch.no_grad():
        sources = learner.image(photos)
    losses = learner.style_losses(learner.image(moved), sources, texts.detach(), way)
    (gradient,) = torch.autograd.grad(torch.stack(list(losses.values())).sum(), moved)
    direction = F.normalize(gradient.flatten(1), dim=1).view_as(gradient)
    steps = torch.from_numpy(lengths).to(direction)[:, None, None, None]
    return (moved + steps * direction).detach()


def _load(images: NDArray[np.uint8], warp: Warp, device: str) -> Tensor:
    return warp(_pixels(images, device), BundledClip.input_size)


def _pixels(images: NDArray[np.uint8], device: str) -> Tensor:
    return torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float() / 255


if __name__ == "__main__":
    main()
