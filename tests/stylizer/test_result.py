from __future__ import annotations

import numpy as np
import pytest
from quick import run_quick

import semcs
from semcs.models.families import ModelFamily


class TestResult:
    def test_fields(self, stylizer, photo, disc):
        result = run_quick(stylizer, photo, fg="gold", bg="snow", mask=disc, seed=5, strength=0.5)
        assert np.array_equal(result.mask, disc)
        assert [(r.name, r.text, r.strength) for r in result.regions] == [
            ("foreground", "gold", 0.5),
            ("background", "snow", 0.5),
        ]
        assert np.array_equal(result.regions[1].mask, 1 - disc)
        assert result.models == {
            "family": "tiny",
            "clip": "tiny-clip",
            "content": "tiny-content",
        }
        assert len(result.history) == result.preset.optimiser.steps == 2
        assert {"direction", "patch"} <= set(result.history[0])
        assert (result.preset.name, result.preset.optimiser.learning_rate) == ("semcs", 0.05)
        assert result.seed == 5
        seconds = result.seconds
        parts = ("models", "mask", "instant", "prepare", "optimise", "finish")
        assert set(seconds) == {*parts, "first step", "total"}
        assert min(seconds.values()) >= 0
        assert 0 < seconds["first step"] <= seconds["optimise"]
        assert seconds["total"] >= sum(seconds[part] for part in parts)

    def test_one_text_needs_no_mask(self, stylizer, photo):
        result = run_quick(stylizer, photo, "gold")
        assert result.mask is None
        assert [region.text for region in result.regions] == ["gold"]
        assert "key_extractor" not in result.models

    def test_a_mask_is_found_where_none_is_given(self, stylizer, photo):
        result = run_quick(stylizer, photo, fg="gold")
        assert result.mask.shape == (64, 96)
        assert result.mask.dtype == np.float32
        assert 0 <= result.mask.min() < result.mask.max() <= 1
        assert result.models["key_extractor"] == "tiny-keys"

    def test_any_aspect_keeps_its_size(self, stylizer):
        tall = np.random.default_rng(0).integers(0, 256, (90, 21, 3), dtype=np.uint8)
        assert run_quick(stylizer, tall, "gold").image.shape == tall.shape

    def test_a_preset_of_your_own(self, stylizer, pixels):
        own = semcs.Preset("mine").change(steps=1, patches=4)
        result = stylizer(pixels, "gold", preset=own, size=64, progress=False)
        assert result.preset == own.resolve(stylizer.family.settings).for_texts(1)

    @pytest.mark.parametrize("name", semcs.PRESETS)
    def test_a_preset_is_the_same_by_its_name(self, stylizer, pixels, name):
        """13 options differed between `preset="semcs"` and `PRESETS["semcs"]`."""
        runs = [
            stylizer.iterate(pixels, "gold", preset=preset, size=64)
            for preset in (name, semcs.PRESETS[name])
        ]
        assert runs[0].preset == runs[1].preset

    def test_a_changed_preset_keeps_the_familys_other_values(self, stylizer, pixels):
        changed = semcs.PRESETS["semcs"].change(steps=50)
        named = stylizer.iterate(pixels, "gold", size=64).preset
        own = stylizer.iterate(pixels, "gold", preset=changed, size=64).preset
        assert own == named.change(steps=50)

    @pytest.mark.parametrize(
        ("texts", "weight", "models"),
        [
            ({"fg": "gold", "bg": "snow"}, 600, {"clip RN50"}),
            ({"fg": "gold", "bg": "gold"}, 150, {"clip"}),
            ({"fg": "gold"}, 150, {"clip"}),
            ({"style": "gold"}, 150, {"clip"}),
        ],
    )
    def test_the_reference_treats_two_texts_otherwise(
        self, make_family, pixels, disc, texts, weight, models
    ):
        """As the program: RN50 and a content weight of 600."""
        family = make_family(clip_variants={"RN50": lambda: make_family().clip})
        reference = semcs.PRESETS["semcs-reference"].change(steps=1, patches=2)
        result = semcs.Stylizer(family)(
            pixels, **texts, mask=disc, preset=reference, size=48, progress=False
        )
        assert result.preset.losses.content_weight == weight
        assert {role for role in result.models if role.startswith("clip")} == models

    def test_a_family_of_your_own_may_have_any_name(self, pixels, tiny_family):
        own = ModelFamily(
            "mine",
            clip=lambda: tiny_family.clip,
            key_extractor=lambda: tiny_family.key_extractor,
            content=lambda: tiny_family.content,
        )
        assert run_quick(semcs.Stylizer(own), pixels, "gold").models["family"] == "mine"
