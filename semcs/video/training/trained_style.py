"""A network that paints every frame of a clip, and the file that keeps it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.image import to_tensor, write_bytes_atomic
from semcs.models.settings import own_settings
from semcs.models.weights import Weights, read_weights
from semcs.style.held import hold_norms
from semcs.style.levels import Levels
from semcs.style.presets import Preset
from semcs.style.regions import Region
from semcs.style.render import paint_at
from semcs.style.stylenet import build_stylenet
from semcs.video.training.painted import Painted

Array = NDArray[np.float32]

FORMAT = "semcs trained clip 1"
"""What the file calls its format; another number is another layout."""

_HEADER = 8  # bytes before the header of a safetensors file: its length


@dataclass(frozen=True, eq=False)
class TrainedStyle:
    """A network that paints every frame of a clip.

    Attributes:
        network: Frozen; its norms hold the statistics of the frames that it was trained on.
        preset: No option is left open.
        size: Longest side that it works at, in pixels.
        levels: What the contrast and the stretch of each region refer to.
    """

    network: nn.Module
    preset: Preset
    size: int
    levels: tuple[Levels, ...]

    @own_settings()
    def apply(
        self, photo: Array, starts: Sequence[Array], shares: Tensor, regions: Sequence[Region]
    ) -> list[Array]:
        """Paint one frame.

        Args:
            photo: (H, W, 3) RGB in [0, 1].
            starts: What each styled region begins as, (H, W, 3) RGB in [0, 1].
            shares: (R, 1, H, W) of the styled regions.
            regions: The styled ones, as many as it was trained for.

        Returns:
            Each region's picture (H, W, 3) float32 in [0, 1], with the contrast and the stretch
            that the preset asks for.

        Raises:
            InputError: It was trained for another number of regions.
            DivergenceError: The picture holds NaN or infinite values.
        """
        if len(starts) != len(self.levels):
            raise InputError(
                f"the network was trained for {len(self.levels)} styled regions, not {len(starts)}"
            )
        device = next(self.network.parameters()).device
        task = Painted(photo, starts, shares, regions).at_work(self.preset, self.size, device)
        full = torch.cat([to_tensor(start) for start in starts])
        pictures = paint_at(self.network, task, full, kind=self.preset.network.stylenet)
        return [
            levels.finish(one.permute(1, 2, 0).numpy(), self.preset.output)
            for one, levels in zip(pictures, self.levels)
        ]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as safetensors, whole or not at all: what is loaded paints the same bits."""
        from safetensors.torch import save

        state = self.network.state_dict()
        tensors = {name: value.detach().cpu().contiguous() for name, value in state.items()}
        about = {
            "format": FORMAT,
            "preset": self.preset.name,
            "options": _options_of(self.preset),
            "size": self.size,
            "levels": [asdict(one) for one in self.levels],
        }
        write_bytes_atomic(path, save(tensors, {"about": json.dumps(about)}))

    @classmethod
    @own_settings()
    def load(cls, path: str | os.PathLike[str], device: torch.device | str = "cpu") -> TrainedStyle:
        """Read what `save` wrote.

        Args:
            path: The file.
            device: Where the network runs.

        Raises:
            InputError: The file can't be read, or holds no network of this kind.
        """
        try:
            weights = read_weights(Path(path))
            tensors = weights.tensors()  # that the file is whole is checked first
            style = _style_of(_read_about(weights), tensors)
        except (ModelUnavailableError, LookupError, TypeError, ValueError, RuntimeError) as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise InputError(f"{path} holds no network for a clip: {reason}") from None
        style.network.to(device)
        return style


def _options_of(preset: Preset) -> dict[str, Any]:
    """All options by name, as `Preset.change` takes them."""
    parts = [part for part in asdict(preset).values() if isinstance(part, dict)]
    return {name: value for part in parts for name, value in part.items()}


def _read_about(weights: Weights) -> dict[str, Any]:
    length = int.from_bytes(weights.content[:_HEADER], "little")
    metadata = json.loads(weights.content[_HEADER : _HEADER + length]).get("__metadata__", {})
    about: dict[str, Any] = json.loads(metadata["about"])
    if about["format"] != FORMAT:
        raise ValueError(f"its format isn't {FORMAT!r}")
    return about


def _style_of(about: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> TrainedStyle:
    preset = Preset(about["preset"]).change(**about["options"])
    levels = tuple(Levels(**one) for one in about["levels"])
    network = hold_norms(
        build_stylenet(preset.network.stylenet, len(levels), (8, 8), torch.Generator())
    )
    network.load_state_dict(dict(tensors))
    network.eval().requires_grad_(False).to(memory_format=torch.channels_last)
    return TrainedStyle(network, preset, int(about["size"]), levels)
