"""Batches for the region network, put together where the pictures are.

A sample is a crop of a photo, on which a cut-out or a made shape may lie. What is known of it comes
along: a label for each pixel, and a region that is asked for, with its alpha.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.training.region_augment import blobs, degrade, draw_crops, recolour
from semcs.training.region_kinds import PEOPLE, PERSON, UNKNOWN

SMALLEST_PART = 60  # pixels
SMALLEST_CUTOUT = 150  # pixels, the sum of its alpha


class Canvases(NamedTuple):
    """N pictures at the top left of canvases of one size.

    Attributes:
        rgb: (N, 3, S, S) uint8.
        labels: (N, 1, S, S) uint8, of `semcs.training.region_kinds`.
        parts: (N, 1, S, S) int16: which connected part of one label a pixel is in; 0 is none.
        alpha: (N, 1, S, S) uint8 of cut-outs; 0 elsewhere.
        sizes: (N, 2) height and width of each picture.
        exact: (N,) how much it counts that labels end exactly where things do, from 0 to 1.
    """

    rgb: Tensor
    labels: Tensor
    parts: Tensor
    alpha: Tensor
    sizes: Tensor
    exact: Tensor


@dataclass(frozen=True)
class Sample:
    """A batch.

    Attributes:
        images: (B, 3, H, W) in [0, 1].
        labels: (B, 1, H, W) long.
        target: (B, 1, H, W) in [0, 1], the region asked for.
        known: (B, 1, H, W), 1 where the target is known.
        exact: (B,) how exact the target's outline is, from 0 to 1.
        inside: (B, 1, H, W), 0 beyond the picture.
        unlabelled: (B,) True where no region is known, so that the teacher's has to do.
    """

    images: Tensor
    labels: Tensor
    target: Tensor
    known: Tensor
    exact: Tensor
    inside: Tensor
    unlabelled: Tensor


class Cut(NamedTuple):
    """Crops of canvases: as `Canvases` but (B, ·, H, W), and where they are inside of pictures."""

    rgb: Tensor
    labels: Tensor
    parts: Tensor
    alpha: Tensor
    inside: Tensor
    exact: Tensor


class Asked(NamedTuple):
    """What of a sample is asked for: see `Sample`."""

    target: Tensor
    known: Tensor
    exact: Tensor


class Sampler:
    """Makes batches."""

    def __init__(
        self,
        pools: Mapping[str, Canvases],
        textures: Tensor,
        shares: Mapping[str, float],
        *,
        side: int,
    ) -> None:
        """Take pictures by their pool, and how often each pool is shown.

        Args:
            pools: "cutout" has to be among them.
            textures: (T, 3, S, S) uint8.
            shares: Of a batch, for each pool; what rounding leaves goes to the last pool.
            side: Of samples, in pixels.
        """
        self.pools, self.textures, self.shares, self.side = pools, textures, shares, side
        self.weights = {name: rare_first(pool.labels) for name, pool in pools.items()}

    def draw(self, count: int) -> Sample:
        """A batch of `count`, pool by pool."""
        numbers = [round(count * self.shares[name]) for name in self.pools]
        numbers[-1] = count - sum(numbers[:-1])
        cuts = [self._cut(name, number) for name, number in zip(self.pools, numbers) if number]
        cut = Cut(*(torch.cat(each) for each in zip(*cuts)))
        asked = [
            ask(*each) for each in zip(cut.labels, cut.parts, cut.alpha, cut.inside, cut.exact)
        ]
        images, labels, found = self._put_over(
            recolour(cut.rgb), cut.labels, Asked(*(torch.stack(each) for each in zip(*asked)))
        )
        return Sample(
            images=degrade(recolour(images)),
            labels=labels,
            target=found.target,
            known=found.known * cut.inside,
            exact=found.exact,
            inside=cut.inside,
            unlabelled=found.known.flatten(1).sum(1) < 50,
        )

    def _cut(self, name: str, number: int) -> Cut:
        pool = self.pools[name]
        index = torch.multinomial(self.weights[name], number, replacement=True)
        canvas = pool.rgb.shape[-1]
        grid = draw_crops(pool.sizes[index]).grid(canvas, self.side)

        def sampled(maps: Tensor, mode: str = "bilinear") -> Tensor:
            return F.grid_sample(maps.float(), grid, mode=mode, align_corners=False)

        place = torch.arange(canvas, device=index.device)
        rows, columns = (place < pool.sizes[index, axis, None] for axis in (0, 1))
        used = (rows[:, None, :, None] & columns[:, None, None]).float()
        inside = (sampled(used) > 0.99).float()
        labels = sampled(pool.labels[index], "nearest").long()
        return Cut(
            rgb=sampled(pool.rgb[index]) / 255,
            labels=torch.where(inside > 0, labels, UNKNOWN),
            parts=sampled(pool.parts[index], "nearest").long(),
            alpha=sampled(pool.alpha[index]) / 255,
            inside=inside,
            exact=pool.exact[index],
        )

    def _put_over(
        self, images: Tensor, labels: Tensor, asked: Asked
    ) -> tuple[Tensor, Tensor, Asked]:
        """Lay cut-outs and made shapes over some samples; most of these are then asked for."""
        count, device = len(images), images.device
        draw = torch.rand(count, 1, 1, 1, device=device)
        shape, person = draw < 0.16, (draw >= 0.16) & (draw < 0.46)
        over, alpha = self._cutouts(count)
        over = torch.where(shape, self._fillings(images), recolour(over))
        alpha = torch.where(shape, blobs(count, self.side, device), alpha) * (shape | person)
        images = composite(over, alpha, images)
        put = torch.where(shape, UNKNOWN, PERSON)
        labels = torch.where(alpha > 0.5, put, labels)
        labels = torch.where((alpha > 0.05) & (alpha < 0.95), UNKNOWN, labels)
        enough = alpha.sum((1, 2, 3), keepdim=True) > SMALLEST_CUTOUT
        nothing_else = asked.known.sum((1, 2, 3), keepdim=True) < 50
        wanted = enough & ((torch.rand(count, 1, 1, 1, device=device) < 0.8) | nothing_else)
        return images, labels, _ask_instead(asked, alpha, wanted)

    def _cutouts(self, count: int) -> tuple[Tensor, Tensor]:
        """Cut-outs (count, 3, side, side) and their alpha."""
        pool = self.pools["cutout"]
        index = torch.randint(len(pool.rgb), (count,), device=pool.rgb.device)
        crops = draw_crops(pool.sizes[index], least=0.6, most=2.0)
        grid = crops.grid(pool.rgb.shape[-1], self.side)
        over, alpha = (
            F.grid_sample(maps[index].float() / 255, grid, align_corners=False)
            for maps in (pool.rgb, pool.alpha)
        )
        return over, alpha

    def _fillings(self, images: Tensor) -> Tensor:
        """What made shapes are filled with: materials, other photos, plain colours."""
        count, device = len(images), images.device
        index = torch.randint(len(self.textures), (count,), device=device)
        scale = 0.6 + 1.5 * torch.rand(count, 1, 1, 1, device=device)
        line = torch.linspace(-1, 1, self.side, device=device)
        grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None] * scale * 1.5
        tiles = F.grid_sample(
            self.textures[index].float() / 255, grid, padding_mode="reflection", align_corners=False
        )
        plain = torch.rand(count, 3, 1, 1, device=device).expand_as(images)
        photos = images[torch.randperm(count, device=device)]
        draw = torch.rand(count, 1, 1, 1, device=device)
        return torch.where(draw < 0.5, tiles, torch.where(draw < 0.85, photos, plain))


def composite(over: Tensor, alpha: Tensor, under: Tensor) -> Tensor:
    """`over` laid on `under`."""
    return under + alpha * (over - under)


def ask(labels: Tensor, parts: Tensor, alpha: Tensor, inside: Tensor, exact: Tensor) -> Asked:
    """A region of one sample, (1, H, W) each, that may be asked for: a cut-out, a kind, or a part.

    Where there is nothing to ask for, nothing is known.
    """
    if alpha.sum() > 200 and torch.rand(()) < 0.8:
        return Asked(alpha, inside, torch.ones_like(exact))
    labelled = labels != UNKNOWN
    seen = labels[labelled]
    if len(seen) < 100:
        return Asked(torch.zeros_like(alpha), torch.zeros_like(alpha), exact)
    if torch.rand(()) < 0.5:  # any kind that is there, instead of one by its size
        seen = seen.unique()
    chosen = int(_any_of(seen))
    group = torch.tensor(PEOPLE if chosen in PEOPLE else (chosen,), device=labels.device)
    of_kind = torch.isin(labels, group)
    if torch.rand(()) < 0.5:
        part = of_kind & (parts == _any_of(parts[of_kind]))
        if part.sum() > SMALLEST_PART:
            # What is of the kind but in no part may belong to this one.
            return Asked(
                part.float(), (labelled & ~(of_kind & ~part & (parts == 0))).float(), exact
            )
    return Asked(of_kind.float(), labelled.float(), exact)


def rare_first(labels: Tensor) -> Tensor:
    """How often each of (N, 1, S, S) pictures is drawn: by the rarest label that it holds."""
    sampled = labels.flatten(1)[:, ::37].long()
    holding = torch.zeros(256, device=labels.device)
    for row in sampled:
        holding[row.unique()] += 1
    holding[UNKNOWN] = 1e9
    rarest = torch.stack([holding[row.unique()].min() for row in sampled])
    return 1 / rarest.clamp(min=4, max=200).sqrt()


def _ask_instead(asked: Asked, alpha: Tensor, wanted: Tensor) -> Asked:
    """Ask for what has `alpha` where it is wanted; elsewhere it hides what was asked for."""
    return Asked(
        torch.where(wanted, alpha, asked.target * (1 - alpha)),
        torch.where(wanted, 1.0, asked.known),
        torch.where(wanted.flatten(), 1.0, asked.exact),
    )


def _any_of(values: Tensor) -> Tensor:
    return values[torch.randint(len(values), (), device=values.device)]
