"""A server of its own process, and clients of it."""

from __future__ import annotations

import io
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

START_SECONDS = 60


@dataclass
class Served:
    """A server that listens.

    Attributes:
        address: Such as `http://127.0.0.1:8765`.
        process: Its own.
        began: When it was started, by `time.monotonic`.
    """

    address: str
    process: subprocess.Popen[str]
    began: float

    @property
    def peak_megabytes(self) -> float:
        """The most memory that it has had so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None


@contextmanager
def served(page: bool = True, python: str | Path = sys.executable) -> Iterator[Served]:
    """A `semcs studio` of the bundled models, at a free port.

    Args:
        page: Without it, a `semcs serve`.
        python: The interpreter of its environment.
    """
    command = ["studio", "--no-browser"] if page else ["serve"]
    began = time.monotonic()
    process = subprocess.Popen(
        [python, "-m", "semcs", *command, "--port", "0", "--models", "bundled"],
        cwd=tempfile.gettempdir(),  # in a checkout, its semcs would run instead
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = next(word for word in said.split() if word.startswith("http"))
        yield Served("/".join(address.split("/")[:3]), process, began)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def client_of(server: Served) -> Any:
    """A page of a browser, as an `httpx.Client` below `/api/v1`."""
    import httpx

    headers = {"X-Semcs-Page": secrets.token_hex(16)}
    return httpx.Client(base_url=f"{server.address}/api/v1", headers=headers, timeout=300)


def photo(longest: int = 1024) -> bytes:
    """scikit-learn's flower as JPEG, brought to a longest side."""
    from sklearn.datasets import load_sample_image

    image = Image.fromarray(np.asarray(load_sample_image("flower.jpg")))
    ratio = longest / max(image.size)
    size = (round(image.width * ratio), round(image.height * ratio))
    buffer = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def upload(client: Any, data: bytes) -> str:
    """The id of a photo that is uploaded."""
    answer = client.post("/photos", files={"file": ("flower.jpg", data)})
    answer.raise_for_status()
    return str(answer.json()["id"])
