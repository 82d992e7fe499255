"""Time: refining, history, reloads, several tabs, and what goes wrong."""

import re

import numpy as np
import pytest

ERRORS = "#errors .error-words"


@pytest.fixture
def styled(tab, flower):
    tab.open_photo(flower)
    tab.style("stained glass")
    return tab


def remembered(tab, count):
    tab.page.locator(".past").nth(count - 1).wait_for()


def test_refine_shows_how_far_it_is_and_stop_keeps_what_there_is(styled):
    instant = styled.stage()
    styled.page.click("#refine")
    styled.page.locator("#refine-words", has_text="Step").wait_for()
    assert 0 < int(styled.page.get_attribute("#refine-bar", "aria-valuenow")) <= 100
    styled.page.locator("#refine-words", has_text=re.compile("Step [2-9]")).wait_for()
    styled.page.click("#refine-stop")
    styled.says("Refined picture")
    assert np.abs(styled.stage() - instant).mean() > 0.3
    styled.page.locator(".badge", has_text="Refined").wait_for()
    assert styled.download("png")[0].startswith(b"\x89PNG")


def test_refine_can_be_cancelled(styled):
    instant = styled.stage()
    styled.page.click("#refine")
    styled.page.locator("#refine-words", has_text="Step").wait_for()
    styled.page.click("#refine-cancel")
    styled.says("Instant picture")
    assert np.abs(styled.stage() - instant).mean() < 0.5


def test_a_click_in_the_history_goes_back(styled):
    first = styled.stage()
    remembered(styled, 1)
    styled.style("snow")
    remembered(styled, 2)
    assert np.abs(styled.stage() - first).mean() > 4
    styled.page.locator(".past").nth(1).click()
    styled.settle()
    assert styled.page.input_value("#style-text") == "stained glass"
    assert np.abs(styled.stage() - first).mean() < 0.5


def test_a_reload_keeps_all(styled):
    styled.page.click("[data-tool=brush]")
    styled.drag((0.08, 0.1), (0.25, 0.1))
    styled.choose("Background")
    styled.style("snow")
    styled.page.locator('li:first-child > .past[aria-label*="snow"]').wait_for()
    before, masked = styled.state(), styled.mask("Foreground")
    styled.page.reload()
    styled.says("Instant picture")
    after = styled.state()
    for part in ("photo", "work", "chosen", "history"):
        assert after[part] == before[part], part
    assert np.array_equal(styled.mask("Foreground"), masked)
    assert styled.page.locator(".past").count() == len(before["history"])
    styled.page.click("#undo")  # what was done before can still be taken back
    styled.settle()
    assert styled.state()["work"]["regions"][1]["style"] == ""


