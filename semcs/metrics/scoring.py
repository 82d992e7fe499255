"""All measures of one styled picture at once, of the whole and of each region."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, overload

import torch
from torch import Tensor, nn

from semcs.errors import InputError, ModelUnavailableError, check_whole
from semcs.image import MIN_WORKING_SIDE, load, load_mask, resize_rgb, to_tensor, working_size
from semcs.metrics.content import ContentDistance
from semcs.metrics.defaults import default_family, default_network
from semcs.metrics.directional import directions_by_text, rank_change, region_changes
from semcs.metrics.dists_content import DistsBundled
from semcs.metrics.dists_vgg import Protocol, check_protocol, load_dists
from semcs.metrics.inputs import is_batch, is_dense
from semcs.metrics.nima_model import load_nima, mean_and_std
from semcs.metrics.results import RegionScore, Score
from semcs.metrics.seams import Seam
from semcs.metrics.structural import Ssim
from semcs.models import cache, registry
from semcs.models.directions import check_text
from semcs.models.families import ModelFamily
from semcs.models.settings import own_settings
from semcs.models.vocabulary import style_names

if TYPE_CHECKING:
    from typing_extensions import Unpack

SIZE = 512  # what `semcs stylize` works at

Texts = dict[str, str | None]
Row = dict[str, Any]

_OTHER = {"foreground": "background", "background": "foreground"}


class Options(TypedDict, total=False):
    """What `score` takes beside pictures."""

    fg: str | None
    bg: str | None
    style: str | None
    models: str | ModelFamily
    device: torch.device | str | None
    protocol: Protocol
    size: int


# A tensor is a picture or a batch, which types don't tell apart.
@overload
def score(
    content: Tensor, output: object, mask: object = None, **options: Unpack[Options]
) -> Any: ...
@overload
def score(
    content: object, output: object, mask: object = None, **options: Unpack[Options]
) -> Score: ...
def score(
    content: object,
    output: object,
    mask: object = None,
    *,
    fg: str | None = None,
    bg: str | None = None,
    style: str | None = None,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    protocol: Protocol = "full",
    size: int = SIZE,
) -> Score | list[Score]:
    """Measure a styled picture against the photo that it was.

        found = semcs.metrics.score("photo.jpg", "styled.png", "mask.png", fg="gold", bg="snow")
        print(found.regions[0].agreement, found.seam)

    Args:
        content: The photo: any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        output: What became of it, of the same size.
        mask: Foreground mask (see `semcs.image.load_mask`), or (B, 1, H, W), or one for a whole
            batch; without one, only the whole is measured.
        fg: Text of the foreground.
        bg: Text of the background.
        style: The one text of the whole picture instead.
        models: Who judges agreement and content distance: "auto", "bundled", "paper" (see
            `load_family`), or a `ModelFamily`. A family that `fetches` fetches DISTS and NIMA too;
            otherwise they are measured where their weights are on this machine.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default. A `ModelFamily`
            has its own.
        protocol: Of DISTS: "full", or "short256" to shrink the short side to 256 pixels.
        size: Longest side in pixels to measure at; smaller pictures are not enlarged.

    Returns:
        The measures; for a batch a list of them, one for each picture.

    Raises:
        InputError: Something handed in can't be used.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    # 1. What is asked
    check_protocol(protocol)
    size = check_whole("size", size, least=MIN_WORKING_SIDE)
    texts = _check_texts(mask, fg, bg, style)
    # 2. Who judges
    family = default_family(models, device)
    with own_settings(), torch.no_grad():
        # 3. The pictures at the size to measure at
        scores = [
            _score(_read(*pictures, size, family.device), texts, family, protocol)
            for pictures in _one_by_one(content, output, mask)
        ]
    return scores if is_batch(content) else scores[0]


def _one_by_one(
    content: object, output: object, mask: object
) -> Iterator[tuple[object, object, object]]:
    """Content, output and mask of each picture of a batch, or of the one that there is."""
    if not is_batch(content):
        yield content, output, mask
        return
    contents = _pictures_of(content, "content")
    outputs = _pictures_of(output, "output", len(contents))
    masks = [mask] * len(contents)
    if is_batch(mask) and len(contents) > 1:
        masks = _pictures_of(mask, "mask", len(contents))
    yield from zip(contents, outputs, masks)


def _pictures_of(batch: object, what: str, count: int | None = None) -> list[object]:
    """The pictures of a batch, `count` of them."""
    if not isinstance(batch, Tensor) or not is_batch(batch) or not is_dense(batch):
        raise InputError(f"{what} has to be a dense batch (B, C, H, W), as the content is one")
    if count is not None and len(batch) != count:
        raise InputError(f"the content is a batch of {count}, but the {what} one of {len(batch)}")
    return list(batch)


