"""A studio that listens, and tabs of a real browser on its page."""

from __future__ import annotations

import io
import json
import shutil
import threading
import time

import httpx
import numpy as np
import pytest
import uvicorn
from PIL import Image
from sklearn.datasets import load_sample_image

from semcs.studio.app import create_app
from semcs.studio.server import listen
from semcs.studio.settings import Settings

try:
    from playwright.sync_api import expect, sync_playwright
except ImportError:
    sync_playwright = None

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
WAIT = 30_000  # milliseconds that anything may take
WIDE = {"width": 1440, "height": 900}
FAILED_LOAD = "Failed to load resource"  # what Chromium itself writes of an answer such as 404


class Studio:
    """A server in a thread, with the bundled models; its page's photos go with it."""

    def __init__(self, port=0):
        settings = Settings(port=port, models="bundled")
        self._socket = listen(settings)
        self.port = self._socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(create_app(settings), log_level="error", ws="none")
        config.timeout_graceful_shutdown = 1
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )
        self._thread.start()

    def stop(self):
        self._server.should_exit = True
        self._thread.join(60)
        self._socket.close()


class Tab:
    """A tab on the page, as a person uses it.

    Attributes:
        page: Playwright's.
        outside: Addresses that the page asked for beside its server.
        errors: What the browser's console complained of.
    """

    def __init__(self, studio, page):
        self.studio, self.page = studio, page
        self.outside, self.errors = [], []
        page.set_default_timeout(WAIT)
        page.on("request", self._note_request)
        page.on("console", self._note_words)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note_request(self, request):
        if not request.url.startswith((self.studio.address, "blob:", "data:")):
            self.outside.append(request.url)

    def _note_words(self, words):
        if words.type == "error" and not words.text.startswith(FAILED_LOAD):
            self.errors.append(words.text)

    def start(self):
        self.page.goto(self.studio.address)
        expect(self.page.locator("#choose-photo")).to_be_visible(timeout=WAIT)
        return self

    def open_photo(self, photo, name="photo.png"):
        self.page.set_input_files(
            "#photo-file", {"name": name, "mimeType": "image/png", "buffer": photo}
        )
        self.says("Choose a style")

    def open_photos(self, files):
        """Several at once, from names to bytes."""
        many = [
            {"name": name, "mimeType": "image/png", "buffer": data} for name, data in files.items()
        ]
        self.page.set_input_files("#photo-file", many)
        expect(self.tiles()).to_have_count(len(files), timeout=WAIT)
        self.settle()

    def tiles(self):
        return self.page.locator(".tile")

    def open_video(self, clip, name="clip.mp4"):
        self.page.set_input_files(
            "#photo-file", {"name": name, "mimeType": "video/mp4", "buffer": clip}
        )
        self.says("Choose a style")
        self.settle()

    def says(self, words):
        expect(self.page.locator("#status")).to_contain_text(words, timeout=WAIT)

    def settle(self):
        """Wait until nothing is found or painted."""
        self.page.wait_for_timeout(400)  # changes are gathered for a moment
        self.page.locator("body:not(.working)").wait_for(timeout=WAIT)

    def choose(self, region):
        self.page.locator(".region-choose", has_text=region).click()

    def style(self, text):
        self.page.fill("#style-text", text)
        self.page.press("#style-text", "Enter")
        self.settle()

    def regions(self):
        return self.page.locator(".region-words b").all_inner_texts()

    def point(self, x, y):
        """A place of the photo, 0 to 1 each way, on the screen: the stage shows all of it."""
        stage = self.page.locator("#stage-canvas").bounding_box()
        width, height = self.state()["photo"]["width"], self.state()["photo"]["height"]
        scale = min((stage["width"] - 56) / width, (stage["height"] - 56) / height, 8)
        return (
            stage["x"] + stage["width"] / 2 + (x - 0.5) * width * scale,
            stage["y"] + stage["height"] / 2 + (y - 0.5) * height * scale,
        )

    def click(self, x, y, **more):
        self.page.mouse.click(*self.point(x, y), **more)
        self.settle()

    def drag(self, start, end, steps=12):
        self.page.mouse.move(*self.point(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.point(*end), steps=steps)
        self.page.mouse.up()
        self.settle()

    def stage(self):
        """The stage's pixels, as they are seen."""
        shot = self.page.locator("#stage-canvas").screenshot()
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)

    def state(self):
        """What the tab would have again after a reload."""
        self.page.wait_for_timeout(250)
        return json.loads(self.page.evaluate("() => sessionStorage.getItem('semcs-state')"))

    def mask(self, name):
        """The mask of a region as the server has it, (H, W) in [0, 1]."""
        regions = self.state()["work"]["regions"]
        (id,) = (region["mask"] for region in regions if region["name"] == name)
        page = self.page.evaluate("() => sessionStorage.getItem('semcs-page')")
        address = f"{self.studio.address}/api/v1/masks/{id}"
        answer = httpx.get(address, headers={"X-Semcs-Page": page}, timeout=60)
        return np.asarray(Image.open(io.BytesIO(answer.content))) / 255

    def download(self, kind):
        """The bytes that a person gets, and the file's name."""
        self.page.click("#download")
        with self.page.expect_download(timeout=WAIT) as waiting:
            self.page.click(f"[data-format={kind}]")
        return waiting.value.path().read_bytes(), waiting.value.suggested_filename


