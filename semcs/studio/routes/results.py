"""What jobs made: downloads, and the code that makes it again."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from semcs.studio.clips import KeptClip
from semcs.studio.context import Studio, ThePage, TheStudio, client_of
from semcs.studio.folders import NAME, KeptFolder
from semcs.studio.ranges import Bytes, saved_as, send_file
from semcs.studio.refusals import Refused
from semcs.studio.results import KINDS, Kept, download
from semcs.studio.routes.answers import content, parts, problems
from semcs.studio.videos import MEDIA
from semcs.studio.zips import zip_of

router = APIRouter(prefix="/results", tags=["results"])

Kind = Annotated[
    Literal["png", "jpeg", "layers", "psd"] | None,
    Query(
        alias="format",
        description="Of a picture, by default `png`. `layers` is a ZIP: a PNG for each region, the "
        "picture, and the files that its code names. `psd` needs semcs[psd] on the server. Many "
        "pictures are a ZIP of `png` or `jpeg`; a clip is as it is. `layers` of both is a ZIP of "
        "the files that their code names.",
    ),
]
ANSWERS = content(*dict.fromkeys([*(kind for kind, _ in KINDS.values()), *MEDIA.values()]))


@router.get(
    "/{id}",
    responses={**parts(*MEDIA.values()), 200: ANSWERS, **problems(416, 429)},
    response_class=Response,
)
async def show(
    request: Request,
    studio: TheStudio,
    page: ThePage,
    id: str,
    kind: Kind = None,
    _range: Bytes = None,
) -> Response:
    """Download a picture, a clip, or a ZIP of many pictures."""
    result = page.find(page.results, id, "result")
    if isinstance(result, KeptClip):
        return _clip(request, result, kind)
    if isinstance(result, KeptFolder):
        return _folder(request, studio, result, kind)
    chosen = kind or "png"
    data = await studio.do(request, lambda: download(result, chosen, studio.room))
    media, suffix = KINDS[chosen]
    name = PurePath(result.asked.photo.name).stem + "-styled" + suffix
    return Response(data, media_type=media, headers=saved_as(name))


def _clip(request: Request, clip: KeptClip, kind: str | None) -> Response:
    if kind == "layers":
        name = f"{PurePath(clip.name).stem}.zip"
        return Response(clip.archive(), media_type="application/zip", headers=saved_as(name))
    if kind is not None:
        raise Refused(400, f"a clip has no format {kind}: leave that out, or say layers")
    return send_file(request, clip.file, MEDIA[clip.file.suffix], saved_as(clip.name), clip.id)


def _folder(request: Request, studio: Studio, folder: KeptFolder, kind: str | None) -> Response:
    if kind == "layers":
        return Response(folder.archive(), media_type="application/zip", headers=saved_as(NAME))
    chosen = kind or "png"
    if chosen not in ("png", "jpeg"):
        raise Refused(400, f"many pictures have no format {chosen}: png and jpeg are allowed")
    pictures = folder.named(KINDS[chosen][1])
    if not pictures:
        raise Refused(404, "these pictures were deleted")
    client = f"folder of {client_of(request)}"
    sent = zip_of(pictures, chosen, studio.work, studio.room, client)
    return StreamingResponse(sent, media_type="application/zip", headers=saved_as(NAME))


@router.get("/{id}/code", responses=problems())
async def code(page: ThePage, id: str) -> dict[str, str]:
    """The Python call and the command line that make the same, to the same bits.

    On the same kind of CPU, with the same versions. The files that they name are in the ZIP of
    `?format=layers`; the photo is the one that was uploaded, or the ZIP's where `side` reduced it.
    """
    found: Kept | KeptClip | KeptFolder = page.find(page.results, id, "result")
    return found.code()


@router.delete("/{id}", responses=problems(), status_code=204)
async def delete(page: ThePage, id: str) -> Response:
    """Delete a picture or a clip; of many pictures, the ZIP alone, as each is a result itself."""
    found: Kept | KeptClip | KeptFolder = page.find(page.results, id, "result")
    with page.lock:
        page.results.pop(id, None)
    found.delete()
    return Response(status_code=204)
