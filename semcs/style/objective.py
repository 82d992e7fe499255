"""What is minimised: patch, directional, content and total-variation losses of one picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from semcs.errors import InputError
from semcs.models.directions import BARE, TEMPLATES, text_directions
from semcs.models.interfaces import ContentNetwork, ImageTextModel
from semcs.models.precision import bfloat16_is_fast, cast_once, mixed_precision
from semcs.models.vocabulary import style_names
from semcs.style.losses import (
    ContentLoss,
    DirectionalLoss,
    TotalVariationLoss,
    thresholded_mean,
)
from semcs.style.patches import Patches, coverage_maps, foot_maps, sample_patches
from semcs.style.presets import Preset
from semcs.style.regions import composite, weigh

PUBLISHED_SIZE = 512  # of the pictures that the presets' crops are meant for
SMALLEST_PATCH = 64  # pixels: less shows a tower little
PORTRAIT_SHARE = 0.2  # of Gen-Art's crops, at most, that show the foreground at their foot


@dataclass(frozen=True, eq=False)
class Task:
    """The picture to style, at working size.

    Attributes:
        content: (1, 3, H, W) RGB in [0, 1].
        starts: (R, 3, H, W) RGB in [0, 1], what each styled region begins as.
        masks: (R, 1, H, W) share of each styled region; what they leave over keeps its pixels.
        styles: R texts, or pictures (1, 3, h, w) in [0, 1], that say how regions should look.
        strengths: R numbers in [0, 1].
    """

    content: Tensor
    starts: Tensor
    masks: Tensor
    styles: tuple[str | Tensor, ...]
    strengths: tuple[float, ...]


class Objective(nn.Module):
    """The weighted losses of a styled picture, drawing new crops at every call."""

    region_weights: Tensor

    def __init__(
        self,
        task: Task,
        preset: Preset,
        clip: ImageTextModel,
        content_network: ContentNetwork,
        *,
        templates: Sequence[str] = TEMPLATES,
        seed: int = 0,
    ) -> None:
        super().__init__()
        self.task, self.preset = task, preset
        self.generator = torch.Generator().manual_seed(seed)
        self.directional = DirectionalLoss(
            style_directions(clip, task, templates),
            softmax_source=preset.softmax_source,
            rivals=text_directions(clip, style_names(), BARE) if preset.rival_share else None,
            rival_share=preset.rival_share,
        )
        if preset.mixed_precision and bfloat16_is_fast(task.content.device.type):
            clip, content_network = cast_once(clip), cast_once(content_network)
        self.clip = clip
        self.total_variation = TotalVariationLoss(per_pixel=preset.tv_per_pixel)
        self.content = None
        if preset.content_weight:
            self.content = ContentLoss(
                content_network, task.content, mixed_precision=preset.mixed_precision
            )
        scale = max(task.content.shape[-2:]) / PUBLISHED_SIZE
        self.patch_size = max(SMALLEST_PATCH, round(preset.patch_size * scale))
        self.register_buffer("region_weights", self._region_weights())
        self.sampler = PatchSampler(task.masks, self.patch_size, preset)
        self.drawn = deque[tuple[Patches, Tensor]](maxlen=preset.patch_sets)
        with torch.no_grad():
            self.whole_source = self.embed(task.content)
            self.region_sources = (
                self.embed(task.content * task.masks)
                if preset.source == "masked"
                else self.whole_source.expand(len(task.masks), -1)
            )

    def forward(self, styled: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """Weigh every loss of the regions' pictures (R, 3, H, W).

        Returns:
            The weighted losses by name, and the picture (1, 3, H, W) that they judge.
        """
        task, preset = self.task, self.preset
        picture = composite(task.content, styled, task.masks, task.strengths)
        losses = self._text_losses(styled, picture)
        if self.content is not None:
            losses["content"] = preset.content_weight * self.content(picture)
        if preset.tv_weight:
            losses["tv"] = preset.tv_weight * self.total_variation(picture)
        return losses, picture

    def _text_losses(self, styled: Tensor, picture: Tensor) -> dict[str, Tensor]:
        """Regions and crops move toward their texts; the tower sees all of them in one pass."""
        preset = self.preset
        directed = bool(preset.direction_weight or preset.background_weight)
        views: dict[str, Tensor] = {}
        if directed:
            views["regions"] = self.clip.fit(picture * self.task.masks)
        if preset.patch_weight:
            patches, sources = self._next_patches()
            moving = self._own_pixels_move(styled, picture)
            views["crops"] = patches.cut(moving, self.clip.input_size)
        seen = self._embed_together(views)
        losses = {}
        if directed:
            losses["direction"] = self._direction_loss(seen["regions"])
        if preset.patch_weight:
            loss = self._patch_loss(seen["crops"], sources, patches.regions)
            losses["patch"] = preset.patch_weight * loss
        return losses

    def _direction_loss(self, embeddings: Tensor) -> Tensor:
        """Each region alone, black around it, moves from what it was toward its text."""
        regions = torch.arange(len(embeddings), device=embeddings.device)
        losses = self.directional(embeddings, self.region_sources, regions)
        return (self.region_weights * losses).sum()

    def _patch_loss(self, embeddings: Tensor, sources: Tensor, regions: Tensor) -> Tensor:
        """Crops move toward the text of their region."""
        regions = regions.to(embeddings.device)
        texts = torch.zeros_like(regions) if self.preset.patch_text == "foreground" else regions
        losses = self.directional(embeddings, sources, texts)
        scales = self._patch_scales(regions)
        return thresholded_mean(losses, self.preset.patch_threshold, scales)

    def _next_patches(self) -> tuple[Patches, Tensor]:
        """A step's crops, and the embeddings that they move away from."""
        if len(self.drawn) < self.preset.patch_sets:
            self.drawn.append(self._draw())
        elif self.drawn:
            self.drawn.rotate(-1)  # the oldest comes next
        return self.drawn[-1] if self.drawn else self._draw()

    def _draw(self) -> tuple[Patches, Tensor]:
        patches = self.sampler.draw(self.generator)
        return patches, self._sources_of(patches)

    @torch.no_grad()
    def _sources_of(self, patches: Patches) -> Tensor:
        if self.preset.patch_source == "whole":
            return self.whole_source
        return self.embed(patches.cut(self.task.content, self.clip.input_size))

    def _own_pixels_move(self, styled: Tensor, picture: Tensor) -> Tensor:
        """The picture, once for each region, where only the region's own pixels have gradients.

        A crop at a border sees both regions as they look, but only pulls at its own.
        """
        if self.preset.stylenet == "published" or len(styled) == 1:
            return picture
        shares = weigh(self.task.masks, self.task.strengths)
        return picture.detach() + shares * (styled - styled.detach())

    def _patch_scales(self, regions: Tensor) -> Tensor:
        foreground, background = self.preset.patch_scales
        owners = regions if self.preset.aligned_scales else regions.sort().values
        return torch.where(owners == 0, foreground, background).to(self.task.content)

    def _region_weights(self) -> Tensor:
        """λ_fg for the first region, λ_bg for the others."""
        weights = torch.full((len(self.task.masks),), self.preset.background_weight)
        weights[0] = self.preset.direction_weight
        if self.preset.single_text_on == "foreground" and self._one_style():
            weights[1:] = 0
        return weights.to(self.task.content)

    def _one_style(self) -> bool:
        first = self.task.styles[0]
        return all(isinstance(s, str) and s == first for s in self.task.styles[1:])

    def _embed_together(self, views: dict[str, Tensor]) -> dict[str, Tensor]:
        """Embed several batches of squares in one."""
        if not views:
            return {}
        embeddings = self.embed(torch.cat(list(views.values())))
        return dict(zip(views, embeddings.split([len(view) for view in views.values()])))

    def embed(self, images: Tensor) -> Tensor:
        """Embed (B, 3, H, W) to (B, D) of unit length, in the preset's precision."""
        with mixed_precision(images.device, wanted=self.preset.mixed_precision):
            embeddings = self.clip.encode_image(images).to(images.dtype)
        return embeddings.half().float() if self.preset.half else embeddings


