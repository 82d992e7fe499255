"""Regions: mended by hand, found by word and click, ordered, deleted and brought back."""

import numpy as np
import pytest


@pytest.fixture
def opened(tab, flower):
    tab.open_photo(flower)
    return tab


def test_the_brush_adds_and_takes_away_where_it_went(opened):
    before = opened.mask("Foreground")
    assert before[21, 32] < 0.1
    opened.page.click("[data-tool=brush]")
    opened.drag((0.08, 0.1), (0.25, 0.1))
    added = opened.mask("Foreground")
    assert added[21, 26:80].min() > 0.95
    assert np.abs(added - before)[60:, :].max() <= 1 / 255  # nowhere else
    opened.page.click("[data-mode=erase]")
    opened.drag((0.5, 0.2), (0.5, 0.6))
    erased = opened.mask("Foreground")
    assert erased[50:125, 160].max() < 0.05
    opened.page.keyboard.press("Control+z")
    opened.page.keyboard.press("Control+z")
    assert np.array_equal(opened.mask("Foreground"), before)
    opened.page.keyboard.press("Control+Shift+z")
    assert np.array_equal(opened.mask("Foreground"), added)


def test_invert_takes_the_other_side(opened):
    before = opened.mask("Foreground")
    opened.page.click("#invert")
    opened.settle()
    assert np.abs(opened.mask("Foreground") - (1 - before)).max() <= 1.01 / 255


def test_a_region_is_found_by_word(opened):
    opened.page.fill("#add-words", "the flower")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.regions() == ["The flower", "Foreground", "Background"]
    mask = opened.mask("The flower")
    assert mask[100, 155] > 0.9
    assert mask[20, 20] < 0.1


def test_a_word_that_is_not_there_is_said_so(opened):
    opened.page.fill("#add-words", "a bicycle")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#errors", has_text="bicycle").wait_for()
    assert opened.regions() == ["Foreground", "Background"]


def test_a_region_is_found_by_click_and_mended_by_others(opened):
    opened.page.click("#add-by-click")
    opened.click(0.5, 0.45)
    assert opened.regions() == ["Region 1", "Foreground", "Background"]
    found = opened.mask("Region 1")
    assert found[96, 160] > 0.9
    assert found[20, 20] < 0.1
    opened.page.click("[data-mode=erase]")
    opened.click(0.55, 0.4)
    region = opened.state()["work"]["regions"][0]
    assert (len(region["clicks"]), len(region["notClicks"])) == (1, 1)
    assert not np.array_equal(opened.mask("Region 1"), found)


def test_a_box_finds_what_is_in_it(opened):
    opened.page.click("[data-tool=box]")
    opened.drag((0.25, 0.15), (0.72, 0.85))
    mask = opened.mask("Foreground")
    assert mask[96, 160] > 0.9
    assert mask[:, :40].mean() < 0.1


def test_by_keyboard_alone_a_region_is_clicked(opened):
    opened.page.focus("#add-by-click")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("ArrowUp")  # the crosshair comes in the middle
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.mask("Region 1")[96, 160] > 0.9


def test_regions_are_ordered_renamed_kept_deleted_and_brought_back(opened):
    opened.page.fill("#add-words", "the flower")
    opened.page.keyboard.press("Enter")
    opened.settle()
    opened.page.focus("[aria-label^='Move The flower']")
    opened.page.keyboard.press("ArrowDown")
    assert opened.regions() == ["Foreground", "The flower", "Background"]
    opened.page.keyboard.press("ArrowDown")  # the rest stays last
    assert opened.regions() == ["Foreground", "The flower", "Background"]
    opened.choose("The flower")
    opened.page.keyboard.press("F2")
    opened.page.keyboard.type("Dahlia")
    opened.page.keyboard.press("Enter")
    assert opened.regions() == ["Foreground", "Dahlia", "Background"]
    opened.page.click("[aria-label='Keep Dahlia as in the photo']")
    assert opened.state()["work"]["regions"][1]["kept"]
    opened.page.click("[aria-label='Delete Dahlia']")
    assert opened.regions() == ["Foreground", "Background"]
    opened.page.keyboard.press("Control+z")
    assert opened.regions() == ["Foreground", "Dahlia", "Background"]


def test_a_region_is_dragged_to_another_place(opened):
    opened.page.fill("#add-words", "the flower")
    opened.page.keyboard.press("Enter")
    opened.settle()
    rows = opened.page.locator(".region")
    rows.nth(0).drag_to(rows.nth(1))
    assert opened.regions() == ["Foreground", "The flower", "Background"]
