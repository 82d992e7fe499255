"""Regions painted on their canvases: what is painted moves with what it lies on."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.looks.rendering import render_region, stroke_size
from semcs.video.canvases.painting import RegionPainting
from semcs.video.motion import Motion

CHINA = load_sample_image("china.jpg").astype(np.float32) / 255
SIZE = (96, 128)
ALL = np.ones(SIZE, np.float32)


def window(x, y):
    return np.ascontiguousarray(CHINA[y : y + SIZE[0], x : x + SIZE[1]])


def panned(step, seen=ALL):
    back = np.zeros((*SIZE, 2), np.float32) + np.asarray(step, np.float32)
    return Motion(back, seen, False)


def scribble(photo):
    """A painter whose strokes are fixed to what it paints on, as those of looks are."""
    noise = np.random.default_rng(3).random(photo.shape[:2])
    strokes = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), 2)
    strokes = (strokes - strokes.mean()) / strokes.std()
    return np.clip(0.5 * photo + 0.25 + 0.12 * strokes[..., None], 0, 1).astype(np.float32)


def styled(painting, frames, region=ALL, painter=scribble):
    """Pictures of frames, each with its motion."""
    for photo, motion in frames:
        prepared = painting.prepare(photo, region, motion)
        # The learned painter takes single precision alone.
        assert prepared.job.photo.dtype == prepared.job.mask.dtype == np.float32
        yield painting.finish(prepared, painter(prepared.job.photo))


def pan(step, count, start=(120, 120)):
    yield window(*start), None
    for index in range(1, count):
        yield window(start[0] + index * step[0], start[1] + index * step[1]), panned(step)


def test_a_still_clip_stays_still():
    pictures = list(styled(RegionPainting(follows_outline=True), pan((0, 0), 6)))
    assert all(np.abs(picture - pictures[0]).max() < 1e-5 for picture in pictures)


@pytest.mark.parametrize("step", [(2, 0), (-3, 1), (0, 5)])
def test_strokes_move_with_the_photo(step):
    """Over several canvases, since the pan goes beyond the first one."""
    painting = RegionPainting(follows_outline=False)
    pictures = list(styled(painting, pan(step, 16)))
    across, down = step
    inner = np.s_[12:-12, 12:-12]
    for before, after in pairwise(pictures):
        carried = np.roll(before, (-down, -across), (0, 1))
        assert np.abs(carried - after)[inner].mean() < 0.004
    alone = [scribble(photo) for photo, _ in pan(step, 16)]
    loose = np.abs(np.roll(alone[0], (-down, -across), (0, 1)) - alone[1])[inner].mean()
    assert loose > 0.03  # painted frame by frame, strokes stay on the screen


def test_a_fast_pan_takes_new_canvases_and_shows_no_seam():
    painting = RegionPainting(follows_outline=False)
    taken, pictures = 0, []
    for photo, motion in pan((7, 0), 30, (100, 120)):
        prepared = painting.prepare(photo, ALL, motion)
        taken += prepared.move is not None
        painted = scribble(prepared.job.photo)
        painted[..., 0] += 0.2 * (taken % 2)  # washes of colour that differ from canvas to canvas
        pictures.append(painting.finish(prepared, np.clip(painted, 0, 1)))
    assert taken >= 2
    columns = pictures[-1][..., 0].mean(0) - window(303, 120)[..., 0].mean(0) / 2
    assert np.abs(np.diff(columns)).max() < 0.08


def test_what_changes_is_painted_anew_at_once():
    painting = RegionPainting(follows_outline=True)
    before, after = window(120, 120), window(120, 120)
    after[30:60, 40:90] = (0.9, 0.1, 0.1)
    first, second = styled(painting, [(before, None), (after, panned((0, 0)))])
    assert np.abs(second - scribble_of(painting, after))[36:54, 46:84].max() < 0.02
    assert np.abs(second - first)[:15].max() < 1e-5


def scribble_of(painting, photo):
    """What a painter makes of a photo on the canvas that there is, as the picture shows it."""
    sheet, size = painting.canvas.sheet, painting.canvas.size
    spread = cv2.remap(photo, sheet.inverse(size), None, cv2.INTER_LINEAR, borderMode=4)
    return cv2.remap(scribble(spread), sheet.full(), None, cv2.INTER_LINEAR)


def test_what_was_hidden_is_painted_as_it_comes_into_sight():
    painting = RegionPainting(follows_outline=False)
    region = ALL.copy()
    region[20:70, 30:80] = 0
    frame = window(120, 120)
    covered = frame.copy()
    covered[20:70, 30:80] = (0, 1, 0)
    prepared = painting.prepare(covered, region, None)
    painting.finish(prepared, scribble(prepared.job.photo))
    assert prepared.job.photo[..., 1].max() < 0.99 or frame[..., 1].max() > 0.99  # no green in it
    prepared = painting.prepare(frame, ALL, panned((0, 0)))
    shown = painting.finish(prepared, scribble(prepared.job.photo))
    assert np.abs(shown - scribble_of(painting, frame))[25:65, 35:75].max() < 0.02


def test_strokes_of_another_size_give_way():
    """While the camera comes nearer, strokes grow; then new ones take their place."""
    painting, faded = RegionPainting(follows_outline=False), False
    centre = (320.0, 210.0)
    for index in range(40):
        zoom = 1.0 + 0.02 * index
        matrix = np.array([[1 / zoom, 0, centre[0]], [0, 1 / zoom, centre[1]]])
        matrix[:, 2] -= matrix[:, :2] @ np.array([SIZE[1] / 2, SIZE[0] / 2])
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        photo = np.clip(cv2.warpAffine(CHINA, matrix, SIZE[::-1], flags=flags), 0, 1)
        y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]].astype(np.float32)
        ratio = (zoom - 0.02) / zoom - 1
        back = np.stack([(x - SIZE[1] / 2) * ratio, (y - SIZE[0] / 2) * ratio], -1)
        motion = None if index == 0 else Motion(back.astype(np.float32), ALL, False)
        prepared = painting.prepare(photo, ALL, motion)
        faded |= prepared.move is not None and prepared.move.worn.mean() > 0.5
        painting.finish(prepared, scribble(prepared.job.photo))
        assert np.median(painting.canvas.sheet.stretch()) < 1.7
    assert faded


def test_strokes_are_as_large_as_in_a_still():
    """Canvases are larger than the frame, or as small as an object: strokes are not."""
    region = np.zeros(SIZE, np.float32)
    region[30:60, 40:70] = 1
    for mask in (ALL, region):
        prepared = RegionPainting(follows_outline=True).prepare(window(120, 120), mask, None)
        canvas = stroke_size(max(prepared.job.photo.shape[:2]))
        assert prepared.job.scale * canvas == pytest.approx(stroke_size(max(SIZE)))


def test_a_region_that_is_gone_is_not_painted():
    painting = RegionPainting(follows_outline=True)
    assert painting.prepare(window(0, 0), np.zeros(SIZE, np.float32), None) is None
    assert painting.state() == {}


def test_a_region_that_comes_back_begins_anew():
    painting = RegionPainting(follows_outline=True)
    list(styled(painting, pan((1, 0), 2)))
    assert painting.prepare(window(0, 0), np.zeros(SIZE, np.float32), panned((1, 0))) is None
    prepared = painting.prepare(window(0, 0), ALL, panned((1, 0)))
    assert prepared.begins
    assert np.array_equal(painting.finish(prepared, scribble(prepared.job.photo)).shape, (*SIZE, 3))


def test_a_state_goes_on_to_the_same_bits():
    frames = list(pan((3, 1), 14))
    whole = list(styled(RegionPainting(follows_outline=True), frames))
    first, second = (RegionPainting(follows_outline=True) for _ in range(2))
    begun = list(styled(first, frames[:9]))
    second.restore({name: value.copy() for name, value in first.state().items()})
    assert np.array_equal([*begun, *styled(second, frames[9:])], whole)


def test_looks_on_canvases_are_those_of_stills():
    """A canvas alone, painted by a look, is what a still of it would be."""
    prepared = RegionPainting(follows_outline=False).prepare(window(120, 120), ALL, None)
    job = prepared.job
    painted = render_region(job.photo, "mosaic", job.mask, scale=job.scale)
    whole = render_region(job.photo, "mosaic", scale=job.scale)
    assert np.abs(painted - whole).mean() < 1e-6
