"""Train the bundled image-text model.

    python -m semcs.training.text --data DIR --out DIR    (first: the sentence trunk)
    python -m semcs.training.clip --data DIR --out DIR

It sees crops of photos, the same crops rendered in a named style (`semcs.training.renderers`), and
real textures and paintings with their labels. This is asked of it:

- `styles`: the class of a crop among the phrases of all classes, one phrase each, drawn anew;
- `direction`: the class of the *difference* between the embeddings of a rendering and its photo,
  among the differences between the texts and "a photo", because that is how stylisation uses it;
- both of pictures on the way, too (`semcs.training.way`), and of one style's texture in another's
  colours, which is half of each: neither colours nor texture alone make a style;
- `colors`: a caption with colour words taken from the crop's own pixels among other captions;
- `labels`: real textures and paintings by their labels, and `photos`: plain ones as "a photo";
- `names`: a phrase's class among the plain names of all classes;
- `captions`: a photo's human caption or label among those of other photos, and `objects`: what an
  ImageNet network sees in it (`semcs.training.objects`);
- all of it on renderings perturbed by one gradient step against it (L2): a tower that small
  changes can't fool has gradients that paint instead of making noise (Santurkar et al. 2019).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.clip import BundledClip, ImageTower, TextTower
from semcs.models.families import load_bundled
from semcs.training.arguments import autocast, training_parser
from semcs.training.augment import Warp, draw_views, draw_warps
from semcs.training.crops import pack_crops, render_crops
from semcs.training.data import HELD_OUT, PHOTOS, Item, caption_held_out, read_manifest
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.objects import OBJECT_TEACHER, object_names, what_is_seen
from semcs.training.paper import ClipTeacher
from semcs.training.vocabulary import PHOTO_CAPTIONS, STYLES, caption, color_words
from semcs.training.way import Way, on_the_way

# Real pictures whose label says what they look like, and phrases to say it with.
LABELLED = {
    "textures/ambientcg": ("{}", "{} texture", "made of {}", "a {} surface"),
    "textures/dtd": ("{}", "{} texture", "a {} pattern", "a {} surface"),
    "art/wikiart": ("{} painting", "a painting of {}", "{} art", "in the style of {}"),
}
CAPTIONS = 48  # generated for each style
PAIRS, REALS, SCENES = 48, 48, 32
PHRASES = 1024  # told apart by name in a step
# L2 norm of the largest perturbation, for pixels in [0, 1]: small until the styles are known, then
# as large as classes still bear; the larger, the coarser the strokes of its gradients.
PERTURBATION, LATE_PERTURBATION = 1.0, 3.0


@dataclass(frozen=True)
class Classes:
    """Names and phrases of everything that the tower tells apart; the last one is "a photo"."""

    names: list[str]
    phrases: list[list[str]]

    @classmethod
    def collect(cls, labelled: list[Item], seed: int) -> Classes:
        """The styles of the vocabulary, then the labels that aren't styles, then photos."""
        rng = np.random.default_rng(seed)
        names = list(STYLES)
        phrases = [
            [*style.phrases, *style.descriptions, *(caption(name, rng) for _ in range(CAPTIONS))]
            for name, style in STYLES.items()
        ]
        for item in labelled:
            name = class_name(item.label)
            if name not in names:
                names.append(name)
                phrases.append([form.format(name) for form in LABELLED[item.folder]])
        return cls([*names, "photo"], [*phrases, list(PHOTO_CAPTIONS)])


def class_name(label: str) -> str:
    """A label in words, or the style that it names: "WoodFloor" is "wood floor", "Snow" "snow"."""
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in label).strip()
    for style in STYLES.values():
        if spaced == style.name or spaced in style.synonyms:
            return style.name
    return spaced


@torch.no_grad()
def meanings_of(trunk: nn.Module, texts: list[str]) -> Tensor:
    """Sentence meanings (N, 384), a thousand texts at a time."""
    return torch.cat([trunk(texts[i : i + 1000]) for i in range(0, len(texts), 1000)])


