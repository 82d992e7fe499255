"""What a folder's pictures should look like, checked before the first is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast, get_args

import torch

from semcs.errors import InputError, check_choice, refuse, shown
from semcs.folder.names import FORMS
from semcs.folder.task import Also, Products, Task
from semcs.image.metadata import METADATA, Metadata
from semcs.image.psd import check_psd
from semcs.looks.registry import registered_here
from semcs.models.families import ModelFamily, as_family
from semcs.runs.digest import hash_of, hash_of_weights
from semcs.style.presets import find_preset
from semcs.stylizer.request import ForAll, LookOptions, check_request

PRESET = "instant"
MASK = "mask"

# The ways to say how a picture should look: one at a time. A manifest's line goes before the call.
_WAYS = ({"style"}, {"fg", "bg"}, {"regions"})

_FOR_ALL = ("strength", "detail", "keep_color", "scale", "avoid")
_OF_MASK = {"rule", "invert_mask"}
_CHECKED_ELSEWHERE = ("preset", "steps", "max_seconds")


class Options(LookOptions, total=False):
    """Keywords of `stylize_folder` that say how pictures should look, for type checkers."""

    max_seconds: float | None


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked for of each picture.

    Attributes:
        options: Keywords of `semcs.Stylizer.__call__` that hold where a manifest says nothing else.
        products: Which files are made.
        form: Format of the outputs, one of `FORMS`; None is each picture's own.
        models: Name of the family of networks.
        device: Where they run.
    """

    options: Mapping[str, Any]
    products: Products
    form: str | None
    models: str
    device: str
    _common: str = field(repr=False)
    _checked: dict[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def optimised(self) -> bool:
        """Whether pictures are optimised where a manifest says nothing else, or else instant."""
        return bool(find_preset(self.options.get("preset") or PRESET).optimiser.steps)

    def task(
        self, name: str, source: str, root: str, output: str, own: Mapping[str, Any] | None = None
    ) -> Task:
        """What is to be made of one picture.

        Args:
            name: Of the picture within its folder.
            source: Path to read from.
            root: Path of the folder that the outputs are in.
            output: Name of the output within it.
            own: Keywords that hold for this picture.

        Raises:
            InputError: Its options can't be used.
        """
        own_hash = hash_of(dict(own)) if own else ""
        options = self._checked.get(own_hash)
        if options is None:
            options = self._checked[own_hash] = self._check(own or {})
        hashed = hash_of(self._common, own_hash)
        return Task(
            name, source, root, output, options, self.products, self.models, self.device, hashed
        )

    def _check(self, own: Mapping[str, Any]) -> Mapping[str, Any]:
        """All options of a picture.

        Raises:
            InputError: They can't be used together.
        """
        options = merged(self.options, own)
        if self.products.only_mask:
            return {
                "invert" if name == "invert_mask" else name: value
                for name, value in options.items()
                if name in _OF_MASK
            } | {"soft": True}
        check_options(options)
        if "mask" in self.products.also and needs_no_mask(options):
            raise InputError("there is no mask to write: one style for all of it needs none")
        return options


def check_asked(
    options: Mapping[str, Any],
    *,
    only: str | None = None,
    also: Sequence[str] = (),
    format: str | None = None,
    metadata: str = "private",
    scores: bool = False,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
) -> Asked:
    """Check all that can be checked without the pictures; arguments as of `stylize_folder`.

    Args:
        options: Keywords of `semcs.Stylizer.__call__`; None says nothing.
        only: See there, like all that follow.
        also: See there.
        format: See there.
        metadata: See there.
        scores: Whether a table of scores is asked for.
        models: See there.
        device: See there.

    Raises:
        InputError: Something can't be used; the message names it and says what is allowed.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    if not isinstance(models, str):
        raise InputError(f"models is {shown(models)}: folders take the name of a family")
    unknown = sorted({*options} - {"style", *Options.__optional_keys__})
    if unknown:
        raise TypeError(f"unknown option {unknown[0]!r}")
    said = {name: value for name, value in options.items() if value is not None}
    products = _products(only, also, metadata, scores)
    form = None if format is None else check_choice("format", format, FORMS)
    if products.only_mask:
        form = _form_of_masks(form)
        if styled := sorted(set().union(*_WAYS) & {*said}):
            raise InputError(f"only masks are made: {', '.join(styled)} would have no effect")
    family = as_family(models, device)
    common = hash_of(said, products, hash_of_weights(family))
    return Asked(said, products, form, family.name, str(family.device), common)


def merged(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The options of one picture: its own ones, and the others of the call.

    Where it says in its own way how it should look, the call's other ways don't hold for it.
    """
    said = [way for way in _WAYS if way & {*own}]
    others = set().union(*_WAYS) - set().union(*said) if said else set()
    kept = {name: value for name, value in common.items() if name not in others}
    return {"preset": PRESET, **kept, **own}


def check_options(options: Mapping[str, Any]) -> None:
    """Refuse keywords of `semcs.Stylizer.__call__` that can't be used, whatever the picture.

    Raises:
        InputError: It says which, and what is allowed.
    """
    said = dict(options)
    for_all = ForAll(**{name: said.pop(name) for name in _FOR_ALL if name in said})
    changes = {name: said.pop(name) for name in _CHECKED_ELSEWHERE if name in said}
    find_preset(changes.pop("preset")).change(**changes)
    styles = [said.pop(name, None) for name in ("style", "fg", "bg", "regions")]
    usual = {"mask": None, "size": 512, "seed": 0}
    check_request(*styles, for_all=for_all, **{**usual, **said})


def needs_no_mask(options: Mapping[str, Any]) -> bool:
    """Whether a picture is made without looking for its foreground."""
    whole = options.get("style") is not None and options.get("mask") is None
    return whole and find_preset(options["preset"]).published.single_text_on == "both"


def check_portable(count: int) -> None:
    """Refuse worker processes where looks are registered that only this process knows.

    Raises:
        InputError: There are some.
    """
    own = registered_here()
    if count and own:
        raise InputError(
            f"look {own[0]!r} is registered in this program alone, and workers don't know it: "
            "workers=0 is allowed, or a package that offers it (docs/plugins.md)"
        )


def _products(only: str | None, also: Sequence[str], metadata: str, scores: bool) -> Products:
    if only is not None:
        check_choice("only", only, (MASK,))
    if isinstance(also, str):
        refuse("also", also, f"a list of {', '.join(get_args(Also))}")
    chosen = tuple(dict.fromkeys(check_choice("also", one, get_args(Also)) for one in also))
    check_choice("metadata", metadata, METADATA)
    if only is not None and (chosen or scores):
        what = "also" if chosen else "scores"
        raise InputError(f"only masks are made: {what} goes with styled pictures")
    if "psd" in chosen:
        check_psd()
    return Products(
        only is not None, cast("tuple[Also, ...]", chosen), cast("Metadata", metadata), scores
    )


def _form_of_masks(form: str | None) -> str:
    if form in (None, "png", "tiff", "webp", "bmp"):
        return form or "png"
    raise InputError(f"format is {form}: masks are written as png, tiff, webp or bmp")
