"""What the caller has set in torch and NumPy changes no picture, and holds again afterwards."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import threading
from contextlib import contextmanager, nullcontext

import numpy as np
import pytest
import torch
from quick import run_quick, start_quick

import semcs
from semcs.models.settings import own_settings


@contextmanager
def default_dtype(dtype):
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(torch.float32)


@contextmanager
def default_device(device):
    torch.set_default_device(device)
    try:
        yield
    finally:
        torch.set_default_device(None)


@contextmanager
def deterministic():
    torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(False)


SETTINGS = {
    "none": nullcontext,
    "inference mode": torch.inference_mode,
    "no gradients": torch.no_grad,
    "float64": lambda: default_dtype(torch.float64),
    "bfloat16": lambda: default_dtype(torch.bfloat16),
    "device meta": lambda: default_device("meta"),
    "a block on meta": lambda: torch.device("meta"),
    "deterministic": deterministic,
    "autocast": lambda: torch.autocast("cpu", torch.bfloat16),
    "anomalies": lambda: torch.autograd.set_detect_anomaly(True),
    "NumPy raises": lambda: np.errstate(all="raise"),
}
BRIEF = semcs.PRESETS["semcs"].change(steps=2, patches=4, least_size=64)
CHANGED = [name for name in SETTINGS if name != "none"]


def photo():
    """Noise with a bright disc: (48, 64, 3) uint8."""
    y, x = np.mgrid[:48, :64]
    noise = np.random.default_rng(0).integers(0, 80, (48, 64, 3))
    return (noise + 150 * (np.hypot(y - 24, x - 30) < 14)[..., None]).astype(np.uint8)


USES = {
    "instant": lambda models: semcs.stylize(
        photo(), fg="gold", bg="the smell of rain", models=models, preset="instant"
    ),
    "steps": lambda models: semcs.stylize(
        photo(), fg="gold", bg="snow", models=models, size=64, preset=BRIEF, progress=False
    ),
    "mask": lambda models: semcs.saliency_mask(photo(), models=models),
    "look": lambda models: semcs.looks.render(photo(), "mosaic"),
}


@pytest.fixture(scope="module")
def undisturbed():
    """What each use gives where nothing is set."""
    family = semcs.load_family("bundled")
    return {name: use(family) for name, use in USES.items()}


def autocast_on_cpu():
    """Whether it is on, and its type."""
    if hasattr(torch, "get_autocast_dtype"):
        return torch.is_autocast_enabled("cpu"), torch.get_autocast_dtype("cpu")
    return torch.is_autocast_cpu_enabled(), torch.get_autocast_cpu_dtype()  # torch below 2.4


def state():
    """All that is the whole process's, or this thread's, and could be left changed."""
    return {
        "dtype": torch.get_default_dtype(),
        "device": torch.empty(0).device,
        "gradients": torch.is_grad_enabled(),
        "inference": torch.is_inference_mode_enabled(),
        "autocast": autocast_on_cpu(),
        "autocast cache": torch.is_autocast_cache_enabled(),
        "anomalies": torch.is_anomaly_enabled(),
        "deterministic": torch.get_deterministic_debug_mode(),
        "threads": (torch.get_num_threads(), torch.get_num_interop_threads()),
        "precision": torch.get_float32_matmul_precision(),
        "NumPy": np.geterr(),
        "environment": dict(os.environ),
        "torch's state": torch.get_rng_state().tolist()
        if torch.empty(0).device.type == "cpu"
        else None,
        "NumPy's state": str(np.random.get_state()),
        "Python's state": random.getstate(),
    }


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_setting_of_the_callers_changes_a_picture(setting, undisturbed):
    """Networks are loaded, and texts embedded, within the setting."""
    family = semcs.load_family("bundled")
    with SETTINGS[setting]():
        before = state()
        within = {name: use(family) for name, use in USES.items()}
        assert state() == before
    for name, picture in within.items():
        assert np.array_equal(picture, undisturbed[name]), name


@pytest.mark.parametrize("setting", CHANGED)
def test_a_stylizer_first_used_within_a_setting_works_outside(setting, stylizer):
    with SETTINGS[setting]():
        within = run_quick(stylizer, photo(), fg="gold", bg="snow").image
    assert np.array_equal(run_quick(stylizer, photo(), fg="gold", bg="snow").image, within)
    for network in (stylizer.family.clip, stylizer.family.content, stylizer.family.key_extractor):
        tensors = [*network.parameters(), *network.buffers()]
        assert not any(tensor.is_inference() for tensor in tensors)
        assert {tensor.dtype for tensor in tensors} <= {torch.float32, torch.int64}


@pytest.mark.parametrize("setting", CHANGED)
def test_between_steps_the_callers_settings_hold(setting, stylizer):
    with SETTINGS[setting]():
        before = state()
        for _ in start_quick(stylizer, photo(), fg="gold", bg="snow"):
            assert state() == before


def test_weights_cast_for_a_callers_autocast_are_not_kept_over_steps(stylizer):
    """With its cache, all steps but the first saw the weights of the first."""
    options = {"fg": "gold", "bg": "snow", "steps": 3, "mixed_precision": True}
    alone = run_quick(stylizer, photo(), **options).history
    with torch.autocast("cpu", torch.bfloat16):
        assert run_quick(stylizer, photo(), **options).history == alone


def test_settings_come_back_after_an_error(stylizer):
    def fail(_):
        raise ValueError("of the caller's")

    with default_dtype(torch.float64), torch.inference_mode():
        before = state()
        with pytest.raises(ValueError, match="of the caller's"):
            stylizer(photo(), "gold", steps=2, size=64, callback=fail)
        with pytest.raises(semcs.InputError):
            semcs.stylize(photo(), fg="gold", models="bundled", mask=np.zeros((2, 2, 2)))
        assert state() == before


def test_overlapping_blocks_of_threads_bring_the_default_dtype_back():
    """Each restoring what it found would leave what the other one had set."""
    entered, left = threading.Event(), threading.Event()

    def other():
        with own_settings():
            entered.set()
            left.wait(60)
            assert torch.get_default_dtype() == torch.float32

    thread = threading.Thread(target=other)
    with default_dtype(torch.float64):
        with own_settings():
            thread.start()
            entered.wait(60)
        left.set()
        thread.join(60)
        assert torch.get_default_dtype() == torch.float64


FORKING = """
import multiprocessing, sys
import numpy as np, torch
import semcs

