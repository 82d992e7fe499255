"""From what a text says of a region to a soft map of it, on the grid of the region model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from semcs.errors import InputError, NotFoundError, shown
from semcs.finding.colours import of_colour
from semcs.finding.parts import coloured, farthest, keep, parts_of, standing_out
from semcs.finding.words import Wanted
from semcs.models.interfaces import Presence, RegionModel
from semcs.models.settings import own_settings
from semcs.saliency.guided import resize
from semcs.saliency.outline import Sight

LEAST_ALIKE = 0.55  # cosine of two words' embeddings from which one is worth a hint

Array = npt.NDArray[np.floating[Any]]
Part = npt.NDArray[np.bool_]


def check_known(
    things: Sequence[Wanted], model: RegionModel, encode: Callable[[Sequence[str]], torch.Tensor]
) -> None:
    """Refuse things that a model doesn't know.

    Args:
        things: What is wanted; colours and sides alone are always known.
        model: Knows words.
        encode: Texts to unit vectors (n, D), by which words of like meaning are found.

    Raises:
        InputError: It names the nearest words that are known, and the models that know any.
    """
    for wanted in things:
        thing = wanted.thing
        if thing is None or model.knows(thing):
            continue
        alike = model.suggest(thing) or _alike(thing, model.words(), encode)
        near = [repr(word) for word in alike]
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise InputError(
            f"{model.name} knows no word {shown(thing)}: {hint}docs/regions.md lists its words, "
            "and the paper models take any (models='paper')"
        )


def _alike(
    thing: str, words: Sequence[str], encode: Callable[[Sequence[str]], torch.Tensor]
) -> list[str]:
    """Up to two words of like meaning, best first; maybe none."""
    if not words:
        return []
    with own_settings(), torch.no_grad():
        likeness = (encode(words) @ encode([thing]).T)[:, 0].tolist()
    best = sorted(zip(likeness, words), reverse=True)[:2]
    return [word for how, word in best if how >= LEAST_ALIKE]


def soft_map(
    wanted: Wanted,
    sight: Sight,
    *,
    within: Part | None,
    saliency: Callable[[], Array],
) -> Array:
    """How much of every place is what a text names.

    Args:
        wanted: A known thing, a colour or both, and maybe a side.
        sight: What a region model sees of the picture.
        within: (h, w), where to look; None for everywhere.
        saliency: Gives (h, w) in [0, 1], how much each place stands out.

    Returns:
        (h, w) float32 in [0, 1].

    Raises:
        NotFoundError: It isn't in the picture.
    """
    model = sight.model
    colours = resize(sight.images[0].permute(1, 2, 0).cpu().numpy(), *sight.grid)
    allowed = np.ones(sight.grid, bool) if within is None else within
    if wanted.thing is None:
        assert wanted.colour is not None
        named = of_colour(colours, wanted.colour) & allowed
        parts = standing_out(named, saliency())
        _require(parts, f"nothing {wanted.colour} stands out in this picture")
        share = np.any(parts, axis=0).astype(np.float32)
    else:
        found = model.share(sight.seen, wanted.thing).float().cpu().numpy()
        share = np.where(allowed, np.clip(resize(found, *sight.grid), 0, 1), 0)
        is_there = _is_there(share, model.presence)
        _require(is_there, f"no {wanted.thing} was found in this picture ({wanted.text!r})")
        parts = parts_of(share > 0.5)
        if wanted.colour is not None:
            parts = coloured(parts, of_colour(colours, wanted.colour))
            _require(parts, f"of {wanted.thing}, nothing in this picture is {wanted.colour}")
        elif wanted.side is None:
            return share
    chosen = parts if wanted.side is None else [farthest(parts, wanted.side)]
    return keep(share, chosen, parts_of(share > 0.5) + parts)


def _is_there(share: Array, least: Presence) -> bool:
    return bool((share > 0.5).mean() >= least.share and share.max() >= least.peak)


def _require(found: object, otherwise: str) -> None:
    if not found:
        raise NotFoundError(otherwise)
