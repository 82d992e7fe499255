"""A demonstration: a sample photo, its mask, and both its parts in styles of their own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import semcs
from semcs.image import save

PHOTO = "flower.jpg"
FG = "gold"
BG = "starry night"

_MARGIN = 24
_LABEL_SIZE = 20
_INK, _PAPER = (40, 40, 40), (255, 255, 255)


class Demo(NamedTuple):
    """What a demonstration wrote, and its seconds by stage."""

    paths: list[Path]
    seconds: dict[str, float]


def run_demo(
    out: Path | str = "out", *, fg: str = FG, bg: str = BG, models: str = "auto", **options: Any
) -> Demo:
    """Style a photo that scikit-learn ships, write the pictures, and say where they are.

    Args:
        out: Folder for photo.png, mask.png, styled.png and sheet.png; made where it is missing.
        fg: Text of the foreground.
        bg: Text of the background.
        models: As of `semcs.Stylizer`.
        **options: `device`, and what `semcs.Stylizer.iterate` takes.

    Returns:
        The paths of the four pictures, in that order, and how long each stage took.

    Raises:
        InputError: An option can't be used, or a picture can't be written.
        ModelUnavailableError: The models can't be had.
        OSError: The folder can't be made.
    """
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    photo = sample_photo()
    stylizer = semcs.Stylizer(models, device=options.pop("device", None))
    print(f"styling {PHOTO}: foreground {fg!r}, background {bg!r}", flush=True)
    result = stylizer(photo, fg=fg, bg=bg, **options)

    assert result.mask is not None
    mask = Image.fromarray(np.rint(result.mask * 255).astype(np.uint8))
    sheet = make_sheet(
        [(photo, "photo"), (mask, "mask"), (result.image, f"foreground: {fg}, background: {bg}")]
    )
    pictures = {"photo": photo, "mask": mask, "styled": result.image, "sheet": sheet}
    paths = [folder / f"{name}.png" for name in pictures]
    for path, picture in zip(paths, pictures.values()):
        save(picture, path)

    print(f"mask      {result.seconds['mask']:6.1f} s")
    print(f"painting  {result.seconds['instant']:6.1f} s")
    print(f"refining  {result.seconds['optimise']:6.1f} s, {len(result.history)} steps")
    print(f"all       {time.monotonic() - began:6.1f} s, {result.models['family']} models")
    print(*paths, sep="\n")
    return Demo(paths, result.seconds)


def sample_photo() -> Image.Image:
    """A photo of a flower, 640×427, that comes with scikit-learn."""
    from sklearn.datasets import load_sample_image

    pixels: NDArray[np.uint8] = load_sample_image(PHOTO)
    return Image.fromarray(pixels)


def make_sheet(pictures: list[tuple[Image.Image, str]]) -> Image.Image:
    """Lay pictures of one size side by side, each with its label below."""
    font = ImageFont.load_default(_LABEL_SIZE)
    width, height = pictures[0][0].size
    sheet = Image.new(
        "RGB",
        (_MARGIN + len(pictures) * (width + _MARGIN), height + 3 * _MARGIN + _LABEL_SIZE // 2),
        _PAPER,
    )
    draw = ImageDraw.Draw(sheet)
    for index, (picture, label) in enumerate(pictures):
        left = _MARGIN + index * (width + _MARGIN)
        sheet.paste(picture.convert("RGB"), (left, _MARGIN))
        middle = (left + width / 2, height + 2 * _MARGIN)
        draw.text(middle, label, _INK, font, anchor="mm")
    return sheet
