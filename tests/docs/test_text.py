"""Modules, functions and files that the pages name are there."""

from __future__ import annotations

import functools
import importlib
import re

import pytest
from pages import DOCS, PAGES, ROOT, spans_of

pytestmark = pytest.mark.skipif(not (ROOT / "semcs").exists(), reason="needs the checkout")

PATH = re.compile(r"((?:[\w.-]+/)+(?:[\w-]+\.\w+)?)(?:: (\w+(?:, \w+)*))?$")
NAME = re.compile(r"((?:semcs|benchmarks|tests)(?:\.\w+)+)(?:\(.*)?$")
BASES = (ROOT, ROOT / "semcs", DOCS)
# Data and outputs, which aren't in the repository.
ELSEWHERE = re.compile(r"(out|build|work|scenes|docs|application|image)/|semcs/$|\.venv")


def named_paths(page):
    """Files and folders, with the names that are said to be in them."""
    for span in spans_of(page):
        found = PATH.match(span)
        if found and not ELSEWHERE.match(found[1]) and " " not in found[1]:
            yield found[1], (found[2] or "").split(", ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_what_is_in_them_are_there(page):
    for path, names in named_paths(page):
        files = [base / path for base in BASES if (base / path).exists()]
        files = files or list((ROOT / "semcs").rglob(path.rstrip("/")))  # `painters/` in a table
        assert files, path
        for name in filter(None, names):
            assert re.search(rf"\b{name}\b", files[0].read_text(encoding="utf-8")), (path, name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_dotted_names_are_there(page):
    for span in spans_of(page):
        found = NAME.match(span)
        if found:
            assert exists(found[1]), span


@functools.cache
def exists(name):
    """Whether a dotted name is a module, or a thing in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        try:
            functools.reduce(getattr, parts[length:], thing)
        except AttributeError:
            continue
        return True
    return False


def test_what_exists_has_to():
    assert exists("semcs.looks.match")
    assert not exists("semcs.looks.mach")
    assert not exists("semcs.saliency.edges")
