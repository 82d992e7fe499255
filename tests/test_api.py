from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

import semcs
from semcs.models.families import ModelFamily
from semcs.models.interfaces import ImageTextModel

# A high rate, so that a step can be seen.
QUICK = {"steps": 2, "size": 64, "patches": 4, "learning_rate": 0.05, "progress": False}


@pytest.fixture
def stylizer(tiny_family):
    return semcs.Stylizer(tiny_family)


@pytest.fixture
def pixels(photo):
    return np.asarray(photo)


def run(stylizer, image, *args, **options):
    return stylizer(image, *args, **{**QUICK, **options})


class TestPackage:
    def test_import_is_light(self):
        code = "import json, sys, semcs; print(json.dumps(list(sys.modules)))"
        loaded = json.loads(subprocess.check_output([sys.executable, "-c", code]))
        assert not {"torch", "numpy", "PIL", "scipy"} & set(loaded)

    def test_every_public_name_can_be_had(self):
        for name in semcs.__all__:
            assert getattr(semcs, name) is not None
        assert set(semcs.__all__) <= set(dir(semcs))

    def test_unknown_name_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match="stylise"):
            _ = semcs.stylise

    def test_names_are_those_of_their_modules(self):
        from semcs import stylizer
        from semcs.style import presets

        assert semcs.stylize is stylizer.stylize
        assert semcs.PRESETS is presets.PRESETS
        assert semcs.metrics.__name__ == "semcs.metrics"


class TestSameTypeBack:
    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_pil(self, photo, mode, tiny_family):
        image = photo.convert(mode)
        styled = semcs.stylize(image, "gold", models=tiny_family, **QUICK)
        assert isinstance(styled, Image.Image)
        assert (styled.mode, styled.size) == (mode, image.size)
        assert np.asarray(styled).tolist() != np.asarray(image).tolist()

    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32, np.float64])
    @pytest.mark.parametrize("channels", [1, 3, 4])
    def test_array(self, pixels, dtype, channels, tiny_family):
        array = np.dstack([pixels, pixels[..., :1]])[..., :channels]
        array = (array / 255).astype(dtype) if dtype in (np.float32, np.float64) else array
        array = array.astype(dtype)
        styled = semcs.stylize(array, "gold", models=tiny_family, **QUICK)
        assert isinstance(styled, np.ndarray)
        assert (styled.dtype, styled.shape) == (array.dtype, array.shape)
        assert not np.array_equal(styled, array)

    @pytest.mark.parametrize("shape", [(3, 64, 96), (1, 3, 64, 96)])
    def test_tensor(self, pixels, shape, tiny_family):
        tensor = torch.from_numpy(pixels / 255).float().permute(2, 0, 1).reshape(shape)
        styled = semcs.stylize(tensor, "gold", models=tiny_family, **QUICK)
        assert isinstance(styled, torch.Tensor)
        assert (styled.dtype, styled.shape) == (torch.float32, tensor.shape)
        assert not torch.equal(styled, tensor)

    def test_batch_is_each_picture_by_itself(self, pixels, tiny_family):
        first = torch.from_numpy(pixels / 255).float().permute(2, 0, 1)
        batch = torch.stack([first, first.flip(2)])
        styled = semcs.stylize(batch, "gold", models=tiny_family, **QUICK)
        alone = [semcs.stylize(p, "gold", models=tiny_family, **QUICK) for p in batch]
        assert torch.equal(styled, torch.stack(alone))

    def test_path_bytes_and_file_give_pil(self, photo, tmp_path, tiny_family):
        photo.save(tmp_path / "photo.png")
        data = (tmp_path / "photo.png").read_bytes()
        sources = [tmp_path / "photo.png", str(tmp_path / "photo.png"), data, io.BytesIO(data)]
        styled = [semcs.stylize(s, "gold", models=tiny_family, **QUICK) for s in sources]
        assert all(isinstance(image, Image.Image) for image in styled)
        assert len({image.tobytes() for image in styled}) == 1


