"""The Python calls and command lines that make the same again, to the same bits."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from semcs.studio.asked import SIDES, Asked, File

_FLAGS = (
    *("preset", "strength", "detail", "keep_color", "scale", "avoid"),
    *("size", "steps", "seed", "rule"),
)
CLIP_FLAGS = {"start": "--from", "stop": "--to", "quality": "--quality"}
_CANNOT = "# No command line can say this: "


def python_of(asked: Asked, models: str) -> str:
    """The call of `semcs.stylize`.

    Args:
        asked: What was painted.
        models: The family's name.
    """
    call = _call("stylize", [asked.photo.name], asked, models)
    return call.replace("semcs.stylize(", "picture = semcs.stylize(") + (
        'picture.save("picture.png")\n'
    )


def clip_python_of(asked: Asked, models: str, output: str) -> str:
    """The call of `semcs.stylize_video` that writes a clip of that name; see `python_of`."""
    return _call("stylize_video", [asked.photo.name, output], asked, models)


def folder_python_of(asked: Asked, models: str) -> str:
    """The call of `semcs.stylize_folder` for the folder `photos`; see `python_of`."""
    return _call("stylize_folder", ["photos", "styled"], asked, models)


def _call(function: str, files: list[str], asked: Asked, models: str) -> str:
    said = {name: _literal(value) for name, value in asked.options.items()}
    if asked.regions is not None:
        inner = "".join(f"        {_region(one)},\n" for one in asked.regions)
        said["regions"] = f"[\n{inner}    ]"
    said["models"] = repr(models)
    lines = "".join(f"    {name}={value},\n" for name, value in said.items())
    named = "".join(f"    {file!r},\n" for file in files)
    before = "from pathlib import Path\n\n" if "Path(" in lines else ""
    return f"{before}import semcs\n\nsemcs.{function}(\n{named}{lines})\n"


def command_of(asked: Asked, models: str) -> str:
    """The call of `semcs stylize`, or a comment that says why there is none."""
    return _command("stylize", asked.photo.name, "picture.png", asked, models)


def clip_command_of(asked: Asked, models: str, output: str) -> str:
    """The call of `semcs video` that writes a clip of that name; see `command_of`."""
    return _command("video", asked.photo.name, output, asked, models)


def folder_command_of(asked: Asked, models: str) -> str:
    """The call of `semcs folder` for the folder `photos`; see `command_of`."""
    return _command("folder", "photos", "styled", asked, models)


def _command(name: str, source: str, output: str, asked: Asked, models: str) -> str:
    words = ["semcs", name, source, "-o", output]
    try:
        words += _styles(asked)
    except _Unsaid as why:
        return f"{_CANNOT}{why}.\n# The Python call does.\n"
    for name in _FLAGS:
        if name in asked.options:
            words += _flag(name, asked.options[name])
    if "mask" in asked.options:
        words += ["--mask", asked.options["mask"].name]
    if asked.options.get("invert_mask"):
        words.append("--invert-mask")
    for option, flag in CLIP_FLAGS.items():
        if option in asked.options:
            words += [flag, _seconds(asked.options[option])]
    return shlex.join([*words, "--models", models]) + "\n"


class _Unsaid(Exception):
    """What the command line has no way to say."""


def _literal(value: Any) -> str:
    if isinstance(value, File):
        return f"Path({value.name!r})"
    if isinstance(value, list):
        return "[" + ", ".join(f"({_literal(part)}, {weight!r})" for part, weight in value) + "]"
    return repr(value)


def _region(said: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in said.items() if name not in ("mask", "style")}
    named = "".join(f", {name}={_literal(value)}" for name, value in rest.items())
    return f"semcs.Region({_literal(said['mask'])}, {_literal(said['style'])}{named})"


def _flag(name: str, value: Any) -> list[str]:
    flag = f"--{name.replace('_', '-')}"
    # A text that begins with a dash would be an option of its own.
    return [f"{flag}={value}"] if str(value).startswith("-") else [flag, str(value)]


def _styles(asked: Asked) -> list[str]:
    words: list[str] = []
    for part in ("style", "fg", "bg"):
        if part not in asked.options:
            continue
        style = asked.options[part]
        if isinstance(style, File):
            words += [f"--{part}-image", style.name]
        elif part == "style":
            words += _positional(_text(style))
        else:
            words += _flag(part, _text(style))
    for region in asked.regions or ():
        words += ["--region", _where(region["mask"]) + "=" + _how(region)]
    return words


def _positional(text: str) -> list[str]:
    if text.startswith("-"):
        raise _Unsaid("the style begins with a dash")
    return [text]


def _text(style: Any) -> str:
    """A style as one text; a mix of texts as "0.6 watercolor + 0.4 gold"."""
    if isinstance(style, str):
        return style
    if any(isinstance(part, File) for part, _ in style):
        raise _Unsaid("a picture is mixed with another style")
    if len(style) < 2 or any(" + " in part for part, _ in style):
        raise _Unsaid("the mix can't be written as one text")
    return " + ".join(f"{_decimal(weight)} {part}" for part, weight in style)


def _decimal(weight: float) -> str:
    written = repr(float(weight))
    if "e" in written:
        raise _Unsaid("a weight is too small or too large to be written out")
    return written


def _seconds(value: float) -> str:
    """A number without an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _where(mask: Any) -> str:
    if isinstance(mask, File):
        return mask.name
    if mask not in SIDES and (set(mask) & set("=;,") or PurePath(mask).suffix):
        raise _Unsaid("a region's words hold a sign that means something else there")
    return str(mask)


def _how(region: Mapping[str, Any]) -> str:
    style = region["style"]
    look = "keep" if style is None else style.name if isinstance(style, File) else _text(style)
    if style is not None and (";" in look or look == "keep" or look != look.strip()):
        raise _Unsaid("a region's style holds a sign that means something else there")
    controls = {k: v for k, v in region.items() if k not in ("mask", "style", "name")}
    if ";" in str(controls.get("avoid", "")):
        raise _Unsaid("a text to avoid holds a semicolon")
    said = "".join(f"; {name.replace('_', '-')}={value}" for name, value in controls.items())
    return look + said
