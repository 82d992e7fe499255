"""What is minimised: patch, directional, content and total-variation losses of one picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from semcs.image import to_array, to_tensor
from semcs.models.directions import BARE, TEMPLATES, text_directions
from semcs.models.interfaces import ContentNetwork, ImageTextModel
from semcs.models.precision import bfloat16_is_fast, cast_once, mixed_precision
from semcs.models.vocabulary import style_names
from semcs.style.directions import style_directions
from semcs.style.keep_color import keep_colors
from semcs.style.losses import (
    ContentLoss,
    DirectionalLoss,
    TotalVariationLoss,
    thresholded_mean,
)
from semcs.style.patches import Patches
from semcs.style.presets import Preset
from semcs.style.regions import Region, composite
from semcs.style.sampling import PatchSampler, working_patch_size


@dataclass(frozen=True, eq=False)
class Task:
    """The picture to style, at working size.

    Attributes:
        content: (1, 3, H, W) RGB in [0, 1].
        starts: (R, 3, H, W) RGB in [0, 1], what each styled region begins as.
        masks: (R, 1, H, W) share of each styled region; what they leave over keeps its pixels.
        regions: R regions: all they say counts here but their own masks; pictures among their
            styles are (1, 3, h, w) in [0, 1].
    """

    content: Tensor
    starts: Tensor
    masks: Tensor
    regions: tuple[Region, ...]

    @property
    def strengths(self) -> list[float]:
        """How much of each region's style shows in the finished picture, 0 to 1."""
        return [region.strength for region in self.regions]

    def shown(self, styled: Tensor) -> Tensor:
        """The picture (1, 3, H, W) as people see it, of the regions' (R, 3, H, W)."""
        kept = [region.keep_color or 0.0 for region in self.regions]
        if any(kept):
            photo = to_array(self.content.cpu())
            colored = (
                to_tensor(keep_colors(to_array(one[None].cpu()), photo, mask.cpu().numpy(), amount))
                for one, mask, amount in zip(styled, self.masks[:, 0], kept)
            )
            styled = torch.cat([one.to(styled) for one in colored])
        return composite(self.content, styled, self.masks, self.strengths)


