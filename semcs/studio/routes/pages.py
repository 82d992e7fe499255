"""The page session: what it holds, and its end."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from semcs.studio.context import PageId, TheStudio
from semcs.studio.refusals import Refused
from semcs.studio.routes.answers import problems
from semcs.studio.routes.masks import mask_about
from semcs.studio.routes.photos import photo_about
from semcs.studio.routes.videos import video_about

router = APIRouter(prefix="/pages", tags=["page session"])

HELD = ("photos", "videos", "masks", "styles", "results", "jobs")
BEACON = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"page": {"type": "string"}},
                    "required": ["page"],
                }
            },
            "text/plain": {"schema": {"type": "string"}},
        },
    }
}


@router.get("/state", responses=problems())
async def state(studio: TheStudio, id: PageId) -> dict[str, Any]:
    """All that a page holds here, the oldest first, so that it can show itself again."""
    try:
        page = studio.pages.open(id)
    except Refused as refused:
        if refused.status != 404:
            raise
        return {name: [] for name in HELD}
    with page.lock:
        return {
            "photos": [photo_about(photo) for photo in page.photos.values()],
            "videos": [video_about(page, video) for video in page.videos.values()],
            "masks": [mask_about(mask) for mask in page.masks.values()],
            "styles": [{"id": style.id, "name": style.name} for style in page.styles.values()],
            "results": [kept.about() for kept in page.results.values()],
            "jobs": [job.about(studio.work) for job in page.jobs.values()],
        }


@router.post("/goodbye", responses=problems(), status_code=204, openapi_extra=BEACON)
async def goodbye(request: Request, studio: TheStudio) -> Response:
    """Have all that a page holds deleted: by `navigator.sendBeacon`, its id in the body.

    It is deleted some seconds later, and not at all where the page asks for anything until then:
    a page that is loaded anew says goodbye as well. No token is needed, as the id is a secret.
    """
    body = (await request.body()).decode("utf-8", "replace").strip()
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = body
    id = said.get("page") if isinstance(said, dict) else said
    if not isinstance(id, str) or not id:
        raise Refused(400, 'say which page is closed: {"page": id}')
    studio.pages.say_goodbye(id)
    return Response(status_code=204)
