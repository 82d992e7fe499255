"""Which regions get a style, what paints each at once, and what their painted pictures become."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.families import ModelFamily
from semcs.style.finish import finish
from semcs.style.instant import InstantPainter, Plan
from semcs.style.keep_color import keep_colors
from semcs.style.mixes import Learned, Mix, Single
from semcs.style.options import Output
from semcs.style.presets import Preset
from semcs.style.regions import Region

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Planned:
    """What gets a style, and how.

    Attributes:
        styled: Indices of the regions that get one.
        plans: What paints each of them at once; none where the photo is what they start from.
        looks: What was made of each text, for reports.
    """

    styled: tuple[int, ...]
    plans: tuple[Plan, ...]
    looks: list[dict[str, Any]]


def plan_styles(
    regions: Sequence[Region], preset: Preset, family: ModelFamily, painter: InstantPainter
) -> Planned:
    """Decide which regions get a style, and what paints each at once.

    A region whose text nothing is known of keeps the photo where the family's own text encoder
    doesn't know it either.

    Args:
        regions: All, kept ones too.
        preset: Says whether anything is painted at once.
        family: Says whether its text encoder knows any text.
        painter: Makes the plans.
    """
    asked = [i for i, r in enumerate(regions) if r.style is not None and r.strength > 0]
    if preset.network.start == "photo":
        return Planned(tuple(asked), (), [])
    plan = functools.cache(painter.plan)  # what a text warns of is said once
    plans = [
        replace(
            plan(cast("Single | Mix | Learned", region.style), region.avoid),
            detail=region.detail,
            scale=region.scale or 1.0,
        )
        for region in (regions[index] for index in asked)
    ]
    looks = [{"region": regions[i].name, **p.as_dict()} for i, p in zip(asked, plans)]
    known = [family.open_vocabulary or plan.by != "nothing" for plan in plans]
    return Planned(
        tuple(index for index, is_known in zip(asked, known) if is_known),
        tuple(plan for plan, is_known in zip(plans, known) if is_known),
        looks,
    )


def finish_pictures(
    pictures: Sequence[Array],
    photo: Array,
    regions: Sequence[Region],
    shares: Tensor,
    output: Output,
) -> list[Array]:
    """The regions' pictures as they are shown, the photo's colours kept as far as asked.

    Args:
        pictures: (H, W, 3) in [0, 1], one for each region.
        photo: (H, W, 3) in [0, 1].
        regions: The styled ones.
        shares: (R, 1, H, W), theirs.
        output: What the reference programs do before they save.
    """
    return [
        keep_colors(finish(picture, output), photo, share.numpy(), region.keep_color or 0.0)
        for picture, region, share in zip(pictures, regions, shares[:, 0])
    ]
