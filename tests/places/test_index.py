"""What an index is told of semcs, and what checks the built files before they go there."""

from __future__ import annotations

import importlib.util
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml
from hatchling.metadata.core import ProjectMetadata
from hatchling.metadata.spec import DEFAULT_METADATA_VERSION, get_core_metadata_constructors
from hatchling.plugin.manager import PluginManager

import semcs

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not (ROOT / "semcs").is_dir(), reason="needs the checkout")


@pytest.fixture(scope="module")
def package():
    """The program that `make package` runs."""
    spec = importlib.util.spec_from_file_location("package", ROOT / "tests/places/package.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def metadata():
    """The METADATA that a wheel gets."""
    project = ProjectMetadata(str(ROOT), PluginManager())
    return get_core_metadata_constructors()[DEFAULT_METADATA_VERSION](project)


def test_the_metadata_is_complete(package, metadata):
    assert package.faults_of_metadata(metadata) == []


def test_the_readme_renders(metadata):
    pytest.importorskip("cmarkgfm", reason="readme-renderer[md], which renders it, isn't installed")
    renderer = pytest.importorskip("readme_renderer.markdown")
    page = renderer.render(metadata.split("\n\n", 1)[1])
    assert page.count("<h2") > 5
    assert "<pre" in page


def test_the_wheel_is_small_enough(package):
    """Before compression, even."""
    names = package.shipped()
    assert {"semcs/py.typed", "semcs/models/bundled/vit.safetensors"} <= names
    assert sum((ROOT / name).stat().st_size for name in names) < package.LARGEST_WHEEL


def write_wheel(path, names, metadata):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("semcs-0.1.0.dist-info/METADATA", metadata)
        for name in names:
            archive.writestr(name, "")
    return path


def test_faults_of_wheels_are_found(package, metadata, tmp_path, monkeypatch):
    names = package.shipped()
    good = write_wheel(tmp_path / "good.whl", names, metadata)
    assert package.faults_of_wheel(good) == []
    wrong = [*(names - {"semcs/py.typed"}), "semcs/training/loop.py", "tests/conftest.py"]
    bad = write_wheel(tmp_path / "bad.whl", wrong, metadata.replace("Keywords:", "X-Keywords:"))
    monkeypatch.setattr(package, "LARGEST_WHEEL", 1000)
    first, *others = package.faults_of_wheel(bad)
    assert first == "Keywords isn't said"
    assert "1,000 is too much" in others[0]
    assert others[1:] == [
        "semcs/training/loop.py is in the wheel",
        "tests/conftest.py is in the wheel",
        "semcs/py.typed isn't in the wheel",
    ]


def test_faults_of_sdists_are_found(package, tmp_path):
    with tarfile.open(tmp_path / "semcs-0.1.0.tar.gz", "w:gz") as archive:
        archive.add(ROOT / "README.md", "semcs-0.1.0/README.md")
    faults = package.faults_of_sdist(tmp_path / "semcs-0.1.0.tar.gz")
    assert faults == [
        f"{name} isn't in the source distribution"
        for name in ("LICENSE", "CITATION.cff", "docs/places/notebook/semcs.ipynb")
    ]


@pytest.fixture(scope="module")
def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


class TestCitation:
    def test_it_has_what_its_format_asks_for(self, citation):
        assert citation["cff-version"] == "1.2.0"
        assert {"message", "title", "authors"} <= set(citation)
        assert citation["type"] == "software"

    def test_it_names_this_release(self, citation):
        project = ProjectMetadata(str(ROOT), PluginManager()).core
        assert citation["version"] == semcs.__version__ == project.version
        assert citation["license"] == project.license_expression
        assert citation["abstract"] == project.description + "."

    def test_it_names_the_paper(self, citation):
        (paper,) = citation["references"]
        assert paper["type"] == "conference-paper"
        assert paper["title"].startswith("Sem-CS: Semantic CLIPStyler")
        assert [author["family-names"] for author in paper["authors"]] == [
            *("Kamra", "Mastan", "Gupta")
        ]
        assert paper["year"] == 2023
        assert "(ICIP" in paper["conference"]["name"]
