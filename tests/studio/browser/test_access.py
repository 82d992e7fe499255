"""For everybody: keys, screen readers, phones, dark and light."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
AXE = Path(os.environ.get("SEMCS_AXE", ROOT / "build/npm/node_modules/axe-core/axe.min.js"))
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def axe():
    if not AXE.exists():
        pytest.skip("axe-core isn't there: npm install --prefix build/npm axe-core")
    return AXE.read_text()


def problems(tab, axe):
    """What axe-core finds, of any weight, as lines."""
    tab.page.evaluate(axe + "; undefined")
    found = tab.page.evaluate("() => axe.run()")
    return [
        f"{rule['impact']} {rule['id']}: {node['target']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", PHONE)])
def test_axe_finds_nothing(new_tab, flower, axe, scheme, viewport):
    tab = new_tab(viewport, color_scheme=scheme, bypass_csp=True)  # axe is put in by a script
    assert problems(tab, axe) == []
    tab.open_photo(flower)
    tab.style("watercolor")
    tab.page.locator(".past").wait_for(state="attached")
    assert problems(tab, axe) == []
    tab.page.click("#download")
    tab.page.locator("#code-python", has_text="semcs").wait_for()
    assert problems(tab, axe) == []


@pytest.mark.parametrize(("scheme", "viewport"), [("dark", WIDE), ("light", PHONE)])
def test_axe_finds_nothing_on_many_photos(new_tab, photos, axe, scheme, viewport):
    tab = new_tab(viewport, color_scheme=scheme, bypass_csp=True)
    tab.open_photos(photos)
    tab.style("pop art")
    assert problems(tab, axe) == []
    tab.page.click("#style-all")
    tab.page.locator("#batch-command", has_text="semcs folder").wait_for()
    assert problems(tab, axe) == []


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", PHONE)])
def test_axe_finds_nothing_on_a_video(new_tab, clip, axe, scheme, viewport):
    tab = new_tab(viewport, color_scheme=scheme, bypass_csp=True)
    tab.open_video(clip)
    tab.style("watercolor")
    assert problems(tab, axe) == []
    tab.page.click("#style-video")
    tab.page.locator("#player").wait_for()
    assert problems(tab, axe) == []
    tab.page.click("#download")
    tab.page.locator("#code-python", has_text="semcs").wait_for()
    assert problems(tab, axe) == []


def test_on_a_phone_nothing_of_videos_and_strips_sticks_out(new_tab, photos, clip):
    tab = new_tab(PHONE, has_touch=True, is_mobile=True)
    tab.open_photos(photos)
    tab.style("pop art")
    assert sticking_out(tab, "#album *, .makebar *") == []
    tab.open_video(clip)
    tab.style("pop art")
    assert sticking_out(tab, "#timeline *, .makebar *") == []
    tab.page.tap("#style-video")
    tab.page.locator("#player").wait_for()
    assert sticking_out(tab, "#player *") == []


def sticking_out(tab, selector):
    """What is cut off at a side, but for lists that scroll and handles at the track's ends."""
    return tab.page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)]
          .filter((one) => one.checkVisibility() && !one.closest("#album-list, #track"))
          .filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 1 && (box.left < -0.5 || box.right > innerWidth + 0.5);
          })
          .map((one) => one.id || one.className)""",
        selector,
    )


def test_a_phone_shows_all_in_one_column(new_tab, flower):
    tab = new_tab(PHONE, has_touch=True, is_mobile=True)
    tab.open_photo(flower)
    for name, panel in {
        "regions": "#panel-regions",
        "style": "#panel-style",
        "history": "#panel-history",
    }.items():
        tab.page.tap(f"[data-panel={name}]")
        box = tab.page.locator(panel).bounding_box()
        assert box["x"] == 0
        assert box["width"] == PHONE["width"]
        assert tab.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    tab.page.tap("[data-panel=style]")
    tab.page.tap("[data-look=watercolor]")
    tab.says("Instant picture")


def test_the_switch_turns_the_theme_and_a_reload_keeps_it(new_tab):
    from playwright.sync_api import expect

    tab = new_tab(color_scheme="light")
    body, color = expect(tab.page.locator("body")), "background-color"
    light, dark = "rgb(244, 242, 239)", "rgb(19, 18, 17)"
    tab.page.wait_for_selector("html[data-theme=light]")
    body.to_have_css(color, light)
    tab.page.click("#theme")
    body.to_have_css(color, dark)
    tab.page.reload()
    body.to_have_css(color, dark)


def test_a_chosen_theme_is_there_before_anything_is_painted(new_tab):
    tab = new_tab(color_scheme="light")
    tab.page.click("#theme")
    tab.page.route("**/static/main.js", lambda route: route.abort())  # what sets it otherwise
    tab.page.reload(wait_until="domcontentloaded")
    assert tab.page.evaluate("() => getComputedStyle(document.body).backgroundColor") == (
        "rgb(19, 18, 17)"
    )


def test_the_whole_way_goes_by_keyboard(tab, flower):
    tab.open_photo(flower)
    tab.page.focus("#style-text")
    tab.page.keyboard.type("watercolor")
    tab.page.keyboard.press("Enter")
    tab.says("Instant picture")
    tab.page.focus("#download")
    tab.page.keyboard.press("Enter")
    with tab.page.expect_download() as waiting:
        tab.page.keyboard.press("Enter")  # the first format has the focus
    assert waiting.value.suggested_filename.endswith(".png")
    tab.page.locator("#download-menu").wait_for(state="hidden")
    assert tab.page.evaluate("() => document.activeElement.id") == "download"


def test_the_page_runs_under_a_strict_policy(tab):
    headers = tab.page.request.get(tab.studio.address).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    served = tab.page.request.get(tab.studio.address).text()
    assert "style=" not in served
    assert "onclick" not in served
