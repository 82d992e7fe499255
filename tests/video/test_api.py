"""`stylize_video`: files and pictures in, the same out; bad input is refused before anything."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from clips import sound_packets, video_frames
from panned import HEIGHT, WIDTH, frame, make_pan
from PIL import Image
from tiny_regions import TinyRegions

import semcs
from semcs.errors import InputError
from semcs.looks import registry
from semcs.models import families
from semcs.style.instant import InstantPainter
from semcs.video.files.reading import open_reader
from semcs.video.frames import Frame
from semcs.video.runs import file_run, preview
from semcs.video.workers import crew

FRAMES = 10
RED = (220, 30, 40)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make_pan(tmp_path_factory.mktemp("source") / "clip.mp4", FRAMES)


@pytest.fixture
def family(make_family):
    return make_family(regions=TinyRegions)


@pytest.fixture
def run(source, family, tmp_path, monkeypatch):
    monkeypatch.setattr(file_run, "CHUNK", 4)

    def style(output="out.mp4", path=source, **options):
        asked = {"style": "blue", "models": family, "size": 64, "progress": False, **options}
        return semcs.stylize_video(path, tmp_path / output, **asked)

    return style


def of_frames(pictures, family, **options):
    asked = {"style": "blue", "models": family, "size": 64, "progress": False, **options}
    return semcs.stylize_video(pictures, **asked)


def blueness(rgb):
    return float(rgb[..., 2].mean()) - float(rgb[..., 0].mean())


class TestFiles:
    def test_frames_sound_and_times_stay(self, run, source, tmp_path):
        result = run()
        shown, given = video_frames(tmp_path / "out.mp4"), video_frames(source)
        assert [time for time, _ in shown] == [time for time, _ in given]
        assert sound_packets(tmp_path / "out.mp4") == sound_packets(source)
        assert all(blueness(new) > blueness(old) + 20 for (_, new), (_, old) in zip(shown, given))
        assert (result.frames, result.kept, result.seed) == (FRAMES, 0, 0)
        assert result.clip_seconds == pytest.approx(FRAMES / 25)
        assert result.file_size == (tmp_path / "out.mp4").stat().st_size
        assert result.output == tmp_path / "out.mp4"
        assert (result.preset.name, result.models["family"]) == ("instant", "tiny")
        assert result.seconds > 0

    def test_a_part_is_cut_out_with_its_sound(self, run, tmp_path):
        result = run(start=0.08, stop=0.28)
        assert result.frames == len(video_frames(tmp_path / "out.mp4")) == 5
        assert result.clip_seconds == pytest.approx(0.2)
        ((first, *_, last),) = sound_packets(tmp_path / "out.mp4")
        assert first[0] < 0.03
        assert last[0] < 0.2

    @pytest.mark.parametrize("name", ["out.gif", "out.mkv"])
    def test_other_formats_are_written(self, run, tmp_path, name):
        assert run(name).frames == FRAMES
        assert {path.name for path in tmp_path.iterdir()} == {name}

    def test_a_callback_sees_every_frame_and_may_end_the_clip(self, run, tmp_path):
        seen = []

        def until_the_sixth(styled):
            seen.append(styled)
            return len(seen) < 6

        assert run(callback=until_the_sixth).frames == len(video_frames(tmp_path / "out.mp4")) == 6
        assert [styled.index for styled in seen] == [0, 1, 2, 3, 4, 5]
        assert seen[2].time == pytest.approx(2 / 25)
        assert blueness(seen[2].rgb) > blueness(frame(2)) + 20
        ((*_, last),) = sound_packets(tmp_path / "out.mp4")
        assert last[0] < 0.24

    def test_a_mask_is_followed(self, run, tmp_path, family):
        mask = np.zeros((HEIGHT, WIDTH), np.float32)
        mask[:, WIDTH // 2 :] = 1
        seen = []
        run(style=None, fg="blue", mask=mask, callback=lambda one: seen.append(one.rgb))
        changed = [np.abs(one.astype(int) - frame(i)).sum(2) > 60 for i, one in enumerate(seen)]
        left = [float(np.argmax(one[:, :70].mean(0) > 0.5)) for one in changed]
        assert left[0] == pytest.approx(WIDTH // 2, abs=3)
        assert left[8] == pytest.approx(WIDTH // 2 - 24, abs=6)

    def test_bars_count_frames(self, run, capsys, monkeypatch):
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        run(progress=True)
        assert f"{FRAMES}/{FRAMES}" in capsys.readouterr().err
        run(progress=False)
        assert capsys.readouterr().err == ""

    def test_no_frames_between_are_refused(self, run, tmp_path):
        with pytest.raises(InputError, match="no frame between start and stop"):
            run(start=0.361, stop=0.37)
        assert list(tmp_path.iterdir()) == []


class TestTraining:
    """What `training_callback` sees of it, and how it ends it."""

    @pytest.fixture
    def bits(self, run, tmp_path):
        """Styles the clip by an optimised preset, and gives the bytes of the file."""

        def make(**options):
            run(**{"preset": "semcs", "steps": 8, **options})
            return (tmp_path / "out.mp4").read_bytes()

        return make

    def test_it_sees_frames_then_steps(self, bits, source):
        seen = []
        assert bits(training_callback=seen.append) == bits()
        frames, steps = seen[:-8], seen[-8:]
        given = [one.rgb for one in open_reader(source).frames()]
        assert [one.index for one in frames] == [*range(FRAMES)]
        np.testing.assert_array_equal([one.rgb for one in frames], given)
        assert [(one.index, one.steps) for one in steps] == [(n, 8) for n in range(1, 9)]

    @pytest.mark.parametrize(
        ("preset", "ends_at", "steps"),
        [("semcs", 7, 7), ("semcs", 1, 6), ("semcs-reference", 1, 6)],
    )
    def test_false_ends_it_as_if_so_few_steps_were_asked_for(self, bits, preset, ends_at, steps):
        def until(seen):
            return not isinstance(seen, semcs.Step) or seen.index < ends_at

        assert bits(preset=preset, training_callback=until) == bits(preset=preset, steps=steps)

    def test_false_before_the_first_step_is_as_instant(self, bits):
        seen = []
        painted = bits(training_callback=lambda one: seen.append(one) or len(seen) < 4)
        assert [one.index for one in seen] == [0, 1, 2, 3]
        assert painted == bits(steps=0)

    def test_a_run_without_a_network_goes_on_without(self, run, bits):
        def interrupt(frame):
            if frame.index == 6:
                raise KeyboardInterrupt

        how = {"preset": "semcs", "steps": 8, "training_callback": lambda _: False}
        with pytest.raises(KeyboardInterrupt):
            run(callback=interrupt, **how)
        assert bits() == bits(steps=0)

    @pytest.mark.parametrize("kind", [Frame, semcs.Step])
    def test_what_it_raises_ends_the_run_at_once(self, run, tmp_path, kind):
        def fail(seen):
            if isinstance(seen, kind):
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            run(preset="semcs", steps=8, training_callback=fail, callback=pytest.fail)
        assert list(tmp_path.iterdir()) == []

    def test_of_pictures(self, family):
        seen = []
        how = {"preset": "semcs", "steps": 2}
        given = [frame(0), frame(1)]
        plain = list(of_frames(given, family, **how))
        np.testing.assert_array_equal(
            list(of_frames(given, family, **how, training_callback=seen.append)), plain
        )
        assert [one.index for one in seen] == [0, 1, 1, 2]


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "told"),
        [
            ({"start": 3, "stop": 2}, "stop is 2: it has to be after start, 3"),
            ({"start": 7}, r"start is 7: .*clip.mp4' lasts 0.4 s"),
            ({"start": -1}, "start is -1: a number from 0"),
            ({"workers": 9}, r"workers is 9: \"auto\", or a whole number from 0 to 8"),
            ({"workers": True}, "workers is True"),
            ({"workers": 2}, "workers is 2: only models that are chosen by name"),
            ({"quality": 101}, "quality is 101: a whole number from 0 to 100"),
            ({"quality": 1.5}, "quality is 1.5"),
            ({"output": "out.xyz"}, r"unknown extension '.xyz'"),
            ({"output": "no/out.mp4"}, "there is no directory"),
            ({"path": "missing.mp4"}, "no such file"),
            ({"style": None}, "say what the picture should look like"),
            ({"preset": "fast"}, "unknown preset 'fast'"),
            ({"preset": semcs.PRESETS["semcs"].change(stylenet="pixels")}, '"pixels" paints a'),
            ({"fg": "gold", "style": None, "mask": np.ones((3, 4))}, "mask is 3×4"),
            ({"progress": 1}, "progress is 1: True or False"),
            ({"resume": None}, "resume is None"),
            ({"callback": 3}, "callback is 3: a function is allowed"),
            ({"training_callback": 3}, "training_callback is 3: a function is allowed"),
            ({"seed": -1}, "seed is -1"),
        ],
    )
    def test_one_line_before_any_network_is_loaded(self, run, family, tmp_path, options, told):
        with pytest.raises(InputError, match=told) as caught:
            run(**options)
        assert "\n" not in str(caught.value)
        assert set(family.loaded()) == set()
        assert list(tmp_path.iterdir()) == []

    def test_the_source_isnt_written_over(self, run, source, tmp_path):
        (tmp_path / "link.mp4").symlink_to(source)
        before = source.read_bytes()
        with pytest.raises(InputError, match="output is the source itself"):
            run("link.mp4")
        assert source.read_bytes() == before

    def test_what_isnt_a_clip_is_refused(self, run, tmp_path):
        (tmp_path / "text.mp4").write_text("no clip")
        with pytest.raises(InputError, match="isn't a video"):
            run(path=tmp_path / "text.mp4")

    @pytest.mark.parametrize("wrong", [{"output": "out.mp4"}, {"start": 1}, {"quality": 3}])
    def test_options_of_files_arent_for_pictures(self, family, wrong):
        with pytest.raises(InputError):
            of_frames([frame(0)], family, **wrong)

    @pytest.mark.parametrize("wrong", [3, b"clip", None])
    def test_other_sources_are_refused(self, family, wrong):
        with pytest.raises(InputError, match="source is"):
            of_frames(wrong, family)
        with pytest.raises(InputError, match="output is None: the path of the clip"):
            semcs.stylize_video("clip.mp4", None, "gold")


class TestPictures:
    @pytest.mark.parametrize(
        "kind",
        [
            Image.fromarray,
            lambda rgb: rgb,
            lambda rgb: (rgb / 255).astype(np.float32),
            lambda rgb: torch.from_numpy(rgb.transpose(2, 0, 1).copy()),
        ],
        ids=["PIL", "uint8", "float32", "tensor"],
    )
    def test_each_comes_back_as_it_came(self, family, kind):
        given = [kind(frame(index)) for index in range(3)]
        styled = list(of_frames(iter(given), family))
        assert len(styled) == 3
        for new, old in zip(styled, given):
            assert type(new) is type(old)
            assert getattr(new, "dtype", None) == getattr(old, "dtype", None)
            assert getattr(new, "shape", None) == getattr(old, "shape", None)
        same = [np.asarray(one) for one in of_frames([frame(0)], family)]
        first = np.asarray(styled[0], np.float32)
        first = first.transpose(1, 2, 0) if first.shape[0] == 3 else first
        np.testing.assert_allclose(first * (255 if first.max() <= 1 else 1), same[0], atol=0.01)

    def test_files_and_pictures_give_the_same(self, run, family, source):
        seen = []
        run(style=None, fg="blue", callback=lambda one: seen.append(one.rgb))
        given = [one.rgb for one in open_reader(source).frames()]
        styled = list(of_frames(given, family, style=None, fg="blue"))
        np.testing.assert_array_equal(styled, seen)

    def test_they_are_read_as_they_are_asked_for(self, family):
        read = []

        def pictures():
            for index in range(5):
                read.append(index)
                yield frame(index)

        styled = of_frames(pictures(), family)
        assert read == []
        next(styled)
        assert read == [0]
        styled.close()

    def test_alpha_stays(self, family):
        alpha = np.full((HEIGHT, WIDTH, 1), 200, np.uint8)
        alpha[:20] = 0
        given = [np.concatenate([frame(index), alpha], 2) for index in range(2)]
        for new, old in zip(of_frames(given, family), given):
            np.testing.assert_array_equal(new[..., 3], old[..., 3])

    def test_other_sizes_are_named(self, family):
        styled = of_frames([frame(0), frame(1)[:60]], family)
        with pytest.raises(InputError, match="frame 1 is 60×96 pixels"):
            list(styled)

    def test_none_give_none(self, family):
        assert list(of_frames([], family)) == []

    def test_a_network_is_trained_on_the_first_ones(self, family):
        seen = []
        styled = of_frames([frame(0), frame(1)], family, preset="semcs", steps=1)
        painted = list(of_frames([frame(0), frame(1)], family, callback=seen.append))
        assert [one.index for one in seen] == [0, 1]
        assert np.abs(np.int16(next(styled)) - painted[0]).max() > 3
        next(styled)
        assert next(styled, None) is None


class TestWorkers:
    def test_any_number_gives_the_same_bits(self, run, tmp_path):
        made = []
        for count in (0, 1, 2):
            run(style=None, fg="gold", models="bundled", device="cpu", workers=count, stop=0.2)
            made.append((tmp_path / "out.mp4").read_bytes())
        assert made[0] == made[1] == made[2]

    def test_auto_is_two_where_that_can_be(self, family, monkeypatch):
        bundled = families.load_family("bundled", "cpu")
        monkeypatch.setattr(crew, "cores", lambda: 2)
        assert crew.count_of(None, "bundled", bundled) == 2
        assert crew.count_of(None, family, family) == 0
        monkeypatch.setattr(crew, "cores", lambda: 1)
        assert crew.count_of(None, "bundled", bundled) == 0
        assert crew.count_of(3, "bundled", bundled) == 3
        monkeypatch.setattr(bundled, "device", torch.device("cuda"))
        assert crew.count_of(None, "bundled", bundled) == 0
        with pytest.raises(InputError, match="they paint on the CPU"):
            crew.count_of(1, "bundled", bundled)

    def test_looks_of_the_callers_own_stay_in_this_process(self, family, monkeypatch):
        painter = InstantPainter(lambda: family.painter)
        assert crew.is_portable(painter.plan("gold"))
        assert crew.is_portable(painter.plan("blue"))
        own = registry.Look("gold", lambda image, rng, scale: image, 0.5, False)
        monkeypatch.setitem(registry.LOOKS, "gold", own)
        assert not crew.is_portable(painter.plan("gold"))
        assert crew.is_portable(painter.plan("snow"))


class TestPreview:
    def test_it_is_the_frame_at_that_time(self, run, source, family):
        seen = []
        run(callback=lambda one: seen.append(one.rgb))
        asked = {"models": family, "size": 64, "progress": False}
        first = preview.preview_video(source, 0, "blue", **asked)
        np.testing.assert_array_equal(np.asarray(first), seen[0])
        later = preview.preview_video(source, 0.3, "blue", **asked)  # that of 0.28
        near = [np.abs(np.int16(later) - one).mean() for one in seen]
        assert int(np.argmin(near)) == 7

    def test_a_click_is_followed_to_it(self, source, family):
        regions = [semcs.Region(semcs.Click(70, 30), "blue")]
        asked = {"models": family, "size": 64, "regions": regions}
        for at in (0.0, 0.2):
            shown = np.asarray(preview.preview_video(source, at, **asked), np.int16)
            plain = frame(round(at * 25))
            changed = np.abs(shown - plain).sum(2) > 60
            assert changed[30, 70 - round(at * 25) * 3]
            assert 0.02 < changed.mean() < 0.9

    @pytest.mark.parametrize(("at", "start", "told"), [(9, None, "lasts 0.4 s"), (0, 0.2, "from")])
    def test_other_times_are_refused(self, source, family, at, start, told):
        with pytest.raises(InputError, match=told):
            preview.preview_video(source, at, "blue", start=start, models=family)

    def test_optimised_presets_are_trained_on_it(self, source, family):
        asked = {"models": family, "size": 64, "progress": False}
        painted = preview.preview_video(source, 0.1, "blue", **asked)
        trained = preview.preview_video(source, 0.1, "blue", preset="semcs", steps=1, **asked)
        assert np.abs(np.int16(painted) - np.int16(trained)).max() > 3
