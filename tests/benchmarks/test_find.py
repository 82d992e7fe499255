"""Regions against true ones, measured on made pictures with finders whose masks are known."""

from __future__ import annotations

import json
from copy import deepcopy
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

import benchmarks
import semcs
from benchmarks import find
from benchmarks.find import (
    NOT_IN_STREETS,
    NOT_WITH_PEOPLE,
    click_scores,
    colour_distance,
    outline_score,
)
from benchmarks.outlines import boundary_f, deepest, depth
from benchmarks.scoring import RUNS, WARM_UP, Score
from semcs.errors import NotFoundError

SIZE = (40, 60)  # height, width


def block(rows, columns):
    mask = np.zeros(SIZE, bool)
    mask[rows[0] : rows[1], columns[0] : columns[1]] = True
    return mask


class Known:
    """A finder that has a mask for each word, and a list of masks for clicks and boxes in turn."""

    def __init__(self, words=(), masks=()):
        self.words, self.masks, self.asked = dict(words), list(masks), []

    def set_image(self, image):
        self.shape = image.shape

    def find(self, text=None, **search):
        self.asked.append(deepcopy(search))
        if text is None:
            return self.masks[len(self.asked) - 1].astype(np.float32)
        if text not in self.words:
            raise NotFoundError(text)
        return self.words[text].astype(np.float32)


# Outlines


def test_the_deepest_pixel_is_the_middle_and_the_frame_is_outside():
    assert deepest(block((10, 21), (20, 41))) in {(x, 15) for x in range(25, 36)}
    assert deepest(block((0, 9), (0, 9))) == (4, 4)
    assert depth(block((0, 9), (0, 9)))[4, 4] == 5


def test_outlines_agree_up_to_the_distance():
    truth, moved = block((10, 30), (20, 40)), block((10, 30), (23, 43))
    assert boundary_f(truth, truth, 0) == 1
    assert boundary_f(moved, truth, 3) == 1
    # A straight outline through the picture, 3 pixels off: nothing of it is within 2.9.
    assert boundary_f(block((0, 40), (0, 33)), block((0, 40), (0, 30)), 2.9) == 0
    assert boundary_f(block((0, 40), (0, 33)), block((0, 40), (0, 30)), 3) == 1


def test_the_outline_measure_is_the_harmonic_mean():
    """Of two squares one is found: all of it is right, and half of what is true is missed."""
    one, other = block((5, 15), (5, 15)), block((25, 35), (45, 55))
    assert boundary_f(one, one | other, 1) == pytest.approx(2 / 3)
    assert boundary_f(one | other, one, 1) == pytest.approx(2 / 3)


def test_the_frame_of_a_photo_is_no_outline():
    everything, nothing = np.ones(SIZE, bool), np.zeros(SIZE, bool)
    assert boundary_f(everything, nothing, 1) == 1
    assert boundary_f(everything, block((10, 30), (20, 40)), 1) == 0
    # Both reach the frame over most of their length; what lies inside differs.
    assert boundary_f(block((0, 10), (0, 60)), block((0, 30), (0, 60)), 3) == 0


def test_outlines_are_compared_at_one_size():
    """2 pixels of 60 are 16 of 480, and 5 of 960 are 2.5."""
    left, more = block((0, 40), (0, 30)), block((0, 40), (0, 32))
    assert outline_score(left.astype(np.float32), left) == 1
    assert outline_score(more.astype(np.float32), left) == 0
    large = [np.kron(mask, np.ones((16, 16), bool)) for mask in (left, more)]
    near = np.roll(large[0], 5, axis=1)
    near[:, :5] = True
    assert outline_score(near.astype(np.float32), large[0]) == 1
    assert outline_score(large[1].astype(np.float32), large[0]) == 0


# Clicks


