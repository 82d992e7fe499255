"""Where, and how exactly, networks compute: fixtures over the devices that this machine has.

A `conftest.py` imports the fixtures that its tests ask for:

    from devices import elsewhere, place, whole_float32  # noqa: F401

    def test_something(place):
        network = place.put(network)
        with place.arithmetic():
            found = network(place.put(pictures))
        assert found.item() == pytest.approx(expected, abs=place.tolerance)
"""

from __future__ import annotations

from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass

import pytest
import torch

DEVICES = ["cpu"]
if torch.cuda.is_available():
    DEVICES.append("cuda")
if torch.backends.mps.is_available():
    DEVICES.append("mps")


@dataclass(frozen=True)
class Place:
    """A device and a precision.

    Attributes:
        device: Such as "cpu"; "meta" for shapes alone.
        dtype: Of weights and pictures.
        autocast: Whether convolutions and matrix products run in bfloat16.
    """

    device: str
    dtype: torch.dtype = torch.float32
    autocast: bool = False

    def __str__(self):
        dtype = torch.bfloat16 if self.autocast else self.dtype
        return f"{self.device}-{str(dtype).removeprefix('torch.')}"

    def put(self, thing):
        """A tensor, or a copy of a network, there."""
        if isinstance(thing, torch.nn.Module):
            thing = deepcopy(thing)
        return thing.to(self.device, self.dtype)

    def arithmetic(self):
        """The context to compute in."""
        return torch.autocast(self.device, torch.bfloat16) if self.autocast else nullcontext()

    @property
    def tolerance(self):
        """How far a figure of about 1 may be from what float64 gives."""
        if self.autocast:
            return 0.03
        return 1e-9 if self.dtype == torch.float64 else 1e-4


PLACES = [
    place
    for device in DEVICES
    for place in (
        Place(device),
        Place(device, torch.float64),
        Place(device, autocast=True),
    )
    if not (device == "mps" and place.dtype == torch.float64)  # which has none
]

META = Place("meta")


@pytest.fixture(params=PLACES, ids=str)
def place(request, whole_float32):
    """Every device of this machine in every precision that networks run in."""
    return request.param


@pytest.fixture(scope="session")
def whole_float32():
    """GPUs convolve in float32, not in TensorFloat-32, whose mantissa has 10 bits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.backends.cudnn, "allow_tf32", False)
        yield


@pytest.fixture(scope="session")
def elsewhere(whole_float32):
    """A device whose tensors don't mix with the CPU's: a GPU, or torch's lazy tensors.

    Those are computed by the CPU, but an operation on one of them and one of the CPU's is refused
    as it is with a GPU's. They have a fault: what `split` or iteration takes out of a lazy tensor
    turns into a tensor of the CPU when it is worked with; indices and slices don't.
    """
    if len(DEVICES) > 1:
        return DEVICES[1]
    backend = pytest.importorskip("torch._lazy.ts_backend", reason="this torch has no lazy tensors")
    backend.init()
    return "lazy"
