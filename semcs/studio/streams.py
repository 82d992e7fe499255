"""Server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi.responses import StreamingResponse

from semcs.studio.jobs import Job
from semcs.studio.work import Work

POLL_SECONDS = 0.05
ALIVE_SECONDS = 10.0  # after which a comment tells proxies that the stream is still there


def event(name: str, data: Any) -> bytes:
    """One event with its data as JSON; "message" is the one without a name."""
    head = "" if name == "message" else f"event: {name}\n"
    return f"{head}data: {json.dumps(data)}\n\n".encode()


def stream(events: AsyncIterator[bytes]) -> StreamingResponse:
    """The answer that sends them one by one."""
    return StreamingResponse(
        events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def job_events(job: Job, work: Work) -> AsyncIterator[bytes]:
    """`place` and `step` whenever they change, and `done`, `stopped` or `failed` at the end."""
    told: tuple[object, ...] | None = None
    quiet = 0.0
    while job.is_open:
        place = job.place(work)
        now = (place, job.phase, job.step, job.previewed, job.state)
        if now != told:
            told, quiet = now, 0.0
            yield event("place" if job.state == "waiting" else "step", job.about(work))
        await asyncio.sleep(POLL_SECONDS)
        quiet += POLL_SECONDS
        if quiet >= ALIVE_SECONDS:
            quiet = 0.0
            yield b": still here\n\n"
    yield event(job.state, job.about(work))
