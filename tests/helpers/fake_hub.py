"""A server on this machine that stands for the models' hub and for GitHub."""

from __future__ import annotations

import hashlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
from huggingface_hub import constants
from safetensors.numpy import save

from semcs.models.registry import ModelSource

WEIGHTS = save({"weight": np.arange(1000, dtype=np.float32)})
PORTAL = b"<!DOCTYPE html><title>Sign in</title>Welcome to the network of this hotel."
REVISION = "0123456789012345678901234567890123456789"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def network(**changes: object) -> ModelSource:
    fields: dict[str, object] = {
        "name": "net",
        "summary": "a network",
        "role": "content",
        "licence": "MIT",
        "repo": "them/net",
        "file": "model.safetensors",
        "revision": REVISION,
    }
    return ModelSource(**{**fields, **changes})


PUBLISHED = network(sha256=sha256(WEIGHTS))
UNPUBLISHED = network(size=len(WEIGHTS))
ON_GITHUB = network(host="github", role="metric", file="weights/net.pt", sha256=sha256(WEIGHTS))


class FakeHub:
    """Serves one content under every address, and remembers which files it was asked for.

    Attributes:
        content: What it sends.
        etag: What it says that this is, as the hub's header does; the content's hash by default.
        seconds: How long it takes.
        url: Where it is.
        asked: Paths of the files that it was asked for.
    """

    def __init__(self) -> None:
        self.content, self.etag, self.seconds = WEIGHTS, "", 0.0
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.send_response(404 if self.path.startswith("/api/") else 200)
                self.send_header("X-Repo-Commit", REVISION)
                self.send_header("ETag", f'"{hub.etag or sha256(hub.content)}"')
                self.send_header("Content-Length", str(len(hub.content)))
                self.end_headers()

            def do_GET(self) -> None:
                if not self.path.startswith("/api/"):
                    hub.asked.append(self.path)
                    time.sleep(hub.seconds)
                self.do_HEAD()
                self.wfile.write(hub.content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def cache_folder(repo: str) -> Path:
    return Path(constants.HF_HUB_CACHE) / f"models--{repo.replace('/', '--')}"


def files_in(folder: Path) -> list[str]:
    """Names of the files and links below a folder, without the locks and marks of the client."""
    found = [file for file in folder.rglob("*") if file.is_symlink() or file.is_file()]
    kept = [file for file in found if file.suffix != ".lock" and "refs" not in file.parts]
    return sorted(file.name for file in kept if file.name != "CACHEDIR.TAG")
