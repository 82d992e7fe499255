"""Where in a picture the regions are that the caller didn't hand in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from semcs.image import Picture
from semcs.models.families import ModelFamily
from semcs.saliency.stages import find_foreground
from semcs.style.regions import Click
from semcs.stylizer.request import Request

if TYPE_CHECKING:
    from semcs.finding.finder import RegionFinder

Mask = NDArray[np.float32]
Timed = Callable[[str], AbstractContextManager[object]]


class Search:
    """Finds the foreground of one picture, and what words name or a click is on.

    Attributes:
        sureness: How sure the foreground is, 0 to 1; None until it was found.
    """

    def __init__(
        self,
        family: ModelFamily,
        picture: Picture,
        photo: Mask,
        request: Request,
        timed: Timed = nullcontext,
    ) -> None:
        """Say where to look; nothing is looked at yet.

        Args:
            family: The networks.
            picture: The photo.
            photo: Its (H, W, 3) RGB, hidden pixels filled (`semcs.image.fill_hidden`).
            request: Says which side is the foreground.
            timed: Makes the block that adds to the seconds of "models" or "mask".
        """
        self.sureness: float | None = None
        self._family, self._picture, self._photo = family, picture, photo
        self._request, self._timed = request, timed
        self._finder: RegionFinder | None = None

    def foreground(self) -> Mask:
        """The mask (H, W) of the side that the request asks for."""
        with self._timed("models"):
            extractor = self._family.key_extractor
        with self._timed("mask"):
            found = find_foreground(
                self._photo,
                extractor,
                alpha=self._picture.alpha,
                size=self._family.saliency_size,
                color_weight=self._family.color_weight,
                rule=self._request.rule,
                invert=self._request.invert_mask,
                regions=self._family.regions,
            )
        self.sureness = found.sureness
        return found.mask

    def words(self, words: str) -> Mask:
        """The mask (H, W) of what words name.

        Raises:
            InputError: The models don't know them.
            NotFoundError: It isn't in the picture.
        """
        return self._find(text=words)

    def click(self, at: Click) -> Mask:
        """The mask (H, W) of the thing at a pixel.

        Raises:
            InputError: The pixel is outside of the picture.
        """
        return self._find(click=(at.x, at.y))

    def _find(self, **wanted: Any) -> Mask:
        from semcs.finding.finder import RegionFinder

        if self._finder is None:
            with self._timed("models"):
                self._finder = RegionFinder(self._family)
            with self._timed("mask"):
                self._finder.set_picture(self._picture)
        with self._timed("mask"):
            return self._finder.find_mask(**wanted)
