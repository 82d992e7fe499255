from __future__ import annotations

import json
import shlex
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from benchmarks import page, report, sections
from benchmarks.grid import LABEL
from benchmarks.quality import cases
from semcs.errors import InputError

pytest.importorskip("matplotlib")

SIDE = 16
PLOT = page.Page.plot
METHODS = ("semcs", "gen-art", "clipstyler")


def scored(value, width=0.01):
    """All measures of a method the same, but for leakage."""
    means = dict.fromkeys(sections.QUALITY, value) | {"leakage": 1 - value}
    intervals = {key: (mean - width, mean + width) for key, mean in means.items()}
    return {**means, "intervals": intervals}


def mask_row(weight, rule, value):
    means = dict.fromkeys(sections.MASKS, value)
    return {
        "extractor": "bundled",
        "color_weight": weight,
        "rule": rule,
        "threshold": "otsu",
        "refine": "edge",
        **means,
        "n": 7,
        "ms": 12.34,
        "intervals": dict.fromkeys(means, (value - 0.05, value + 0.05)),
    }


KEPT = {
    "quality": {
        "methods": {"semcs": scored(0.625), "gen-art": scored(0.5), "clipstyler": scored(0.62)},
        "n": 4,
        "judge": "a judge of its own",
    },
    "ablations": {
        "methods": {"semcs": scored(0.625), "no patch loss": scored(0.125)},
        "n": 2,
        "judge": "a judge of its own",
    },
    "masks": {
        "data": "ECSSD",
        "n": 7,
        "out_of": 9,
        "seed": 0,
        "size": 480,
        "rows": [mask_row(10.0, "border", 0.75), mask_row(3.0, "centre", 0.7)],
    },
    "models": {
        "styles_top1": {"value": 0.941, "n": 1500, "out_of": None, "interval": [0.93, 0.95]},
        "subjects_iou": {"value": 0.61, "n": 66, "out_of": 158, "interval": [0.55, 0.67]},
        "size_mb": 23.966,
    },
    "eigen": {
        "tokens": 3600,
        "seconds": {"ours": [0.1, 0.2, 0.3], "shift-invert": [1.0, 1.25, 1.5]},
        "median": {"ours": 0.2, "shift-invert": 1.25},
        "ratio": 6.25,
        "max_error": {"400": 1e-9, "3600": 3e-7},
    },
    "speed": {
        "step_speedup": 4.0,
        "quality_speedup": None,
        "help_s": 0.9,
        "details": {
            "quick": True,
            "threads": 2,
            "step": {"parts": {"StyleNet": {"gflop": 30.0, "gflop_per_s": 120.0, "seconds": 0.25}}},
        },
    },
}


@pytest.fixture(autouse=True)
def no_plots(monkeypatch):
    """Plots take longer than all else; one test draws them."""
    monkeypatch.setattr(page.Page, "plot", lambda page, name, alt, panels: f"plot of {name}")


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    for name, result in KEPT.items():
        (folder / f"{name}.json").write_text(json.dumps(result))
    return folder


@pytest.fixture
def rendered(out, tmp_path):
    """The page, rendered from what is kept, running nothing."""
    file = tmp_path / "docs" / "benchmarks.md"

    def rendered(*arguments):
        report.main(["--only", *arguments, "--out", str(out), "--page", str(file)])
        return file.read_text(encoding="utf-8")

    return rendered


def row_of(text, start):
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_tables_have_the_figures(rendered):
    text = rendered()
    methods = text.split("## Methods compared")[1].split("\n## ")[0]
    semcs = dict(zip(row_of(methods, "method"), row_of(methods, "`semcs` |")))
    assert semcs["agreement, foreground ↑"] == "0.625 [0.615, 0.635]"
    assert semcs["leakage ↓"] == "0.375 [0.365, 0.385]"
    assert "n = 4 pictures of each method. Judge: a judge of its own." in text
    default = row_of(text, "**bundled")
    assert default[1:5] == ["**3**", "**centre**", "**otsu**", "**edge**"]
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
    assert against == ["against", *(sections.QUALITY[key][0] for key in sections.JUDGED)]
    rows = [line for line in text.splitlines() if line.startswith("| `gen-art`")]
    # Content distance is the one where semcs has more of what should be less.
    assert rows[1] == "| `gen-art` | better | better | better | worse |"
    rows = [line for line in text.splitlines() if line.startswith("| `clipstyler`")]
    assert rows[1].count("better, intervals overlap") == 3
    assert rows[1].count("worse, intervals overlap") == 1


def test_the_models_and_their_bytes_are_named(rendered):
    text = rendered()
    for line in report.BUNDLED_MANIFEST.read_text().splitlines():
        name = line.split()[1].lstrip("*")
        file = report.BUNDLED_FOLDER / name
        cells = row_of(text, f"`{name}`")
        assert cells[1] == f"{file.stat().st_size:,}"
        assert cells[2] == f"`{report.weights()[file.stem]}`"
        assert cells[3] == ("yes" if report.weights()[file.stem] == line.split()[0] else "no")


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
    height = LABEL + rows * SIDE
    pixels = np.zeros((height, (len(METHODS) + 1) * SIDE, 3), np.uint8)
    for row in range(rows):
        pixels[LABEL + row * SIDE :][:SIDE] = 10 * (row + 1)
    return Image.fromarray(pixels)


