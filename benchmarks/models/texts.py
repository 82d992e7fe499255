"""How well the image-text model knows styles, labels, captions and paraphrases.

`paraphrases.csv` beside this file holds 200 ways to ask for a style without its name, such as
"swirling brushstrokes around glowing stars like vincent painted" (column text), and the plain name
of that style (column style). They were written by hand for this measure; no training saw them.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.models.bench import Bench
from benchmarks.models.embedding import embed_pictures
from benchmarks.scoring import Score, hits
from semcs.errors import InputError
from semcs.models.directions import embed_texts
from semcs.training.classes import LABELLED, class_name
from semcs.training.crops import held_out_crops
from semcs.training.data import CAPTION_HELD_OUT, Item, held_out
from semcs.training.scores import style_cosines
from semcs.training.vocabulary import STYLES

PARAPHRASES = Path(__file__).with_name("paraphrases.csv")
CROPS, SEED = 1500, 2024
RECALL_AT = 5


def rendered_styles(bench: Bench) -> dict[str, Score]:
    """The style of rendered crops, from the crop alone and from its change."""
    count = min(CROPS, bench.limit or CROPS)
    cosines = style_cosines(bench.clip, held_out_crops(bench.data, count, SEED, bench.cache))
    right = cosines.styles.tolist()
    return {
        "styles_n": Score(len(STYLES)),
        "styles_top1": Score.mean(hits(cosines.looks, right)),
        "direction_top1": Score.mean(hits(cosines.moves, right)),
        "direction_cos": Score.mean(cosines.moves[range(count), right].tolist()),
    }


def labels(bench: Bench) -> dict[str, Score]:
    """Materials, adjectives and movements of held-out textures and paintings."""
    pictures = held_out(bench.items(*LABELLED))
    return {
        "materials_top1": labels_of(bench, "textures/ambientcg", pictures),
        "adjectives_top1": labels_of(bench, "textures/dtd", pictures),
        "movements_top1": labels_of(bench, "art/wikiart", pictures),
    }


def labels_of(bench: Bench, folder: str, pictures: Sequence[Item]) -> Score:
    """Whether the pictures of a folder get their own label, of all labels there."""
    names = sorted({class_name(item.label) for item in bench.items(folder)})
    texts = embed_texts(bench.clip, names, LABELLED[folder])
    items = [item for item in pictures if item.folder == folder][: bench.limit]
    right = [names.index(class_name(item.label)) for item in items]
    return Score.mean(hits(embed_pictures(bench.clip, items) @ texts.T, right))


def captions(bench: Bench) -> dict[str, Score]:
    """A photo's score is the share of its captions that find it: they aren't independent."""
    photos = bench.items("photos/flickr")[::CAPTION_HELD_OUT][: bench.limit]
    pictures, shares = embed_pictures(bench.clip, photos), []
    for index, photo in enumerate(photos):
        similarities = bench.clip.encode_text(photo.captions) @ pictures.T
        found = hits(similarities, [index] * len(photo.captions), k=RECALL_AT)
        shares.append(statistics.fmean(found))
    return {"flickr_r5": Score.mean(shares)}


def paraphrases(bench: Bench) -> dict[str, Score]:
    """The style that a text describes without its name."""
    rows, names = read_paraphrases(), list(STYLES)
    texts = bench.clip.encode_text([text for text, _ in rows])
    similarities = texts @ bench.clip.encode_text(names).T
    right = [names.index(style) for _, style in rows]
    return {"paraphrase_top1": Score.mean(hits(similarities, right))}


def read_paraphrases(file: Path = PARAPHRASES) -> list[tuple[str, str]]:
    """(text, style) of every row.

    Raises:
        InputError: A style isn't in the vocabulary.
    """
    with file.open(newline="", encoding="utf-8") as lines:
        rows = [(row["text"], row["style"]) for row in csv.DictReader(lines)]
    if unknown := sorted({style for _, style in rows} - set(STYLES)):
        raise InputError(f"{file.name}: no such style: {', '.join(unknown)}")
    return rows