def test_clicks_go_where_the_mask_is_most_wrong():
    truth = block((10, 30), (10, 30))
    too_much = truth | block((0, 40), (40, 60))
    too_little = block((10, 30), (10, 20))
    finder = Known(masks=[too_much, too_little, truth, block((10, 30), (10, 50))])
    scores = click_scores(finder, truth)
    on, beside, missed = deepest(truth), deepest(too_much & ~truth), deepest(truth & ~too_little)
    assert finder.asked == [
        {"click": [on]},
        {"click": [on], "not_click": [beside]},
        {"click": [on, missed], "not_click": [beside]},
        {"box": [10, 10, 30, 30]},
    ]
    assert scores == {"click_1": pytest.approx(400 / 1200), "click_3": 1, "box": 0.5}


def test_what_is_right_gets_no_further_click():
    truth = block((10, 30), (10, 30))
    finder = Known(masks=[truth] * 2)
    assert click_scores(finder, truth) == {"click_1": 1, "click_3": 1, "box": 1}
    assert [list(search) for search in finder.asked] == [["click"], ["box"]]


# Words


@pytest.fixture
def street(tmp_path):
    """Sky, an unlabelled strip, a road with a cyclist, and a car too small to count."""
    classes = np.full(SIZE, 3, np.uint8)
    classes[:20] = 0
    classes[18:20] = 11
    classes[30:34, 5:10] = 8
    classes[30:40, 40:50] = 10
    files = tmp_path / "a.jpg", tmp_path / "a.png"
    Image.new("RGB", SIZE[::-1], "gray").save(files[0])
    Image.fromarray(classes).save(files[1])
    return files


def test_words_on_a_street_by_hand(street):
    sky = block((0, 9), (0, 60)) | block((18, 20), (0, 60))
    finder = Known({"sky": sky, "car": sky, "snow": sky, "person": block((30, 40), (40, 50))})
    scores = find.street_scores(finder, *street)
    assert finder.shape == (*SIZE, 3)
    assert scores["street_sky"] == 0.5  # 9 rows of 18; the unlabelled ones don't count
    assert scores["street_road"] == 0  # not found
    assert scores["street_person"] == 1
    assert scores["street_found"] == pytest.approx(2 / 3)
    assert scores["street_absent"] == pytest.approx(1 - 1 / len(NOT_IN_STREETS))
    assert scores["street_absent snow"] == 0
    assert "street_car" not in scores


# Colours


def test_colour_distances_are_those_of_cie():
    """L*a*b* of sRGB's red is (53.24, 80.09, 67.20)."""
    black, white = np.zeros((2, 2, 3), np.float32), np.ones((2, 2, 3), np.float32)
    red = np.zeros((2, 2, 3), np.float32)
    red[..., 0] = 1
    assert colour_distance(black, white) == pytest.approx(100, abs=0.1)
    assert colour_distance(black, red) == pytest.approx(117.33, abs=0.2)
    half = np.concatenate([black, white])
    assert colour_distance(half, np.concatenate([black, black])) == pytest.approx(50, abs=0.1)


# The whole


@pytest.fixture
def data(tmp_path, street):
    """A folder with one held-out street and two people."""
    folder = tmp_path / "scenes" / "camvid"
    folder.mkdir(parents=True)
    for file in street:
        file.rename(folder / file.name)
    (folder / "val.txt").write_text("a\n")
    people = tmp_path / "eval" / "people"
    people.mkdir(parents=True)
    for name in ("007", "061"):
        Image.new("RGB", SIZE[::-1], "gray").save(people / f"{name}.jpg")
        Image.fromarray(block((10, 30), (10, 30))).convert("L").save(people / f"{name}.png")
    return tmp_path


