"""Reads a Keras MobileNet from HDF5, whichever Keras wrote it; Keras itself isn't needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from semcs.errors import ModelUnavailableError
from semcs.models.weights import Weights

Arrays = dict[tuple[str, str], NDArray[np.float32]]

# Keras pads strided convolutions at the lower right alone since this version.
ONE_SIDED = (2, 2)
NORM = {
    "weight": "gamma",
    "bias": "beta",
    "running_mean": "moving_mean",
    "running_var": "moving_variance",
}


@dataclass(frozen=True)
class KerasWeights:
    """Weights under the names of a `Nima`.

    Attributes:
        file: Where they come from.
        state: What its state dict is to hold.
        symmetric: They were trained with padding on all sides (Keras 2.1 and before).
    """

    file: Path
    state: dict[str, torch.Tensor]
    symmetric: bool

    def copy_to(self, network: nn.Module) -> None:
        """Fill the network.

        Raises:
            ModelUnavailableError: The shapes differ.
        """
        try:
            network.load_state_dict(self.state, strict=True)
        except RuntimeError as error:
            reason = str(error).splitlines()[-1].strip()
            raise ModelUnavailableError(
                f"nima: {self.file} isn't laid out as it should be: {reason}"
            ) from error


def read_mobilenet(weights: Weights, *, blocks: int) -> KerasWeights:
    """The weights of a MobileNet with a dense head.

    Args:
        weights: HDF5 by `save_weights` of Keras 2, or by `save` of Keras 2 or 3.
        blocks: How many depthwise separable blocks it has.

    Raises:
        ModelUnavailableError: h5py isn't installed, no HDF5 file, or one of another network.
    """
    file = weights.file
    arrays, version = _read(weights)
    try:
        state = dict(_translate(arrays, blocks))
    except KeyError as error:
        layer, variable = error.args[0]
        raise ModelUnavailableError(
            f"nima: {file} is no Keras MobileNet with a dense head: it lacks {layer}/{variable}"
        ) from error
    except (TypeError, ValueError) as error:  # of arrays of other kinds, or with other axes
        raise ModelUnavailableError(
            f"nima: {file} isn't laid out as it should be: {error}"
        ) from error
    return KerasWeights(file, state, symmetric=version is not None and version < ONE_SIDED)


def _read(weights: Weights) -> tuple[Arrays, tuple[int, ...] | None]:
    """Arrays by layer and variable, and the version of Keras where the file tells it."""
    try:
        import h5py
    except ImportError as error:
        raise ModelUnavailableError(
            "nima: reading Keras weights needs h5py; pip install 'semcs[metrics]'"
        ) from error
    arrays: Arrays = {}

    def collect(path: str, item: Any) -> None:
        # [model_weights/]conv1[/conv1]/kernel[:0]
        if isinstance(item, h5py.Dataset) and "/" in path:
            layer, variable = path.split("/")[-2:]
            arrays[layer, variable.split(":")[0].removeprefix("depthwise_")] = item[()]

    try:
        with h5py.File(BytesIO(weights.content)) as stored:
            written_by = stored.attrs.get("keras_version")
            stored.get("model_weights", stored).visititems(collect)
    # Of what is damaged further in, the library says so by errors of many kinds.
    except Exception as error:
        raise ModelUnavailableError(f"nima: {weights.file} isn't a whole HDF5 file") from error
    if isinstance(written_by, bytes):
        written_by = written_by.decode(errors="replace")
    numbers = str(written_by).split(".")[:2]
    version = tuple(map(int, numbers)) if all(n.isdecimal() for n in numbers) else None
    return arrays, version


def _translate(arrays: Arrays, blocks: int) -> Iterator[tuple[str, torch.Tensor]]:
    yield from _unit(arrays, "stem", "conv1")
    for block in range(blocks):
        for part, kind in enumerate(("dw", "pw")):
            yield from _unit(arrays, f"blocks.{block}.{part}", f"conv_{kind}_{block + 1}")
    # Keras numbers its dense layers: dense, dense_1, ...
    heads = [layer for layer, variable in arrays if variable == "kernel" and "dense" in layer]
    head = heads[0] if len(heads) == 1 else "dense"
    yield "head.weight", torch.from_numpy(arrays[head, "kernel"].T.copy())
    yield "head.bias", torch.from_numpy(arrays[head, "bias"])


def _unit(arrays: Arrays, ours: str, theirs: str) -> Iterator[tuple[str, torch.Tensor]]:
    kernel = arrays[theirs, "kernel"]
    # (height, width, in, out) to (out, in, height, width); depthwise (h, w, channels, 1).
    order = (2, 3, 0, 1) if "_dw_" in theirs else (3, 2, 0, 1)
    yield f"{ours}.conv.weight", torch.from_numpy(kernel.transpose(order).copy())
    for name, variable in NORM.items():
        yield f"{ours}.norm.{name}", torch.from_numpy(arrays[f"{theirs}_bn", variable])
    yield f"{ours}.norm.num_batches_tracked", torch.tensor(0)
