"""Plots and pictures of the report's page."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from benchmarks.report import page

pytest.importorskip("matplotlib")


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