@torch.no_grad()
def style_directions(clip: ImageTextModel, task: Task, templates: Sequence[str]) -> Tensor:
    """Where each region's embedding should move, (R, D).

    A text's direction is its embedding minus that of "a photo" in words; a picture's is its own
    embedding minus that of the photo that is styled (StyleGAN-NADA's image mode, 2021).
    """
    directions = []
    for style in task.styles:
        if isinstance(style, str):
            directions.append(text_directions(clip, [style], templates))
        else:
            directions.append(clip.encode_image(style) - clip.encode_image(task.content))
    return torch.cat(directions)


class PatchSampler:
    """Draws a step's crops by the preset's rule; the weights of places are worked out once."""

    def __init__(self, masks: Tensor, patch_size: int, preset: Preset) -> None:
        self.image_size = (masks.shape[-2], masks.shape[-1])
        self.patch_size, self.preset = patch_size, preset
        total = preset.patches
        if preset.patch_sampling == "portrait" and len(masks) > 2:
            raise InputError(f"{preset.name} knows foreground and background, not more regions")
        if preset.patch_sampling == "portrait" and len(masks) == 2:
            at_foot = foot_maps(masks[:1], patch_size)
            self.places = torch.cat([at_foot, 1 - at_foot]).clamp(min=1e-6)
            self.counts = _share_out(total, [PORTRAIT_SHARE, 1 - PORTRAIT_SHARE])
        elif preset.patch_sampling == "stratified":
            self.places = coverage_maps(masks, patch_size)
            areas = masks.mean((1, 2, 3)).tolist()
            least = sum(areas) / len(areas) / 4  # small objects get their share of attention
            self.counts = _share_out(total, [max(area, least) for area in areas])
        else:
            self.places = torch.ones_like(coverage_maps(masks[:1], patch_size))
            self.counts = [total]
        self.owners = coverage_maps(masks, patch_size, relative=False).argmax(0)

    def draw(self, generator: torch.Generator) -> Patches:
        """Crops of one step."""
        return sample_patches(
            self.places,
            self.counts,
            self.patch_size,
            self.image_size,
            distortion=self.preset.distortion,
            affine=self.preset.warp == "affine",
            black_outside=self.preset.black_outside,
            span=self.preset.patch_span,
            owners=self.owners if len(self.counts) < 2 else None,
            generator=generator,
        )


def _share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights, none zero, that sum to `total` or more."""
    whole = sum(weights) or 1.0
    counts = [max(1, int(total * weight / whole)) for weight in weights]
    while (missing := max(total, len(counts)) - sum(counts)) != 0:
        counts[counts.index(max(counts))] += 1 if missing > 0 else -1
    return counts
