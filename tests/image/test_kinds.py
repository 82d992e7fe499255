"""Arrays and tensors of every kind that numpy and torch have: read right, or refused by name."""

from __future__ import annotations

import contextlib
import math
import warnings

import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from pictures import RGB

from semcs import image as si
from semcs.errors import InputError

NUMPY_DTYPES = [
    *sorted({np.dtype(kind) for kind in np.typecodes["All"]}, key=str),
    np.dtype([("r", np.uint8), ("g", np.uint8), ("b", np.uint8)]),
    np.dtype((np.uint8, 3)),
    np.dtype("U5"),
    np.dtype("S5"),
    np.dtype(">f4"),
    np.dtype(">u2"),
]
TORCH_DTYPES = sorted({v for v in vars(torch).values() if isinstance(v, torch.dtype)}, key=str)
TORCH_LAYOUTS = sorted({v for v in vars(torch).values() if isinstance(v, torch.layout)}, key=str)

RED = torch.rand(3, 6, 5)
SIDES = st.sampled_from([0, 1, 2, 3, 4, 5, 9, 10**6])
SHAPES = st.lists(SIDES, max_size=5).map(tuple)


def loaded(source: object) -> si.Picture | None:
    """The picture, or None where it is refused as it should be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = si.load(source)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
        return None
    assert picture.rgb.dtype == np.float32
    assert picture.rgb.shape == (*picture.size, 3)
    assert 0 <= picture.rgb.min() <= picture.rgb.max() <= 1
    return picture


@given(st.sampled_from(NUMPY_DTYPES), SHAPES, st.integers(0, 255))
@settings(deadline=None, max_examples=300)
def test_arrays_of_every_dtype_and_shape(dtype, shape, value):
    with contextlib.suppress(TypeError, ValueError):
        one = np.zeros((), dtype) if dtype.kind in "VmM" else np.array(value % 2).astype(dtype)
        array = np.broadcast_to(one, shape)
        picture = loaded(array)
        if picture is not None:
            back = picture.restore(picture.rgb)
            assert (back.dtype, back.shape) == (array.dtype, array.shape)
            np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize("dtype", TORCH_DTYPES, ids=str)
@pytest.mark.parametrize("layout", TORCH_LAYOUTS, ids=str)
def test_tensors_of_every_dtype_and_layout(dtype, layout):
    if layout == torch._mkldnn and dtype != torch.float32:
        return  # torch aborts the process
    try:
        tensor = torch.zeros(4, 6, dtype=dtype, layout=layout)
    except (RuntimeError, TypeError, NotImplementedError):
        return  # torch has none of it
    loaded(tensor)


@given(SHAPES, st.sampled_from([torch.uint8, torch.bool, torch.float32, torch.bfloat16]))
@settings(deadline=None)
def test_tensors_of_every_shape(shape, dtype):
    assume(math.prod(max(side, 1) for side in shape) < 2**62)  # torch can have no more
    tensor = torch.zeros((), dtype=dtype).expand(shape)
    picture = loaded(tensor)
    if picture is not None:
        back = picture.restore(picture.rgb)
        assert torch.equal(back, tensor)
        assert back.dtype == dtype


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (np.matrix([[0.0, 1], [1, 0]]), "numpy matrix; allowed: plain arrays.*asarray"),
        (np.ma.masked_array(RGB, RGB > 9), r"numpy MaskedArray; allowed: .*filled\(0\)"),
        (RGB.astype(object), "dtype object"),
        (np.zeros((4, 5), [("r", "u1")]), "dtype .*'r'"),
        (torch.zeros(3, 4, 5, device="meta"), "tensor is on device meta, without values"),
        (torch.zeros(4, 5).to_sparse(), "tensor is laid out as sparse_coo"),
        (torch.zeros(4, 5).to_sparse_csr(), "tensor is laid out as sparse_csr"),
        (torch.zeros(4, 5).to_mkldnn(), "tensor is laid out as mkldnn"),
        (torch.nested.nested_tensor([torch.zeros(4, 5)]), "tensor is nested"),
        (
            torch.nested.nested_tensor([torch.zeros(4, 5)], layout=torch.jagged),
            "tensor is nested",
        ),
        (torch.zeros(4, 5, dtype=torch.complex64).conj(), "tensor has dtype complex64"),
        (torch.zeros(0, 3, 4, 5), "is a batch of 0"),
        (np.broadcast_to(np.uint8(0), (1, 10**9)), "1×1000000000 pixels .*at least 2"),
        (np.float32(0.5), "image is a float32"),
        (memoryview(b"abc")[::2], "isn't an image"),
        (memoryview(RGB), "isn't an image"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_kinds_without_pixels_are_refused_by_name(source, said):
    with pytest.raises(InputError, match=said) as caught:
        si.load(source)
    assert "\n" not in str(caught.value)


@pytest.mark.filterwarnings("ignore")
def test_quantised_tensors_are_refused_by_name():
    quantised = torch.quantize_per_tensor(RED, 1 / 255, 0, torch.quint8)
    with pytest.raises(InputError, match="dtype quint8"):
        si.load(quantised)


def test_tensors_that_stand_for_values_are_refused_by_name():
    from torch._subclasses.fake_tensor import FakeTensorMode

    with FakeTensorMode(), pytest.raises(InputError, match="FakeTensor holds no values"):
        si.load(torch.zeros(3, 4, 5))
    with pytest.raises(InputError, match="holds no values"):
        torch.func.vmap(lambda planes: si.load(planes))(torch.zeros(2, 3, 4, 5))
    with pytest.raises(InputError, match="tensor is nested"):
        si.load_batch(torch.nested.nested_tensor([RED, RED]))


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (torch.complex(RED, -RED).conj().imag, RED),
        (RED.flip(2), RED.flip(2)),
        (RED[:, ::2, 1:], RED[:, ::2, 1:]),
        (RED.permute(0, 2, 1), RED.permute(0, 2, 1)),
        (torch.nn.Parameter(RED), RED),
        (RED[:1].expand(3, 6, 5), RED[:1].expand(3, 6, 5)),
        (torch.as_strided(RED, (3, 4, 4), (1, 2, 3)), torch.as_strided(RED, (3, 4, 4), (1, 2, 3))),
    ],
    ids=["negative", "flipped", "strided", "turned", "parameter", "expanded", "overlapping"],
)
def test_views_are_read_as_what_they_show(view, expected):
    picture = si.load(view)
    np.testing.assert_array_equal(picture.rgb, expected.permute(1, 2, 0).numpy())
    assert torch.equal(picture.restore(picture.rgb), expected)


def test_arrays_on_disk_and_of_other_classes_are_read(tmp_path):
    class Named(np.ndarray):
        pass

    np.save(tmp_path / "rgb.npy", RGB)
    for source in (np.load(tmp_path / "rgb.npy", mmap_mode="r"), RGB.view(Named)):
        back = si.load(source).restore(RGB / np.float32(255))
        assert type(back) is np.ndarray
        np.testing.assert_array_equal(back, RGB)


@pytest.mark.parametrize("setting", ["inference", "float64", "device"])
def test_the_callers_torch_settings_change_nothing(setting):
    before = si.load(RED).rgb
    try:
        if setting == "float64":
            torch.set_default_dtype(torch.float64)
        if setting == "device":
            torch.set_default_device("meta")
        with torch.inference_mode(setting == "inference"):
            picture = si.load(RED)
            np.testing.assert_array_equal(picture.rgb, before)
            assert torch.equal(picture.restore(picture.rgb), RED)
            tensor = si.to_tensor(picture.rgb)
            assert (tensor.dtype, tensor.device.type) == (torch.float32, "cpu")
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
