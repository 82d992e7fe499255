"""One picture on its way: regions, their starts, the optimisation, the finished picture."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from semcs.errors import InputError, shown
from semcs.image import Picture, fill_hidden, hide, to_tensor
from semcs.models.families import ModelFamily
from semcs.models.freed import FREED
from semcs.models.settings import own_settings
from semcs.style.instant import InstantPainter, Plan
from semcs.style.mixes import Learned
from semcs.style.objective import Objective
from semcs.style.optimise import Optimisation, Step
from semcs.style.presets import Preset
from semcs.stylizer.composing import compose
from semcs.stylizer.layers import keep_paintings
from semcs.stylizer.places import shares_of
from semcs.stylizer.planning import finish_pictures, plan_styles
from semcs.stylizer.request import Request
from semcs.stylizer.result import Result
from semcs.stylizer.searching import Search
from semcs.stylizer.working import task_of

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
        search = Search(family, picture, self._photo, request, self._timed)
        self.regions, self.mask = request.regions_of(
            picture.size, self.preset, search.foreground, search.words, search.click
        )
        self.mask_sureness = search.sureness
        self.preset = self.preset.for_texts(len({r.text for r in self.regions} - {None}))

        # 2. What the styled regions start from at full size: painted at once, or the photo
        self._painter = InstantPainter(lambda: family.painter)
        with self._timed("instant"):
            planned = plan_styles(self.regions, self.preset, family, self._painter)
        self._looks = planned.looks
        self._styled = [self.regions[index] for index in planned.styled]
        self._shares = shares_of(self.regions, planned.styled)
        if picture.alpha is not None:
            self._shares = torch.from_numpy(hide(self._shares.numpy(), picture.alpha))
        self._starts = self._paint_starts(planned.plans)

        # 3. The optimisation at working size
        self.optimisation: Optimisation | None = None
        by_learning = [isinstance(region.style, Learned) for region in self._styled]
        if self.preset.optimiser.steps and not all(by_learning):
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
            strengths = [region.strength for region in self._styled]
            pictures = finish_pictures(
                self._pictures(), self._photo, self._styled, self._shares, self.preset.output
            )
            composed = compose(self.picture.rgb, pictures, self._shares, strengths)
            # 5. The caller's type
            image = self.picture.restore(composed)
        FREED.give_back()
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
            paintings=keep_paintings(self._photo, self._styled, pictures),
        )

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
            )

    def _prepare_optimisation(self) -> Optimisation:
        """The objective and a new StyleNet at working size."""
        family, seed = self.family, self.request.seed
        with self._timed("models"):
            clip = family.clip_for(self.preset.published.two_text_clip)
            content_network = family.content
        with self._timed("prepare"):
            objective = Objective(
                task_of(
                    self._photo,
                    self._starts,
                    self._shares,
                    self._styled,
                    size=self.request.size,
                    preset=self.preset,
                    device=family.device,
                ),
                self.preset,
                clip,
                content_network,
                templates=family.templates,
                seed=seed,
            )
            return Optimisation(objective, seed=seed)

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

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage's seconds."""
        began = time.monotonic()
        yield
        self.seconds[stage] += time.monotonic() - began
