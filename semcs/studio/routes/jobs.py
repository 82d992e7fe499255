"""Jobs: pictures and clips that take their time, with progress, stop and cancel."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response, StreamingResponse

from semcs.studio.asked import make_ready
from semcs.studio.asking import AnyJob, ClipRequest, FolderRequest
from semcs.studio.clips import ClipTask
from semcs.studio.context import Studio, ThePage, TheStudio, client_of
from semcs.studio.folders import FolderTask
from semcs.studio.jobs import Task
from semcs.studio.pages import Page
from semcs.studio.pictures import PictureTask
from semcs.studio.refusals import Refused
from semcs.studio.routes.answers import content, problems
from semcs.studio.routes.thumbnails import EVENTS
from semcs.studio.streams import job_events, stream

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.post("", responses=problems(409, 429), status_code=201)
async def start(
    request: Request, studio: TheStudio, page: ThePage, wanted: Annotated[AnyJob, Body()]
) -> dict[str, Any]:
    """Ask for a picture, a styled clip, or the same look on many photos.

    `place` is how many are begun until this one is, itself included. Clients take turns: whoever
    asks for many waits for the last ones, and nobody else does. Clips are made one at a time,
    beside pictures; many photos give way to others after each.
    """
    client = client_of(request)
    task = await studio.do(request, lambda: _task(studio, page, wanted, client))
    job = studio.jobs.start(page, task)
    return {"id": job.id, "place": job.place(studio.work)}


def _task(studio: Studio, page: Page, wanted: AnyJob, client: str) -> Task:
    means = studio.means
    if isinstance(wanted, ClipRequest):
        video = page.find(page.videos, wanted.video, "video")
        return ClipTask(means, page, video, wanted, client)
    if isinstance(wanted, FolderRequest):
        return FolderTask(means, page, wanted, client)
    photo = page.find(page.photos, wanted.photo, "photo")
    asked = make_ready(wanted, page, photo, means.limits)
    return PictureTask(means, page, photo.id, asked, client)


@router.get("/{id}", responses=problems())
async def show(studio: TheStudio, page: ThePage, id: str) -> dict[str, Any]:
    """How far a job is: `waiting`, `running`, `done`, `failed` or `stopped`.

    Steps are those of an optimisation, the frames of a clip, or the photos of many. Before it is
    `painting`, a clip by a preset that optimises has two more `phase`s: `looking` at its frames,
    and `training`; stopped there, it is `trained` until the first frame is painted.
    """
    return page.find(page.jobs, id, "job").about(studio.work)


@router.get("/{id}/events", responses={200: EVENTS, **problems()}, response_class=StreamingResponse)
async def events(studio: TheStudio, page: ThePage, id: str) -> StreamingResponse:
    """The same as server-sent events: `place`, `step`; at the end `done`, `stopped` or `failed`.

    `preview` of a step is the address of the picture so far.
    """
    job = page.find(page.jobs, id, "job")
    return stream(job_events(job, studio.work))


@router.get(
    "/{id}/preview",
    responses={200: content("image/jpeg"), **problems()},
    response_class=Response,
)
async def preview(page: ThePage, id: str, step: int = 0) -> Response:
    """The newest picture of a running job, whatever the step that was asked for."""
    job = page.find(page.jobs, id, "job")
    if not job.preview:
        raise Refused(404, "there is no preview yet")
    return Response(job.preview, media_type="image/jpeg")


@router.post("/{id}/stop", responses=problems())
async def stop(studio: TheStudio, page: ThePage, id: str) -> dict[str, Any]:
    """Take no further step, and keep what there is; of a clip, the frames up to there.

    Before the first frame that ends the training alone: all frames follow, by what was learned.
    """
    job = page.find(page.jobs, id, "job")
    studio.jobs.stop(job)
    return job.about(studio.work)


@router.delete("/{id}", responses=problems(), status_code=204)
async def cancel(studio: TheStudio, page: ThePage, id: str) -> Response:
    """Cancel a job and keep nothing; a result that it already had stays."""
    studio.jobs.cancel(page, page.find(page.jobs, id, "job"))
    return Response(status_code=204)
