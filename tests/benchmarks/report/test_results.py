"""Results that are measured, kept and read again."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace

import pytest

from benchmarks import masks
from benchmarks.models import command as models_command
from benchmarks.quality import command as quality_command
from benchmarks.report import command, page, parts, results
from semcs.errors import InputError


def test_results_are_kept_with_the_weights_they_came_from(out, kept, monkeypatch, rendered):
    (out / "eigen.json").unlink()
    calls = []

    def run(places):
        calls.append(places)
        return kept["eigen"]

    known_parts = {part.name: part for part in parts.PARTS}
    known_parts["eigen"] = replace(known_parts["eigen"], run=run, uses=("vit",))
    monkeypatch.setattr(command, "PARTS", tuple(known_parts.values()))
    text = rendered("eigen")
    assert "By `python -m benchmarks.eigen`; torch " in text
    assert "other weights" not in text
    assert rendered("eigen") == text
    assert len(calls) == 1
    known = results.weights()
    monkeypatch.setattr(results, "weights", lambda: {**known, "vit": "0" * 64})
    assert "Measured with other weights than those above: vit." in rendered()
    file = out / "eigen.json"
    file.write_text(json.dumps(kept["eigen"]))  # by hand, in place of the report's own
    assert "its weights weren't noted" in rendered().split("## Eigenvectors")[1]


def test_a_part_of_another_module_takes_a_few_lines(tmp_path, out):
    (out / "speed.json").write_text('{"seconds": 36}')

    def render(result, page, out):
        return [f"{result['seconds']} s."]

    speed = parts.Part("speed", "Speed", render, ("--data", "{data}"))
    text = command.render(page.Page(tmp_path / "page.md"), out, [speed])
    assert "## Speed\n\nFrom a kept result" in text
    assert "36 s." in text
    assert speed.command == "python -m benchmarks.speed --data DIR"


def test_a_part_without_its_folder_fails_and_the_rest_is_rendered(out, tmp_path, capsys):
    for name in ("masks", "models"):
        (out / f"{name}.json").unlink()
    file = tmp_path / "page.md"
    arguments = ["--out", str(out), "--page", str(file), "--only", "masks", "models", "eigen"]
    assert command.main(arguments) == 1
    errors = capsys.readouterr().err
    assert "masks isn't measured: needs --data or --masks" in errors
    assert "models isn't measured: needs --data" in errors
    assert "times as fast" in file.read_text(encoding="utf-8")
    assert not (out / "masks.json").exists()


def test_a_command_is_run_and_its_json_read(tmp_path, monkeypatch):
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "__init__.py").touch()
    (tmp_path / "benchmarks" / "echo.py").write_text(
        "import json, sys; print(json.dumps(sys.argv[1:])); sys.exit('--bad' in sys.argv)"
    )
    monkeypatch.setattr(results, "ROOT", tmp_path)
    echo = parts.Part("echo", "", lambda *_: [], ("--data", "{data}", "--out", "{out}/x"))
    places = parts.Places(tmp_path / "o", tmp_path / "d")
    expected = ["--data", f"{tmp_path / 'd'}", "--out", f"{tmp_path / 'o'}/x", "--json"]
    assert results.run_command(echo, places) == expected
    with pytest.raises(InputError, match="echo --bad ended with 1"):
        results.run_command(replace(echo, arguments=("--bad",)), places)


def test_what_no_benchmark_prints_is_one_clear_line(rendered, out):
    (out / "masks.json").write_text('{"rows": [{}]}')
    with pytest.raises(SystemExit, match=r"^error: masks.json isn't what benchmarks.masks prints"):
        rendered()


def test_arguments_are_those_that_the_benchmarks_take():
    """The commands on the page can be typed."""
    homes = {"masks": masks, "quality": quality_command, "models": models_command}
    for part in parts.PARTS:
        if module := homes.get(part.benchmark.removeprefix("benchmarks.")):
            module.parse([*shlex.split(part.command)[3:], "--json"])
