"""Fixtures for the benchmarks' tests."""

from __future__ import annotations

import importlib

import pytest


@pytest.fixture
def in_this_process(monkeypatch):
    """Makes a module's work run here, one item after the other, in place of other processes."""

    def replace(module):
        monkeypatch.setattr(
            module, "in_processes", lambda function, items, **_: [*map(function, items)]
        )

    return replace


@pytest.fixture
def told(capsys):
    """What a benchmark's --help says."""

    def told(name):
        with pytest.raises(SystemExit) as stopped:
            importlib.import_module(f"benchmarks.{name}").main(["--help"])
        assert stopped.value.code == 0
        return capsys.readouterr().out

    return told
