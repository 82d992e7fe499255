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
from semcs.models.directions import PLAIN, TEMPLATES, check_text
from semcs.models.families import ModelFamily, load_family
from semcs.saliency import SaliencyPredictor
from semcs.style.finish import finish
from semcs.style.instant import InstantPainter, Plan
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation, Step
from semcs.style.presets import Preset
from semcs.style.presets import preset as find_preset
from semcs.style.regions import Region, bands, composite, partition

ImageT = TypeVar("ImageT")
Callback = Callable[[Step], object]
STAGES = ("models", "mask", "instant", "prepare", "first step", "optimise", "finish", "total")


@dataclass(frozen=True, eq=False)
class Result:
    """A styled picture and how it came about.

    Attributes:
        image: The picture, of the same type, size and channels as what was handed in.
        mask: (H, W) float32 foreground, 1 = foreground; None where no mask was needed.
        regions: The regions that were styled or kept; their masks are (H, W) float32.
        looks: What was made of each styled region's style: the region's name, what painted it
            ("by"), the looks with their weights, words of colour and light, how sure it is.
        history: Weighted losses of every step, by name; empty where nothing was optimised.
        models: Names of the networks that ran, by role, and the "family".
        seconds: Wall time by stage: "models" (to load them), "mask", "instant" (the picture that
            looks and painter give at once), "prepare", "first step", "optimise" (all steps, the
            first among them), "finish" and "total".
        preset: All options that were used.
        seed: The seed that was used.
        style_net: The network that painted it, to begin another with (`warm_start`); None where
            nothing was optimised.
    """

    image: Any
    mask: NDArray[np.float32] | None
    regions: tuple[Region, ...]
    looks: list[dict[str, Any]]
    history: list[dict[str, float]]
    models: dict[str, str]
    seconds: dict[str, float]
    preset: Preset
    seed: int
    style_net: nn.Module | None


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
    def painter(self) -> InstantPainter:
        """What paints regions at once."""
        return InstantPainter(self.family.device)

    @cached_property
    def saliency(self) -> SaliencyPredictor:
        """What finds the foreground."""
        return SaliencyPredictor(self.family.key_extractor)

    def __call__(
        self,
        image: object,
        style: object = None,
        *,
        callback: Callback | None = None,
        progress: bool = True,
        **options: Any,
    ) -> Result:
        """Style a picture.

        Args:
            image: PIL image, array, tensor, path, bytes or file (see `semcs.image.load`).
            style: One text, or a picture as the style, for the whole picture; or use `fg`, `bg`
                or `regions`.
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
        style: object = None,
        *,
        fg: object = None,
        bg: object = None,
        regions: Sequence[Region] | None = None,
        mask: object = None,
        strength: float = 1.0,
        detail: float | None = None,
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
            style: One text, or a picture as the style (PIL image, array, tensor, `Path`, bytes,
                file), for the whole picture.
            fg: The foreground's; None keeps its pixels.
            bg: The background's; None keeps its pixels.
            regions: Regions of your own instead, as many as you like.
            mask: Foreground mask (H, W), soft or hard, instead of the one that semcs finds.
            strength: How much of the styles shows, 0 to 1 (a `Region` has its own).
            detail: How much of the photo's form looks get back, 0 to 1; by default each look's
                own amount.
            preset: Name or `Preset`: semcs, instant, semcs-reference, semcs-slides, clipstyler,
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
        if detail is not None and not 0 <= detail <= 1:
            raise InputError(f"detail is {detail}: 0 to 1 is allowed, or None for each look's own")
        return Run(
            self,
            load(image),
            _check_request(style, fg, bg, regions, mask, strength, detail),
            find_preset(preset, self.family.name, **overrides),
            size=size,
            seed=seed,
            warm_start=warm_start,
        )


@dataclass(frozen=True)
class Request:
    """What the caller wants where."""

    style: str | Tensor | None
    fg: str | Tensor | None
    bg: str | Tensor | None
    regions: tuple[Region, ...] | None
    mask: object
    strength: float
    detail: float | None


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
        styled = [region for region in self.regions if region.style is not None]
        self.strengths = tuple(region.strength for region in styled)
        styles = tuple(cast("str | Tensor", region.style) for region in styled)
        self.shares = _shares_of(self.regions)

        # 2. Each region's start at full size: painted at once, or the photo
        self.plans: list[Plan] = []
        self.starts = [picture.rgb] * len(styled)
        family = stylizer.family
        if preset.start == "instant":
            with self._timed("instant"):
                painter = stylizer.painter
                self.plans = [painter.plan(style) for style in styles]
                if family.name == "bundled":  # nor does its text encoder know what that means
                    self.strengths = tuple(
                        0.0 if plan.by == "nothing" else strength
                        for plan, strength in zip(self.plans, self.strengths)
                    )
                masks = list(self.shares[:, 0].numpy())
                self.starts = painter.paint(
                    picture.rgb, self.plans, masks, seed=seed, detail=request.detail
                )
        self.optimisation = None
        if not preset.steps:
            return

        # 3. Networks
        with self._timed("models"):
            clip, content_network = family.clip, family.content

        with self._timed("prepare"):
            # 4. Picture, starts and masks at working size
            height, width = picture.rgb.shape[:2]
            working = (size, size)
            if not preset.square:
                working = working_size(height, width, size, preset.least_size)
            starts = [_resized(to_tensor(start), working, preset) for start in self.starts]
            task = Task(
                content=_resized(to_tensor(picture.rgb), working, preset).to(family.device),
                starts=torch.cat(starts).to(family.device),
                masks=_resized(self.shares, working, preset).to(family.device),
                styles=styles,
                strengths=self.strengths,
            )

            # 5. Objective and StyleNet
            templates = PLAIN if family.name == "bundled" else TEMPLATES
            objective = Objective(
                task, preset, clip, content_network, templates=templates, seed=seed
            )
            self.optimisation = Optimisation(objective, seed=seed)
            if warm_start is not None and warm_start.style_net is not None:
                self.optimisation.go_on_from(warm_start.style_net)

    def __len__(self) -> int:
        """How many steps there will be at most."""
        return self.preset.total_steps

    def __iter__(self) -> Iterator[Step]:
        """Run the optimisation.

        Raises:
            DivergenceError: A loss became NaN or infinite.
        """
        began = time.monotonic()
        for step in self.optimisation or ():
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
            # 6. Each region's picture at full size, composed with the full-size masks
            composed = self._compose([finish(one, self.preset) for one in self._pictures()])
            # 7. The caller's type
            image = self.picture.restore(composed)
        self.seconds["total"] = time.monotonic() - self._began
        family = self.stylizer.family
        return Result(
            image=image,
            mask=self.mask,
            regions=self.regions,
            looks=self._looks(),
            history=self.history,
            models={"family": family.name, **family.loaded()},
            seconds=dict(self.seconds),
            preset=self.preset,
            seed=self.seed,
            style_net=None if self.optimisation is None else self.optimisation.style_net,
        )

    def _pictures(self) -> list[NDArray[np.float32]]:
        """Each styled region's picture at full size, (H, W, 3)."""
        if self.optimisation is None:
            return self.starts
        larger = self.optimisation.render_at(torch.cat([to_tensor(one) for one in self.starts]))
        return [one.permute(1, 2, 0).numpy() for one in larger]  # no copies: they may be large

    def _compose(self, pictures: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """The photo with each region's picture where its share is, band by band."""
        photo = self.picture.rgb
        composed = np.empty_like(photo)
        for rows in bands(*photo.shape[:2]):
            styled = torch.cat([to_tensor(picture[rows]) for picture in pictures])
            shares = self.shares[..., rows, :]
            band = composite(to_tensor(photo[rows]), styled, shares, self.strengths)
            composed[rows] = to_array(band.clamp_(0, 1))
        return composed

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage's seconds."""
        began = time.monotonic()
        yield
        self.seconds[stage] += time.monotonic() - began

    def _looks(self) -> list[dict[str, Any]]:
        names = [region.name for region in self.regions if region.style is not None]
        return [{"region": name, **plan.as_dict()} for name, plan in zip(names, self.plans)]

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
        both = request.style
        fg, bg = (both if own is None else own for own in (request.fg, request.bg))
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
    style: object = None,
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
        style: One text, or a picture as the style, for the whole; or say `fg`, `bg` or `regions`.
        models: "auto", "bundled", "paper" (see `semcs.load_family`), or a `ModelFamily`.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        **options: As of `Stylizer.iterate` and `Stylizer.__call__`: fg, bg, regions, mask,
            strength, detail, preset, size, seed, callback, progress, and any field of `Preset`.

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
    style: object,
    fg: object,
    bg: object,
    regions: Sequence[Region] | None,
    mask: object,
    strength: float,
    detail: float | None,
) -> Request:
    asked = [style is not None, fg is not None or bg is not None, regions is not None]
    if sum(asked) != 1:
        raise InputError(
            "say what the picture should look like in one way: a style for all of it, "
            "fg and/or bg, or regions"
        )
    styles = {
        what: _read_style(own, what) for what, own in {"style": style, "fg": fg, "bg": bg}.items()
    }
    if regions is not None:
        if mask is not None:
            raise InputError("mask and regions exclude each other: every region has its own mask")
        if not any(region.style is not None for region in regions):
            raise InputError("no region has a style: nothing to do")
    if not 0 <= strength <= 1:
        raise InputError(f"strength is {strength}: 0 to 1 is allowed")
    own = None
    if regions is not None:
        own = tuple(replace(r, style=_read_style(r.style, f"style of {r.name}")) for r in regions)
    return Request(**styles, regions=own, mask=mask, strength=strength, detail=detail)


