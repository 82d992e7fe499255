"""Photos and videos that are deleted, with all that is of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from semcs.studio.jobs import Jobs
from semcs.studio.pages import Page, Photo, Video
from semcs.studio.videos import MOST_MOMENTS


def remove_photo(jobs: Jobs, page: Page, photo: Photo) -> None:
    """Delete a photo with its masks, thumbnails, jobs and results; and its video, as the first."""
    with page.lock:
        page.photos.pop(photo.id, None)
        for job in [job for job in page.jobs.values() if job.task.photo == photo.id]:
            jobs.cancel(page, job)
        for kept in [kept for kept in page.results.values() if kept.photo == photo.id]:
            page.results.pop(kept.id).delete()
        for mask in [mask for mask in page.masks.values() if mask.photo == photo.id]:
            del page.masks[mask.id]
            _unlink(page.folder.glob(f"{mask.id}*"))
        _unlink(page.folder.glob(f"{photo.id}*"))
        for video in [video for video in page.videos.values() if video.photo == photo.id]:
            remove_video(jobs, page, video)


def remove_video(jobs: Jobs, page: Page, video: Video) -> None:
    """Delete a video with the photos that are frames of it, its jobs and results."""
    with page.lock:
        page.videos.pop(video.id, None)
        for id in (video.photo, *video.moments.values()):
            if id in page.photos:
                remove_photo(jobs, page, page.photos[id])
        video.file.unlink(missing_ok=True)


def remove_oldest_moments(jobs: Jobs, page: Page, video: Video) -> None:
    """Delete the frames of a video that are too many."""
    with page.lock:
        while len(video.moments) > MOST_MOMENTS:
            id = video.moments.pop(next(iter(video.moments)))
            if id in page.photos:
                remove_photo(jobs, page, page.photos[id])


def _unlink(files: Iterable[Path]) -> None:
    for file in list(files):
        file.unlink(missing_ok=True)
