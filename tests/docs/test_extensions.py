"""How docstrings and parsers become pages: what the site's own extensions do."""

from __future__ import annotations

import argparse
import importlib
import sys

import pytest
from pages import DOCS


@pytest.fixture
def extension(monkeypatch):
    """Imports one of the site's extensions, and leaves no files beside it."""
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return importlib.import_module


def test_what_is_indented_is_code(extension):
    lines = ["Do it.", "", "    one()", "", "    two()", "", "Then `this`.", ""]
    made = extension("docstrings").to_rest(lines)
    block = [".. code-block:: python", "", "    one()", "", "    two()", ""]
    assert made == ["Do it.", "", *block, "Then ``this``.", ""]


def test_sections_stay_as_google_has_them(extension):
    lines = ["Do it.", "", "Args:", "    a: The `b`,", "        or *c.", "", "Raises:", "    E: d."]
    made = extension("docstrings").to_rest(lines)
    assert made == [*lines[:3], "    a: The ``b``,", "        or \\*c.", *lines[5:]]


def test_diagrams_and_sessions_are_no_python(extension):
    to_rest = extension("docstrings").to_rest
    assert ".. code-block:: text" in to_rest(["A.", "", "    image ─► mask"])
    assert ".. code-block:: pycon" in to_rest(["A.", "", "    >>> 1 + 1", "    2"])


def test_public_names_are_links_and_others_code(extension):
    (made,) = extension("docstrings").to_rest(
        ["`Region`, `semcs.find`, `find`, `Stylizer.iterate`."]
    )
    assert ":py:obj:`Region <semcs.Region>`, :py:obj:`semcs.find <semcs.find>`, ``find``" in made
    assert ":py:obj:`Stylizer.iterate <semcs.Stylizer.iterate>`." in made
    assert extension("docstrings").to_rest(["See docs/regions.md."]) == ["See :doc:`/regions`."]


def test_arguments_are_spelt_out(extension):
    spelled_out = extension("arguments").spelled_out
    args = ["    fg: As of `Stylizer.iterate`, like the rest.", "    seed: See there; even."]
    own = ["    other: Mine.", "", "Raises:", "    E: f."]
    made = spelled_out(["Do.", "", "Args:", *args, *own])
    assert made[3] == "    fg: The foreground's; None keeps its pixels."
    assert made[4].startswith("    seed: The same seed gives the same picture")
    assert made[-5].endswith("; even.")
    assert made[-4:] == own
    assert spelled_out(["No arguments."]) == ["No arguments."]


def test_defaults_are_shown_by_their_values(extension, monkeypatch):
    def measured(size=512):
        return size

    fill_in = extension("docstrings").fill_in
    monkeypatch.setitem(measured.__globals__, "SIDES", 7)
    monkeypatch.setitem(measured.__globals__, "MANY", [1, 2])
    shown = fill_in(None, "function", "", measured, None, "(a=SIDES, b=MANY, c=<factory>)", "")
    assert shown == ("(a=7, b=MANY, c=...)", "")


def test_commands_tell_all_that_the_parser_knows(extension):
    parser = argparse.ArgumentParser(prog="semcs")
    command = parser.add_subparsers().add_parser(
        "draw", description="Draw a line.", epilog="examples:\n  semcs draw x\n\nMore: `a*b` <c>."
    )
    command.add_argument("what", metavar="WHAT", help="a *thing*")
    command.add_argument("--width", metavar="W", default=3, help="in pixels (default %(default)s)")
    command.add_argument("--secret", help=argparse.SUPPRESS)
    made = extension("commands").reference(parser)
    assert "| [semcs draw](#cli-draw) | Draw a line. |" in made
    assert "## semcs draw\n\nDraw a line." in made
    assert ":::{option} WHAT\nA \\*thing\\*.\n:::" in made
    assert ":::{option} --width W\nIn pixels (default 3).\n:::" in made
    assert "```bash\nsemcs draw x\n```" in made
    assert "More: `a*b` \\<c\\>." in made
    assert "secret" not in made
