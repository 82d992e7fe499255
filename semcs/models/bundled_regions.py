"""The bundled region network behind the interface that all region models share."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from semcs.models.interfaces import RegionModel
from semcs.models.loading import load_bundled
from semcs.models.mobilenet import Maps
from semcs.models.region_network import RegionNetwork
from semcs.models.region_words import KINDS, SYNONYMS, WIDER, kinds_of, nearest_words

# What photos are mostly taken of: what lives, or else vehicles; from so much of the picture on.
SUBJECTS = ((*WIDER["person"], *WIDER["animal"]), WIDER["vehicle"])
LEAST_SUBJECT = 0.025


class BundledRegions(RegionModel):
    """Finds regions by the words of `semcs.models.region_words`, and by hand.

    Attributes:
        network: The network that does it.
    """

    name = RegionNetwork.name

    def __init__(self, network: RegionNetwork) -> None:
        super().__init__()
        self.network = network

    def see(self, images: Tensor) -> Maps:
        """See `RegionModel`, as the other methods."""
        return self.network.see(images)

    def knows(self, phrase: str) -> bool:
        """Whether it is a word of the list."""
        return bool(kinds_of(phrase))

    def words(self) -> Sequence[str]:
        """The words that stand for their synonyms as well."""
        return tuple(SYNONYMS)

    def suggest(self, phrase: str) -> Sequence[str]:
        """Words of the list that are in the phrase, or spelt like it."""
        return nearest_words(phrase)

    def share(self, seen: Maps, phrase: str) -> Tensor:
        """How likely every place is of one of the kinds that the phrase means."""
        return _sum_of(self._kinds(seen), kinds_of(phrase))

    def subjects(self, seen: Maps) -> Tensor | None:
        """People and animals, or else vehicles, where they cover a fortieth of the picture."""
        kinds = self._kinds(seen)
        for names in SUBJECTS:
            likely = _sum_of(kinds, names)
            if (likely > 0.5).float().mean() >= LEAST_SUBJECT:
                return likely
        return None

    def select(self, seen: Maps, hints: Tensor) -> tuple[Tensor, Tensor]:
        """See `RegionNetwork.select`."""
        return self.network.select(seen, hints)

    def refine(self, images: Tensor, seen: Maps, region: Tensor, detail: Tensor) -> Tensor:
        """See `RegionNetwork.refine`."""
        return self.network.refine(images, seen, region, detail)

    def _kinds(self, seen: Maps) -> Tensor:
        """How likely every place is of each kind, (kinds, h, w)."""
        return self.network.words(seen)[0].softmax(0)


def _sum_of(kinds: Tensor, names: Sequence[str]) -> Tensor:
    return kinds[[KINDS.index(name) for name in names]].sum(0).clamp(max=1)


def load_bundled_regions() -> BundledRegions:
    """The bundled one, with its weights.

    Raises:
        ModelUnavailableError: The package holds no weights for it, or others than it should.
    """
    return BundledRegions(load_bundled("regions", RegionNetwork))
