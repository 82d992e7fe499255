"""What every request passes before anything else looks at it, and what every answer carries.

Host and Origin are checked, so that no page of somebody else's can use a server on this machine;
the token, where there is one; and the bytes of the body while they come in.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from semcs.studio.refusals import refusal, status_and_line
from semcs.studio.settings import Settings

API = "/api/v1"
READING = ("GET", "HEAD")
# `sendBeacon` can't send a header; the page's own id, of 128 bits, is what it shows.
WITHOUT_TOKEN = (f"{API}/pages/goodbye",)
FORM_ROOM = 2**16  # bytes of a form around its files
FILES = {f"{API}/score": 3}  # how many files a request may bring; one elsewhere
VIDEOS = f"{API}/videos"

POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        said = _protected(send)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await refused(scope, receive, said)
            return
        body = _Counted(receive, said, self._most_bytes(scope, headers))
        try:
            await self._app(scope, body.receive, body.send)
        except ClientDisconnect:
            return  # nobody is there to be told
        except Exception as error:
            if body.has_begun:
                raise
            await refusal(*status_and_line(error))(scope, receive, said)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self._settings.answers_to(_name_of(host)):
            return refusal(403, f"this server doesn't answer to the name {host[:80]!r}")
        if scope["method"] not in READING and not _is_own(headers, host):
            return refusal(403, "a page of another origin may not change anything here")
        if self._lacks_token(scope, headers):
            asked = {"WWW-Authenticate": "Bearer"}
            return refusal(401, "a token is needed: the one that the server has printed", asked)
        declared = headers.get("content-length", "0")
        most = self._most_bytes(scope, headers)
        if not (declared.isascii() and declared.isdigit()):
            return refusal(400, "Content-Length is no whole number")
        return _too_large(most) if len(declared) > 18 or int(declared) > most else None

    def _lacks_token(self, scope: Scope, headers: Headers) -> bool:
        """Whether the token is missing or wrong; the page's own files hold nothing that is secret.

        A page asks for them before it can read the token from its address.
        """
        path = scope["path"]
        if not self._settings.token or path in WITHOUT_TOKEN or not path.startswith("/api/"):
            return False
        scheme, _, sent = headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer":
            sent = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return not secrets.compare_digest(sent.strip().encode(), self._settings.token.encode())

    def _most_bytes(self, scope: Scope, headers: Headers) -> int:
        limits = self._settings.limits
        kind = headers.get("content-type", "").split(";")[0].strip().casefold()
        brings_file = kind in ("multipart/form-data", "application/octet-stream")
        if scope["path"] == VIDEOS and (brings_file or kind.startswith(("video/", "image/"))):
            return limits.video_bytes + FORM_ROOM
        if brings_file or kind.startswith("image/"):
            return limits.bytes * FILES.get(scope["path"], 1) + FORM_ROOM
        return limits.json_bytes


class _Counted:
    """A body whose bytes are counted as they come in; too many end the request with 413."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send, self._most = receive, send, most
        self._bytes, self.has_begun, self._over = 0, False, False

    async def receive(self) -> Message:
        if self._over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        if message["type"] == "http.request":
            self._bytes += len(message.get("body", b""))
            if self._bytes > self._most:
                await self._refuse()
                return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        if self._over:
            return  # whatever the app makes of it: the answer is given
        self.has_begun = True
        await self._send(message)

    async def _refuse(self) -> None:
        self._over = True
        if not self.has_begun:
            answer = _too_large(self._most)
            await answer({"type": "http"}, self._receive, self._send)


def _too_large(most: int) -> Response:
    line = f"that is more than the {most:,} bytes that are allowed here"
    return refusal(413, line, {"Connection": "close"})


def _protected(send: Send) -> Send:
    """Have every answer carry what keeps a browser from doing more than is meant."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sent


def _name_of(host: str) -> str:
    """A `Host` header without its port, in small letters; "" of what is none."""
    if any(letter in host for letter in "/@?#\\ "):
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a request comes from a page of this server, or from no page at all."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.casefold() in (
        f"http://{host.casefold()}",
        f"https://{host.casefold()}",  # behind a proxy that speaks TLS
    )
