from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.cluster import KMeans

from semcs.errors import InputError
from semcs.saliency.foreground import border, choose_foreground, otsu_threshold

RULES = ("cues", "centre", "border", "majority", "max-abs")


def with_block(rows: slice, columns: slice) -> np.ndarray:
    """A vector of a graph in two halves: 3 in the block, −1 elsewhere."""
    vector = np.full((12, 16), -1.0)
    vector[rows, columns] = 3.0
    return vector


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("sign", [1, -1])
def test_every_rule_finds_a_small_object_in_the_middle(rule: str, sign: int):
    vector = with_block(slice(4, 8), slice(5, 11))
    score = choose_foreground(sign * vector, rule=rule)
    np.testing.assert_array_equal(score > 0, vector > 0)


# What each rule says where they part: True where the block is the foreground.
@pytest.mark.parametrize(
    ("block", "expected"),
    [
        # Large, in the middle, off the border.
        (
            (slice(1, 11), slice(1, 15)),
            {"cues": True, "centre": True, "border": True, "majority": False, "max-abs": True},
        ),
        # A corner.
        (
            (slice(0, 4), slice(0, 4)),
            {"cues": False, "centre": False, "border": True, "majority": True, "max-abs": True},
        ),
        # The lower three quarters, as a portrait.
        (
            (slice(3, 12), slice(0, 16)),
            {"cues": True, "centre": True, "border": False, "majority": False, "max-abs": True},
        ),
    ],
)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("sign", [1, -1])
def test_rules_differ_as_described(block, expected, rule: str, sign: int):
    vector = with_block(*block)
    score = choose_foreground(sign * vector, rule=rule)
    np.testing.assert_array_equal(score > 0, (vector > 0) == expected[rule])


def test_thresholds_part_the_sides_where_they_say():
    vector = np.array([[-3.0, -2.0, -2.0, 0.5, 1.0, 11.5]])
    parted = {
        threshold: (choose_foreground(vector, rule="max-abs", threshold=threshold) > 0).sum()
        for threshold in ("zero", "mean", "otsu")
    }
    assert parted == {"zero": 3, "mean": 1, "otsu": 1}
    vector[0, 5] = 3.0
    assert (choose_foreground(vector, rule="max-abs", threshold="zero") <= 0).sum() == 3


def test_means_of_the_sides_lie_at_plus_and_minus_one():
    vector = np.random.default_rng(0).gamma(2, size=(9, 7))
    score = choose_foreground(vector)
    above = score > 0
    assert score[above].mean() == pytest.approx(1)
    assert score[~above].mean() == pytest.approx(-1)
    score = choose_foreground(vector, threshold="mean")
    assert score[score > 0].mean() - score[score <= 0].mean() == pytest.approx(2)


finite = st.floats(-100, 100).map(lambda x: round(x, 3))


@given(arrays(float, st.integers(2, 40), elements=finite))
def test_otsu_leaves_the_least_variance_within_the_sides(values: np.ndarray):
    def within(cut: float) -> float:
        sides = values[values > cut], values[values <= cut]
        return sum(((side - side.mean()) ** 2).sum() for side in sides if side.size)

    best = min(within(cut) for cut in values)
    assert within(otsu_threshold(values)) <= best + 1e-6 * (1 + best)


def test_otsu_agrees_with_two_means():
    values = np.random.default_rng(1).gamma(1.5, size=500)
    centres = KMeans(2, n_init=10, random_state=0).fit(values[:, None]).cluster_centers_
    assert otsu_threshold(values) == pytest.approx(centres.mean(), rel=1e-3)


@given(st.integers(0, 2**16), st.floats(0.01, 100), st.sampled_from(RULES))
def test_the_sign_and_scale_of_an_eigenvector_do_not_matter(seed: int, scale: float, rule: str):
    vector = np.random.default_rng(seed).standard_normal((5, 6))
    score = choose_foreground(vector, rule=rule)
    if rule in ("cues", "centre", "max-abs"):  # the others may tie, and then the sign decides
        np.testing.assert_allclose(choose_foreground(-scale * vector, rule=rule), score, atol=1e-6)


@pytest.mark.parametrize("threshold", ["otsu", "zero", "mean"])
@pytest.mark.parametrize("value", [0.0, 0.1, -7.3])
def test_a_constant_vector_has_no_foreground(value: float, threshold: str):
    assert not choose_foreground(np.full((4, 5), value), threshold=threshold).any()


def test_one_patch_has_no_foreground():
    assert not choose_foreground(np.ones((1, 1))).any()


def test_border_holds_every_outer_cell_once():
    grid = np.arange(20).reshape(4, 5)
    assert sorted(border(grid)) == [0, 1, 2, 3, 4, 5, 9, 10, 14, 15, 16, 17, 18, 19]
    assert sorted(border(np.arange(3)[None])) == [0, 1, 2]


@pytest.mark.parametrize(
    ("vector", "options", "message"),
    [
        (np.ones((2, 2)), {"rule": "middle"}, "'middle'; choose from cues"),
        (np.ones((2, 2)), {"threshold": "half"}, "'half'; choose from otsu"),
        (np.ones(4), {}, "finite"),
        (np.full((2, 2), np.nan), {}, "finite"),
        (np.ones((2, 2)), {"colours": np.ones((2, 3, 3))}, "colours must be"),
    ],
)
def test_bad_arguments_are_named(vector, options, message: str):
    with pytest.raises(InputError, match=message):
        choose_foreground(vector, **options)
