"""Networks with their weights: built without drawing random ones, then filled from files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from semcs.errors import ModelUnavailableError
from semcs.models import cache, registry
from semcs.models.clip import StridedBlock
from semcs.models.interfaces import KeyExtractor
from semcs.models.settings import own_settings
from semcs.models.vit import BundledVit
from semcs.models.weights import Weights, read_weights

NetworkT = TypeVar("NetworkT", bound=nn.Module)
Shapes = dict[str, tuple[int, ...]]

# Functions of `nn.init`, and methods of tensors, by which layers draw their first weights.
_FILL_AT_RANDOM = {
    "kaiming_normal_",
    "kaiming_uniform_",
    "normal_",
    "trunc_normal_",
    "uniform_",
    "xavier_normal_",
    "xavier_uniform_",
}


def build_without_weights(build: Callable[[], NetworkT]) -> NetworkT:
    """A network whose parameters hold whatever was in memory; all else of it is as ever.

    No random number is drawn, so that loading a network leaves the caller's generators as they
    were, and building takes a fraction of the time. (torch's device "meta" would do that, too, but
    loads a compiler for two seconds first, and leaves buffers that no file holds without values.)

    It is on the CPU, in float32 and ready for gradients, whatever torch's settings are.

    Args:
        build: Builds it, such as its class.
    """
    with own_settings(), _WithoutDraws():
        return build()


def load_into(
    network: nn.Module, weights: Weights, *, name: str, ignored: tuple[str, ...] = ()
) -> None:
    """Copy the tensors of a safetensors file into a network: all of them, or none.

    Args:
        network: Its state dict says which names and shapes the file must have.
        weights: Of a safetensors file; floating-point numbers of any width will do.
        name: What the error calls the network.
        ignored: Beginnings of names that the file may hold beside those.

    Raises:
        ModelUnavailableError: Not a safetensors file, or one of another layout.
    """
    state = network.state_dict()
    expected = {key: tuple(value.shape) for key, value in state.items()}
    try:
        tensors = weights.tensors()
    except ModelUnavailableError as error:
        raise ModelUnavailableError(f"{name}: {error}") from error
    found = {
        key: tuple(value.shape) for key, value in tensors.items() if not key.startswith(ignored)
    }
    _check_layout(expected, found, name=name, file=weights.file)
    with own_settings(), torch.no_grad():
        for key, value in state.items():
            value.copy_(tensors[key])


def load_key_extractor(name: str = "bundled") -> KeyExtractor:
    """The bundled ViT, or a real one such as "dino-vits16" (see `semcs models list`), frozen."""
    if name == "bundled":
        return frozen(load_bundled("vit", BundledVit))
    from semcs.models.paper_vit import load_paper_vit

    return frozen(load_paper_vit(name))


def load_bundled(part: str, build: Callable[[], NetworkT]) -> NetworkT:
    """A network with the weights of `bundled/<part>.safetensors`, as float32.

    Args:
        part: For instance "clip".
        build: Builds it, such as its class.

    Raises:
        ModelUnavailableError: The package holds no such file, or another than it should.
    """
    name = f"bundled-{part}"
    if name not in registry.sources():
        raise ModelUnavailableError(f"{name} is missing from this installation: install semcs anew")
    return _filled(build, cache.read(registry.get(name)))


def load_half(build: Callable[[], NetworkT], file: Path) -> NetworkT:
    """A network with the half-precision weights of a file, as float32.

    Args:
        build: Builds it, such as its class.
        file: The safetensors file.

    Raises:
        ModelUnavailableError: See `load_into`.
    """
    return _filled(build, read_weights(file))


@own_settings()
def frozen(network: NetworkT) -> NetworkT:
    """The network for use: no training, no gradients to its weights, norms folded."""
    for module in network.modules():
        if isinstance(module, StridedBlock):
            module.fold()
    return network.eval().requires_grad_(False)


def _filled(build: Callable[[], NetworkT], weights: Weights) -> NetworkT:
    network = build_without_weights(build)
    load_into(network, weights, name=weights.file.stem)
    return network


class _WithoutDraws(TorchFunctionMode):
    """Leaves tensors that are to be filled at random as they are, or fills them by its own draws.

    It is shown functions of `nn.init` as a whole. What it isn't shown draws by methods of tensors,
    and may draw again until it likes what it gets, as `trunc_normal_` does since torch 2.15.
    """

    def __init__(self) -> None:
        super().__init__()
        self._generator = torch.Generator()

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        if kwargs.get("generator") is None:  # else it's nobody's state that is moved
            if getattr(func, "__name__", "") in _FILL_AT_RANDOM:
                if getattr(func, "__module__", None) == nn.init.__name__:
                    return args[0] if args else kwargs["tensor"]
                kwargs = {**kwargs, "generator": self._generator}
            if func is torch.randn:
                return torch.empty(*args, **kwargs)
        return func(*args, **kwargs)


def _check_layout(expected: Shapes, found: Shapes, *, name: str, file: Path) -> None:
    missing = [key for key in expected if key not in found]
    unknown = [key for key in found if key not in expected]
    misshapen = [
        f"{key} {found[key]} instead of {shape}"
        for key, shape in expected.items()
        if key in found and found[key] != shape
    ]
    faults = {"lacks": missing, "has also": unknown, "has": misshapen}
    if any(faults.values()):
        listed = "; ".join(f"{verb} {_some(keys)}" for verb, keys in faults.items() if keys)
        raise ModelUnavailableError(f"{name}: {file} isn't laid out as it should be: it {listed}")


def _some(keys: Collection[str], limit: int = 3) -> str:
    rest = len(keys) - limit
    return ", ".join(sorted(keys)[:limit]) + (f" and {rest} more" if rest > 0 else "")