def _read_style(style: object, what: str) -> str | Tensor | None:
    """A text as it is, without surrounding space; a picture as (1, 3, h, w); None as None."""
    if style is None:
        return None
    if isinstance(style, str):
        return check_text(style, what)
    try:
        return to_tensor(load(style).rgb)
    except InputError as error:
        raise InputError(f"{what} is neither a text nor a readable picture: {error}") from None


def _shares_of(regions: Sequence[Region]) -> Tensor:
    """The styled regions' shares of every pixel, (R, 1, H, W)."""
    stacked = np.stack([np.asarray(region.mask, np.float32) for region in regions])
    shares, _ = partition(torch.from_numpy(stacked)[:, None])
    styled = [region.style is not None for region in regions]
    return shares if all(styled) else shares[torch.tensor(styled)]


def _resized(maps: Tensor, size: tuple[int, int], preset: Preset) -> Tensor:
    """Maps (B, C, H, W) in [0, 1] at the size to work at."""
    if maps.shape[-2:] == size:
        return maps
    mode = "bicubic" if size[0] > maps.shape[-2] else "bilinear"
    return F.interpolate(maps, size, mode=mode, antialias=preset.antialias).clamp(0, 1)


__all__ = ["Region", "Result", "Run", "Step", "Stylizer", "stylize"]
