from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.models import command, costs, foregrounds, texts
from benchmarks.models.bench import MEASURES
from benchmarks.models.embedding import views
from benchmarks.scoring import Score
from semcs.errors import InputError
from semcs.training.vocabulary import STYLES

KEYS = [
    "styles_top1",
    "styles_n",
    "materials_top1",
    "adjectives_top1",
    "movements_top1",
    "flickr_r5",
    "direction_cos",
    "direction_top1",
    "paraphrase_top1",
    "people_iou_raw",
    "people_iou_refined",
    "subjects_iou",
    "order_rendering",
    "order_instant",
    "photo_last",
    "encoder64_s",
    "vit_eig_480_s",
    "size_mb",
]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


# Words that frame a phrase and say nothing: "a picture in the style of fog" is only "fog".
FRAME = set(
    words_of(
        "a an the it is in of on at to made look looks like turned into with covered style "
        "painting picture image photo scene texture effect background everywhere version art"
    )
)


def essence(text: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(text) if word not in FRAME)


def test_the_200_paraphrases_are_all_different_and_name_styles():
    rows = texts.read_paraphrases()
    assert len(rows) == 200
    assert len({text.lower() for text, _ in rows}) == 200
    assert len({style for _, style in rows}) >= 0.9 * len(STYLES)
    assert max(Counter(style for _, style in rows).values()) <= 3


def test_no_paraphrase_says_what_training_says():
    trained = {
        essence(phrase)
        for style in STYLES.values()
        for phrase in (*style.phrases, *style.descriptions)
    }
    rows = csv.DictReader(texts.PARAPHRASES.open(newline="", encoding="utf-8"))
    for row in rows:
        assert essence(row["text"]) not in trained, row
        assert (
            f" {' '.join(words_of(row['style']))} " not in f" {' '.join(words_of(row['text']))} "
        ), row


def test_a_paraphrase_of_no_style_is_an_error(tmp_path):
    file = tmp_path / "paraphrases.csv"
    file.write_text("text,style\nsilvery shine,silver\nodd,no such look\n")
    with pytest.raises(InputError, match="no such look"):
        texts.read_paraphrases(file)


def probabilities(background: list[list[float]]) -> np.ndarray:
    """Two classes on a coarse grid, the background first."""
    first = np.array(background, np.float16)
    return np.stack([first, 1 - first], axis=-1)


def test_a_sure_mask_covers_the_foreground():
    mask = foregrounds.sure_mask(probabilities([[1, 0], [1, 0]]), (6, 9))
    assert mask is None  # half the photo is foreground, but between the cells nothing is sure
    grid = np.ones((33, 33))
    grid[8:24, 8:24] = 0
    mask = foregrounds.sure_mask(probabilities(grid.tolist()), (66, 99))
    assert mask is not None
    assert mask.shape == (66, 99)
    assert mask[33, 49]
    assert not mask[0].any()
    assert mask.mean() == pytest.approx((16 / 32) ** 2, abs=0.02)


@pytest.mark.parametrize(
    ("side", "inside", "outside"),
    [(3, 1.0, 0.0), (31, 1.0, 0.0), (16, 0.7, 0.0), (16, 1.0, 0.3), (0, 1.0, 0.0)],
    ids=["too small", "too large", "unsure foreground", "unsure background", "no foreground"],
)
def test_an_unsure_mask_does_not_count(side, inside, outside):
    foreground = np.full((33, 33), outside)
    foreground[:side, :side] = inside
    assert foregrounds.sure_mask(probabilities((1 - foreground).tolist()), (66, 66)) is None


def test_views_are_the_centre_and_the_corners():
    image = np.zeros((40, 80, 3), np.uint8)
    image[:, :20], image[:, 60:] = 100, 200
    seen = views(image, 30)
    assert seen.shape == (5, 30, 30, 3)
    assert not seen[0].any()
    assert [view[:, i].mean() for view, i in zip(seen[1:], (0, -1, 0, -1))] == [100, 200, 100, 200]


def test_measures_are_the_ones_asked_for():
    assert sorted(MEASURES) == sorted(KEYS)


def test_json_has_exactly_the_keys(monkeypatch, capsys):
    parts = tuple(lambda _, key=key: {key: Score(0.5)} for key in reversed(list(MEASURES)))
    monkeypatch.setattr(command, "PARTS", parts)
    command.main(["--data", "nowhere", "--json"])
    assert json.loads(capsys.readouterr().out) == dict.fromkeys(KEYS, 0.5)


def test_missing_data_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "PARTS", (foregrounds.subjects,))
    with pytest.raises(SystemExit, match=r"^error: no manifest.csv in"):
        command.main(["--data", str(tmp_path)])


def test_a_missing_package_is_one_clear_line(monkeypatch, tmp_path):
    file = tmp_path / "teacher.tflite"
    with pytest.raises(InputError, match="there is no"):
        foregrounds.open_teacher(file)
    file.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "ai_edge_litert", None)
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    with pytest.raises(InputError, match=r"ai_edge_litert.*semcs\[train\]"):
        foregrounds.open_teacher(file)


def test_size_is_that_of_the_bundled_files():
    (score,) = costs.size(None).values()  # type: ignore[arg-type]
    files = Path(costs.BUNDLED_FOLDER).glob("*.safetensors")
    assert score.value == pytest.approx(sum(len(f.read_bytes()) for f in files) / 1e6)
