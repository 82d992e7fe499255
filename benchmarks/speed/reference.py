"""The optimisation loop in the structure of the published Sem-CS program, to be timed against.

Written anew from what is known of it: everything in float32, the StyleNet that sees the image
alone, crops one by one, each of them drawn again until its own region fills most of it, the
content network on the whole picture, the softmax on the sources, every crop pulled to the
foreground's text. What doesn't change is worked out once, as CLIPstyler does: its source
embeddings and its maps of the photo.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor
from torchvision.transforms import RandomPerspective
from torchvision.transforms import functional as warps

from semcs.models.interfaces import ContentNetwork, ImageTextModel
from semcs.style.objective import Task
from semcs.style.presets import Preset
from semcs.style.stylenet import PublishedStyleNet

# Crops thrown away in a step. The published program may draw for ever; with 64 crops it was seen to
# take 130 to 530 warps, of masks and of crops, so that from there on any draw is taken.
MOST_REJECTED = 530 - 2 * 64


class PublishedProgram:
    """One picture on its way.

    Args:
        task: The picture; its regions fill it and are styled in full.
        preset: Weights, rates and crops of "semcs-reference", resolved.
        clip: The image-text model.
        content_network: VGG19, or what stands for it.
        text_directions: (R, D), target minus source text of each region.
        seed: Of the StyleNet and of the crops.
    """

    def __init__(
        self,
        task: Task,
        preset: Preset,
        clip: ImageTextModel,
        content_network: ContentNetwork,
        text_directions: Tensor,
        *,
        seed: int = 0,
    ) -> None:
        self.task, self.preset = task, preset
        self.clip, self.content_network = clip, content_network
        self.text_directions = text_directions
        self.rejected = 0  # crops so far
        self.steps = 0
        torch.manual_seed(seed)
        self.style_net = PublishedStyleNet()
        self.optimiser = torch.optim.Adam(self.style_net.parameters())
        with torch.no_grad():
            self.whole_source = clip.encode_image(task.content)
            self.region_sources = clip.encode_image(task.content * task.masks)
            self.content_maps = content_network(task.content)

    @property
    def warps_a_step(self) -> float:
        """Masks and crops that a step has warped, on average."""
        return 2 * self.preset.sampling.patches + self.rejected / max(1, self.steps)

    def step(self) -> dict[str, float]:
        """Take one step; give the weighted losses before it."""
        self.steps += 1
        for group in self.optimiser.param_groups:
            group["lr"] = self.preset.learning_rate_at(self.steps)
        picture = self.style_net(self.task.content, self.task.starts, self.task.masks[:1])
        losses = self.losses(picture, self.crops(picture))
        self.optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        self.optimiser.step()
        return {name: loss.item() for name, loss in losses.items()}

    def crops(self, picture: Tensor) -> Tensor:
        """Crops of (1, 3, H, W), as many of each region, one after the other: (P, 3, S, S)."""
        size, cut = self.clip.input_size, []
        enough = self.rejected + MOST_REJECTED
        for index in range(self.preset.sampling.patches):
            (top, left, side), corners, moved = self._place(index % len(self.task.masks), enough)
            crop = warps.crop(picture, top, left, side, side)
            warped = warps.perspective(crop, corners, moved, fill=[0.0, 0.0, 0.0])
            cut.append(warps.resize(warped, [size, size], antialias=False))
        return torch.cat(cut)

    def _place(
        self, region: int, enough: int
    ) -> tuple[tuple[int, int, int], list[list[int]], list[list[int]]]:
        """Draw until the region has more of the warped crop than any other, or it was `enough`.

        Returns:
            Top, left and side of the crop, its corners, and where they go.
        """
        masks = self.task.masks[:, 0]
        height, width = masks.shape[-2:]
        distortion = self.preset.sampling.distortion
        side = min(self.preset.sampling.patch_size, height, width)
        while True:
            top = int(torch.randint(height - side + 1, ()))
            left = int(torch.randint(width - side + 1, ()))
            corners, moved = RandomPerspective.get_params(side, side, distortion)
            shares = warps.crop(masks, top, left, side, side)
            shares = warps.perspective(shares, corners, moved, fill=[0.0] * len(masks))
            if int(shares.mean((1, 2)).argmax()) == region or self.rejected >= enough:
                return (top, left, side), corners, moved
            self.rejected += 1

    def losses(self, picture: Tensor, crops: Tensor) -> dict[str, Tensor]:
        """The weighted losses of a picture (1, 3, H, W) and its crops (P, 3, S, S)."""
        wanted = self.preset.losses
        regions = self.clip.encode_image(picture * self.task.masks)
        direction = _away(regions, self.region_sources, self.text_directions)
        weights = direction.new_full((len(direction),), wanted.background_weight)
        weights[0] = wanted.direction_weight
        each = _away(self.clip.encode_image(crops), self.whole_source, self.text_directions[:1])
        patch = each.masked_fill(each <= wanted.patch_threshold, 0).mean()
        maps = zip(self.content_network(picture), self.content_maps)
        content = torch.stack([F.mse_loss(seen, before) for seen, before in maps]).sum()
        return {
            "direction": (weights * direction).sum(),
            "patch": wanted.patch_weight * patch,
            "content": wanted.content_weight * content,
            "tv": wanted.tv_weight * _total_variation(picture),
        }


def _away(outputs: Tensor, sources: Tensor, text_directions: Tensor) -> Tensor:
    """1 − cos(ΔI, ΔT) of each, with the softmax that the program puts on the sources."""
    return 1 - F.cosine_similarity(outputs - sources.softmax(-1), text_directions)


def _total_variation(picture: Tensor) -> Tensor:
    """Frobenius norms of the differences to four neighbours, summed."""
    down, right = picture.diff(dim=2), picture.diff(dim=3)
    falling = picture[..., 1:, 1:] - picture[..., :-1, :-1]
    rising = picture[..., 1:, :-1] - picture[..., :-1, 1:]
    return torch.stack([each.norm() for each in (down, right, falling, rising)]).sum()
