"""Arguments that a docstring leaves to another function's, spelt out for the site.

In the code, `fg: As of `Stylizer.iterate`.` and `bg: See there.` after it say enough; on a page one
would have to look them up one by one.
"""

from __future__ import annotations

import importlib
import inspect
import re

ENTRY = re.compile(r"    (?P<name>\*{0,2}\w+): (?P<text>.*)")
ELSEWHERE = re.compile(
    r"(As of|See) `(?P<function>[\w.]+)`(, (like|as) [^;.]*)?(?P<more>[;,].*)?\.?$", re.DOTALL
)
THERE = re.compile(r"See (there|above)(?P<more>[;,].*)?\.?$", re.DOTALL)

# What docstrings call a function by, where that isn't its full name.
CALLED = {
    "Stylizer.iterate": "semcs.Stylizer.iterate",
    "Stylizer.__call__": "semcs.Stylizer.__call__",
    "RegionFinder.find": "semcs.RegionFinder.find",
    "__call__": "semcs.Stylizer.__call__",
    "iou": "semcs.metrics.iou",
    "load": "semcs.image.load",
}


def spelled_out(lines: list[str]) -> list[str]:
    """The same docstring, whose arguments all say what they are."""
    if "Args:" not in lines:
        return lines
    begin = lines.index("Args:") + 1
    end = next((i for i in range(begin, len(lines)) if not lines[i].strip()), len(lines))
    made, function = [], ""
    for name, text in _entries(lines[begin:end]):
        elsewhere = ELSEWHERE.match(text)
        there = elsewhere or THERE.match(text)
        function = elsewhere["function"] if elsewhere else function
        if there and function:
            found = _arguments_of(function).get(name, f"As of `{function}`.")
            text = _joined(found, there["more"])
        made.append(f"    {name}: {text}")
    return [*lines[:begin], *"\n".join(made).split("\n"), *lines[end:]]


def _joined(text: str, more: str | None) -> str:
    """What an argument is, and what is said of it beyond that."""
    if not more:
        return text
    more = more.lstrip(";, ").rstrip(".")
    return f"{text.rstrip('.')}; {more}."


def _entries(lines: list[str]) -> list[tuple[str, str]]:
    """Names of arguments and what is said of them, with the lines that go on from the first."""
    found: list[tuple[str, str]] = []
    for line in lines:
        entry = ENTRY.match(line)
        if entry:
            found.append((entry["name"], entry["text"]))
        elif found:
            name, text = found[-1]
            found[-1] = (name, f"{text}\n{line}")
    return found


def _arguments_of(function: str) -> dict[str, str]:
    """What a function says of its arguments, spelt out; nothing where it isn't public."""
    full = CALLED.get(function, function)
    if not full.startswith("semcs."):
        return {}
    thing: object = importlib.import_module("semcs")
    for part in full.split(".")[1:]:
        thing = getattr(thing, part)
    lines = spelled_out(inspect.cleandoc(thing.__doc__ or "").split("\n"))
    begin = lines.index("Args:") + 1 if "Args:" in lines else len(lines)
    end = next((i for i in range(begin, len(lines)) if not lines[i].strip()), len(lines))
    return dict(_entries(lines[begin:end]))
