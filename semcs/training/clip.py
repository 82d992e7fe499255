"""Train the bundled image-text model.

    python -m semcs.training.text --data DIR --out DIR    (first: the sentence trunk)
    python -m semcs.training.clip --data DIR --out DIR

It sees crops of photos, the same crops rendered in a named style (`semcs.training.renderers`), and
real textures and paintings with their labels. This is asked of it:

- `styles`: the class of a crop among the phrases of all classes, one phrase each, drawn anew;
- `direction`: the class of the *difference* between the embeddings of a rendering and its photo,
  among the differences between the texts and "a photo", because that is how stylisation uses it;
- `colors`: a caption with colour words taken from the crop's own pixels among other captions;
- the same of pictures on the way, blended or recoloured from the photo toward the rendering, so
  that the loss falls all along the way and not only at its end;
- all of it on renderings perturbed by one gradient step against it (L2): a tower that small
  changes can't fool has gradients that paint instead of making noise (Santurkar et al. 2019).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.models.clip import BundledClip, ImageTower, TextTower
from semcs.training.arguments import training_parser
from semcs.training.augment import Warp, draw_warps
from semcs.training.crops import pack_crops, render_crops
from semcs.training.data import HELD_OUT, PHOTOS, Item, read_manifest
from semcs.training.loop import Losses, Schedule, export, train
from semcs.training.vocabulary import PHOTO_CAPTIONS, STYLES, caption, color_words

# Real pictures whose label says what they look like, and phrases to say it with.
LABELLED = {
    "textures/ambientcg": ("{}", "{} texture", "made of {}", "a {} surface"),
    "textures/dtd": ("{}", "{} texture", "a {} pattern", "a {} surface"),
    "art/wikiart": ("{} painting", "a painting of {}", "{} art", "in the style of {}"),
}
PHRASES = 32
PAIRS, REALS = 72, 20
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
            [name, *STYLES[name].synonyms, *(caption(name, rng) for _ in range(3 * PHRASES))]
            for name in names
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

    def draw_texts(self, rng: np.random.Generator) -> Tensor:
        """Embeddings (C, 256) of one phrase for each class."""
        drawn = [m[int(rng.integers(len(m)))] for m in self.class_meanings]
        return self.project(torch.stack(drawn))

    def style_losses(
        self, rendered: Tensor, photos: Tensor, styles: Tensor, texts: Tensor, amounts: Tensor
    ) -> Losses:
        """Classify embeddings (B, 256) of renderings, and their differences to the photos'.

        `amounts` (B,) says how far on the way a picture is: halfway it has no class yet, but it
        has a direction.
        """
        scale = self.scale.exp()
        text_moves = F.normalize(texts[:-1] - texts[-1:], dim=-1)
        image_moves = F.normalize(rendered - photos, dim=-1)
        cosines = image_moves @ text_moves.T
        return {
            "styles": (
                amounts * F.cross_entropy(scale * rendered @ texts.T, styles, reduction="none")
            ).mean(),
            "direction": F.cross_entropy(scale * cosines, styles)
            + (1 - cosines.gather(1, styles[:, None])).mean(),
        }


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=2000)
    parser.add_argument("--crops", type=int, default=30_000, help="default %(default)s")
    args = parser.parse_args()
    cache = args.out / "cache"
    photos = read_manifest(args.data, PHOTOS)
    labelled = read_manifest(args.data, tuple(LABELLED))
    pairs = render_crops([p for i, p in enumerate(photos) if i % HELD_OUT], args.crops, 0, cache)
    reals = pack_crops(labelled, 3, args.seed, cache / "labelled.npy")
    classes = Classes.collect(labelled, args.seed)
    real_classes = torch.tensor([classes.names.index(class_name(i.label)) for i in labelled])
    seen_reals = np.array([i for i in range(len(labelled)) if i % HELD_OUT])

    text = TextTower()
    text.trunk.load_state_dict(torch.load(args.out / "text_trunk.pt", weights_only=True))
    learner = Learner([meanings_of(text.trunk, p).to(args.device) for p in classes.phrases])
    learner.to(args.device)
    captions = meanings_of(text.trunk, colored_captions(pairs.rendered, pairs.styles, args.seed))
    photo_class = len(classes.names) - 1

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = np.sort(rng.choice(len(pairs.styles), PAIRS, replace=False))
        chosen_reals = rng.choice(seen_reals, REALS, replace=False)
        warp = draw_warps(PAIRS, rng)
        styles = torch.from_numpy(pairs.styles[chosen]).to(args.device)
        photo = _load(pairs.photos[chosen], warp, args.device)
        rendered = _load(pairs.rendered[chosen], warp, args.device)
        rendered, amounts = on_the_way(photo, rendered, rng)
        real = reals[chosen_reals, rng.integers(reals.shape[1], size=REALS)]
        real_images = _load(real, draw_warps(REALS, rng), args.device)
        texts = learner.draw_texts(rng)
        with torch.autocast(args.device, torch.bfloat16):
            largest = PERTURBATION if step < 2 * args.steps // 3 else LATE_PERTURBATION
            lengths = rng.uniform(0, largest, PAIRS)
            rendered = perturbed(learner, rendered, photo, styles, texts, amounts, lengths)
            embedded = learner.image(torch.cat([rendered, photo, real_images]))
        out, source, real_out = embedded.split([PAIRS, PAIRS, REALS])
        losses = learner.style_losses(out, source, styles, texts, amounts)
        scale = learner.scale.exp()
        others = torch.cat([torch.full((PAIRS,), photo_class), real_classes[chosen_reals]])
        others_out = torch.cat([source, real_out])
        losses["others"] = 0.5 * F.cross_entropy(
            scale * others_out @ texts.T, others.to(args.device)
        )
        losses["colors"] = 0.5 * _matching_loss(
            learner.caption_scale.exp() * out @ learner.project(captions[chosen].to(args.device)).T
        )
        return losses

    train(learner, step_losses, Schedule(args.steps, lr=1.5e-3, warmup=50), args.out / "clip.pt")
    model = BundledClip()
    model.image.load_state_dict(learner.image.state_dict())
    text.head.load_state_dict(learner.text_head.state_dict())
    model.text.load_state_dict(text.state_dict())
    export(model, args.out / "clip.safetensors")
    held_out = render_crops(photos[::HELD_OUT], 2000, 1, cache)
    scores = evaluate(model.eval(), held_out.photos, held_out.rendered, held_out.styles)
    (args.out / "clip_scores.json").write_text(json.dumps(scores, indent=1))
    print(scores)


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


def on_the_way(photos: Tensor, rendered: Tensor, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Half of the renderings as they are, half of them blended into their photos.

    A fifth are first replaced by the photo in the rendering's colours (mean and deviation of each
    channel): colours alone are on the way, too.

    Returns:
        The pictures (B, 3, H, W) and how far each is on its way, (B,) in (0, 1].
    """
    count = len(photos)
    recolored = torch.from_numpy(rng.random(count) < 0.2)
    whole = torch.from_numpy(rng.random(count) < 0.5) & ~recolored
    blends = torch.from_numpy(rng.uniform(0.1, 1.0, count)).float()
    amounts = torch.where(whole, torch.ones(count), blends).to(photos.device)

    def statistics(images: Tensor) -> tuple[Tensor, Tensor]:
        return images.mean((2, 3), keepdim=True), images.std((2, 3), keepdim=True) + 0.02

    (mean, spread), (new_mean, new_spread) = statistics(photos), statistics(rendered)
    colors = ((photos - mean) / spread * new_spread + new_mean).clamp(0, 1)
    goal = torch.where(recolored.to(photos.device)[:, None, None, None], colors, rendered)
    pictures = photos + amounts[:, None, None, None] * (goal - photos)
    return pictures, torch.where(recolored.to(photos.device), amounts / 2, amounts)


def perturbed(
    learner: Learner,
    rendered: Tensor,
    photos: Tensor,
    styles: Tensor,
    texts: Tensor,
    amounts: Tensor,
    lengths: NDArray[np.float64],
) -> Tensor:
    """The renderings, each moved by its length (L2) to where the style losses grow."""
    moved = rendered.detach().requires_grad_()
    with torch.no_grad():
        sources = learner.image(photos)
    losses = learner.style_losses(learner.image(moved), sources, styles, texts.detach(), amounts)
    (gradient,) = torch.autograd.grad(torch.stack(list(losses.values())).sum(), moved)
    direction = F.normalize(gradient.flatten(1), dim=1).view_as(gradient)
    steps = torch.from_numpy(lengths).to(direction)[:, None, None, None]
    return (moved + steps * direction).detach()


def _load(images: NDArray[np.uint8], warp: Warp, device: str) -> Tensor:
    batch = torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float() / 255
    return warp(batch, BundledClip.input_size)


def _matching_loss(logits: Tensor) -> Tensor:
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
