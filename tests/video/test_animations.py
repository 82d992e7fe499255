"""GIF, animated WebP and APNG: frames, delays and loops as Pillow itself reads and writes them."""

from __future__ import annotations

import sys
from fractions import Fraction

import numpy as np
import pytest
from clips import corners_of, grey_of, index_of, make_clip, pass_through, picture, video_frames
from PIL import Image

from semcs.errors import InputError
from semcs.video.files.reading import open_reader
from semcs.video.files.writing import open_writer

SUFFIXES = (".gif", ".webp", ".png")
DELAYS = [100, 50, 200, 40, 70, 30, 500]  # milliseconds
TIMES = [Fraction(sum(DELAYS[:index]), 1000) for index in range(len(DELAYS))]
EXACT = {".webp": {"lossless": True}}


def make_animation(path, images=None, **changes):
    """Written by Pillow."""
    images = images or [Image.fromarray(picture(index)) for index in range(len(DELAYS))]
    options = {"duration": DELAYS, "loop": 0, **EXACT.get(path.suffix, {}), **changes}
    images[0].save(path, save_all=True, append_images=images[1:], **options)
    return path


def seen_by_pillow(path):
    """Pixels and delay of each frame."""
    with Image.open(path) as image:
        for number in range(image.n_frames):
            image.seek(number)
            yield np.array(image.convert("RGB")), image.info["duration"]


class TestReading:
    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_frames_and_times(self, tmp_path, suffix):
        reader = open_reader(make_animation(tmp_path / f"a{suffix}"))
        frames = list(reader.frames())
        assert (reader.size, reader.frame_count) == ((64, 96), len(DELAYS))
        assert reader.end == Fraction(sum(DELAYS), 1000)
        assert [frame.time for frame in frames] == TIMES
        assert all(np.array_equal(frame.rgb, picture(frame.index)) for frame in frames)
        assert [frame.index for frame in reader.frames(4)] == [4, 5, 6]

    def test_thirds_of_a_second_are_exact(self, tmp_path):
        path = make_animation(tmp_path / "a.png", duration=1000 / 30)
        times = [frame.time for frame in open_reader(path).frames()]
        assert times == [Fraction(index, 30) for index in range(len(DELAYS))]

    def test_short_delays_of_gif_are_a_tenth_as_in_browsers(self, tmp_path):
        path = make_animation(tmp_path / "a.gif", duration=10)
        assert [f.time for f in open_reader(path).frames()][:2] == [0, Fraction(1, 10)]

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_what_is_transparent_stands_on_white(self, tmp_path, suffix):
        images = [Image.fromarray(picture(index)).convert("RGBA") for index in range(3)]
        for image in images:
            image.paste((0, 0, 0, 0), (40, 24, 56, 40))
        path = make_animation(tmp_path / f"a{suffix}", images, duration=100, disposal=2)
        for frame in open_reader(path).frames():
            assert (frame.rgb[26:38, 42:54] == 255).all()
            assert (frame.rgb[32, 20] == grey_of(frame.index)).all()

    @pytest.mark.parametrize("suffix", [".gif", ".png"])
    def test_broken_ones_give_what_is_before(self, tmp_path, caplog, suffix):
        path = make_animation(tmp_path / f"a{suffix}")
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
        frames = list(open_reader(path).frames())
        assert 2 < len(frames) < len(DELAYS)
        assert all(np.array_equal(frame.rgb, picture(frame.index)) for frame in frames)
        (record,) = caplog.records
        assert record.getMessage() == f"{str(path)!r} is broken: {len(frames)} frames could be read"

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_stills_are_refused(self, tmp_path, suffix):
        Image.fromarray(picture(0)).save(tmp_path / f"a{suffix}")
        with pytest.raises(InputError, match="is a still picture, no animation"):
            open_reader(tmp_path / f"a{suffix}")

    def test_large_ones_are_refused(self, tmp_path, monkeypatch):
        path = make_animation(tmp_path / "a.gif")
        monkeypatch.setenv("SEMCS_MAX_PIXELS", "6000")
        with pytest.raises(InputError, match="6,144 pixels; at most 6,000"):
            open_reader(path)