def test_a_video_that_comes_before_the_page_knows_what_it_can_waits(tab, clip):
    held = []
    tab.page.route("**/api/v1/about", lambda route: held.append(route))
    with tab.page.expect_request("**/api/v1/about"):
        tab.page.reload(wait_until="domcontentloaded")
    file = {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": clip}
    tab.page.set_input_files("#photo-file", file)
    tab.says("Opening")
    held.pop().continue_()
    tab.says("Choose a style")
    assert not tab.page.locator("#errors .error-words").count()


def test_a_photo_that_comes_while_the_last_one_is_fetched_is_the_one_that_stays(styled, photos):
    held = []
    styled.page.route("**/api/v1/pages/state", lambda route: held.append(route))
    with styled.page.expect_request("**/api/v1/pages/state"):
        styled.page.reload(wait_until="domcontentloaded")
    name, data = next(iter(photos.items()))
    styled.page.set_input_files(
        "#photo-file", {"name": name, "mimeType": "image/png", "buffer": data}
    )
    styled.says("Opening")
    held.pop().continue_()
    styled.settle()
    assert styled.state()["photo"]["name"] == name


def test_a_reload_while_refining_goes_on(styled):
    styled.page.click("#refine")
    styled.page.locator("#refine-words", has_text="Step").wait_for()
    styled.state()
    styled.page.reload()
    styled.says("Refined picture")


def test_two_tabs_are_two_sessions(tab, new_tab, flower, studio):
    tab.open_photo(flower, "one.png")
    other = new_tab()
    other.open_photo(flower, "two.png")
    names = [one.page.inner_text("#photo-name") for one in (tab, other)]
    ids = [one.page.evaluate("() => sessionStorage.getItem('semcs-page')") for one in (tab, other)]
    assert names == ["one.png", "two.png"]
    assert ids[0] != ids[1]
    photo = tab.state()["photo"]["id"]
    status = other.page.evaluate(
        """async ([photo, id]) =>
          (await fetch(`/api/v1/photos/${photo}`, { headers: { "X-Semcs-Page": id } })).status""",
        [photo, ids[1]],
    )
    assert status == 404


def test_a_tab_that_is_duplicated_is_a_session_of_its_own(tab, flower):
    tab.open_photo(flower)
    id = tab.page.evaluate("() => sessionStorage.getItem('semcs-page')")
    with tab.page.context.expect_page() as opened:
        tab.page.evaluate("() => { window.open(location.href); }")  # which copies sessionStorage
    copy = opened.value
    copy.locator(".card").first.wait_for(state="attached")  # it has begun
    assert copy.evaluate("() => sessionStorage.getItem('semcs-page')") != id
    tab.page.reload()
    tab.says("Choose a style")


def test_a_file_that_is_no_picture_is_named_with_what_is_allowed(tab):
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture at all"}
    tab.page.set_input_files("#photo-file", file)
    words = tab.page.locator(ERRORS)
    words.wait_for()
    assert "notes.txt" in words.inner_text()
    assert "JPEG" in words.inner_text()
    tab.page.click("[aria-label='Close the message']")
    assert tab.page.locator("#errors").is_hidden()


def test_markup_in_a_name_stays_text(tab, flower):
    tab.open_photo(flower)
    tab.page.press(".region-choose >> nth=0", "F2")
    tab.page.keyboard.type("<b>bold</b>")
    tab.page.keyboard.press("Enter")
    assert tab.regions()[0] == "<b>bold</b>"


def test_a_server_that_is_gone_is_said_to_be_and_nothing_is_lost(new_tab, new_studio, flower):
    studio = new_studio()
    tab = new_tab(studio=studio)
    tab.open_photo(flower)
    tab.style("stained glass")
    studio.stop()
    tab.style("snow")
    tab.page.locator(ERRORS, has_text="Start “semcs studio” again").wait_for()
    assert tab.state()["work"]["regions"][0]["style"] in ("stained glass", "snow")
    assert tab.page.locator("#stage-canvas").is_visible()


def test_after_a_new_start_of_the_server_the_photo_is_sent_again(restarted, flower):
    tab, start_again = restarted
    tab.open_photo(flower)
    tab.style("stained glass")
    tab.page.click("[data-tool=brush]")
    tab.drag((0.08, 0.1), (0.25, 0.1))
    tab.page.fill("#add-words", "the flower")
    tab.page.keyboard.press("Enter")
    tab.settle()
    before, drawn = tab.state(), tab.mask("Foreground")
    start_again()
    tab.choose("Foreground")
    tab.style("snow")
    tab.page.locator(f"{ERRORS}", has_text="was started again: your photo").wait_for()
    tab.says("Instant picture")
    after = tab.state()
    assert after["photo"]["id"] != before["photo"]["id"]
    assert tab.regions() == ["The flower", "Foreground", "Background"]
    assert after["work"]["regions"][1]["style"] == "snow"
    assert np.array_equal(tab.mask("Foreground"), drawn)
    tab.page.click("#undo")
    tab.settle()
    assert tab.state()["work"]["regions"][1]["style"] == "stained glass"
    assert tab.download("png")[0].startswith(b"\x89PNG")


def test_after_a_new_start_many_photos_are_sent_again(restarted, photos):
    tab, start_again = restarted
    tab.open_photos(photos)
    tab.style("stained glass")
    tab.tiles().nth(1).click()
    tab.settle()
    start_again()
    tab.style("snow")
    tab.page.locator(f"{ERRORS}", has_text="3 of 3 photos").wait_for()
    tab.says("Instant picture")
    tab.tiles().nth(0).click()
    tab.settle()
    assert tab.page.inner_text("#photo-name") == "one.png"
    tab.says("Instant picture")


def test_after_a_new_start_and_a_reload_the_styles_wait_for_the_photo(restarted, flower):
    tab, start_again = restarted
    tab.open_photo(flower)
    tab.style("stained glass")
    tab.state()
    start_again()
    tab.page.reload()
    tab.page.locator(ERRORS, has_text="Drop it again: the words of its styles are kept").wait_for()
    tab.page.set_input_files(
        "#photo-file", {"name": "photo.png", "mimeType": "image/png", "buffer": flower}
    )
    tab.says("Instant picture")
    assert tab.state()["work"]["regions"][0]["style"] == "stained glass"


def test_a_photo_that_the_server_forgot_is_sent_again(styled):
    forget(styled)
    styled.style("snow")
    styled.page.locator(ERRORS, has_text="your photo").wait_for()
    styled.says("Instant picture")


def test_a_photo_that_neither_has_any_more_is_asked_for_again(styled):
    forget(styled)
    styled.page.reload()
    styled.page.locator(ERRORS, has_text="Drop it again").wait_for()
    styled.page.locator("#choose-photo").wait_for()


def forget(tab):
    photo, page = tab.state()["photo"]["id"], "sessionStorage.getItem('semcs-page')"
    tab.page.evaluate(
        f"""async (photo) => fetch(`/api/v1/photos/${{photo}}`,
          {{ method: "DELETE", headers: {{ "X-Semcs-Page": {page} }} }})""",
        photo,
    )
