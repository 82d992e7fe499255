"""The foreground of a later frame: what stands out there, on the side that is followed already."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.errors import NotFoundError
from semcs.finding.words import read_text
from semcs.models.families import ModelFamily
from semcs.saliency.evidence import is_evident
from semcs.saliency.foreground import choose_foreground
from semcs.saliency.guided import resize
from semcs.saliency.outline import draw_outline, subjects
from semcs.saliency.spectral import smallest_eigenvectors
from semcs.saliency.stages import CONTRAST, KNOWN_SHARE, patch_features, patch_graph
from semcs.stylizer.searching import Search
from semcs.video.regions.following import View, agreement
from semcs.video.regions.recalling import Memory, around

Array = NDArray[np.floating[Any]]
Plane = NDArray[np.float32]

FOUND = 0.65  # how far a mask goes to what its words name in a frame: past half way
PULLED = 0.5  # how far a foreground goes at most to what stands out
LEAST_AGREEMENT = 0.3  # with what is followed, under which what stands out is another thing
TOUCHING = 0.3  # share of a part that has to be followed already


def pulled(followed: Plane, view: View, memory: Memory) -> Plane:
    """A foreground mask (H, W) that was followed, pulled to what stands out in the frame alone.

    It goes there as far as the two agree. Parts of what stands out that were hardly followed so
    far are other things, and left out; but where the foreground was hidden, what looks like it is
    taken back.
    """
    found = standing_out(followed, view)
    if found is None:
        return followed
    if memory.misses(followed):
        return np.maximum(followed, memory.known_again(found, view.rgb))
    found = found * _touching(found > 0.5, followed)
    trust = agreement(followed, found)
    if trust < LEAST_AGREEMENT:
        return followed
    return np.asarray(followed + PULLED * trust * (found - followed), np.float32)


def standing_out(followed: Array, view: View) -> Plane | None:
    """The mask (H, W) of what stands out in a frame; None where the eigenvectors tell nothing.

    Of an eigenvector's two sides, the one is taken that agrees with the foreground as it was
    followed (H, W); the rule decides only where nothing of it is left.
    """
    family, rgb = view.family, view.rgb
    features = patch_features(rgb, family.key_extractor, size=family.saliency_size)
    graph = patch_graph(features, rgb, color_weight=family.color_weight)
    _, vectors = smallest_eigenvectors(graph.affinity, 2)
    colours = resize(rgb, *graph.grid)
    vector = vectors[:, 1].reshape(graph.grid)
    score = choose_foreground(vector, rule=view.request.rule, colours=colours)
    if not is_evident(score > 0, colours):
        return None
    side = np.clip(0.5 + CONTRAST * score / 2, 0, 1)
    before = resize(followed, *graph.grid)
    if agreement(1 - side, before) > agreement(side, before):
        side = 1 - side
    known = subjects(view.sight, graph.grid)
    if known is not None:
        known = 1 - known if view.request.invert_mask else known
        side = KNOWN_SHARE * known + (1 - KNOWN_SHARE) * side
    return draw_outline(side, rgb, view.sight)


def found_words(search: Search, words: str) -> Plane | None:
    """The mask (H, W) of what words name; None where it isn't there."""
    try:
        return search.words(words)
    except NotFoundError:
        return None


def is_placed(words: str, family: ModelFamily) -> bool:
    """Whether words name a half of the frame, which stays where it is."""
    wanted = read_text(words, lambda thing: family.regions.knows(thing))
    return any(one.side and not (one.thing or one.colour) for one in wanted)


def led(followed: Plane, found: Plane) -> Plane:
    """A mask that was followed, led to what words name in the frame alone."""
    return np.asarray(followed + FOUND * (found - followed), np.float32)


def _touching(found: NDArray[np.bool_], followed: Array) -> Plane:
    """(H, W), 1 at the parts that are followed and around them, 0 elsewhere."""
    count, labels = cv2.connectedComponents(found.astype(np.uint8))
    areas = np.bincount(labels.ravel(), minlength=count)
    shares = np.bincount(labels.ravel(), weights=followed.ravel(), minlength=count) / areas.clip(1)
    keeps = shares >= TOUCHING
    keeps[0] = False
    return around(keeps[labels])
