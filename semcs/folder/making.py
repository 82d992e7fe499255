"""From the bytes of a photo to the files that are made of it, in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import threadpoolctl
from PIL import Image

from semcs.errors import InputError
from semcs.finding.calls import find
from semcs.folder.task import Products, Task
from semcs.image import encode
from semcs.image.arrays import from_unit
from semcs.metrics.results import Score
from semcs.metrics.scoring import score
from semcs.models.settings import one_thread
from semcs.saliency.mask import saliency_mask
from semcs.stylizer import Result, Stylizer

# Keywords of `semcs.find` that `semcs.saliency_mask` hasn't: what to look for, and its shape.
_SEARCH = frozenset({"text", "click", "not_click", "box", "hint", "grow", "feather"})

# What `Score` calls the regions, and how their columns begin.
_PREFIXES = {"foreground": "fg_", "background": "bg_"}
_MEASURES = ("agreement", "leakage", "content", "ssim", "edge_ssim", "dists", "dists_bundled")


@dataclass(frozen=True)
class Made:
    """What was made of one photo.

    Attributes:
        files: The bytes of each file by what takes the place of the output's extension, such as
            ".mask.png", ".psd" and ".layers/01-sky.png"; the output itself is "".
        scores: Measured values by name (see `columns_of`); None where they weren't asked for.
    """

    files: dict[str, bytes]
    scores: dict[str, float] | None

    def named(self, output: str) -> dict[str, bytes]:
        """The bytes of each file by its name or path, from that of the output, which is the last.

        So the output can be written last, and where it is there, all others are.
        """
        stem = os.path.splitext(output)[0]
        others = {stem + ending: data for ending, data in self.files.items() if ending}
        return {**others, output: self.files[""]}

    def others(self, output: str) -> tuple[str, ...]:
        """Names or paths of the files beside the output."""
        return tuple(self.named(output))[:-1]


class Maker:
    """Makes what tasks ask for; holds the networks, each loaded once, when it is first needed.

    It works in one thread, so that a task gives the same bits however many others run beside it.
    """

    def __init__(self, models: str = "auto", device: str | None = None) -> None:
        """Choose the networks.

        Args:
            models: As of `semcs.load_family`.
            device: Such as "cpu"; the GPU where there is one, by default.

        Raises:
            InputError: Unknown models or device.
            ModelUnavailableError: The paper models were asked for and can't be had.
        """
        self._stylizer = Stylizer(models, device=device)
        self._libraries = _Libraries()

    def make(self, data: bytes, task: Task, form: str) -> Made:
        """Make one photo's files; afterwards the caller's numbers of threads hold again.

        Args:
            data: The photo as the bytes of a file.
            task: What is to be made. For a mask alone, its options are keywords of
                `semcs.saliency_mask`, or of `semcs.find` where any of them says what to look for.
            form: Format of the output, as of `semcs.image.encode`.

        Raises:
            InputError: The photo, or something that was asked for, can't be used.
            NotFoundError: What words name isn't in the photo.
            ModelUnavailableError: The paper models were asked for and can't be had.
            DivergenceError: The optimisation ran into NaN.
        """
        make = self._find_mask if task.products.only_mask else self._paint
        with self._libraries.in_one_thread():
            return make(data, task.options, task.products, form)

    def _find_mask(
        self, data: bytes, options: Mapping[str, Any], products: Products, form: str
    ) -> Made:
        if products.also or products.scores:
            raise InputError("a mask alone has no scores, and no other files beside it")
        call: Any = find if _SEARCH.intersection(options) else saliency_mask
        mask = call(data, **options, models=self._stylizer.family)
        return Made({"": encode(mask, format=form, metadata=products.metadata)}, None)

    def _paint(
        self, data: bytes, options: Mapping[str, Any], products: Products, form: str
    ) -> Made:
        result = self._stylizer(data, progress=False, **options)
        files = {"": encode(result.image, format=form, metadata=products.metadata)}
        files |= _files_beside(result, products)
        scores = None
        if products.scores:
            texts = _texts_of(result, options)
            scores = columns_of(
                score(data, files[""], result.mask, models=self._stylizer.family, **texts)
            )
        return Made(files, scores)


def columns_of(score: Score) -> dict[str, float]:
    """A score as the columns of a table; what couldn't be measured is left out.

    Columns are called as in `Score`: those of the whole picture as they are, those of the regions
    with `fg_` and `bg_` before it, such as `fg_agreement`. `rank` is the place of the text among
    the names of styles, `share` how much of the picture a region is.
    """
    columns: dict[str, float | None] = {}
    for region in (score.whole, *score.regions):
        prefix = _PREFIXES.get(region.name, "")
        columns |= {prefix + name: getattr(region, name) for name in _MEASURES}
        columns[f"{prefix}rank"] = None if region.rank is None else region.rank.rank
        columns[f"{prefix}share"] = region.share if prefix else None
    columns |= {name: getattr(score, name) for name in ("seam", "nima_mean", "nima_std")}
    return {name: value for name, value in columns.items() if value is not None}


def _files_beside(result: Result[Any], products: Products) -> dict[str, bytes]:
    """What was asked for beside the styled picture."""
    files: dict[str, bytes] = {}
    if "mask" in products.also:
        if result.mask is None:
            raise InputError("there is no mask to write: one style for all of it needs none")
        mask = Image.fromarray(from_unit(result.mask, np.dtype(np.uint8)))
        files[".mask.png"] = encode(mask, format="PNG")
    if "layers" in products.also:
        for number, layer in enumerate(result.layers, 1):
            files[f".layers/{layer.file_name(number)}"] = encode(layer.image, format="PNG")
    if "psd" in products.also:
        from semcs.image.psd import encode_psd

        files[".psd"] = encode_psd([(layer.name, layer.image) for layer in result.layers])
    return files


def _texts_of(result: Result[Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The texts that the picture is compared with: of pictures and mixes as styles there is none.

    Neither are regions of the caller's own compared with theirs: the mask doesn't part them.
    """
    if options.get("regions") is not None:
        return {}
    texts = {one.role: one.style for one in result.regions if isinstance(one.style, str)}
    if options.get("style") is not None:
        return {"style": next(iter(texts.values()), None)}
    return {"fg": texts.get("foreground"), "bg": texts.get("background")}


class _Libraries:
    """The libraries that would use several threads: torch, OpenCV, and those of linear algebra."""

    def __init__(self) -> None:
        self._modules = 0
        self._pools = threadpoolctl.ThreadpoolController()

    @contextmanager
    def in_one_thread(self) -> Iterator[None]:
        """A block in which each of them uses one thread; afterwards as many as before."""
        if len(sys.modules) != self._modules:  # libraries come with modules; looking takes long
            self._modules = len(sys.modules)
            self._pools = threadpoolctl.ThreadpoolController()
        threads = cv2.getNumThreads()
        cv2.setNumThreads(1)
        try:
            # torch has a number of its own where it isn't built with OpenMP.
            with one_thread(), self._pools.limit(limits=1):
                yield
        finally:
            cv2.setNumThreads(threads)
