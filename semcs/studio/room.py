"""The room where pictures are looked at and painted: one set of networks for everyone."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import semcs
from semcs.image import Picture, encode, load, load_mask
from semcs.studio.refusals import Refused

Plane = NDArray[np.float32]

MOST_LOOKED_AT = 16_000_000  # pixels of the photos that are kept looked at
MASKS_KEPT = 6  # of a photo, in full precision
LARGE = 3_000_000  # pixels of a photo from which pictures are painted one at a time
REDUCED = ".tif"  # of reduced photos and masks: uncompressed, as that takes longer than to paint
THUMBNAIL_RATIO = 2  # looks lose their strokes where they are painted as small as they are shown


class Seen:
    """A photo that was looked at, so that its next region is found at once."""

    def __init__(self, data: bytes, family: Any) -> None:
        """Read a photo; it is looked at when a region is first asked for."""
        self.picture: Picture = load(data)
        self.lock = threading.RLock()
        self._family = family
        self._finder: semcs.RegionFinder | None = None
        self._saliency: semcs.SaliencyPredictor | None = None
        self._masks: OrderedDict[tuple[object, ...], Plane] = OrderedDict()

    @property
    def pixels(self) -> int:
        """How many the photo has."""
        height, width = self.picture.size
        return height * width

    def salient(self, rule: str = "cues", invert: bool = False) -> Plane:
        """The foreground that `semcs.stylize` finds, to the bit."""
        how: Any = {"rule": rule, "invert": invert}
        return self._kept((rule, invert), lambda: self._predictor().predict(**how))

    def sureness(self) -> float:
        """How sure the foreground is, 0 to 1."""
        with self.lock:
            return float(self._predictor().sureness)

    def words(self, words: str) -> Plane:
        """The region that `semcs.stylize` finds by words, to the bit."""
        return self._kept((words,), lambda: self.find(text=words))

    def find(self, **search: Any) -> Plane:
        """A region by the keywords of `semcs.RegionFinder.find`."""
        with self.lock:
            if self._finder is None:
                finder = semcs.RegionFinder(self._family)
                finder.set_picture(self.picture)
                self._finder = finder
            return self._finder.find_mask(**search)

    def _predictor(self) -> semcs.SaliencyPredictor:
        if self._saliency is None:
            predictor = semcs.SaliencyPredictor(models=self._family)
            predictor.set_picture(self.picture)
            self._saliency = predictor
        return self._saliency

    def _kept(self, key: tuple[object, ...], find: Callable[[], Any]) -> Plane:
        with self.lock:
            if key not in self._masks:
                self._masks[key] = np.asarray(find(), np.float32)
            self._masks.move_to_end(key)
            while len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
            return self._masks[key]


class Room:
    """Networks, and the photos that were looked at last."""

    def __init__(self, models: str | semcs.ModelFamily = "auto", device: str | None = None) -> None:
        """Choose the networks, which `warm` loads.

        Args:
            models: As of `semcs.stylize`.
            device: The same.
        """
        self._models, self._device = models, device
        self._stylizer: semcs.Stylizer | None = None
        self._seen: OrderedDict[Path, Seen] = OrderedDict()
        self._lock, self._large = threading.Lock(), threading.Lock()
        self._loading = threading.Lock()
        self.is_warm = False

    @property
    def stylizer(self) -> semcs.Stylizer:
        """It, made when it is first asked for."""
        with self._loading:
            if self._stylizer is None:
                if isinstance(self._models, semcs.ModelFamily):
                    self._stylizer = semcs.Stylizer(self._models)
                else:
                    self._stylizer = semcs.Stylizer(self._models, device=self._device)
            return self._stylizer

    @staticmethod
    def prepare() -> None:
        """Wait until torch is imported, which other threads would find half done."""
        import torch  # noqa: F401

    def warm(self) -> None:
        """Load what the first picture needs, so that it is there soon after the photo."""
        ramp = np.linspace(0, 1, 96 * 64 * 3, dtype=np.float32).reshape(64, 96, 3)
        seen = Seen(
            encode(Image.fromarray((ramp * 255).astype(np.uint8)), format="PNG"), self.family
        )
        seen.salient()
        seen.find(click=(30, 30))
        self.stylizer(ramp, fg="gold", bg="a quiet afternoon", preset="instant", progress=False)
        self.is_warm = True

    @property
    def family(self) -> Any:
        """The networks."""
        return self.stylizer.family

    def seen(self, file: Path) -> Seen:
        """A photo, looked at once; the ones asked for longest ago are let go of."""
        with self._lock:
            if file in self._seen:
                self._seen.move_to_end(file)
                return self._seen[file]
        seen = Seen(content_of(file), self.family)
        with self._lock:
            seen = self._seen.setdefault(file, seen)
            while (
                len(self._seen) > 1 and sum(s.pixels for s in self._seen.values()) > MOST_LOOKED_AT
            ):
                self._seen.popitem(last=False)
        return seen

    def forget(self, folder: Path) -> None:
        """Let go of the photos of a folder that is deleted."""
        with self._lock:
            for file in [file for file in self._seen if folder in file.parents]:
                del self._seen[file]

    def paint(
        self,
        file: Path,
        options: Mapping[str, Any],
        on_step: Callable[[Any], bool] = lambda _step: True,
    ) -> tuple[Any, int]:
        """Style a photo.

        Args:
            file: The photo's.
            options: Keywords of `semcs.Stylizer.iterate`.
            on_step: Called with every `semcs.Step`; False stops there.

        Returns:
            The `semcs.Result`, its image a PIL image, and the steps taken.
        """
        data = content_of(file)
        large = _pixels_of(data) >= LARGE
        if large:
            self._large.acquire()  # of several at once, the memory would be too much
        try:
            run = self.stylizer.iterate(data, **options)
            steps = 0
            for step in run:
                steps += 1
                if not on_step(step):
                    break
            return run.result(), steps
        finally:
            if large:
                self._large.release()

    def paint_clip(
        self,
        source: Path,
        output: Path,
        options: Mapping[str, Any],
        on_frame: Callable[[Any], bool],
        on_training: Callable[[Any], bool],
    ) -> Any:
        """Style a clip in this process: workers would take the cores from pictures.

        Args:
            source: The clip's file.
            output: Where the styled one goes.
            options: Keywords of `semcs.stylize_video`.
            on_frame: Called with every styled frame; False ends the clip there.
            on_training: As `training_callback` of `semcs.stylize_video`.

        Returns:
            The `semcs.ClipResult`.
        """
        return semcs.stylize_video(
            source,
            output,
            models=self.family,
            workers=0,
            resume=False,
            progress=False,
            callback=on_frame,
            training_callback=on_training,
            **options,
        )

    def thumbnail(self, file: Path, look: str, mask: Path | None, side: int) -> bytes:
        """A photo painted in a look, `side` pixels long, as JPEG."""
        from semcs.looks.matching import Match
        from semcs.looks.mixture import render_visible
        from semcs.looks.sheet import fit, to_pil

        reduced = load(content_of(file))
        region = None if mask is None else load_mask(content_of(mask), reduced.size)
        found = Match(look, looks=((look, 1.0),), sureness=1.0, understood=True)
        painted = render_visible(reduced.rgb, reduced.alpha, found, region)
        shown = to_pil(fit(painted, side))
        if reduced.alpha is not None:
            shown.putalpha(to_pil(fit(reduced.alpha, side)))
        return encode(shown, format="JPEG", metadata="none")


def content_of(file: Path) -> bytes:
    """The bytes of one of the session's files.

    Raises:
        Refused: With 404, as the page that had it was closed.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(404, "this is gone: the page that had it was closed") from error


