from __future__ import annotations

import json

import pytest

from benchmarks import eigen


def test_sizes_are_measured_in_processes_of_their_own(tmp_path, capsys):
    plot = tmp_path / "sizes.png"
    options = ["--sizes", "48", "300", "--repeats", "1", "--json", "--plot", str(plot)]
    assert eigen.main(options) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["pairs"] == 2
    assert [row["tokens"] for row in result["sizes"]] == [48, 300]
    for row in result["sizes"]:
        assert 0 < row["build"] < 60
        assert 0 < row["solve"] < 60
        assert 10 < row["peak_mb"] < 4000
    assert plot.stat().st_size > 1000


def test_sizes_alone_mean_the_usual_ones(monkeypatch: pytest.MonkeyPatch, capsys):
    row = {"build": 0.5, "solve": 0.25, "peak_mb": 123.4}
    monkeypatch.setattr(
        eigen, "measure_sizes", lambda sizes, repeats: [{"tokens": n, **row} for n in sizes]
    )
    assert eigen.main(["--sizes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [int(line.split()[0]) for line in lines[1:]] == list(eigen.SIZES)
    assert lines[1].split() == ["900", "0.50", "0.25", "123"]
