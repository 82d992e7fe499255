"""OpenAI CLIP through open_clip (Radford et al. 2021, Learning Transferable Visual Models)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.interfaces import ImageTextModel
from semcs.models.loading import build_without_weights
from semcs.models.normalise import normalise
from semcs.models.paper_weights import load_strict, published_weights
from semcs.models.registry import get
from semcs.models.text import check_lengths

OPENAI_MEAN = (0.48145466, 0.4578275, 0.40821073)
OPENAI_STD = (0.26862954, 0.26130258, 0.27577711)
QUICK = 1.702  # the factor in QuickGELU


class PaperClip(ImageTextModel):
    """CLIP's image encoder and text encoder, frozen, with OpenAI's preprocessing inside."""

    def __init__(self, name: str, network: Any, input_size: int) -> None:
        """Take over an open_clip `CLIP` whose image encoder sees squares of `input_size` pixels."""
        super().__init__()
        self.name = name
        self.network = network
        quicken(network.visual)
        self.input_size = input_size

    def encode_image(self, images: Tensor) -> Tensor:
        """Embed (B, 3, H, W) RGB in [0, 1] to (B, D) of unit length, differentiably.

        An image that isn't square is squashed to the square that the encoder sees.
        """
        squares = normalise(self.fit(images), OPENAI_MEAN, OPENAI_STD)
        return self.network.encode_image(squares, normalize=True)

    @torch.no_grad()
    def encode_text(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, D) of unit length; what goes beyond 77 tokens is cut off.

        Raises:
            InputError: One has more than 2,000 letters.
        """
        import open_clip

        tokens = open_clip.tokenize(check_lengths(texts)).to(next(self.network.parameters()).device)
        return self.network.encode_text(tokens, normalize=True)


def quicken(encoder: Any) -> None:
    """Have an open_clip image encoder compute the same in fewer and larger operations."""
    from open_clip.transformer import QuickGELU

    for layer in list(encoder.modules()):
        if isinstance(getattr(layer, "attn", None), nn.MultiheadAttention):
            layer.attn = SelfAttention(layer.attn)
        if isinstance(getattr(layer, "gelu", None), QuickGELU):
            fold_quick_gelu(layer)
    patches = getattr(encoder, "conv1", None)
    if patches is not None and patches.kernel_size == patches.stride:
        encoder.conv1 = PatchProduct(patches)


@torch.no_grad()
def fold_quick_gelu(mlp: Any) -> None:
    """x·sigmoid(1.702 x) is silu(1.702 x) / 1.702: the factors go into the layers beside it."""
    mlp.c_fc.weight *= QUICK
    mlp.c_fc.bias *= QUICK
    mlp.gelu = nn.SiLU()
    mlp.c_proj.weight /= QUICK


class SelfAttention(nn.Module):
    """What `nn.MultiheadAttention` computes where queries, keys and values are one (B, N, C).

    In bfloat16 on a CPU torch's own copies its weights for every token, and its fused attention is
    slow for as few tokens as these; both together took two thirds of a step.
    """

    def __init__(self, attention: nn.MultiheadAttention) -> None:
        """Share the weights of torch's."""
        super().__init__()
        self.heads = attention.num_heads
        self.weight, self.bias = attention.in_proj_weight, attention.in_proj_bias
        self.outward = attention.out_proj

    def forward(
        self, tokens: Tensor, *_: Tensor, need_weights: bool = False, attn_mask: None = None
    ) -> tuple[Tensor, None]:
        """Attend from all tokens (B, N, C) to all of them; the attention itself is not given."""
        parts = F.linear(tokens, self.weight, self.bias).unflatten(-1, (3, self.heads, -1))
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        attention = (queries @ keys.transpose(-1, -2) * queries.shape[-1] ** -0.5).softmax(-1)
        mixed = attention.to(values.dtype) @ values
        return self.outward(mixed.transpose(1, 2).flatten(2)), None


class PatchProduct(nn.Module):
    """A convolution of patches that don't overlap, as the matrix product that it is.

    Its gradient takes a tenth of the convolution's time in bfloat16 on a CPU.
    """

    def __init__(self, convolution: nn.Conv2d) -> None:
        """Share the weights of a convolution whose stride is its kernel's size."""
        super().__init__()
        self.side = convolution.stride[0]
        self.weight, self.bias = convolution.weight, convolution.bias

    def forward(self, images: Tensor) -> Tensor:
        """(B, 3, H, W), sides multiples of the patch, to (B, C, h, w)."""
        h, w = (side // self.side for side in images.shape[-2:])
        cells = images.unflatten(2, (h, self.side)).unflatten(4, (w, self.side))
        patches = cells.permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)
        products = F.linear(patches, self.weight.flatten(1), self.bias)
        return products.transpose(1, 2).unflatten(2, (h, w))


def load_paper_clip(name: str = "ViT-B-32", *, path: str | Path | None = None) -> PaperClip:
    """OpenAI's CLIP with its published weights.

    Args:
        name: `"ViT-B-32"`, `"RN50"` or `"ViT-B-16"`.
        path: Your own copy of the weights, in open_clip's layout as safetensors; None fetches them.

    Raises:
        InputError: unknown name, or no file at `path`.
        ModelUnavailableError: the weights can't be had, or aren't what they should be.
    """
    source = get(name, role="clip")
    weights = published_weights(source, path)
    import open_clip

    # OpenAI trained with QuickGELU, x·sigmoid(1.702 x); the architecture's name asks for it.
    config = open_clip.get_model_config(source.architecture)
    network = build_without_weights(lambda: open_clip.CLIP(**config))
    load_strict(network, weights, name=source.name)
    return PaperClip(source.name, network, config["vision_cfg"]["image_size"])
