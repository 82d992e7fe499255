"""Cues that tell which side of a cut is the object: several of them vote, none decides alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
Side = npt.NDArray[np.bool_]

# Of the centre weight's Gaussian, with the grid's half sides as unit.
CENTRE_SIGMA = 0.5

# What each cue counts. Logistic regression without intercept on which side has the larger IoU with
# the true mask, each picture weighted by how much the two differ: 85 photos of people, 35 of things
# and 16 of streets under their sky, and of the first two kinds crops in which the object touches or
# is cut by an edge, 369 in all; whole photos count three times. `python -m benchmarks.cues` fits
# and measures them.
WEIGHTS = {
    "centre": 3.83,
    "top": 1.94,
    "flanks": 0.82,
    "corners": 3.4,
    "size": -3.17,
    "variety": 1.29,
}


def vote(side: Side, colours: Array | None = None) -> float:
    """How much speaks for a side being the object, as log-odds: 0 is a tie.

    The other side gets exactly the opposite.

    Args:
        side: (h, w), True on one side and False on the other, both present.
        colours: (h, w, 3) RGB in [0, 1] of the patches; without them their cue counts nothing.
    """
    return sum(WEIGHTS[name] * value for name, value in side_cues(side, colours).items())


def side_cues(side: Side, colours: Array | None = None) -> dict[str, float]:
    """What speaks for a side (positive) and against it, each cue by itself.

    - "centre": it is nearer to the picture's centre;
    - "top": it holds less of the top edge, where skies and walls are;
    - "flanks": it holds less of the left and right edge;
    - "corners": it holds fewer of the four corners: an object that one edge cuts holds none;
    - "size": it is the smaller one; its weight is negative, since small sides lack corners and
      edges by their size alone;
    - "variety": its patches differ more in colour; a background may be plain.

    Args:
        side: See `vote`.
        colours: See `vote`.

    Returns:
        Values in [−1, 1]; "variety" in [−4.7, 4.7], the log of a ratio.
    """
    weight = centre_weight(*side.shape)
    cues = {
        "centre": float(weight[side].mean() - weight[~side].mean()),
        "top": _lacks(side[0]),
        "flanks": _lacks(side[:, [0, -1]]),
        "corners": _lacks(side[[0, 0, -1, -1], [0, -1, 0, -1]]),
        "size": _lacks(side),
    }
    if colours is not None:
        cues["variety"] = float(np.log(_variety(colours[side]) / _variety(colours[~side])))
    return cues


def centre_weight(h: int, w: int) -> Array:
    """A Gaussian (h, w) at the middle of the grid, 1 there."""
    y = (np.arange(h) + 0.5) / h * 2 - 1
    x = (np.arange(w) + 0.5) / w * 2 - 1
    weight: Array = np.exp(-(y[:, None] ** 2 + x**2) / (2 * CENTRE_SIGMA**2))
    return weight


def _lacks(cells: Side) -> float:
    """1 where the side holds none of the cells, −1 where it holds all."""
    return float(1 - 2 * cells.mean())


def _variety(colours: Array) -> float:
    """How much colours (n, 3) differ; a little more, so that plain sides can be compared."""
    return float(colours.std(axis=0).mean() + 0.01)
