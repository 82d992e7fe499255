"""The instant picture: every region painted at once, by looks or by the learned painter.

A text that names looks is painted by them (`semcs.looks`); a bare colour tints the photo; any other
text, and every picture that is handed in as a style, goes to the learned painter
(`semcs.models.painter`), which paints all its regions in one pass.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.looks.avoiding import Avoided, match_without, read_avoided, take_back
from semcs.looks.choosing import Rank
from semcs.looks.interpolation import blend_pictures
from semcs.looks.matching import Match, match
from semcs.looks.mixture import render_match
from semcs.looks.rendering import look_scale
from semcs.models.directions import PLAIN, text_directions
from semcs.models.style_painter import StylePainter
from semcs.style.avoiding import away_from
from semcs.style.learned import paint_learned
from semcs.style.mixes import Learned, Mix, Single

SURE = 0.8  # sureness of a match from which the text encoder isn't asked
COLOR_SURE = 0.5  # from which a text that names colours alone is a colour

Array = NDArray[np.float32]
_log = logging.getLogger("semcs")


@dataclass(frozen=True, eq=False)
class Plan:
    """What a region will be painted with, and how.

    Attributes:
        by: "looks", "color", the learned "painter", a "mix" of these, or "nothing" where the text
            isn't understood.
        match: What was made of the text; None for a picture and for a mix.
        code: (1, 109) style code for the learned painter: of a mix, the mean of its parts that it
            paints; None unless it paints.
        parts: Of a mix, with their weights.
        avoided: What is taken back from what is painted.
        detail: How much of the photo's form is given back, 0 to 1; None is each look's own.
        scale: Size of the strokes, against what the picture's size gives.
        learned: Paints on from that; None where no learned style was asked for.
    """

    by: Literal["looks", "color", "painter", "mix", "nothing"]
    match: Match | None = None
    code: Tensor | None = None
    parts: tuple[tuple[Plan, float], ...] = ()
    avoided: Avoided | None = None
    detail: float | None = None
    scale: float = 1.0
    learned: Learned | None = None

    def as_dict(self) -> dict[str, Any]:
        """For reports: JSON values."""
        if self.by == "mix":
            parts = [{"weight": round(weight, 6), **part.as_dict()} for part, weight in self.parts]
            return {"by": self.by, "text": None, "parts": parts}
        found = {"text": None} if self.match is None else self.match.as_dict()
        return {"by": self.by, **found}


class InstantPainter:
    """Paints regions in one go.

    Args:
        style_painter: Gives the learned painter; asked where a style first needs it.
    """

    def __init__(self, style_painter: Callable[[], StylePainter]) -> None:
        self._style_painter = style_painter

    def plan(self, style: Single | Mix | Learned, avoid: str | None = None) -> Plan:
        """Decide what paints a style.

        Args:
            style: A text, a picture (1, 3, h, w) in [0, 1], or a mix of these.
            avoid: A text to stay away from.

        Raises:
            InputError: A text names nothing but what is to be avoided.
        """
        avoided = None if avoid is None else read_avoided(avoid)
        if isinstance(style, Learned):
            plan: Plan = style.plan(lambda text: self._plan_one(text, avoided), self._style_painter)
            return replace(plan, learned=style, avoided=avoided)
        if not isinstance(style, Mix):
            return self._plan_one(style, avoided)
        parts = tuple((self._plan_one(one, avoided), weight) for one, weight in style.parts)
        coded = [(part.code, weight) for part, weight in parts if part.code is not None]
        total = sum(weight for _, weight in coded)
        code = sum((code * (weight / total) for code, weight in coded), torch.zeros(()))
        return Plan("mix", code=code if coded else None, parts=parts, avoided=avoided)

    def _plan_one(self, style: Single, avoided: Avoided | None) -> Plan:
        if not isinstance(style, str):
            return Plan("painter", code=self._style_painter().code_of(style), avoided=avoided)
        found = self._match(style, avoided)
        if not found.understood:
            _log.warning("nothing is known of %r: the photo stays as it is there", style)
            return Plan("nothing", found)
        if found.looks or ((found.colors or found.light) and found.sureness >= COLOR_SURE):
            for line in found.told():
                _log.warning("%s", line)
            return Plan("looks" if found.looks else "color", found, avoided=avoided)
        return Plan("painter", found, self._code_of(style, avoided), avoided=avoided)

    def _match(self, text: str, avoided: Avoided | None) -> Match:
        """What a text asks for; the text encoder is asked where the words leave doubt."""

        def ask(rank: Rank | None) -> Match:
            return match(text, rank) if avoided is None else match_without(text, avoided, rank)

        found = ask(None)
        if found.understood and found.sureness < SURE:
            found = ask(self._style_painter().rank)
        return found

    def _code_of(self, text: str, avoided: Avoided | None) -> Tensor:
        painter = self._style_painter()
        if avoided is None:
            return painter.code_of(text)
        direction, away = text_directions(painter.encoder, [text, avoided.text], PLAIN).split(1)
        return painter.network.code_of_text(away_from(direction, away))

    def paint(
        self, photo: Array, plans: Sequence[Plan], masks: Sequence[Array], *, seed: int = 0
    ) -> list[Array]:
        """Paint every region.

        Args:
            photo: (H, W, 3) RGB in [0, 1].
            plans: One for each region.
            masks: (H, W) in [0, 1], one for each region.
            seed: Of the looks' random parameters.

        Returns:
            A picture (H, W, 3) for each region, good where its mask is.
        """
        learned = paint_learned(
            self._style_painter,
            photo,
            masks,
            [plan.code for plan in plans],
            [plan.detail for plan in plans],
            [plan.scale for plan in plans],
        )
        pictures = [
            _painted(photo, plan, plan, mask, seed, by_painter)
            for plan, mask, by_painter in zip(plans, masks, learned)
        ]
        return [
            plan.learned.refine(photo, picture, scale=plan.scale) if plan.learned else picture
            for picture, plan in zip(pictures, plans)
        ]


def _painted(
    photo: Array, plan: Plan, how: Plan, mask: Array, seed: int, by_painter: Array | None
) -> Array:
    """A region painted by a plan, its strokes and detail as of `how`."""
    if plan.by == "nothing":
        return photo
    if plan.by == "painter":
        assert by_painter is not None
        picture = by_painter
    elif plan.by == "mix":
        return _mixed(photo, plan, mask, seed, by_painter)
    else:
        assert plan.match is not None
        picture = render_match(
            photo, plan.match, mask, seed=seed, detail=how.detail, scale=how.scale
        )
    if plan.avoided is None:
        return picture
    return take_back(picture, plan.avoided.colors, plan.avoided.light, mask)


def _mixed(photo: Array, mix: Plan, mask: Array, seed: int, by_painter: Array | None) -> Array:
    """The parts of a mix, each painted; the learned painter paints all of its own at once."""
    pictures, weights = list[Array](), list[float]()
    learned = [(part, weight) for part, weight in mix.parts if part.by == "painter"]
    others = [(part, weight) for part, weight in mix.parts if part.by != "painter"]
    if learned:
        others.append((learned[0][0], sum(weight for _, weight in learned)))
    for part, weight in others:
        pictures.append(_painted(photo, part, mix, mask, seed, by_painter))
        weights.append(weight)
    return blend_pictures(pictures, weights, mix.scale * look_scale(max(photo.shape[:2])))