def _score(pictures: _Pictures, texts: Texts, family: ModelFamily, protocol: Protocol) -> Score:
    began = time.monotonic()
    # 4. Networks whose weights may be missing
    published, missing = _published_networks(family, protocol)
    # 5. The whole and each region
    compared = _compare(pictures, family, published.get("dists"))
    judged = _judge(pictures, family, texts)
    rows = zip(pictures.regions, compared, judged)
    whole, *regions = (RegionScore(name=name, **one, **two) for name, one, two in rows)
    # 6. What there is one of
    mean, std = _rate(published.get("nima"), pictures.output)
    return Score(
        whole=whole,
        regions=tuple(regions),
        seam=pictures.seam(),
        nima_mean=mean,
        nima_std=std,
        dists_protocol=protocol,
        size=pictures.size,
        models={"family": family.name, **family.loaded()},
        missing=missing,
        seconds=time.monotonic() - began,
    )


@dataclass(frozen=True)
class _Pictures:
    """The pictures at the size to measure at, (1, 3, H, W), and the mask (1, 1, H, W)."""

    content: Tensor
    output: Tensor
    mask: Tensor | None

    @property
    def size(self) -> tuple[int, int]:
        height, width = self.content.shape[2:]
        return height, width

    @property
    def regions(self) -> dict[str, Tensor]:
        """Weights (1, 1, H, W) of the whole, and of foreground and background that aren't empty."""
        regions = {"whole": torch.ones_like(self.content[:, :1])}
        if self.mask is not None:
            parts = {"foreground": self.mask, "background": 1 - self.mask}
            regions |= {name: part for name, part in parts.items() if part.any()}
        return regions

    def seam(self) -> float | None:
        if self.mask is None:
            return None
        return float(Seam()(self.content, self.output, self.mask))


def _check_texts(mask: object, fg: str | None, bg: str | None, style: str | None) -> Texts:
    """The text of each region and of the whole, without surrounding space."""
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
) -> _Pictures:
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
        return _Pictures(before, after, None)
    rgb = load_mask(mask, (height, width))[..., None].repeat(3, 2)
    return _Pictures(before, after, to_tensor(resize_rgb(rgb, working), device)[:, :1])


def _published_networks(
    family: ModelFamily, protocol: Protocol
) -> tuple[dict[str, nn.Module], dict[str, str]]:
    """DISTS and NIMA where their weights can be had, and why where they can't."""
    weights = {"dists": ("vgg16", "dists"), "nima": ("nima",)}
    loaders: dict[str, Callable[[], nn.Module]] = {
        "dists": lambda: default_network(load_dists, protocol, device=family.device),
        "nima": lambda: default_network(load_nima, device=family.device),
    }
    found: dict[str, nn.Module] = {}
    missing: dict[str, str] = {}
    for what, names in weights.items():
        absent = [name for name in names if not cache.is_cached(registry.get(name))]
        if absent and not family.fetches:
            command = f"semcs models download {' '.join(absent)}"
            missing[what] = f"its weights aren't on this machine: run `{command}`"
            continue
        try:
            found[what] = loaders[what]()
        except ModelUnavailableError as error:
            missing[what] = str(error)
    return found, missing


def _compare(pictures: _Pictures, family: ModelFamily, dists: nn.Module | None) -> list[Row]:
    """How much of the photo is left in each region, by every measure of pairs."""
    masks = torch.cat(list(pictures.regions.values()))
    measures: dict[str, nn.Module | None] = {
        "content": ContentDistance(family.content),
        "ssim": Ssim(),
        "edge_ssim": Ssim(of_edges=True),
        "dists": dists,
        "dists_bundled": default_network(DistsBundled, device=family.device),
    }
    columns: dict[str, list[Any]] = {"share": masks.mean((1, 2, 3)).tolist()}
    for name, measure in measures.items():
        if measure is None:
            columns[name] = [None] * len(masks)
        else:
            columns[name] = measure(pictures.content, pictures.output, masks).tolist()
    return [dict(zip(columns, values)) for values in zip(*columns.values())]


def _judge(pictures: _Pictures, family: ModelFamily, texts: Texts) -> Iterator[Row]:
    """Agreement and rank of each region's own text, and leakage of the other's."""
    asked = [text for text in texts.values() if text is not None]
    directions = directions_by_text(family.clip, [*asked, *style_names()]) if asked else {}
    for name, mask in pictures.regions.items():
        own, other = texts[name], texts.get(_OTHER.get(name, ""))
        row: Row = {"text": own, "agreement": None, "rank": None, "leakage": None}
        if own is not None or other is not None:
            change = region_changes(family.clip, pictures.content, pictures.output, mask)[0]
        if own is not None:
            row["agreement"] = change.agreement(directions[own][None]).item()
            row["rank"] = rank_change(change, own, directions, style_names())
        if other is not None:
            row["leakage"] = change.agreement(directions[other][None]).item()
        yield row


def _rate(nima: nn.Module | None, output: Tensor) -> tuple[float | None, float | None]:
    """Mean and standard deviation of NIMA's ratings."""
    if nima is None:
        return None, None
    mean, std = mean_and_std(nima(output))
    return mean.item(), std.item()