class TestWhatIsKept:
    @pytest.mark.parametrize("kept", ["fg", "bg"])
    def test_a_side_without_text_keeps_its_pixels(self, stylizer, pixels, disc, kept):
        styled_side = {"fg": "bg", "bg": "fg"}[kept]
        styled = run(stylizer, pixels, mask=disc, **{styled_side: "gold"}).image
        inside, outside = disc == 1, disc == 0
        same, other = (inside, outside) if kept == "fg" else (outside, inside)
        assert np.array_equal(styled[same], pixels[same])
        assert (styled[other] != pixels[other]).mean() > 0.5

    def test_float_pixels_are_kept_to_the_bit(self, stylizer, disc):
        image = np.random.default_rng(0).random((64, 96, 3), np.float32)
        styled = run(stylizer, image, fg="gold", mask=disc).image
        assert np.array_equal(styled[disc == 0], image[disc == 0])

    def test_regions_and_what_none_covers(self, stylizer, pixels):
        masks = np.zeros((3, 64, 96), np.float32)
        masks[0, :, :32] = masks[1, :, 32:64] = masks[2, :32, 64:] = 1
        texts = ("gold", "snow", None)
        regions = [semcs.Region(mask, text) for mask, text in zip(masks, texts)]
        styled = run(stylizer, pixels, regions=regions).image
        assert np.array_equal(styled[:, 64:], pixels[:, 64:])
        assert (styled[:, :32] != pixels[:, :32]).mean() > 0.5
        assert (styled[:, 32:64] != pixels[:, 32:64]).mean() > 0.5

    def test_each_region_has_its_own_strength(self, stylizer, pixels):
        left = np.zeros((64, 96), np.float32)
        left[:, :48] = 1
        regions = [semcs.Region(left, "gold", strength=0), semcs.Region(1 - left, "gold")]
        styled = run(stylizer, pixels, regions=regions).image
        assert np.array_equal(styled[:, :48], pixels[:, :48])
        assert not np.array_equal(styled[:, 48:], pixels[:, 48:])

    def test_no_strength_gives_the_photo(self, stylizer, pixels):
        assert np.array_equal(run(stylizer, pixels, "gold", strength=0).image, pixels)

    def test_fg_and_bg_are_two_regions(self, stylizer, pixels, disc):
        two = run(stylizer, pixels, fg="gold", bg="snow", mask=disc)
        regions = [semcs.Region(disc, "gold"), semcs.Region(1 - disc, "snow")]
        assert np.array_equal(two.image, run(stylizer, pixels, regions=regions).image)


class TestSeeds:
    def test_same_seed_same_bits(self, stylizer, pixels, disc):
        image = pixels.astype(np.float32) / 255
        first, second = (run(stylizer, image, fg="gold", mask=disc, seed=7) for _ in range(2))
        assert np.array_equal(first.image, second.image)
        assert first.history == second.history

    def test_the_seed_matters(self, stylizer, pixels):
        first, second = (
            run(stylizer, pixels, "gold", seed=seed, learning_rate=0.01).image for seed in (0, 1)
        )
        assert not np.array_equal(first, second)

    def test_other_randomness_is_left_alone(self, stylizer, pixels):
        torch.manual_seed(3)
        before = torch.get_rng_state()
        run(stylizer, pixels, "gold")
        assert torch.equal(torch.get_rng_state(), before)


class TestSteps:
    def options(self, **changes):
        return {k: v for k, v in {**QUICK, **changes}.items() if k != "progress"}

    def test_iterate(self, stylizer, pixels):
        run = stylizer.iterate(pixels, "gold", **self.options(steps=3))
        steps = list(run)
        assert len(run) == len(steps) == 3
        assert [step.index for step in steps] == [1, 2, 3]
        assert {step.steps for step in steps} == {3}
        assert [step.losses for step in steps] == run.result().history
        preview = steps[-1].preview()
        assert (preview.dtype, preview.shape) == (np.uint8, (43, 64, 3))

    def test_iterate_gives_what_the_call_gives(self, stylizer, pixels):
        run_ = stylizer.iterate(pixels, "gold", **self.options())
        for _ in run_:
            pass
        assert np.array_equal(run_.result().image, run(stylizer, pixels, "gold").image)

    def test_stop_early(self, stylizer, pixels):
        run = stylizer.iterate(pixels, "gold", **self.options(steps=50))
        for step in run:
            if step.index == 2:
                break
        result = run.result()
        assert len(result.history) == 2
        assert result.image.shape == pixels.shape

    def test_callback_sees_every_step_and_can_stop(self, stylizer, pixels):
        seen = []
        run(stylizer, pixels, "gold", callback=seen.append, steps=3)
        assert [step.index for step in seen] == [1, 2, 3]
        stopped = run(stylizer, pixels, "gold", callback=lambda step: step.index == 2, steps=50)
        assert len(stopped.history) == 2

    def test_warm_start(self, stylizer, pixels):
        """From where another ended; the next frame needs fewer steps."""
        slow = {"learning_rate": 1e-9, "steps": 1}  # stays where it starts
        first = run(stylizer, pixels, fg="gold", bg="snow", steps=6)
        same = run(stylizer, pixels, fg="gold", bg="snow", warm_start=first, **slow)
        cold = run(stylizer, pixels, fg="gold", bg="snow", **slow)
        half = run(stylizer, pixels, fg="gold", bg="snow", warm_start=first, strength=0.5, **slow)
        away = [np.abs(r.image.astype(float) - first.image).mean() for r in (same, cold)]
        assert away[0] < 0.5 < away[1]
        between = (first.image.astype(float) + pixels) / 2
        assert np.abs(half.image - between).mean() < 1

    def test_warm_start_needs_as_many_regions(self, stylizer, pixels):
        first = run(stylizer, pixels, "gold")
        with pytest.raises(semcs.InputError, match="number of regions"):
            run(stylizer, pixels, fg="gold", bg="snow", warm_start=first)

    def test_nan_is_a_divergence(self, pixels, make_family):
        class NanClip(ImageTextModel):
            name, input_size = "nan", 32

            def encode_image(self, images):
                return images.mean((2, 3)) * float("nan")

            def encode_text(self, texts):
                return torch.ones(len(texts), 3)

        broken = semcs.Stylizer(make_family(clip=NanClip))
        with pytest.raises(semcs.DivergenceError, match="step 1"):
            run(broken, pixels, "gold")