class TestWriting:
    @pytest.mark.parametrize("target", SUFFIXES)
    @pytest.mark.parametrize("source", SUFFIXES)
    def test_frames_delays_and_loops_stay(self, tmp_path, source, target):
        path = make_animation(tmp_path / f"s{source}", loop=3)
        pass_through(path, tmp_path / f"a{target}", chunk=3)
        seen = list(seen_by_pillow(tmp_path / f"a{target}"))
        assert [delay for _, delay in seen] == DELAYS
        off = [
            np.abs(rgb.astype(int) - picture(index)).mean() for index, (rgb, _) in enumerate(seen)
        ]
        assert max(off) < (3 if target == ".webp" else 0.01)
        with Image.open(tmp_path / f"a{target}") as image:
            # GIF counts the repetitions, the others how often it is played.
            expected = 3 + (source == ".gif") - (target == ".gif")
            assert image.info["loop"] == expected

    @pytest.mark.parametrize("target", SUFFIXES)
    def test_played_once_and_for_ever(self, tmp_path, target):
        once = make_animation(tmp_path / "once.png", loop=1)
        pass_through(once, tmp_path / f"once_again{target}")
        with Image.open(tmp_path / f"once_again{target}") as image:
            assert image.info.get("loop") == (None if target == ".gif" else 1)
        ever = make_animation(tmp_path / "ever.gif", loop=0)
        pass_through(ever, tmp_path / f"ever{target}")
        with Image.open(tmp_path / f"ever{target}") as image:
            assert image.info["loop"] == 0

    def test_from_video_and_back(self, tmp_path, monkeypatch):
        source = make_clip(tmp_path / "s.mp4", sound="aac", offset=12800)
        pass_through(source, tmp_path / "a.gif")
        seen = list(seen_by_pillow(tmp_path / "a.gif"))
        assert [delay for _, delay in seen] == [40] * 12
        assert [index_of(rgb) for rgb, _ in seen] == list(range(12))
        assert all(corners_of(rgb) == [0, 1, 2, 3] for rgb, _ in seen)
        pass_through(tmp_path / "a.gif", tmp_path / "b.mp4")
        back = video_frames(tmp_path / "b.mp4")
        assert [time for time, _ in back] == [Fraction(index, 25) for index in range(12)]
        assert [index_of(rgb) for _, rgb in back] == list(range(12))

    def test_rounded_delays_dont_add_up(self, tmp_path):
        source = make_animation(tmp_path / "s.png", duration=1000 / 30)
        pass_through(source, tmp_path / "a.gif")
        assert [delay for _, delay in seen_by_pillow(tmp_path / "a.gif")] == [
            *(30, 40, 30, 30, 40, 30, 30)
        ]

    def test_gifs_colours_dont_flicker(self, tmp_path):
        """What stays in the source stays in a GIF of many colours, to the last bit."""
        rng = np.random.default_rng(0)
        still = rng.integers(0, 256, (64, 96, 3), np.uint8)
        images = [still.copy() for _ in range(4)]
        for index, image in enumerate(images):
            image[:, :20] = rng.integers(0, 256, 3)
            image[:, 20:40] += np.uint8(index)
        path = make_animation(
            tmp_path / "s.png", [Image.fromarray(image) for image in images], duration=100
        )
        pass_through(path, tmp_path / "a.gif", chunk=2)
        seen = [rgb for rgb, _ in seen_by_pillow(tmp_path / "a.gif")]
        assert all(np.array_equal(rgb[:, 40:], seen[0][:, 40:]) for rgb in seen)
        assert np.abs(seen[0].astype(int) - images[0]).mean() < 20

    def test_the_same_frames_give_the_same_bytes(self, tmp_path):
        source = make_animation(tmp_path / "s.png")
        for suffix in SUFFIXES:
            written = []
            for chunk in (3, 3):
                _, chunks = pass_through(source, tmp_path / f"a{suffix}", chunk=chunk)
                written.append([path.read_bytes() for path in (*chunks, tmp_path / f"a{suffix}")])
            assert written[0] == written[1]

    def test_quality_is_webps_alone(self, tmp_path):
        source = make_animation(tmp_path / "s.png")
        sizes = []
        for quality in (10, None, 100):
            pass_through(source, tmp_path / "a.webp", quality=quality)
            sizes.append((tmp_path / "a.webp").stat().st_size)
        assert sizes[0] < sizes[1] < sizes[2]
        with pytest.raises(InputError, match=r"quality is 50: .gif files have none"):
            open_writer(tmp_path / "a.gif", open_reader(source), quality=50)

    def test_pyav_isnt_needed(self, tmp_path, monkeypatch):
        source = make_animation(tmp_path / "s.gif")
        monkeypatch.setitem(sys.modules, "av", None)
        pass_through(source, tmp_path / "a.webp")
        with pytest.raises(InputError, match=r"pip install 'semcs\[video\]'"):
            open_writer(tmp_path / "a.mp4", open_reader(source))
