"""What a server is started with, and its limits."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from dataclasses import dataclass, field

from semcs.errors import InputError, check_whole

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
ANY_ADDRESS = ("0.0.0.0", "::")

MEBIBYTE = 2**20

_TOKEN = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Limits:
    """What one server takes on.

    Attributes:
        bytes: Of one uploaded picture.
        video_bytes: Of one uploaded video.
        pixels: Of one photo, by its header.
        json_bytes: Of one request in JSON.
        page_bytes: Of all files of one page session; its oldest results go first.
        total_bytes: Of the files of all page sessions.
        pages: Page sessions at a time.
        waiting: Pieces of work that may wait, of all clients.
        waiting_each: Pieces of work that may wait, of one client.
        size: Longest side in pixels to optimise at.
        steps: Of the optimisation.
        seconds: That an optimisation may take.
        clip_seconds: That a clip may take; what is styled until then is kept. Clips of all clients
            take turns, one at a time, so that this is also how long another one waits.
        idle_seconds: After which a page session that nobody used is deleted.
        leave_seconds: After which one that said goodbye is; a page that is loaded anew says so too.
    """

    bytes: int = 48 * MEBIBYTE
    video_bytes: int = 500_000_000
    pixels: int = 24_000_000
    json_bytes: int = MEBIBYTE
    page_bytes: int = 1536 * MEBIBYTE
    total_bytes: int = 4096 * MEBIBYTE
    pages: int = 256
    waiting: int = 512
    waiting_each: int = 64
    size: int = 1024
    steps: int = 1000
    seconds: float = 600.0
    clip_seconds: float = 3600.0
    idle_seconds: float = 3600.0
    leave_seconds: float = 15.0


@dataclass(frozen=True)
class Settings:
    """How a server is reached, and by whom.

    Attributes:
        host: Address to listen at.
        port: 0 takes one that is free.
        token: Who doesn't send it is refused; "" where the server is this machine's alone.
        page: Whether there is a page, or the API alone.
        models: "auto", "bundled" or "paper" (see `semcs.load_family`).
        device: Such as "cpu" or "cuda"; None is the GPU where there is one.
        workers: Threads that paint; one more refines, and one more styles clips.
        limits: See there.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    page: bool = True
    models: str = "auto"
    device: str | None = None
    workers: int = field(default_factory=lambda: max(2, min(8, os.cpu_count() or 1)))
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        check_whole("port", self.port, most=65535)
        check_whole("workers", self.workers, least=1, most=64)
        if not self.host or any(letter.isspace() or letter in "/@?#" for letter in self.host):
            raise InputError(f"host is {self.host!r}: a name or an address is allowed")
        if not is_loopback(self.host) and len(self.token) < 16:
            raise InputError("a server that others can reach needs a token of 16 letters or more")
        if not _TOKEN.fullmatch(self.token):
            raise InputError("token may hold the letters A-Z a-z 0-9 - _ alone")

    def answers_to(self, host: str) -> bool:
        """Whether a `Host` header, its port left out, is a name of this server.

        Any other name may be one that somebody made point here, to read from a page of theirs
        (DNS rebinding). An address can't be, so that a server at all addresses answers to each.
        """
        if host in LOOPBACK_NAMES or host == self.host.casefold():
            return True
        return self.host in ANY_ADDRESS and _is_address(host)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host.casefold() == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def make_token() -> str:
    """A token of 128 random bits."""
    return secrets.token_urlsafe(16)


def check_studio() -> None:
    """Find out before any work whether a server can be started.

    Raises:
        InputError: FastAPI, uvicorn or python-multipart isn't installed.
    """
    try:
        import fastapi  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise InputError(
            "the studio needs FastAPI, uvicorn and python-multipart: pip install 'semcs[studio]'"
        ) from error