class TestResult:
    def test_fields(self, stylizer, photo, disc):
        result = run(stylizer, photo, fg="gold", bg="snow", mask=disc, seed=5, strength=0.5)
        assert np.array_equal(result.mask, disc)
        assert [(r.name, r.text, r.strength) for r in result.regions] == [
            ("foreground", "gold", 0.5),
            ("background", "snow", 0.5),
        ]
        assert np.array_equal(result.regions[1].mask, 1 - disc)
        assert result.models == {
            "family": "bundled",
            "clip": "tiny-clip",
            "content": "tiny-content",
        }
        assert len(result.history) == result.preset.steps == 2
        assert {"direction", "patch"} <= set(result.history[0])
        assert (result.preset.name, result.preset.learning_rate) == ("semcs", 0.05)
        assert result.seed == 5
        seconds = result.seconds
        parts = ("models", "mask", "instant", "prepare", "optimise", "finish")
        assert set(seconds) == {*parts, "first step", "total"}
        assert min(seconds.values()) >= 0
        assert 0 < seconds["first step"] <= seconds["optimise"]
        assert seconds["total"] >= sum(seconds[part] for part in parts)

    def test_one_text_needs_no_mask(self, stylizer, photo):
        result = run(stylizer, photo, "gold")
        assert result.mask is None
        assert [region.text for region in result.regions] == ["gold"]
        assert "key_extractor" not in result.models

    def test_a_mask_is_found_where_none_is_given(self, stylizer, photo):
        result = run(stylizer, photo, fg="gold")
        assert result.mask.shape == (64, 96)
        assert result.mask.dtype == np.float32
        assert 0 <= result.mask.min() < result.mask.max() <= 1
        assert result.models["key_extractor"] == "tiny-keys"

    def test_any_aspect_keeps_its_size(self, stylizer):
        tall = np.random.default_rng(0).integers(0, 256, (90, 21, 3), dtype=np.uint8)
        assert run(stylizer, tall, "gold").image.shape == tall.shape

    def test_a_preset_of_your_own(self, stylizer, pixels):
        own = semcs.Preset("mine", steps=1, patches=4)
        result = stylizer(pixels, "gold", preset=own, size=64, progress=False)
        assert result.preset == own

    def test_a_family_of_your_own_may_have_any_name(self, pixels, tiny_family):
        own = ModelFamily(
            "mine",
            clip=lambda: tiny_family.clip,
            key_extractor=lambda: tiny_family.key_extractor,
            content=lambda: tiny_family.content,
        )
        assert run(semcs.Stylizer(own), pixels, "gold").models["family"] == "mine"


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
        ({"style": "gold", "size": 3}, "size is 3"),
        ({"style": "gold", "size": 3, "preset": "semcs-reference", "mask": HALF}, "size is 3"),
    ],
)
def test_wrong_requests_get_one_line(stylizer, photo, request_, complaint):
    with pytest.raises(semcs.InputError, match=complaint) as caught:
        run(stylizer, photo, **request_)
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
    assert run(stylizer, photo, "gold", size=32).image.size == photo.size
    with pytest.raises(semcs.InputError, match="size is 31: 32 pixels"):
        run(stylizer, photo, "gold", size=31)


def test_small_pictures_are_worked_on_enlarged(stylizer, pixels):
    options = {**QUICK, "size": 512, "least_size": 160}
    options.pop("progress")
    left = np.zeros((64, 96), np.float32)
    left[:, :48] = 1
    going = stylizer.iterate(pixels, fg="gold", mask=left, **options)
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
    with pytest.raises(semcs.InputError, match="gen-art knows foreground and background"):
        run(stylizer, photo, regions=regions, preset="gen-art")


def test_wrong_pictures_get_one_line(stylizer, tmp_path):
    for source, complaint in ((None, "NoneType"), (tmp_path / "no.jpg", "no.jpg"), (b"x", "image")):
        with pytest.raises(semcs.InputError, match=complaint):
            run(stylizer, source, "gold")


@pytest.mark.parametrize(("text", "strength"), [("", 1), ("gold", -0.1), ("gold", 1.1)])
def test_wrong_regions_get_one_line(text, strength):
    with pytest.raises(semcs.InputError):
        semcs.Region(HALF, text, strength)
