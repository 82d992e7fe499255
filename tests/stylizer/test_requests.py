from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from quick import run_quick, start_quick

import semcs

HALF = np.full((64, 96), 0.5, np.float32)


@pytest.mark.parametrize(
    ("request_", "complaint"),
    [
        ({}, "one way"),
        ({"style": "gold", "fg": "snow"}, "one way"),
        ({"fg": "gold", "regions": [semcs.Region(HALF, "snow")]}, "one way"),
        ({"style": ""}, "style is empty"),
        ({"fg": "  "}, "fg is empty"),
        ({"bg": 3}, "bg is neither a text nor a readable picture"),
        ({"style": Path("nowhere.png")}, "style is neither a text nor a readable picture"),
        ({"style": "gold", "detail": 2}, "detail is 2"),
        ({"style": "gold", "preset": "impressive"}, "'impressive'.*semcs-reference"),
        ({"style": "gold", "stpes": 3}, "stpes"),
        ({"fg": "gold", "mask": HALF[:, 1:]}, "64×95"),
        ({"regions": [semcs.Region(HALF, "snow")], "mask": HALF}, "mask and regions"),
        ({"regions": [semcs.Region(HALF, None)]}, "no region has a style"),
        ({"regions": []}, "no region has a style"),
        ({"style": "gold", "strength": 2}, "strength is 2"),
        ({"style": "gold", "strength": float("nan")}, "strength is nan"),
        ({"style": "gold", "strength": True}, "strength is True"),
        ({"style": "gold", "detail": "0.5"}, "detail is '0.5'"),
        ({"style": "gold", "size": 3}, "size is 3"),
        ({"style": "gold", "size": "512"}, "size is '512'"),
        ({"style": "gold", "size": float("nan")}, "size is nan"),
        ({"style": "gold", "size": 512.0}, "size is 512.0"),
        ({"style": "gold", "seed": None}, "seed is None"),
        ({"style": "gold", "seed": -1}, "seed is -1"),
        ({"style": "gold", "seed": 2**64}, "seed is 18446744073709551616"),
        ({"style": "gold", "seed": 1.5}, "seed is 1.5"),
        ({"style": "gold", "steps": "100"}, "steps is '100'"),
        ({"style": "gold", "steps": 2.5}, "steps is 2.5"),
        ({"style": "gold", "steps": True}, "steps is True"),
        ({"style": "gold", "max_seconds": float("nan")}, "max_seconds is nan"),
        ({"style": "gold", "max_seconds": -1}, "max_seconds is -1"),
        ({"style": "gold", "preset": 3}, "unknown preset 3"),
        ({"regions": ["gold"]}, "regions hold a str"),
        ({"style": "gold", "size": 3, "preset": "semcs-reference", "mask": HALF}, "size is 3"),
    ],
)
def test_wrong_requests_get_one_line(stylizer, photo, request_, complaint):
    with pytest.raises(semcs.InputError, match=complaint) as caught:
        run_quick(stylizer, photo, **request_)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"models": "best"}, "'best'.*auto, bundled, paper"),
        ({"device": "abacus"}, "'abacus'"),
        ({"device": "cuda:99"}, "'cuda:99'"),
    ],
)
def test_wrong_models_and_devices_get_one_line(photo, options, complaint):
    with pytest.raises(semcs.InputError, match=complaint) as caught:
        semcs.stylize(photo, "gold", **options)
    assert "\n" not in str(caught.value)


def test_a_family_brings_its_own_device(photo, tiny_family):
    for use in (
        lambda: semcs.Stylizer(tiny_family, device="cpu"),
        lambda: semcs.stylize(photo, "gold", models=tiny_family, device="cpu"),
    ):
        with pytest.raises(semcs.InputError, match="give it to ModelFamily"):
            use()


def test_the_least_size(stylizer, photo):
    assert run_quick(stylizer, photo, "gold", size=32).image.size == photo.size
    with pytest.raises(semcs.InputError, match="size is 31: a whole number from 32"):
        run_quick(stylizer, photo, "gold", size=31)


def test_small_pictures_are_worked_on_enlarged(stylizer, pixels):
    left = np.zeros((64, 96), np.float32)
    left[:, :48] = 1
    going = start_quick(stylizer, pixels, fg="gold", mask=left, size=512, least_size=160)
    task = going.optimisation.objective.task
    assert max(task.content.shape[-2:]) == 160
    assert task.content.shape[-2:] == task.masks.shape[-2:]
    for _ in going:
        pass
    image = going.result().image
    assert image.shape == pixels.shape
    assert np.array_equal(image[:, 48:], pixels[:, 48:])
    assert not np.array_equal(image[:, :48], pixels[:, :48])


def test_portrait_presets_know_two_regions(stylizer, photo):
    regions = [semcs.Region(HALF / 2, text) for text in ("gold", "snow", "fire")]
    with pytest.raises(semcs.InputError, match=r"portrait. knows foreground and background"):
        run_quick(stylizer, photo, regions=regions, preset="gen-art")


def test_wrong_pictures_get_one_line(stylizer, tmp_path):
    for source, complaint in ((None, "NoneType"), (tmp_path / "no.jpg", "no.jpg"), (b"x", "image")):
        with pytest.raises(semcs.InputError, match=complaint):
            run_quick(stylizer, source, "gold")


@pytest.mark.parametrize(("text", "strength"), [("", 1), ("gold", -0.1), ("gold", 1.1)])
def test_wrong_regions_get_one_line(text, strength):
    with pytest.raises(semcs.InputError):
        semcs.Region(HALF, text, strength)
