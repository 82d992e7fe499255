"""What tests of the studio's jobs and videos share."""

from __future__ import annotations

import io
import json
import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from clips import grey_of
from fake_studio import API, FakeRoom, FakeStep
from PIL import Image

from semcs.video.files.clip import last_end
from semcs.video.files.reading import open_reader
from semcs.video.files.writing import open_writer
from semcs.video.part import Part, check_times

WAIT = 60  # seconds, on however busy a machine


class ClipRoom(FakeRoom):
    """Inverts clips, each frame when `step_allowed` lets it; before, as many steps as asked.

    Attributes:
        clips: Keywords that were handed in.
        passed: How many frames were looked at, steps taken and frames painted.
        most_passed: How many may be.
    """

    def __init__(self):
        super().__init__()
        self.clips, self.passed, self.most_passed = [], 0, np.inf

    def _wait(self):
        assert self.step_allowed.wait(WAIT)
        end = time.monotonic() + WAIT
        while self.passed >= self.most_passed:
            assert time.monotonic() < end
            time.sleep(0.005)
        self.passed += 1

    def paint_clip(self, source, output, options, on_frame, on_training):
        self.clips.append(options)
        if self.fails is not None:
            raise self.fails
        reader = open_reader(source)
        start, stop = check_times(options.get("start"), options.get("stop"))
        part, frames = Part(start, stop), []
        total = options.get("steps", 0)
        steps = [FakeStep(index, total) for index in range(1, total + 1)]
        for seen in [*part.frames(reader), *steps] if steps else []:
            self._wait()
            if on_training(seen) is False:
                break
        for frame in part.frames(reader):
            self._wait()
            frames.append(replace(frame, rgb=255 - frame.rgb))
            if on_frame(frames[-1]) is False:
                stop = frame.time + 1 / reader.rate
                break
        chunk = output.with_suffix(".chunk")
        writer = open_writer(output, reader, quality=options.get("quality"))
        writer.encode_chunk(frames, chunk)
        writer.join([chunk], start, stop)
        chunk.unlink()
        return SimpleNamespace(
            output=output,
            frames=len(frames),
            clip_seconds=float(last_end(reader, frames[-1].time, stop) - start),
            seconds=0.01,
            looks=[{"by": "looks"}],
            models={"family": "bundled"},
            file_size=output.stat().st_size,
        )


def state(client, job):
    return client.get(f"{API}/jobs/{job}").json()


def wait_for(client, job, **wanted):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        said = state(client, job)
        if all(said[name] == value for name, value in wanted.items()):
            return said
        time.sleep(0.01)
    raise AssertionError(said)


def events(client, job):
    lines = client.get(f"{API}/jobs/{job}/events").text.split("\n\n")
    pairs = [line.split("\ndata: ") for line in lines if "\ndata: " in line]
    return [(name.removeprefix("event: "), json.loads(data)) for name, data in pairs]


def upload(client, data, name="clip.mp4"):
    """The answer to a video, given by its path or its bytes."""
    data = data if isinstance(data, bytes) else data.read_bytes()
    return client.post(f"{API}/videos", files={"file": (name, data)})


def files_of(app):
    return sorted(p for p in app.state.studio.pages.folder.rglob("*") if p.is_file())


def animation(kind):
    """Three frames of a fifth of a second."""
    frames = [Image.new("RGB", (40, 30), (grey_of(index),) * 3) for index in range(3)]
    buffer = io.BytesIO()
    more = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(
        buffer, kind, save_all=True, append_images=frames[1:], duration=200, loop=0, **more
    )
    return buffer.getvalue()
