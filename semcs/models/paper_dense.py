"""Regions by any phrase: CLIP asked patch by patch.

Source: Zhou et al., Extract Free Dense Labels from CLIP (ECCV 2022), "MaskCLIP".

photo ─► dense features ─► against the phrase and everything else ─► joined by segments ─► soft map

Clicks, boxes, rough masks and outlines know no words; the bundled region network is given them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.models.directions import embed_texts
from semcs.models.interfaces import ImageTextModel, KeyExtractor, Presence, RegionModel
from semcs.models.normalise import normalise
from semcs.models.paper_clip import OPENAI_MEAN, OPENAI_STD
from semcs.models.paper_segments import joined, spectral_segments
from semcs.models.region_words import kinds_of

TEMPLATES = (
    "a photo of a {}.",
    "a photo of the {}.",
    "a cropped photo of {}.",
    "a photo of many {}.",
)
"""Sentences around a thing; few, since there are as many texts as these times `OTHERS`."""

OTHERS = (
    *("background", "other things", "sky", "cloud", "water", "grass", "tree", "plant", "flower"),
    *("building", "wall", "window", "door", "fence", "bridge", "road", "pavement", "ground"),
    *("floor", "ceiling", "sand", "snow", "mountain", "rock", "person", "clothes", "animal"),
    *("bird", "car", "train", "boat", "bicycle", "aeroplane", "chair", "table", "furniture"),
    *("curtain", "bottle", "screen", "food", "sign", "light", "shadow"),
)
"""What a place may be instead of what a phrase means."""


class DenseClip:
    """What CLIP's image encoder says of every place of a picture.

    It shares the weights of the model that it is made of.
    """

    def __init__(self, clip: ImageTextModel) -> None:
        """Take a `PaperClip` whose image encoder is a vision transformer."""
        network: Any = clip.network
        self.clip, self.encoder = clip, network.visual
        self.patch = int(self.encoder.patch_size[0])
        self.scale = float(network.logit_scale.exp())

    def embed(self, texts: Sequence[str]) -> Tensor:
        """Texts, in the sentences of `TEMPLATES`, to (n, D) of unit length."""
        return embed_texts(self.clip, texts, TEMPLATES)

    @torch.no_grad()
    def features(self, images: Tensor) -> Tensor:
        """Embeddings of places half a patch apart.

        The patches of a ViT-B/32 are too large to find much by, and a picture twice as large has
        four times as many as the encoder was trained to mix. So it is looked at four times, half
        a patch further to the right, down, and both, and the four grids are laid into each other.

        Args:
            images: (1, 3, H, W) RGB in [0, 1], sides multiples of half a patch.

        Returns:
            (h, w, D) of unit length, h and w the sides over half a patch; each is of the whole
            patch around its place, with the picture's edge continued outwards.
        """
        step = self.patch // 2
        h, w = (side // step for side in images.shape[-2:])
        around = F.pad(normalise(images, OPENAI_MEAN, OPENAI_STD), (step // 2,) * 4, "replicate")
        found = images.new_empty(h, w, self.encoder.proj.shape[1])
        for top in range(min(2, h)):
            for left in range(min(2, w)):
                rows, columns = len(range(top, h, 2)), len(range(left, w, 2))
                part = around[:, :, top * step :, left * step :]
                part = part[:, :, : rows * self.patch, : columns * self.patch]
                found[top::2, left::2] = self.places(part)[0]
        return found

    def places(self, images: Tensor) -> Tensor:
        """Embeddings (B, h, w, D) of the patches of normalised (B, 3, H, W), of unit length.

        In the last block every patch attends to itself alone, as in MaskCLIP: elsewhere CLIP
        gathers there what the picture is of.
        """
        grid = self.encoder.conv1(images)
        h, w = grid.shape[-2:]
        first = self.encoder.class_embedding.expand(len(images), 1, -1)
        tokens = torch.cat([first, grid.flatten(2).transpose(1, 2)], 1) + self.positions(h, w)
        tokens = self.encoder.ln_pre(tokens)
        *blocks, last = self.encoder.transformer.resblocks
        for block in blocks:
            tokens = block(tokens)
        tokens = tokens[:, 1:]
        tokens = tokens + values(last.attn, last.ln_1(tokens))
        tokens = tokens + last.mlp(last.ln_2(tokens))
        embedded = self.encoder.ln_post(tokens) @ self.encoder.proj
        return F.normalize(embedded, dim=-1).unflatten(1, (h, w))

    def positions(self, h: int, w: int) -> Tensor:
        """Position embeddings (1 + h·w, C) of the class token and of a grid of patches."""
        own = self.encoder.positional_embedding
        grid = own[1:].T.unflatten(1, self.encoder.grid_size)[None]
        if grid.shape[-2:] != (h, w):
            grid = F.interpolate(grid, (h, w), mode="bicubic", antialias=True)
        return torch.cat([own[:1], grid[0].flatten(1).T])


def values(attention: Any, tokens: Tensor) -> Tensor:
    """What `SelfAttention` gives for tokens (B, N, C) that attend to themselves alone."""
    _, _, weight = attention.weight.chunk(3)
    _, _, bias = attention.bias.chunk(3)
    projected: Tensor = attention.outward(F.linear(tokens, weight, bias))
    return projected


@dataclass(eq=False)
class Seen:
    """A picture as `PaperRegions` sees it; what words need is looked at when it is first asked.

    Attributes:
        images: (1, 3, H, W) RGB in [0, 1].
        maps: What the model sees that is asked by hand.
        features: (h, w, D), of `DenseClip.features`.
        segments: (h, w), of `spectral_segments`.
    """

    images: Tensor
    maps: Any
    features: Tensor | None = None
    segments: Tensor | None = None


class PaperRegions(RegionModel):
    """Finds regions by any phrase, through CLIP; by hand as another region model does.

    Attributes:
        by_hand: Reads clicks, boxes and rough masks, and draws outlines.
    """

    name = "dense CLIP"
    # About four places, one of them likelier than not to be the thing. These are chosen by
    # reasoning alone, not calibrated on photos.
    presence = Presence(share=0.004, peak=0.6)

    def __init__(
        self,
        by_hand: RegionModel,
        *,
        clip: Callable[[], DenseClip],
        key_extractor: Callable[[], KeyExtractor],
    ) -> None:
        """Name the networks by how they are had; words alone need the last two.

        Args:
            by_hand: See above.
            clip: Gives what is asked by words.
            key_extractor: Gives the vision transformer whose keys part pictures into segments.
        """
        super().__init__()
        self.by_hand = by_hand
        self._clip, self._key_extractor = clip, key_extractor
        self._dense: DenseClip | None = None
        self._others: Tensor | None = None

    def see(self, images: Tensor) -> Seen:
        """See `RegionModel`, as the other methods."""
        return Seen(images, self.by_hand.see(images))

    def knows(self, phrase: str) -> bool:
        """Any phrase."""
        return True

    @torch.no_grad()
    def share(self, seen: Seen, phrase: str) -> Tensor:
        """How likely every place is what the phrase means, rather than one of `OTHERS`."""
        dense = self.dense
        if seen.features is None or seen.segments is None:
            seen.features = dense.features(seen.images)
            seen.segments = self._segments(seen.images)
        texts = torch.cat([dense.embed([phrase]), self.others(phrase)])
        likely = (dense.scale * seen.features @ texts.T).softmax(-1)[..., 0]
        whole = joined(_resized(likely, *seen.segments.shape), seen.segments)
        height, width = seen.images.shape[-2:]
        return _resized(whole, height // 4, width // 4)

    @property
    def dense(self) -> DenseClip:
        """What is asked by words."""
        if self._dense is None:
            self._dense = self._clip()
        return self._dense

    def others(self, phrase: str) -> Tensor:
        """Embeddings (n, D) of all of `OTHERS` that don't mean the phrase, or part of it."""
        if self._others is None:
            self._others = self.dense.embed(OTHERS)
        return self._others[[not alike(noun, phrase) for noun in OTHERS]]

    def select(self, seen: Seen, hints: Tensor) -> tuple[Tensor, Any]:
        """As `by_hand` does it."""
        return self.by_hand.select(seen.maps, hints)

    def refine(self, images: Tensor, seen: Seen, region: Tensor, detail: Any) -> Tensor:
        """As `by_hand` does it."""
        return self.by_hand.refine(images, seen.maps, region, detail)

    def _segments(self, images: Tensor) -> Tensor:
        extractor = self._key_extractor()
        grid = [side // extractor.patch_size for side in images.shape[-2:]]
        return spectral_segments(extractor(images)[0].unflatten(0, grid))


def alike(noun: str, phrase: str) -> bool:
    """Whether a noun and a phrase have a word in common, or words for the same kind of thing."""
    these, those = noun.split(), phrase.split()
    if {word.removesuffix("s") for word in these} & {word.removesuffix("s") for word in those}:
        return True
    kinds = {kind for word in (phrase, *those) for kind in kinds_of(word)}
    return not kinds.isdisjoint(kinds_of(noun))


def _resized(plane: Tensor, height: int, width: int) -> Tensor:
    """(h, w) at another size."""
    size = (height, width)
    return F.interpolate(plane[None, None], size, mode="bilinear", align_corners=False)[0, 0]
