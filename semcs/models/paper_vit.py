"""DINO and DINOv2 through timm (Caron et al. 2021; Oquab et al. 2023)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch.nn.functional as F
from torch import Tensor

from semcs.errors import InputError
from semcs.models.interfaces import KeyExtractor
from semcs.models.loading import build_without_weights
from semcs.models.normalise import normalise
from semcs.models.paper_weights import load_strict, published_weights
from semcs.models.registry import get


class PaperVit(KeyExtractor):
    """A frozen vision transformer that gives the keys of its last block.

    These are the features of Deep Spectral Methods (Melas-Kyriazi et al. 2022).
    """

    def __init__(self, name: str, vit: Any) -> None:
        """Wrap timm's `VisionTransformer`, built with `dynamic_img_size=True`."""
        super().__init__()
        self.name = name
        self.vit = vit
        self.patch_size = vit.patch_embed.patch_size[0]

    def forward(self, images: Tensor) -> Tensor:
        """Keys of (B, 3, H, W) RGB in [0, 1], sides multiples of `patch_size`.

        Returns:
            (B, N, C) with N = (H / patch_size)·(W / patch_size), row-major, heads concatenated.

        Raises:
            InputError: a side isn't a multiple of `patch_size`.
        """
        height, width = images.shape[-2:]
        if height % self.patch_size or width % self.patch_size:
            raise InputError(
                f"{self.name} needs sides that are multiples of {self.patch_size}, "
                f"not {height} x {width}"
            )
        return self._keys(self._tokens_before_last_block(normalise(images)))

    def _tokens_before_last_block(self, images: Tensor) -> Tensor:
        """(B, N, C) without class and register tokens."""
        tokens: Tensor
        (tokens,) = self.vit.forward_intermediates(
            images,
            indices=[len(self.vit.blocks) - 2],
            stop_early=True,
            intermediates_only=True,
            output_fmt="NLC",
        )
        return tokens

    def _keys(self, tokens: Tensor) -> Tensor:
        """The last block's keys; a token's key depends on that token alone."""
        last = self.vit.blocks[-1]
        # The rows of qkv are [queries | keys | values], in each the heads one after the other.
        keys = slice(self.vit.embed_dim, 2 * self.vit.embed_dim)
        return F.linear(last.norm1(tokens), last.attn.qkv.weight[keys], last.attn.qkv.bias[keys])


def load_paper_vit(name: str = "dino-vits16", *, path: str | Path | None = None) -> PaperVit:
    """DINO or DINOv2 with its published weights.

    Args:
        name: `"dino-vits16"`, `"dino-vits8"`, `"dino-vitb16"`, `"dinov2-vits14"` or
            `"dinov2-vits14-reg"`.
        path: Your own copy of the weights, in timm's layout as safetensors; None fetches them.

    Raises:
        InputError: unknown name, or no file at `path`.
        ModelUnavailableError: the weights can't be had, or aren't what they should be.
    """
    source = get(name, role="saliency")
    weights = published_weights(source, path)
    import timm

    # Position embeddings are resampled to the grid of each image, bicubically.
    options = {"num_classes": 0, "dynamic_img_size": True, "weight_init": "skip"}
    vit = build_without_weights(lambda: timm.create_model(source.architecture, **options))
    load_strict(vit, weights, name=source.name)
    return PaperVit(source.name, vit)
