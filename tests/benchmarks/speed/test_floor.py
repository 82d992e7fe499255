from __future__ import annotations

import pytest
import torch
from torch import nn

from benchmarks.speed import floor, step
from benchmarks.speed.floor import Layer, floor_of, gflop_of, layers_of, pass_alone
from semcs.style.objective import Objective
from semcs.style.optimise import Optimisation
from semcs.style.presets import PRESETS


def conv(trained: bool):
    return nn.Conv2d(4, 4, 3, padding=1).requires_grad_(trained)


@pytest.mark.parametrize(
    ("trained", "into_input", "passes"),
    [(False, False, 1), (False, True, 2), (True, False, 2), (True, True, 3)],
)
def test_operations_of_a_convolution_have_a_closed_form(trained, into_input, passes):
    layer = Layer(conv(trained), torch.Size([2, 4, 10, 12]), into_input)
    forward = 2 * (2 * 10 * 12) * (4 * 4 * 9) / 1e9
    for layout in (torch.contiguous_format, torch.channels_last):
        alone_pass = pass_alone(layer, torch.float32, layout)
        assert gflop_of(alone_pass) == pytest.approx(passes * forward)


def test_operations_of_a_linear_layer_have_a_closed_form():
    layer = Layer(nn.Linear(8, 5).requires_grad_(False), torch.Size([3, 7, 8]), True)
    both = gflop_of(pass_alone(layer, torch.bfloat16, torch.contiguous_format))
    assert both == pytest.approx(2 * 2 * (3 * 7) * 8 * 5 / 1e9)


def test_layers_are_met_as_they_are_called():
    network = nn.Sequential(conv(True), nn.ReLU(), conv(True), conv(True), nn.Flatten())
    network.append(nn.Linear(4 * 6 * 6, 2))
    met = layers_of(network, lambda: network(torch.zeros(1, 4, 6, 6)))
    assert [type(layer.module).__name__ for layer in met] == ["Conv2d"] * 3 + ["Linear"]
    assert [layer.into_input for layer in met] == [False, True, True, True]
    assert met[1].kind == met[2].kind
    assert len({layer.kind for layer in met}) == 3
    assert not network[0]._forward_pre_hooks


def test_the_rate_is_that_of_all_layers_and_the_floor_the_quotient(monkeypatch):
    network = nn.Sequential(conv(True), conv(True), nn.ReLU(), conv(True))
    seconds = iter([5.0, 2.0, 1.0, 3.0])  # of both layouts: the first layer's, the others'
    monkeypatch.setattr(floor, "_median_seconds", lambda action, repeats: next(seconds))
    found = floor_of(network, lambda: network(torch.zeros(1, 4, 6, 6)), torch.float32)
    forward = 2 * 36 * (4 * 4 * 9) / 1e9
    assert found.gflop == pytest.approx((2 + 3 + 3) * forward)
    assert found.gflop_per_s == pytest.approx((2 + 3 + 3) * forward / (2 + 1 + 1))
    assert found.seconds == pytest.approx(4)
    assert network[0].weight.grad is None


def test_a_steps_floors_count_all_crops_and_every_region(tiny_family, task):
    settings = PRESETS["semcs"].resolve(tiny_family.settings).change(patches=6)
    clip, network = tiny_family.clip, tiny_family.content
    ours = Optimisation(Objective(task, settings, clip, network, templates=("{}",)))
    floors = step.step_floors(ours)
    assert set(floors) == {"StyleNet", "image encoder", "content network"}
    # Two convolutions on an 8×8 grid; forward, and back to the images.
    one = 2 * 2 * 64 * (3 * 16 * 8 + 8 * 9 * 16) / 1e9
    assert floors["image encoder"].gflop == pytest.approx((6 + 2) * one)
    assert all(part.seconds > 0 for part in floors.values())
