"""What `score` answers: measures of the whole picture and of each region."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from semcs.metrics.directional import Rank
from semcs.metrics.dists_vgg import Protocol


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
