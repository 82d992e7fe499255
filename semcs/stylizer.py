"""`Stylizer`: the whole way from a picture and texts to a styled picture."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from tqdm import tqdm

from semcs.errors import InputError
from semcs.image import (
    MIN_WORKING_SIDE,
    Picture,
    load,
    load_mask,
    to_array,
    to_tensor,
    working_size,
)
from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, TEMPLATES, check_text
from semcs.models.families import ModelFamily, load_family
from semcs.saliency import SaliencyPredictor
from semcs.style.finish import finish
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation, Step
from semcs.style.presets import Preset
from semcs.style.presets import preset as find_preset
from semcs.style.regions import Region, composite, partition
from semcs.style.start import StyleStart, load_start

ImageT = TypeVar("ImageT")
Callback = Callable[[Step], object]
STAGES = ("models", "mask", "prepare", "first step", "optimise", "finish", "total")


@dataclass(frozen=True, eq=False)
class Result:
    """A styled picture and how it came about.

    Attributes:
        image: The picture, of the same type, size and channels as what was handed in.
        mask: (H, W) float32 foreground, 1 = foreground; None where no mask was needed.
        regions: The regions that were styled or kept; their masks are (H, W) float32.
        history: Weighted losses of every step, by name.
        models: Names of the networks that ran, by role, and the "family".
        seconds: Wall time by stage: "models" (to load them), "mask", "prepare", "first step",
            "optimise" (all steps, the first among them), "finish" and "total".
        preset: All options that were used.
        seed: The seed that was used.
        style_net: The network that painted it, to begin another with (`warm_start`).
    """

    image: Any
    mask: NDArray[np.float32] | None
    regions: tuple[Region, ...]
    history: list[dict[str, float]]
    models: dict[str, str]
    seconds: dict[str, float]
    preset: Preset
    seed: int
    style_net: nn.Module


class Stylizer:
    """Styles pictures; keeps its networks, so that the second picture starts sooner."""

    def __init__(
        self, models: str | ModelFamily = "auto", *, device: torch.device | str | None = None
    ) -> None:
        """Choose the networks.

        Args:
            models: "auto", "bundled", "paper" (see `load_family`), or a `ModelFamily`.
            device: Such as "cpu" or "cuda"; the GPU where there is one, by default.

        Raises:
            InputError: Unknown models or device.
        """
        if isinstance(models, ModelFamily) and device is not None:
            raise InputError("device is the family's own: give it to ModelFamily instead")
        self.family = models if isinstance(models, ModelFamily) else load_family(models, device)

    @cached_property
    def start(self) -> StyleStart | None:
        """What StyleNets start from; it reads the texts of the bundled image-text model alone."""
        if not isinstance(self.family.clip, BundledClip):
            return None
        return load_start().to(self.family.device)

    @cached_property
    def saliency(self) -> SaliencyPredictor:
        """What finds the foreground."""
        return SaliencyPredictor(self.family.key_extractor)

    def __call__(
        self,
        image: object,
        style: str | None = None,
        *,
        callback: Callback | None = None,
        progress: bool = True,
        **options: Any,
    ) -> Result:
        """Style a picture.

        Args:
            image: PIL image, array, tensor, path, bytes or file (see `semcs.image.load`).
            style: One text for the whole picture; or use `fg`, `bg` or `regions`.
            callback: Called with every `Step`; a true answer stops there.
            progress: Show a bar on stderr where that is a terminal.
            **options: As of `iterate`.

        Raises:
            InputError: Something handed in can't be used.
            ModelUnavailableError: The paper models were asked for and can't be had.
            DivergenceError: The optimisation ran into NaN.
        """
        run = self.iterate(image, style, **options)
        for step in tqdm(run, total=len(run), unit="step", disable=None if progress else True):
            if callback is not None and callback(step):
                break
        return run.result()

    def iterate(
        self,
        image: object,
        style: str | None = None,
        *,
        fg: str | None = None,
        bg: str | None = None,
        regions: Sequence[Region] | None = None,
        mask: object = None,
        strength: float = 1.0,
        preset: str | Preset = "semcs",
        size: int = 512,
        seed: int = 0,
        warm_start: Result | None = None,
        **overrides: Any,
    ) -> Run:
        """Prepare a picture, to be styled step by step.

            run = stylizer.iterate(image, fg="gold", bg="snow")
            for step in run:
                show(step.preview())
            picture = run.result().image

        Args:
            image: As of `__call__`.
            style: One text for the whole picture.
            fg: Text of the foreground; None keeps its pixels.
            bg: Text of the background; None keeps its pixels.
            regions: Regions of your own instead, as many as you like.
            mask: Foreground mask (H, W), soft or hard, instead of the one that semcs finds.
            strength: How much of the styles shows, 0 to 1 (a `Region` has its own).
            preset: Name or `Preset`: semcs, draft, semcs-reference, semcs-slides, clipstyler,
                gen-art.
            size: Longest side in pixels to work at; smaller pictures are worked on at their own
                size, or enlarged up to the preset's `least_size`.
            seed: The same seed gives the same picture on a CPU.
            warm_start: Begin where this result ended: for another strength, other texts or the next
                frame, with fewer steps. The number of styled regions has to agree.
            **overrides: Any field of `Preset`, such as `steps=100`.

        Raises:
            InputError: Something handed in can't be used.
            ModelUnavailableError: The paper models were asked for and can't be had.
        """
        if size < MIN_WORKING_SIDE:
            raise InputError(f"size is {size}: {MIN_WORKING_SIDE} pixels or more are needed")
        return Run(
            self,
            load(image),
            _check_request(style, fg, bg, regions, mask, strength),
            find_preset(preset, self.family.name, **overrides),
            size=size,
            seed=seed,
            warm_start=warm_start,
        )


@dataclass(frozen=True)
class Request:
    """What the caller wants where."""

    style: str | None
    fg: str | None
    bg: str | None
    regions: tuple[Region, ...] | None
    mask: object
    strength: float


class Run:
    """One picture on its way: iterate over it for the steps, then take `result`."""

    def __init__(
        self,
        stylizer: Stylizer,
        picture: Picture,
        request: Request,
        preset: Preset,
        *,
        size: int,
        seed: int,
        warm_start: Result | None = None,
    ) -> None:
        self.stylizer, self.picture, self.preset, self.seed = stylizer, picture, preset, seed
        self.history: list[dict[str, float]] = []
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._began = time.monotonic()

        # 1. Regions: the caller's, or the salient object and the rest
        self.regions, self.mask = self._find_regions(request)
        styled = [region for region in self.regions if region.text is not None]

        # 2. Networks
        with self._timed("models"):
            family = stylizer.family
            clip, content_network = family.clip, family.content
            start = stylizer.start if preset.pretrained else None

        with self._timed("prepare"):
            # 3. Picture and masks at working size
            height, width = picture.rgb.shape[:2]
            working = (size, size)
            if not preset.square:
                working = working_size(height, width, size, preset.least_size)
            stacked = np.stack([np.asarray(region.mask, np.float32) for region in self.regions])
            shares, _ = partition(torch.from_numpy(stacked)[:, None])
            self.shares = shares[torch.tensor([region.text is not None for region in self.regions])]
            self.strengths = tuple(region.strength for region in styled)

            # 4. Objective and StyleNet
            task = Task(
                content=_resized(to_tensor(picture.rgb), working, preset).to(family.device),
                masks=_resized(self.shares, working, preset).to(family.device),
                texts=tuple(str(region.text) for region in styled),
                strengths=self.strengths,
            )
            templates = PLAIN if family.name == "bundled" else TEMPLATES
            objective = Objective(
                task, preset, clip, content_network, templates=templates, seed=seed
            )
            self.optimisation = Optimisation(objective, seed=seed, start=start)
            if warm_start is not None:
                self._warm_up(warm_start)

    def __len__(self) -> int:
        """How many steps there will be at most."""
        return self.preset.total_steps

    def __iter__(self) -> Iterator[Step]:
        """Run the optimisation.

        Raises:
            DivergenceError: A loss became NaN or infinite.
        """
        began = time.monotonic()
        for step in self.optimisation:
            self.history.append(step.losses)
            self.seconds["optimise"] = time.monotonic() - began
            if step.index == 1:
                self.seconds["first step"] = self.seconds["optimise"]
            yield step

    def result(self) -> Result:
        """The picture as it is now, at its own size, in the type that was handed in.

        Raises:
            DivergenceError: The picture holds NaN or infinite values.
        """
        with self._timed("finish"):
            # 5. Each region's picture at full size, composed with the full-size masks
            content = to_tensor(self.picture.rgb)
            pictures = self.optimisation.render_at(content, self.shares)
            finished = [to_tensor(finish(to_array(p[None]), self.preset)) for p in pictures]
            composed = composite(content, torch.cat(finished), self.shares, self.strengths)
            # 6. The caller's type
            image = self.picture.restore(np.clip(to_array(composed), 0, 1))
        self.seconds["total"] = time.monotonic() - self._began
        family = self.stylizer.family
        return Result(
            image=image,
            mask=self.mask,
            regions=self.regions,
            history=self.history,
            models={"family": family.name, **family.loaded()},
            seconds=dict(self.seconds),
            preset=self.preset,
            seed=self.seed,
            style_net=self.optimisation.style_net,
        )

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage's seconds."""
        began = time.monotonic()
        yield
        self.seconds[stage] += time.monotonic() - began

    def _warm_up(self, earlier: Result) -> None:
        """Go on from an earlier network, but with fresh codes where a region's text is new."""
        texts = [region.text for region in earlier.regions if region.text is not None]
        now = self.optimisation.objective.task.texts
        kept = [ours == theirs for ours, theirs in zip(now, texts)]
        self.optimisation.go_on_from(earlier.style_net, kept)

    def _find_regions(
        self, request: Request
    ) -> tuple[tuple[Region, ...], NDArray[np.float32] | None]:
        size = self.picture.rgb.shape[:2]
        if request.regions is not None:
            own = tuple(replace(r, mask=load_mask(r.mask, size)) for r in request.regions)
            return own, None
        strength = request.strength
        alone = self.preset.single_text_on == "both" and request.mask is None
        if request.style is not None and alone:
            everywhere = np.ones(size, np.float32)
            return (Region(everywhere, request.style, strength, "picture"),), None
        mask = self._find_mask(request.mask)
        fg, bg = request.fg or request.style, request.bg or request.style
        regions = (
            Region(mask, fg, strength, "foreground"),
            Region(1 - mask, bg, strength, "background"),
        )
        return regions, mask

    def _find_mask(self, own: object) -> NDArray[np.float32]:
        if own is not None:
            mask = load_mask(own, self.picture.rgb.shape[:2])
        else:
            with self._timed("models"):
                predictor = self.stylizer.saliency
            with self._timed("mask"):
                predictor.set_image(self.picture.rgb)
                mask = np.asarray(predictor.predict(), np.float32)
        return 1 - mask if self.preset.swap_regions else mask


