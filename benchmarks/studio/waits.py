"""How long one waits: for the page, the first picture, thumbnails, a slider; and among many."""

from __future__ import annotations

import json
import threading
import time
from statistics import fmean, median
from typing import Any

from benchmarks.studio.serving import Served, client_of, photo, upload

LOOKS = ("gold", "snow", "oil painting", "watercolor", "mosaic", "ink wash", "neon", "woodcut")
SETTLE_SECONDS = 8.0  # a person takes longer to find a photo to drop


def of_one(server: Served, longest: int) -> dict[str, float]:
    """What one person waits for, in seconds.

    Args:
        server: Just started.
        longest: Side of the photo that is dropped, in pixels.
    """
    waits = {"first page": page_there(server)}
    time.sleep(SETTLE_SECONDS)
    with client_of(server) as client:
        id, mask, first = first_picture(client, longest)
        waits |= first
        waits |= _thumbnails(client, id, mask)
        taken = [_timed(client, id, mask, strength=0.5 + step / 20) for step in range(10)]
        waits |= {"slider, median": median(taken), "slider, longest": max(taken)}
        texts = [_timed(client, id, mask, bg=look) for look in LOOKS]
        waits |= {"text, median": median(texts), "text, longest": max(texts)}
    return waits


def page_there(server: Served) -> float:
    """Seconds from the start of a server until its page is there."""
    import httpx

    httpx.get(server.address).raise_for_status()
    return time.monotonic() - server.began


def first_picture(client: Any, longest: int) -> tuple[str, str, dict[str, float]]:
    """Drop a photo and have it styled: the ids of photo and mask, and the seconds of each."""
    began = time.monotonic()
    id = upload(client, photo(longest))
    mask = client.post(f"/photos/{id}/mask", json={}).json()["id"]
    waits = {"mask after the drop": time.monotonic() - began}
    _styled(client, id, mask)
    return id, mask, {**waits, "styled after the drop": time.monotonic() - began}


def of_many(server: Served, clients: int, pictures: int, longest: int) -> dict[str, float]:
    """Clients that each ask for one picture after the other.

    Args:
        server: That is warm.
        clients: How many.
        pictures: That each asks for.
        longest: Side of the photos in pixels.
    """
    data = photo(longest)
    waits: list[float] = []
    errors: list[str] = []

    def run(number: int) -> None:
        with client_of(server) as client:
            try:
                id = upload(client, data)
                mask = client.post(f"/photos/{id}/mask", json={}).json()["id"]
                ready.wait()
                for turn in range(pictures):
                    look = LOOKS[(number + turn) % len(LOOKS)]
                    waits.append(_timed(client, id, mask, bg=look, seed=turn))
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}")
                ready.abort()

    ready = threading.Barrier(clients)
    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for line in errors:
        print(line)
    if not waits:
        return {"pictures": 0, "errors": len(errors)}
    return {
        "pictures": len(waits),
        "errors": len(errors),
        "seconds": time.monotonic() - began,
        "mean wait": fmean(waits),
        "longest wait": max(waits),
        "longest over mean": max(waits) / fmean(waits),
        "peak megabytes": server.peak_megabytes,
    }


def _styled(client: Any, id: str, mask: str, **said: Any) -> None:
    wanted = {"photo": id, "fg": "gold", "bg": "snow", "mask": mask, "side": 512, **said}
    answer = client.post("/stylize", json=wanted, headers={"Accept": "image/jpeg"})
    answer.raise_for_status()


def _timed(client: Any, id: str, mask: str, **said: Any) -> float:
    began = time.monotonic()
    _styled(client, id, mask, **said)
    return time.monotonic() - began


def _thumbnails(client: Any, id: str, mask: str) -> dict[str, float]:
    """All looks; meanwhile, a picture is asked for now and then."""
    looks = [look["name"] for look in client.get("/looks").json()]
    began, first, count = time.monotonic(), 0.0, 0
    beside: list[float] = []
    with client.stream("POST", f"/photos/{id}/thumbnails", json={"looks": looks}) as events:
        for line in events.iter_lines():
            if line.startswith("data: "):
                json.loads(line[6:])
                count += 1
                first = first or time.monotonic() - began
                if count % 30 == 0:
                    beside.append(_timed(client, id, mask, strength=count / 200))
    assert count == len(looks)
    return {
        "first thumbnail": first,
        "all thumbnails": time.monotonic() - began - sum(beside),
        "a picture meanwhile": max(beside),
    }