@pytest.fixture
def run(data, monkeypatch, capsys):
    """Runs the command with known masks; `painted` counts the pictures that aren't kept yet."""
    truth, painted = block((10, 30), (10, 30)), []

    class Finder(Known):
        def __init__(self, models):
            super().__init__({"person": truth, "sky": truth})

        def find(self, text=None, **search):
            self.masks = [truth] * (len(self.asked) + 1)
            return super().find(text, **search)

    def painter(models):
        def paint(rgb, **options):
            assert (options["preset"], options["keep_color"]) == ("instant", 1)
            painted.append(options["fg"])
            return SimpleNamespace(image=rgb)

        return paint

    def masked(rgb, *, models, refine):
        return block((10, 30), (10, 50 if refine == "guided" else 30)).astype(np.float32)

    monkeypatch.setattr(semcs, "RegionFinder", Finder)
    monkeypatch.setattr(semcs, "Stylizer", painter)
    monkeypatch.setattr(semcs, "saliency_mask", masked)
    monkeypatch.setattr(find, "seconds", lambda finder: {"find_s": Score(0.75, 15)})

    def run(*arguments):
        find.main(["--data", str(data), "--out", str(data / "kept"), *arguments])
        return capsys.readouterr().out

    run.painted = painted
    return run


def test_everything_is_measured_once_and_kept(run, data):
    found = json.loads(run("--json"))
    scores = {key: score["value"] for key, score in found["scores"].items()}
    assert set(scores) <= set(find.MEASURES)
    perfect = ("people_word", "people_found", "people_absent", "click_1", "click_3", "box")
    for key in (*perfect, "iou_edge", "boundary_edge", "iou_bilateral", "street_absent"):
        assert scores[key] == 1
    assert (scores["iou_guided"], scores["colour_distance"], scores["find_s"]) == (0.5, 0, 0.75)
    assert (found["scores"]["box"]["n"], found["scores"]["street_sky"]["n"]) == (2, 1)
    assert set(found["words"]) == {
        *(f"street_absent {word}" for word in NOT_IN_STREETS),
        *(f"people_absent {word}" for word in NOT_WITH_PEOPLE),
    }
    assert len(run.painted) == 2
    assert json.loads(run("--json")) == found
    assert len(run.painted) == 2
    # Other pixels are another picture, whatever their name.
    Image.new("RGB", SIZE[::-1], "white").save(data / "eval" / "people" / "007.jpg")
    run("--limit", "2")
    assert len(run.painted) == 3


def test_a_word_is_left_out_where_its_thing_is_there(run, data):
    run()
    kept = {file.name[:3]: json.loads(file.read_text()) for file in (data / "kept").glob("0*")}
    assert "people_absent aeroplane" in kept["007"]
    assert "people_absent aeroplane" not in kept["061"]


def test_the_table_says_what_is_asked(run):
    lines = {line.split()[0]: line for line in run().splitlines()}
    assert "≥ 0.72" in lines["boundary_edge"]
    assert "(short)" in lines["find_s"]
    assert "(short)" not in lines["click_1"]


def test_seconds_are_those_of_warm_calls(monkeypatch):
    mask = np.ones((find.SIDE, find.SIDE), np.float32)
    finder, whole = Known({"flower": mask}, [mask] * 99), []
    monkeypatch.setattr(semcs, "find", lambda image, text, models: whole.append(image.shape))
    scores = find.seconds(finder)
    assert list(scores) == ["image_s", "word_s", "click_s", "find_s"]
    assert all(score.n == RUNS and score.value < 0.1 for score in scores.values())
    assert finder.shape == (find.SIDE, find.SIDE, 3)
    assert [len(search) for search in finder.asked] == [0] * (WARM_UP + RUNS) + [1] * (
        WARM_UP + RUNS
    )
    assert whole == [finder.shape] * (WARM_UP + RUNS)


def test_what_is_missing_is_one_clear_line(tmp_path):
    with pytest.raises(SystemExit, match=r"error: no val\.txt in"):
        find.main(["--data", str(tmp_path)])


def test_the_command_is_listed(told):
    assert "python -m benchmarks.find" in told("find")
    assert "`find`" in benchmarks.__doc__
