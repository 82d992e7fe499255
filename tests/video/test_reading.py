"""Clips are read whole and upright, with their own times and colours; nothing else is opened."""

from __future__ import annotations

import sys
from fractions import Fraction

import av
import numpy as np
import pytest
from clips import CORNERS, TICKS, Clip, corners_of, index_of, make_clip, picture

from semcs.errors import InputError
from semcs.video.files.colours import Colours, colours_of
from semcs.video.files.reading import open_reader

RATHER_EXACT = {"crf": "4"}


def frames_of(path, start=0):
    with open_reader(path) as reader:
        return list(reader.frames(start))


class TestFrames:
    @pytest.mark.parametrize(
        ("name", "codec"),
        [
            ("a.mp4", "libx264"),
            ("a.mkv", "libx264"),
            ("a.webm", "libvpx-vp9"),
            ("a.avi", "mpeg4"),
            ("a.mov", "mjpeg"),
            ("a.ts", "libx264"),
            ("a.mkv", "ffv1"),
        ],
    )
    def test_all_come_from_the_first_to_the_last(self, tmp_path, name, codec):
        pixel_format = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        path = make_clip(tmp_path / name, codec=codec, pixel_format=pixel_format)
        frames = frames_of(path)
        assert [frame.index for frame in frames] == list(range(12))
        assert [index_of(frame.rgb) for frame in frames] == list(range(12))
        assert all(corners_of(frame.rgb) == [0, 1, 2, 3] for frame in frames)

    def test_what_the_file_says_of_itself(self, tmp_path):
        reader = open_reader(make_clip(tmp_path / "a.mp4", aspect=Fraction(4, 3)))
        assert (reader.size, reader.rate, reader.frame_count) == ((64, 96), 25, 12)
        assert (reader.aspect, reader.duration) == (Fraction(4, 3), 0.48)

    def test_times_of_a_variable_rate_are_exact(self, tmp_path):
        times = [0, 100, 900, 1000, 3000, 3100, 3111, 5000, 9000, 9200, 9300, 12000]
        path = make_clip(tmp_path / "a.mp4", times=times, offset=4000)
        assert [frame.time for frame in frames_of(path)] == [Fraction(t, TICKS) for t in times]

    def test_reading_begins_at_any_frame(self, tmp_path, monkeypatch):
        path = make_clip(tmp_path / "a.mp4")
        converted, convert = [], Colours.to_rgb
        monkeypatch.setattr(
            Colours, "to_rgb", lambda *given: converted.append(1) or convert(*given)
        )
        whole, later = frames_of(path), frames_of(path, 7)
        assert len(converted) == 12 + 5
        assert [frame.index for frame in later] == [7, 8, 9, 10, 11]
        assert all(
            np.array_equal(a.rgb, b.rgb) and a.time == b.time for a, b in zip(whole[7:], later)
        )

    def test_frames_that_an_edit_list_cuts_off_arent_missed(self, tmp_path, caplog):
        source = make_clip(tmp_path / "a.mp4", frames=24, options={"g": "6"})
        keep = {"container_options": {"avoid_negative_ts": "disabled"}}
        with (
            av.open(str(source)) as file,
            av.open(str(tmp_path / "b.mp4"), "w", **keep) as target,
        ):
            copy = target.add_stream_from_template(file.streams.video[0], opaque=True)
            for packet in file.demux(video=0):
                if packet.size:
                    packet.stream = copy
                    packet.pts, packet.dts = packet.pts - 9 * 512, packet.dts - 9 * 512
                    target.mux(packet)
        reader = open_reader(tmp_path / "b.mp4")
        frames = list(reader.frames())
        assert [index_of(frame.rgb) for frame in frames] == list(range(9, 24))
        assert (frames[0].time, reader.frame_count) == (0, 15)
        assert not caplog.records

    def test_names_of_any_kind(self, tmp_path):
        path = make_clip(tmp_path / "a.mp4", frames=2)
        other = path.rename(tmp_path / "http: 50%20 #1?ü.mp4")
        assert len(frames_of(other)) == 2


