"""The studio: how soon pictures are there, for how many, and what nonsense does to it.

    python -m benchmarks.studio [--clients 16] [--pictures 20] [--side 1024] [--malformed 2000]
                                [--json]

Each part starts a `semcs studio` of its own, with the bundled models, and asks it over HTTP.

- one person: seconds until the page is there, from the start of the process; until the mask and the
  first styled picture are, from the drop of a photo of --side pixels some seconds later; until all
  looks are there as thumbnails of that photo, and the longest wait for a picture beside them; for a
  change of a slider and of a text (preset instant, at 512 pixels, its JPEG)
- many: --clients at a time, each asking for --pictures one after the other; a wait is from the
  request to the picture
- malformed: requests that schemathesis makes up from the server's OpenAPI. A fault is a status of
  500 and more, a traceback, an error that isn't one line of JSON, a status that the OpenAPI lacks

Needs Linux (it reads /proc) and `pip install 'semcs[studio,dev]'`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from benchmarks.commands import add_json, command_parser, one_line_errors
from benchmarks.speed.command import cpu
from benchmarks.studio.malformed import ask
from benchmarks.studio.serving import client_of, photo, served, upload
from benchmarks.studio.waits import of_many, of_one


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """All that was asked for."""
    found: dict[str, Any] = {}
    with served() as server:
        found["one person"] = of_one(server, asked.side)
    if asked.clients:
        with served(page=False) as server:
            of_many(server, 2, 1, asked.side)  # warm
            found["many"] = of_many(server, asked.clients, asked.pictures, asked.side)
    if asked.malformed:
        found["malformed"] = malformed(asked.malformed)
    return found


def malformed(count: int) -> dict[str, Any]:
    """What made-up requests came to."""
    import schemathesis

    with served(page=False) as server, client_of(server) as client:
        ids = {"page": client.headers["X-Semcs-Page"], "id": upload(client, photo(96))}
        schema = schemathesis.openapi.from_url(f"{server.address}/api/v1/openapi.json")
        answers = ask(schema, count, ids, host=server.address.split("/")[-1])
        client.get("/about").raise_for_status()
        return {
            "requests": answers.count,
            "statuses": dict(sorted(answers.statuses.items())),
            "faults": answers.faults,
            "alive": server.is_alive,
        }


def table(found: dict[str, Any]) -> str:
    """Lines for people."""
    lines = []
    for part, values in found.items():
        lines.append(f"{part}:")
        for name, value in values.items():
            shown = f"{value:.2f}" if isinstance(value, float) else str(value)
            lines.append(f"  {name:24}{shown}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = command_parser("studio", __doc__)
    parser.add_argument("--clients", type=int, default=16, help="0 for none (default %(default)s)")
    parser.add_argument("--pictures", type=int, default=20, help="of each (default %(default)s)")
    parser.add_argument(
        "--side", type=int, default=1024, help="of the photos, in pixels (default %(default)s)"
    )
    parser.add_argument(
        "--malformed", type=int, default=2000, help="requests; 0 for none (default %(default)s)"
    )
    add_json(parser)
    asked = parser.parse_args(argv)
    with one_line_errors():
        found = measure(asked)
    print(json.dumps({"cpu": cpu(), **found}) if asked.json else f"{cpu()}\n{table(found)}")
