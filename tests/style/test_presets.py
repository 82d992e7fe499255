from __future__ import annotations

import dataclasses
import pickle

import pytest
import torch

from semcs.errors import InputError
from semcs.models.families import BUNDLED_SETTINGS, PUBLISHED_SETTINGS
from semcs.style.options import FAMILY
from semcs.style.presets import PRESETS, Preset, find_preset


def scheduled_rates(preset, *, late):
    """What torch's own scheduler makes of them, stepped after the optimiser or before it."""
    options = preset.optimiser
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
    preset = Preset("test").change(steps=7, halve_every=halve_every, late_schedule=late)
    rates = [preset.learning_rate_at(step) for step in range(1, preset.total_steps + 1)]
    assert rates == pytest.approx(scheduled_rates(preset, late=late))


def flat(preset):
    """All options by name."""
    parts = dataclasses.asdict(preset)
    parts.pop("name")
    return {name: value for part in parts.values() for name, value in part.items()}


class TestPublished:
    def test_clipstylers_numbers(self):
        own = flat(PRESETS["clipstyler"])
        weights = ("patch_weight", "direction_weight", "content_weight", "tv_weight")
        assert [own[weight] for weight in weights] == [9000, 500, 150, 2e-3]
        assert (own["steps"], own["learning_rate"], own["halve_every"]) == (200, 5e-4, 100)
        assert (own["patches"], own["patch_size"], own["distortion"]) == (64, 128, 0.5)
        assert PUBLISHED_SETTINGS["patch_threshold"] == 0.7

    def test_sem_cs_where_it_names_its_own(self):
        reference, slides = flat(PRESETS["semcs-reference"]), flat(PRESETS["semcs-slides"])
        assert (reference["steps"], reference["direction_weight"]) == (400, 500)
        assert reference["background_weight"] == 500
        assert (slides["patch_weight"], slides["content_weight"], slides["tv_weight"]) == (0, 0, 0)

    def test_sem_cs_weighs_two_texts_otherwise(self):
        """RN50 and a content weight of 600 for two texts, ViT-B/32 and 150 for one."""
        one, two = (flat(PRESETS["semcs-reference"].for_texts(count)) for count in (1, 2))
        assert (one["content_weight"], one["two_text_clip"]) == (150, None)
        assert (two["content_weight"], two["two_text_clip"]) == (600, "RN50")
        assert PRESETS["clipstyler"].for_texts(2) == PRESETS["clipstyler"]

    def test_gen_art(self):
        assert PRESETS["gen-art"].published.patch_scales == (0.3, 1.0)

    def test_only_semcs_is_free_of_the_programs_quirks(self):
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
        reference, own = flat(PRESETS["semcs-reference"]), flat(PRESETS["semcs"])
        assert {name: reference[name] for name in quirks} == quirks
        assert not {name for name, value in quirks.items() if own[name] == value}


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("settings", [PUBLISHED_SETTINGS, BUNDLED_SETTINGS])
class TestResolving:
    def test_the_familys_values_where_it_is_left_to_the_family(self, name, settings):
        before, after = flat(PRESETS[name]), flat(PRESETS[name].resolve(settings))
        for option, value in before.items():
            assert after[option] == (settings[option] if value is FAMILY else value), option

    def test_the_callers_values_win(self, name, settings):
        changed = PRESETS[name].change(steps=7, content_weight=1.0).resolve(settings)
        assert flat(changed) == {
            **flat(PRESETS[name].resolve(settings)),
            "steps": 7,
            "content_weight": 1.0,
        }

    def test_twice_is_once(self, name, settings):
        resolved = PRESETS[name].resolve(settings)
        assert resolved.resolve({}) == resolved


def test_a_family_without_a_setting_is_told():
    with pytest.raises(InputError, match="no setting for content_weight"):
        PRESETS["semcs"].resolve({k: v for k, v in BUNDLED_SETTINGS.items() if k[:3] != "con"})


def test_a_familys_setting_is_checked():
    with pytest.raises(InputError, match=r"^steps is -3"):
        PRESETS["semcs"].resolve({**BUNDLED_SETTINGS, "steps": -3})


def test_names():
    names = {"semcs", "instant", "semcs-reference", "semcs-slides", "clipstyler", "gen-art"}
    assert set(PRESETS) == names
    assert all(preset.name == name for name, preset in PRESETS.items())
    assert all(find_preset(name) is preset for name, preset in PRESETS.items())


def test_a_preset_of_the_callers_own_is_taken_as_it_is():
    own = Preset("own").change(steps=50)
    assert find_preset(own) is own


def test_presets_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PRESETS["semcs"].optimiser.steps = 3
    changed = PRESETS["semcs"].change(steps=3)
    assert changed.optimiser.steps == 3
    assert PRESETS["semcs"].optimiser.steps is FAMILY


def test_copies_are_equal():
    """Also what stands for the family's value, in another process."""
    for preset in PRESETS.values():
        assert pickle.loads(pickle.dumps(preset)) == preset


@pytest.mark.parametrize("name", ["sem-cs", None, 3, ""])
def test_unknown_presets(name):
    with pytest.raises(InputError, match="choose from semcs, instant, semcs-reference"):
        find_preset(name)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"stpes": 3, "paches": 1}, "unknown option stpes, paches: perhaps steps, patches?"),
        ({"name": "other"}, "unknown option name"),
        ({"losses": None}, "unknown option losses"),
    ],
)
def test_unknown_options(options, complaint):
    with pytest.raises(InputError, match=complaint):
        PRESETS["semcs"].change(**options)
