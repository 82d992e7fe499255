"""The site builds without a warning, leads nowhere in vain, and misses nothing public."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pages import DOCS, ROOT

from semcs.cli.parser import build_parser

pytestmark = pytest.mark.skipif(not (ROOT / "semcs").exists(), reason="needs the checkout")

PACKAGES = ("looks", "metrics", "saliency", "image", "interop")
INTERFACES = ("ImageTextModel", "KeyExtractor", "ContentNetwork", "RegionModel")
# Tags that load what they name, with the attributes that name it.
LOADING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """What a page links to and loads, its anchors, and its text by section."""

    def __init__(self, file: Path):
        super().__init__()
        self.file, self.links, self.loads, self.anchors = file, [], [], set()
        self.sections, self.open = {}, []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.anchors |= {given[key] for key in ("id", "name") if given.get(key)}
        if tag == "section":
            self.open.append(given.get("id", ""))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if LOADING.get(tag) in given:
            self.loads.append(given[LOADING[tag]])

    def handle_endtag(self, tag):
        if tag == "section":
            self.open.pop()

    def handle_data(self, text):
        if self.open:
            self.sections.setdefault(self.open[-1], []).append(text)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the site, and how its making went."""
    for needed in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(needed)
    made = tmp_path_factory.mktemp("site")
    program = [sys.executable, "-m", "sphinx", "--nitpicky", "--quiet", "--builder", "html"]
    out = ["--doctree-dir", made / "doctrees", DOCS, made / "html"]
    done = subprocess.run([*program, *out], capture_output=True, text=True, env=os.environ)
    return made / "html", done


@pytest.fixture(scope="module")
def pages(built):
    """All pages, by their path in the site."""
    folder, _ = built
    return {file.relative_to(folder).as_posix(): Page(file) for file in folder.rglob("*.html")}


def test_it_builds_without_a_warning(built):
    _, done = built
    assert (done.returncode, done.stderr) == (0, "")


def test_it_leaves_nothing_in_the_sources(built):
    assert not list(DOCS.rglob("*.pyc"))


def test_every_page_of_the_docs_is_there(pages):
    sources = [*DOCS.glob("*.md"), *DOCS.glob("api/*.md")]
    assert {f.relative_to(DOCS).with_suffix(".html").as_posix() for f in sources} <= set(pages)
    assert {"search.html", "genindex.html"} <= set(pages)


def test_links_and_anchors_inside_lead_somewhere(pages):
    lost, anchors = [], {page.file: page.anchors for page in pages.values()}
    for page in pages.values():
        for link in page.links:
            target = urlsplit(link)
            if target.scheme or target.netloc:
                continue
            path = page.file if not target.path else page.file.parent / unquote(target.path)
            file = Path(os.path.normpath(path))
            missed = unquote(target.fragment) not in {"", *anchors.get(file, ())}
            if not file.exists() or missed:
                lost.append((page.file.name, link))
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(built, pages):
    loaded = [link for page in pages.values() for link in page.loads]
    assert len(loaded) > 100
    assert [link for link in loaded if re.match("(https?:)?//", link)] == []
    for file in built[0].rglob("*.css"):
        named = re.findall(r"(?:url\(|@import)\s*['\"]?([^'\")]+)", file.read_text())
        assert [link for link in named if re.match("(https?:)?//", link)] == [], file


def test_pictures_are_there(pages):
    for page in pages.values():
        for link in page.loads:
            assert (page.file.parent / unquote(urlsplit(link).path)).exists(), link


def test_search_needs_no_server(built, pages):
    """The index is a script, which loads from file:// as well; summaries would be fetched."""
    loaded = pages["search.html"].loads
    assert any(link.startswith("searchindex.js") for link in loaded)
    options = (built[0] / "_static" / "documentation_options.js").read_text()
    assert "SHOW_SEARCH_SUMMARY: false" in options


@pytest.mark.parametrize("package", ["semcs", *(f"semcs.{name}" for name in PACKAGES)])
def test_every_public_name_is_in_the_reference(package, pages):
    described = set().union(*(p.anchors for n, p in pages.items() if n.startswith("api/")))
    module = importlib.import_module(package)
    assert len(module.__all__) > 4
    for name in module.__all__:
        root = f"semcs.{name}"  # where it is described, if it is public there as well
        same = getattr(importlib.import_module("semcs"), name, None) is getattr(module, name)
        subpackage = root in described or any(d.startswith(f"{root}.") for d in described)
        assert f"{package}.{name}" in described or (same and subpackage), name


def test_calls_of_a_stylizer_are_in_the_reference(pages):
    assert "semcs.Stylizer.__call__" in pages["api/styling.html"].anchors


@pytest.mark.parametrize("name", INTERFACES)
def test_interfaces_of_networks_are_in_the_reference(name, pages):
    assert f"semcs.models.interfaces.{name}" in pages["api/models.html"].anchors


def parsers(parser):
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from parsers(child)


COMMANDS = [one for one in parsers(build_parser()) if one.prog != "semcs"]


def words(text):
    """A text without what typesetting changes: quotes, dashes, breaks of lines."""
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
def test_every_command_and_option_is_in_the_reference(command, pages):
    page = pages["commands.html"]
    anchor = "-".join(command.prog.split())
    said = words("".join(page.sections[anchor.replace("semcs", "cli")]))
    assert words(command.description) in said
    for action in command._actions:
        for flag in set(action.option_strings) - {"-h", "--help"}:
            assert f"cmdoption-{anchor}-{flag.lstrip('-')}" in page.anchors, flag
            assert words(action.help % {"default": action.default}) in said, flag
    for line in (command.epilog or "").splitlines():
        assert words(line) in said
