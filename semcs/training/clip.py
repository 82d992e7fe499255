"""Train the bundled image-text model.

    python -m semcs.training.text --data DIR --out DIR    (first: the sentence trunk)
    python -m semcs.training.clip --data DIR --out DIR

Reads --data (manifest.csv, pictures, teachers) and text_trunk.pt of --out. Writes clip.safetensors
and clip_scores.json to --out, with clip.pt, clip.log and cache/ beside them. With `text` and
`clip_text_head` it takes 65 minutes on two cores, 6 of them to paint 36,000 crops.

It sees crops of photos, the same crops painted in a named look (`semcs.looks`), and real textures
and paintings with their labels. The losses are:

- `styles`: the class of a crop among the phrases of all classes, one phrase each, drawn anew;
- `direction`: the class of the *difference* between the embeddings of a rendering and its photo,
  among the differences between the texts and "a photo", because that is how stylisation uses it;
- both of partial renderings, too (`semcs.training.partial_renderings`), and of one style's texture
  in another's colours, which is half of each: neither colours nor texture alone make a style;
- `colors`: a caption with colour words taken from the crop's own pixels among other captions;
- `labels`: real textures and paintings by their labels, and `photos`: plain ones as "a photo";
- `names`: a phrase's class among the plain names of all classes;
- `captions`: a photo's human caption or label among those of other photos;
- `objects`: the ImageNet objects that a teacher sees in a photo, and `features`: the teacher's
  features of every real picture (`semcs.training.objects`);
- `edits`: the word of colour or light by which a photo was edited (`semcs.training.edits`), as a
  direction;
- all of it on renderings perturbed by one gradient step against it (L2): an image encoder that
  small changes can't fool has gradients that paint instead of making noise (Santurkar et al. 2019).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from torch import nn

from semcs.models.clip import BundledClip
from semcs.models.loading import load_bundled
from semcs.training.arguments import add_crops, add_init, parse_seeded, training_parser
from semcs.training.classes import Classes
from semcs.training.clip_learner import ClipLearner
from semcs.training.clip_objective import ClipObjective, Targets
from semcs.training.crops import held_out_crops
from semcs.training.files import written_whole
from semcs.training.loop import Schedule, export, train
from semcs.training.paper import ClipTeacher
from semcs.training.phrase_learner import meanings_of
from semcs.training.pictures import TrainingPictures
from semcs.training.scores import style_scores

MEASURED = 2000  # held-out crops


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = add_init(add_crops(training_parser(__doc__, steps=3000)))
    parser.add_argument(
        "--teacher",
        choices=("renderers", "paper"),
        default="renderers",
        help="the renderers alone, or real CLIP ViT-B/32, too (default %(default)s)",
    )
    return parse_seeded(parser)


def starting_model(trunk_file: Path, *, init: bool) -> BundledClip:
    """A new model, or with `init` the bundled one, with the trained and frozen sentence trunk."""
    model = load_bundled("clip", BundledClip) if init else BundledClip()
    model.text.trunk.load_state_dict(torch.load(trunk_file, weights_only=True))
    model.text.trunk.eval().requires_grad_(False)
    return model


def learner_of(model: BundledClip, classes: Classes, device: str) -> ClipLearner:
    """The model's image encoder and text head in training, on a device."""
    trunk: nn.Module = model.text.trunk
    meanings = [meanings_of(trunk, phrases).to(device) for phrases in classes.phrases]
    return ClipLearner(model, meanings).to(device)


def write_scores(model: BundledClip, args: argparse.Namespace) -> None:
    """Measure the model on photos that no training saw; print the scores and keep them."""
    crops = held_out_crops(args.data, MEASURED, 1, args.out / "cache")
    scores = style_scores(model, crops)
    with written_whole(args.out / "clip_scores.json") as file:
        file.write_text(json.dumps(scores, indent=1))
    print(scores)


def main() -> None:
    """Train from the command line."""
    args = parse()
    pictures = TrainingPictures.load(args)
    classes = Classes.collect(pictures.labelled, args.seed)
    model = starting_model(args.out / "text_trunk.pt", init=args.init)
    learner = learner_of(model, classes, args.device)
    targets = Targets.collect(pictures, classes, model.text.trunk, args)
    teacher = ClipTeacher(classes.phrases, args.device) if args.teacher == "paper" else None
    objective = ClipObjective(learner, pictures, targets, args, teacher)
    checkpoint = args.out / ("clip.pt" if teacher is None else "clip_paper.pt")
    train(learner, objective, Schedule(args.steps, lr=2e-3, warmup=50), checkpoint, seed=args.seed)
    export(model.eval(), args.out / "clip.safetensors")
    write_scores(model.to("cpu"), args)


if __name__ == "__main__":
    main()
