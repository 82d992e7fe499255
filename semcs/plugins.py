"""Mask modules and painters that other packages offer, by the entry points of their metadata.

Nothing is loaded before it is used by its name; docs/plugins.md shows a package that offers both.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from semcs.errors import InputError, SemcsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MASKS = "semcs.masks"
"""Group of functions of a picture (H, W, 3) float32 RGB in [0, 1] that give a mask (H, W) in
[0, 1], 1 = foreground."""

PAINTERS = "semcs.painters"
"""Group of painters as `semcs.looks.registry.look` takes them; the name is what the look is
called."""


class PluginError(SemcsError, RuntimeError):
    """What another package offers can't be loaded, or fails."""


@dataclass(frozen=True)
class Offer:
    """A function that a package offers.

    Attributes:
        name: What it is chosen by.
        package: The distribution that it comes with.
        entry: Where it is.
    """

    name: str
    package: str
    entry: EntryPoint

    def load(self) -> Callable[..., Any]:
        """The function.

        Raises:
            PluginError: Its package can't be imported, or it is no function.
        """
        try:
            function = self.entry.load()
        except Exception as error:
            raise self._failed("can't be loaded", error) from error
        if not callable(function) or inspect.isclass(function):
            raise PluginError(f"{self}: {self.entry.value} is no function")
        return function

    def guarded(self, function: Callable[..., Any]) -> Callable[..., NDArray[np.float32]]:
        """A function of a picture that tells what goes wrong in it, and checks what it gives."""
        import numpy as np

        def call(image: NDArray[np.float32], *others: Any) -> NDArray[np.float32]:
            try:
                given = np.asarray(function(image, *others))
            except Exception as error:
                raise self._failed("failed", error) from error
            wanted = image.shape[:2] if self.entry.group == MASKS else image.shape
            if given.shape != wanted or given.dtype.kind not in "fb":
                raise PluginError(
                    f"{self} gave {given.dtype} of shape {given.shape}; floats {wanted} are needed"
                )
            if not np.isfinite(given).all():
                raise PluginError(f"{self} gave NaN or infinite values")
            return given.astype(np.float32)

        return call

    def __str__(self) -> str:
        kind = "mask module" if self.entry.group == MASKS else "painter"
        return f"{kind} {self.name!r} of package {self.package}"

    def _failed(self, what: str, error: Exception) -> PluginError:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return PluginError(f"{self} {what}: {said}")


@cache
def offers(group: str) -> Mapping[str, Offer]:
    """What installed packages offer, by lower-case name; of one name, the first package's counts.

    Args:
        group: `MASKS` or `PAINTERS`.
    """
    found: dict[str, Offer] = {}
    for entry in entry_points(group=group):
        name = " ".join(entry.name.casefold().split())
        package = "unknown" if entry.dist is None else entry.dist.name
        found.setdefault(name, Offer(name, package, entry))
    return found


def find_mask(image: object, name: str) -> Any:
    """The mask that another package's module finds in a picture.

        mask = semcs.plugins.find_mask("photo.jpg", "skin")
        semcs.stylize("photo.jpg", fg="gold", mask=mask)

    Args:
        image: Anything that `semcs.image.load` reads.
        name: Of the module, as its package calls it.

    Returns:
        As of `semcs.saliency_mask`: PIL image of mode `L`, array or tensor, 1 = foreground.

    Raises:
        InputError: The picture can't be read, or no package offers such a module.
        PluginError: The module can't be loaded, or fails.
    """
    import numpy as np

    from semcs.image import load

    offer = check_mask_module(name)
    picture = load(image)
    mask = offer.guarded(offer.load())(picture.rgb)
    return picture.restore_mask(np.clip(mask, 0, 1))


def check_mask_module(name: str) -> Offer:
    """The mask module of that name.

    Raises:
        InputError: No installed package offers it.
    """
    known = offers(MASKS)
    offer = known.get(name.casefold())
    if offer is None:
        names = ", ".join(sorted(known)) or "none is installed"
        raise InputError(f"no package offers a mask module {name!r}; there are: {names}")
    return offer
