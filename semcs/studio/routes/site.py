"""The page's own files, and the page of the API."""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from semcs.studio.documentation import STYLE, page_of
from semcs.studio.refusals import Refused

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}

page = APIRouter(include_in_schema=False)
docs = APIRouter(include_in_schema=False)


@page.get("/")
async def index(request: Request) -> Response:
    """The page."""
    request.app.state.studio.shown.set()
    return _file(request, "index.html")


@page.get("/static/{name:path}")
async def static(request: Request, name: str) -> Response:
    """A file of the page."""
    return _file(request, name)


@docs.get("/docs")
async def documentation(request: Request) -> Response:
    """The API for people."""
    return _page_file(request, page_of(request.app.openapi()).encode(), ".html")


@docs.get("/docs.css")
async def style(request: Request) -> Response:
    """Its style, as the policy allows none in the page itself."""
    return _page_file(request, STYLE.encode(), ".css")


def _file(request: Request, name: str) -> Response:
    """One of the files that the package holds; a name is looked up, and no path is made of it."""
    found = page_files().get(name)
    if found is None:
        raise Refused(404, "the page has no such file")
    return _page_file(request, found, name[name.rfind(".") :])


def _page_file(request: Request, data: bytes, suffix: str) -> Response:
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers: dict[str, Any] = {"ETag": tag, "Cache-Control": "no-cache"}  # asked for, sent if new
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=TYPES[suffix], headers=headers)


@functools.cache
def page_files() -> dict[str, bytes]:
    """The page's files by their path below its folder; of kinds that a page is made of alone."""
    return dict(_below(files("semcs.studio") / "page", ""))


def _below(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    if not folder.is_dir():
        return found
    for entry in folder.iterdir():
        name = prefix + entry.name
        if entry.is_dir():
            found += _below(entry, f"{name}/")
        elif name[name.rfind(".") :] in TYPES:
            found.append((name, entry.read_bytes()))
    return found
