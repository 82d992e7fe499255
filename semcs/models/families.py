"""Model families: networks that work together, and everything that depends on which they are.

A family says how its networks are made, how texts are put to them, and what presets leave to it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import torch
from torch import nn

from semcs.errors import InputError, ModelUnavailableError, check_number, check_whole, shown
from semcs.models import cache, registry
from semcs.models.bundled_regions import load_bundled_regions
from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, TEMPLATES
from semcs.models.interfaces import ContentNetwork, ImageTextModel, KeyExtractor, RegionModel
from semcs.models.loading import frozen, load_bundled, load_key_extractor
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.settings import own_settings
from semcs.models.style_painter import StylePainter, load_style_painter

_log = logging.getLogger("semcs")
NetworkT = TypeVar("NetworkT", bound=nn.Module)

PAPER = {"clip": "ViT-B-32", "saliency": "dino-vits16", "content": "vgg19"}

# Options that presets leave to the family. These are CLIPstyler's, for CLIP ViT-B/32 and VGG19, but
# for the number of steps: semcs's own preset begins at the instant picture.
PUBLISHED_SETTINGS: Mapping[str, object] = {
    "steps": 20,
    "halve_every": 10,
    "content_weight": 150.0,
    "patch_threshold": 0.7,
    "rival_share": 0.0,
    "patches": 64,
    "patch_span": 1.0,
    "distortion": 0.5,
    "black_outside": True,
    "least_size": 0,
}
# The bundled networks' losses are of another scale, and their image encoder was trained on crops
# without much black: found by looking at pictures, and by benchmarks.quality.
BUNDLED_SETTINGS: Mapping[str, object] = {
    "steps": 8,
    "halve_every": 8,
    "content_weight": 1000.0,
    "patch_threshold": 0.2,
    "rival_share": 0.7,
    "patches": 32,
    "patch_span": 2.0,
    "distortion": 0.3,
    "black_outside": False,
    "least_size": 384,
}


class ModelFamily:
    """An image-text model, a key extractor and a content network; each loads on first use.

    Hand in your own to use other networks: anything that fills in `semcs.models.interfaces`.

        family = semcs.ModelFamily("mine", clip=MyClip, key_extractor=MyVit, content=MyVgg)
        semcs.stylize("photo.jpg", fg="gold", models=family)

    Attributes:
        name: What reports call it.
        device: Where the networks run.
        settings: Options by name that presets leave to the family (`semcs.style.options.FAMILY`).
        templates: Sentences around a text, whose embeddings are averaged.
        open_vocabulary: Whether its text encoder takes any text; otherwise a region whose text
            nothing is known of keeps the photo.
        fetches: Whether weights that are missing are fetched, those of metrics too.
        saliency_size: Longest side of the photo that the key extractor sees, in pixels.
        color_weight: λ of W = W_feat + λ·W_knn that fits the key extractor's features.
    """

    def __init__(
        self,
        name: str,
        *,
        clip: Callable[[], ImageTextModel],
        key_extractor: Callable[[], KeyExtractor],
        content: Callable[[], ContentNetwork],
        painter: Callable[[], StylePainter] | None = None,
        regions: Callable[[], RegionModel] | None = None,
        clip_variants: Mapping[str, Callable[[], ImageTextModel]] | None = None,
        device: torch.device | str = "cpu",
        settings: Mapping[str, object] | None = None,
        templates: Sequence[str] = TEMPLATES,
        open_vocabulary: bool = True,
        fetches: bool = False,
        saliency_size: int = 480,
        color_weight: float = 10.0,
    ) -> None:
        """Name the networks by how they are made, and what depends on them.

        Args:
            name: What reports call it.
            clip: Makes the image-text model.
            key_extractor: Makes the vision transformer of the saliency mask.
            content: Makes the network of the content loss.
            painter: Makes what paints texts and pictures that are no look; the bundled one by
                default.
            regions: Makes what finds regions by words and by hand; the bundled one by default.
            clip_variants: Make other image-text models, by names that presets may ask for.
            device: Where the networks run.
            settings: Options by name for presets to fill in; CLIPstyler's where one is missing.
            templates: See above, as the rest.
            open_vocabulary: See above.
            fetches: See above.
            saliency_size: See above.
            color_weight: See above.
        """
        self.name, self.device = name, torch.device(device)
        self.settings = {**PUBLISHED_SETTINGS, **(settings or {})}
        self.templates, self.open_vocabulary = tuple(templates), open_vocabulary
        self.fetches = fetches
        self.saliency_size = check_whole("saliency_size", saliency_size, least=16)
        self.color_weight = check_number("color_weight", color_weight)
        self._clip, self._key_extractor, self._content = clip, key_extractor, content
        self._painter = painter or load_style_painter
        self._regions = regions or load_bundled_regions
        self._clip_variants = dict(clip_variants or {})
        self._loaded_variants: dict[str, ImageTextModel] = {}

    @cached_property
    def clip(self) -> ImageTextModel:
        """The image-text model."""
        return self._load(self._clip)

    @cached_property
    def key_extractor(self) -> KeyExtractor:
        """The vision transformer of the saliency mask."""
        return self._load(self._key_extractor)

    @cached_property
    def content(self) -> ContentNetwork:
        """The network of the content loss."""
        return self._load(self._content)

    @cached_property
    def painter(self) -> StylePainter:
        """What paints texts and pictures that are no look, in one pass."""
        return self._load(self._painter)

    @cached_property
    def regions(self) -> RegionModel:
        """What finds regions by words, clicks, boxes and rough masks."""
        return self._load(self._regions)

    def clip_for(self, variant: str | None) -> ImageTextModel:
        """The image-text model of that name where the family has one, otherwise its own."""
        if variant is None or variant not in self._clip_variants:
            return self.clip
        if variant not in self._loaded_variants:
            self._loaded_variants[variant] = self._load(self._clip_variants[variant])
        return self._loaded_variants[variant]

    @own_settings()
    def _load(self, build: Callable[[], NetworkT]) -> NetworkT:
        """A network in float32, ready for use on the device."""
        return frozen(build()).to(self.device)

    def loaded(self) -> dict[str, str]:
        """Names of the networks that have been used so far, by role."""
        roles = ("clip", "key_extractor", "content", "painter", "regions")
        names = {role: self.__dict__[role].name for role in roles if role in self.__dict__}
        return names | {f"clip {name}": one.name for name, one in self._loaded_variants.items()}


def load_family(models: str = "auto", device: torch.device | str | None = None) -> ModelFamily:
    """The family that `models` asks for.

        semcs.load_family("bundled").clip.encode_text(["gold"])

    Args:
        models: "bundled" (small networks in the package, offline), "paper" (OpenAI CLIP ViT-B/32,
            DINO ViT-S/16, VGG19; fetched once) or "auto": the paper models on a GPU where their
            weights are cached or can be fetched, otherwise the bundled ones; the log says which.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.

    Raises:
        InputError: Another name, or a device that isn't there.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    if not isinstance(models, str):
        raise InputError(f"unknown models {shown(models)}: choose from auto, bundled, paper")
    chosen = choose_device(device)
    if models == "auto":
        models = _choose_models(chosen)
    if models == "bundled":
        return _bundled_family(chosen)
    if models == "paper":
        return _paper_family(chosen)
    raise InputError(f"unknown models {shown(models)}: choose from auto, bundled, paper")


