"""All measures of one styled picture at once, of the whole and of each region."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.image import load, load_mask, resize_rgb, to_tensor, working_size
from semcs.metrics.agreement import (
    Change,
    Rank,
    directions_by_text,
    rank_change,
    region_changes,
)
from semcs.metrics.content import ContentDistance
from semcs.metrics.dists import Protocol, check_protocol, load_dists
from semcs.metrics.dists_bundled import DistsBundled
from semcs.metrics.inputs import default_family
from semcs.metrics.nima import load_nima, mean_and_std
from semcs.metrics.seam import Seam
from semcs.metrics.ssim import Ssim
from semcs.models import cache, registry
from semcs.models.directions import check_text
from semcs.models.families import ModelFamily
from semcs.models.vocabulary import style_names

SIZE = 512  # what `semcs stylize` works at
_OTHER = {"foreground": "background", "background": "foreground"}


@dataclass(frozen=True)
class RegionScore:
    """The measures of one region, or of the whole picture.

    Attributes:
        name: "whole", "foreground" or "background".
        text: How it should look; None where nothing was asked.
        share: How much of the picture it is, 0 to 1.
        agreement: Cosine of its change with its own text, −1 to 1.
        rank: Where its text stands among semcs's vocabulary of styles.
        leakage: Cosine of its change with the other region's text, −1 to 1.
        content: Content distance, 0 to 2.
        ssim: Structural similarity of the luminance, up to 1.
        edge_ssim: The same of the edges.
        dists: DISTS; None where its weights aren't at hand.
        dists_bundled: DISTS's formula over the bundled content network; not DISTS.
    """

    name: str
    text: str | None
    share: float
    agreement: float | None
    rank: Rank | None
    leakage: float | None
    content: float
    ssim: float
    edge_ssim: float
    dists: float | None
    dists_bundled: float


@dataclass(frozen=True)
class Score:
    """What `score` measured.

    Attributes:
        whole: The whole picture.
        regions: Foreground and background, where there is a mask.
        seam: Excess of gradient on the mask's border, −2 to 2; None without a mask.
        nima_mean: Mean of NIMA's ratings of the output, 1 to 10; None without its weights.
        nima_std: Their standard deviation.
        dists_protocol: "full" or "short256".
        size: Height and width at which everything was measured.
        models: Names of the networks that judged, by role, and the "family".
        missing: What couldn't be measured, and why.
        seconds: Wall time.
    """

    whole: RegionScore
    regions: tuple[RegionScore, ...]
    seam: float | None
    nima_mean: float | None
    nima_std: float | None
    dists_protocol: Protocol
    size: tuple[int, int]
    models: dict[str, str]
    missing: dict[str, str]
    seconds: float

    def as_dict(self) -> dict[str, object]:
        """The same as dictionaries, lists and numbers, for JSON."""
        return asdict(self)


@torch.no_grad()
def score(
    content: object,
    output: object,
    mask: object = None,
    *,
    fg: str | None = None,
    bg: str | None = None,
    style: str | None = None,
    models: str | ModelFamily = "auto",
    protocol: Protocol = "full",
    size: int = SIZE,
) -> Score:
    """Measure a styled picture against the photo that it was.

    Args:
        content: The photo: any picture (see `semcs.image.load`).
        output: What became of it, of the same size.
        mask: Foreground mask (see `semcs.image.load_mask`); without one, only the whole is
            measured.
        fg: Text of the foreground.
        bg: Text of the background.
        style: The one text of the whole picture instead.
        models: Who judges agreement and content distance: "auto", "bundled", "paper" (see
            `load_family`), or a `ModelFamily`. "paper" fetches DISTS and NIMA too; otherwise they
            are measured where their weights are on this machine.
        protocol: Of DISTS: "full", or "short256" to shrink the short side to 256 pixels.
        size: Longest side in pixels to measure at; smaller pictures are not enlarged.

    Raises:
        InputError: Something handed in can't be used.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    # 1. What is asked, and the pictures at the size to measure at
    began = time.monotonic()
    check_protocol(protocol)
    texts = _check_texts(mask, fg, bg, style)
    family = models if isinstance(models, ModelFamily) else default_family(models)
    before, after, region = _read(content, output, mask, size, family.device)

    regions = _regions(region)

    # 2. What needs weights that may be missing
    missing: dict[str, str] = {}
    fetch = family.name == "paper"
    published = _optional("dists", ("vgg16", "dists"), lambda: load_dists(protocol), missing, fetch)
    rating = _optional("nima", ("nima",), load_nima, missing, fetch)

    # 3. The whole and each region, all at once
    masks = torch.cat([torch.ones_like(before[:, :1]), *regions.values()])

    def measure(module: nn.Module) -> list[float]:
        values: list[float] = module.to(before)(before, after, masks).tolist()
        return values

    unknown = [None] * len(masks)
    columns = {
        "share": masks.mean((1, 2, 3)).tolist(),
        "content": measure(ContentDistance(family.content)),
        "ssim": measure(Ssim()),
        "edge_ssim": measure(Ssim(of_edges=True)),
        "dists": unknown if published is None else measure(published),
        "dists_bundled": measure(DistsBundled()),
    }
    asked = [text for text in texts.values() if text is not None]
    directions = directions_by_text(family.clip, [*asked, *style_names()]) if asked else {}

    def change(mask: Tensor) -> Change:
        return region_changes(family.clip, before, after, mask[None])[0]

    scores = [
        RegionScore(name=name, **_judge(partial(change, mask), texts, directions, name), **row)
        for name, mask, row in zip(("whole", *regions), masks, _rows(columns))
    ]

    # 4. What there is one of
    mean = std = None
    if rating is not None:
        mean, std = (float(value) for value in mean_and_std(rating.to(before)(after)))
    return Score(
        whole=scores[0],
        regions=tuple(scores[1:]),
        seam=None if region is None else float(Seam()(before, after, region)),
        nima_mean=mean,
        nima_std=std,
        dists_protocol=protocol,
        size=(before.shape[2], before.shape[3]),
        models={"family": family.name, **family.loaded()},
        missing=missing,
        seconds=time.monotonic() - began,
    )


