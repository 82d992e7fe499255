"""The nodes; ComfyUI reads what a class says of itself and calls its `FUNCTION`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

import semcs
from semcs.errors import InputError
from semcs.interop.comfyui.host import Progress
from semcs.interop.comfyui.values import in_range, one_by_one, style_of, stylizer
from semcs.interop.comfyui.widgets import DETAIL, MODELS, SEED, STEPS, Inputs, number, widget
from semcs.interop.formats import to_comfyui, to_comfyui_mask


def _each(images: Tensor, make: Callable[[Tensor], Tensor]) -> Tensor:
    """What is made of every picture (C, H, W) of a batch, together as a batch."""
    progress, made = Progress(len(images)), []
    for photo, _ in one_by_one(images):
        made.append(make(photo))
        progress.finish_picture()
    return torch.stack(made)


class ForegroundMask:
    """The mask of what stands out."""

    DESCRIPTION = "Finds what stands out in a picture."
    CATEGORY = "semcs"
    FUNCTION = "find"
    RETURN_TYPES = ("MASK",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        """What the node takes."""
        return {
            "required": {
                "images": widget("IMAGE", "photos"),
                "invert": widget("BOOLEAN", "select the background", default=False),
                "models": MODELS,
            }
        }

    def find(self, images: Tensor, invert: bool, models: str) -> tuple[Tensor]:
        """The masks (B, H, W) of pictures (B, H, W, C)."""
        family = stylizer(models).family
        found = _each(
            images, lambda photo: semcs.saliency_mask(photo, models=family, invert=invert)
        )
        return (to_comfyui_mask(found),)


class RegionByWords:
    """The mask of what words name."""

    DESCRIPTION = "Finds what words name, such as: the sky, trees and grass, the dog on the left."
    CATEGORY = "semcs"
    FUNCTION = "find"
    RETURN_TYPES = ("MASK",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        """What the node takes."""
        return {
            "required": {
                "images": widget("IMAGE", "photos"),
                "words": widget("STRING", "what to find", default="the sky"),
                "invert": widget("BOOLEAN", "select everything else", default=False),
                "grow": number("pixels by which the outline moves out", 0.0, -100.0, 100.0, 1.0),
                "feather": number("width of its soft band in pixels", 0.0, 0.0, 100.0, 1.0),
                "models": MODELS,
            }
        }

    def find(self, images: Tensor, words: str, models: str, **options: Any) -> tuple[Tensor]:
        """The masks (B, H, W) of pictures (B, H, W, C)."""
        family = stylizer(models).family
        found = _each(images, lambda photo: semcs.find(photo, words, models=family, **options))
        return (to_comfyui_mask(found),)


class Stylize:
    """Foreground and background, each in its own style."""

    DESCRIPTION = "Paints foreground and background, each in its own style; empty text keeps it."
    CATEGORY = "semcs"
    FUNCTION = "stylize"
    RETURN_TYPES = ("IMAGE", "MASK")
    RETURN_NAMES = ("images", "foreground")

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        """What the node takes."""
        presets, told = list(semcs.PRESETS), "instant: painted at once; the others: optimised"
        return {
            "required": {
                "images": widget("IMAGE", "photos"),
                "foreground": widget("STRING", "style of what stands out", default="gold"),
                "background": widget("STRING", "style of the rest", default="starry night"),
                "preset": widget(presets, told, default="instant"),
                "strength": number("how much of the styles shows", 1.0, 0.0, 1.0),
                "keep_color": number("how much of the photo's colours stays", 0.0, 0.0, 1.0),
                "scale": number("size of the strokes", 1.0, 0.25, 4.0),
                "seed": SEED,
                "models": MODELS,
            },
            "optional": {
                "mask": widget("MASK", "the foreground, in place of what stands out"),
                "foreground_picture": widget("IMAGE", "the style, in place of the text"),
                "background_picture": widget("IMAGE", "the style, in place of the text"),
                "detail": DETAIL,
                "steps": STEPS,
            },
        }

    def stylize(
        self,
        images: Tensor,
        foreground: str,
        background: str,
        models: str,
        mask: Tensor | None = None,
        foreground_picture: Tensor | None = None,
        background_picture: Tensor | None = None,
        **options: Any,
    ) -> tuple[Tensor, Tensor]:
        """The styled pictures (B, H, W, C) and the foreground of each (B, H, W)."""
        options["fg"] = style_of("foreground", foreground, foreground_picture)
        options["bg"] = style_of("background", background, background_picture)
        progress, painted, found = Progress(len(images)), [], []
        for photo, own in one_by_one(images, mask):
            run = stylizer(models).iterate(photo, mask=own, **options)
            for number_of_step, step in enumerate(run, 1):
                progress.show(number_of_step / len(run), step.preview)
            result = run.result()
            painted.append(result.image)
            found.append(torch.from_numpy(result.mask))
            progress.finish_picture()
        return to_comfyui(torch.stack(painted)), torch.stack(found)


class Look:
    """One of the looks, chosen from the list."""

    DESCRIPTION = "Paints pictures, or what a mask selects, in a look chosen from the list."
    CATEGORY = "semcs"
    FUNCTION = "paint"
    RETURN_TYPES = ("IMAGE",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        """What the node takes."""
        looks = list(semcs.looks.names())
        return {
            "required": {
                "images": widget("IMAGE", "photos"),
                "look": widget(looks, "docs/gallery.md shows them all", default="watercolor"),
                "seed": SEED,
            },
            "optional": {"mask": widget("MASK", "what to paint"), "detail": DETAIL},
        }

    def paint(
        self, images: Tensor, look: str, mask: Tensor | None = None, **options: Any
    ) -> tuple[Tensor]:
        """The painted pictures (B, H, W, C)."""
        progress, painted = Progress(len(images)), []
        for photo, own in one_by_one(images, mask):
            painted.append(semcs.looks.render(photo, look, mask=own, **options))
            progress.finish_picture()
        return (to_comfyui(torch.stack(painted)),)


class Score:
    """How well a picture became what was asked."""

    DESCRIPTION = "Measures how far each part moved to its style, and what of the photo is lost."
    CATEGORY = "semcs"
    FUNCTION = "score"
    RETURN_TYPES = ("STRING",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        """What the node takes."""
        return {
            "required": {
                "photos": widget("IMAGE", "before"),
                "styled": widget("IMAGE", "after"),
                "mask": widget("MASK", "the foreground"),
                "foreground": widget("STRING", "the style asked for", default="gold"),
                "background": widget("STRING", "the style asked for", default="starry night"),
                "models": MODELS,
            }
        }

    def score(
        self,
        photos: Tensor,
        styled: Tensor,
        mask: Tensor,
        foreground: str,
        background: str,
        models: str,
    ) -> tuple[str]:
        """The scores of each picture, as a list in JSON."""
        if len(photos) != len(styled):
            raise InputError(f"there are {len(photos)} photos, but {len(styled)} styled pictures")
        texts: Any = {"fg": foreground or None, "bg": background or None}
        family, progress, scores = stylizer(models).family, Progress(len(photos)), []
        for (photo, own), output in zip(one_by_one(photos, mask), in_range(styled)):
            score = semcs.metrics.score(photo, output, own, models=family, **texts)
            scores.append(score.as_dict())
            progress.finish_picture()
        return (json.dumps(scores, indent=1),)
