"""What jobs made, kept as files until its page goes, and what is downloaded of pictures."""

from __future__ import annotations

import io
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from semcs.image import encode
from semcs.image.psd import encode_psd
from semcs.studio.asked import Asked, File
from semcs.studio.code import command_of, python_of
from semcs.studio.pages import Page, Pages, new_id
from semcs.studio.refusals import Refused
from semcs.studio.room import Room, content_of
from semcs.studio.uploads import harmless

KINDS = {
    "png": ("image/png", ".png"),
    "jpeg": ("image/jpeg", ".jpg"),
    "layers": ("application/zip", "-layers.zip"),
    "psd": ("image/vnd.adobe.photoshop", ".psd"),
}


class Result(ABC):
    """What was made.

    Attributes:
        id: Of 128 random bits.
        photo: The id of the photo that it goes with; None where there is no certain one.
    """

    id: str
    photo: str | None

    @abstractmethod
    def about(self) -> dict[str, Any]:
        """What the page shows of it."""

    @abstractmethod
    def delete(self) -> None:
        """Delete its files."""

    @abstractmethod
    def code(self) -> dict[str, str]:
        """What makes it again: "python" and "command"."""

    @property
    def url(self) -> str:
        """Where it is downloaded."""
        return f"/api/v1/results/{self.id}"


@dataclass(eq=False)
class Kept(Result):
    """A finished picture.

    Attributes:
        id: Of 128 random bits.
        photo: The id of the photo that it was.
        file: Its pixels.
        info: Its metadata.
        width: In pixels.
        height: In pixels.
        asked: What makes it again, to the bit.
        steps: That were taken.
        seconds: That it took.
        looks: What was made of each style.
        models: The family that painted it.
        layers: Names and files of its layers, from the bottom; None where it is made again at once.
    """

    id: str
    photo: str
    file: Path
    info: dict[str, Any]
    width: int
    height: int
    asked: Asked
    steps: int
    seconds: float
    looks: list[dict[str, Any]]
    models: str
    layers: list[tuple[str, Path]] | None = None

    @property
    def image(self) -> Image.Image:
        """The picture."""
        return _read(self.file, self.info)

    def about(self) -> dict[str, Any]:
        """What the page shows of it."""
        return {
            "id": self.id,
            "kind": "stylize",
            "photo": self.photo,
            "url": self.url,
            "width": self.width,
            "height": self.height,
            "steps": self.steps,
            "seconds": round(self.seconds, 3),
            "looks": self.looks,
            "request": dict(self.asked.request),
        }

    def delete(self) -> None:
        """Delete its files."""
        for file in (self.file, *(file for _, file in self.layers or ())):
            file.unlink(missing_ok=True)

    def code(self) -> dict[str, str]:
        """What makes it again, to the bit."""
        return {
            "python": python_of(self.asked, self.models),
            "command": command_of(self.asked, self.models),
        }


def keep(page: Page, pages: Pages, photo: str, asked: Asked, result: Any, steps: int) -> Kept:
    """Keep a `semcs.Result` for its page.

    Raises:
        Refused: There is no room.
    """
    asked = asked.with_steps(steps) if steps else asked
    layers = [(layer.name, layer.image) for layer in result.layers] if steps else []
    image = result.image
    pages.make_room(
        page, sum(4 * one.width * one.height for one in [image, *(i for _, i in layers)])
    )
    kept = Kept(
        id=new_id(),
        photo=photo,
        file=_write(page, image),
        info=dict(image.info),
        width=image.width,
        height=image.height,
        asked=asked,
        steps=steps,
        seconds=result.seconds["total"],
        looks=result.looks,
        models=result.models["family"],
        layers=[(name, _write(page, one)) for name, one in layers] if steps else None,
    )
    with page.lock:
        page.results[kept.id] = kept
    return kept


def download(kept: Kept, kind: str, room: Room) -> bytes:
    """A result's file.

    Args:
        kept: The result.
        kind: One of `KINDS`.
        room: Paints it again where its layers weren't kept.

    Raises:
        InputError: psd-tools isn't installed.
    """
    if kind == "png":
        return encode(kept.image, format="PNG")
    if kind == "jpeg":
        return encode(kept.image, format="JPEG")
    layers = _layers(kept, room)
    if kind == "psd":
        return encode_psd(layers)
    return _archive(kept, layers)


def _layers(kept: Kept, room: Room) -> list[tuple[str, Image.Image]]:
    if kept.layers is not None:
        return [(name, _read(file, {})) for name, file in kept.layers]
    result, _ = room.paint(kept.asked.photo.path, kept.asked.keywords(room))
    return [(layer.name, layer.image) for layer in result.layers]


def _archive(kept: Kept, layers: Sequence[tuple[str, Image.Image]]) -> bytes:
    """The layers, the picture, and all that its code names."""
    contents = {
        f"layers/{number:02d}-{harmless(f'{name}.png')}": encode(image, format="PNG")
        for number, (name, image) in enumerate(layers, 1)
    }
    contents["picture.png"] = encode(kept.image, format="PNG")
    contents["picture.py"] = python_of(kept.asked, kept.models).encode()
    return archive_of(contents, kept.asked.files())


def archive_of(contents: Mapping[str, bytes], files: Sequence[File]) -> bytes:
    """A ZIP of contents by their names, and of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
        for file in files:
            archive.writestr(file.name, content_of(file.path))
    return buffer.getvalue()


def _write(page: Page, image: Image.Image) -> Path:
    file = page.folder / f"{new_id()}.npy"
    try:
        np.save(file, np.asarray(image), allow_pickle=False)
    except FileNotFoundError as error:
        raise Refused(404, "the page was closed") from error
    return file


def _read(file: Path, info: dict[str, Any]) -> Image.Image:
    image = Image.fromarray(np.load(io.BytesIO(content_of(file)), allow_pickle=False))
    image.info.update(info)
    return image
