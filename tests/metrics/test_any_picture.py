"""Every public measure, on pictures of every size and type: a value or an `InputError`."""

from __future__ import annotations

import inspect
import math
from dataclasses import asdict, is_dataclass

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from semcs import metrics
from semcs.errors import InputError

SIZES = [1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 300]
DTYPES = [
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.float8_e4m3fn,
    torch.uint8, torch.int64, torch.bool, torch.complex64,
]  # fmt: skip
ARRAYS = [np.float32, np.float64, np.float16, np.uint8, np.uint16, np.bool_, np.int32, np.complex64]


@pytest.fixture(scope="module")
def networks():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return {
            "dists": metrics.Dists().eval().requires_grad_(False),
            "nima": metrics.Nima().eval().requires_grad_(False),
        }


# How each public function is called with two pictures and a mask, or None where it takes none.
FUNCTIONS = {
    "agreement": lambda n, a, b, m: metrics.agreement(a, b, "gold", m, device="cpu"),
    "bounding_box": lambda n, a, b, m: metrics.bounding_box(m),
    "content_distance": lambda n, a, b, m: metrics.content_distance(a, b, m, device="cpu"),
    "cor_loc": lambda n, a, b, m: metrics.cor_loc([m], [a]),
    "dists": lambda n, a, b, m: metrics.dists(a, b, m, network=n["dists"]),
    "dists_bundled": lambda n, a, b, m: metrics.dists_bundled(a, b, m, device="cpu"),
    "edge_ssim": lambda n, a, b, m: metrics.edge_ssim(a, b, m),
    "f_beta_curve": lambda n, a, b, m: metrics.f_beta_curve(m, a),
    "iou": lambda n, a, b, m: metrics.iou(m, a),
    "load_dists": None,
    "load_nima": None,
    "mae": lambda n, a, b, m: metrics.mae(m, a),
    "max_f_beta": lambda n, a, b, m: metrics.max_f_beta(m, a),
    "nima": lambda n, a, b, m: metrics.nima(a, network=n["nima"]),
    "s_measure": lambda n, a, b, m: metrics.s_measure(m, a),
    "score": lambda n, a, b, m: metrics.score(a, b, m, models="bundled", device="cpu"),
    "seam": lambda n, a, b, m: metrics.seam(a, b, m),
    "ssim": lambda n, a, b, m: metrics.ssim(a, b, m),
    "style_rank": lambda n, a, b, m: metrics.style_rank(
        a, b, "gold", m, names=["snow"], device="cpu"
    ),
}


def test_every_function_is_tried():
    public = {name for name in metrics.__all__ if inspect.isfunction(getattr(metrics, name))}
    assert set(FUNCTIONS) == public


@st.composite
def pictures(draw):
    """Two pictures or batches and a mask, mostly of one size."""
    height, width = draw(st.sampled_from(SIZES)), draw(st.sampled_from(SIZES))
    seed = draw(st.integers(0, 99))
    rng = np.random.default_rng(seed)
    batch = draw(st.sampled_from([0, 1, 2]))
    kind = draw(st.sampled_from(DTYPES if batch else ARRAYS))

    def one(channels):
        values = rng.random((max(batch, 1), channels, height, width))
        if batch:
            numbers = torch.from_numpy(values)
            return (numbers if kind.is_floating_point else numbers * 255).to(kind)
        scale = np.iinfo(kind).max if np.issubdtype(kind, np.integer) else 1
        return (values[0].transpose(1, 2, 0) * scale).astype(kind)

    mask = draw(st.sampled_from(["none", "own", "one for all", "empty"]))
    if mask == "none":
        return one(3), one(3), None
    if mask == "one for all":
        return one(3), one(3), (rng.random((height, width)) > 0.5)
    own = one(1)
    return one(3), one(3), own * 0 if mask == "empty" and kind != torch.float8_e4m3fn else own


def is_a_value(found):
    if isinstance(found, torch.Tensor | np.ndarray):
        return bool(np.isfinite(np.asarray(found)).all())
    if is_dataclass(found):
        return is_a_value(list(asdict(found).values()))
    if isinstance(found, dict):
        return is_a_value(list(found.values()))
    if isinstance(found, list | tuple):
        return all(map(is_a_value, found))
    return found is None or isinstance(found, str) or math.isfinite(found)


