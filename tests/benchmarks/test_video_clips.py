"""Made clips: their motion, visibility and masks are exact; real ones: their motion is found."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from benchmarks.video import clips, real
from benchmarks.video.clips import MAKERS, make_clip, pose
from benchmarks.video.scene import Layer, film, grid, join
from benchmarks.video.warping import carry, inside, warping_errors
from semcs.errors import InputError

SIZE = (60, 80)  # height, width
RNG = np.random.default_rng(0)
COARSE = RNG.integers(0, 256, (6, 8, 3), dtype=np.uint8)
SMOOTH = cv2.resize(COARSE, SIZE[::-1], interpolation=cv2.INTER_CUBIC)
ROUGH = RNG.integers(0, 256, (*SIZE, 3), dtype=np.uint8)
STILL = np.eye(3)


def shifted(x, y):
    matrix = np.eye(3)
    matrix[:2, 2] = x, y
    return matrix


def square_over(picture, path, side=20):
    """A square of whole pixels that takes a path, (x, y) by frame, over a still picture."""
    front = cv2.resize(COARSE[::-1], (side, side), interpolation=cv2.INTER_CUBIC)
    cover = np.ones((side, side), np.float32)
    # A frame of nothing, since a cover is interpolated with what is beyond it.
    front, cover = np.pad(front, ((2, 2), (2, 2), (0, 0)), "edge"), np.pad(cover, 2)
    return [
        Layer(picture, lambda index: STILL),
        Layer(front, lambda index: shifted(*(2 - np.array(path[index]))), cover, cover),
    ]


# Known motions


def test_a_pan_is_known_to_the_pixel():
    clip = film("pan", [Layer(SMOOTH, lambda i: shifted(3 * i, 0))], SIZE, 2, noise=0)
    [step] = clip.steps
    np.testing.assert_array_equal(clip.frames[1][:, :-3], clip.frames[0][:, 3:])
    assert (step.back == (3, 0)).all()
    assert step.seen[:, :-3].all()
    assert not step.seen[:, -3:].any()
    np.testing.assert_array_equal(carry(clip.frames[0], step)[step.seen], clip.frames[1][step.seen])


def test_noise_is_all_that_a_followed_pan_differs_by():
    """The distance of two Gaussians of σ = 1 has a mean of 2/√π; rounding adds 1/12 to each σ²."""
    gray = np.full((*SIZE, 3), 128, np.uint8)
    clip = film("pan", [Layer(gray, lambda i: shifted(3 * i, 0))], SIZE, 5, noise=1)
    error = warping_errors(clip.frames, clip)["whole"]
    assert error.mae == pytest.approx(2 / np.sqrt(np.pi), rel=0.01)
    assert error.rmse == pytest.approx(np.sqrt(2 + 2 / 12), rel=0.01)


def test_a_still_clip_has_no_error():
    clip = film("still", [Layer(ROUGH, lambda i: STILL)], SIZE, 3, noise=0)
    assert all(step.seen.all() for step in clip.steps)
    error = warping_errors(clip.frames, clip)["whole"]
    assert (error.mae, error.rmse, error.pixels) == (0, 0, 2 * SIZE[0] * SIZE[1])


def test_zoom_and_turn_have_their_closed_forms(monkeypatch):
    monkeypatch.setattr(clips, "SIZE", SIZE)
    middle = np.array([(SIZE[1] - 1) / 2, (SIZE[0] - 1) / 2])
    from_middle = grid(*SIZE) - middle
    zoomed = film("", [Layer(SMOOTH, lambda i: pose(SMOOTH, zoom=1.1**i))], SIZE, 2, noise=0)
    expected = from_middle * (1 / 1.1 - 1)
    np.testing.assert_allclose(zoomed.steps[0].back, expected, atol=1e-4)

    turned = film("", [Layer(SMOOTH, lambda i: pose(SMOOTH, turn=5 * i))], SIZE, 2, noise=0)
    cos, sin = np.cos(np.radians(5)), np.sin(np.radians(5))
    expected = from_middle @ np.array([[cos, -sin], [sin, cos]]).T - from_middle
    np.testing.assert_allclose(turned.steps[0].back, expected, atol=1e-4)


def test_a_photo_covers_the_frame_and_its_middle_is_there(monkeypatch):
    monkeypatch.setattr(clips, "SIZE", SIZE)
    wide = np.zeros((30, 100, 3), np.uint8)
    corners = np.array([[0, 0, 1], [SIZE[1] - 1, SIZE[0] - 1, 1]]) @ pose(wide).T
    assert corners[:, :2].mean(0) == pytest.approx([49.5, 14.5])
    assert np.ptp(corners[:, 1]) == pytest.approx(29.5)  # 59 pixels at twice the size
    assert corners[0, 0] > 0


# Visibility


def test_what_an_occluder_uncovers_was_not_seen():
    layers = square_over(ROUGH, [(20, 20), (26, 20)])
    clip = film("occluder", layers, SIZE, 2, noise=0)
    [step] = clip.steps
    square = np.zeros(SIZE, bool)
    square[20:40, 26:46] = True
    inner = np.zeros(SIZE, bool)
    inner[22:38, 28:44] = True
    uncovered = np.zeros(SIZE, bool)
    uncovered[22:38, 20:26] = True
    assert (step.back[inner] == (-6, 0)).all()
    assert step.seen[inner].all()
    assert not step.seen[uncovered].any()
    around = np.zeros(SIZE, bool)
    around[18:42, 18:48] = True
    assert step.seen[~around].all()
    assert (step.back[~around] == 0).all()
    assert warping_errors(clip.frames, clip)["whole"].mae < 0.01  # the corners' antialiasing
    np.testing.assert_array_equal(clip.masks[1], square)


def test_what_the_camera_left_behind_is_not_subject():
    layers = square_over(ROUGH, [(20, 20)])
    layers[0] = Layer(ROUGH, lambda index: STILL, subject=np.ones(SIZE, np.float32))
    layers[1] = Layer(layers[1].rgb, layers[1].pose, layers[1].cover)
    mask = film("occluder", layers, SIZE, 1, noise=0).masks[0]
    assert not mask[20:40, 20:40].any()
    assert mask.sum() == SIZE[0] * SIZE[1] - 400


def test_nothing_can_be_followed_through_a_cut():
    shots = [film("", [Layer(p, lambda i: STILL)], SIZE, 2, noise=0) for p in (ROUGH, SMOOTH)]
    clip = join("cut", shots)
    assert [bool(step.seen.any()) for step in clip.steps] == [True, False, True]
    assert len(clip.masks) == len(clip.frames) == 4
    assert warping_errors(clip.frames, clip)["whole"].mae == 0


# The clips


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder of people: smooth pictures, and a box in each."""
    folder = tmp_path_factory.mktemp("data")
    people = folder / clips.PEOPLE
    people.mkdir(parents=True)
    mask = np.zeros(SIZE, np.uint8)
    mask[15:50, 25:55] = 255
    for name in ("053", "055", "073", "087", "089", "109", "259", "265", "271"):
        Image.fromarray(SMOOTH).save(people / f"{name}.jpg", quality=100)
        Image.fromarray(mask).save(people / f"{name}.png")
    return folder