def test_pictures_of_the_samples_are_cut_by_photo(rendered, out, tmp_path):
    quick = cases(None, True)
    assert KEPT["quality"]["n"] == len(quick)
    sheet_of(len(quick)).save(out / "quality.png")
    text = rendered()
    photos = list(dict.fromkeys(case.photo for case in quick))
    each = len(quick) // len(photos)
    for index, photo in enumerate(photos):
        name = f"images/benchmarks-quality-{photo}.jpg"
        assert f"({name})" in text
        pixels = np.asarray(Image.open(tmp_path / "docs" / name)).astype(int)
        assert pixels.shape == (LABEL + each * SIDE, (len(METHODS) + 1) * SIDE, 3)
        for row in range(each):
            middle = pixels[LABEL + row * SIDE + SIDE // 2].mean()
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
    found = sections._sheets(out / "quality.png", n, METHODS, page.Page(tmp_path / "x.md"))
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


def test_results_are_kept_with_the_weights_they_came_from(out, tmp_path, monkeypatch, rendered):
    (out / "eigen.json").unlink()
    calls = []

    def run(places):
        calls.append(places)
        return KEPT["eigen"]

    parts = {part.name: part for part in report.PARTS}
    parts["eigen"] = replace(parts["eigen"], run=run, uses=("vit",))
    monkeypatch.setattr(report, "PARTS", tuple(parts.values()))
    text = rendered("eigen")
    assert "By `python -m benchmarks.eigen`; torch " in text
    assert "other weights" not in text
    assert rendered("eigen") == text
    assert len(calls) == 1
    known = report.weights()
    monkeypatch.setattr(report, "weights", lambda: {**known, "vit": "0" * 64})
    assert "Measured with other weights than those above: vit." in rendered()
    file = out / "eigen.json"
    file.write_text(json.dumps(KEPT["eigen"]))  # by hand, in place of the report's own
    assert "its weights weren't noted" in rendered().split("## Eigenvectors")[1]


def test_a_part_of_another_module_takes_a_few_lines(tmp_path, out):
    (out / "speed.json").write_text('{"seconds": 36}')

    def render(result, page, out):
        return [f"{result['seconds']} s."]

    speed = report.Part("speed", "Speed", render, ("--data", "{data}"))
    text = report.render(page.Page(tmp_path / "page.md"), out, [speed])
    assert "## Speed\n\nFrom a kept result" in text
    assert "36 s." in text
    assert speed.command == "python -m benchmarks.speed --data DIR"


def test_a_part_without_its_folder_fails_and_the_rest_is_rendered(out, tmp_path, capsys):
    for name in ("masks", "models"):
        (out / f"{name}.json").unlink()
    file = tmp_path / "page.md"
    arguments = ["--out", str(out), "--page", str(file), "--only", "masks", "models", "eigen"]
    assert report.main(arguments) == 1
    errors = capsys.readouterr().err
    assert "masks isn't measured: needs --data or --masks" in errors
    assert "models isn't measured: needs --data" in errors
    assert "times as fast" in file.read_text(encoding="utf-8")
    assert not (out / "masks.json").exists()


def test_a_command_is_run_and_its_json_read(tmp_path, monkeypatch):
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "echo.py").write_text(
        "import json, sys; print(json.dumps(sys.argv[1:])); sys.exit('--bad' in sys.argv)"
    )
    monkeypatch.setattr(report, "ROOT", tmp_path)
    echo = report.Part("echo", "", lambda *_: [], ("--data", "{data}", "--out", "{out}/x"))
    places = report.Places(tmp_path / "o", tmp_path / "d")
    expected = ["--data", f"{tmp_path / 'd'}", "--out", f"{tmp_path / 'o'}/x", "--json"]
    assert report.run_command(echo, places) == expected
    with pytest.raises(InputError, match="echo --bad ended with 1"):
        report.run_command(replace(echo, arguments=("--bad",)), places)


def test_what_no_benchmark_prints_is_one_clear_line(rendered, out):
    (out / "masks.json").write_text('{"rows": [{}]}')
    with pytest.raises(SystemExit, match=r"^error: masks.json isn't what benchmarks.masks prints"):
        rendered()


def test_a_plot_has_a_dot_an_interval_and_a_tick_for_each_figure():
    dots = [page.Dot("a", 0.5, (0.25, 0.75), asked=0.625), page.Dot("b", 0.125)]
    (axis,) = page.draw([("title", dots)]).axes
    marks = [tuple(float(value) for value in line.get_xdata()) for line in axis.lines]
    assert marks == [(0.625,), (0.5,), (0.125,)]
    (bar,) = axis.collections
    assert bar.get_segments()[0][:, 0].tolist() == [0.25, 0.75]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["a", "b"]
    assert axis.get_title() == "title"


def test_large_pictures_shrink_until_they_fit():
    noise = np.random.default_rng(0).integers(256, size=(300, 400, 3)).astype(np.uint8)
    found = page.jpeg(Image.fromarray(noise), limit=20_000)
    assert len(found) <= 20_000
    small = Image.new("RGB", (40, 30), "red")
    assert len(page.jpeg(small)) < 2000


def test_arguments_are_those_that_the_benchmarks_take():
    """The commands on the page can be typed."""
    from benchmarks import masks, quality

    for part in report.PARTS:
        module = {"masks": masks, "quality": quality, "models": report.models}.get(
            part.benchmark.removeprefix("benchmarks.")
        )
        if module:
            module.parse([*shlex.split(part.command)[3:], "--json"])
