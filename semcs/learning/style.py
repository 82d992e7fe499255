"""A style that was learned once: it paints any photo in one pass."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.errors import InputError, check_number, shown
from semcs.image import MIN_WORKING_SIDE, to_array, to_tensor, working_size, write_bytes_atomic
from semcs.learning.about import About, weights_hash
from semcs.learning.files import encode, read_style
from semcs.models.settings import own_settings
from semcs.models.style_painter import StylePainter, load_style_painter
from semcs.style.instant import InstantPainter, Plan
from semcs.style.stylenet import StyleNet

SIZE = 384  # pixels of the longest side at which its strokes are as they were learned

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Style:
    """A learned style; `semcs.learn_style` makes one, `Style.load` reads one from a file.

    Attributes:
        about: What it was made of, and by what.
        network: Paints on from what the style begins as.
        code: (1, 109) of the learned painter, which paints what the style begins as; None where
            that is what the text's looks paint.
    """

    about: About
    network: StyleNet = field(repr=False)
    code: Tensor | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The text that it was learned from."""
        return self.about.text

    def __str__(self) -> str:
        """The text, as a region's style reads where words are asked for."""
        return self.text

    def plan(
        self, plan_text: Callable[[str], Plan], style_painter: Callable[[], StylePainter]
    ) -> Plan:
        """What paints the picture that the style begins as.

        Args:
            plan_text: Decides what paints a text.
            style_painter: Gives the learned painter; asked where that paints.

        Raises:
            InputError: The painter isn't the one whose code was learned.
        """
        if self.code is None:
            return plan_text(self.text)
        painter = style_painter()
        if weights_hash(painter.network) != self.about.painter:
            raise InputError(
                f"the learned style {shown(self.text)} begins with another painter's weights "
                f"(it was made with semcs {self.about.version}): learn it anew"
            )
        return Plan("painter", code=self.code.to(painter.device))

    @own_settings()
    @torch.no_grad()
    def refine(self, photo: Array, start: Array, *, scale: float = 1.0) -> Array:
        """Paint on from what the style begins as.

        The network sees both at working size; what it changes is enlarged and made to the start,
        which keeps its own fine strokes.

        Args:
            photo: (H, W, 3) RGB in [0, 1].
            start: (H, W, 3) RGB in [0, 1], the picture that `plan` leads to.
            scale: Size of the strokes, 0.25 to 4; at 1 a picture of `SIZE` has those that were
                learned, and larger pictures have larger ones.

        Returns:
            (H, W, 3) RGB in [0, 1].
        """
        full = (photo.shape[0], photo.shape[1])
        longest = max(MIN_WORKING_SIDE, round(SIZE / scale))
        working = working_size(*full, longest, longest)
        seen, begun = (_resized(to_tensor(each), working) for each in (photo, start))
        styled = self.network(seen, begun, torch.ones_like(seen[:, :1]))
        change = F.interpolate(styled - begun, full, mode="bicubic", antialias=True)
        return to_array((to_tensor(start) + change).clamp_(0, 1))

    @own_settings()
    @torch.no_grad()
    def paint(
        self,
        content: Tensor,
        *,
        seed: int = 0,
        scale: float = 1.0,
        painter: StylePainter | None = None,
    ) -> Tensor:
        """Paint a whole photo.

        Args:
            content: (1, 3, H, W) RGB in [0, 1].
            seed: Of the looks' random parameters.
            scale: Size of the strokes, 0.25 to 4.
            painter: The learned painter; the bundled one by default.

        Returns:
            (1, 3, H, W) RGB in [0, 1], on the CPU.

        Raises:
            InputError: `scale` isn't allowed, or the style was learned with another painter.
        """
        check_number("scale", scale, least=0.25, most=4.0)

        def own_painter() -> StylePainter:
            return painter or load_style_painter()

        instant = InstantPainter(own_painter)
        photo = to_array(content)
        everywhere = np.ones(photo.shape[:2], np.float32)
        plans = [self.plan(instant.plan, own_painter)]
        (start,) = instant.paint(photo, plans, [everywhere], seed=seed)
        return to_tensor(self.refine(photo, start, scale=scale))

    def save(self, file: str | os.PathLike[str]) -> None:
        """Write it as a safetensors file in half precision, whole or not at all.

        Raises:
            InputError: The file can't be written.
        """
        write_bytes_atomic(file, encode(self.about, self.network, self.code))

    @classmethod
    def load(cls, file: str | os.PathLike[str]) -> Style:
        """Read a style that `save` wrote.

        Raises:
            InputError: It can't be read, or is no such file.
        """
        if not isinstance(file, (str, os.PathLike)):
            raise InputError(f"file is {shown(file)}: a path is allowed")
        return cls(*read_style(Path(file)))


def _resized(maps: Tensor, size: tuple[int, int]) -> Tensor:
    if maps.shape[-2:] == size:
        return maps
    return F.interpolate(maps, size, mode="bicubic", antialias=True).clamp(0, 1)
