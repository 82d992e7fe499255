"""A picture's patches in segments that belong together, and soft maps joined by them.

As `semcs.saliency` does it for masks (Melas-Kyriazi et al., Deep Spectral Methods, CVPR 2022); it
stands above the models, which therefore cut their few hundred patches here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from scipy.linalg import eigh
from torch import Tensor

SEGMENTS = 15  # with fewer, small things fall together with what is around them


def spectral_segments(keys: Tensor, count: int = SEGMENTS) -> Tensor:
    """Part patches by k-means on the smoothest functions over the graph of their keys.

    Args:
        keys: (h, w, C), a key for each patch.
        count: Segments, at least 2; where there are no more patches, each is one.

    Returns:
        (h, w) labels from 0, on the device of the keys, the same on every call.
    """
    from sklearn.cluster import KMeans

    h, w = keys.shape[:2]
    if h * w <= count:
        return torch.arange(h * w, device=keys.device).view(h, w)
    points = smooth_functions(keys, count - 1)
    points /= points.std(0).clip(min=np.finfo(float).tiny)  # only their shapes count
    labels = KMeans(count, n_init=4, random_state=0).fit_predict(points)
    return torch.from_numpy(labels.astype(np.int64)).view(h, w).to(keys.device)


def smooth_functions(keys: Tensor, count: int) -> Any:
    """Eigenvectors of L y = μ D y over patches (h, w, C); W is the cosine of keys, where positive.

    Returns:
        (h·w, `count`) float64 array, smoothest last; the constant one is left out.
    """
    unit = F.normalize(keys.flatten(0, 1).double(), dim=1).cpu().numpy()
    weights = np.clip(unit @ unit.T, 0, None)
    root = weights.sum(1) ** -0.5
    # The largest of D^-1/2 W D^-1/2 are the smallest of L; the last one is the constant.
    last = len(unit) - 1
    alike = root[:, None] * weights * root
    _, vectors = eigh(alike, subset_by_index=[last - count, last - 1])
    return root[:, None] * vectors


def joined(share: Tensor, segments: Tensor) -> Tensor:
    """A soft map in which a segment counts as a whole as far as its places agree.

    They agree as far as most say the same (|2·mean − 1|), and as no three by three of them say
    otherwise: a few stray places follow the others, but a small thing in a large segment stays.

    Args:
        share: (h, w) in [0, 1].
        segments: (h, w), labels from 0.
    """
    member = F.one_hot(segments).permute(2, 0, 1).to(share)
    mean = (member * share).sum((1, 2)) / member.sum((1, 2)).clamp(min=1)
    most = (mean > 0.5).to(share)[:, None, None]
    otherwise = member * (share - most).abs()
    block = F.avg_pool2d(otherwise[None], 3, stride=1, padding=1)[0].amax((1, 2))
    agreement = (2 * mean - 1).abs() * (1 - block)
    return torch.lerp(share, mean[segments], agreement[segments])
