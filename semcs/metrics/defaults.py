"""The networks that measures load by themselves where none is handed in.

`KEPT` is all that `semcs.metrics` remembers from call to call: each network is loaded once for a
device and kept until the process ends. No caller gets hold of one, so that nobody can move or
change what others measure with. What "auto" means is decided once for a device.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import nn

from semcs.errors import InputError, shown
from semcs.models import families
from semcs.models.families import ModelFamily, choose_device
from semcs.models.settings import own_settings

KEPT: dict[tuple[object, ...], Any] = {}

NetworkT = TypeVar("NetworkT", bound=nn.Module)
KeptT = TypeVar("KeptT")


def choose_network(
    given: NetworkT | None,
    device: torch.device | str | None,
    default: Callable[[torch.device | str | None], NetworkT],
) -> NetworkT:
    """The network that was handed in, as and where it is, or the default one on a device.

    Raises:
        InputError: There are both a network and a device, or the device isn't there.
        ModelUnavailableError: The default network can't be had.
    """
    if given is None:
        return default(device)
    if device is not None:
        raise InputError("device is the network's own: move the network there instead")
    if not isinstance(given, nn.Module):
        raise InputError(f"{shown(given)} is no network: a torch module is allowed")
    return given


def default_network(
    build: Callable[..., NetworkT], *options: object, device: torch.device | str | None
) -> NetworkT:
    """What `build(*options)` gives, on a device (see `choose_device`), loaded once."""
    place = choose_device(device)
    return _kept((build, *options, place), lambda: build(*options).to(place))


def default_family(
    models: str | ModelFamily = "auto", device: torch.device | str | None = None
) -> ModelFamily:
    """A family as it is, or the one of that name, loaded once; see `semcs.load_family`.

    Raises:
        InputError: Another name, a device that isn't there, or a family and a device.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    if isinstance(models, ModelFamily):
        return families.as_family(models, device)
    place = choose_device(device)
    return _kept(("family", str(models), place), lambda: families.load_family(models, place))


def _kept(key: tuple[object, ...], load: Callable[[], KeptT]) -> KeptT:
    if key not in KEPT:
        with own_settings():
            KEPT[key] = load()
    found: KeptT = KEPT[key]
    return found
