"""Limits of pixels and memory, each checked where the process really has no more."""

from __future__ import annotations

import subprocess
import sys

import cv2
import numpy as np
import pytest
import torch
from pictures import RGB, RGBA, encoded
from PIL import Image

from semcs import image as si
from semcs.errors import InputError
from semcs.image import memory
from semcs.image.picture import pixel_limit

LIMITED = """
import resource, sys
from semcs.image import load
from semcs.errors import InputError
used = 4096 * int(open("/proc/self/statm").read().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[2]) * 2**20,) * 2)
try:
    print(load(sys.argv[1]).size)
except InputError as error:
    print(error)
"""

PEAK = """
import sys, numpy as np
from semcs.image import load
def held(what):
    lines = open("/proc/self/status").read().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(what))
load(open(sys.argv[1], "rb").read())
data = open(sys.argv[2], "rb").read()
open("/proc/self/clear_refs", "w").write("5")
before = held("VmRSS:")
height, width = load(data).size
print((held("VmHWM:") - before) / (height * width))
"""


def output_of(program: str, *arguments: object) -> str:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_does_not_fit_is_refused_in_one_line_before_it_is_decoded(tmp_path):
    path = tmp_path / "large.png"
    Image.new("1", (3000, 3000)).save(path)
    assert path.stat().st_size < 10_000
    for megabytes, said in (
        (100, "3000×3000 pixels (height × width): reading it takes about 343 MiB of memory"),
        (600, "(3000, 3000)"),
    ):
        told = output_of(LIMITED, path, megabytes)
        assert said in told
        assert "\n" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_reading_takes_no_more_than_planned(tmp_path, form):
    small, large = tmp_path / "small", tmp_path / "large"
    for path, side in ((small, 16), (large, 1500)):
        image = Image.new("RGB" if form == "JPEG" else "RGBA", (side, side), "red")
        path.write_bytes(encoded(image, form))
    peak = float(output_of(PEAK, small, large))
    assert 12 < peak < memory.BYTES_PER_PIXEL


@pytest.mark.parametrize("left", ["_machine", "_container", "_address_space"])
def test_the_least_of_what_is_left_counts(monkeypatch, left):
    for name in ("_machine", "_container", "_address_space"):
        monkeypatch.setattr(memory, name, lambda: None)
    big = np.broadcast_to(np.uint8(0), (1200, 1200))
    assert memory.free_memory() is None
    assert si.load(big).size == (1200, 1200)
    monkeypatch.setattr(memory, left, lambda: 2**20)
    with pytest.raises(InputError, match=r"takes about 55 MiB .* this process has 1 MiB left"):
        si.load(big)


def test_the_system_says_how_much_is_left():
    free = memory.free_memory()
    assert free is None or free > 2**20


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("shapes differ"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_running_out_of_memory_is_told_in_one_line(error, told):
    raised = pytest.raises(InputError if told else type(error))
    with raised as caught, memory.out_of_memory_told("reading the image"):
        raise error
    if told:
        assert str(caught.value) == "reading the image takes more memory than this process may use"


def test_what_torch_and_opencv_really_raise_is_known():
    with pytest.raises(InputError, match="more memory"), memory.out_of_memory_told("it"):
        torch.empty(2**60, dtype=torch.uint8)
    endless = np.broadcast_to(np.uint8(0), (2**15, 2**15))[:2, :2]
    with pytest.raises(InputError, match="more memory"), memory.out_of_memory_told("it"):
        cv2.resize(endless, (2**30, 2**30), interpolation=cv2.INTER_NEAREST)
    with pytest.raises(cv2.error), memory.out_of_memory_told("it"):
        cv2.resize(endless, (0, 0))


def test_pillow_running_out_is_told_as_such(monkeypatch):
    image = Image.fromarray(RGB)
    monkeypatch.setattr(image, "load", lambda: bytes(2**60))
    with pytest.raises(InputError, match=r"^reading the image takes more memory"):
        si.load(image)


def test_the_environment_and_then_the_argument_say_the_limit(monkeypatch):
    assert pixel_limit() == si.MAX_PIXELS
    monkeypatch.setenv("SEMCS_MAX_PIXELS", " 203 ")
    for source in (
        RGB,
        torch.from_numpy(RGB).permute(2, 0, 1),
        encoded(Image.fromarray(RGB), "PNG"),
    ):
        with pytest.raises(InputError, match=r"204 pixels; at most 203 .*SEMCS_MAX_PIXELS"):
            si.load(source)
        assert si.load(source, max_pixels=204).size == (12, 17)
    with pytest.raises(InputError, match="at most 203"):
        si.load_mask(RGBA, (12, 17))


@pytest.mark.parametrize("said", ["many", "0", "-5", "1e6", "²", "9" * 30])
def test_a_limit_that_is_none_is_refused(monkeypatch, said):
    monkeypatch.setenv("SEMCS_MAX_PIXELS", said)
    with pytest.raises(InputError, match=r"SEMCS_MAX_PIXELS is '.*'; allowed: a whole number"):
        si.load(RGB)


@pytest.mark.parametrize("said", [0, -1, 2.5, True, "9"])
def test_so_is_such_an_argument(said):
    with pytest.raises(InputError, match=r"max_pixels is .*a whole number from 1"):
        si.load(RGB, max_pixels=said)
    with pytest.raises(InputError, match="at_least is"):
        si.load(encoded(Image.fromarray(RGB), "PNG"), at_least=said)


@pytest.mark.parametrize(
    ("longest", "size"), [(100, (50, 100)), (101, (100, 200)), (201, (200, 400)), (401, (400, 800))]
)
def test_a_jpeg_is_decoded_no_larger_than_needed(longest, size):
    ramp = np.repeat(np.linspace(0, 255, 800)[None], 400, axis=0).astype(np.uint8)
    data = encoded(Image.fromarray(ramp), "JPEG")
    picture = si.load(data, at_least=longest)
    assert picture.size == size
    whole = si.load(data).rgb
    step = 400 // picture.size[0]
    means = whole.reshape(400 // step, step, 800 // step, step, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(picture.rgb, means, atol=0.02)


def test_only_files_are_decoded_smaller_and_the_limit_counts_for_their_own_size():
    data = encoded(Image.new("RGB", (800, 400)), "JPEG")
    with pytest.raises(InputError, match="400×800 = 320,000 pixels; at most 319,999"):
        si.load(data, at_least=100, max_pixels=319_999)
    assert si.load(encoded(Image.new("RGB", (80, 40)), "PNG"), at_least=10).size == (40, 80)
    assert si.load(data, at_least=5000).size == (400, 800)
