"""Names of colours, and the parts of a map that colours and sides mean."""

from __future__ import annotations

import numpy as np
import pytest

from semcs.finding.colours import COLOURS, of_colour
from semcs.finding.parts import coloured, farthest, keep, parts_of, standing_out


def named(*rgb):
    place = np.array(rgb, np.float32).reshape(1, 1, 3) / 255
    return {name for name in set(COLOURS.values()) if of_colour(place, name)[0, 0]}


@pytest.mark.parametrize(
    ("rgb", "name"),
    [  # named colours of CSS
        *(((255, 0, 0), "red"), ((178, 34, 34), "red"), ((220, 20, 60), "red")),
        *(((255, 140, 0), "orange"), ((255, 215, 0), "yellow"), ((34, 139, 34), "green")),
        *(((173, 255, 47), "green"), ((0, 0, 205), "blue"), ((70, 130, 180), "blue")),
        *(((0, 206, 209), "turquoise"), ((128, 0, 128), "purple"), ((255, 105, 180), "pink")),
        *(((139, 69, 19), "brown"), ((245, 222, 179), "beige"), ((0, 0, 0), "black")),
        *(((105, 105, 105), "grey"), ((192, 192, 192), "grey"), ((248, 248, 255), "white")),
    ],
)
def test_a_colour_has_the_name_that_people_give_it(rgb, name):
    assert name in named(*rgb)
    assert len(named(*rgb)) <= 2


def test_between_two_colours_both_names_go():
    assert named(146, 65, 82) == {"red", "pink"}
    assert named(213, 102, 201) == {"pink", "purple"}


def test_every_place_has_a_name_and_one_at_most_without_hue():
    image = np.random.default_rng(0).random((20, 20, 3), np.float32)
    names = {name: of_colour(image, name) for name in set(COLOURS.values())}
    assert np.any(list(names.values()), axis=0).all()
    plain = [names[name] for name in ("black", "white", "grey", "brown", "beige")]
    assert np.sum(plain, axis=0).max() == 1


def squares(*boxes):
    where = np.zeros((40, 60), bool)
    for row, column, side in boxes:
        where[row : row + side, column : column + side] = True
    return where


SMALL, MIDDLE, LARGE = (2, 40, 6), (25, 5, 8), (5, 5, 12)


def test_parts_are_in_order_and_without_specks():
    parts = parts_of(squares(SMALL, MIDDLE, LARGE, (38, 58, 1)))
    assert [part.sum() for part in parts] == [144, 64, 36]
    assert parts_of(squares()) == []


def test_sides():
    parts = parts_of(squares(SMALL, MIDDLE, LARGE))
    expected = {"right": SMALL, "top": SMALL, "bottom": MIDDLE, "left": MIDDLE}
    for side, box in expected.items():
        np.testing.assert_array_equal(farthest(parts, side), squares(box))


def test_parts_that_have_the_colour():
    parts = parts_of(squares(SMALL, MIDDLE, LARGE))
    half_of_large = squares((5, 5, 9))
    assert len(coloured(parts, squares(MIDDLE) | half_of_large)) == 2
    assert len(coloured(parts, squares(MIDDLE, (5, 5, 6)))) == 1  # a quarter is too little
    assert coloured(parts, squares((5, 5, 3))) == []


def test_of_a_colour_alone_what_stands_out():
    where, saliency = squares(MIDDLE, LARGE), np.zeros((40, 60), np.float32)
    assert [part.sum() for part in standing_out(where, saliency)] == [144]
    saliency[squares(MIDDLE)] = 1
    assert [part.sum() for part in standing_out(where, saliency)] == [64]
    assert standing_out(squares((0, 0, 2)), saliency) == []


def test_small_holes_in_what_is_of_a_colour_are_closed():
    where = squares(LARGE)
    where[9:12, 9:12] = False
    (part,) = standing_out(where, np.zeros((40, 60), np.float32))
    np.testing.assert_array_equal(part, squares(LARGE))


def test_a_part_keeps_its_soft_edge_and_loses_the_others():
    share = np.zeros((40, 60), np.float32)
    share[4:18, 4:18], share[5:17, 5:17], share[2:8, 40:46] = 0.3, 0.9, 0.8
    share[8:14, 8:14] = 0.4  # what is unsure in the middle of it stays as well
    parts = parts_of(share > 0.5)
    kept = keep(share, parts[:1], parts)
    expected = share.copy()
    expected[:, 30:] = 0
    np.testing.assert_array_equal(kept, expected)