def stylize(
    image: ImageT,
    style: str | None = None,
    *,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    **options: Any,
) -> ImageT:
    """Style a picture; the same type comes back (a path, bytes or a file gives a PIL image).

        semcs.stylize(image, fg="pop art", bg="starry night")
        semcs.stylize(image, "watercolor")           one text for all
        semcs.stylize(image, bg="snow")              the foreground keeps its pixels

    Args:
        image: PIL image, array (H, W[, C]), tensor (C, H, W) or (B, C, H, W), path, bytes, file.
        style: One text for the whole picture; or say `fg`, `bg` or `regions`.
        models: "auto", "bundled", "paper" (see `semcs.load_family`), or a `ModelFamily`.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        **options: As of `Stylizer.iterate` and `Stylizer.__call__`: fg, bg, regions, mask,
            strength, preset, size, seed, callback, progress, and any field of `Preset`.

    Raises:
        InputError: Something handed in can't be used.
        ModelUnavailableError: The paper models were asked for and can't be had.
        DivergenceError: The optimisation ran into NaN.
    """
    stylizer = Stylizer(models, device=device)
    if isinstance(image, Tensor) and image.ndim == 4 and len(image) > 1:
        styled = [stylizer(one, style, **options).image for one in image]
        return cast(ImageT, torch.stack(styled))
    return stylizer(image, style, **options).image