class TestUpright:
    @pytest.mark.parametrize("mirrored", [False, True])
    @pytest.mark.parametrize("quarters", range(4))
    def test_frames_are_turned_as_the_display_matrix_says(self, tmp_path, quarters, mirrored):
        def stored(rgb):
            return np.rot90(rgb[:, ::-1] if mirrored else rgb, -quarters)

        turn = {"degrees": 90 * quarters, "hflip": mirrored}
        path = make_clip(
            tmp_path / "a.mp4", frames=2, turn=turn, stored=stored, aspect=Fraction(4, 3)
        )
        reader = open_reader(path)
        frame = next(reader.frames())
        assert reader.size == frame.rgb.shape[:2] == (64, 96)
        assert corners_of(frame.rgb) == [0, 1, 2, 3]
        assert reader.aspect == (Fraction(3, 4) if quarters % 2 else Fraction(4, 3))


class TestColours:
    @pytest.mark.parametrize("pixel_format", ["yuv444p", "yuv420p", "yuv420p10le"])
    @pytest.mark.parametrize("reach", [1, 2])
    @pytest.mark.parametrize("matrix", [1, 5, 9])
    def test_matrix_range_and_depth_are_followed(self, tmp_path, matrix, reach, pixel_format):
        path = make_clip(
            *(tmp_path / "a.mp4",),
            **{"frames": 1, "pixel_format": pixel_format, "options": RATHER_EXACT},
            colours=(matrix, reach, 2, 2),
        )
        rgb = frames_of(path)[0].rgb.astype(float)
        assert np.abs(rgb[4:12, 4:12].mean((0, 1)) - CORNERS[0]).max() < 3
        assert np.abs(rgb[-12:-4, 4:12].mean((0, 1)) - CORNERS[2]).max() < 3

    @pytest.mark.parametrize(
        ("matrix", "red", "blue"),
        [(1, 0.2126, 0.0722), (5, 0.299, 0.114), (6, 0.299, 0.114), (9, 0.2627, 0.0593)],
    )
    def test_planes_are_those_of_the_standards(self, matrix, red, blue):
        rgb = np.random.default_rng(0).integers(0, 256, (64, 96, 3), np.uint8)
        frame = Colours(matrix).to_frame(rgb, "yuv444p")
        luma = rgb / 255 @ [red, 1 - red - blue, blue]
        chroma = [(rgb[..., 2] / 255 - luma) / (1 - blue), (rgb[..., 0] / 255 - luma) / (1 - red)]
        expected = [16 + 219 * luma, *(128 + 112 * plane for plane in chroma)]
        assert np.abs(frame.to_ndarray() - expected).max() < 1
        assert np.abs(Colours(matrix).to_rgb(frame, (64, 96)).astype(int) - rgb).max() <= 3

    @pytest.mark.parametrize(("size", "matrix"), [((480, 640), 6), ((720, 1280), 1)])
    def test_where_nothing_is_said_the_size_decides(self, size, matrix):
        frame = av.VideoFrame(size[1], size[0], "yuv420p")
        assert colours_of(frame, "a.mp4").matrix == matrix

    def test_other_matrices_are_refused(self):
        frame = av.VideoFrame(16, 16, "yuv420p")
        frame.colorspace = 14
        with pytest.raises(InputError, match=r"colour matrix 14 .* allowed: RGB, BT.601"):
            colours_of(frame, "a.mp4")