def reduced(file: Path, side: int) -> Path:
    """A photo, or a mask, with a longest side of at most `side`: a file beside it, made once."""
    data = content_of(file)
    with Image.open(io.BytesIO(data)) as header:
        if max(header.size) <= side:
            return file
        is_mask = header.mode == "L" and file.suffix == ".mask"
        short, long = sorted(header.size)  # of the file: the photo may be turned
    small = file.with_name(f"{file.stem}-{side}{'.mask' if is_mask else '.photo'}")
    if not small.exists():
        # A photo and its masks have to come out at the same size, to the pixel.
        sides = (side, max(1, round(side * short / long)))
        image = Image.open(io.BytesIO(data)) if is_mask else as_image(load(data, at_least=2 * side))
        size = sides if image.width >= image.height else sides[::-1]
        image = image.resize(size, Image.Resampling.LANCZOS)
        write(small, encode(image, format="TIFF", metadata="private"))
    return small


def as_image(picture: Picture) -> Image.Image:
    """A picture as it came in, upright."""
    image = picture.restore(picture.rgb)
    assert isinstance(image, Image.Image)
    return image


def write(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all: two threads may write the same one.

    Raises:
        Refused: With 404, as the page that it is for was closed.
    """
    part = file.with_name(f"{file.name}.{threading.get_ident()}")
    try:
        part.write_bytes(data)
        part.replace(file)
    except OSError as error:
        raise Refused(404, "this is gone: the page that had it was closed") from error


def _pixels_of(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as header:
        return header.width * header.height
