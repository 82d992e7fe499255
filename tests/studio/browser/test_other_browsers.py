"""What Firefox and Safari need and Chromium lets pass, as far as Chromium shows it."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "semcs" / "studio" / "page"
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


def test_safari_too_is_told_what_is_not_selected():
    """It knows `user-select` by its prefix alone."""
    rules = [
        (selector.strip(), body)
        for file in PAGE.glob("*.css")
        for selector, body in RULE.findall(file.read_text())
        if re.search(r"(?<!-)\buser-select:", body)
    ]
    assert rules
    assert [selector for selector, body in rules if "-webkit-user-select:" not in body] == []


@pytest.mark.parametrize("selector", ["#stage-canvas", ".toolbar", ".viewbar", "#compare-handle"])
def test_a_drag_on_the_stage_selects_no_words(tab, flower, selector):
    tab.open_photo(flower)
    chosen = "(selector) => getComputedStyle(document.querySelector(selector)).userSelect"
    assert tab.page.evaluate(chosen, selector) == "none"


def test_the_list_of_regions_scrolls_in_one_direction_alone(tab, flower):
    tab.open_photo(flower)
    tab.page.mouse.move(700, 400)  # buttons of regions that aren't pointed at are hidden
    panel = tab.page.locator("#panel-regions")
    assert panel.evaluate("(panel) => panel.scrollWidth - panel.clientWidth") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scrollbars_have_the_colours_of_the_theme(new_tab, scheme):
    tab = new_tab(color_scheme=scheme)
    color = tab.page.evaluate(
        "() => getComputedStyle(document.querySelector('#gallery-scroll')).scrollbarColor"
    )
    line = {"light": "rgb(141, 134, 125)", "dark": "rgb(125, 118, 110)"}[scheme]
    assert color == f"{line} rgba(0, 0, 0, 0)"


PINCH = """(scales) => {
  const canvas = document.querySelector("#stage-canvas");
  const changes = scales.map((scale) => ["gesturechange", scale]);
  for (const [type, scale] of [["gesturestart", 1], ...changes]) {
    const event = new Event(type, { bubbles: true, cancelable: true });
    Object.assign(event, { scale, clientX: 600, clientY: 400 });
    canvas.dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error(`${type} zooms the whole page`);
  }
}"""


def test_a_pinch_on_the_trackpad_zooms_the_photo_in_safari(tab, flower):
    """Safari tells of it by events of its own; elsewhere it is a wheel with Ctrl."""
    tab.open_photo(flower)
    before = percent(tab)
    tab.page.evaluate(PINCH, [1.2, 1.5])
    assert percent(tab) == pytest.approx(1.5 * before, abs=2)


def percent(tab):
    return int(tab.page.inner_text("#zoom-value").split()[0])


def test_escape_closes_the_menu_and_leaves_the_clip_open(tab, clip):
    if not tab.page.request.get(f"{tab.studio.address}/api/v1/about").json()["video"]:
        pytest.skip("PyAV isn't installed: pip install av")
    tab.open_video(clip)
    tab.style("stained glass")
    tab.page.click("#style-video")
    tab.page.locator("#player").wait_for()
    tab.page.click("#download")
    tab.page.focus("#clip-format")
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#download-menu").is_hidden()
    assert tab.page.locator("#player").is_visible()


LATE = """() => {
  const size = Object.getOwnPropertyDescriptor(HTMLVideoElement.prototype, "videoWidth");
  const seen = new WeakSet();
  const see = ({ target }) => setTimeout(() => seen.add(target), 100);
  document.addEventListener("loadeddata", see, true);
  const get = function () { return seen.has(this) ? size.get.call(this) : 0; };
  Object.defineProperty(HTMLVideoElement.prototype, "videoWidth", { get });
}"""


def test_a_clip_whose_size_is_known_late_is_played(tab, clip):
    """WebKit may tell it a moment after the first frame."""
    if not tab.page.request.get(f"{tab.studio.address}/api/v1/about").json()["video"]:
        pytest.skip("PyAV isn't installed: pip install av")
    tab.page.evaluate(LATE)
    tab.open_video(clip)
    tab.style("stained glass")
    tab.page.click("#style-video")
    tab.page.locator("#player").wait_for()
    tab.page.wait_for_function("() => document.querySelector('#screens video').readyState >= 2")
    tab.page.wait_for_timeout(1500)  # longer than the page waits for the size
    assert tab.page.locator("#screens video").count() == 2


def test_the_slider_of_the_brush_follows_the_keys(tab, flower):
    tab.open_photo(flower)
    tab.page.click("[data-tool=brush]")
    tab.page.keyboard.press("]")
    assert tab.page.input_value("#brush-size") == "45"


def test_no_content_lies_under_the_notch_of_a_phone():
    """`viewport-fit=cover` puts it there unless the styles keep away from the edges."""
    keeps_away = any("env(safe-area-inset" in file.read_text() for file in PAGE.glob("*.css"))
    assert keeps_away or "viewport-fit=cover" not in (PAGE / "index.html").read_text()
