"""Arrows go one way: errors, image ← looks, models ← saliency, style ← stylizer ← video ← cli."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import semcs

PACKAGE = Path(semcs.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
BENCHMARKS = sorted((PACKAGE.parent / "benchmarks").rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "time"}

LONGEST_FILE = 300
LONGEST_FUNCTION = 40  # lines of code, without the docstring

# Which parts of the package each part may import; a new part has to be named here.
MAY_IMPORT = {
    "bars": set(),
    "errors": set(),
    "image": {"errors"},
    "lazy": set(),
    "looks": {"errors", "image", "lazy", "plugins"},
    "models": {"errors"},
    "saliency": {"errors", "image", "lazy", "models"},
    "finding": {"errors", "image", "lazy", "models", "saliency"},
    "style": {"errors", "image", "looks", "models"},
    "learning": {"__init__", "bars", "errors", "image", "looks", "models", "style"},
    "metrics": {"errors", "image", "models"},
    "interop": {"__init__", "errors", "finding", "image", "lazy", "models", "saliency"},
    "plugins": {"errors", "image"},
    "stylizer": {"bars", "errors", "finding", "image", "models", "saliency", "style"},
    "video": {
        *("bars", "errors", "finding", "image", "looks", "models", "runs", "saliency", "style"),
        "stylizer",
    },
    "runs": {"errors", "image", "models"},
    "folder": {
        *("bars", "errors", "finding", "image", "looks", "metrics", "models", "runs", "saliency"),
        *("style", "stylizer"),
    },
    "cluster": {"errors", "folder", "image", "lazy", "models", "runs"},
    "training": {"bars", "errors", "looks", "models", "style"},
    "cli": {
        *("__init__", "bars", "cluster", "errors", "image", "looks", "models", "plugins", "studio"),
        "video",
    },
    "studio": {"__init__", "errors", "finding", "image", "looks", "models", "video"},
    "__main__": {"cli"},
    "__init__": {
        *("errors", "lazy", "looks", "models", "saliency", "finding", "style", "stylizer"),
        *("folder", "learning", "metrics", "video"),
    },
}

# They take long to import, or can be missing or broken where they aren't needed.
LAZY = {
    "av",
    "fsspec",
    "h5py",
    "huggingface_hub",
    "numba",
    "open_clip",
    "psd_tools",
    "pyarrow",
    "pymatting",
    "ray",
    "sklearn",
    "timm",
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules(tree: ast.AST) -> Iterator[str]:
    """Full names of the modules, or of names in them, that a tree imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here, so that this test sees them"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts(tree: ast.AST) -> set[str]:
    """The parts of semcs that a tree imports."""
    known = {part_of(path) for path in FILES}
    seconds = [name.split(".")[1:2] for name in modules(tree) if name.split(".")[0] == "semcs"]
    return {second[0] if second and second[0] in known else "__init__" for second in seconds}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    part = part_of(path)
    assert parts(ast.parse(path.read_text())) - {part} <= MAY_IMPORT[part]


def test_the_halves_meet_in_one_place():
    meeting = {
        part_of(path)
        for path in FILES
        if {"saliency", "style"} <= parts(ast.parse(path.read_text()))
    }
    assert meeting <= {"stylizer", "__init__"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_they_are_used(path):
    if part_of(path) == "training":
        return
    top = ast.parse(path.read_text()).body
    imports = [node for node in top if isinstance(node, (ast.Import, ast.ImportFrom))]
    found = {name.split(".")[0] for node in imports for name in modules(node)}
    assert not found & LAZY


def test_no_part_is_listed_that_imports_nothing_of_what_it_may():
    used = {part: set() for part in MAY_IMPORT}
    for path in FILES:
        used[part_of(path)] |= parts(ast.parse(path.read_text())) - {part_of(path)}
    assert used == MAY_IMPORT


def test_there_are_no_cycles():
    without_lazy_names = {part: may - {"__init__"} for part, may in MAY_IMPORT.items()}
    assert list(TopologicalSorter(without_lazy_names).static_order())


@pytest.mark.parametrize("path", [*FILES, *BENCHMARKS], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_files_and_functions_are_short(path):
    source = path.read_text()
    assert source.count("\n") <= LONGEST_FILE
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef))
    long = [function.name for function in functions if lines_of_code(function) > LONGEST_FUNCTION]
    assert not long


def lines_of_code(function):
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", TESTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_test_asserts_how_long_something_took(path):
    """A busy machine would fail it: benchmarks time, tests count (`helpers/counting.py`)."""
    asserted = (
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Assert)
    )
    assert not [node.lineno for node in asserted if takes_a_time(node)]


@pytest.mark.parametrize(
    ("source", "takes"),
    [
        ("assert time.monotonic() - began < 1", True),
        ("assert 0.9 < (time.process_time() - began) / 100 < 2", True),
        ("assert time.monotonic() < end", False),  # a limit to waiting
        ("assert before - after == 2", False),
    ],
)
def test_what_counts_as_a_time(source, takes):
    assert takes_a_time(ast.parse(source).body[0]) == takes


def takes_a_time(node):
    """Whether the difference of a clock and something is in it."""
    return any(
        isinstance(part, ast.BinOp)
        and isinstance(part.op, ast.Sub)
        and isinstance(part.left, ast.Call)
        and isinstance(part.left.func, ast.Attribute)
        and part.left.func.attr in CLOCKS
        for part in ast.walk(node)
    )
