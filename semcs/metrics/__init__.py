"""Measures of styled pictures, of the whole and of each region.

    semcs.metrics.score("photo.jpg", "styled.png", "mask.png", fg="gold", bg="snow")
    semcs.metrics.dists("photo.jpg", "styled.png")
    semcs.metrics.nima("styled.png")

Every measure is a function, for pictures of any kind, and where that makes sense an `nn.Module`,
for batches (B, 3, H, W) with gradients. Networks that are handed in stay where they are (see
`semcs.metrics.pairs`); those that aren't are loaded once (see `semcs.metrics.defaults`).
"""

from __future__ import annotations

from semcs.metrics.content import ContentDistance, content_distance
from semcs.metrics.directional import DirectionalAgreement, Rank, agreement, style_rank
from semcs.metrics.dists_content import DistsBundled, dists_bundled
from semcs.metrics.dists_vgg import Dists, dists, load_dists
from semcs.metrics.masks import (
    bounding_box,
    cor_loc,
    f_beta_curve,
    iou,
    mae,
    max_f_beta,
    s_measure,
)
from semcs.metrics.nima_model import Nima, Rating, load_nima, nima
from semcs.metrics.results import RegionScore, Score
from semcs.metrics.scoring import score
from semcs.metrics.seams import Seam, seam
from semcs.metrics.structural import Ssim, edge_ssim, ssim

__all__ = [
    "ContentDistance",
    "DirectionalAgreement",
    "Dists",
    "DistsBundled",
    "Nima",
    "Rank",
    "Rating",
    "RegionScore",
    "Score",
    "Seam",
    "Ssim",
    "agreement",
    "bounding_box",
    "content_distance",
    "cor_loc",
    "dists",
    "dists_bundled",
    "edge_ssim",
    "f_beta_curve",
    "iou",
    "load_dists",
    "load_nima",
    "mae",
    "max_f_beta",
    "nima",
    "s_measure",
    "score",
    "seam",
    "ssim",
    "style_rank",
]