class TestBroken:
    @pytest.mark.parametrize(
        ("name", "options"),
        [
            ("a.mp4", {"movflags": "faststart"}),
            ("a.mp4", {"movflags": "frag_keyframe+empty_moov"}),
            ("a.mkv", {}),
            ("a.avi", {}),
        ],
    )
    def test_what_is_before_the_broken_place_is_read(self, tmp_path, caplog, name, options):
        codec = "mpeg4" if name == "a.avi" else "libx264"
        path = make_clip(
            tmp_path / name, noise=30, codec=codec, frames=24, container_options=options
        )
        whole = frames_of(path)
        assert not caplog.records
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
        frames = frames_of(path)
        assert 8 < len(frames) < 20
        assert all(np.array_equal(a.rgb, b.rgb) for a, b in zip(frames, whole))
        (record,) = caplog.records
        assert record.getMessage() == f"{str(path)!r} is broken: {len(frames)} frames could be read"

    def test_nothing_can_be_decoded(self, tmp_path):
        path = make_clip(tmp_path / "a.mp4", container_options={"movflags": "faststart"})
        with av.open(str(path)) as file:
            first = next(file.demux(video=0)).pos
        path.write_bytes(path.read_bytes()[: first + 8])
        with pytest.raises(InputError, match="has no video frame that can be decoded"):
            open_reader(path)

    @pytest.mark.parametrize("data", [b"", b"hello" * 100, bytes(5000)])
    def test_no_video_at_all(self, tmp_path, data):
        path = tmp_path / "a.mp4"
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"isn't a video that can be read"):
            open_reader(path)

    def test_no_video_stream(self, tmp_path):
        path = make_clip(tmp_path / "a.mp4", sound="aac", frames=2)
        with av.open(str(path)) as source, av.open(str(tmp_path / "b.mp4"), "w") as target:
            copy = target.add_stream_from_template(source.streams.audio[0], opaque=True)
            for packet in source.demux(audio=0):
                if packet.size:
                    packet.stream = copy
                    target.mux(packet)
        with pytest.raises(InputError, match=r"b.mp4' has no video stream"):
            open_reader(tmp_path / "b.mp4")

    def test_a_cover_picture_is_no_video(self, tmp_path):
        cover = {"codec": "mjpeg", "pixel_format": "yuvj420p", "cover": True}
        path = make_clip(tmp_path / "a.mp4", frames=1, sound="aac", **cover)
        with av.open(str(path)) as file:
            assert file.streams.video
        with pytest.raises(InputError, match="has no video stream"):
            open_reader(path)


class TestRefused:
    @pytest.mark.parametrize("name", ["http://example.org/a.mp4", "concat:a.mp4|b.mp4", "file:a"])
    def test_addresses(self, name):
        with pytest.raises(InputError, match="only local files are opened, no addresses"):
            open_reader(name)

    def test_files_that_arent_there(self, tmp_path):
        with pytest.raises(InputError, match="no such file"):
            open_reader(tmp_path / "a.mp4")
        with pytest.raises(InputError, match="isn't a regular file"):
            open_reader(tmp_path)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na.ts\n#EXT-X-ENDLIST\n"),
            ("list.ffconcat", "ffconcat version 1.0\nfile a.ts\n"),
        ],
    )
    def test_lists_of_other_files(self, tmp_path, name, text):
        make_clip(tmp_path / "a.ts", frames=24, noise=30)
        (tmp_path / name).write_text(text)
        with av.open(str(tmp_path / name)) as opened:  # FFmpeg itself opens what they name
            assert opened.streams.video
        with pytest.raises(InputError, match="is a list of other files"):
            open_reader(tmp_path / name)

    def test_frames_larger_than_pictures_may_be(self, tmp_path, monkeypatch):
        path = make_clip(tmp_path / "a.mp4", frames=1)
        monkeypatch.setenv("SEMCS_MAX_PIXELS", "6000")
        with pytest.raises(InputError, match=r"64×96 = 6,144 pixels; at most 6,000"):
            open_reader(path)

    def test_without_pyav(self, tmp_path, monkeypatch):
        path = make_clip(tmp_path / "a.mp4", frames=1)
        monkeypatch.setitem(sys.modules, "av", None)
        with pytest.raises(InputError, match=r"PyAV: pip install 'semcs\[video\]'"):
            open_reader(path)


def test_made_clips_are_what_the_tests_take_them_for():
    assert [index_of(rgb) for rgb in Clip(frames=3).images()] == [0, 1, 2]
    assert corners_of(picture(0)[:, ::-1]) == [1, 0, 3, 2]
