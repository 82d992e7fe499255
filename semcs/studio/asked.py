"""A request made ready: its ids become files, for the painter as for the code that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import semcs
from semcs.errors import InputError, check_whole
from semcs.studio.asking import ClipRequest, Look, Region, StylePicture
from semcs.studio.pages import Page, Photo, Video
from semcs.studio.room import REDUCED, Room, content_of, reduced
from semcs.studio.settings import Limits

SIDES = ("foreground", "background")
CONTROLS = ("strength", "detail", "keep_color", "scale", "avoid")
TIMES = ("start", "stop")
NOT_OPTIONS = {"photo", "photos", "video", "kind", "side", "regions"}


@dataclass(frozen=True)
class File:
    """A file that a request names.

    Attributes:
        name: In the archive of layers, and in code.
        path: Here.
    """

    name: str
    path: Path


@dataclass(frozen=True)
class Asked:
    """What is painted.

    Attributes:
        photo: The one that is painted: as it came, or reduced; or the clip.
        options: Keywords of `semcs.Stylizer.iterate` but for `regions`, or of
            `semcs.stylize_video`; pictures as `File`.
        regions: Keywords of `semcs.Region` of each; None where there are none.
        request: As it was asked for, as JSON.
    """

    photo: File
    options: Mapping[str, Any]
    regions: tuple[Mapping[str, Any], ...] | None
    request: Mapping[str, Any]

    @property
    def is_slow(self) -> bool:
        """Whether it is optimised."""
        return _takes_steps(self.options["preset"], self.options.get("steps"))

    def files(self) -> list[File]:
        """All files that it names."""
        found: dict[str, File] = {self.photo.name: self.photo}
        for value in (*self.options.values(), *(v for r in self.regions or () for v in r.values())):
            for part in value if isinstance(value, list) else [(value, 1)]:
                if isinstance(part[0], File):
                    found[part[0].name] = part[0]
        return [*found.values()]

    def with_steps(self, steps: int) -> Asked:
        """The same with as many steps as were taken; 0 is what is painted at once."""
        late = semcs.PRESETS[self.options["preset"]].published.late_schedule
        asked = max(1, steps - late) if steps else 0
        return replace(self, options={**self.options, "steps": asked})

    def keywords(self, room: Room) -> dict[str, Any]:
        """Keywords of `semcs.Stylizer.iterate`; regions that were found before aren't again."""
        said = self._keywords()
        if self.regions is not None:
            said["regions"] = [self._region(one, room) for one in self.regions]
        places = {
            region["mask"] for region in self.regions or () if isinstance(region["mask"], str)
        }
        if "mask" not in said and ({"fg", "bg"} & {*said} or {*SIDES} & places):
            rule, invert = said.pop("rule", "cues"), said.pop("invert_mask", False)
            said["mask"] = room.seen(self.photo.path).salient(rule, invert)
        return said

    def plain_keywords(self) -> dict[str, Any]:
        """Keywords that leave the regions to be found."""
        said = self._keywords()
        if self.regions is not None:
            said["regions"] = [
                semcs.Region(**{name: _read(value) for name, value in one.items()})
                for one in self.regions
            ]
        return said

    def _keywords(self) -> dict[str, Any]:
        return {name: _read(value) for name, value in self.options.items()}

    def _region(self, said: Mapping[str, Any], room: Room) -> semcs.Region:
        values = {name: _read(value) for name, value in said.items()}
        where = said["mask"]
        if isinstance(where, str) and where not in (*SIDES, "rest"):
            values["mask"] = room.seen(self.photo.path).words(where)
            values.setdefault("name", where)
        return semcs.Region(**values)


def is_slow(look: Look) -> bool:
    """Whether a request asks for an optimised picture."""
    return _takes_steps(look.preset, look.steps)


def _takes_steps(preset: str, steps: int | None) -> bool:
    return bool(semcs.PRESETS[preset].optimiser.steps if steps is None else steps)


def make_ready(look: Look, page: Page, photo: Photo, limits: Limits) -> Asked:
    """Find what a request names.

    Raises:
        InputError: It makes no sense, or asks for more than the server does.
        Refused: With 404, as it names what isn't there.
    """
    return _make_ready(look, _Names(page, photo, look.side), limits)


def _make_ready(look: Look, names: _Names, limits: Limits) -> Asked:
    check_whole("size", look.size, least=32, most=limits.size)
    if look.steps is not None:
        check_whole("steps", look.steps, most=limits.steps)
    plain = look.model_dump(exclude_defaults=True, exclude=NOT_OPTIONS)
    options: dict[str, Any] = {**plain, "preset": look.preset}
    for part in ("style", "fg", "bg"):
        if (style := getattr(look, part)) is not None:
            options[part] = names.style(style)
    if look.mask is not None:
        options["mask"] = names.mask(look.mask)
    regions = None
    if look.regions is not None:
        regions = tuple(_region(one, look.strength, names) for one in look.regions)
        options.pop("strength", None)
    asked = Asked(names.photo(), options, regions, look.model_dump(exclude_defaults=True))
    _check(look)
    return asked


