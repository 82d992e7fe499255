from __future__ import annotations

import json

import pytest

from benchmarks import eigen
from benchmarks.speed.alone import peak_mb


def test_a_size_is_measured_in_a_process_of_its_own(tmp_path, capsys):
    plot = tmp_path / "sizes.png"
    eigen.main(["--sizes", "48", "--repeats", "1", "--json", "--plot", str(plot)])
    result = json.loads(capsys.readouterr().out)
    assert result["pairs"] == 2
    (row,) = result["sizes"]
    assert row["tokens"] == 48
    assert 0 < row["build"] < 60
    assert 0 < row["solve"] < 60
    assert 10 < row["peak_mb"] < peak_mb()  # this process has loaded torch, that one hasn't
    assert plot.stat().st_size > 1000


def test_sizes_alone_mean_the_usual_ones(monkeypatch: pytest.MonkeyPatch, capsys):
    row = {"build": 0.5, "solve": 0.25, "peak_mb": 123.4}
    monkeypatch.setattr(
        eigen, "measure_sizes", lambda sizes, repeats: [{"tokens": n, **row} for n in sizes]
    )
    eigen.main(["--sizes"])
    lines = capsys.readouterr().out.splitlines()
    assert [int(line.split()[0]) for line in lines[1:]] == list(eigen.SIZES)
    assert lines[1].split() == ["900", "0.50", "0.25", "123"]


def test_the_comparison_is_said_in_words(monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(eigen, "ERROR_SIDES", (9,))
    eigen.main(["--tokens", "64", "--repeats", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "64 tokens, 5 pairs, medians of 1"
    assert [line.split()[0] for line in lines[1:3]] == ["ours", "shift-invert"]
    errors = [float(line.split()[-1]) for line in lines[4:]]
    assert len(errors) == 2
    assert max(errors) < 1e-4
