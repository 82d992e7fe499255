"""What the caller asks for, checked before any network is loaded."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, cast, get_args

import numpy as np
from numpy.typing import NDArray

from semcs.errors import (
    InputError,
    check_choice,
    check_number,
    check_seed,
    check_switch,
    check_whole,
    refuse,
)
from semcs.image import MIN_WORKING_SIDE, load, load_mask, to_tensor
from semcs.models.directions import check_text
from semcs.saliency.foreground import Rule as Rule
from semcs.style.mixes import Learned, Mix, Single, weighed_parts
from semcs.style.presets import Preset
from semcs.style.regions import Click, Region, Role, checked_controls
from semcs.stylizer.places import masks_of, place_of

if TYPE_CHECKING:
    from semcs.stylizer.result import Result

LARGEST_SIZE = 8192  # pixels a side to work at: more is no picture that could be optimised

Mask = NDArray[np.float32]
Size = tuple[int, int]
Style = Single | Mix | Learned


class LookOptions(TypedDict, total=False):
    """Keywords that say how a still or a clip should look, for type checkers."""

    fg: object
    bg: object
    regions: Sequence[Region] | None
    mask: object
    rule: Rule
    invert_mask: bool
    strength: float
    detail: float | None
    keep_color: float
    scale: float
    avoid: str | None
    preset: str | Preset
    size: int
    seed: int
    steps: int | None


class Options(LookOptions, total=False):
    """Keywords of `Stylizer.iterate`, for type checkers."""

    max_seconds: float | None
    warm_start: Result[Any] | None


@dataclass(frozen=True)
class ForAll:
    """What holds for every region that says nothing else.

    Attributes:
        strength: How much of the styles shows, 0 to 1; regions of the caller's own have theirs.
        detail: How much of the photo's form looks get back, 0 to 1; None is each look's own.
        keep_color: How much of the photo's colours stay, 0 to 1.
        scale: Size of the strokes, against what the picture's size gives.
        avoid: A text to stay away from.
    """

    strength: float = 1.0
    detail: float | None = None
    keep_color: float = 0.0
    scale: float = 1.0
    avoid: str | None = None

    def __post_init__(self) -> None:
        for name in ("keep_color", "scale"):
            if getattr(self, name) is None:
                refuse(name, None, "a number")
        said = checked_controls(self.keep_color, self.detail, self.scale, self.avoid)
        said["strength"] = check_number("strength", self.strength, most=1.0)
        for name, value in said.items():
            object.__setattr__(self, name, value)

    def fill_in(self, region: Region) -> Region:
        """A region that says everything."""
        names = ("detail", "keep_color", "scale", "avoid")
        open_ones = [name for name in names if getattr(region, name) is None]
        return replace(region, **{name: getattr(self, name) for name in open_ones})


@dataclass(frozen=True, eq=False)
class Request:
    """What the picture should look like, and where.

    Attributes:
        style: For the whole picture: a text, a picture (1, 3, h, w) in [0, 1], or a mix of these.
        fg: For the foreground.
        bg: For the background.
        regions: Regions of the caller's own instead, their styles read.
        mask: The caller's foreground mask, not read yet.
        for_all: What holds for every region.
        size: Longest side to work at, in pixels.
        seed: Of all random numbers.
        rule: Which side is the foreground, where no mask is handed in (`choose_foreground`).
        invert_mask: Take the other side of the mask, found or handed in.
    """

    style: Style | None
    fg: Style | None
    bg: Style | None
    regions: tuple[Region, ...] | None
    mask: object
    for_all: ForAll
    size: int
    seed: int
    rule: Rule = "cues"
    invert_mask: bool = False

    def regions_of(
        self,
        size: Size,
        preset: Preset,
        find_mask: Callable[[], Mask],
        find_words: Callable[[str], Mask],
        find_click: Callable[[Click], Mask],
    ) -> tuple[tuple[Region, ...], Mask | None]:
        """The regions with what each has of the picture, and the foreground mask if there is one.

        Args:
            size: Height and width of the picture.
            preset: Says whether one style for the whole picture needs a mask.
            find_mask: Called where a mask is needed that the caller didn't hand in; gives the side
                that `invert_mask` asks for.
            find_words: Gives the mask of what words name.
            find_click: Gives the mask of what is clicked on.

        Raises:
            InputError: A mask can't be read, or is of another size.
            NotFoundError: What words name isn't in the photo.
        """
        foreground = functools.cache(
            lambda: find_mask() if self.mask is None else self._read_mask(size)
        )
        if self.regions is not None:
            masks = masks_of(self.regions, size, foreground, find_words, find_click)
            placed = (replace(r, mask=mask) for r, mask in zip(self.regions, masks))
            known = foreground() if foreground.cache_info().currsize else None
            return tuple(map(self.for_all.fill_in, placed)), known
        whole = self.style is not None and self.mask is None
        if whole and preset.published.single_text_on == "both":
            return (self._region(np.ones(size, np.float32), self.style, "picture"),), None
        mask = foreground()
        if preset.published.swap_regions:
            mask = 1 - mask
        fg, bg = (self.style if own is None else own for own in (self.fg, self.bg))
        sides = (
            self._region(mask, fg, "foreground", "foreground"),
            self._region(1 - mask, bg, "background", "background"),
        )
        return sides, mask

    def _region(self, mask: Mask, style: Style | None, name: str, role: Role = "region") -> Region:
        return self.for_all.fill_in(Region(mask, style, self.for_all.strength, name, role))

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
    for_all: ForAll,
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
        style=read_style(style, "style"),
        fg=read_style(fg, "fg"),
        bg=read_style(bg, "bg"),
        regions=None if regions is None else _read_regions(regions, mask),
        mask=mask,
        for_all=for_all,
        size=check_whole("size", size, least=MIN_WORKING_SIDE, most=LARGEST_SIZE),
        seed=check_seed(seed),
        rule=cast("Rule", check_choice("rule", rule, get_args(Rule))),
        invert_mask=check_switch("invert_mask", invert_mask),
    )


def _read_regions(regions: Sequence[Region], mask: object) -> tuple[Region, ...]:
    for region in regions:
        if not isinstance(region, Region):
            kind = type(region).__name__
            raise InputError(f"regions hold a {kind}: each has to be a semcs.Region")
    words = [place_of(region.mask) for region in regions]
    if mask is not None and not {"foreground", "background"} & {*words}:
        raise InputError("mask and regions exclude each other: every region has its own mask")
    if words.count("rest") > 1:
        raise InputError("regions name the rest twice: once is all that no other region has")
    if not any(region.style is not None for region in regions):
        raise InputError("no region has a style: nothing to do")
    return tuple(_read_region(region, place) for region, place in zip(regions, words))


def _read_region(region: Region, place: str | None) -> Region:
    """A region whose style is read; the foreground in words has the foreground's role."""
    style = read_style(region.style, f"style of {region.name}")
    is_side = region.role == "region" and place in ("foreground", "background")
    return replace(region, style=style, role=cast("Role", place) if is_side else region.role)


def read_style(style: object, what: str) -> Style | None:
    """A text as it is, without surrounding space; a picture as (1, 3, h, w); None as None.

    Raises:
        InputError: It is neither, nor a mix of these.
    """
    if style is None or isinstance(style, (Mix, Learned)):
        return style
    parts = weighed_parts(style, what)
    if parts is None:
        return _read_single(style, what)
    singles = tuple((_read_single(part, f"a part of {what}"), weight) for part, weight in parts)
    return singles[0][0] if len(singles) == 1 else Mix(singles)


def _read_single(style: object, what: str) -> Single:
    if isinstance(style, str):
        return check_text(style, what)
    try:
        return to_tensor(load(style).rgb)
    except InputError as error:
        raise InputError(f"{what} is neither a text nor a readable picture: {error}") from None
