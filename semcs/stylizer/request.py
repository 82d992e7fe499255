"""What the caller asks for, checked before any network is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, cast, get_args

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from semcs.errors import (
    InputError,
    check_choice,
    check_number,
    check_seed,
    check_switch,
    check_whole,
)
from semcs.image import MIN_WORKING_SIDE, load, load_mask, to_tensor
from semcs.models.directions import check_text
from semcs.saliency.foreground import Rule
from semcs.style.presets import Preset
from semcs.style.regions import Region

if TYPE_CHECKING:
    from semcs.stylizer.result import Result

LARGEST_SIZE = 8192  # pixels a side to work at: more is no picture that could be optimised

Mask = NDArray[np.float32]
Size = tuple[int, int]


class Options(TypedDict, total=False):
    """Keywords of `Stylizer.iterate`, for type checkers."""

    fg: object
    bg: object
    regions: Sequence[Region] | None
    mask: object
    rule: Rule
    invert_mask: bool
    strength: float
    detail: float | None
    preset: str | Preset
    size: int
    seed: int
    steps: int | None
    max_seconds: float | None
    warm_start: Result[Any] | None


@dataclass(frozen=True, eq=False)
class Request:
    """What the picture should look like, and where.

    Attributes:
        style: For the whole picture: a text, or a picture (1, 3, h, w) in [0, 1].
        fg: For the foreground.
        bg: For the background.
        regions: Regions of the caller's own instead, their styles read.
        mask: The caller's foreground mask, not read yet.
        rule: Which side is the foreground, where no mask is handed in (`choose_foreground`).
        invert_mask: Take the other side of the mask, found or handed in.
        strength: How much of the styles shows, 0 to 1.
        detail: How much of the photo's form looks get back, 0 to 1; None is each look's own.
        size: Longest side to work at, in pixels.
        seed: Of all random numbers.
    """

    style: str | Tensor | None
    fg: str | Tensor | None
    bg: str | Tensor | None
    regions: tuple[Region, ...] | None
    mask: object
    strength: float
    detail: float | None
    size: int
    seed: int
    rule: Rule = "cues"
    invert_mask: bool = False

    def regions_of(
        self, size: Size, preset: Preset, find_mask: Callable[[], Mask]
    ) -> tuple[tuple[Region, ...], Mask | None]:
        """The regions, with masks (H, W) float32, and the foreground mask where there is one.

        Args:
            size: Height and width of the picture.
            preset: Says whether one style for the whole picture needs a mask.
            find_mask: Called where a mask is needed that the caller didn't hand in; gives the side
                that `invert_mask` asks for.

        Raises:
            InputError: A mask can't be read, or is of another size.
        """
        if self.regions is not None:
            return tuple(replace(r, mask=load_mask(r.mask, size)) for r in self.regions), None
        whole = self.style is not None and self.mask is None
        if whole and preset.published.single_text_on == "both":
            everywhere = np.ones(size, np.float32)
            return (Region(everywhere, self.style, self.strength, "picture"),), None
        mask = find_mask() if self.mask is None else self._read_mask(size)
        if preset.published.swap_regions:
            mask = 1 - mask
        fg, bg = (self.style if own is None else own for own in (self.fg, self.bg))
        foreground = Region(mask, fg, self.strength, "foreground", "foreground")
        background = Region(1 - mask, bg, self.strength, "background", "background")
        return (foreground, background), mask

    def _read_mask(self, size: Size) -> Mask:
        mask = load_mask(self.mask, size)
        return 1 - mask if self.invert_mask else mask


def check_request(
    style: object,
    fg: object,
    bg: object,
    regions: Sequence[Region] | None,
    *,
    mask: object,
    strength: float,
    detail: float | None,
    size: int,
    seed: int,
    rule: Rule = "cues",
    invert_mask: bool = False,
) -> Request:
    """Read the styles and check all that can be checked without the picture.

    Raises:
        InputError: Something can't be used; the message names it and says what is allowed.
    """
    asked = [style is not None, fg is not None or bg is not None, regions is not None]
    if sum(asked) != 1:
        raise InputError(
            "say what the picture should look like in one way: a style for all of it, "
            "fg and/or bg, or regions"
        )
    return Request(
        style=_read_style(style, "style"),
        fg=_read_style(fg, "fg"),
        bg=_read_style(bg, "bg"),
        regions=None if regions is None else _read_regions(regions, mask),
        mask=mask,
        strength=check_number("strength", strength, most=1.0),
        detail=None if detail is None else check_number("detail", detail, most=1.0),
        size=check_whole("size", size, least=MIN_WORKING_SIDE, most=LARGEST_SIZE),
        seed=check_seed(seed),
        rule=cast("Rule", check_choice("rule", rule, get_args(Rule))),
        invert_mask=check_switch("invert_mask", invert_mask),
    )


def _read_regions(regions: Sequence[Region], mask: object) -> tuple[Region, ...]:
    if mask is not None:
        raise InputError("mask and regions exclude each other: every region has its own mask")
    for region in regions:
        if not isinstance(region, Region):
            kind = type(region).__name__
            raise InputError(f"regions hold a {kind}: each has to be a semcs.Region")
    if not any(region.style is not None for region in regions):
        raise InputError("no region has a style: nothing to do")
    return tuple(replace(r, style=_read_style(r.style, f"style of {r.name}")) for r in regions)


def _read_style(style: object, what: str) -> str | Tensor | None:
    """A text as it is, without surrounding space; a picture as (1, 3, h, w); None as None."""
    if style is None:
        return None
    if isinstance(style, str):
        return check_text(style, what)
    try:
        return to_tensor(load(style).rgb)
    except InputError as error:
        raise InputError(f"{what} is neither a text nor a readable picture: {error}") from None
