from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from semcs.errors import InputError
from semcs.metrics import bounding_box, cor_loc, f_beta_curve, iou, mae, max_f_beta, s_measure
from semcs.metrics.masks import box_iou

TOP = np.float32([[1, 1], [0, 0]])
HALF = np.float32([[1, 1, 0, 0]] * 4)  # the left half of 4×4


def masks(seed):
    """A soft mask and a true one with both kinds of pixels."""
    rng = np.random.default_rng(seed)
    truth = (rng.uniform(size=(7, 9)) < 0.4).astype(np.float32)
    truth[0, :2] = 0, 1
    return rng.uniform(size=(7, 9)).astype(np.float32), truth


class TestIou:
    def test_by_hand(self):
        assert iou(np.float32([[0.9, 0.4], [0.6, 0]]), TOP) == pytest.approx(1 / 3)
        assert iou(TOP, TOP) == 1
        assert iou(1 - TOP, TOP) == 0

    def test_two_empty_masks_agree(self):
        empty = np.zeros((3, 3), np.float32)
        assert iou(empty, empty) == 1
        assert iou(empty, np.ones((3, 3), np.float32)) == 0


class TestMae:
    def test_by_hand(self):
        assert mae(np.float32([[1, 0.5], [0.25, 0]]), TOP) == pytest.approx(0.75 / 4)


class TestFBeta:
    def test_by_hand(self):
        """At 1: precision 1, recall 1/2; down to 153: 2/3 and 1; below: 1/2 and 1."""
        curve = f_beta_curve(np.float32([[1, 0.6], [0.6, 0]]), TOP)
        high, middle, low = 1.3 * 0.5 / 0.8, 1.3 * (2 / 3) / 1.2, 1.3 * 0.5 / 1.15
        assert curve.shape == (256,)
        np.testing.assert_allclose(curve[154:], high)
        np.testing.assert_allclose(curve[1:154], middle)
        assert curve[0] == pytest.approx(low)
        assert max_f_beta(np.float32([[1, 0.6], [0.6, 0]]), TOP) == pytest.approx(high)

    def test_a_mask_that_is_right_at_some_threshold_is_right(self):
        assert max_f_beta(np.float32([[0.4, 0.3], [0.2, 0]]), TOP) == pytest.approx(1)

    def test_where_there_is_nothing_to_hit(self):
        assert max_f_beta(TOP, np.zeros((2, 2), np.float32)) == 0

    @settings(max_examples=20, deadline=None)
    @given(seed=st.integers(0, 999), threshold=st.integers(1, 255))
    def test_by_precision_and_recall(self, seed, threshold):
        soft, truth = masks(seed)
        chosen = np.rint(soft * 255) >= threshold
        hits = (chosen & (truth > 0)).sum()
        expected = 0.0
        if hits:
            precision, recall = hits / chosen.sum(), hits / truth.sum()
            expected = 1.3 * precision * recall / (0.3 * precision + recall)
        assert f_beta_curve(soft, truth)[threshold] == pytest.approx(expected)


class TestSMeasure:
    def test_grey_everywhere(self):
        """Both sides 2·½/(¼+1) = 0.8; the parts are flat against flat, which counts as alike."""
        grey = np.full((4, 4), 0.5, np.float32)
        assert s_measure(grey, HALF, alpha=1) == pytest.approx(0.8)
        assert s_measure(grey, HALF, alpha=0) == pytest.approx(1)
        assert s_measure(grey, HALF) == pytest.approx(0.9)

    def test_by_hand(self):
        """The truth is the upper left corner; the mask has its left neighbour below, too."""
        truth, found = np.zeros((2, 4, 4), np.float32)
        truth[0, 0] = found[0, 0] = found[1, 0] = 1
        # The part with the true pixel is that pixel alone; right of it and the rest are flat
        # against flat, but the 3 pixels below hold a 1 against zeros.
        assert s_measure(found, truth, alpha=0) == pytest.approx((1 + 3 + 0 + 9) / 16)
        outside = np.array([0] + [1] * 14)  # 1 − mask, off the truth
        by_object = 2 * outside.mean() / (outside.mean() ** 2 + 1 + outside.std(ddof=1))
        expected = 1 / 16 * 1 + 15 / 16 * by_object
        assert s_measure(found, truth, alpha=1) == pytest.approx(expected)

    def test_a_part_in_the_middle(self):
        """A cross of four parts, one of which is neither flat nor right."""
        truth, found = np.zeros((2, 4, 4), np.float32)
        truth[1:3, 1:3] = 1  # centre (1.5, 1.5): parts of 3×3, 3×1, 1×3, 1×1
        found[1:3, 1] = 1
        seen, right = found[:3, :3], truth[:3, :3]
        mean, other = seen.mean(), right.mean()
        covariance = (seen * right).mean() - mean * other
        alike = 4 * mean * other * covariance
        alike /= (mean**2 + other**2) * (seen.var() + right.var())
        assert s_measure(found, truth, alpha=0) == pytest.approx((9 * alike + 7) / 16, abs=1e-6)

    def test_right_is_1_and_wrong_is_0(self):
        assert s_measure(HALF, HALF) == pytest.approx(1)
        assert s_measure(1 - HALF, HALF, alpha=1) == 0
        assert s_measure(1 - HALF, HALF) < 0.6

    def test_truths_of_one_kind(self):
        soft = np.full((4, 4), 0.25, np.float32)
        assert s_measure(soft, np.zeros((4, 4), np.float32)) == pytest.approx(0.75)
        assert s_measure(soft, np.ones((4, 4), np.float32)) == pytest.approx(0.25)


