"""DeepLab's float network, from a file of whole numbers that is made here."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from semcs.errors import InputError
from semcs.training import deeplab
from semcs.training.deeplab import FILE, DeepLab, agreement, converted, layer_names, load_deeplab
from semcs.training.loop import save_weights

SCALE, ZERO = 0.004, 120
BIAS_SCALE = 1e-5


class MadeTflite:
    """A network as TFLite stores it: channels last, bytes with a scale and a zero."""

    def __init__(self, state):
        self.arrays, self.details = [], []
        for own, name in layer_names().items():
            depthwise = own.endswith("depthwise")
            weight = state[f"{own}.weight"].permute((1, 2, 3, 0) if depthwise else (0, 2, 3, 1))
            kind = "depthwise_Fold" if depthwise else "Conv2D_Fold"
            whole = np.clip(np.round(weight.numpy() / SCALE) + ZERO, 0, 255).astype(np.uint8)
            self.add(f"{name}/{kind};{name}/weights_quant/FakeQuant", whole, (SCALE, ZERO))
            bias = np.round(state[f"{own}.bias"].numpy() / BIAS_SCALE).astype(np.int32)
            self.add(f"{name}/add_fold;{name}/bias", bias, (BIAS_SCALE, 0))
            self.add(f"{name}/Relu6", np.zeros((1, 9, 9, 3), np.uint8), (0.1, 0))

    def add(self, name, array, quantization):
        self.details.append(
            {
                "name": name,
                "index": len(self.arrays),
                "shape": np.array(array.shape),
                "dtype": array.dtype.type,
                "quantization": quantization,
            }
        )
        self.arrays.append(array)

    def get_tensor_details(self):
        return self.details

    def get_tensor(self, index):
        return self.arrays[index]


@pytest.fixture(scope="module")
def state():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return {name: value.clamp(-0.4, 0.4) for name, value in DeepLab().state_dict().items()}


def test_every_layer_is_read_to_half_a_step_of_its_whole_numbers(state):
    found = converted(MadeTflite(state))
    assert found.keys() == state.keys()
    for name, value in state.items():
        step = SCALE if name.endswith("weight") else BIAS_SCALE
        assert found[name].dtype == torch.float32
        torch.testing.assert_close(found[name], value, atol=0.501 * step, rtol=0, msg=name)


def test_a_file_without_a_layer_is_refused(state):
    net = MadeTflite(state)
    net.details = [d for d in net.details if not d["name"].startswith("aspp0/Conv2D")]
    with pytest.raises(InputError, match="aspp0"):
        converted(net)


@torch.no_grad()
def test_agreement_counts_cells_and_measures_probabilities(state, monkeypatch):
    side, grid = 65, 5
    monkeypatch.setattr(deeplab, "INPUT_SIDE", side)
    network = DeepLab().eval()
    network.load_state_dict(state)
    photo = np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)
    image = torch.from_numpy(photo).permute(2, 0, 1)[None] / 255
    own = network(image)[0].permute(1, 2, 0).numpy()
    other = own.copy()
    best = own[0].argmax(-1)
    for column in range(grid):  # a row of the grid gets another class
        other[0, column, [best[column], best[column] - 1]] = 0, 1
    same = agreement(network, lambda photo: (None, own), photo)
    assert same.same == 1
    assert same.apart < 1e-6
    apart = agreement(network, lambda photo: (None, other), photo)
    assert apart.same == pytest.approx(1 - 1 / grid)
    assert apart.apart == pytest.approx(np.abs(other - own).mean(), rel=1e-4)


def test_what_was_written_is_loaded_and_its_lack_is_said(state, tmp_path):
    with pytest.raises(InputError, match=r"semcs\.training\.deeplab"):
        load_deeplab(tmp_path)
    save_weights(state, tmp_path / FILE)
    loaded = load_deeplab(tmp_path)
    assert not loaded.training
    for name, value in loaded.state_dict().items():
        assert torch.equal(value, state[name])
