"""The arithmetic that networks run in while a picture is optimised."""

from __future__ import annotations

import torch


def mixed_precision(device: torch.device | str, *, wanted: bool = True) -> torch.autocast:
    """A context in which convolutions and matrix products run in bfloat16, where that is faster.

    That is on GPUs, and on CPUs with instructions for it; others stay in float32. Weights,
    losses and what is optimised stay in float32 everywhere; bfloat16 has the range of float32, so
    that no loss needs scaling.
    """
    kind = torch.device(device).type
    return torch.autocast(kind, torch.bfloat16, enabled=wanted and bfloat16_is_fast(kind))


def bfloat16_is_fast(kind: str) -> bool:
    """Whether a kind of device, such as "cpu", multiplies bfloat16 faster than float32."""
    if kind == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if kind == "cpu":
        # Older releases of torch don't tell; there float32 is the safe choice.
        known: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
        return bool(known.get("avx512_bf16") or known.get("amx_bf16"))
    return False
