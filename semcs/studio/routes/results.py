"""Finished pictures: downloads, and the code that makes them again."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from semcs.studio.code import command_of, python_of
from semcs.studio.context import ThePage, TheStudio
from semcs.studio.results import KINDS, download
from semcs.studio.routes.answers import content, problems

router = APIRouter(prefix="/results", tags=["results"])

Kind = Annotated[
    Literal["png", "jpeg", "layers", "psd"],
    Query(
        alias="format",
        description="`layers` is a ZIP: a PNG for each region, the picture, and the files that its "
        "code names. `psd` needs semcs[psd] on the server.",
    ),
]


@router.get(
    "/{id}",
    responses={200: content(*(kind for kind, _ in KINDS.values())), **problems(429)},
    response_class=Response,
)
async def show(
    request: Request, studio: TheStudio, page: ThePage, id: str, kind: Kind = "png"
) -> Response:
    """Download a picture."""
    kept = page.find(page.results, id, "result")
    data = await studio.do(request, lambda: download(kept, kind, studio.room))
    media, suffix = KINDS[kind]
    name = PurePath(kept.asked.photo.name).stem + "-styled" + suffix
    shown = name.encode("ascii", "replace").decode().replace("?", "_")
    headers = {"Content-Disposition": f'attachment; filename="{shown}"'}
    return Response(data, media_type=media, headers=headers)


@router.get("/{id}/code", responses=problems())
async def code(page: ThePage, id: str) -> dict[str, str]:
    """The Python call and the command line that make the same picture, to the same bits.

    On the same kind of CPU, with the same versions. The files that they name are in the ZIP of
    `?format=layers`; the photo is the one that was uploaded, or the ZIP's where `side` reduced it.
    """
    kept = page.find(page.results, id, "result")
    return {
        "python": python_of(kept.asked, kept.models),
        "command": command_of(kept.asked, kept.models),
    }


@router.delete("/{id}", responses=problems(), status_code=204)
async def delete(page: ThePage, id: str) -> Response:
    """Delete a picture."""
    kept = page.find(page.results, id, "result")
    with page.lock:
        page.results.pop(id, None)
    kept.delete()
    return Response(status_code=204)