def _check_request(
    style: str | None,
    fg: str | None,
    bg: str | None,
    regions: Sequence[Region] | None,
    mask: object,
    strength: float,
) -> Request:
    asked = [style is not None, fg is not None or bg is not None, regions is not None]
    if sum(asked) != 1:
        raise InputError(
            "say what the picture should look like in one way: a style for all of it, "
            "fg and/or bg, or regions"
        )
    texts = {"style": style, "fg": fg, "bg": bg}
    texts = {what: text if text is None else check_text(text, what) for what, text in texts.items()}
    if regions is not None:
        if mask is not None:
            raise InputError("mask and regions exclude each other: every region has its own mask")
        if not any(region.text is not None for region in regions):
            raise InputError("no region has a text: nothing to do")
    if not 0 <= strength <= 1:
        raise InputError(f"strength is {strength}: 0 to 1 is allowed")
    own = None if regions is None else tuple(regions)
    return Request(**texts, regions=own, mask=mask, strength=strength)


def _resized(maps: Tensor, size: tuple[int, int], preset: Preset) -> Tensor:
    """Maps (B, C, H, W) in [0, 1] at the size to work at."""
    if maps.shape[-2:] == size:
        return maps
    mode = "bicubic" if size[0] > maps.shape[-2] else "bilinear"
    return F.interpolate(maps, size, mode=mode, antialias=preset.antialias).clamp(0, 1)


__all__ = ["Region", "Result", "Run", "Step", "Stylizer", "stylize"]
