from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks import models
from benchmarks.embedding import views
from benchmarks.scoring import Measure, Score, hits, interval, table
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
    "tower64_s",
    "vit_eig_480_s",
    "size_mb",
]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


# Words that frame a phrase and say nothing: "a picture in the style of fog" is only "fog".
FRAME = set(
    words(
        "a an the it is in of on at to made look looks like turned into with covered style "
        "painting picture image photo scene texture effect background everywhere version art"
    )
)


def essence(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if word not in FRAME)


def test_the_200_paraphrases_are_all_different_and_name_styles():
    rows = models.read_paraphrases()
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
    rows = models.csv.DictReader(models.PARAPHRASES.open(newline="", encoding="utf-8"))
    for row in rows:
        assert essence(row["text"]) not in trained, row
        assert f" {' '.join(words(row['style']))} " not in f" {' '.join(words(row['text']))} ", row


def test_a_paraphrase_of_no_style_is_an_error(tmp_path):
    file = tmp_path / "paraphrases.csv"
    file.write_text("text,style\nsilvery shine,silver\nodd,no such look\n")
    with pytest.raises(InputError, match="no such look"):
        models.read_paraphrases(file)


def test_hits_by_hand():
    similarities = torch.tensor([[0.9, 0.1, 0.5], [0.2, 0.3, 0.4], [0.1, 0.8, 0.7]])
    assert hits(similarities, [0, 1, 0]) == [1, 0, 0]
    assert hits(similarities, [0, 1, 0], k=2) == [1, 1, 0]
    assert hits(similarities, [0, 1, 0], k=5) == [1, 1, 1]


def test_a_mean_has_its_interval():
    score = Score.mean([1.0, 0.0, 1.0, 1.0])
    assert (score.value, score.n) == (0.75, 4)
    assert score.interval is not None
    assert 0 <= score.interval[0] <= 0.75 <= score.interval[1] <= 1
    assert interval([0.5] * 9) == (0.5, 0.5)


def probabilities(background: list[list[float]]) -> np.ndarray:
    """Two classes on a coarse grid, the background first."""
    first = np.array(background, np.float16)
    return np.stack([first, 1 - first], axis=-1)


def test_a_sure_mask_covers_the_foreground():
    mask = models.sure_mask(probabilities([[1, 0], [1, 0]]), (6, 9))
    assert mask is None  # half the photo is foreground, but between the cells nothing is sure
    grid = np.ones((33, 33))
    grid[8:24, 8:24] = 0
    mask = models.sure_mask(probabilities(grid.tolist()), (66, 99))
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
    assert models.sure_mask(probabilities((1 - foreground).tolist()), (66, 66)) is None


def test_views_are_the_centre_and_the_corners():
    image = np.zeros((40, 80, 3), np.uint8)
    image[:, :20], image[:, 60:] = 100, 200
    seen = views(image, 30)
    assert seen.shape == (5, 30, 30, 3)
    assert not seen[0].any()
    assert [view[:, i].mean() for view, i in zip(seen[1:], (0, -1, 0, -1))] == [100, 200, 100, 200]


def test_measures_are_the_ones_asked_for():
    assert sorted(models.MEASURES) == sorted(KEYS)


def test_less_is_better_where_it_says_so():
    assert Measure("", 0.9).met_by(0.9)
    assert not Measure("", 0.9).met_by(0.8)
    assert Measure("", 0.25, at_most=True).met_by(0.2)
    assert not Measure("", 0.25, at_most=True).met_by(0.3)
    assert Measure("").met_by(0)


def test_the_table_says_what_falls_short():
    measures = {"good": Measure("is", 0.5), "bad": Measure("isn't", 0.5)}
    scores = {"good": Score(0.6, 3, 5, (0.5, 0.7)), "bad": Score(0.4)}
    _, good, bad = table(scores, measures).splitlines()
    assert "3 of 5" in good
    assert "[0.500, 0.700]" in good
    assert "≥ 0.5" in good
    assert "short" not in good
    assert "short" in bad


def test_json_has_exactly_the_keys(monkeypatch, capsys):
    parts = tuple(lambda _, key=key: {key: Score(0.5)} for key in reversed(list(models.MEASURES)))
    monkeypatch.setattr(models, "PARTS", parts)
    models.main(["--data", "nowhere", "--json"])
    assert json.loads(capsys.readouterr().out) == dict.fromkeys(KEYS, 0.5)


def test_missing_data_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "PARTS", (models.subjects,))
    with pytest.raises(SystemExit, match=r"^error: no manifest.csv in"):
        models.main(["--data", str(tmp_path)])


def test_a_missing_package_is_one_clear_line(monkeypatch, tmp_path):
    file = tmp_path / "teacher.tflite"
    with pytest.raises(InputError, match="there is no"):
        models.open_teacher(file)
    file.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "ai_edge_litert", None)
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    with pytest.raises(InputError, match=r"ai_edge_litert.*semcs\[train\]"):
        models.open_teacher(file)


def test_size_is_that_of_the_bundled_files():
    (score,) = models.size(None).values()  # type: ignore[arg-type]
    files = Path(models.BUNDLED_FOLDER).glob("*.safetensors")
    assert score.value == pytest.approx(sum(len(f.read_bytes()) for f in files) / 1e6)
