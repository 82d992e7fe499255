"""Where the regions are in every frame of a clip.

The first frame of a shot is searched as a photo is. After that each mask that was found there is
followed (`semcs.video.regions.following`) and, every few frames, held against what is found in the
frame alone (`semcs.video.regions.pulling`).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image import load, load_mask
from semcs.models.families import ModelFamily
from semcs.style.presets import Preset
from semcs.style.regions import Click, Region
from semcs.stylizer.places import masks_of
from semcs.stylizer.request import Request
from semcs.stylizer.searching import Search
from semcs.video.motion import Motion
from semcs.video.regions.following import View, carried, is_empty, redrawn
from semcs.video.regions.pulling import found_words, is_placed, led, pulled
from semcs.video.regions.recalling import Memory

_log = logging.getLogger("semcs")

Mask = NDArray[np.float32]
Rgb = NDArray[np.floating[Any]]

DRAW_EVERY, SEARCH_EVERY, SEARCH_LOST_EVERY = 2, 8, 4  # frames
MISSES = 2  # searches in a row without a thing, after which it has left
# Names of masks begin so.
FOREGROUND, WORDS, CLICKED, HANDED_IN = "foreground", "words ", "clicked ", "handed in "


class RegionTracker:
    """Follows the regions of a request through a clip, frame by frame: `first`, then `next`."""

    def __init__(self, family: ModelFamily, request: Request, preset: Preset) -> None:
        """Nothing is looked at yet.

        Args:
            family: The networks.
            request: Where the regions are; masks that are handed in are those of the first frame.
            preset: All options, none left to the family.
        """
        self._family, self._request, self._preset = family, request, preset
        self._size = 0, 0
        self._regions: tuple[Region, ...] = ()
        self._masks: dict[str, Mask] = {}
        self._misses: dict[str, int] = {}  # searches in a row that didn't find what words name
        self._age = 0  # frames since the shot began
        self._memories: dict[str, Memory] = {}
        self._hidden = np.zeros((0, 0), np.float32)  # what was, since outlines were drawn
        self._warned = False

    @property
    def regions(self) -> tuple[Region, ...]:
        """Those of the request, with the masks of the clip's first frame; none before it."""
        return self._regions

    def first(self, rgb: Rgb) -> tuple[Region, ...]:
        """The regions in the first frame of a shot (H, W, 3), in [0, 1].

        Raises:
            InputError: A mask can't be read, or is of another size; words aren't known.
            NotFoundError: What words name isn't in the first frame of the clip.
        """
        search = Search(self._family, load(rgb), rgb, self._request)
        self._age, self._misses = 0, {}
        if self._regions:
            self._find_anew(search)
        else:
            self._size = rgb.shape[0], rgb.shape[1]
            self._find(search)
        self._hidden = np.zeros(self._size, np.float32)
        self._memories = {name: Memory.of(mask, rgb) for name, mask in self._masks.items()}
        return self._placed()

    def next(self, rgb: Rgb, motion: Motion) -> tuple[Region, ...]:
        """The regions in a frame.

        Args:
            rgb: (H, W, 3) in [0, 1].
            motion: From the frame before to this one; where it says that a shot begins, this is
                `first`.

        Raises:
            InputError: There was no first frame.
        """
        if not self._regions:
            raise InputError("no first frame yet: call first before next")
        if motion.is_cut:
            return self.first(rgb)
        self._age += 1
        view = View(rgb, motion, self._hidden, self._family, self._request)
        for name, mask in self._masks.items():
            self._masks[name] = self._followed(name, carried(mask, motion), view)
        draws = self._age % DRAW_EVERY == 0
        self._hidden = np.zeros_like(view.hidden) if draws else view.hidden
        return self._placed()

    def state(self) -> dict[str, NDArray[Any]]:
        """All that `next` goes by, to be kept."""
        names = list(self._masks)
        return {
            "size": np.array(self._size),
            "age": np.array(self._age),
            "names": np.array(names, np.str_),
            "misses": np.array([self._misses.get(name, 0) for name in names], np.int64),
            "memories": np.array([self._memories[name].values for name in names]),
            "hidden": self._hidden,
            "masks": np.array([self._masks[name] for name in names], np.float32),
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on as the tracker of the same request did that gave this `state`."""
        height, width = (int(side) for side in state["size"])
        nothing = np.zeros((height, width), np.float32)
        self._size, self._age = (height, width), int(state["age"])
        self._regions, _ = self._request.regions_of(
            self._size, self._preset, lambda: nothing, lambda words: nothing, lambda at: nothing
        )
        names = [str(name) for name in state["names"]]
        self._masks = dict(zip(names, np.array(state["masks"], np.float32)))
        self._misses = dict(zip(names, map(int, state["misses"])))
        self._hidden = np.array(state["hidden"], np.float32)
        self._memories = dict(zip(names, map(Memory, state["memories"])))

    def _find(self, search: Search) -> None:
        """The masks in the clip's first frame."""

        def find_words(words: str) -> Mask:
            return self._masks.setdefault(WORDS + words, search.words(words))

        def find_click(at: Click) -> Mask:
            return self._masks.setdefault(f"{CLICKED}{at}", search.click(at))

        request = self._request
        self._regions, foreground = request.regions_of(
            self._size, self._preset, search.foreground, find_words, find_click
        )
        if foreground is not None:
            handed_in = request.mask is not None
            self._masks[HANDED_IN + FOREGROUND if handed_in else FOREGROUND] = foreground
        for index, region in enumerate(request.regions or ()):
            if not isinstance(region.mask, (str, Click)):
                self._masks[f"{HANDED_IN}{index}"] = load_mask(region.mask, self._size)

    def _find_anew(self, search: Search) -> None:
        """The masks in the first frame of a later shot."""
        for name, mask in self._masks.items():
            if name == FOREGROUND:
                self._masks[name] = search.foreground()
            elif name.startswith(WORDS):
                found = found_words(search, name.removeprefix(WORDS))
                self._masks[name] = np.zeros_like(mask) if found is None else found
            else:
                self._masks[name] = np.zeros_like(mask)
        if not self._warned and any(name.startswith((CLICKED, HANDED_IN)) for name in self._masks):
            self._warned = True
            _log.warning(
                "masks that were handed in and clicks are those of the first shot: "
                "from here on their regions are empty"
            )

    def _placed(self) -> tuple[Region, ...]:
        """The regions, with what each has of the frame."""
        if not self._masks:
            return self._regions  # one for the whole picture
        foreground = self._masks.get(FOREGROUND, self._masks.get(HANDED_IN + FOREGROUND))
        asked = self._request.regions
        if asked is None:
            assert foreground is not None
            mask = 1 - foreground if self._preset.published.swap_regions else foreground
            masks = [mask, 1 - mask]
        else:
            masks = masks_of(
                asked,
                self._size,
                lambda: cast("Mask", foreground),
                lambda words: self._masks[WORDS + words],
                lambda at: self._masks[f"{CLICKED}{at}"],
                lambda region: self._masks[f"{HANDED_IN}{asked.index(region)}"],
            )
        return tuple(replace(region, mask=mask) for region, mask in zip(self._regions, masks))

    def _followed(self, name: str, mask: Mask, view: View) -> Mask:
        """A mask that was carried to a frame, held against what the frame shows."""
        if self._age % DRAW_EVERY == 0 and not is_empty(mask) and not self._is_placed(name):
            mask = redrawn(mask, view)
        if name.startswith(WORDS):
            mask = self._held_to_words(name, mask, view)
        else:
            mask = self._recalled(name, mask, view)
        return np.zeros_like(mask) if is_empty(mask) else mask

    def _held_to_words(self, name: str, mask: Mask, view: View) -> Mask:
        """A mask by words, led to what they name in the frame; all 0 where that isn't there."""
        if self._is_placed(name):
            found = found_words(view.search, name.removeprefix(WORDS))
            return np.zeros_like(mask) if found is None else found
        if self._age % SEARCH_EVERY:
            return mask
        found = found_words(view.search, name.removeprefix(WORDS))
        if found is not None:
            self._misses[name] = 0
            return led(mask, found)
        self._misses[name] = self._misses.get(name, 0) + 1
        return np.zeros_like(mask) if self._misses[name] >= MISSES else mask

    def _recalled(self, name: str, mask: Mask, view: View) -> Mask:
        """A mask that no words name, held to how its region was."""
        memory = self._memories[name]
        if self._age % (SEARCH_LOST_EVERY if memory.misses(mask) else SEARCH_EVERY):
            return mask
        mask = memory.still(mask, view.rgb)
        if not memory.misses(mask):
            memory.renew(mask, view.rgb)
        return pulled(mask, view, memory) if name == FOREGROUND else mask

    def _is_placed(self, name: str) -> bool:
        return name.startswith(WORDS) and is_placed(name.removeprefix(WORDS), self._family)
