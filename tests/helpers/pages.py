"""Code and commands in the pages of the documentation, and README."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])

FENCED = re.compile(r"^( *)```([\w{}-]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
SHELL = {"", "bash", "console", "sh"}


def blocks_of(page: Path, language: str) -> list[str]:
    """The blocks of code in a language."""
    return [code for _, named, code in _fenced(page) if named == language]


def commands_of(page: Path) -> list[str]:
    """Lines of a shell: those of its blocks, and of blocks that are indented."""
    shell = [code for _, named, code in _fenced(page) if named in SHELL]
    rest = FENCED.sub("", _text(page))
    shell += [line[4:] for line in rest.splitlines() if re.match(r"    [a-z]", line)]
    return [line.strip() for line in "\n".join(shell).replace("\\\n", " ").splitlines()]


def spans_of(page: Path) -> list[str]:
    """Code between backticks in the text."""
    return SPAN.findall(FENCED.sub("", _text(page)))


def _fenced(page: Path) -> list[tuple[str, str, str]]:
    return FENCED.findall(_text(page))


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")
