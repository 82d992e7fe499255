"""Files of learned styles: safetensors, which hold numbers and text and nothing that can run."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor

from semcs.errors import InputError, ModelUnavailableError
from semcs.learning.about import About
from semcs.models.loading import build_without_weights
from semcs.models.painter_code import CODE
from semcs.models.weights import Weights, read_weights
from semcs.style.stylenet import RegionStyleNet, StyleNet

FORMAT = "semcs style 1"
"""What the metadata call the format; another number is another layout."""

MOST_BYTES = 6_000_000
_NETWORK = "network."  # how the names of the network's tensors begin
_HEADER = 8  # bytes before the header of a safetensors file: its length


def encode(about: About, network: StyleNet, code: Tensor | None) -> bytes:
    """The bytes of a file, in half precision."""
    from safetensors.torch import save

    tensors = {_NETWORK + name: value for name, value in network.state_dict().items()}
    if code is not None:
        tensors["code"] = code
    halved = {name: value.detach().cpu().half().contiguous() for name, value in tensors.items()}
    return save(halved, {"format": FORMAT, "about": about.to_json()})


def read_style(file: Path) -> tuple[About, StyleNet, Tensor | None]:
    """What it was learned from, its network and its code.

    Raises:
        InputError: The file can't be read, or is none of a learned style.
    """
    try:
        if not file.is_file():
            raise InputError(f"{file} isn't there, or is no file")
        if (size := file.stat().st_size) > MOST_BYTES:
            raise InputError(
                f"{file} is no learned style: it has {size:,} bytes, more than {MOST_BYTES:,}"
            )
        weights = read_weights(file)
        tensors = weights.tensors()
    except (ModelUnavailableError, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file} is no learned style: {error}") from None
    try:
        about = _read_about(weights)
        code = tensors.pop("code", None)
        _check(tensors, code)
    except InputError as error:
        raise InputError(f"{file} is no learned style that can be used: {error}") from None
    return about, build_network(tensors), None if code is None else code.float()


def build_network(tensors: dict[str, Tensor]) -> StyleNet:
    """A frozen network from its tensors, in float32."""
    network = build_without_weights(lambda: RegionStyleNet(1))
    network.load_state_dict({name.removeprefix(_NETWORK): t for name, t in tensors.items()})
    return network.eval().requires_grad_(False).to(memory_format=torch.channels_last)


def _read_about(weights: Weights) -> About:
    length = int.from_bytes(weights.content[:_HEADER], "little")
    header = json.loads(weights.content[_HEADER : _HEADER + length])
    metadata = header.get("__metadata__", {})
    if metadata.get("format") != FORMAT:
        raise InputError(f"its format isn't {FORMAT!r}; `semcs learn` writes files that are")
    return About.from_json(metadata.get("about", ""))


def _check(tensors: dict[str, Tensor], code: Tensor | None) -> None:
    state = build_without_weights(lambda: RegionStyleNet(1)).state_dict()
    expected = {_NETWORK + name: tuple(value.shape) for name, value in state.items()}
    found = {name: tuple(value.shape) for name, value in tensors.items()}
    if found != expected or (code is not None and tuple(code.shape) != (1, CODE)):
        raise InputError("its weights aren't laid out as a learned style's are")
    every = [*tensors.values(), *([] if code is None else [code])]
    if not all(value.dtype == torch.float16 and value.isfinite().all() for value in every):
        raise InputError("its weights aren't finite numbers of half precision")
