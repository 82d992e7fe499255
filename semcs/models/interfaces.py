"""What the style and saliency halves ask of a network; every model family fills these in.

The examples wrap networks of open_clip, timm and torchvision. Put together they are a family:

    family = semcs.ModelFamily(
        "mine",
        clip=lambda: OpenClip(clip, open_clip.get_tokenizer("ViT-L-14")),
        key_extractor=lambda: TimmKeys(vit),
        content=lambda: EarlyVgg(vgg),
    )
    semcs.stylize("photo.jpg", fg="gold", models=family)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple

from torch import Tensor, nn

from semcs.models.normalise import fit


class ImageTextModel(nn.Module, ABC):
    """An image encoder and a text encoder that share one embedding space.

    Attributes:
        name: What ran, as `result.models` tells it.
        input_size: Side in pixels of the square that the image encoder sees.

    Example:
        class OpenClip(ImageTextModel):
            name, input_size = "ViT-L-14", 224

            def __init__(self, clip, tokenizer):  # an open_clip model, and its tokenizer
                super().__init__()
                self.clip, self.tokenizer = clip, tokenizer

            def encode_image(self, images):
                squares = normalise(self.fit(images), OPENAI_MEAN, OPENAI_STD)
                return self.clip.encode_image(squares, normalize=True)

            def encode_text(self, texts):
                tokens = self.tokenizer(list(texts)).to(self.clip.logit_scale.device)
                return self.clip.encode_text(tokens, normalize=True)
    """

    name: str
    input_size: int

    def fit(self, images: Tensor) -> Tensor:
        """Bring images (B, 3, H, W) to the squares (B, 3, `input_size`, `input_size`)."""
        return fit(images, self.input_size)

    @abstractmethod
    def encode_image(self, images: Tensor) -> Tensor:
        """Embed images: (B, 3, H, W) RGB in [0, 1], any H and W, to (B, D) of unit length.

        Pictures are optimised through this: it has to be differentiable.
        """

    @abstractmethod
    def encode_text(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, D) of unit length."""


class KeyExtractor(nn.Module, ABC):
    """A vision transformer that gives the attention keys of its last block.

    Attributes:
        name: What ran, as `result.models` tells it.
        patch_size: Side in pixels of a patch.

    Example:
        class TimmKeys(KeyExtractor):
            name, patch_size = "vit_tiny", 16

            def __init__(self, vit):  # timm's VisionTransformer, made with dynamic_img_size=True
                super().__init__()
                self.vit = vit
                vit.blocks[-1].attn.qkv.register_forward_hook(self.remember)

            def remember(self, layer, inputs, output):
                self.keys = output.chunk(3, dim=-1)[1]  # of queries, keys and values

            def forward(self, images):
                self.vit.forward_features(normalise(images))
                return self.keys[:, self.vit.num_prefix_tokens :]
    """

    name: str
    patch_size: int

    @abstractmethod
    def forward(self, images: Tensor) -> Tensor:
        """Keys of (B, 3, H, W) RGB in [0, 1], sides multiples of `patch_size`.

        Returns:
            (B, N, C) with N = (H / patch_size)·(W / patch_size), row-major, heads concatenated,
            class and register tokens dropped.
        """


class ContentNetwork(nn.Module, ABC):
    """A network whose feature maps keep what is where, and let colour and texture go.

    Attributes:
        name: What ran, as `result.models` tells it.

    Example:
        class EarlyVgg(ContentNetwork):
            name = "VGG16 to relu3_3"

            def __init__(self, vgg):  # torchvision's
                super().__init__()
                self.layers = vgg.features[:16]

            def forward(self, images):
                return (self.layers(normalise(images)),)
    """

    name: str

    @abstractmethod
    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        """Feature maps (B, C, h, w) of (B, 3, H, W) RGB in [0, 1], one for each layer compared.

        Pictures are optimised through this: it has to be differentiable.
        """


class Presence(NamedTuple):
    """What a map of a thing has to reach for the thing to count as being in the picture.

    Attributes:
        share: Least share of the picture's pixels that are over 0.5.
        peak: Least value of the highest pixel.
    """

    share: float
    peak: float


class RegionModel(nn.Module, ABC):
    """A network that finds regions of one picture by words, clicks, boxes and rough masks.

    Attributes:
        name: What ran, as `result.models` tells it.
        presence: When a thing counts as being in the picture.
    """

    name: str
    presence = Presence(share=0.003, peak=0.6)

    @abstractmethod
    def see(self, images: Tensor) -> Any:
        """What the other methods go by, of (1, 3, H, W) RGB in [0, 1], H and W multiples of 16."""

    @abstractmethod
    def knows(self, phrase: str) -> bool:
        """Whether `share` can be asked for a phrase, such as "tree" or "trees", in lower case."""

    def words(self) -> Sequence[str]:
        """The main ones of the words that it knows; none where it knows any phrase."""
        return ()

    def suggest(self, phrase: str) -> Sequence[str]:
        """Known phrases that are spelt like one that isn't known, best first."""
        return ()

    @abstractmethod
    def share(self, seen: Any, phrase: str) -> Tensor:
        """How much of every place is what a phrase names: (h, w) in [0, 1], h and w about H/4, W/4.

        Args:
            seen: Of `see`.
            phrase: One that is known.
        """

    def subjects(self, seen: Any) -> Tensor | None:
        """How much of every place is of what photos are mostly taken of, (h, w) in [0, 1].

        None where nothing of that kind is in the picture, or the model can't tell.

        Args:
            seen: Of `see`.
        """
        return None

    @abstractmethod
    def select(self, seen: Any, hints: Tensor) -> tuple[Tensor, Any]:
        """The region that hints mean.

        Args:
            seen: Of `see`.
            hints: (1, 5, H/4, W/4), of `semcs.models.region_hints.hint_maps`.

        Returns:
            Logits (1, 1, H/4, W/4), and what `refine` goes on from.
        """

    @abstractmethod
    def refine(self, images: Tensor, seen: Any, region: Tensor, detail: Any) -> Tensor:
        """Logits (1, 1, H, W) of a region's alpha, from what `see` and `select` gave."""