class Learner(nn.Module):
    """The image tower and the text head, both trained; the sentence trunk is fixed."""

    def __init__(self, class_meanings: list[Tensor]) -> None:
        super().__init__()
        self.image = ImageTower()
        self.text_head = TextTower().head
        self.class_meanings = class_meanings
        self.scale = nn.Parameter(torch.tensor(2.5))
        self.caption_scale = nn.Parameter(torch.tensor(2.5))

    def project(self, meanings: Tensor) -> Tensor:
        """Meanings (N, 384) to unit embeddings (N, 256)."""
        return F.normalize(self.text_head(meanings), dim=-1)

    def draw_texts(self, rng: np.random.Generator) -> tuple[Tensor, list[int]]:
        """Embeddings (C, 256) of one phrase for each class, and which phrases."""
        drawn = [int(rng.integers(len(m))) for m in self.class_meanings]
        meanings = [m[index] for m, index in zip(self.class_meanings, drawn)]
        return self.project(torch.stack(meanings)), drawn

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

    def object_loss(self, photos: Tensor, object_meanings: Tensor, seen: Tensor) -> Tensor:
        """Cross-entropy of embeddings (B, 256) over objects with what a teacher saw, (B, O)."""
        logits = self.caption_scale.exp() * photos @ self.project(object_meanings).T
        return F.cross_entropy(logits, seen)


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=3000)
    parser.add_argument("--crops", type=int, default=36_000, help="default %(default)s")
    parser.add_argument(
        "--teacher",
        choices=("renderers", "paper"),
        default="renderers",
        help="the renderers alone, or real CLIP ViT-B/32, too (default %(default)s)",
    )
    parser.add_argument("--init", action="store_true", help="start from the bundled weights")
    args = parser.parse_args()
    cache = args.out / "cache"
    photos = read_manifest(args.data, PHOTOS)
    seen_photos = [p for i, p in enumerate(photos) if i % HELD_OUT]
    labelled = read_manifest(args.data, tuple(LABELLED))
    pairs = render_crops(seen_photos, args.crops, 0, cache)
    reals = pack_crops(labelled, 3, args.seed, cache / "labelled.npy")
    classes = Classes.collect(labelled, args.seed)
    real_classes = torch.tensor([classes.names.index(class_name(i.label)) for i in labelled])
    seen_reals = np.array([i for i in range(len(labelled)) if i % HELD_OUT])

    start = load_bundled("clip", BundledClip()) if args.init else BundledClip()
    trunk = start.text.trunk
    trunk.load_state_dict(torch.load(args.out / "text_trunk.pt", weights_only=True))
    trunk.eval().requires_grad_(False)
    learner = Learner([meanings_of(trunk, p).to(args.device) for p in classes.phrases])
    learner.image.load_state_dict(start.image.state_dict())
    learner.text_head.load_state_dict(start.text.head.state_dict())
    learner.to(args.device)
    captions = meanings_of(trunk, colored_captions(pairs.rendered, pairs.styles, args.seed))
    all_meanings = torch.cat(learner.class_meanings)
    phrase_classes = torch.cat(
        [torch.full((len(m),), c, device=args.device) for c, m in enumerate(learner.class_meanings)]
    )
    scenes = Scenes.collect(seen_photos, caption_held_out(args.data), trunk)
    whole = pack_crops(seen_photos, 2, args.seed, cache / "whole.npy", smallest=0.8)
    objects = what_is_seen(seen_photos, args.data / OBJECT_TEACHER, cache / "objects.npy")
    object_meanings = meanings_of(trunk, object_names()).to(args.device)
    photo_class = len(classes.names) - 1
    paper = ClipTeacher(classes.phrases, args.device) if args.teacher == "paper" else None

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = np.sort(rng.choice(len(pairs.styles), PAIRS, replace=False))
        chosen_reals = rng.choice(seen_reals, REALS, replace=False)
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
        texts, drawn = learner.draw_texts(rng)
        with autocast(args.device):
            largest = PERTURBATION if step < args.steps // 2 else LATE_PERTURBATION
            lengths = rng.uniform(0, largest, PAIRS)
            pictures = perturbed(learner, way, photo, texts, lengths)
            images = torch.cat([pictures, photo, real_images, scene_images])
            embedded = learner.image(images)
        out, source, real_out, scene_out = embedded.split([PAIRS, PAIRS, REALS, SCENES])
        losses = learner.style_losses(out, source, texts, way)
        scale = learner.scale.exp()
        plain = torch.full((PAIRS,), photo_class, device=args.device)
        losses["photos"] = 0.5 * F.cross_entropy(scale * source @ texts.T, plain)
        labels = real_classes[chosen_reals].to(args.device)
        losses["labels"] = 2.0 * F.cross_entropy(scale * real_out @ texts.T, labels)
        names = learner.project(torch.stack([m[0] for m in learner.class_meanings]))
        phrases = rng.choice(len(all_meanings), PHRASES, replace=False)
        losses["names"] = F.cross_entropy(
            scale * learner.project(all_meanings[phrases]) @ names.T, phrase_classes[phrases]
        )
        caption_scale = learner.caption_scale.exp()
        losses["colors"] = 0.5 * matching_loss(
            caption_scale * out @ learner.project(captions[chosen].to(args.device)).T
        )
        told = scenes.draw_texts(chosen_scenes, rng).to(args.device)
        losses["captions"] = matching_loss(caption_scale * scene_out @ learner.project(told).T)
        losses["objects"] = 0.5 * learner.object_loss(
            scene_out, object_meanings, torch.from_numpy(objects[chosen_scenes]).to(args.device)
        )
        if paper is not None:
            losses |= paper.losses(embedded, images, texts, drawn, pairs=PAIRS)
        return losses

    schedule = Schedule(args.steps, lr=2e-3, warmup=50)
    checkpoint = args.out / ("clip.pt" if paper is None else "clip_paper.pt")
    train(learner, step_losses, schedule, checkpoint, seed=args.seed)
    model = start
    model.image.load_state_dict(learner.image.state_dict())
    model.text.head.load_state_dict(learner.text_head.state_dict())
    export(model, args.out / "clip.safetensors")
    held_out = render_crops(photos[::HELD_OUT], 2000, 1, cache)
    scores = evaluate(model.eval(), held_out.photos, held_out.rendered, held_out.styles)
    (args.out / "clip_scores.json").write_text(json.dumps(scores, indent=1))
    print(scores)


