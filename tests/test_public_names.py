"""Importing a submodule hides no public function of its package.

A submodule that has the name of a function takes the function's place as soon as it is imported.
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

import semcs

LEFT_OUT = "semcs.training"
# Names that are listed because they are subpackages.
SUBPACKAGES = {"semcs": {"looks", "metrics"}}


def listing_packages() -> list[str]:
    """Packages that list their public names, those aside that list modules alone."""
    found = ["semcs"]
    for module in pkgutil.walk_packages(semcs.__path__, "semcs."):
        if module.ispkg and not module.name.startswith(LEFT_OUT):
            found.append(module.name)
    return [name for name in found if set(public_names(name)) - submodules(name)]


def public_names(package: str) -> list[str]:
    return list(getattr(importlib.import_module(package), "__all__", ()))


def submodules(package: str) -> set[str]:
    path = importlib.import_module(package).__path__
    return {module.name for module in pkgutil.iter_modules(path)}


@pytest.mark.parametrize("package", listing_packages())
def test_no_public_name_is_that_of_a_submodule(package):
    assert set(public_names(package)) & submodules(package) <= SUBPACKAGES.get(package, set())


PROGRAM = """
import importlib, pkgutil, sys, types
import semcs

def load(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name.split(".")[0] == "semcs":
            raise  # only other packages may be missing

loaded = [semcs]
for module in pkgutil.walk_packages(semcs.__path__, "semcs."):
    if not module.name.startswith(sys.argv[1]) and module.name != "semcs.__main__":
        loaded.append(load(module.name))
for package in loaded:
    for name in getattr(package, "__all__", ()):
        if isinstance(getattr(package, name), types.ModuleType):
            print(package.__name__, name)
"""


def test_names_are_no_modules_once_all_submodules_are_imported():
    program = [sys.executable, "-c", PROGRAM, LEFT_OUT]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    modules = {tuple(line.split()) for line in done.stdout.splitlines()}
    listed = {("semcs", name) for name in SUBPACKAGES["semcs"]}
    packages = set(listing_packages())
    assert {(package, name) for package, name in modules if package in packages} == listed
