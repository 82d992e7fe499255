"""The instant picture: every region painted at once, by looks or by the learned painter.

A text that names looks is painted by them (`semcs.looks`); a bare colour tints the photo; any other
text, and every picture that is handed in as a style, goes to the learned painter
(`semcs.models.painter`), which paints all its regions in one pass.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.image import resize_rgb, to_array, to_tensor, working_size
from semcs.looks.form import give_form
from semcs.looks.matching import Match, match
from semcs.looks.mixture import render_match
from semcs.looks.rendering import LEAST_PAINTED, look_scale
from semcs.models.style_painter import StylePainter
from semcs.style.regions import partition

PAINTER_DETAIL = 0.4  # of the photo's form, given back to what the learned painter paints
SURE = 0.8  # sureness of a match from which the text encoder isn't asked
COLOR_SURE = 0.5  # from which a text that names colours alone is a colour

Array = NDArray[np.float32]
_log = logging.getLogger("semcs")


@dataclass(frozen=True, eq=False)
class Plan:
    """What a region will be painted with.

    Attributes:
        by: "looks", "color", the learned "painter", or "nothing" where the text isn't understood.
        match: What was made of the text; None for a picture.
        code: (1, 109) style code for the learned painter; None unless it paints.
    """

    by: Literal["looks", "color", "painter", "nothing"]
    match: Match | None = None
    code: Tensor | None = None

    def as_dict(self) -> dict[str, Any]:
        """For reports: JSON values."""
        found = {"text": None} if self.match is None else self.match.as_dict()
        return {"by": self.by, **found}


class InstantPainter:
    """Paints regions in one go.

    Args:
        style_painter: Gives the learned painter; asked where a style first needs it.
    """

    def __init__(self, style_painter: Callable[[], StylePainter]) -> None:
        self._style_painter = style_painter

    def plan(self, style: str | Tensor) -> Plan:
        """Decide what paints a style.

        Args:
            style: A text, or a picture (1, 3, h, w) in [0, 1].
        """
        if not isinstance(style, str):
            return Plan("painter", code=self._style_painter().code_of(style))
        found = match(style)
        if found.understood and found.sureness < SURE:
            found = match(style, self._style_painter().rank)
        if not found.understood:
            _log.warning("nothing is known of %r: the photo stays as it is there", style)
            return Plan("nothing", found)
        if found.looks or ((found.colors or found.light) and found.sureness >= COLOR_SURE):
            for line in found.told():
                _log.warning("%s", line)
            return Plan("looks" if found.looks else "color", found)
        return Plan("painter", found, self._style_painter().code_of(style))

    def paint(
        self,
        photo: Array,
        plans: Sequence[Plan],
        masks: Sequence[Array],
        *,
        seed: int = 0,
        detail: float | None = None,
    ) -> list[Array]:
        """Paint every region.

        Args:
            photo: (H, W, 3) RGB in [0, 1].
            plans: One for each region.
            masks: (H, W) in [0, 1], one for each region.
            seed: Of the looks' random parameters.
            detail: How much of the photo's form is given back, 0 to 1; None is each look's own.

        Returns:
            A picture (H, W, 3) for each region, good where its mask is.
        """
        learned = [index for index, plan in enumerate(plans) if plan.code is not None]
        pictures = dict(zip(learned, self._paint_learned(photo, plans, masks, learned, detail)))
        for index, plan in enumerate(plans):
            if plan.by == "nothing":
                pictures[index] = photo
            elif index not in pictures:
                assert plan.match is not None
                pictures[index] = render_match(
                    photo, plan.match, masks[index], seed=seed, detail=detail
                )
        return [pictures[index] for index in range(len(plans))]

    @torch.no_grad()
    def _paint_learned(
        self,
        photo: Array,
        plans: Sequence[Plan],
        masks: Sequence[Array],
        learned: Sequence[int],
        detail: float | None,
    ) -> list[Array]:
        """Pictures of the regions that have a style code, all in one pass."""
        if not learned:
            return []
        codes = torch.cat([code for plan in plans if (code := plan.code) is not None])
        stacked = torch.from_numpy(np.stack([masks[index] for index in learned]))[:, None]
        shares, rest = partition(stacked)
        shares[:1] += rest  # what others paint has to have some style, too
        height, width = photo.shape[:2]
        working = working_size(height, width, max(height, width, LEAST_PAINTED), LEAST_PAINTED)
        content = to_tensor(resize_rgb(photo, working), codes.device)
        shares = F.interpolate(shares, working, mode="bilinear", antialias=True)
        painted = self._style_painter().paint(content, codes, shares.to(codes.device))
        amount = PAINTER_DETAIL if detail is None else detail
        picture = resize_rgb(to_array(painted.cpu()), (height, width))
        formed = give_form(picture, photo, amount, look_scale(max(photo.shape[:2])))
        return [formed] * len(learned)
