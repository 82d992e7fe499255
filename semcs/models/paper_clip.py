"""OpenAI CLIP through open_clip (Radford et al. 2021, Learning Transferable Visual Models)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from semcs.models.clip import fit
from semcs.models.interfaces import ImageTextModel
from semcs.models.normalise import normalise
from semcs.models.paper_weights import load_strict, weights_file
from semcs.models.registry import get

OPENAI_MEAN = (0.48145466, 0.4578275, 0.40821073)
OPENAI_STD = (0.26862954, 0.26130258, 0.27577711)


class PaperClip(ImageTextModel):
    """CLIP's two towers, frozen, with OpenAI's preprocessing inside."""

    def __init__(self, name: str, towers: Any, input_size: int) -> None:
        """Wrap an open_clip `CLIP` whose image tower sees squares of `input_size` pixels."""
        super().__init__()
        self.name = name
        self.towers = towers
        self.input_size = input_size

    def encode_image(self, images: Tensor) -> Tensor:
        """Embed (B, 3, H, W) RGB in [0, 1] to (B, D) of unit length, differentiably.

        An image that isn't square is squashed to the square that the tower sees.
        """
        squares = fit(images, self.input_size)
        return self.towers.encode_image(normalise(squares, OPENAI_MEAN, OPENAI_STD), normalize=True)

    @torch.no_grad()
    def encode_text(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, D) of unit length; what goes beyond 77 tokens is cut off."""
        import open_clip

        tokens = open_clip.tokenize(list(texts)).to(next(self.towers.parameters()).device)
        return self.towers.encode_text(tokens, normalize=True)


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
    file = weights_file(source, path)
    import open_clip

    # OpenAI trained with QuickGELU, x·sigmoid(1.702 x); the architecture's name asks for it.
    config = open_clip.get_model_config(source.architecture)
    towers = open_clip.CLIP(**config)
    load_strict(towers, file, name=source.name)
    return PaperClip(source.name, towers, config["vision_cfg"]["image_size"])
