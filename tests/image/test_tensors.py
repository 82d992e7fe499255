from __future__ import annotations

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import given
from pictures import RGB, tensor_shapes, unchanged

from semcs import image as si
from semcs.errors import InputError


@given(
    st.data(),
    tensor_shapes,
    st.sampled_from([torch.uint8, torch.uint16, torch.bool, torch.float32, torch.bfloat16]),
)
def test_tensors_come_back_bit_for_bit(
    data: st.DataObject, shape: tuple[int, ...], dtype: torch.dtype
) -> None:
    ints = data.draw(hnp.arrays(np.uint8, shape))
    tensor = torch.from_numpy(ints)
    tensor = tensor.to(dtype) / 255 if dtype.is_floating_point else tensor.to(dtype)
    back = unchanged(tensor)
    assert (back.dtype, back.device) == (tensor.dtype, tensor.device)
    assert back.tolist() == tensor.tolist()  # torch 2.3 doesn't compare uint16


def test_tensor_planes_are_channels_first() -> None:
    rgb = si.load(torch.from_numpy(RGB).permute(2, 0, 1)[None]).rgb
    np.testing.assert_array_equal(rgb, RGB / np.float32(255))


def test_tensors_with_gradient_come_back_without() -> None:
    tensor = torch.rand(4, 6, 5, requires_grad=True)
    back = unchanged(tensor)
    assert not back.requires_grad
    assert torch.equal(back, tensor.detach())


def test_batches_go_through_one_by_one() -> None:
    batch = torch.rand(3, 4, 5, 6, dtype=torch.float64)
    pictures = si.load_batch(batch)
    results = [np.full((5, 6, 3), 0.25 * index) for index in range(3)]
    back = si.restore_batch(pictures, results)
    assert (back.shape, back.dtype) == (batch.shape, batch.dtype)
    assert torch.equal(back[:, 3], batch[:, 3])
    assert torch.equal(back[:, 0, 0, 0], torch.tensor([0, 0.25, 0.5], dtype=torch.float64))
    with pytest.raises(InputError, match="3 pictures but 2 results"):
        si.restore_batch(pictures, results[:2])


@pytest.mark.parametrize("bad", [RGB, torch.zeros(3, 4, 4), torch.zeros(0, 3, 4, 4)])
def test_what_is_no_batch_is_refused(bad: object) -> None:
    with pytest.raises(InputError, match=r"allowed: a tensor \(B, C, H, W\)"):
        si.load_batch(bad)


def test_to_tensor_and_back() -> None:
    rgb = si.load(RGB).rgb
    tensor = si.to_tensor(rgb)
    assert (tensor.shape, tensor.dtype) == ((1, 3, 12, 17), torch.float32)
    assert tensor[0, 2, 3, 4] == rgb[3, 4, 2]
    tensor[:] = tensor.clone().requires_grad_()
    np.testing.assert_array_equal(si.to_array(tensor.requires_grad_()), rgb)
    assert si.to_array(torch.zeros(1, 3, 1, 1)).shape == (1, 1, 3)
    source = torch.zeros(1, 3, 4, 5).to(memory_format=torch.channels_last)
    si.to_array(source)[:] = 1
    assert source.max() == 0
