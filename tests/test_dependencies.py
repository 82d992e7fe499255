"""What is imported is declared, what is declared is imported, and no licence forbids its use."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

import semcs
from benchmarks import licences
from benchmarks.licences import canonical, needs_of

PACKAGE = Path(semcs.__file__).parent
ROOT = PACKAGE.parent
TOOLS = "dev"  # the extra of what runs beside the code, and isn't imported
TRAINING = "train"  # the extra of `semcs.training` alone
FORBIDDEN = re.compile(r"\bA?GPL|\bGNU (Affero )?General|non.?commercial|-NC\b", re.IGNORECASE)

# timm and open_clip import it, without saying which releases fit a release of torch.
NEVER_IMPORTED = {"torchvision"}
IMPORTED_BY_NAME = {"pillow-heif"}  # by `semcs.image.formats`


def declared() -> dict[str, set[str]]:
    """Distributions by extra; those that are always installed under ""."""
    found: dict[str, set[str]] = {"": set()}
    for need in needs_of(distribution("semcs")):
        found.setdefault(need.own_extra, set()).add(need.name)
    return found


DECLARED = declared()
DISTRIBUTIONS = packages_distributions()


def distributions_of(module: str) -> set[str]:
    """The distributions that hold a module; its own name where none is installed."""
    return {canonical(name) for name in DISTRIBUTIONS.get(module, [module])}


def imported(tree: ast.AST) -> Iterator[str]:
    """Top-level modules that a tree imports at run time, anywhere in it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from imported(ast.Module(node.orelse, []))
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here, so that this test sees them"
            yield str(node.module).split(".")[0]
        else:
            yield from imported(node)


def others(folder: Path) -> dict[Path, set[str]]:
    """Modules of others that each file in a folder imports."""
    known = {*sys.stdlib_module_names, "semcs", "benchmarks"}
    files = sorted(folder.rglob("*.py"))
    return {file: {*imported(ast.parse(file.read_text("utf-8")))} - known for file in files}


FILES = others(PACKAGE)
AT_RUN_TIME = {file: found for file, found in FILES.items() if "training" not in file.parts}


@pytest.mark.parametrize("file", AT_RUN_TIME, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_what_is_imported_at_run_time_is_declared(file):
    allowed = set().union(
        *(own for extra, own in DECLARED.items() if extra not in (TOOLS, TRAINING))
    )
    undeclared = {name for name in AT_RUN_TIME[file] if not distributions_of(name) & allowed}
    assert not undeclared


def test_what_is_only_an_extra_isnt_imported_with_a_module():
    core = DECLARED[""]
    for file in AT_RUN_TIME:
        if "studio" in file.parts and file.name != "__init__.py":
            continue  # loaded when a server is started, which asks for the extra first
        top = ast.parse(file.read_text("utf-8")).body
        first = [node for node in top if isinstance(node, (ast.Import, ast.ImportFrom))]
        known = {*sys.stdlib_module_names, "semcs"}
        names = {*imported(ast.Module(first, []))} - known
        assert not {name for name in names if not distributions_of(name) & core}, file


def test_training_and_benchmarks_import_nothing_undeclared():
    everything = set().union(*DECLARED.values())
    for file, found in {**FILES, **others(ROOT / "benchmarks")}.items():
        assert not {name for name in found if not distributions_of(name) & everything}, file


@pytest.mark.parametrize("name", sorted(DECLARED[""]))
def test_what_is_always_installed_is_imported_at_run_time(name):
    used = {each for found in AT_RUN_TIME.values() for each in found}
    assert name in NEVER_IMPORTED or name in set().union(*map(distributions_of, used))


def test_every_extra_is_imported_somewhere():
    places = [FILES, others(ROOT / "benchmarks"), others(ROOT / "tests")]
    used = {name for files in places for found in files.values() for name in found}
    homes = set().union(*map(distributions_of, used))
    for extra in DECLARED.keys() - {TOOLS, "docs", "browser", ""}:
        assert DECLARED[extra] <= homes | IMPORTED_BY_NAME, extra


def test_imports_for_type_checkers_alone_dont_count():
    source = "if TYPE_CHECKING:\n    import a\nelse:\n    import b\ndef f():\n    from c.d import e"
    assert {*imported(ast.parse(source))} == {"b", "c"}


INSTALLED = {each.package: each.licence for each in licences.licences()}


class TestLicences:
    def test_those_of_all_dependencies_are_known(self):
        assert DECLARED[""] <= INSTALLED.keys()
        unknown = {name for name in DECLARED[""] if INSTALLED[name] == licences.UNKNOWN}
        assert not unknown

    def test_none_forbids_commercial_use_or_spreads_to_the_whole(self):
        assert not {name: own for name, own in INSTALLED.items() if FORBIDDEN.search(own)}

    @pytest.mark.parametrize(
        "said", ["GPL-3.0", "AGPLv3", "GNU General Public License", "CC-BY-NC-4.0"]
    )
    def test_those_are_noticed(self, said):
        assert FORBIDDEN.search(said)

    @pytest.mark.parametrize("said", ["MIT", "LGPL-2.1", "MPL-2.0 AND MIT", "HPND"])
    def test_others_arent(self, said):
        assert not FORBIDDEN.search(said)

    def test_the_command_lists_them(self, capsys):
        licences.main([])
        lines = capsys.readouterr().out.splitlines()
        assert any(line.split()[0] == "numpy" and "BSD-3-Clause" in line for line in lines)
