from __future__ import annotations

import numpy as np
import pytest
import torch
from quick import quick, run_quick, start_quick

import semcs
from semcs.models.interfaces import ImageTextModel


class TestSeeds:
    def test_same_seed_same_bits(self, stylizer, pixels, disc):
        image = pixels.astype(np.float32) / 255
        first, second = (run_quick(stylizer, image, fg="gold", mask=disc, seed=7) for _ in range(2))
        assert np.array_equal(first.image, second.image)
        assert first.history == second.history

    def test_the_seed_matters(self, stylizer, pixels):
        first, second = (
            run_quick(stylizer, pixels, "gold", seed=seed, learning_rate=0.01).image
            for seed in (0, 1)
        )
        assert not np.array_equal(first, second)

    def test_other_randomness_is_left_alone(self, stylizer, pixels):
        torch.manual_seed(3)
        before = torch.get_rng_state()
        run_quick(stylizer, pixels, "gold")
        assert torch.equal(torch.get_rng_state(), before)


class TestSteps:
    def test_iterate(self, stylizer, pixels):
        run = start_quick(stylizer, pixels, "gold", steps=3)
        steps = list(run)
        assert len(run) == len(steps) == 3
        assert [step.index for step in steps] == [1, 2, 3]
        assert {step.steps for step in steps} == {3}
        assert [step.losses for step in steps] == run.result().history
        preview = steps[-1].preview()
        assert (preview.dtype, preview.shape) == (np.uint8, (43, 64, 3))

    def test_iterate_gives_what_the_call_gives(self, stylizer, pixels):
        run_ = stylizer.iterate(pixels, "gold", **quick())
        for _ in run_:
            pass
        assert np.array_equal(run_.result().image, run_quick(stylizer, pixels, "gold").image)

    def test_stop_early(self, stylizer, pixels):
        run = stylizer.iterate(pixels, "gold", **quick(steps=50))
        for step in run:
            if step.index == 2:
                break
        result = run.result()
        assert len(result.history) == 2
        assert result.image.shape == pixels.shape

    @pytest.mark.parametrize("answer", [None, True, 1, "go on", 0, ""])
    def test_callback_sees_every_step(self, stylizer, pixels, answer):
        """Whatever it answers but `False`: a bar's `update` gives True."""
        seen = []

        def callback(step):
            seen.append(step.index)
            return answer

        run_quick(stylizer, pixels, "gold", callback=callback, steps=3)
        assert seen == [1, 2, 3]

    def test_callback_stops_by_false(self, stylizer, pixels):
        stopped = run_quick(stylizer, pixels, "gold", callback=lambda s: s.index < 2, steps=50)
        assert len(stopped.history) == 2

    def test_callback_stops_by_raising_stop_iteration(self, stylizer, pixels):
        def callback(step):
            if step.index == 2:
                raise StopIteration

        assert len(run_quick(stylizer, pixels, "gold", callback=callback, steps=50).history) == 2

    def test_a_second_loop_goes_on_where_the_first_stopped(self, stylizer, pixels):
        run = start_quick(stylizer, pixels, "gold", steps=4)
        for step in run:
            if step.index == 2:
                break
        assert [step.index for step in run] == [3, 4]
        assert list(run) == []
        whole = start_quick(stylizer, pixels, "gold", steps=4)
        assert [step.losses for step in whole] == run.result().history
        assert np.array_equal(whole.result().image, run.result().image)

    def test_a_strength_is_a_blend(self, stylizer, pixels):
        """The optimisation fought it, since it judged the blend."""
        photo = pixels.astype(np.float32) / 255
        full = run_quick(stylizer, photo, "gold", steps=6).image - photo
        for strength in (0.75, 0.5, 0.25):
            faint = run_quick(stylizer, photo, "gold", steps=6, strength=strength).image - photo
            np.testing.assert_allclose(faint, strength * full, atol=1e-5)

    def test_a_step_shows_the_blend(self, stylizer, pixels):
        photo = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None] / 255
        for strength in (1.0, 0.5):
            run = start_quick(stylizer, pixels, "gold", strength=strength, size=96)
            first = next(iter(run)).image - photo
            if strength == 1:
                full = first
        torch.testing.assert_close(first, full / 2, atol=1e-5, rtol=0)

    def test_warm_start(self, stylizer, pixels):
        """From where another ended; the next frame needs fewer steps."""
        slow = {"learning_rate": 1e-9, "steps": 1}  # stays where it starts
        first = run_quick(stylizer, pixels, fg="gold", bg="snow", steps=6)
        same = run_quick(stylizer, pixels, fg="gold", bg="snow", warm_start=first, **slow)
        cold = run_quick(stylizer, pixels, fg="gold", bg="snow", **slow)
        half = run_quick(
            stylizer, pixels, fg="gold", bg="snow", warm_start=first, strength=0.5, **slow
        )
        away = [np.abs(r.image.astype(float) - first.image).mean() for r in (same, cold)]
        assert away[0] < 0.5 < away[1]
        between = (first.image.astype(float) + pixels) / 2
        assert np.abs(half.image - between).mean() < 1

    def test_warm_start_needs_as_many_regions(self, stylizer, pixels):
        first = run_quick(stylizer, pixels, "gold")
        with pytest.raises(semcs.InputError, match="number of regions"):
            run_quick(stylizer, pixels, fg="gold", bg="snow", warm_start=first)

    def test_nan_is_a_divergence(self, pixels, make_family):
        class NanClip(ImageTextModel):
            name, input_size = "nan", 32

            def encode_image(self, images):
                return images.mean((2, 3)) * float("nan")

            def encode_text(self, texts):
                return torch.ones(len(texts), 3)

        broken = semcs.Stylizer(make_family(clip=NanClip))
        with pytest.raises(semcs.DivergenceError, match="step 1"):
            run_quick(broken, pixels, "gold")
