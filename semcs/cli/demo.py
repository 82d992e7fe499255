"""`semcs demo`: a sample photo, its mask, and both its parts in styles of their own."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path
from typing import Any, NamedTuple

import semcs
from semcs.cli.options import Commands, add_command, add_optimisation, add_option, add_texts
from semcs.cli.streams import given
from semcs.cli.timings import import_stylizer, say_seconds

FG, BG = "gold", "starry night"

EPILOG = """\
examples:
  semcs demo
  semcs demo --out out --fg mosaic --bg snow

It writes photo.png, mask.png, styled.png, and all three side by side on sheet.png."""


class Demo(NamedTuple):
    """What a demonstration wrote, and its seconds by stage."""

    paths: list[Path]
    seconds: dict[str, float]


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "style a sample photo and show each stage"
    parser = add_command(commands, "demo", summary, EPILOG, run)
    add_option(
        parser,
        "--out",
        "DIR",
        "folder for the pictures, made where it is missing (default out)",
        type=Path,
    )
    add_texts(parser)
    add_optimisation(parser)


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    _, imports = import_stylizer()
    options = ("fg", "bg", "models", "device", "size", "steps", "max_seconds", "seed")
    demo = run_demo(**given(args, "out", *options))
    if args.timings:
        say_seconds({"imports": imports, **demo.seconds})
    return 0


def run_demo(
    out: Path | str = "out", *, fg: str = FG, bg: str = BG, models: str = "auto", **options: Any
) -> Demo:
    """Style a photo that scikit-learn ships, write the pictures, and say where they are.

    Args:
        out: Folder for photo.png, mask.png, styled.png and sheet.png; made where it is missing.
        fg: Text of the foreground.
        bg: Text of the background.
        models: As of `semcs.Stylizer`.
        **options: `device`, and what a `semcs.Stylizer` takes with a picture.

    Returns:
        The paths of the four pictures, in that order, and how long each stage took.

    Raises:
        InputError: An option can't be used, or a picture can't be written.
        ModelUnavailableError: The models can't be had.
        OSError: The folder can't be made.
    """
    from semcs.cli.pictures import SAMPLE, sample_photo
    from semcs.image import save

    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    photo = sample_photo()
    stylizer = semcs.Stylizer(models, device=options.pop("device", None))
    print(f"styling {SAMPLE}: foreground {fg!r}, background {bg!r}", flush=True)
    result = stylizer(photo, fg=fg, bg=bg, **options)

    pictures = _pictures(photo, result, f"foreground: {fg}, background: {bg}")
    paths = [folder / f"{name}.png" for name in pictures]
    for path, picture in zip(paths, pictures.values()):
        save(picture, path)
    _tell(result, time.monotonic() - began)
    print(*paths, sep="\n")
    return Demo(paths, result.seconds)


def _pictures(photo: Any, result: semcs.Result[Any], label: str) -> dict[str, Any]:
    """The pictures to write, by their names."""
    from semcs.cli.pictures import labelled_row, mask_picture

    assert result.mask is not None
    mask = mask_picture(result.mask)
    sheet = labelled_row([(photo, "photo"), (mask, "mask"), (result.image, label)])
    return {"photo": photo, "mask": mask, "styled": result.image, "sheet": sheet}


def _tell(result: semcs.Result[Any], total: float) -> None:
    """Print how long the stages took, in seconds."""
    seconds = result.seconds
    print(f"mask      {seconds['mask']:6.1f} s")
    print(f"painting  {seconds['instant']:6.1f} s")
    print(f"refining  {seconds['optimise']:6.1f} s, {len(result.history)} steps")
    print(f"all       {total:6.1f} s, {result.models['family']} models")
