"""What the measures of two pictures share: on which device, and how exactly, they are computed.

Pictures and masks go to the device of the network that looks at them, and the network stays where
it is. It sees them in the precision of its weights. Everything else is computed in float32, or in
float64 where a picture is, under autocast too.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import reduce
from itertools import chain

import torch
from torch import Tensor, nn

from semcs.metrics.inputs import Measured, answer, as_mask, as_pair


class PairMeasure(nn.Module, ABC):
    """A measure of pairs of pictures: of batches when called, of any pictures by `of_pictures`."""

    def forward(self, content: Tensor, output: Tensor, mask: Tensor | None = None) -> Tensor:
        """Compare each of B pairs.

        Args:
            content: (B, 3, H, W) RGB in [0, 1], on any device and in any floating precision.
            output: (B, 3, H, W).
            mask: (B, 1, H, W) or (1, 1, H, W) in [0, 1], the region; everything by default. For
                one pair, (R, 1, H, W) gives an answer for each of R regions.

        Returns:
            (B,), or what the measure says, on the device of `content`; float32, or float64 where a
            picture is. Differentiable in the pictures.
        """
        return self.compare(*to_network(self, content, output, mask)).to(content.device)

    @abstractmethod
    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """`forward` of pictures that are on the device of the network, float32 or float64."""

    def of_pictures(self, content: object, output: object, mask: object = None) -> Measured:
        """Compare two pictures of any kind: a number; for batches a tensor (B,).

        Raises:
            InputError: A picture or the mask can't be read, or sizes differ.
        """
        before, after = as_pair(content, output)
        return answer(self(before, after, as_mask(mask, before)), content)


def to_network(
    network: nn.Module, content: Tensor, output: Tensor, mask: Tensor | None
) -> tuple[Tensor, Tensor, Tensor | None]:
    """Pictures and a mask on a network's device, in one precision of at least float32."""
    device = device_of(network, content.device)
    dtype = statistics_dtype(device, content, output)
    before, after = content.to(device, dtype), output.to(device, dtype)
    return before, after, None if mask is None else mask.to(device, dtype)


def device_of(network: nn.Module, otherwise: torch.device) -> torch.device:
    """Where a network's weights are; `otherwise` for a network without any."""
    first = next(_tensors(network), None)
    return otherwise if first is None else first.device


def statistics_dtype(device: torch.device, *images: Tensor) -> torch.dtype:
    """Float32, or float64 where an image is and the device has it."""
    if device.type == "mps":
        return torch.float32
    return reduce(torch.promote_types, (image.dtype for image in images), torch.float32)


def as_weights(network: nn.Module, images: Tensor) -> Tensor:
    """Images in the precision of a network's weights; in the widest where they differ."""
    kinds = {tensor.dtype for tensor in _tensors(network) if tensor.is_floating_point()}
    return images.to(reduce(torch.promote_types, kinds)) if kinds else images


def without_autocast(device: torch.device) -> AbstractContextManager[object]:
    """A context for statistics that bfloat16 would spoil, such as small differences of means."""
    # Older releases of torch don't tell; they know these two.
    available = getattr(torch.amp, "is_autocast_available", ("cpu", "cuda").__contains__)
    return torch.autocast(device.type, enabled=False) if available(device.type) else nullcontext()


def _tensors(network: nn.Module) -> Iterator[Tensor]:
    return chain(network.parameters(), network.buffers())