@pytest.mark.parametrize("name", MAKERS)
def test_every_clip_is_followed_exactly(name, data, monkeypatch):
    """At a quarter of its size and on smooth pictures, all that is left is noise."""
    monkeypatch.setattr(clips, "SIZE", (90, 160))
    monkeypatch.setattr(clips, "load_sample_image", lambda name: SMOOTH)
    clip = make_clip(name, data, 4)
    assert clip.name == name
    assert (len(clip.frames), len(clip.steps), len(clip.masks)) == (4, 3, 4)
    assert clip.frames[0].shape == (90, 160, 3)
    assert 1 < warping_errors(clip.frames, clip)["whole"].mae < 1.4
    followed = [step.seen.mean() for step in clip.steps]
    assert sorted(followed)[name == "cut"] > 0.75
    speed = {"pan": 3, "slow_pan": 0.4, "fast_pan": 9}.get(name)
    if speed:
        assert clip.steps[0].back[..., 0].mean() == pytest.approx(speed, abs=1e-3)
    step = clip.steps[0]
    carried = carry(clip.masks[0], step, is_mask=True) > 0.5
    apart = (carried != clip.masks[1]) & step.seen
    assert not (apart & (inside(clip.masks[1]) | inside(~clip.masks[1]))).any()


def test_a_clip_is_the_same_each_time(data, monkeypatch):
    monkeypatch.setattr(clips, "SIZE", (90, 160))
    one, other = (make_clip("shake", data, count) for count in (2, 3))
    np.testing.assert_array_equal(one.frames[1], other.frames[1])


def test_missing_photos_are_named(tmp_path):
    with pytest.raises(InputError, match=r"no eval/people/271\.jpg in"):
        make_clip("pan", tmp_path, 2)


# Real clips


def test_motion_is_estimated_and_what_is_uncovered_left_out():
    clip = film("square", square_over(SMOOTH, [(20, 20), (24, 20)]), SIZE, 2, noise=0)
    found = real.estimate(*clip.frames)
    inner = np.s_[23:37, 27:41]
    assert np.abs(found.back[inner] - (-4, 0)).mean() < 0.3
    assert found.seen[inner].mean() > 0.9
    assert found.seen[22:38, 21:23].mean() < 0.5
    assert found.seen[:10].mean() > 0.9


@pytest.fixture
def folder(tmp_path):
    for index in range(3):
        Image.fromarray(np.roll(SMOOTH, index, 1)).save(tmp_path / f"{index:03}.jpg")
    return tmp_path


def test_a_folder_is_read_and_its_motion_kept(folder, monkeypatch):
    kept = folder / "kept"
    first = real.read_folder(folder, kept=kept)
    assert (len(first.frames), first.masks, first.is_exact) == (3, None, False)
    monkeypatch.setattr(real, "estimate", None)
    again = real.read_folder(folder, 2, kept)
    np.testing.assert_array_equal(again.steps[0].back, first.steps[0].back)
    np.testing.assert_array_equal(again.steps[0].seen, first.steps[0].seen)
    assert len(again.frames) == 2


def test_folders_that_cannot_be_read_are_told(folder):
    with pytest.raises(InputError, match="at least two frames"):
        real.read_folder(folder, 1)
    Image.fromarray(SMOOTH[..., 0]).save(folder / "001.png")
    with pytest.raises(InputError, match="3 frames but 1 masks"):
        real.read_folder(folder)
    Image.fromarray(SMOOTH[1:]).save(folder / "001.jpg")
    with pytest.raises(InputError, match="different sizes"):
        real.read_folder(folder)


def test_masks_are_read_with_their_frames(folder):
    for index in range(3):
        mask = np.zeros((30, 40), np.uint8)
        mask[:, : 10 + index] = 255
        Image.fromarray(mask).save(folder / f"{index:03}.png")
    clip = real.read_folder(Path(folder), 2)
    assert [mask.shape for mask in clip.masks] == [SIZE] * 2
    assert [mask.mean() for mask in clip.masks] == pytest.approx([0.25, 0.275], abs=0.01)
