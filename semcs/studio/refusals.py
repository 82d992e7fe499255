"""Every error as one clear line of JSON."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from semcs.errors import (
    DivergenceError,
    InputError,
    ModelUnavailableError,
    NotFoundError,
    SemcsError,
)
from semcs.studio.asking import KIND

MOST_LETTERS = 500  # of an error's line

_log = logging.getLogger("semcs")


class Refused(Exception):
    """A request that isn't answered with what it asked for."""

    def __init__(self, status: int, line: str, *, retry_after: int | None = None) -> None:
        super().__init__(line)
        self.status, self.line, self.retry_after = status, line, retry_after


def refusal(status: int, line: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer `{"error": line}`; in ASCII, as a line may repeat letters that no UTF-8 has."""
    said = " ".join(line.split())
    said = said if len(said) <= MOST_LETTERS else f"{said[:MOST_LETTERS]}…"
    body = json.dumps({"error": said})
    return Response(body, status, dict(headers or {}), "application/json")


def status_and_line(error: BaseException) -> tuple[int, str]:
    """How a failure is told; of a fault of our own, nothing but that there is one."""
    if isinstance(error, Refused):
        return error.status, error.line
    if isinstance(error, NotFoundError):
        return 404, str(error)
    if isinstance(error, ModelUnavailableError):
        return 409, str(error)
    if isinstance(error, DivergenceError):
        return 409, str(error)
    if isinstance(error, (InputError, SemcsError)):
        return 400, str(error)
    if isinstance(error, MemoryError) or "can't allocate memory" in str(error):
        return 413, "there isn't enough memory for this picture: try a smaller one"
    _log.error("a request failed", exc_info=error)
    return 500, "something went wrong inside of the server; its log says what"


def answer_errors(app: FastAPI) -> None:
    """Have an app answer all its errors in one line."""

    async def told(_request: Request, error: Exception) -> Response:
        status, line = status_and_line(error)
        wait = getattr(error, "retry_after", None)
        return refusal(status, line, None if wait is None else {"Retry-After": str(wait)})

    async def invalid(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return refusal(422, _line_of(error.errors()))

    async def other(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        line = str(error.detail)
        if error.status_code == 404:
            line = "there is nothing at this address; /docs lists what there is"
        return refusal(error.status_code, line, error.headers)

    app.add_exception_handler(Refused, told)
    app.add_exception_handler(SemcsError, told)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, other)


def _line_of(errors: Any) -> str:
    """The first of pydantic's errors, with where it is."""
    first = errors[0]
    parts = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
    where = ".".join(part for part in parts if not part.startswith(KIND))
    return f"{where or 'request'}: {first['msg']}"