@pytest.fixture(scope="session")
def chromium():
    if sync_playwright is None:
        pytest.skip("Playwright isn't installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("Chromium isn't installed: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def new_studio():
    return Studio


@pytest.fixture(scope="session")
def studio(chromium):
    studio = Studio()
    deadline = time.monotonic() + 60
    while not httpx.get(f"{studio.address}/api/v1/about", timeout=60).json()["ready"]:
        assert time.monotonic() < deadline, "the studio never got ready"
        time.sleep(0.1)
    yield studio
    studio.stop()


@pytest.fixture
def new_tab(studio, chromium):
    """Makes tabs; at the end, none may have asked elsewhere or have had an error."""
    tabs, contexts = [], []

    def make(viewport=WIDE, studio=studio, **options):
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        tabs.append(Tab(studio, context.new_page()).start())
        return tabs[-1]

    yield make
    for context in contexts:
        context.close()
    assert [tab.outside for tab in tabs] == [[] for _ in tabs]
    assert [tab.errors for tab in tabs] == [[] for _ in tabs]


@pytest.fixture
def tab(new_tab):
    return new_tab()


@pytest.fixture
def restarted(new_tab, new_studio):
    """A tab, and a function that starts its server again: an empty one, at the same address."""
    studios = [new_studio()]

    def start_again():
        studios[-1].stop()
        studios.append(new_studio(studios[-1].port))

    yield new_tab(studio=studios[0]), start_again
    studios[-1].stop()


@pytest.fixture(scope="session")
def flower():
    """A flower before leaves, 320 × 214, as PNG."""
    return png(Image.fromarray(load_sample_image("flower.jpg")).resize((320, 214)))


@pytest.fixture(scope="session")
def photos():
    """Three photos of a subject before something else, by name."""
    flower = Image.fromarray(load_sample_image("flower.jpg")).resize((320, 214))
    turned = flower.transpose(Image.Transpose.ROTATE_90)
    mirrored = flower.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return {"one.png": png(flower), "two.png": png(turned), "three.png": png(mirrored)}


@pytest.fixture(scope="session")
def clip(tmp_path_factory):
    """2 s of 8 frames a second, see `wandering`."""
    return wandering(tmp_path_factory.mktemp("clips") / "clip.mp4", 16)


@pytest.fixture(scope="session")
def long_clip(tmp_path_factory):
    """20 s: more than is styled while a test looks on."""
    return wandering(tmp_path_factory.mktemp("clips") / "clip.mp4", 160)


def wandering(file, frames):
    """The flower wandering to the left and back, 160 × 106, as MP4."""
    av = pytest.importorskip("av")
    flower = Image.fromarray(load_sample_image("flower.jpg")).resize((192, 128))
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=8)
        stream.width, stream.height, stream.pix_fmt = 160, 106, "yuv420p"
        for index in range(frames):
            left = 2 * min(index % 32, 32 - index % 32)
            frame = flower.crop((left, 11, left + 160, 117))
            container.mux(stream.encode(av.VideoFrame.from_image(frame)))
        container.mux(stream.encode())
    return file.read_bytes()


def png(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
