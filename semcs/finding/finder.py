"""A picture in once, any of its regions out as often as wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, get_args

import numpy as np
import numpy.typing as npt
import torch

from semcs.errors import InputError, check_choice
from semcs.finding.hints import Hints, read_hints
from semcs.finding.named import check_known, soft_map
from semcs.finding.shape import Shape
from semcs.finding.words import Side, Wanted, read_text
from semcs.image.visible import fill_hidden, hide
from semcs.models.families import ModelFamily, as_family
from semcs.models.settings import own_settings
from semcs.saliency.guided import resize
from semcs.saliency.outline import Sight, look, outline
from semcs.saliency.predictor import SaliencyPredictor
from semcs.saliency.refine import Method, refine_mask

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from semcs.image import Picture

Array = npt.NDArray[np.floating[Any]]
Plane = npt.NDArray[np.float32]


class Search(TypedDict, total=False):
    """What to look for, and in which shape to give it: the keywords of `find`."""

    click: object
    not_click: object
    box: object
    hint: object
    invert: bool
    grow: float
    feather: float
    refine: Method


class RegionFinder:
    """Finds regions of a picture by words, clicks, a box or a rough mask.

        finder = semcs.RegionFinder()
        finder.set_image("photo.jpg")
        mask = finder.find("the background")          # (H, W) float32, 1 = the region
        half = finder.find("the left half")

    Nothing is shared between finders; one of them serves one picture at a time.
    """

    def __init__(
        self, models: str | ModelFamily = "auto", device: torch.device | str | None = None
    ) -> None:
        """Choose the models, which are loaded when they are first needed.

        Args:
            models: "auto", "bundled", "paper" (see `semcs.load_family`), or a `ModelFamily`.
            device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        """
        self._models, self._device = models, device
        self._family: ModelFamily | None = None
        self._picture: Picture | None = None
        self._rgb: Array = np.empty((0, 0, 3), np.float32)
        self._sight: Sight | None = None
        self._saliency: SaliencyPredictor | None = None

    def set_image(self, image: object) -> None:
        """Take a picture, anything that `semcs.image.load` reads, and look at it.

        Each `find` is quick after that.

        Raises:
            InputError: If it can't be read.
            ModelUnavailableError: If the models can't be had.
        """
        from semcs.image import load

        self.set_picture(load(image))
        _ = self.sight

    def set_picture(self, picture: Picture) -> None:
        """Take a picture that is already read, to be looked at when that is needed."""
        if self._family is None:
            self._family = as_family(self._models, self._device)
        self._picture, self._sight, self._saliency = picture, None, None
        self._rgb = fill_hidden(picture.rgb, picture.alpha)

    def find(
        self, text: str | None = None, *, soft: bool = True, **search: Unpack[Search]
    ) -> Plane | npt.NDArray[np.bool_]:
        """The mask of one region: (H, W) float32 in [0, 1], or bool if not `soft`.

        Args:
            text: See `semcs.find`, as the rest.
            soft: See above.
            **search: See above.
        """
        mask = self.find_mask(text, **search)
        return mask if soft else mask > 0.5

    def find_mask(
        self,
        text: str | None = None,
        *,
        click: object = None,
        not_click: object = None,
        box: object = None,
        hint: object = None,
        invert: bool = False,
        grow: float = 0.0,
        feather: float = 0.0,
        refine: Method = "edge",
    ) -> Plane:
        """The soft mask of one region, (H, W) float32 in [0, 1]; 0 where the picture's alpha is 0.

        Args:
            text: See `semcs.find`, as the rest.
            click: See above.
            not_click: See above.
            box: See above.
            hint: See above.
            invert: See above.
            grow: See above.
            feather: See above.
            refine: See above.

        Raises:
            InputError: If no picture was set, or an argument can't be used.
            NotFoundError: If what the text names isn't in the picture.
            ModelUnavailableError: If the models can't be had.
        """
        if self._picture is None:
            raise InputError("no image yet: call set_image first")
        check_choice("refine", refine, get_args(Method))
        shape = Shape(invert, grow, feather)
        hints = read_hints(self._picture.size, click=click, not_click=not_click, box=box, hint=hint)
        if text is not None and hint is not None:
            raise InputError("text and hint both say what is roughly meant: give one of them")
        if text is not None:
            mask = self._by_words(text, hints, refine)
        elif hints.clicks or hints.box is not None or hints.mask is not None:
            mask = self._selected(hints.maps(self.sight.grid), refine)
        else:
            raise InputError(
                "nothing says what to find: give a text, click, box or hint"
                + (" beside not_click" if hints.not_clicks else "")
            )
        return hide(shape.of(mask), self._picture.alpha)

    @property
    def family(self) -> ModelFamily:
        """The models."""
        assert self._family is not None
        return self._family

    @property
    def sight(self) -> Sight:
        """What the region model sees of the picture; it looks when it is first asked."""
        if self._sight is None:
            self._sight = look(self._rgb, self.family.regions)
        return self._sight

    def _by_words(self, text: str, hints: Hints, refine: Method) -> Plane:
        """The region that a text means, inside the box where there is one."""
        wanted = read_text(text, lambda thing: self.family.regions.knows(thing))
        named = [one for one in wanted if one.thing is not None or one.colour is not None]
        wholes = [self._whole(one, refine) for one in wanted if one not in named]
        if named:
            check_known(
                named, self.family.regions, lambda texts: self.family.clip.encode_text(texts)
            )
            wholes.append(self._named(named, hints, refine))
        mask: Plane = np.max(wholes, axis=0)
        if not named and hints.any:
            return self._selected(hints.maps(self.sight.grid, mask), refine)
        return mask

    def _whole(self, wanted: Wanted, refine: Method) -> Plane:
        """The foreground, the background, or half of the picture."""
        if wanted.stands_out is None:
            assert wanted.side is not None
            height, width = self._rgb.shape[:2]
            return half(height, width, wanted.side)
        mask = self._salient().predict(invert=not wanted.stands_out, refine=refine)
        return mask.astype(np.float32)

    def _named(self, named: list[Wanted], hints: Hints, refine: Method) -> Plane:
        """Things, colours, or both, as one region."""
        grid = self.sight.grid

        def saliency() -> Array:
            mask = self._salient().predict(refine="none").astype(np.float32)
            return resize(mask, *grid)

        with own_settings(), torch.no_grad():
            maps = [
                soft_map(one, self.sight, within=hints.within(grid), saliency=saliency)
                for one in named
            ]
        return self._selected(hints.maps(grid, np.clip(np.sum(maps, axis=0), 0, 1)), refine)

    def _selected(self, hints: torch.Tensor, refine: Method) -> Plane:
        """The region that hints (1, 5, h, w) mean, at full size."""
        if refine == "edge":
            return outline(self.sight, hints, self._rgb)
        with own_settings(), torch.no_grad():
            images, seen = self.sight.images, self.sight.seen
            region, _ = self.sight.model.select(seen, hints.to(images))
        rough = region.sigmoid()[0, 0].cpu().numpy()
        return refine_mask(rough, self._rgb, refine).astype(np.float32)

    def _salient(self) -> SaliencyPredictor:
        if self._saliency is None:
            assert self._picture is not None
            self._saliency = SaliencyPredictor(models=self.family)
            self._saliency.set_picture(self._picture)
        return self._saliency


def half(height: int, width: int, side: Side) -> Plane:
    """A mask of one half of a picture."""
    mask = np.zeros((height, width), np.float32)
    rows, columns = {
        "left": (slice(None), slice(0, width // 2)),
        "right": (slice(None), slice(width // 2, None)),
        "top": (slice(0, height // 2), slice(None)),
        "bottom": (slice(height // 2, None), slice(None)),
    }[side]
    mask[rows, columns] = 1
    return mask
