"""Regions that are followed through made clips, in which it is known where they are."""

from __future__ import annotations

import logging
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

import semcs
from semcs.errors import InputError, NotFoundError
from semcs.models.families import ModelFamily, load_family
from semcs.saliency.foreground import choose_foreground
from semcs.style.presets import PRESETS
from semcs.style.regions import Click
from semcs.stylizer.request import ForAll, check_request
from semcs.video.motion import Motion, motion_between
from semcs.video.regions import pulling, tracking
from semcs.video.regions.tracking import RegionTracker

HEIGHT, WIDTH = 96, 160
STEP = 4  # pixels that the picture moves to the left from frame to frame
Region = semcs.Region


@pytest.fixture(scope="module")
def family():
    return load_family("bundled", "cpu")


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """Everything that is done every few frames is done within the few frames of the tests."""
    monkeypatch.setattr(tracking, "SEARCH_EVERY", 2)


def photo(name, size):
    return np.asarray(Image.fromarray(load_sample_image(name)).resize(size))


def pan(name, count, start=0):
    wide = photo(name, (220, 120))
    windows = range(start, start + STEP * count, STEP)
    return [np.ascontiguousarray(wide[10 : 10 + HEIGHT, x : x + WIDTH]) for x in windows]


def tracker_of(family, style=None, fg=None, regions=None, mask=None, **options):
    asked = check_request(
        style, fg, None, regions, mask=mask, for_all=ForAll(), size=64, seed=0, **options
    )
    return RegionTracker(family, asked, PRESETS["semcs"].resolve(family.settings))


def as_rgb(frame):
    return frame.astype(np.float32) / 255


def follow(tracker, frames):
    """The masks of all regions in every frame, (frames, regions, H, W)."""
    regions = [tracker.first(as_rgb(frames[0]))]
    for before, after in pairwise(frames):
        regions.append(tracker.next(as_rgb(after), motion_between(before, after)))
    return np.array([[region.mask for region in found] for found in regions])


def motion(seen=1.0, is_cut=False):
    """Nothing moves, and a share of what is there could be seen before."""
    still, everywhere = np.zeros((HEIGHT, WIDTH, 2), np.float32), np.ones((HEIGHT, WIDTH))
    return Motion(still, (seen * everywhere).astype(np.float32), is_cut)


def iou(first, second):
    return np.minimum(first, second).sum() / np.maximum(first, second).sum()


def shifted_iou(masks, truth):
    """How well masks fit the first one, moved as the pan moves, where both show the same."""
    return [iou(mask[:, : WIDTH - STEP * t], truth[:, STEP * t :]) for t, mask in enumerate(masks)]


def box(x, y, width, height):
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    mask[y : y + height, x : x + width] = 1
    return mask


def passing_square(places, top=30):
    """A square piece of a flower that moves through a landscape and out of it to the right."""
    landscape = photo("china.jpg", (WIDTH, HEIGHT))
    flower = photo("flower.jpg", (160, 107))[30:70, 70:110]
    frames = []
    for x in places:
        frame = np.pad(landscape, ((0, 0), (0, 200), (0, 0)))
        frame[top : top + 40, x : x + 40] = flower
        frames.append(np.ascontiguousarray(frame[:, :WIDTH]))
    return frames


class TestPan:
    def test_the_foreground_is_where_the_picture_moved_it(self, family):
        masks = follow(tracker_of(family, fg="gold"), pan("flower.jpg", 4))
        np.testing.assert_allclose(masks.sum(1), 1, atol=1e-6)
        assert 0.05 < masks[0, 0].mean() < 0.9
        assert min(shifted_iou(masks[:, 0], masks[0, 0])) > 0.9

    def test_the_side_stays_whatever_the_rule_votes_later(self, family, monkeypatch):
        tracker = tracker_of(family, fg="gold", invert_mask=True)
        frames = pan("flower.jpg", 3)
        first = tracker.first(as_rgb(frames[0]))[0].mask
        votes = []

        def other_side(*args, **options):
            votes.append(-choose_foreground(*args, **options))
            return votes[-1]

        monkeypatch.setattr(pulling, "choose_foreground", other_side)
        for before, after in pairwise(frames):
            mask = tracker.next(as_rgb(after), motion_between(before, after))[0].mask
        assert len(votes) == 1
        there = first[:, STEP * 2 :]
        assert iou(mask[:, : there.shape[1]], there) > 0.85

    def test_a_handed_in_mask_is_followed(self, family):
        frames = passing_square(range(10, 30, 4))
        regions = [Region(box(10, 30, 40, 40), "gold"), Region("rest", "snow")]
        masks = follow(tracker_of(family, regions=regions), frames)
        truths = [box(x, 30, 40, 40) for x in range(10, 30, 4)]
        assert min(iou(mask, truth) for mask, truth in zip(masks[:, 0], truths)) > 0.85
        np.testing.assert_allclose(masks.sum(1), 1, atol=1e-6)

    def test_what_is_clicked_on_is_followed(self, family):
        frames = passing_square(range(10, 22, 4))
        masks = follow(tracker_of(family, regions=[Region(Click(30, 50), "gold")]), frames)
        assert iou(masks[0, 0], box(10, 30, 40, 40)) > 0.7
        assert iou(masks[-1, 0, :, 8:], masks[0, 0, :, :-8]) > 0.85

    def test_the_foreground_can_be_handed_in(self, family):
        frames = passing_square(range(10, 22, 4))
        masks = follow(tracker_of(family, fg="gold", mask=box(10, 30, 40, 40)), frames)
        assert iou(masks[-1, 0], box(18, 30, 40, 40)) > 0.85


