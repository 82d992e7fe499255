"""The arithmetic that networks run in while a picture is optimised."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain
from typing import TypeVar

import torch
from torch import nn

NetworkT = TypeVar("NetworkT", bound=nn.Module)


def mixed_precision(device: torch.device | str, *, wanted: bool = True) -> torch.autocast:
    """A context in which convolutions and matrix products run in bfloat16, where that is faster.

    That is on GPUs, and on CPUs with instructions for it; others stay in float32. Weights,
    losses and what is optimised stay in float32 everywhere; bfloat16 has the range of float32, so
    that no loss needs scaling. Within an autocast of the caller's, weights that were cast would be
    remembered until that ends, over the optimiser's changes to them: none are remembered.
    """
    kind = torch.device(device).type
    enabled = wanted and bfloat16_is_fast(kind)
    return torch.autocast(kind, torch.bfloat16, enabled=enabled, cache_enabled=False)


def bfloat16_is_fast(kind: str) -> bool:
    """Whether a kind of device, such as "cpu", multiplies bfloat16 faster than float32."""
    if kind == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if kind == "cpu":
        # Older releases of torch don't tell; there float32 is the safe choice.
        known: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
        limited = torch.backends.cpu.get_cpu_capability() == "AVX2"  # by ATEN_CPU_CAPABILITY
        return not limited and bool(known.get("avx512_bf16") or known.get("amx_bf16"))
    return False


def cast_once(network: NetworkT) -> NetworkT:
    """A frozen network for use in `mixed_precision`, its convolutions and matrices in bfloat16.

    It computes the same bits: autocast casts them too, but anew at every call, since it remembers
    trained weights only. All else is shared with the network that was given.
    """
    shared = {id(tensor): tensor for tensor in chain(network.parameters(), network.buffers())}
    copied = deepcopy(network, shared)
    for module in copied.modules():
        weight = getattr(module, "weight", None)
        multiplies = isinstance(weight, nn.Parameter) and weight.ndim > 1
        if multiplies and not isinstance(module, nn.Embedding):
            for name, parameter in list(module.named_parameters(recurse=False)):
                cast = nn.Parameter(parameter.detach().bfloat16(), requires_grad=False)
                setattr(module, name, cast)
    return copied