@dataclass(frozen=True)
class Scenes:
    """What people wrote about each photo, as meanings: (T, 384) each, T may be 0."""

    meanings: list[Tensor]

    @classmethod
    def collect(cls, photos: list[Item], held_out: set[Path], trunk: nn.Module) -> Scenes:
        """Captions where there are some, or "a photo of a LABEL"; nothing of those held out."""
        told = [[] if photo.path in held_out else texts_about(photo) for photo in photos]
        flat = meanings_of(trunk, [text for texts in told for text in texts])
        return cls(list(flat.split([len(texts) for texts in told])))

    def draw_photos(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Photos that have texts; half of them such that people wrote several about."""
        written = np.array([len(m) for m in self.meanings])
        by_people = rng.choice(np.flatnonzero(written > 1), count // 2, replace=False)
        others = rng.choice(np.flatnonzero(written == 1), count - count // 2, replace=False)
        return np.concatenate([by_people, others])

    def draw_texts(self, photos: NDArray[np.intp], rng: np.random.Generator) -> Tensor:
        """The meaning of one text about each photo, (K, 384)."""
        return torch.stack(
            [self.meanings[p][int(rng.integers(len(self.meanings[p])))] for p in photos]
        )


def texts_about(photo: Item) -> list[str]:
    """What is known of a photo, in sentences."""
    if photo.captions:
        return list(photo.captions)
    return [f"a photo of a {photo.label}"] if photo.label else []


def colored_captions(images: NDArray[np.uint8], styles: NDArray[np.int64], seed: int) -> list[str]:
    """A caption of each rendering that names its style and, mostly, its colours."""
    rng = np.random.default_rng(seed)
    names = list(STYLES)
    captions = []
    for image, style in zip(images, styles):
        words = color_words(image.astype(np.float32) / 255)
        count = min(len(words), int(rng.integers(0, 3)))
        words = [words[i] for i in sorted(rng.choice(len(words), count, replace=False))]
        captions.append(caption(names[style], rng, color_words=words))
    return captions


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
    batch = torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float() / 255
    return warp(batch, BundledClip.input_size)


def matching_loss(logits: Tensor) -> Tensor:
    """Symmetric InfoNCE: row i belongs to column i."""
    labels = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2


@torch.no_grad()
def evaluate(
    model: BundledClip,
    photos: NDArray[np.uint8],
    rendered: NDArray[np.uint8],
    styles: NDArray[np.int64],
) -> dict[str, float]:
    """Right style of held-out renderings, by embedding and by direction, among all styles."""

    def embed(images: NDArray[np.uint8]) -> Tensor:
        batch = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
        return torch.cat([model.encode_image(part) for part in batch.split(100)])

    texts, photo_text = model.encode_text(list(STYLES)), model.encode_text(["a photo"])
    outs, sources = embed(rendered), embed(photos)
    cosines = F.normalize(outs - sources, dim=-1) @ F.normalize(texts - photo_text, dim=-1).T
    labels = torch.from_numpy(styles)
    return {
        "styles_n": len(STYLES),
        "styles_top1": (outs @ texts.T).argmax(1).eq(labels).float().mean().item(),
        "direction_top1": cosines.argmax(1).eq(labels).float().mean().item(),
        "direction_cos": cosines.gather(1, labels[:, None]).mean().item(),
    }


if __name__ == "__main__":
    main()
