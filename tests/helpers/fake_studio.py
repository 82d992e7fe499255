"""A studio whose painter is quick, and pages of the browser that use it."""

from __future__ import annotations

import io
import threading
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("fastapi")

from PIL import Image
from starlette.testclient import TestClient

from semcs.image import load
from semcs.studio.pages import new_id
from semcs.studio.room import Room, content_of
from semcs.stylizer.layers import Layer

API = "/api/v1"


class FakeStep:
    def __init__(self, index, steps):
        self.index, self.steps = index, steps

    def preview(self):
        return np.full((8, 12, 3), self.index, np.uint8)


class FakeSeen:
    """Finds the left half, whatever is asked for."""

    def __init__(self, data):
        self.picture = load(data)
        self.searches = []

    def half(self):
        mask = np.zeros(self.picture.size, np.float32)
        mask[:, : mask.shape[1] // 2] = 1
        return mask

    def salient(self, rule="cues", invert=False):
        return 1 - self.half() if invert else self.half()

    def sureness(self):
        return 0.75

    def words(self, words):
        return self.find(text=words)

    def find(self, **search):
        self.searches.append(search)
        return self.half()


class FakeRoom(Room):
    """Inverts pictures; takes as many steps as asked, each when `step_allowed` lets it."""

    def __init__(self):
        super().__init__("bundled")
        self.painted, self.fails = [], None
        self.begin_allowed, self.step_allowed = threading.Event(), threading.Event()
        self.begin_allowed.set()
        self.step_allowed.set()
        self.looked_at = {}

    def warm(self):
        self.is_warm = True

    def seen(self, file):
        return self.looked_at.setdefault(file, FakeSeen(content_of(file)))

    def paint(self, file, options, on_step=lambda step: True):
        self.painted.append(options)
        assert self.begin_allowed.wait(60)
        if self.fails is not None:
            raise self.fails
        image = Image.fromarray((255 - load(content_of(file)).rgb * 255).astype(np.uint8))
        total, steps = options.get("steps", 0), 0
        for index in range(1, total + 1):
            assert self.step_allowed.wait(60)
            steps += 1
            if not on_step(FakeStep(index, total)):
                break
        layers = [Layer("all", image.convert("RGBA"))]
        return SimpleNamespace(
            image=image,
            layers=layers,
            seconds={"total": 0.01},
            looks=[{"by": "looks"}],
            models={"family": "bundled"},
        ), steps

    def thumbnail(self, file, look, mask, side):
        self.painted.append({"look": look, "mask": mask})
        buffer = io.BytesIO()
        image = Image.open(io.BytesIO(content_of(file))).convert("RGB")
        image.thumbnail((side, side))
        image.save(buffer, "JPEG")
        return buffer.getvalue()


class Client(TestClient):
    """A page of the browser."""

    def __init__(self, app, **options):
        self.page = new_id()
        headers = {"X-Semcs-Page": self.page, **options.pop("headers", {})}
        base_url = options.pop("base_url", "http://127.0.0.1:8765")
        super().__init__(app, base_url=base_url, headers=headers, **options)

    def upload(self, image, name="photo.png"):
        answer = self.post(f"{API}/photos", files={"file": (name, png(image))})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def find(self, photo, **wanted):
        answer = self.post(f"{API}/photos/{photo}/mask", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


def png(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def picture_of(answer):
    assert answer.status_code == 200, answer.text
    return Image.open(io.BytesIO(answer.content))
