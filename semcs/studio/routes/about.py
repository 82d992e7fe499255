"""What this server is and knows: itself, the looks, and what texts mean."""

from __future__ import annotations

import functools
from typing import Annotated, Any

from fastapi import APIRouter, Query

import semcs
from semcs.studio.asking import LONGEST_TEXT
from semcs.studio.context import TheStudio
from semcs.studio.routes.answers import problems
from semcs.studio.videos import is_video_known

MOST_DESCRIBED = 8  # other names of a look

router = APIRouter(tags=["about"])


@router.get("/about", responses=problems())
async def about(studio: TheStudio) -> dict[str, Any]:
    """This server: its version, presets, models, words that name regions, limits."""
    from semcs.models.region_words import known_words

    limits, settings = studio.settings.limits, studio.settings
    return {
        "version": semcs.__version__,
        "looks_count": len(semcs.looks.names()),
        "presets": [*semcs.PRESETS],
        "models": settings.models,
        "words": known_words(),
        "limits": {
            "bytes": limits.bytes,
            "video_bytes": limits.video_bytes,
            "pixels": limits.pixels,
            "size": limits.size,
            "steps": limits.steps,
        },
        "video": is_video_known(),
        "token_needed": bool(settings.token),
        "page": settings.page,
        "ready": studio.room.is_warm,
    }


@router.get("/looks", responses=problems())
async def looks() -> list[dict[str, Any]]:
    """All looks, by name: their kind, how much of the photo's form they keep, their other names."""
    return _looks()


@router.get("/looks/match", responses=problems())
async def match(
    text: Annotated[str, Query(min_length=1, max_length=LONGEST_TEXT, description="Any words.")],
) -> dict[str, Any]:
    """What a text is taken for; `near` names looks that are near where nothing was found."""
    from semcs.looks.matching import nearest

    found = semcs.looks.match(text)
    is_found = bool(found.looks or found.colors or found.light)
    return {**found.as_dict(), "near": [] if is_found else nearest(found.text)}


@functools.cache
def _looks() -> list[dict[str, Any]]:
    import semcs.looks.painters  # fills the table of looks
    from semcs.looks.phrases import phrases
    from semcs.looks.phrases.kinds import KINDS
    from semcs.looks.registry import find_look

    said = phrases()
    return [
        {
            "name": name,
            "kind": KINDS.get(name, "other"),
            "detail": find_look(name).detail,
            "description": ", ".join(said[name][:MOST_DESCRIBED]),
        }
        for name in semcs.looks.names()
    ]
