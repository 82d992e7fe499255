"""The reference of the command line, made from its parsers when the site is built.

Where a page holds the line `<!-- commands -->`, every command stands instead.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator

from sphinx.application import Sphinx

from semcs.cli.parser import build_parser

MARK = "<!-- commands -->"
SPECIAL = re.compile(r"([\\*_`<>\[\]{}#|$~])")
PAGE = re.compile(r"\bdocs/(\w+)\.md\b")
TITLES = {"positional arguments": "Arguments"}
WIDTH = 84  # letters in a line of usage


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook into the reading of pages."""
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the commands where a page asks for them."""
    if MARK in source[0]:
        source[0] = source[0].replace(MARK, reference(build_parser()))
        app.env.note_reread()  # Sphinx doesn't watch the parsers' files


def reference(parser: argparse.ArgumentParser) -> str:
    """Markdown of a parser and of all its commands."""
    commands = [(one, level) for one, level in commands_of(parser, 1) if one is not parser]
    rows = [f"| [{one.prog}](#{anchor_of(one)}) | {one.description} |" for one, _ in commands]
    table = "\n".join(["| command | what it does |", "|---|---|", *rows])
    return "\n\n".join([table, *(section(one, level) for one, level in commands)])


def commands_of(
    parser: argparse.ArgumentParser, level: int
) -> Iterator[tuple[argparse.ArgumentParser, int]]:
    """A parser, and those of its commands in order, each with its level of heading."""
    yield parser, level
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from commands_of(command, level + 1)


def section(parser: argparse.ArgumentParser, level: int) -> str:
    """Markdown of one command: what it does, how it is called, its options, its examples."""
    title = f"({anchor_of(parser)})=\n{'#' * level} {parser.prog}"
    parts = [title, _escaped(parser.description or ""), usage(parser)]
    parts.append(f"```{{program}} {parser.prog}\n```")
    for group in parser._action_groups:
        shown = [one for one in group._group_actions if described(one)]
        if shown:
            title = TITLES.get(group.title or "", (group.title or "").capitalize())
            parts += [f"**{title}**", *map(option, shown)]
    parts += epilog(parser.epilog or "")
    return "\n\n".join(part for part in parts if part)


def anchor_of(parser: argparse.ArgumentParser) -> str:
    """What leads to a command: `cli-looks-match`."""
    return parser.prog.replace("semcs", "cli").replace(" ", "-")


def described(action: argparse.Action) -> bool:
    """Whether an option has something to tell: all but `--help` and the list of commands."""
    hidden = (argparse._HelpAction, argparse._SubParsersAction)
    return not isinstance(action, hidden) and action.help != argparse.SUPPRESS


def usage(parser: argparse.ArgumentParser) -> str:
    """How a command is called, as a block of code."""
    formatter = argparse.HelpFormatter(parser.prog, max_help_position=24, width=WIDTH)
    formatter.add_usage(parser.usage, parser._actions, parser._mutually_exclusive_groups, "")
    return f"```text\n{formatter.format_help().strip()}\n```"


def option(action: argparse.Action) -> str:
    """Markdown of one option, with an anchor of its own."""
    return f":::{{option}} {', '.join(names(action))}\n{explained(action)}\n:::"


def names(action: argparse.Action) -> list[str]:
    """What is typed, with what follows it: `-o OUT`, `--output OUT`."""
    value = action.metavar if isinstance(action.metavar, str) else None
    if not action.option_strings:
        return [value or action.dest]
    if action.nargs == 0:
        return list(action.option_strings)
    following = value or (action.dest.upper() if action.choices is None else "CHOICE")
    return [f"{flag} {following}" for flag in action.option_strings]


def explained(action: argparse.Action) -> str:
    """What an option does, with its values filled in."""
    values = {"default": action.default, "prog": "semcs"}
    text = (action.help or "") % values
    return SPECIAL.sub(r"\\\1", text[:1].upper() + text[1:]) + "."


def epilog(text: str) -> list[str]:
    """What a command's help ends with: blocks of lines that are indented are examples."""
    made = []
    for paragraph in text.split("\n\n"):
        title, _, body = paragraph.partition("\n")
        if title.endswith(":") and body and all(x.startswith("  ") for x in body.split("\n")):
            language = "bash" if title == "examples:" else "text"
            code = textwrap.dedent(body)
            made.append(f"**{title[:-1].capitalize()}**\n\n```{language}\n{code}\n```")
        elif paragraph:
            made += _prose(paragraph)
    return made


def _prose(paragraph: str) -> list[str]:
    """Lines of text, in which blocks of indented lines stand as they are."""
    made: list[str] = []
    for line in paragraph.split("\n"):
        kind = "code" if line.startswith("  ") else "text"
        if kind == "code" and made and made[-1].startswith("```"):
            made[-1] = made[-1].removesuffix("```") + f"{line}\n```"
        elif kind == "code":
            made.append(f"```text\n{line}\n```")
        elif made and not made[-1].startswith("```"):
            made[-1] += "\n" + _escaped(line)
        else:
            made.append(_escaped(line))
    return made


def _escaped(line: str) -> str:
    """A line whose backticks stay code, and nothing else means anything."""
    parts = line.split("`")
    if len(parts) % 2 == 0:  # one that isn't closed on its line
        return SPECIAL.sub(r"\\\1", line)
    parts[::2] = [PAGE.sub(r"[\g<0>](\1.md)", SPECIAL.sub(r"\\\1", x)) for x in parts[::2]]
    return "`".join(parts)
