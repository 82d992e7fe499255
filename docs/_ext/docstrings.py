"""The docstrings, which are Markdown, as the reStructuredText that autodoc reads.

What is indented is code, as in Markdown; what stands between single backticks is code as well, and
a link where it is a public name. Runs before napoleon, which then sees Google's sections.
"""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

from arguments import spelled_out
from sphinx.application import Sphinx
from sphinx.domains.python._object import PyObject
from sphinx.pycode import ModuleAnalyzer

# The packages whose public names have a page; a name belongs to the first that lists it.
PACKAGES = (
    "semcs",
    "semcs.looks",
    "semcs.metrics",
    "semcs.saliency",
    "semcs.interop",
    "semcs.image",
)

SECTION = re.compile(r"(Args|Attributes|Returns|Yields|Raises):$")
EXAMPLE = re.compile(r"Examples?:$")
BACKTICKS = re.compile(r"(?<![`:\\])`([^`]+)`(?![`_])")
# Stars and bars of formulae, which reStructuredText would take for emphasis and substitutions.
SPECIAL = re.compile(r"(?<!\\)[*|]")
PAGE = re.compile(r"\bdocs/(\w+)\.md\b")


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook into autodoc."""
    app.connect("autodoc-process-docstring", translate, priority=100)
    app.connect("autodoc-process-docstring", shorten, priority=900)
    app.connect("autodoc-process-signature", fill_in)
    app.connect("autodoc-skip-member", skip)
    _show_all_keywords()
    _call_attributes_so()
    return {"parallel_read_safe": True}


def translate(
    app: object, what: str, name: str, thing: object, options: object, lines: list[str]
) -> None:
    """Rewrite the lines of a docstring in place."""
    lines[:] = to_rest(spelled_out(lines))
    if what == "property":  # else napoleon takes "Steps taken: one more" for a type and a text
        lines[:0] = ["..", ""]


def shorten(
    app: object, what: str, name: str, thing: object, options: object, lines: list[str]
) -> None:
    """Name the types of attributes as those of arguments: without the modules they are in."""
    lines[:] = [
        re.sub(r"\bsemcs(\.\w+)+", r"~\g<0>", line) if line.startswith(":vartype ") else line
        for line in lines
    ]


def fill_in(
    app: object, what: str, name: str, thing: Any, options: object, sig: str | None, gives: str
) -> tuple[str | None, str]:
    """Show the values of constants that are defaults, where they are short."""
    code = vars(thing).get("__init__") if isinstance(thing, type) else thing
    constants = getattr(inspect.unwrap(code), "__globals__", {}) if callable(code) else {}

    def value(found: re.Match[str]) -> str:
        default = constants.get(found[1])
        return f"={default!r}" if isinstance(default, (int, float, str)) else found[0]

    if sig is not None:
        sig = re.sub(r"=([A-Z_]{3,})\b", value, sig).replace("=<factory>", "=...")
    return sig, gives


def skip(
    app: object, what: str, name: str, thing: object, skipped: bool, options: object
) -> bool | None:
    """Leave out what nobody wrote: the fields of named tuples, which `Attributes:` describes."""
    return True if str(getattr(thing, "__doc__", "")).startswith("Alias for field") else None


def _show_all_keywords() -> None:
    """Have autodoc show a function's own signature, which names its keywords; overloads don't."""
    analyze = ModuleAnalyzer.analyze

    def analyze_without_overloads(self: ModuleAnalyzer) -> None:
        analyze(self)
        self.overloads = {}

    ModuleAnalyzer.analyze = analyze_without_overloads  # type: ignore[method-assign]


def _call_attributes_so() -> None:
    """Have the heading of `Attributes:` be that, in place of "Variables"."""
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"


def to_rest(lines: list[str]) -> list[str]:
    """The same docstring in reStructuredText, with Google's sections as they are."""
    made: list[str] = []
    rest = list(lines)
    in_section = False
    while rest:
        line = rest[0]
        in_section |= SECTION.match(line) is not None
        if EXAMPLE.match(line):
            del rest[0]
            in_section = False
            made += [".. rubric:: Example", "", *_code(_take(rest, _indented))]
        elif _indented(line) and not in_section and made[-1:] == [""]:
            made += _code(_take(rest, _indented))
        elif line.strip():
            made += _inline("\n".join(_take(rest, str.strip, most_sections=1))).split("\n")
        else:
            made.append(rest.pop(0))
    return made


def _take(lines: list[str], wanted: Callable[[str], object], most_sections: int = 0) -> list[str]:
    """Take lines from the front as long as they are wanted; of code, blank ones between as well."""
    taken: list[str] = []
    while lines and (wanted(lines[0]) or (wanted is _indented and not lines[0].strip())):
        starts = most_sections and (SECTION.match(lines[0]) or EXAMPLE.match(lines[0]))
        if starts and taken:
            break
        taken.append(lines.pop(0))
    return taken


def _indented(line: str) -> bool:
    return line.startswith("    ")


def _code(lines: list[str]) -> list[str]:
    """A block of code; diagrams, which aren't Python, as plain text."""
    source = textwrap.dedent("\n".join(lines)).strip("\n")
    try:
        compile(source.replace(">>> ", ""), "docstring", "exec")
        language = "python"
    except SyntaxError:
        language = "pycon" if source.startswith(">>>") else "text"
    if source.startswith(">>>"):
        language = "pycon"
    return [f".. code-block:: {language}", "", *textwrap.indent(source, "    ").split("\n"), ""]


def _inline(text: str) -> str:
    """Code between single backticks, and everything else as it is written."""
    parts = BACKTICKS.split(text)
    parts[::2] = [_plain(part) for part in parts[::2]]
    parts[1::2] = [_literal(" ".join(part.split())) for part in parts[1::2]]
    return "".join(parts)


def _plain(text: str) -> str:
    """Text whose stars and bars mean nothing, and whose `docs/regions.md` leads there."""
    return PAGE.sub(r":doc:`/\1`", SPECIAL.sub(r"\\\g<0>", text))


def _literal(code: str) -> str:
    target = known_names().get(code.removesuffix("()"))
    return f"``{code}``" if target is None else f":py:obj:`{code} <{target}>`"


@cache
def known_names() -> dict[str, str]:
    """Where public names are described: by their full names; classes by their own name as well."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        module = importlib.import_module(package)
        for name in module.__all__:
            full, thing = f"{package}.{name}", getattr(module, name)
            if full in PACKAGES or getattr(semcs_root(), name, None) is thing:
                full = full if full in PACKAGES else f"semcs.{name}"
            found[f"{package}.{name}"] = full
            if not isinstance(thing, type):
                if "_" in name.strip("_"):  # others may be arguments or plain words
                    found.setdefault(name, full)
                continue
            found.setdefault(name, full)
            methods = [m for m, value in vars(thing).items() if _described(m, value)]
            found |= {f"{prefix}.{m}": f"{full}.{m}" for m in methods for prefix in (name, full)}
    return found


def semcs_root() -> object:
    """The package, whose names come before those of its parts."""
    return importlib.import_module("semcs")


def _described(name: str, value: object) -> bool:
    return name[0] != "_" and bool(getattr(value, "__doc__", None)) and callable(value)