class Objective(nn.Module):
    """The weighted losses of a styled picture, drawing new crops at every call.

    The losses judge the styles at their full strength: a strength is a blend with the photo
    afterwards, which nothing should be optimised against.
    """

    region_weights: Tensor
    crop_scales: Tensor
    whole_source: Tensor
    region_sources: Tensor

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
        """Embed the texts and the photo, and weigh the regions.

        Args:
            task: The picture and its regions.
            preset: Resolved: no option is left to the model family (`Preset.resolve`).
            clip: The image-text model of the directional losses.
            content_network: The network of the content loss.
            templates: Sentences around a text, whose embeddings are averaged.
            seed: Of the crops.
        """
        super().__init__()
        self.task, self.preset = task, preset
        self.generator = torch.Generator().manual_seed(seed)
        rival_share = preset.losses.rival_share
        self.directional = DirectionalLoss(
            style_directions(clip, task.content, task.regions, templates),
            softmax_source=preset.published.softmax_source,
            rivals=text_directions(clip, style_names(), BARE) if rival_share else None,
            rival_share=rival_share,
        )
        mixed = preset.network.mixed_precision
        if mixed and bfloat16_is_fast(task.content.device.type):
            clip, content_network = cast_once(clip), cast_once(content_network)
        self.clip = clip
        self.total_variation = TotalVariationLoss(per_pixel=preset.published.tv_per_pixel)
        self.content = None
        if preset.losses.content_weight:
            self.content = ContentLoss(content_network, task.content, mixed_precision=mixed)
        self.register_buffer("region_weights", self._region_weights())
        self.register_buffer("crop_scales", self._crop_scales())
        height, width = task.content.shape[-2:]
        self.patch_size = working_patch_size(preset.sampling.patch_size, (height, width))
        scales = [region.scale or 1.0 for region in task.regions]
        self.sampler = PatchSampler(task.masks, self.patch_size, preset.sampling, scales)
        self.drawn = deque[tuple[Patches, Tensor]](maxlen=preset.sampling.patch_sets)
        with torch.no_grad():
            self.register_buffer("whole_source", self.embed(task.content))
            masked = preset.losses.source == "masked"
            source = self.embed(task.content * task.masks) if masked else self.whole_source
            self.register_buffer("region_sources", source.expand(len(task.masks), -1))

    def forward(self, styled: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """Weigh every loss of the regions' pictures (R, 3, H, W).

        Returns:
            The weighted losses by name, and the picture (1, 3, H, W) that they judge.
        """
        task, weights = self.task, self.preset.losses
        picture = composite(task.content, styled, task.masks)
        losses = self._text_losses(styled, picture)
        if self.content is not None:
            losses["content"] = weights.content_weight * self.content(picture)
        if weights.tv_weight:
            losses["tv"] = weights.tv_weight * self.total_variation(picture)
        return losses, picture

    def _text_losses(self, styled: Tensor, picture: Tensor) -> dict[str, Tensor]:
        """Regions and crops move toward their texts, all embedded in one pass."""
        patch_weight = self.preset.losses.patch_weight
        directed = bool(self.region_weights.any())
        views: dict[str, Tensor] = {}
        if directed:
            views["regions"] = self.clip.fit(picture * self.task.masks)
        if patch_weight:
            patches, sources = self._next_patches()
            moving = self._own_pixels_move(styled, picture)
            views["crops"] = patches.cut(moving, self.clip.input_size)
        seen = self._embed_together(views)
        losses = {}
        if directed:
            losses["direction"] = self._direction_loss(seen["regions"])
        if patch_weight:
            losses["patch"] = patch_weight * self._patch_loss(
                seen["crops"], sources, patches.regions
            )
        return losses

    def _direction_loss(self, embeddings: Tensor) -> Tensor:
        """Each region alone, black around it, moves from what it was toward its text."""
        regions = torch.arange(len(embeddings), device=embeddings.device)
        losses = self.directional(embeddings, self.region_sources, regions)
        return (self.region_weights * losses).sum()

    def _patch_loss(self, embeddings: Tensor, sources: Tensor, regions: Tensor) -> Tensor:
        """Crops move toward the text of their region."""
        published = self.preset.published
        regions = regions.to(embeddings.device)
        texts = regions
        if published.patch_text == "foreground":
            texts = torch.full_like(regions, self._foreground())
        owners = regions if published.aligned_scales else regions.sort().values
        losses = self.directional(embeddings, sources, texts)
        return thresholded_mean(
            losses, self.preset.losses.patch_threshold, self.crop_scales[owners]
        )

    def _next_patches(self) -> tuple[Patches, Tensor]:
        """A step's crops, and the embeddings that they move away from."""
        if len(self.drawn) < self.preset.sampling.patch_sets:
            self.drawn.append(self._draw())
        elif self.drawn:
            self.drawn.rotate(-1)  # the oldest comes next
        return self.drawn[-1] if self.drawn else self._draw()

    def _draw(self) -> tuple[Patches, Tensor]:
        patches = self.sampler.draw(self.generator)
        return patches, self._sources_of(patches)

    @torch.no_grad()
    def _sources_of(self, patches: Patches) -> Tensor:
        if self.preset.losses.patch_source == "whole":
            return self.whole_source
        return self.embed(patches.cut(self.task.content, self.clip.input_size))

    def _own_pixels_move(self, styled: Tensor, picture: Tensor) -> Tensor:
        """The picture, once for each region, where only the region's own pixels have gradients.

        A crop at a border sees both regions as they look, but only pulls at its own.
        """
        if self.preset.network.stylenet == "published" or len(styled) == 1:
            return picture
        return picture.detach() + self.task.masks * (styled - styled.detach())

    def _crop_scales(self) -> Tensor:
        """How much the crops of each region count (Gen-Art), by its role: (R,)."""
        foreground, background = self.preset.published.patch_scales
        by_role = {"foreground": foreground, "background": background, "region": 1.0}
        scales = [by_role[region.role] for region in self.task.regions]
        return torch.tensor(scales).to(self.task.content)

    def _region_weights(self) -> Tensor:
        """λ of each region's directional loss, its own or that of its role: (R,)."""
        losses = self.preset.losses
        by_role = {
            "foreground": losses.direction_weight,
            "background": losses.background_weight,
            "region": losses.direction_weight,
        }
        if self.preset.published.single_text_on == "foreground" and self._one_text():
            by_role["background"] = 0.0
        weights = [
            by_role[region.role] if region.weight is None else region.weight
            for region in self.task.regions
        ]
        return torch.tensor(weights).to(self.task.content)

    def _foreground(self) -> int:
        """Index of the foreground; of the first region where there is none."""
        roles = [region.role for region in self.task.regions]
        return roles.index("foreground") if "foreground" in roles else 0

    def _one_text(self) -> bool:
        texts = {region.text for region in self.task.regions}
        return len(texts) == 1 and len(self.task.regions) > 1 and None not in texts

    def _embed_together(self, views: dict[str, Tensor]) -> dict[str, Tensor]:
        """Embed several batches of squares in one."""
        if not views:
            return {}
        embeddings = self.embed(torch.cat(list(views.values())))
        return dict(zip(views, embeddings.split([len(view) for view in views.values()])))

    def embed(self, images: Tensor) -> Tensor:
        """Embed (B, 3, H, W) to (B, D) of unit length, in the preset's precision."""
        with mixed_precision(images.device, wanted=self.preset.network.mixed_precision):
            embeddings = self.clip.encode_image(images).to(images.dtype)
        return embeddings.half().float() if self.preset.published.half else embeddings
