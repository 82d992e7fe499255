"""What is shipped: the wheel without training, the sdist with all that the repository needs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import semcs

PACKAGE = Path(semcs.__file__).parent
ROOT = PACKAGE.parent

# Runs every program, as `python -m` does, with --help, in one process.
ASK_ALL = """
import runpy, sys
for name in sys.argv[1:]:
    sys.argv = [name, "--help"]
    try:
        runpy.run_module(f"semcs.training.{name}", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        assert not end.code, name
import semcs
print("from", semcs.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The paths in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    (file,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return zipfile.ZipFile(file).namelist()


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    """The folder of the unpacked sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    (file,) = SdistBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    return unpacked


def source_files(folder):
    return {path.relative_to(ROOT).as_posix() for path in folder.rglob("*.py")}


def test_the_wheel_holds_the_package_without_training(wheel):
    shipped = {name for name in wheel if name.endswith(".py")}
    assert shipped == source_files(PACKAGE) - source_files(PACKAGE / "training")
    assert not any(name.startswith("semcs/training") for name in wheel)
    assert all(name.startswith(("semcs/", "semcs-")) for name in wheel)


def test_the_wheel_holds_weights_and_types(wheel):
    bundled = [path.relative_to(ROOT).as_posix() for path in (PACKAGE / "models/bundled").iterdir()]
    assert {"semcs/py.typed", "semcs/models/vocabulary.txt", *bundled} <= set(wheel)
    assert any(name.endswith("vit.safetensors") for name in bundled)


@pytest.mark.parametrize("name", ["semcs", "tests", "benchmarks"])
def test_the_sdist_holds_all_sources(sdist, name):
    for path in source_files(ROOT / name):
        assert (sdist / path).is_file(), path


def test_the_sdist_holds_docs_and_licence(sdist):
    docs = [path for path in (ROOT / "docs").rglob("*") if path.is_file()]
    assert docs
    for path in [*docs, ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "LICENSE"]:
        assert (sdist / path.relative_to(ROOT)).is_file(), path


def test_the_sdist_trains(sdist):
    files = sorted((sdist / "semcs/training").glob("*.py"))
    programs = [file.stem for file in files if "\ndef main()" in file.read_text()]
    ran = subprocess.run(
        [sys.executable, "-c", ASK_ALL, *programs],
        cwd=sdist.parent,
        env={**os.environ, "PYTHONPATH": str(sdist)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("usage: ") == len(programs) >= 8
    assert f"from {sdist}" in ran.stdout


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_nothing_that_is_shipped_imports_training(path):
    if path.is_relative_to(PACKAGE / "training"):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in getattr(node, "names", []) if hasattr(alias, "name")]
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            assert not any(name.startswith("semcs.training") for name in names)