def _regions(mask: Tensor | None) -> dict[str, Tensor]:
    """Foreground and background, (1, 1, H, W) each, where there is any."""
    if mask is None:
        return {}
    parts = {"foreground": mask, "background": 1 - mask}
    return {name: part for name, part in parts.items() if part.any()}


def _rows(columns: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(columns, values)) for values in zip(*columns.values())]


def _judge(
    change_of: Callable[[], Change],
    texts: dict[str, str | None],
    directions: dict[str, Tensor],
    name: str,
) -> dict[str, Any]:
    """Agreement and rank of a region's own text, and leakage of the other's."""
    own, other = texts[name], texts.get(_OTHER.get(name, ""))
    judged: dict[str, Any] = {"text": own, "agreement": None, "rank": None, "leakage": None}
    if own is None and other is None:
        return judged
    change = change_of()
    if own is not None:
        judged["agreement"] = _toward(change, directions[own])
        judged["rank"] = rank_change(change, own, directions, style_names())
    if other is not None:
        judged["leakage"] = _toward(change, directions[other])
    return judged


def _toward(change: Change, direction: Tensor) -> float:
    return float(change.toward(direction[None]))


def _optional(
    what: str,
    names: tuple[str, ...],
    build: Callable[[], nn.Module],
    missing: dict[str, str],
    fetch: bool,
) -> nn.Module | None:
    """A network whose weights may be missing; then why is noted, and None."""
    absent = [name for name in names if not cache.is_cached(registry.get(name))]
    if absent and not fetch:
        missing[what] = (
            f"its weights aren't on this machine: run `semcs models download {' '.join(absent)}`"
        )
        return None
    try:
        return build()
    except ModelUnavailableError as error:
        missing[what] = str(error)
        return None


def _check_texts(
    mask: object, fg: str | None, bg: str | None, style: str | None
) -> dict[str, str | None]:
    texts = {"foreground": fg, "background": bg, "whole": style}
    flags = {"foreground": "fg", "background": "bg", "whole": "style"}
    texts = {k: t if t is None else check_text(t, flags[k]) for k, t in texts.items()}
    if style is not None and (fg is not None or bg is not None):
        raise InputError("say what was asked in one way: a style for all of it, or fg and bg")
    if mask is None and (fg is not None or bg is not None):
        raise InputError("fg and bg need a mask that parts them; semcs.saliency_mask finds one")
    return texts


def _read(
    content: object, output: object, mask: object, size: int, device: torch.device
) -> tuple[Tensor, Tensor, Tensor | None]:
    pictures = load(content), load(output)
    (height, width), (other_height, other_width) = (picture.size for picture in pictures)
    if (height, width) != (other_height, other_width):
        raise InputError(
            f"the output is {other_height}×{other_width} (height × width) "
            f"but the content is {height}×{width}; they must be the same"
        )
    working = working_size(height, width, size)
    before, after = (to_tensor(resize_rgb(p.rgb, working), device) for p in pictures)
    if mask is None:
        return before, after, None
    rgb = load_mask(mask, (height, width))[..., None].repeat(3, 2)
    return before, after, to_tensor(resize_rgb(rgb, working), device)[:, :1]
