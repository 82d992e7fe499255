"""Files of weights: what is damaged or hostile gets one line, and is never half loaded."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch
from safetensors.torch import save
from torch import nn

from semcs.errors import ModelUnavailableError
from semcs.models.loading import load_into
from semcs.models.weights import Weights, read_weights

MUTATIONS = 400
FILE = Path("layer.safetensors")
WHOLE = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}


def packed(header, data=bytes(16)):
    """A safetensors file by hand."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def test_a_file_by_hand_is_read():
    content = packed({"a": WHOLE}, torch.arange(4.0).numpy().tobytes())
    assert torch.equal(Weights(FILE, content).tensors()["a"], torch.arange(4.0))


HOSTILE = {
    "nothing": b"",
    "half a length": b"\x10\0\0",
    "a length beyond all memory": (2**64 - 1).to_bytes(8, "little") + b"{}",
    "a length beyond the file": (10**8 - 1).to_bytes(8, "little") + b"{}",
    "a name twice": packed(
        b'{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},'
        b'"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}'
    ),
    "an unknown type": packed({"a": {**WHOLE, "dtype": "X9"}}),
    "a type that torch lacks": packed({"a": {**WHOLE, "dtype": "F6_E2M3", "shape": [0]}}, b""),
    "offsets before the start": packed({"a": {**WHOLE, "data_offsets": [-1, 16]}}),
    "offsets beyond the end": packed({"a": {**WHOLE, "data_offsets": [0, 2**63]}}),
    "offsets the wrong way": packed({"a": {**WHOLE, "data_offsets": [16, 0]}}),
    "a shape that overflows": packed({"a": {**WHOLE, "shape": [2**62, 16]}}),
    "tensors that overlap": packed({"a": WHOLE, "b": WHOLE}),
    "a gap": packed({"a": {**WHOLE, "shape": [2], "data_offsets": [8, 16]}}),
    "a deep header": packed(b"[" * 100_000),
    "no UTF-8": packed(b'{"\xff": 1}'),
    "a list": packed([WHOLE]),
    "metadata of another kind": packed({"__metadata__": 3, "a": WHOLE}),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_header_is_told_in_one_line(content):
    with pytest.raises(ModelUnavailableError, match=r"isn't a whole safetensors file") as error:
        Weights(FILE, content).tensors()
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_mutated_files_are_loaded_whole_or_refused():
    layer = nn.Linear(8, 8)
    good = save(layer.state_dict())
    dice = random.Random(0)
    complaints = []
    for _ in range(MUTATIONS):
        before = [value.clone() for value in layer.state_dict().values()]
        try:
            load_into(layer, Weights(FILE, mutated(good, dice)), name="layer")
        except ModelUnavailableError as error:
            complaints.append(str(error))
            assert all(map(torch.equal, before, layer.state_dict().values()))
    assert len(complaints) > MUTATIONS / 4
    assert not any("\n" in complaint for complaint in complaints)


def mutated(content, dice):
    """Bytes changed, cut out, doubled or put in; mostly in the header."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        reach = len(changed) if dice.random() < 0.3 else min(len(changed), 140)
        at = dice.randrange(max(reach, 1))
        match dice.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del changed[at : at + dice.randint(1, 9)]
            case 2:
                changed[at:at] = changed[at : at + dice.randint(1, 40)]
            case _:
                changed[at:at] = dice.choice([b'"', b"{", b"0", b"-", b"9" * 30, b"\xff", b"]"])
    return bytes(changed)


@pytest.mark.parametrize("bad", ["missing", "folder"])
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, bad):
    (tmp_path / "folder").mkdir()
    with pytest.raises(ModelUnavailableError, match=f"{bad} can't be read") as error:
        read_weights(tmp_path / bad)
    assert "\n" not in str(error.value)
