"""One picture on its way: regions, their starts, the optimisation, the finished picture."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import compress
from typing import Any, cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.errors import InputError, shown
from semcs.image import Picture, to_array, to_tensor, working_size
from semcs.models.families import ModelFamily
from semcs.models.settings import own_settings
from semcs.saliency.stages import find_foreground
from semcs.saliency.visible import fill_hidden, hide
from semcs.style.finish import finish
from semcs.style.instant import InstantPainter, Plan
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation, Step
from semcs.style.presets import Preset
from semcs.style.regions import Region, bands, composite, partition
from semcs.stylizer.request import Request
from semcs.stylizer.result import Result

STAGES = ("models", "mask", "instant", "prepare", "first step", "optimise", "finish", "total")


class Run:
    """One picture on its way: iterate over it for the steps, then take `result`.

    A second loop over it goes on where the first one stopped.

    Attributes:
        regions: All regions, kept ones too; their masks are (H, W) float32.
        mask: (H, W) float32 foreground mask; None where none was needed.
        mask_sureness: How sure the mask is that was found, 0 to 1; None where none was found.
        preset: All options, none left to the model family.
        history: Weighted losses of the steps so far, by name.
        seconds: Wall time by stage so far.
        optimisation: The StyleNet being fitted; None where nothing is optimised.
    """

    @own_settings()
    def __init__(
        self,
        family: ModelFamily,
        picture: Picture,
        request: Request,
        preset: Preset,
        *,
        warm_start: Result[Any] | None = None,
    ) -> None:
        """Find the regions, paint what they start from, and prepare the optimisation.

        Args:
            family: The networks.
            picture: The photo.
            request: What it should look like, and where.
            preset: As the caller asked for it; the family's settings fill it in.
            warm_start: Begin with the network of this result.
        """
        if warm_start is not None and not isinstance(warm_start, Result):
            raise InputError(f"warm_start is {shown(warm_start)}: a `Result` is allowed")
        self.family, self.picture, self.request = family, picture, request
        self.preset = preset.resolve(family.settings)
        self.history: list[dict[str, float]] = []
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._began = time.monotonic()

        # 1. The regions: the caller's, or the salient object and the rest. Pixels under alpha 0 are
        # in none: what an editor left there colours nothing.
        self._photo = fill_hidden(picture.rgb, picture.alpha)
        self.mask_sureness: float | None = None
        self.regions, self.mask = request.regions_of(picture.size, self.preset, self._find_mask)
        self.preset = self.preset.for_texts(len({r.text for r in self.regions} - {None}))

        # 2. What the styled regions start from at full size: painted at once, or the photo
        self._painter = InstantPainter(lambda: family.painter)
        self._looks: list[dict[str, Any]] = []
        styled, plans = self._plan_styles()
        self._styled = [self.regions[index] for index in styled]
        self._shares = _shares_of(self.regions, styled)
        if picture.alpha is not None:
            self._shares = torch.from_numpy(hide(self._shares.numpy(), picture.alpha))
        self._starts = self._paint_starts(plans)

        # 3. The optimisation at working size
        self.optimisation: Optimisation | None = None
        if self.preset.optimiser.steps and styled:
            self.optimisation = self._prepare_optimisation()
            if warm_start is not None and warm_start.style_net is not None:
                self.optimisation.go_on_from(warm_start.style_net)
        self._steps = self._take_steps()

    def __len__(self) -> int:
        """How many steps there will be at most."""
        return 0 if self.optimisation is None else self.preset.total_steps

    def __iter__(self) -> Iterator[Step]:
        """The steps that are left.

        Raises:
            DivergenceError: A loss became NaN or infinite.
        """
        return self._steps

    @own_settings()
    def result(self) -> Result[Any]:
        """The picture as it is now, at its own size, in the type that was handed in.

        Raises:
            DivergenceError: The picture holds NaN or infinite values.
        """
        with self._timed("finish"):
            # 4. Each region's picture at full size, composed with the full-size masks
            pictures = [finish(one, self.preset.output) for one in self._pictures()]
            composed = self._compose(pictures)
            # 5. The caller's type
            image = self.picture.restore(composed)
        self.seconds["total"] = time.monotonic() - self._began
        return Result(
            image=image,
            mask=self.mask,
            mask_sureness=self.mask_sureness,
            regions=self.regions,
            looks=self._looks,
            history=self.history,
            models={"family": self.family.name, **self.family.loaded()},
            seconds=dict(self.seconds),
            preset=self.preset,
            seed=self.request.seed,
            style_net=None if self.optimisation is None else self.optimisation.style_net,
        )

    def _find_mask(self) -> NDArray[np.float32]:
        with self._timed("models"):
            extractor = self.family.key_extractor
        with self._timed("mask"):
            found = find_foreground(
                self._photo,
                extractor,
                alpha=self.picture.alpha,
                size=self.family.saliency_size,
                color_weight=self.family.color_weight,
                rule=self.request.rule,
                invert=self.request.invert_mask,
            )
        self.mask_sureness = found.sureness
        return found.mask

    def _plan_styles(self) -> tuple[list[int], list[Plan]]:
        """Indices of the regions that get a style, and what paints each at once, if anything does.

        A region whose text nothing is known of keeps the photo where the family's own text encoder
        doesn't know it either.
        """
        styled = [
            index
            for index, region in enumerate(self.regions)
            if region.style is not None and region.strength > 0
        ]
        if self.preset.network.start == "photo":
            return styled, []
        with self._timed("instant"):
            plans = [
                self._painter.plan(cast("str | Tensor", self.regions[index].style))
                for index in styled
            ]
        names = [self.regions[index].name for index in styled]
        self._looks = [{"region": name, **plan.as_dict()} for name, plan in zip(names, plans)]
        known = [self.family.open_vocabulary or plan.by != "nothing" for plan in plans]
        return list(compress(styled, known)), list(compress(plans, known))

    def _paint_starts(self, plans: Sequence[Plan]) -> list[NDArray[np.float32]]:
        """The picture (H, W, 3) that each styled region begins as."""
        if not plans:
            return [self._photo] * len(self._styled)
        with self._timed("instant"):
            return self._painter.paint(
                self._photo,
                plans,
                list(self._shares[:, 0].numpy()),
                seed=self.request.seed,
                detail=self.request.detail,
            )

    def _prepare_optimisation(self) -> Optimisation:
        """The objective and a new StyleNet at working size."""
        family, seed = self.family, self.request.seed
        with self._timed("models"):
            clip = family.clip_for(self.preset.published.two_text_clip)
            content_network = family.content
        with self._timed("prepare"):
            objective = Objective(
                self._task(),
                self.preset,
                clip,
                content_network,
                templates=family.templates,
                seed=seed,
            )
            return Optimisation(objective, seed=seed)

    def _task(self) -> Task:
        """The picture, the starts and the masks at working size."""
        size = self.request.size
        working = (size, size)
        if not self.preset.published.square:
            working = working_size(*self.picture.size, size, self.preset.network.least_size)
        antialias, device = self.preset.published.antialias, self.family.device

        def resized(maps: Tensor) -> Tensor:
            return _resized(maps, working, antialias=antialias)

        return Task(
            content=resized(to_tensor(self._photo)).to(device),
            starts=torch.cat([resized(to_tensor(start)) for start in self._starts]).to(device),
            masks=resized(self._shares).to(device),
            regions=tuple(self._styled),
        )

    def _take_steps(self) -> Iterator[Step]:
        began = time.monotonic()
        steps = iter(self.optimisation or ())
        while step := self._next_of(steps):
            self.history.append(step.losses)
            self.seconds["optimise"] = time.monotonic() - began
            if step.index == 1:
                self.seconds["first step"] = self.seconds["optimise"]
            yield step

    @staticmethod
    @own_settings()
    def _next_of(steps: Iterator[Step]) -> Step | None:
        """The next step; between steps, the caller's settings hold."""
        return next(steps, None)

    def _pictures(self) -> list[NDArray[np.float32]]:
        """Each styled region's picture at full size, (H, W, 3)."""
        if self.optimisation is None:
            return self._starts
        larger = self.optimisation.render_at(torch.cat([to_tensor(one) for one in self._starts]))
        return [one.permute(1, 2, 0).numpy() for one in larger]  # no copies: they may be large

    def _compose(self, pictures: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """The photo with each region's picture where its share is, band by band."""
        photo = self.picture.rgb
        if not pictures:
            return photo
        strengths = [region.strength for region in self._styled]
        composed = np.empty_like(photo)
        for rows in bands(*self.picture.size):
            styled = torch.cat([to_tensor(picture[rows]) for picture in pictures])
            shares = self._shares[..., rows, :]
            band = composite(to_tensor(photo[rows]), styled, shares, strengths)
            composed[rows] = to_array(band.clamp_(0, 1))
        return composed

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage's seconds."""
        began = time.monotonic()
        yield
        self.seconds[stage] += time.monotonic() - began


def _shares_of(regions: Sequence[Region], chosen: Sequence[int]) -> Tensor:
    """The chosen regions' shares of every pixel, (R, 1, H, W); the others have theirs, too."""
    stacked = np.stack([np.asarray(region.mask, np.float32) for region in regions])
    shares, _ = partition(torch.from_numpy(stacked)[:, None])
    if len(chosen) == len(regions):
        return shares  # no copy: they may be large
    return shares[torch.tensor(chosen, dtype=torch.long)]


def _resized(maps: Tensor, size: tuple[int, int], *, antialias: bool) -> Tensor:
    """Maps (B, C, H, W) in [0, 1] at the size to work at."""
    if maps.shape[-2:] == size:
        return maps
    mode = "bicubic" if size[0] > maps.shape[-2] else "bilinear"
    return F.interpolate(maps, size, mode=mode, antialias=antialias).clamp(0, 1)
