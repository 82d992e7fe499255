"""Measures of a styled picture against its photo."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile

import semcs
from semcs.studio.asking import LONGEST_TEXT
from semcs.studio.context import Studio, TheStudio
from semcs.studio.refusals import Refused
from semcs.studio.routes.answers import file_body, problems
from semcs.studio.uploads import check_picture, file_of, read_form

TEXTS = {"fg": "Text of the foreground.", "bg": "Text of the background.", "style": "Of all of it."}

router = APIRouter(tags=["score"])


@router.post(
    "/score",
    responses=problems(415, 429),
    openapi_extra=file_body("content", "output", "mask?", raw=(), **TEXTS),
)
async def score(request: Request, studio: TheStudio) -> dict[str, Any]:
    """Measure a styled picture: what `semcs.metrics.score` gives.

    Of the whole picture and, with texts, of each region; without a mask, that is what stands out.
    """
    async with read_form(request) as form:
        pictures = {name: (await file_of(form, name))[0] for name in ("content", "output")}
        if isinstance(form.get("mask"), UploadFile):
            pictures["mask"] = (await file_of(form, "mask"))[0]
        texts = _texts(form)
    return await studio.do(request, lambda: _measured(studio, pictures, texts))


def _texts(form: FormData) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in TEXTS:
        said = form.get(name)
        if said is None or said == "":
            continue
        if not isinstance(said, str) or len(said) > LONGEST_TEXT:
            raise Refused(400, f"{name} has to be a text of at most {LONGEST_TEXT:,} letters")
        texts[name] = said
    return texts


def _measured(studio: Studio, pictures: dict[str, bytes], texts: dict[str, str]) -> dict[str, Any]:
    limits = studio.settings.limits
    for data in pictures.values():
        check_picture(data, limits)
    from semcs.image import load

    mask: Any = pictures.get("mask")
    if mask is None and {"fg", "bg"} & {*texts}:
        mask = semcs.saliency_mask(load(pictures["content"]).rgb, models=studio.room.family)
    said: dict[str, Any] = {**texts, "models": studio.room.family}
    found: semcs.metrics.Score = semcs.metrics.score(
        pictures["content"], pictures["output"], mask, **said
    )
    return found.as_dict()