def make_clip_ready(look: ClipRequest, page: Page, video: Video, limits: Limits) -> Asked:
    """Find what a request for a clip names; masks that can be found again in any frame are.

    Raises:
        InputError: It makes no sense, or asks for more than the server does.
        Refused: With 404, as it names what isn't there.
    """
    if look.side is not None:
        raise InputError("side is for photos: a clip is painted at its own size")
    photo = page.find(page.photos, video.photo, "photo")
    asked = _make_ready(look, _ClipNames(page, photo, None), limits)
    if asked.options.get("mask") == SIDES[0]:  # which is what is found without one
        options = {**asked.options}
        del options["mask"]
        options.pop("rule", None)
        asked = replace(asked, options=options)
    times = {name: round(asked.options[name], 6) for name in TIMES if name in asked.options}
    return replace(asked, photo=File(video.name, video.file), options={**asked.options, **times})


def _check(look: Look) -> None:
    """What `semcs.stylize` would refuse, before it waits in the queue."""
    ways = [look.style is not None, (look.fg or look.bg) is not None, look.regions is not None]
    if sum(ways) != 1:
        raise InputError(
            "say how it should look in one way: a style for all of it, fg and/or bg, or regions"
        )
    if look.regions is not None and all(region.style is None for region in look.regions):
        raise InputError("no region has a style: nothing to do")


def _region(said: Region, strength: float, names: _Names) -> dict[str, Any]:
    places: list[Any] = [place for place in (*SIDES, "rest") if getattr(said, place)]
    places += [] if said.words is None else [said.words]
    places += [] if said.mask is None else [names.place(said.mask)]
    if len(places) != 1:
        raise InputError(
            "a region is in one place: a mask, words, or one of rest, foreground and background"
        )
    region: dict[str, Any] = {"mask": places[0], "style": None}
    if said.style is not None:
        region["style"] = names.style(said.style)
    if said.name is not None and said.name.strip():
        region["name"] = said.name.strip()
    controls = {name: getattr(said, name) for name in CONTROLS}
    if said.strength is None:
        controls["strength"] = strength
    if controls["strength"] == 1.0:
        del controls["strength"]
    return region | {name: value for name, value in controls.items() if value is not None}


class _Names:
    """Gives the files of a request their names."""

    def __init__(self, page: Page, photo: Photo, side: int | None) -> None:
        self._page, self._photo, self._side = page, photo, side
        self._taken: dict[str, File] = {}

    def photo(self) -> File:
        small = self._fitted(self._photo.file)
        if small == self._photo.file:
            return File(self._photo.name, small)
        return File(f"{PurePath(self._photo.name).stem}-{self._side}{REDUCED}", small)

    def mask(self, id: str) -> Any:
        mask = self._page.find(self._page.masks, id, "mask")
        if mask.photo != self._photo.id:
            raise InputError("this mask is one of another photo")
        fitted = self._fitted(mask.file)
        return self._named(id, "mask", ".png" if fitted == mask.file else REDUCED, fitted)

    def style(self, style: Any) -> Any:
        if isinstance(style, StylePicture):
            picture = self._page.find(self._page.styles, style.picture, "style picture")
            suffix = PurePath(picture.name).suffix
            return self._named(picture.id, "style", suffix, picture.file)
        if isinstance(style, list):
            return [(self.style(part), weight) for part, weight in style]
        return style

    def place(self, id: str) -> Any:
        """Where a region with this mask is."""
        return self.mask(id)

    def _fitted(self, file: Path) -> Path:
        return file if self._side is None else reduced(file, self._side)

    def _named(self, id: str, kind: str, suffix: str, path: Path) -> File:
        if id not in self._taken:
            number = 1 + sum(file.name.startswith(kind) for file in self._taken.values())
            self._taken[id] = File(f"{kind}-{number}{suffix}", path)
        return self._taken[id]


class _ClipNames(_Names):
    """Leaves masks to be found by what they were found by, so that they are in later shots, too."""

    def mask(self, id: str) -> Any:
        found = super().mask(id)
        return SIDES[0] if self._page.masks[id].place == SIDES[0] else found

    def place(self, id: str) -> Any:
        found = super().mask(id)
        return self._page.masks[id].place or found


def _read(value: Any) -> Any:
    """A value with the bytes of files in their place; texts stay texts, whatever they look like."""
    if isinstance(value, File):
        return content_of(value.path)
    if isinstance(value, list):
        return [(_read(part), weight) for part, weight in value]
    return value
