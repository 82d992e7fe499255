from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.models.paper_weights import load_strict, published_weights
from semcs.models.registry import get
from semcs.models.weights import read_weights


@pytest.fixture
def layer():
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))


@pytest.fixture
def state():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).state_dict()


def test_every_tensor_is_copied_and_the_module_is_frozen(layer, state, tmp_path):
    state["1.num_batches_tracked"] += 7
    save_file(state, tmp_path / "layer.safetensors")
    load_strict(layer, read_weights(tmp_path / "layer.safetensors"), name="layer")
    for key, value in layer.state_dict().items():
        assert torch.equal(value, state[key])
    assert not layer.training
    assert not any(p.requires_grad for p in layer.parameters())


def test_half_precision_files_are_widened(layer, state, tmp_path):
    save_file({k: v.half() for k, v in state.items()}, tmp_path / "layer.safetensors")
    load_strict(layer, read_weights(tmp_path / "layer.safetensors"), name="layer")
    assert layer[0].weight.dtype == torch.float32
    assert torch.equal(layer[0].weight, state["0.weight"].half().float())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda s: s.pop("0.bias"), r"lacks 0\.bias$"),
        (lambda s: s.update(head=torch.zeros(1)), "has also head$"),
        (lambda s: s.update({"0.weight": torch.zeros(2, 4)}), r"has 0\.weight \(2, 4\) instead of"),
        (lambda s: [s.pop(k) for k in list(s) if k != "0.bias"], "lacks .*, .*, .* and 3 more$"),
    ],
)
def test_another_layout_is_named_and_nothing_is_loaded(layer, state, tmp_path, change, complaint):
    before = {key: value.clone() for key, value in layer.state_dict().items()}
    change(state)
    save_file(state, tmp_path / "layer.safetensors")
    with pytest.raises(ModelUnavailableError, match=f"layer: .*layer.safetensors.*{complaint}"):
        load_strict(layer, read_weights(tmp_path / "layer.safetensors"), name="layer")
    for key, value in layer.state_dict().items():
        assert torch.equal(value, before[key])


def test_tensors_of_ignored_names_may_be_there(layer, state, tmp_path):
    save_file({**state, "head.weight": torch.zeros(1)}, tmp_path / "layer.safetensors")
    load_strict(
        layer, read_weights(tmp_path / "layer.safetensors"), name="layer", ignored=("head.",)
    )
    assert torch.equal(layer[0].weight, state["0.weight"])


@pytest.mark.parametrize("content", [b"", b"not a safetensors file, but long enough"])
def test_what_is_no_safetensors_file_is_named(layer, tmp_path, content):
    (tmp_path / "layer.safetensors").write_bytes(content)
    with pytest.raises(ModelUnavailableError, match=r"layer: .* isn't a whole safetensors file"):
        load_strict(layer, read_weights(tmp_path / "layer.safetensors"), name="layer")


def test_a_cut_off_file_is_named(layer, state, tmp_path):
    file = tmp_path / "layer.safetensors"
    save_file(state, file)
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(ModelUnavailableError, match="isn't a whole safetensors file"):
        load_strict(layer, read_weights(file), name="layer")


def test_a_missing_file_of_the_callers_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"no weights file at .*own\.safetensors"):
        published_weights(get("vgg19"), tmp_path / "own.safetensors")
