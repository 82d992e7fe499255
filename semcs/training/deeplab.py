"""Read DeepLabV3 (MobileNetV2, Pascal VOC) out of its 8-bit TFLite file into a float network.

    python -m semcs.training.deeplab --data DIR --out DIR

Reads the file in --data/teachers, whose weights are whole numbers with a scale for each layer.
Writes deeplab.safetensors to --out, from which `semcs.training.regions` starts and which is its
teacher, and prints how well it agrees with the file on four photos. It takes seconds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from semcs.errors import InputError
from semcs.models.mobilenet import BLOCKS, DEEP_CHANNELS, DeepLabBackbone
from semcs.training.arguments import plain_parser
from semcs.training.data import pixels, read_rgb
from semcs.training.loop import save_weights
from semcs.training.magenta import dequantised
from semcs.training.region_kinds import VOC
from semcs.training.teacher import DEEPLAB, INPUT_SIDE, DeepLabTeacher, open_tflite

FILE = "deeplab.safetensors"  # in --out
CHECKED = 4  # photos
WEIGHTS_MARK = "/weights_quant/"  # in the names of what layers multiply by

Weights = dict[str, Tensor]
Details = dict[str, Any]


class TfliteNetwork(Protocol):
    """What is read of TFLite's interpreter."""

    def get_tensor_details(self) -> list[Details]:
        """Name, index, shape, type and quantisation of each array."""

    def get_tensor(self, index: int) -> NDArray[Any]:
        """An array."""


class DeepLab(nn.Module):
    """DeepLabV3 with its own classes, `VOC`."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone = DeepLabBackbone()
        self.classes = nn.Conv2d(DEEP_CHANNELS, len(VOC), 1)

    def forward(self, images: Tensor) -> Tensor:
        """Probabilities (B, 21, H/16, W/16) of (B, 3, H, W) RGB in [0, 1]."""
        logits: Tensor = self.classes(self.backbone(images).deep)
        return logits.softmax(1)


class Agreement(NamedTuple):
    """How two networks agree on a photo.

    Attributes:
        same: Share of the grid's cells that get the same class.
        apart: Mean difference of probabilities.
    """

    same: float
    apart: float


def layer_names() -> dict[str, str]:
    """What `DeepLab` calls its layers, and the names that they have in the file."""
    names = {
        "backbone.stem": "MobilenetV2/Conv",
        "backbone.local": "aspp0",
        "backbone.summary": "image_pooling",
        "backbone.join": "concat_projection",
        "classes": "logits/semantic",
    }
    for index in range(len(BLOCKS)):
        block = f"MobilenetV2/expanded_conv_{index}" if index else "MobilenetV2/expanded_conv"
        for part in ("expand", "depthwise", "project") if index else ("depthwise", "project"):
            names[f"backbone.blocks.{index}.{part}"] = f"{block}/{part}"
    return names


def converted(net: TfliteNetwork) -> Weights:
    """The state of a `DeepLab`.

    Raises:
        InputError: The file lacks a layer.
    """
    details = net.get_tensor_details()
    state: Weights = {}
    for own, name in layer_names().items():
        named = [d for d in details if d["name"].startswith(f"{name}/")]
        weights = [d for d in named if WEIGHTS_MARK in d["name"] and len(d["shape"]) == 4]
        biases = [d for d in named if d["dtype"] is np.int32]
        if len(weights) != 1 or len(biases) != 1:
            raise InputError(f"the TFLite file isn't DeepLab's: it has no single layer {name}")
        # From outputs, rows, columns, inputs; of depthwise ones, from 1, rows, columns, channels.
        order = (3, 0, 1, 2) if own.endswith("depthwise") else (0, 3, 1, 2)
        state[f"{own}.weight"] = _floats(net, weights[0]).permute(order).contiguous()
        state[f"{own}.bias"] = _floats(net, biases[0])
    return state


def agreement(network: DeepLab, teacher: DeepLabTeacher, photo: NDArray[np.uint8]) -> Agreement:
    """How a converted network agrees with the file that it came from, on (H, W, 3) RGB."""
    _, expected = teacher(photo)
    square = cv2.resize(photo, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_LINEAR)
    with torch.no_grad():
        found = network(pixels(square[None]))[0].permute(1, 2, 0).numpy()
    same = found.argmax(-1) == expected.argmax(-1)
    return Agreement(float(same.mean()), float(np.abs(found - expected).mean()))


def load_deeplab(folder: Path) -> DeepLab:
    """The converted network that lies in the folder of --out.

    Raises:
        InputError: There is none.
    """
    if not (folder / FILE).is_file():
        raise InputError(f"no {FILE} in {folder}: semcs.training.deeplab writes it")
    network = DeepLab().eval()
    network.load_state_dict(load_file(folder / FILE))
    return network


def _floats(net: TfliteNetwork, details: Details) -> Tensor:
    scale, zero = details["quantization"]
    whole = net.get_tensor(details["index"])
    return torch.from_numpy(
        dequantised(whole, np.array(scale, np.float32), np.array(zero, np.float32))
    )


def checks(network: DeepLab, data: Path) -> Iterator[tuple[Path, Agreement]]:
    """The agreement on the first photos of people in --data."""
    teacher = DeepLabTeacher(data / DEEPLAB)
    for file in sorted((data / "cutouts" / "people").glob("*.jpg"))[:CHECKED]:
        yield file, agreement(network, teacher, read_rgb(file))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = plain_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds teachers/")
    parser.add_argument("--out", type=Path, required=True, help="where deeplab.safetensors goes")
    return parser.parse_args()


def main() -> None:
    """Convert from the command line."""
    args = parse()
    save_weights(converted(open_tflite(args.data / DEEPLAB, threads=1)), args.out / FILE)
    for file, found in checks(load_deeplab(args.out), args.data):
        print(f"{file.name}: same class {found.same:.1%}, apart {found.apart:.4f}")


if __name__ == "__main__":
    main()
