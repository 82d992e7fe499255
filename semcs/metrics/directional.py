"""Does each region look like its own text, and not like the other region's?

A region's change ΔI is how the embeddings of its crops move from the photo to the output; a text's
direction ΔT is its embedding minus that of "a photo". Style agreement is the mean cosine of both
over the region's crops; leakage is the same with the other region's text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from semcs.errors import InputError, shown
from semcs.metrics.crops import region_crops
from semcs.metrics.defaults import choose_network, default_family
from semcs.metrics.inputs import Measured, answer, as_mask, as_pair
from semcs.metrics.pairs import PairMeasure, as_weights, to_network, without_autocast
from semcs.models.directions import BARE, check_text, cosines, text_directions
from semcs.models.interfaces import ImageTextModel
from semcs.models.settings import own_settings
from semcs.models.vocabulary import style_names

TIE = 1e-4  # cosines nearer than this are equal
BATCH = 32  # crops that go through the network together


@dataclass(frozen=True)
class Change:
    """ΔI of the crops of one region.

    Attributes:
        directions: (K, D) embeddings of the output's crops minus those of the photo's.
        weights: (K,) how much each crop counts; they sum to 1.
    """

    directions: Tensor
    weights: Tensor

    def agreement(self, text_directions: Tensor) -> Tensor:
        """Mean cosine with each of the directions (T, D), (T,) in [−1, 1].

        A ΔI shorter than 0.2 counts as that long, so that the grain of a region that nobody
        touched is no style.
        """
        with without_autocast(self.weights.device):
            return self.weights @ cosines(self.directions, text_directions.to(self.directions))


@dataclass(frozen=True)
class Rank:
    """Where a text stands among others when all are compared with one change.

    Attributes:
        rank: 1 where no other text fits as well; the last where nothing has changed.
        of: How many texts there were, itself among them.
        nearest: The texts that fit best, best first.
    """

    rank: int
    of: int
    nearest: tuple[str, ...]


class DirectionalAgreement(PairMeasure):
    """Mean cosine of a region's change with the directions of T texts: (B, T) in [−1, 1].

    Differentiable in the output; for one pair and R masks it is (R, T).

        clip = semcs.load_family("bundled", "cpu").clip
        semcs.metrics.DirectionalAgreement(clip, ["gold", "snow"])(photos, outputs)

    Args:
        clip: The image-text model that judges.
        texts: What the regions are compared with, T of them.
        templates: Sentences around a text whose embeddings are averaged.
    """

    directions: Tensor

    def __init__(
        self, clip: ImageTextModel, texts: Sequence[str], *, templates: Sequence[str] = BARE
    ) -> None:
        super().__init__()
        self.clip = clip
        with own_settings(), torch.no_grad():
            self.register_buffer("directions", text_directions(clip, texts, templates))

    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """See `PairMeasure`."""
        changes = region_changes(self.clip, content, output, mask)
        return torch.stack([change.agreement(self.directions) for change in changes])


def agreement(
    content: object,
    output: object,
    text: str,
    mask: object = None,
    *,
    clip: ImageTextModel | None = None,
    device: torch.device | str | None = None,
) -> Measured:
    """How much a picture, or a region of it, has come to look as a text says.

        own = semcs.metrics.agreement("photo.jpg", "styled.png", "gold", "mask.png")
        leakage = semcs.metrics.agreement("photo.jpg", "styled.png", "snow", "mask.png")

    Args:
        content: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        output: What became of it, of the same size.
        text: How it should look; for leakage, how the other region should.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.
        clip: The image-text model that judges; that of `models="auto"` by default. Agreement by
            different models can't be compared, and the model that a picture was optimised with
            overrates it.
        device: Where the default model runs; the GPU where there is one, by default.

    Returns:
        A number in [−1, 1]; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture, the text or the mask can't be read, sizes differ, or clip and device.
    """
    text = check_text(text)
    clip = choose_network(clip, device, lambda place: default_family(device=place).clip)
    before, after = as_pair(content, output)
    found = DirectionalAgreement(clip, [text])(before, after, as_mask(mask, before))
    return answer(found[:, 0], content)


def style_rank(
    content: object,
    output: object,
    text: str,
    mask: object = None,
    *,
    clip: ImageTextModel | None = None,
    names: Sequence[str] | None = None,
    device: torch.device | str | None = None,
) -> Rank:
    """Where a text stands among names of styles, by agreement with what became of a region.

        found = semcs.metrics.style_rank("photo.jpg", "styled.png", "gold", "mask.png")
        print(f"place {found.rank} of {found.of}; nearest: {', '.join(found.nearest)}")

    Args:
        content: Any picture (see `semcs.image.load`), or a batch of one.
        output: What became of it, of the same size.
        text: How it should look.
        mask: The region (see `semcs.image.load_mask`); everything by default.
        clip: The image-text model that judges; that of `models="auto"` by default.
        names: The other texts; semcs's vocabulary of styles by default.
        device: Where the default model runs; the GPU where there is one, by default.

    Raises:
        InputError: A picture, the text or the mask can't be read, sizes differ, the batch holds
            more than one, or clip and device.
    """
    text, names = check_text(text), _check_names(names)
    clip = choose_network(clip, device, lambda place: default_family(device=place).clip)
    before, after = as_pair(content, output)
    if len(before) > 1:
        raise InputError(f"style_rank is of one picture; the batch holds {len(before)}")
    with torch.no_grad():
        change = region_changes(clip, before, after, as_mask(mask, before))[0]
        return rank_change(change, text, directions_by_text(clip, [text, *names]), names)


def rank_change(
    change: Change, text: str, directions: Mapping[str, Tensor], names: Sequence[str]
) -> Rank:
    """`style_rank` of a change and of texts whose directions are known already."""
    others = [name for name in names if name.casefold() != text.casefold()]
    texts = [text, *others]
    fits = change.agreement(torch.stack([directions[name] for name in texts]))
    best = fits.topk(min(3, len(texts))).indices.tolist()
    as_well = int((fits > fits[0] - TIE).sum())  # itself among them
    return Rank(as_well, len(texts), tuple(texts[i] for i in best))


def region_changes(
    clip: ImageTextModel, content: Tensor, output: Tensor, mask: Tensor | None = None
) -> list[Change]:
    """How a region of each of B pairs changed in the model's embedding space.

    Crops of the photo are compared with the same crops after the region, and nothing else, has
    taken its new look: the other regions can't be seen, and there is no black border to see.

    Args:
        clip: The image-text model.
        content: (B, 3, H, W) RGB in [0, 1].
        output: (B, 3, H, W).
        mask: (B, 1, H, W) or (1, 1, H, W), the region; the whole picture by default. For one pair,
            (R, 1, H, W) gives R changes.
    """
    content, output, mask = to_network(clip, content, output, mask)
    if mask is None:
        mask = torch.ones_like(content[:1, :1])
    count = max(len(content), len(mask))
    each = [batch.expand(count, -1, -1, -1) for batch in (content, output, mask)]
    return [_change(clip, *(batch[i] for batch in each)) for i in range(count)]


def directions_by_text(clip: ImageTextModel, texts: Sequence[str]) -> dict[str, Tensor]:
    """ΔT of each text, (D,), each embedded once."""
    different = list(dict.fromkeys(texts))
    directions = text_directions(clip, different, BARE)
    return {text: directions[i] for i, text in enumerate(different)}


def _check_names(names: Sequence[str] | None) -> Sequence[str]:
    if names is None:
        return style_names()
    if not isinstance(names, (list, tuple)) or not names:
        raise InputError(f"names is {shown(names)}: a list of texts is allowed")
    return [check_text(name, "a name") for name in names]


def _change(clip: ImageTextModel, content: Tensor, output: Tensor, mask: Tensor) -> Change:
    crops = region_crops(mask[0].detach().float().cpu().numpy())
    changed = content + mask * (output - content)
    before, after = (crops.cut(image, clip.input_size) for image in (content, changed))
    squares = as_weights(clip, torch.cat([before, after]))
    batches = [squares[start : start + BATCH] for start in range(0, len(squares), BATCH)]
    embedded = torch.cat([clip.encode_image(batch) for batch in batches]).to(before)
    weights = torch.from_numpy(crops.coverage).to(embedded)
    return Change(embedded[len(before) :] - embedded[: len(before)], weights / weights.sum())
