"""Videos that are uploaded, and moments of them as photos."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from semcs.studio.asking import FrameRequest
from semcs.studio.context import NewPage, ThePage, TheStudio
from semcs.studio.pages import Page, Photo, Video
from semcs.studio.ranges import Bytes, saved_as, send_file
from semcs.studio.receiving import receive_video
from semcs.studio.removing import remove_oldest_moments, remove_video
from semcs.studio.routes.answers import file_body, parts, problems
from semcs.studio.routes.photos import photo_about
from semcs.studio.videos import ANY_MEDIA, MEDIA, keep_moment, keep_video

router = APIRouter(prefix="/videos", tags=["videos"])

KINDS = ("video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "image/gif")
Name = Annotated[
    str | None,
    Query(alias="name", max_length=255, description="The file's name, where the body is raw."),
]


def video_about(page: Page, video: Video) -> dict[str, Any]:
    """What a page is told of a video."""
    photo = page.photos.get(video.photo)
    return {
        "id": video.id,
        "name": video.name,
        "width": video.width,
        "height": video.height,
        "seconds": video.seconds,
        "frames": video.frames,
        "rate": video.rate,
        "sound": video.sound,
        "type": video.media,
        "photo": None if photo is None else photo_about(photo),
        "moments": [
            {"at": at, **photo_about(page.photos[id])}
            for at, id in video.moments.items()
            if id in page.photos
        ],
    }


@router.post(
    "",
    responses=problems(409, 415, 429),
    status_code=201,
    openapi_extra=file_body("file", raw=KINDS),
)
async def upload(
    request: Request, studio: TheStudio, page: NewPage, _name: Name = None
) -> dict[str, Any]:
    """Upload a video, in a form's field `file` or as the body: also GIF, animated WebP and APNG.

    `photo` is its first frame, a photo as any other. `seconds`, `frames` and `rate` are null where
    the file doesn't say them. 409 where the server has no semcs[video].
    """
    file, name = await receive_video(request, studio, page)
    limits = studio.settings.limits

    def keep() -> Video:
        studio.pages.make_room(page, 0)
        return keep_video(studio.pages, page, file, name, limits)

    try:
        return video_about(page, await studio.do(request, keep))
    except BaseException:
        file.unlink(missing_ok=True)
        raise


@router.get(
    "/{id}",
    responses=parts(*MEDIA.values(), ANY_MEDIA),
    response_class=StreamingResponse,
)
async def show(request: Request, page: ThePage, id: str, _range: Bytes = None) -> StreamingResponse:
    """A video as it was uploaded, whole or in parts, so that players can seek in it."""
    video = page.find(page.videos, id, "video")
    return send_file(request, video.file, video.media, saved_as(video.name), video.id)


@router.post("/{id}/frames", responses=problems(429), status_code=201)
async def frame(
    request: Request, studio: TheStudio, page: ThePage, id: str, wanted: FrameRequest
) -> dict[str, Any]:
    """The frame that is shown at a moment, as a photo; at most 8 are kept, the oldest go."""
    video = page.find(page.videos, id, "video")
    limits = studio.settings.limits

    def keep() -> Photo:
        photo = keep_moment(studio.pages, page, video, wanted.at, limits)
        remove_oldest_moments(studio.jobs, page, video)
        return photo

    return photo_about(await studio.do(request, keep))


@router.delete("/{id}", responses=problems(), status_code=204)
async def delete(studio: TheStudio, page: ThePage, id: str) -> Response:
    """Delete a video with its frames, jobs and clips."""
    remove_video(studio.jobs, page, page.find(page.videos, id, "video"))
    return Response(status_code=204)
