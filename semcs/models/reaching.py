"""Whether a server is there at all, known within seconds.

The hub's client asks a server that doesn't answer for over a minute, again and again.
"""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue
from threading import Thread

PATIENCE = 4.0  # seconds for the first sign of a server
SILENCE = 10.0  # seconds for which one that gave none isn't asked again

_silent_since: dict[str, float] = {}


def check_reachable(server: str) -> None:
    """Ask a server for a sign of life; any answer, an error too, is one.

    It takes `PATIENCE` at most, or the hub's own `HF_HUB_ETAG_TIMEOUT` where that is set, for slow
    networks. Proxies and certificates are those of the hub's client.

    Args:
        server: Its address, such as `https://huggingface.co`.

    Raises:
        ConnectionError: There was none, or the hub's client is told to stay offline.
    """
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        raise ConnectionError("HF_HUB_OFFLINE is set")
    patience = PATIENCE
    if constants.HF_HUB_ETAG_TIMEOUT != constants.DEFAULT_ETAG_TIMEOUT:
        patience = float(constants.HF_HUB_ETAG_TIMEOUT)
    # Of several models, one after the other, only the first waits.
    if time.monotonic() - _silent_since.get(server, -SILENCE) < SILENCE:
        raise ConnectionError(f"{server} didn't answer a moment ago")
    error = _ask(server, patience)
    if error is None:
        _silent_since.pop(server, None)
        return
    _silent_since[server] = time.monotonic()
    raise ConnectionError(f"{server} can't be reached: {error}")


def _ask(server: str, patience: float) -> str | None:
    """Why a server gave no sign of life; None where it did."""
    answers: SimpleQueue[str | None] = SimpleQueue()

    def ask() -> None:
        from huggingface_hub import get_session

        try:
            get_session().head(server, timeout=patience)
            answers.put(None)
        # The hub's client has changed its HTTP library, and so these errors.
        except Exception as error:
            answers.put((str(error).strip() or type(error).__name__).splitlines()[0])

    # Looking up a name can take longer than any time-out of a connection: a thread can be left.
    Thread(target=ask, name="semcs-reach", daemon=True).start()
    try:
        return answers.get(timeout=patience)
    except Empty:
        return f"no answer in {patience:g} s"