def as_family(
    models: str | ModelFamily = "auto", device: torch.device | str | None = None
) -> ModelFamily:
    """A family as it is, or the one that a name and a device ask for (see `load_family`).

    Raises:
        InputError: As `load_family`; or a family and a device.
        ModelUnavailableError: As `load_family`.
    """
    if not isinstance(models, ModelFamily):
        return load_family(models, device)
    if device is not None:
        raise InputError("device is the family's own: give it to ModelFamily instead")
    return models


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
    except (RuntimeError, AssertionError, TypeError, ValueError, OverflowError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"device {shown(device)} can't be used: {reason}") from None
    if chosen.type == "meta":
        raise InputError("device 'meta' can't be used: it holds no values")
    return chosen


def _choose_models(device: torch.device) -> str:
    """What "auto" means here, said once in the log."""
    if device.type == "cpu":
        _log.info("models: bundled, since a step of the paper models takes seconds on a CPU")
        return "bundled"
    try:
        for name in PAPER.values():
            cache.ensure(registry.get(name))  # checked where they are loaded
    except ModelUnavailableError as error:
        _log.warning("models: bundled, since the paper models can't be had (%s)", error)
        return "bundled"
    _log.info("models: paper")
    return "paper"


def _bundled_family(device: torch.device) -> ModelFamily:
    family = ModelFamily(
        "bundled",
        clip=lambda: load_bundled("clip", BundledClip),
        key_extractor=load_key_extractor,
        content=lambda: load_bundled("content", BundledContentNetwork),
        painter=lambda: load_style_painter(family.clip),
        device=device,
        settings=BUNDLED_SETTINGS,
        templates=PLAIN,
        open_vocabulary=False,
        color_weight=3.0,  # better masks than 10 with these features (benchmarks.masks)
    )
    return family


def _paper_family(device: torch.device) -> ModelFamily:
    from semcs.models.paper_clip import load_paper_clip
    from semcs.models.paper_dense import DenseClip, PaperRegions
    from semcs.models.paper_vgg import load_paper_vgg

    family = ModelFamily(
        "paper",
        clip=lambda: load_paper_clip(PAPER["clip"]),
        clip_variants={"RN50": lambda: load_paper_clip("RN50")},
        key_extractor=lambda: load_key_extractor(PAPER["saliency"]),
        content=load_paper_vgg,
        regions=lambda: PaperRegions(
            load_bundled_regions(),
            clip=lambda: DenseClip(family.clip),
            key_extractor=lambda: family.key_extractor,
        ),
        device=device,
        fetches=True,
    )
    return family