class TestCorLoc:
    def test_box_of_the_largest_part(self):
        mask = np.zeros((10, 12), np.float32)
        mask[1, 1] = 1
        mask[4:8, 3:9] = 1
        assert bounding_box(mask) == (3, 4, 9, 8)
        assert bounding_box(np.zeros((3, 3), np.float32)) is None

    def test_iou_of_boxes(self):
        assert box_iou((0, 0, 4, 4), (2, 0, 6, 4)) == pytest.approx(8 / 24)
        assert box_iou((0, 0, 2, 2), (3, 3, 5, 5)) == 0

    def test_share_of_boxes_over_half(self):
        truth = np.zeros((8, 8), np.float32)
        truth[2:6, 2:6] = 1
        near, far = np.roll(truth, 1, 1), np.roll(truth, 2, 1)  # IoU 12/20 and 8/24
        nothing = np.zeros_like(truth)
        assert cor_loc([near, far, truth, nothing], [truth] * 4) == 0.5
        assert cor_loc([far], [[(0, 0, 2, 2), (4, 2, 8, 6)]]) == 1
        assert cor_loc([near], [nothing]) == 0
        half = np.zeros_like(truth)
        half[2:6, 2:4] = 1  # IoU of exactly ½ isn't over it
        assert cor_loc([half], [truth]) == 0

    def test_as_many_truths_as_masks(self):
        with pytest.raises(InputError, match="as many truths as masks: 1 and 2"):
            cor_loc([TOP, TOP], [TOP])


class TestAnyMask:
    @settings(max_examples=25, deadline=None)
    @given(soft=arrays.arrays(np.float32, (5, 6), elements=st.floats(0, 1, width=32)))
    def test_ranges(self, soft):
        _, truth = masks(0)
        truth = truth[:5, :6]
        if 0 < soft.max() < 2 / 255:
            return
        for measure in (iou, mae, max_f_beta, s_measure):
            assert 0 <= measure(soft, truth) <= 1 + 1e-6

    @pytest.mark.parametrize("measure", [iou, mae, max_f_beta, s_measure])
    def test_the_truth_itself_is_best_and_mirrors_dont_matter(self, measure):
        soft, truth = masks(1)
        worst, best = (1.0, 0.0) if measure is mae else (0.0, 1.0)
        assert measure(truth, truth) == pytest.approx(best)
        assert abs(measure(soft, truth) - best) > 0.1
        if measure is not s_measure:  # whose parts are rounded to pixels
            assert measure(1 - truth, truth) == pytest.approx(worst, abs=0.5)
            assert measure(soft[::-1], truth[::-1]) == pytest.approx(measure(soft, truth))

    def test_pictures_and_files(self, tmp_path):
        Image.fromarray((HALF * 255).astype(np.uint8)).save(tmp_path / "mask.png")
        assert iou(tmp_path / "mask.png", HALF > 0) == 1
        assert mae(Image.open(tmp_path / "mask.png"), HALF) == 0

    def test_sizes_that_differ(self):
        with pytest.raises(InputError, match="mask is 2×2"):
            mae(TOP, HALF)
