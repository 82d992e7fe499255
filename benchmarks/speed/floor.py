"""The least time that a network's arithmetic can take here: counted operations over their rate.

The operations of a forward and a backward pass are counted as torch dispatches them. The rate is
that of the network's own convolutions and linear layers, each alone, at the shapes that pass
through it, forward and backward, in the faster of both memory layouts. So the floor leaves out
norms, activations, attention's softmax, resizing, copies between layouts and casts; a step can
come near to it, not below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from statistics import median
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.speed.clock import seconds_of


@dataclass(frozen=True)
class Floor:
    """What a network's pass costs at least.

    Attributes:
        gflop: Counted operations of a forward and a backward pass, in 10⁹; a multiplication with
            its addition is two.
        gflop_per_s: Rate of its layers alone.
    """

    gflop: float
    gflop_per_s: float

    @property
    def seconds(self) -> float:
        """The floor."""
        return self.gflop / self.gflop_per_s


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer as a pass met it."""

    module: nn.Module
    shape: torch.Size
    into_input: bool  # whether the gradient goes on to the layer's input

    @property
    def kind(self) -> tuple[object, ...]:
        """Equal for layers that take the same time."""
        trained = any(p.requires_grad for p in self.module.parameters())
        return str(self.module), tuple(self.shape), self.into_input, trained


def floor_of(
    network: nn.Module, run: Callable[[], Tensor], dtype: torch.dtype, *, repeats: int = 3
) -> Floor:
    """The floor of one forward and backward pass.

    Args:
        network: Whose layers are met in `run`.
        run: The forward pass.
        dtype: Arithmetic that the layers are timed in, that of the pass.
        repeats: Runs of each layer; the median counts.
    """
    met = layers_of(network, run)
    gflop = gflop_of(lambda: run().float().sum().backward())
    network.zero_grad(set_to_none=True)
    often = Counter(layer.kind for layer in met)
    work = seconds = 0.0
    for kind, layer in {layer.kind: layer for layer in met}.items():
        alone = [pass_alone(layer, dtype, layout) for layout in layouts(layer)]
        work += often[kind] * gflop_of(alone[0])
        seconds += often[kind] * min(_median_seconds(each, repeats) for each in alone)
    return Floor(gflop, work / seconds)


def gflop_of(action: Callable[[], object]) -> float:
    """Operations that torch is asked for, in 10⁹."""
    with FlopCounterMode(display=False) as counter:
        action()
    return counter.get_total_flops() / 1e9


def layers_of(network: nn.Module, run: Callable[[], object]) -> list[Layer]:
    """Convolutions and linear layers that a pass goes through, in order."""
    met: list[Layer] = []

    def meet(module: nn.Module, inputs: Any) -> None:
        met.append(Layer(module, inputs[0].shape, inputs[0].requires_grad))

    kinds = (nn.Conv2d, nn.Linear)
    hooks = [m.register_forward_pre_hook(meet) for m in network.modules() if isinstance(m, kinds)]
    try:
        run()
    finally:
        for hook in hooks:
            hook.remove()
    return met


def layouts(layer: Layer) -> tuple[torch.memory_format, ...]:
    """Memory layouts that a layer can be run in."""
    if len(layer.shape) == 4:
        return torch.contiguous_format, torch.channels_last
    return (torch.contiguous_format,)


def pass_alone(
    layer: Layer, dtype: torch.dtype, layout: torch.memory_format
) -> Callable[[], object]:
    """A layer's forward and backward pass by itself, on noise of the shape that it met."""
    module = deepcopy(layer.module).to(dtype=dtype).to(memory_format=layout)
    inputs = torch.rand(layer.shape).to(dtype, memory_format=layout)
    inputs.requires_grad_(layer.into_input)
    wanted = [each for each in (inputs, *module.parameters()) if each.requires_grad]
    gradient = torch.ones_like(module(inputs))  # in the layout of what it gives

    def both() -> None:
        found = module(inputs)
        for each in wanted:
            each.grad = None  # else the gradients would be added up
        if wanted:
            found.backward(gradient)

    return both


def _median_seconds(action: Callable[[], object], repeats: int) -> float:
    action()
    return median(seconds_of(action) for _ in range(repeats))
