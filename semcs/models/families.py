"""Model families: the networks that work together, loaded when they are first used."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file
from torch import nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.models import cache, registry
from semcs.models.clip import BundledClip, StridedBlock
from semcs.models.interfaces import ContentNetwork, ImageTextModel, KeyExtractor
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.vit import BundledVit

NetworkT = TypeVar("NetworkT", bound=nn.Module)

_log = logging.getLogger("semcs")

PAPER = {"clip": "ViT-B-32", "saliency": "dino-vits16", "content": "vgg19"}


class ModelFamily:
    """An image-text model, a key extractor and a content network; each loads on first use.

    Hand in your own to use other networks: anything that fills in `semcs.models.interfaces`.

    Attributes:
        name: "paper", "bundled", or your own; it chooses loss weights and prompt templates.
        device: Where the networks run.
    """

    def __init__(
        self,
        name: str,
        *,
        clip: Callable[[], ImageTextModel],
        key_extractor: Callable[[], KeyExtractor],
        content: Callable[[], ContentNetwork],
        device: torch.device | str = "cpu",
    ) -> None:
        self.name, self.device = name, torch.device(device)
        self._clip, self._key_extractor, self._content = clip, key_extractor, content

    @cached_property
    def clip(self) -> ImageTextModel:
        """The image-text model."""
        return frozen(self._clip()).to(self.device)

    @cached_property
    def key_extractor(self) -> KeyExtractor:
        """The vision transformer of the saliency mask."""
        return frozen(self._key_extractor()).to(self.device)

    @cached_property
    def content(self) -> ContentNetwork:
        """The network of the content loss."""
        return frozen(self._content()).to(self.device)

    def loaded(self) -> dict[str, str]:
        """Names of the networks that have been used so far, by role."""
        roles = ("clip", "key_extractor", "content")
        return {role: self.__dict__[role].name for role in roles if role in self.__dict__}


def load_family(models: str = "auto", device: torch.device | str | None = None) -> ModelFamily:
    """The family that `models` asks for.

    Args:
        models: "bundled" (small networks in the package, offline), "paper" (OpenAI CLIP ViT-B/32,
            DINO ViT-S/16, VGG19; fetched once) or "auto": the paper models on a GPU where their
            weights are cached or can be fetched, otherwise the bundled ones; the log says which.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.

    Raises:
        InputError: Another name, or a device that isn't there.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    chosen = choose_device(device)
    if models == "auto":
        models = _choose_models(chosen)
    if models == "bundled":
        return ModelFamily(
            "bundled",
            clip=lambda: load_bundled("clip", BundledClip()),
            key_extractor=lambda: load_key_extractor("bundled"),
            content=lambda: load_bundled("content", BundledContentNetwork()),
            device=chosen,
        )
    if models == "paper":
        return _paper_family(chosen)
    raise InputError(f"unknown models {models!r}: choose from auto, bundled, paper")


def choose_device(device: torch.device | str | None = None) -> torch.device:
    """The device asked for, or the GPU where there is one, or the CPU.

    Raises:
        InputError: It is no device, or isn't there.
    """
    if device is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        chosen = torch.device(device)
        torch.empty(0, device=chosen)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"device {str(device)!r} can't be used: {reason}") from None
    return chosen


def load_key_extractor(name: str = "bundled") -> KeyExtractor:
    """The bundled ViT, or a real one such as "dino-vits16" (see `semcs models list`), frozen."""
    if name == "bundled":
        return frozen(load_bundled("vit", BundledVit()))
    from semcs.models.paper_vit import load_paper_vit

    return frozen(load_paper_vit(name))


def load_bundled(part: str, network: NetworkT) -> NetworkT:
    """Fill a network with the weights of `bundled/<part>.safetensors`, as float32.

    Raises:
        ModelUnavailableError: The package holds no such file, or another than it should.
    """
    name = f"bundled-{part}"
    if name not in registry.sources():
        raise ModelUnavailableError(f"{name} is missing from this installation: install semcs anew")
    return load_half(network, cache.fetch(registry.get(name)))


def load_half(network: NetworkT, file: Path) -> NetworkT:
    """Fill a network with half-precision weights, as float32."""
    weights = load_file(file)
    network.load_state_dict(
        {k: v.float() if v.is_floating_point() else v for k, v in weights.items()}
    )
    return network


def _choose_models(device: torch.device) -> str:
    """What "auto" means here, said once in the log."""
    if device.type == "cpu":
        _log.info("models: bundled, since a step of the paper models takes seconds on a CPU")
        return "bundled"
    try:
        for name in PAPER.values():
            cache.fetch(registry.get(name))
    except ModelUnavailableError as error:
        _log.warning("models: bundled, since the paper models can't be had (%s)", error)
        return "bundled"
    _log.info("models: paper")
    return "paper"


def _paper_family(device: torch.device) -> ModelFamily:
    from semcs.models.paper_clip import load_paper_clip
    from semcs.models.paper_vgg import load_paper_vgg

    return ModelFamily(
        "paper",
        clip=lambda: load_paper_clip(PAPER["clip"]),
        key_extractor=lambda: load_key_extractor(PAPER["saliency"]),
        content=load_paper_vgg,
        device=device,
    )


def frozen(network: NetworkT) -> NetworkT:
    """The network for use: no training, no gradients to its weights, norms folded."""
    for module in network.modules():
        if isinstance(module, StridedBlock):
            module.fold()
    return network.eval().requires_grad_(False)