torch.set_num_threads(2)
rows, columns = np.mgrid[:96, :144]
picture = np.stack([rows, columns, rows ^ columns], 2).astype(np.uint8)
stylizer = semcs.Stylizer("bundled")

def use(kind):
    if kind == "mask":
        return semcs.saliency_mask(picture, models=stylizer.family)
    brief = semcs.PRESETS["semcs"].change(steps=1, patches=4, least_size=64)
    options = {"preset": "instant"} if kind == "instant" else {"preset": brief, "size": 64}
    return stylizer(picture, fg="gold", bg="an odd dream", progress=False, **options).image

own = {kind: use(kind) for kind in ("mask", "instant", "steps")}
with multiprocessing.get_context("fork").Pool(2) as pool:
    for kind, picture_of_child in zip(own, pool.map_async(use, own).get(timeout=60)):
        apart = np.abs(np.asarray(own[kind], float) - picture_of_child).max()
        assert apart <= 3, (kind, apart)
print("done", torch.get_num_threads())
"""


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="has no fork")
def test_a_stylizer_that_was_used_works_in_a_fork_pool():
    """The threads that OpenMP keeps don't live on in a child, which waited for them for ever."""
    environment = {**os.environ, "OMP_NUM_THREADS": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", FORKING],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stdout.split() == ["done", "2"], ran.stderr[-2000:]


def test_a_forked_child_has_one_thread_only_while_semcs_works(monkeypatch):
    from semcs.models import settings

    monkeypatch.setattr(settings, "_forked", True)
    torch.set_num_threads(2)
    try:
        with own_settings():
            assert torch.get_num_threads() == 1
            with own_settings():
                pass
            assert torch.get_num_threads() == 1
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(1)


@pytest.mark.parametrize(("use", "most"), [("mask", 1e-4), ("look", 0)])
def test_looks_are_the_same_for_any_number_of_threads_and_masks_all_but_the_same(
    use, most, undisturbed
):
    torch.set_num_threads(3)
    try:
        found = USES[use](semcs.load_family("bundled"))
    finally:
        torch.set_num_threads(1)
    np.testing.assert_allclose(found, undisturbed[use], rtol=0, atol=most)


@pytest.mark.parametrize("use", ["instant", "steps"])
def test_one_seed_and_one_number_of_threads_give_one_picture(use):
    """Between numbers of threads, sums are rounded in another order."""
    family = semcs.load_family("bundled")
    torch.set_num_threads(2)
    try:
        first, second = USES[use](family), USES[use](family)
        assert np.array_equal(first, second)
    finally:
        torch.set_num_threads(1)
