"""A small picture in two halves, and objectives over it with the options a test is about."""

from __future__ import annotations

import pytest
import torch
from devices import place, whole_float32  # noqa: F401

from semcs.models.families import PUBLISHED_SETTINGS
from semcs.style.objective import Objective, Task
from semcs.style.presets import Preset
from semcs.style.regions import Region

TEXTS = ("gold", "snow")
ROLES = ("foreground", "background", "region")


def resolved(**options):
    """A preset with these options, and CLIPstyler's values where none are given."""
    return (
        Preset("test").change(**{"mixed_precision": False, **options}).resolve(PUBLISHED_SETTINGS)
    )


@pytest.fixture
def content():
    """(1, 3, 48, 64) noise between 0.1 and 0.9."""
    generator = torch.Generator().manual_seed(1)
    return 0.1 + 0.8 * torch.rand(1, 3, 48, 64, generator=generator)


@pytest.fixture
def styled():
    """(2, 3, 48, 64): what a network might have painted for each region."""
    return torch.rand(2, 3, 48, 64, generator=torch.Generator().manual_seed(2))


@pytest.fixture
def halves():
    """(2, 1, 48, 64): the left half and the right half."""
    masks = torch.zeros(2, 1, 48, 64)
    masks[0, ..., :32] = masks[1, ..., 32:] = 1
    return masks


@pytest.fixture
def make_objective(tiny_family, content, halves):
    """Makes an objective; keywords are options of presets, or replace parts of the task."""

    def make(
        *,
        masks=halves,
        picture=content,
        starts=None,
        styles=TEXTS,
        strengths=(1.0, 1.0, 1.0),
        roles=ROLES,
        weights=(None, None, None),
        seed=0,
        family=tiny_family,
        **options,
    ):
        count = len(masks)
        if starts is None:
            starts = picture.expand(count, -1, -1, -1)
        regions = tuple(
            Region(mask, style, strength, role, role, weight)
            for mask, style, strength, role, weight in zip(masks, styles, strengths, roles, weights)
        )
        task = Task(picture, starts, masks, regions)
        preset = resolved(**{"patches": 16, "steps": 3, **options})
        return Objective(task, preset, family.clip, family.content, templates=("{}",), seed=seed)

    return make


@pytest.fixture
def only():
    """Options under which one loss counts, at the weight 1."""
    weights = ("patch_weight", "direction_weight", "background_weight", "content_weight")

    def fields(*kept):
        chosen = dict.fromkeys((*weights, "tv_weight"), 0.0)
        return {**chosen, **dict.fromkeys(kept, 1.0)}

    return fields
