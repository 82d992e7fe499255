"""Many photos: chosen, dropped as a folder, looked at one by one, and styled all at once."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

ERRORS = "#errors .error-words"

DROP_FOLDER = """(tree) => {
  const bytes = (data) => Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const entry = (name, held) => typeof held === "string"
    ? { name, isFile: true, file: (done) => done(new File([bytes(held)], name)) }
    : { name, isDirectory: true, createReader() {
        const left = Object.entries(held).map(([own, part]) => entry(own, part));
        return { readEntries: (done) => done(left.splice(0, 1)) }; // some at a time, as browsers do
      } };
  const items = [{ webkitGetAsEntry: () => entry("holiday", tree) }];
  const event = new DragEvent("drop", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], files: [], items } });
  document.querySelector("#welcome").dispatchEvent(event);
}"""


@pytest.fixture
def album(tab, photos):
    tab.open_photos(photos)
    return tab


def names(tab):
    return [tile.get_attribute("aria-label") for tile in tab.tiles().all()]


def styles(tab):
    return [region["style"] for region in tab.state()["work"]["regions"]]


def test_several_photos_make_a_strip_and_the_first_is_shown(album):
    assert names(album) == ["one.png", "two.png", "three.png"]
    assert album.page.inner_text("#photo-name") == "one.png"
    assert album.tiles().nth(0).get_attribute("aria-current") == "true"


def test_a_folder_is_dropped_with_those_below_it_and_only_pictures_are_taken(tab, photos):
    import base64

    data = {name: base64.b64encode(photo).decode() for name, photo in photos.items()}
    inner = {"three.png": data["three.png"], "notes.txt": "aGVsbG8=", ".two.png": data["two.png"]}
    tab.page.evaluate(DROP_FOLDER, {"one.png": data["one.png"], "more": inner})
    tab.tiles().nth(1).wait_for()
    tab.settle()
    assert sorted(names(tab)) == ["one.png", "three.png"]
    assert tab.page.locator(ERRORS).count() == 0


def test_a_folder_is_chosen(tab, photos, tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "one.png").write_bytes(photos["one.png"])
    (tmp_path / "below" / "two.png").write_bytes(photos["two.png"])
    (tmp_path / "notes.txt").write_text("hello")
    tab.page.set_input_files("#photo-folder", str(tmp_path))
    tab.tiles().nth(1).wait_for()
    tab.settle()
    assert sorted(names(tab)) == ["one.png", "two.png"]


def test_what_is_no_picture_among_many_is_named_and_the_others_are_taken(tab, photos):
    broken = {"name": "bad.png", "mimeType": "image/png", "buffer": b"no picture"}
    good = [
        {"name": name, "mimeType": "image/png", "buffer": data} for name, data in photos.items()
    ]
    tab.page.set_input_files("#photo-file", [good[0], broken, good[1]])
    tab.page.locator(ERRORS, has_text="bad.png").wait_for()
    assert names(tab) == ["one.png", "two.png"]


def test_the_look_goes_along_and_each_photo_has_its_own_mask(album):
    album.style("stained glass")
    first = album.mask("Foreground")
    album.tiles().nth(1).click()
    album.settle()
    album.says("Instant picture")
    second = album.mask("Foreground")
    assert album.page.inner_text("#photo-name") == "two.png"
    assert styles(album) == ["stained glass", ""]
    assert second.shape == first.shape[::-1]
    turned = np.rot90(first)
    assert ((turned > 0.5) & (second > 0.5)).sum() / ((turned > 0.5) | (second > 0.5)).sum() > 0.7
    album.style("snow")
    album.tiles().nth(0).click()
    album.settle()
    assert styles(album) == ["snow", ""]
    assert np.array_equal(album.mask("Foreground"), first)


def test_what_was_drawn_stays_with_its_photo_and_is_said_to(album):
    album.page.click("#add-by-click")
    album.click(0.5, 0.45)
    album.style("gold")
    assert "“Region 1” was drawn or clicked in this photo" in album.page.inner_text("#album-note")
    mask = album.mask("Region 1")
    album.tiles().nth(1).click()
    album.settle()
    assert album.regions() == ["Foreground", "Background"]
    album.tiles().nth(0).click()
    album.settle()
    assert album.regions() == ["Region 1", "Foreground", "Background"]
    assert np.array_equal(album.mask("Region 1"), mask)


def test_a_region_of_words_is_found_in_each_photo(album):
    album.page.fill("#add-words", "the flower")
    album.page.keyboard.press("Enter")
    album.settle()
    first = album.mask("The flower")
    album.tiles().nth(2).click()
    album.settle()
    assert album.regions() == ["The flower", "Foreground", "Background"]
    mirrored = album.mask("The flower")[:, ::-1]
    assert ((mirrored > 0.5) & (first > 0.5)).sum() / ((mirrored > 0.5) | (first > 0.5)).sum() > 0.7


def test_by_keyboard_photos_are_chosen_and_removed(album):
    album.tiles().nth(0).focus()
    album.page.keyboard.press("ArrowRight")
    album.page.keyboard.press("Enter")
    album.settle()
    assert album.page.inner_text("#photo-name") == "two.png"
    album.page.keyboard.press("Delete")  # the one that is shown: the next one is, then
    album.settle()
    assert names(album) == ["one.png", "three.png"]
    assert album.page.inner_text("#photo-name") == "three.png"
    album.page.locator("[aria-label='Remove one.png']").focus()
    album.page.keyboard.press("Enter")
    album.page.locator("#album").wait_for(state="hidden")  # one photo is no strip
    assert [photo["name"] for photo in album.state()["photos"]] == ["three.png"]


def test_all_are_styled_and_come_as_a_zip(album, photos):
    album.style("pop art")
    album.page.click("#style-all")
    album.page.locator("#batch-title", has_text="3 photos styled").wait_for()
    assert album.page.locator("#batch-failed").is_hidden()
    album.page.locator("#batch-command", has_text="semcs folder").wait_for()
    assert "pop art" in album.page.inner_text("#batch-python")
    with album.page.expect_download() as waiting:
        album.page.click("#batch-sheet [data-format=png]")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert sorted(archive.namelist()) == ["one.png", "three.png", "two.png"]
        for name, photo in photos.items():
            styled = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
            source = Image.open(io.BytesIO(photo))
            assert styled.size == source.size
            assert np.abs(np.asarray(styled).astype(int) - np.asarray(source)).mean() > 3
    album.page.click("#batch-close")
    album.page.locator(".badge", has_text="3 photos").click()
    album.page.locator("#batch-sheet[open]").wait_for()


def test_a_photo_that_fails_is_named_with_its_reason(album):
    album.style("pop art")
    album.page.route("**/api/v1/jobs/*", fail_the_second)
    album.page.click("#style-all")
    album.page.locator("#batch-title", has_text="2 photos styled, 1 failed").wait_for()
    failed = album.page.locator("#batch-failed li")
    assert failed.inner_text() == "two.png the photo has no foreground"
    album.page.click("#batch-close")
    assert "failed" in album.tiles().nth(1).get_attribute("aria-label")


def fail_the_second(route):
    """What the server says of a job, but that its second photo failed."""
    answer = route.fetch()
    job = answer.json()
    if job.get("result"):
        second = job["result"]["pictures"][1]
        job["result"]["pictures"][1] = {
            "photo": second["photo"],
            "error": "the photo has no foreground",
        }
    route.fulfill(response=answer, json=job)


def test_a_reload_keeps_the_photos_their_masks_and_which_is_shown(album):
    album.style("stained glass")
    album.tiles().nth(1).click()
    album.settle()
    before, mask = album.state(), album.mask("Foreground")
    album.page.reload()
    album.says("Instant picture")
    assert names(album) == ["one.png", "two.png", "three.png"]
    assert album.page.inner_text("#photo-name") == "two.png"
    assert album.state()["shelves"] == before["shelves"]
    assert np.array_equal(album.mask("Foreground"), mask)
