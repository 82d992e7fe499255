"""Clips are written with the source's sound, times, size and colours, and whole or not at all."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from clips import (
    TICKS,
    corners_of,
    index_of,
    make_clip,
    pass_through,
    sound_packets,
    video_frames,
)

from semcs.errors import InputError
from semcs.video.files.encoding import H264, Encoder
from semcs.video.files.reading import open_reader
from semcs.video.files.writing import open_writer

VARIABLE = [0, 100, 900, 1000, 3000, 3100, 3111, 5000, 9000, 9200, 9300, 12000]
NAMES = ("a.mp4", "a.m4v", "a.mov", "a.mkv", "a.webm")
MILLISECOND = Fraction(1, 1000)  # all that Matroska and WebM store


def video_bytes(path) -> int:
    with av.open(str(path)) as file:
        return sum(packet.size for packet in file.demux(video=0))


class TestPictures:
    @pytest.mark.parametrize("name", NAMES)
    def test_count_and_times_are_kept_and_pixels_are_those_of_the_chunks(self, tmp_path, name):
        source = make_clip(tmp_path / "source.mp4", times=VARIABLE, offset=3200)
        _, chunks = pass_through(source, tmp_path / name)
        before, after = video_frames(source), video_frames(tmp_path / name)
        off = [abs(one - other) for (one, _), (other, _) in zip(before, after)]
        assert max(off) <= (MILLISECOND / 2 if name in ("a.mkv", "a.webm") else 0)
        assert [index_of(rgb) for _, rgb in after] == list(range(12))
        alone = [rgb for chunk in chunks for _, rgb in video_frames(chunk)]
        assert len(alone) == len(after) == 12
        assert all(np.array_equal(one, other) for one, (_, other) in zip(alone, after))

    @pytest.mark.parametrize("chunk", [1, 2, 12])
    def test_chunks_of_any_length_join(self, tmp_path, chunk):
        source = make_clip(tmp_path / "source.mp4", noise=15)
        pass_through(source, tmp_path / "a.mp4", chunk=chunk, quality=90)
        after = video_frames(tmp_path / "a.mp4")
        assert [time for time, _ in after] == [Fraction(index, 25) for index in range(12)]
        assert [index_of(rgb) for _, rgb in after] == list(range(12))
        with av.open(str(tmp_path / "a.mp4")) as file:
            assert file.streams.video[0].duration * file.streams.video[0].time_base == Fraction(
                12, 25
            )

    def test_upright_and_not_turned_again(self, tmp_path):
        turn, stored = {"degrees": 90}, lambda rgb: np.rot90(rgb, -1)
        source = make_clip(tmp_path / "source.mp4", turn=turn, stored=stored)
        pass_through(source, tmp_path / "a.mp4")
        with av.open(str(tmp_path / "a.mp4")) as file:
            frame = next(file.decode(video=0))
        assert frame.side_data.get("DISPLAYMATRIX") is None
        assert corners_of(frame.to_ndarray(format="rgb24")) == [0, 1, 2, 3]

    @pytest.mark.parametrize("name", ["a.mp4", "a.webm"])
    def test_odd_sides_stay(self, tmp_path, name):
        size = {"size": (65, 97), "pixel_format": "yuv444p"}
        pass_through(make_clip(tmp_path / "source.mp4", **size), tmp_path / name)
        _, rgb = video_frames(tmp_path / name)[-1]
        assert rgb.shape == (65, 97, 3)
        assert (index_of(rgb), corners_of(rgb)) == (11, [0, 1, 2, 3])

    @pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.webm"])
    def test_colours_are_tagged_as_they_are(self, tmp_path, name):
        # BT.2020 with the curve of HLG, at 10 bits.
        tags = {"colours": (9, 2, 9, 18), "pixel_format": "yuv420p10le"}
        source = make_clip(tmp_path / "source.mp4", frames=3, **tags)
        frames, _ = pass_through(source, tmp_path / name, quality=100)
        with av.open(str(tmp_path / name)) as file:
            codec = file.streams.video[0].codec_context
            said = codec.colorspace, codec.color_range, codec.color_primaries, codec.color_trc
        assert said == (9, 1, 9, 18)
        for frame, copy in zip(frames, open_reader(tmp_path / name).frames()):
            assert np.abs(frame.rgb.astype(int) - copy.rgb).mean() < 2

    @pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv"])
    def test_pixels_keep_their_shape(self, tmp_path, name):
        source = make_clip(tmp_path / "source.mp4", frames=2, aspect=Fraction(4, 3))
        pass_through(source, tmp_path / name)
        with av.open(str(tmp_path / name)) as file:
            assert file.streams.video[0].sample_aspect_ratio == Fraction(4, 3)

    def test_webm_has_square_pixels_alone(self, tmp_path):
        reader = open_reader(make_clip(tmp_path / "source.mp4", frames=2, aspect=Fraction(4, 3)))
        with pytest.raises(InputError, match=r"aren't square \(4/3\).*webm.*mkv are"):
            open_writer(tmp_path / "a.webm", reader)


class TestSound:
    @pytest.mark.parametrize(
        ("source", "target", "codec"),
        [
            ("s.mp4", "a.mp4", "aac"),
            ("s.mp4", "a.mov", "aac"),
            ("s.mkv", "a.mkv", "aac"),
            ("s.webm", "a.webm", "libopus"),
            ("s.webm", "a.mp4", "libopus"),
        ],
    )
    def test_packets_are_the_same_at_the_same_times(self, tmp_path, source, target, codec):
        video = "libvpx-vp9" if source == "s.webm" else "libx264"
        path = make_clip(tmp_path / source, sound=codec, streams=2, codec=video, offset=3200)
        pass_through(path, tmp_path / target)
        before, after = sound_packets(path), sound_packets(tmp_path / target)
        assert len(before) == 2
        assert len(before[0]) > 20
        assert before == after
        # Sound begins before the picture, as it did.
        assert video_frames(path)[0][0] == video_frames(tmp_path / target)[0][0] == Fraction(1, 4)

    def test_a_part_has_the_sound_of_that_part(self, tmp_path):
        source = make_clip(tmp_path / "source.mp4", sound="aac", offset=1280)
        start, stop = Fraction(2, 25), Fraction(8, 25)
        pass_through(source, tmp_path / "a.mp4", start=start, stop=stop)
        begin = start + Fraction(1280, TICKS)  # by the source's clock
        expected = [
            (time - begin, data)
            for time, data in sound_packets(source)[0]
            if begin <= time < begin + stop - start
        ]
        (copied,) = sound_packets(tmp_path / "a.mp4")
        assert len(expected) > 8
        assert [data for _, data in copied] == [data for _, data in expected]
        off = [abs(one - other) for (one, _), (other, _) in zip(copied, expected)]
        assert max(off) <= Fraction(1, 48000)
        frames = video_frames(tmp_path / "a.mp4")
        assert [index_of(rgb) for _, rgb in frames] == [2, 3, 4, 5, 6, 7]
        assert [time for time, _ in frames] == [Fraction(index, 25) for index in range(6)]

    def test_clocks_that_begin_anywhere_begin_at_0_and_stay_together(self, tmp_path):
        source = make_clip(tmp_path / "source.ts", sound="aac", offset=100 * TICKS)
        pass_through(source, tmp_path / "a.mkv")
        apart = [
            video_frames(path)[0][0] - sound_packets(path)[0][0][0]
            for path in (source, tmp_path / "a.mkv")
        ]
        assert sound_packets(tmp_path / "a.mkv")[0][0][0] == 0
        assert abs(apart[0] - apart[1]) <= MILLISECOND

    def test_sound_that_the_file_cant_hold_is_refused_before_any_work(self, tmp_path):
        reader = open_reader(make_clip(tmp_path / "source.mp4", sound="aac"))
        with pytest.raises(
            InputError, match=r"webm files can't hold .*\(aac\).*: .mp4, .mov, .mkv"
        ):
            open_writer(tmp_path / "a.webm", reader)


class TestSize:
    def test_it_is_near_the_sources_by_default(self, tmp_path):
        source = make_clip(tmp_path / "source.mp4", noise=25, options={"crf": "25"})
        pass_through(source, tmp_path / "a.mp4", chunk=12)
        pass_through(source, tmp_path / "good.mp4", chunk=12, quality=75)
        assert video_bytes(tmp_path / "good.mp4") > 1.5 * video_bytes(source)
        assert (
            video_bytes(source) / 2 < video_bytes(tmp_path / "a.mp4") <= 1.25 * video_bytes(source)
        )

    def test_but_quality_has_a_floor(self, tmp_path):
        reader = open_reader(make_clip(tmp_path / "s.mp4", noise=25, options={"crf": "48"}))
        frames = list(reader.frames())
        encoder = Encoder(H264, reader, reader.colours)
        same = Encoder(replace(H264, best=28, worst=28), reader, reader.colours)
        assert encoder.chunk(frames, None) == same.chunk(frames, 50)

    @pytest.mark.parametrize("name", ["a.mp4", "a.webm"])
    def test_more_quality_takes_more_bytes(self, tmp_path, name):
        source = make_clip(tmp_path / "source.mp4", noise=25, frames=3)
        sizes = []
        for quality in (0, 50, 100):
            pass_through(source, tmp_path / name, quality=quality)
            sizes.append(video_bytes(tmp_path / name))
        assert sizes[0] * 2 < sizes[1] < sizes[2] / 2


class TestWhole:
    @pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.mkv"])
    def test_the_same_frames_give_the_same_bytes_also_in_threads(self, tmp_path, name):
        source = make_clip(tmp_path / "source.mp4", noise=25)

        def write(folder):
            folder.mkdir()
            pass_through(source, folder / name)

        folders = [tmp_path / str(number) for number in range(3)]
        write(folders[0])
        threads = [threading.Thread(target=write, args=(folder,)) for folder in folders[1:]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        written = [sorted((p.name, p.read_bytes()) for p in f.iterdir()) for f in folders]
        assert len(written[0]) == 4
        assert written[0] == written[1] == written[2]

    def test_nothing_changes_where_joining_fails(self, tmp_path):
        source = make_clip(tmp_path / "source.mp4")
        _, chunks = pass_through(source, tmp_path / "a.mp4")
        chunks[1].write_bytes(chunks[1].read_bytes()[:40])
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        with open_reader(source) as reader, pytest.raises(InputError, match=r"can't write .*a.mp4"):
            open_writer(tmp_path / "a.mp4", reader).join(chunks, Fraction(0), None)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before

    def test_chunks_of_another_clip_are_refused(self, tmp_path):
        _, chunks = pass_through(make_clip(tmp_path / "s.mp4"), tmp_path / "a.mp4")
        other = make_clip(tmp_path / "other.mp4", size=(64, 64))
        _, others = pass_through(other, tmp_path / "b.mp4")
        with pytest.raises(InputError, match="is of another clip"):
            open_writer(tmp_path / "c.mp4", open_reader(other)).join(
                [others[0], chunks[1]], Fraction(0), None
            )

    def test_places_and_titles_stay_out(self, tmp_path):
        said = {
            "title": "our garden",
            "location": "+48.1000+011.5000/",
            "artist": "me",
            "comment": "hm",
        }
        source = make_clip(
            *(tmp_path / "s.mp4",),
            **{"metadata": said, "container_options": {"movflags": "use_metadata_tags"}},
        )
        pass_through(source, tmp_path / "a.mp4")
        with av.open(str(source)) as file:
            assert file.metadata["location"] == said["location"]
        with av.open(str(tmp_path / "a.mp4")) as file:
            assert file.metadata["artist"] == "me"
        data = (tmp_path / "a.mp4").read_bytes()
        assert not any(said[key].encode() in data for key in ("title", "location"))


class TestRefused:
    @pytest.fixture
    def reader(self, tmp_path):
        return open_reader(make_clip(tmp_path / "source.mp4", frames=2))

    def test_unknown_extensions(self, tmp_path, reader):
        allowed = r"'.wmv' .*allowed: .mp4, .m4v, .mov, .mkv, .webm, .gif, .webp, .png"
        with pytest.raises(InputError, match=allowed):
            open_writer(tmp_path / "a.wmv", reader)

    @pytest.mark.parametrize("quality", [-1, 101, 5.5, "high"])
    def test_qualities(self, tmp_path, reader, quality):
        with pytest.raises(InputError, match=r"quality is .*: a whole number from 0 to 100"):
            open_writer(tmp_path / "a.mp4", reader, quality=quality)

    def test_folders_that_arent_there(self, tmp_path, reader):
        with pytest.raises(InputError, match="there is no directory"):
            open_writer(tmp_path / "none" / "a.mp4", reader)

    def test_frames_of_another_size(self, tmp_path, reader):
        frame = next(reader.frames())
        small = replace(frame, rgb=frame.rgb[:32])
        with pytest.raises(InputError, match=r"frame 0 has shape \(32, 96, 3\)"):
            open_writer(tmp_path / "a.mp4", reader).encode_chunk([small], tmp_path / "chunk")
