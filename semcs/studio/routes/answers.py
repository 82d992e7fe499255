"""What the endpoints answer, as their OpenAPI tells it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

ERRORS = {
    400: "Something in the request can't be used.",
    401: "The token is missing or wrong.",
    403: "The Host or Origin isn't this server's.",
    404: "There is no such thing, or not any more; or what words name isn't in the photo.",
    409: "It was cancelled, or can't be done now.",
    413: "The body, or the picture, is too large.",
    415: "The body is of a kind that isn't read here.",
    416: "The file has no such bytes.",
    422: "The request isn't of this form.",
    429: "Too much waits already; `Retry-After` says for how many seconds.",
}


class Problem(BaseModel):
    """Why a request isn't answered."""

    error: str = Field(description="One clear line.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an endpoint: those that are said, and what any request may get."""
    told = sorted({400, 401, 403, 404, 413, 422, *statuses})
    return {status: {"model": Problem, "description": ERRORS[status]} for status in told}


def content(*kinds: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """An answer of some media types."""
    shape = schema or {"type": "string", "format": "binary"}
    return {"content": {kind: {"schema": shape} for kind in kinds}, "description": "Done."}


def parts(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """A file of some media types, whole or in parts."""
    part = {**content(*kinds), "description": "A part."}
    return {200: content(*kinds), 206: part, **problems(416)}


PICTURES = ("image/png", "image/jpeg", "image/webp")


def file_body(*fields: str, raw: tuple[str, ...] = PICTURES, **texts: str) -> dict[str, Any]:
    """The body of a request that brings files, in a form or, where `raw`, as it is.

    Args:
        *fields: Names of the form's files; one with a `?` may be missing.
        raw: Media types of which the body may be the one file itself.
        **texts: Other fields of the form, and what they hold.
    """
    binary = {"type": "string", "format": "binary"}
    properties: dict[str, Any] = {name.rstrip("?"): dict(binary) for name in fields}
    properties |= {name: {"type": "string", "description": text} for name, text in texts.items()}
    form = {
        "type": "object",
        "properties": properties,
        "required": [name for name in fields if not name.endswith("?")],
    }
    bodies: dict[str, Any] = {"multipart/form-data": {"schema": form}}
    bodies |= {kind: {"schema": binary} for kind in raw}
    return {"requestBody": {"required": True, "content": bodies}}