def test_what_leaves_the_frame_is_in_no_mask(family):
    frames = passing_square([*range(130, 162, 4), *[170] * 4], top=2)
    masks = follow(tracker_of(family, fg="gold", mask=box(130, 2, 40, 40)), frames)
    assert iou(masks[4, 0], box(146, 2, 40, 40)) > 0.7
    assert masks[-1, 0].max() == 0
    assert masks[-1, 1].min() == 1


class TestCut:
    def test_a_shot_is_searched_as_a_clip_of_its_own(self, family):
        flower, china = (as_rgb(pan(name, 1)[0]) for name in ("flower.jpg", "china.jpg"))
        regions = [Region("sky", "gold"), Region("foreground", "snow"), Region("rest", None)]
        tracker, fresh = (tracker_of(family, regions=regions) for _ in range(2))
        china_first = [region.mask for region in fresh.first(china)]
        tracker.first(china[:, ::-1])
        after_cut = [region.mask for region in tracker.next(china, motion(is_cut=True))]
        np.testing.assert_array_equal(after_cut, china_first)
        assert tracker.first(flower)[0].mask.max() == 0  # there is no sky

    def test_masks_of_the_first_shot_are_empty_with_one_warning(self, family, caplog):
        flower, china = (as_rgb(pan(name, 1)[0]) for name in ("flower.jpg", "china.jpg"))
        tracker = tracker_of(family, regions=[Region(box(20, 20, 50, 50), "gold")])
        tracker.first(flower)
        with caplog.at_level(logging.WARNING, "semcs"):
            empty = [tracker.next(frame, motion(is_cut=True))[0] for frame in (china, flower)]
        assert [region.mask.max() for region in empty] == [0, 0]
        assert sum("handed in" in record.message for record in caplog.records) == 1


class TestWords:
    def test_a_thing_goes_and_comes_back(self, family):
        china, flower = (as_rgb(pan(name, 1)[0]) for name in ("china.jpg", "flower.jpg"))
        tracker = tracker_of(family, regions=[Region("sky", "gold")])
        views = [motion(seen=0), motion(), motion(), motion()]
        there = tracker.first(china)[0].mask
        gone = [tracker.next(flower, view)[0].mask for view in views][-1]
        back = [tracker.next(china, view)[0].mask for view in views][-1]
        assert there.mean() > 0.1
        assert gone.max() == 0
        assert iou(back, there) > 0.8

    def test_halves_of_the_frame_stay_where_they_are(self, family):
        masks = follow(tracker_of(family, regions=[Region("left", "gold")]), pan("china.jpg", 3))
        np.testing.assert_array_equal(masks[:, 0], [box(0, 0, WIDTH // 2, HEIGHT)] * 3)

    def test_what_isnt_in_the_clips_first_frame_is_told(self, family):
        tracker = tracker_of(family, regions=[Region("sky", "gold")])
        with pytest.raises(NotFoundError, match="sky"):
            tracker.first(as_rgb(pan("flower.jpg", 1)[0]))


def test_from_a_kept_state_it_goes_on_to_the_same_bits(family):
    frames = pan("china.jpg", 4)
    regions = [
        Region("sky", "gold"),
        Region(box(40, 40, 40, 40), "ice"),
        Region("foreground", "snow"),
        Region("rest", "ink wash"),
    ]
    tracker = tracker_of(family, regions=regions)
    follow(tracker, frames[:2])
    kept = {name: value.copy() for name, value in tracker.state().items()}
    resumed = tracker_of(family, regions=regions)
    resumed.restore(kept)
    for before, after in pairwise(frames[1:]):
        moved = motion_between(before, after)
        one, two = (t.next(as_rgb(after), moved) for t in (tracker, resumed))
        for undisturbed, region in zip(one, two):
            np.testing.assert_array_equal(region.mask, undisturbed.mask)
            assert (region.name, region.style) == (undisturbed.name, undisturbed.style)


def test_one_style_for_the_whole_picture_asks_no_network():
    def load():
        pytest.fail("a network was loaded")

    tracker = tracker_of(
        ModelFamily("none", clip=load, key_extractor=load, content=load, regions=load),
        style="gold",
    )
    masks = follow(tracker, pan("flower.jpg", 2))
    np.testing.assert_array_equal(masks, np.ones((2, 1, HEIGHT, WIDTH)))


def test_there_has_to_be_a_first_frame(family):
    with pytest.raises(InputError, match="first"):
        tracker_of(family, fg="gold").next(np.zeros((HEIGHT, WIDTH, 3), np.float32), motion())
