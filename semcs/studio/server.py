"""A server that listens, and the browser that is opened at it."""

from __future__ import annotations

import logging
import signal
import socket
import webbrowser

import uvicorn

from semcs.errors import InputError
from semcs.studio.app import create_app
from semcs.studio.settings import ANY_ADDRESS, Settings

LONGEST_QUEUE = 128  # connections that wait to be taken
MOST_CONNECTIONS = 512
END_SECONDS = 2  # that open connections get

_log = logging.getLogger("semcs")


def serve(settings: Settings, *, browser: bool) -> None:
    """Serve until the process is ended.

    Args:
        settings: How it is reached.
        browser: Open the page, once the server answers.

    Raises:
        InputError: The address or port can't be had.
    """
    listening = listen(settings)
    address = address_of(settings, listening)
    config = uvicorn.Config(
        create_app(settings),
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=END_SECONDS,
        ws="none",
        proxy_headers=False,
    )
    if _log.getEffectiveLevel() > logging.DEBUG:  # what texts lead to is for who wrote them
        logging.getLogger("semcs").setLevel(logging.ERROR)
    _end_tidily_at_hangup()
    with listening:
        print(f"semcs is at {address} (Ctrl-C ends it)", flush=True)
        if browser:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listening])


def _end_tidily_at_hangup() -> None:
    """Have a closed terminal end the server as SIGTERM does: with its photos deleted."""
    number = getattr(signal, "SIGHUP", None)
    if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
        signal.signal(number, lambda _number, _frame: signal.raise_signal(signal.SIGTERM))


def listen(settings: Settings) -> socket.socket:
    """The socket of a server; connections wait in it until the server answers.

    Raises:
        InputError: The address or port can't be had.
    """
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, place = found[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(LONGEST_QUEUE)
    except OSError as error:
        reason = error.strerror or error
        where = f"{settings.host} port {settings.port}"
        raise InputError(f"can't listen at {where}: {reason}; --port chooses another") from error
    return listening


def address_of(settings: Settings, listening: socket.socket) -> str:
    """What a browser opens, with the token where there is one."""
    port = listening.getsockname()[1]
    host = "localhost" if settings.host in ANY_ADDRESS else settings.host
    shown = f"[{host}]" if ":" in host else host
    path = "/" if settings.page else "/docs"
    query = f"?token={settings.token}" if settings.token else ""
    return f"http://{shown}:{port}{path}{query}"