@pytest.mark.parametrize("name", [name for name, call in FUNCTIONS.items() if call])
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(three=pictures())
@pytest.mark.filterwarnings("ignore")
def test_a_value_or_an_input_error(networks, name, three):
    try:
        assert is_a_value(FUNCTIONS[name](networks, *three))
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017


PAIRS = [name for name in FUNCTIONS if name in (
    "agreement", "content_distance", "dists", "dists_bundled", "edge_ssim", "score", "seam",
    "ssim", "style_rank",
)]  # fmt: skip


@pytest.mark.parametrize("size", [(8, 8), (1, 1), (2, 300), (300, 2), (16, 16), (17, 31)], ids=str)
@pytest.mark.parametrize("name", PAIRS)
def test_small_and_narrow_pictures(networks, name, size):
    values = torch.rand(2, 1, 3, *size, generator=torch.Generator().manual_seed(0))
    needs = 16 if name in ("content_distance", "dists_bundled") else 2 if name == "score" else 1
    call = FUNCTIONS[name]
    if min(size) < needs:
        with pytest.raises(InputError):
            call(networks, *values, None if name != "seam" else torch.ones(1, 1, *size))
    else:
        assert is_a_value(call(networks, *values, torch.ones(1, 1, *size)))


BAD_BATCHES = {
    "empty": lambda batch: batch[:0],
    "without pixels": lambda batch: batch[..., :0],
    "not finite": lambda batch: batch / 0,
    "sparse": lambda batch: batch.to_sparse(),
    "meta": lambda batch: batch.to("meta"),
    "nested": lambda batch: torch.nested.nested_tensor([batch[0], batch[0]]),
}


@pytest.mark.parametrize("bad", BAD_BATCHES)
@pytest.mark.parametrize("name", [*PAIRS, "nima"])
@pytest.mark.filterwarnings("ignore")
def test_batches_that_are_none(networks, name, bad):
    good = torch.full((1, 3, 32, 32), 0.5)
    broken = BAD_BATCHES[bad](good)
    mask = torch.ones(1, 1, 32, 32)
    for pair in ((broken, good), (good, broken)):
        if name == "nima" and pair[1] is broken:
            continue
        with pytest.raises(InputError):
            FUNCTIONS[name](networks, *pair, mask)


@pytest.mark.parametrize("bad", [*BAD_BATCHES, "over 1", "complex"])
@pytest.mark.filterwarnings("ignore")
def test_masks_that_are_none(networks, bad):
    good = torch.full((1, 1, 32, 32), 0.5)
    others = {"over 1": lambda mask: 255 * mask, "complex": lambda mask: mask.to(torch.complex64)}
    mask = {**BAD_BATCHES, **others}[bad](good)
    for name in ("ssim", "score", "dists_bundled"):
        with pytest.raises(InputError):
            FUNCTIONS[name](networks, *torch.rand(2, 1, 3, 32, 32), mask)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: metrics.cor_loc(np.zeros((0, 8, 8)), []),
        lambda: metrics.cor_loc([np.ones((8, 8))], [[(1, 2)]]),
        lambda: metrics.cor_loc([np.ones((8, 8))], [[(1, 1, 1, 1)]]),
        lambda: metrics.cor_loc([np.ones((8, 8))], [[(0, 0, math.nan, 2)]]),
        lambda: metrics.s_measure(np.eye(8), np.eye(8), alpha=math.nan),
        lambda: metrics.style_rank(np.eye(32), np.eye(32), "gold", names="snow"),
        lambda: metrics.style_rank(np.eye(32), np.eye(32), "gold", names=[3]),
        lambda: metrics.dists(np.eye(8), np.eye(8), protocol=["full"]),
        lambda: metrics.load_dists(protocol=["full"]),
        lambda: metrics.load_dists(vgg=3),
        lambda: metrics.load_nima(3),
        lambda: metrics.load_nima("\0"),
        lambda: metrics.score(np.eye(32), np.eye(32), size=math.nan),
        lambda: metrics.score(np.eye(32), np.eye(32), size=64.5),
        lambda: metrics.score(np.eye(32), np.eye(32), protocol={}),
        lambda: metrics.score(np.eye(32), np.eye(32), models=[]),
    ],
)
def test_other_values_that_are_none(ask):
    with pytest.raises(InputError) as error:
        ask()
    assert "\n" not in str(error.value)
