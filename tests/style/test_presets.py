from __future__ import annotations

import dataclasses
import functools

import pytest
import torch

from semcs.errors import InputError
from semcs.style.presets import FAMILY_SETTINGS, PRESETS, Preset, preset


def scheduled_rates(options, *, late):
    """What torch's own scheduler makes of them, stepped after the optimiser or before it."""
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=options.learning_rate)
    scheduler = torch.optim.lr_scheduler.StepLR(optimiser, options.halve_every, gamma=0.5)
    rates = []
    for _ in range(options.steps + late):
        if late:
            scheduler.step()
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        if not late:
            scheduler.step()
    return rates


@pytest.mark.filterwarnings("ignore:Detected call of `lr_scheduler.step")
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("halve_every", [1, 3, 100])
def test_rates_as_torchs_scheduler(late, halve_every):
    options = Preset("test", steps=7, halve_every=halve_every, late_schedule=late)
    rates = [options.rate(index) for index in range(1, options.total_steps + 1)]
    assert rates == pytest.approx(scheduled_rates(options, late=late))


def test_published_numbers():
    """CLIPstyler's, and Sem-CS's where it names its own."""
    clipstyler, reference, slides = (
        PRESETS[name] for name in ("clipstyler", "semcs-reference", "semcs-slides")
    )
    weights = ("patch_weight", "direction_weight", "content_weight", "tv_weight")
    assert [getattr(clipstyler, weight) for weight in weights] == [9000, 500, 150, 2e-3]
    assert (clipstyler.steps, clipstyler.learning_rate, clipstyler.halve_every) == (200, 5e-4, 100)
    assert (clipstyler.patches, clipstyler.patch_size) == (64, 128)
    assert (clipstyler.patch_threshold, clipstyler.distortion) == (0.7, 0.5)
    assert (reference.steps, reference.direction_weight, reference.background_weight) == (
        400,
        500,
        500,
    )
    assert (slides.patch_weight, slides.content_weight, slides.tv_weight) == (0, 0, 0)
    assert PRESETS["gen-art"].patch_scales == (0.3, 1.0)


def test_only_semcs_is_free_of_the_programs_quirks():
    quirks = {
        "stylenet": "published",
        "softmax_source": True,
        "single_text_on": "foreground",
        "patch_text": "foreground",
        "patch_sampling": "uniform",
        "aligned_scales": False,
        "late_schedule": True,
        "contrast": 1.5,
        "stretch": True,
        "square": True,
        "antialias": False,
        "half": True,
        "tv_per_pixel": False,
    }
    for field, value in quirks.items():
        assert getattr(PRESETS["semcs-reference"], field) == value, field
        assert getattr(PRESETS["semcs"], field) != value, field


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("family", ["paper", "bundled", "mine"])
def test_family_settings_over_the_preset_and_the_callers_over_both(name, family):
    expected = dataclasses.asdict(PRESETS[name]) | FAMILY_SETTINGS.get(family, {}).get(name, {})
    assert dataclasses.asdict(preset(name, family)) == expected
    changed = preset(name, family, steps=7, patch_weight=1.0)
    assert dataclasses.asdict(changed) == {**expected, "steps": 7, "patch_weight": 1.0}


def test_names():
    assert set(PRESETS) == {
        "semcs",
        "instant",
        "semcs-reference",
        "semcs-slides",
        "clipstyler",
        "gen-art",
    }
    assert all(preset.name == name for name, preset in PRESETS.items())


def test_a_preset_of_the_callers_own_is_taken_as_it_is(monkeypatch):
    monkeypatch.setitem(FAMILY_SETTINGS, "bundled", {"semcs": {"steps": 3}})
    own = Preset("own", steps=50)
    assert preset(own, "bundled") is not PRESETS["semcs"]
    assert preset(own, "bundled") == own
    assert preset("semcs", "bundled").steps == 3
    assert preset(own, "bundled", half=True) == dataclasses.replace(own, half=True)


def test_presets_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PRESETS["semcs"].steps = 3


@pytest.mark.parametrize(
    ("name", "options", "complaint"),
    [
        (
            "sem-cs",
            {},
            "'sem-cs': choose from semcs, instant, semcs-reference, semcs-slides, clipstyler",
        ),
        ("semcs", {"stpes": 3, "paches": 1}, "paches, stpes"),
    ],
)
def test_unknown_names(name, options, complaint):
    with pytest.raises(InputError, match=complaint):
        preset(name, "bundled", **options)


@pytest.mark.parametrize("option", ["name", "family"])
def test_the_name_is_no_option(option):
    with pytest.raises(InputError, match=f"unknown option {option}"):
        preset("semcs", "bundled", **{option: "other"})


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("steps", -1, "-1: 0 or more"),
        ("patches", -1, "-1: more than 0"),
        ("patch_size", 0, "0: more than 0"),
        ("patch_span", 0.5, "0.5: 1 or more"),
        ("least_size", -1, "-1: 0 or more"),
        ("halve_every", 0, "0: more than 0"),
        ("learning_rate", 0.0, "0.0: more than 0"),
        ("learning_rate", float("nan"), "nan: more than 0"),
        ("source", "fll", "'fll': choose from masked, full"),
        ("stylenet", "unet", "'unet': choose from region, published"),
        ("patch_source", "all", "'all': choose from whole, crop"),
        ("single_text_on", "fg", "'fg': choose from both, foreground"),
        ("patch_text", "bg", "'bg': choose from region, foreground"),
        ("patch_sampling", "even", "'even': choose from stratified, uniform, portrait"),
    ],
)
def test_wrong_values(option, value, complaint):
    for make in (functools.partial(preset, "semcs", "bundled"), functools.partial(Preset, "own")):
        with pytest.raises(InputError, match=f"^{option} is {complaint}"):
            make(**{option: value})
