"""What the page says of kept results."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from benchmarks.photos import TITLE_HEIGHT
from benchmarks.quality.cases import cases
from benchmarks.report import command, methods, page, results

SIDE = 16
PLOT = page.Page.plot
METHODS = ("semcs", "gen-art", "clipstyler")


def row_of(text, start):
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_tables_have_the_figures(rendered):
    text = rendered()
    section = text.split("## Methods compared")[1].split("\n## ")[0]
    semcs = dict(zip(row_of(section, "method"), row_of(section, "`semcs` |")))
    assert semcs["agreement, foreground ↑"] == "0.625 [0.615, 0.635]"
    assert semcs["leakage ↓"] == "0.375 [0.365, 0.385]"
    assert "n = 4 pictures of each method. Judge: a judge of its own." in text
    default = row_of(text, "**bundled")
    assert default[1:5] == ["**3**", "**cues**", "**otsu**", "**edge**"]
    assert default[5] == "**0.700 [0.650, 0.750]**"
    assert row_of(text, "bundled")[1:3] == ["10", "border"]
    assert "n = 7 of 9 pictures in `ECSSD`" in text
    assert row_of(text, "`styles_top1`")[1:5] == ["0.941", "[0.930, 0.950]", "1500", "≥ 0.9"]
    short = row_of(text, "`subjects_iou`")
    assert short[1] == "**0.610**"
    assert short[3] == "66 of 158"
    assert short[5].endswith("short of it")
    assert row_of(text, "`size_mb`")[1:5] == ["23.966", "", "", "≤ 32"]
    assert "**6.2 times as fast**" in text
    assert row_of(text, "shift-invert") == ["shift-invert", "1.250", "[1.000, 1.500]"]
    assert row_of(text, "3600") == ["3600", "3.0e-07"]


def test_semcs_is_compared_measure_by_measure(rendered):
    text = rendered()
    against = row_of(text, "against")
    assert against == ["against", *(methods.QUALITY[key][0] for key in methods.JUDGED)]
    rows = [line for line in text.splitlines() if line.startswith("| `gen-art`")]
    # Content distance is the one where semcs has more of what should be less.
    assert rows[1] == "| `gen-art` | better | better | better | worse |"
    rows = [line for line in text.splitlines() if line.startswith("| `clipstyler`")]
    assert rows[1].count("better, intervals overlap") == 3
    assert rows[1].count("worse, intervals overlap") == 1


def test_the_models_and_their_bytes_are_named(rendered):
    text = rendered()
    for line in command.BUNDLED_MANIFEST.read_text().splitlines():
        name = line.split()[1].lstrip("*")
        file = command.BUNDLED_FOLDER / name
        cells = row_of(text, f"`{name}`")
        assert cells[1] == f"{file.stat().st_size:,}"
        assert cells[2] == f"`{results.weights()[file.stem]}`"
        assert cells[3] == ("yes" if results.weights()[file.stem] == line.split()[0] else "no")


def test_what_is_missing_is_said_to_be(rendered, out):
    (out / "eigen.json").unlink()
    text = rendered()
    assert "## Eigenvectors\n\nNot measured (`python -m benchmarks.eigen`)." in text
    unmeasured = text.split("## Not measured")[1]
    assert "`eigen`: no result is kept" in unmeasured
    for name in ("CLIP", "DINO", "VGG19", "DISTS", "NIMA", "GPU"):
        assert name in unmeasured
    for name in ("quality", "masks", "models"):
        assert f"`{name}`" not in unmeasured


def test_the_same_results_give_the_same_bytes(rendered, tmp_path, monkeypatch):
    monkeypatch.setattr(page.Page, "plot", PLOT)

    def state():
        files = (tmp_path / "docs").rglob("*.*")
        return {file.name: file.read_bytes() for file in files}

    text = rendered()
    first = state()
    assert set(first) == {
        "benchmarks.md",
        *(f"benchmarks-{part}.png" for part in ("quality", "masks", "models", "eigen")),
    }
    assert all(f"(images/{name})" in text for name in first if name.endswith("png"))
    rendered()
    assert state() == first


def sheet_of(rows):
    """A sheet of quality's where each row is of its own grey."""
    height = TITLE_HEIGHT + rows * SIDE
    pixels = np.zeros((height, (len(METHODS) + 1) * SIDE, 3), np.uint8)
    for row in range(rows):
        pixels[TITLE_HEIGHT + row * SIDE :][:SIDE] = 10 * (row + 1)
    return Image.fromarray(pixels)


def test_pictures_of_the_samples_are_cut_by_photo(rendered, kept, out, tmp_path):
    quick = cases(None, True)
    assert kept["quality"]["n"] == len(quick)
    sheet_of(len(quick)).save(out / "quality.png")
    text = rendered()
    photos = list(dict.fromkeys(case.photo for case in quick))
    each = len(quick) // len(photos)
    for index, photo in enumerate(photos):
        name = f"images/benchmarks-quality-{photo}.jpg"
        assert f"({name})" in text
        pixels = np.asarray(Image.open(tmp_path / "docs" / name)).astype(int)
        assert pixels.shape == (TITLE_HEIGHT + each * SIDE, (len(METHODS) + 1) * SIDE, 3)
        for row in range(each):
            middle = pixels[TITLE_HEIGHT + row * SIDE + SIDE // 2].mean()
            assert middle == pytest.approx(10 * (index * each + row + 1), abs=2)
    assert f"rows: {quick[0].fg} on {quick[0].bg}; {quick[1].fg} on" in text


def test_pictures_of_another_run_are_not_shown(rendered, out):
    sheet_of(3).save(out / "quality.png")
    assert "of another run" in rendered()


def test_photos_of_the_data_are_not_shown(out, tmp_path):
    """They may not be passed on; only the samples, which come first, are."""
    samples = cases(None, False)
    n = len(samples) + 2
    sheet_of(n).save(out / "quality.png")
    found = methods._sheets(out / "quality.png", n, METHODS, page.Page(tmp_path / "x.md"))
    pictures = sum(line.startswith("![") for line in found)
    assert pictures == len({case.photo for case in samples})


def test_speed_beside_what_was_asked(rendered):
    text = rendered()
    assert "| `step_speedup` | 4 | ≥ 3 |" in text
    assert "| `quality_speedup` | **never** | ≥ 10 |" in text
    assert "| `help_s` | **0.9** | ≤ 0.5 |" in text
    assert "`import_s`" not in text
    assert "2 threads. A quick run" in text
    assert "| StyleNet | 30 | 120 | 0.25 |" in text


def test_ablations_are_a_row_each(rendered):
    section = rendered().split("## What the parts of semcs do")[1].split("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert [row[0] for row in rows] == ["| `semcs`", "| `no patch loss`"]
    assert all("0.625" in cell or "0.375" in cell for cell in rows[0][1:])
    assert all("0.125" in cell or "0.875" in cell for cell in rows[1][1:])
