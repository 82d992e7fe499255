"""The whole way: a photo comes in, gets its styles, and goes out again."""

import base64
import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from semcs.image import load

DROP = """([data, target]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], "flower.png", { type: "image/png" }));
  const event = { bubbles: true, cancelable: true, dataTransfer: files };
  document.querySelector(target).dispatchEvent(new DragEvent("drop", event));
}"""


PASTE = """(data) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const pasted = new DataTransfer();
  pasted.items.add(new File([bytes], "image.png", { type: "image/png" }));
  const event = { bubbles: true, cancelable: true, clipboardData: pasted };
  document.body.dispatchEvent(new ClipboardEvent("paste", event));
}"""


def pixels(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def drop(tab, data, target):
    tab.page.evaluate(DROP, [base64.b64encode(data).decode(), target])


@pytest.fixture
def styled(tab, flower):
    tab.open_photo(flower, "flower.png")
    tab.style("stained glass")
    return tab


def test_from_drop_to_download(tab, flower):
    drop(tab, flower, "#welcome")
    tab.says("Choose a style")
    tinted = tab.stage()
    tab.page.click("#overlay-toggle")
    plain = tab.stage()
    assert np.abs(tinted - plain).mean() > 2  # the mask is drawn over the photo
    tab.style("stained glass")
    tab.says("Instant picture")
    assert np.abs(tab.stage() - plain).mean() > 4
    data, name = tab.download("png")
    assert name == "flower-styled.png"
    mask, photo = tab.mask("Foreground"), pixels(flower)
    assert pixels(data).shape == photo.shape
    moved = np.abs(pixels(data) - photo).mean(axis=2)
    assert moved[mask > 0.9].mean() > 20  # the flower is painted, and nothing else
    assert moved[mask == 0].max() == 0


def test_a_picture_is_pasted(tab, flower):
    tab.page.evaluate(PASTE, base64.b64encode(flower).decode())
    tab.says("Choose a style")
    photo = tab.state()["photo"]
    assert (photo["name"], photo["width"], photo["height"]) == ("image.png", 320, 214)
    tab.page.click("#overlay-toggle")
    shown = tab.stage()
    flower_red = pixels(flower)[100, 160, 0]
    assert abs(shown[shown.shape[0] // 2, shown.shape[1] // 2, 0] - flower_red) < 60


def test_the_download_is_what_semcs_itself_makes(styled, flower):
    import semcs

    data, _ = styled.download("layers")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        mask = archive.read("mask-1.png")
    regions = [
        semcs.Region(load(mask).rgb[..., 0], "stained glass", name="Foreground"),
    ]
    made = semcs.stylize(
        flower, regions=regions, preset="instant", models="bundled", progress=False
    )
    assert np.abs(np.asarray(made).astype(int) - pixels(styled.download("png")[0])).max() <= 1


def test_every_format_is_of_its_kind(styled):
    for kind, begins in {"jpeg": b"\xff\xd8\xff", "layers": b"PK", "psd": b"8BPS"}.items():
        data, _ = styled.download(kind)
        assert data.startswith(begins), kind


def test_the_menu_shows_code_and_copies_it(styled):
    styled.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    styled.page.click("#download")
    code = styled.page.locator("#code-python")
    code.filter(has_text="semcs.stylize(").wait_for()
    compile(code.inner_text(), "shown", "exec")
    assert styled.page.locator("#code-command").inner_text().startswith("semcs stylize flower.png")
    styled.page.click("[data-copy=code-python]")
    styled.page.locator("[data-copy=code-python]", has_text="Copied").wait_for()
    assert styled.page.evaluate("() => navigator.clipboard.readText()") == code.inner_text()


def test_a_look_of_the_gallery_styles_the_chosen_region(styled):
    before = styled.stage()
    styled.choose("Background")
    styled.page.locator(".card.ready[data-look=snow]").click()
    styled.settle()
    assert styled.page.input_value("#style-text") == "snow"
    assert np.abs(styled.stage() - before).mean() > 4
    assert [region["style"] for region in styled.state()["work"]["regions"]] == [
        "stained glass",
        "snow",
    ]


def test_the_gallery_shows_the_persons_own_photo_and_is_searched(styled):
    cards = styled.page.locator(".card:visible")
    assert cards.count() > 100
    styled.page.fill("#gallery-search", "glass")
    assert {
        name for name in cards.locator("span").all_inner_texts() if "glass" not in name
    } == set()
    assert 1 <= cards.count() < 10
    shot = pixels(styled.page.locator(".card.ready[data-look='stained glass']").screenshot())
    styled.page.fill("#gallery-search", "")
    other = pixels(styled.page.locator(".card.ready[data-look='watercolor']").screenshot())
    assert np.abs(shot[:80, :80] - other[:80, :80]).mean() > 10


def test_a_slider_changes_the_picture_and_has_a_reset(styled):
    before = styled.stage()
    styled.page.focus("#slider-strength")
    styled.page.keyboard.press("Home")
    styled.settle()
    assert styled.page.locator(".slider output").first.inner_text() == "0 %"
    photo = styled.stage()
    assert np.abs(photo - before).mean() > 4
    styled.page.click("[aria-label='Reset strength']")
    styled.settle()
    assert np.abs(styled.stage() - before).mean() < 0.5


def test_suggestions_come_by_keyboard_and_nonsense_is_said_to_be_none(styled):
    styled.page.fill("#style-text", "")
    styled.page.type("#style-text", "waterc")
    styled.page.keyboard.press("ArrowDown")
    styled.page.keyboard.press("Enter")
    styled.settle()
    assert styled.page.input_value("#style-text") == "watercolor"
    styled.page.fill("#style-text", "qwertzuiop")
    styled.page.locator("#meaning", has_text="No look is near").wait_for()
    assert styled.state()["work"]["regions"][0]["style"] == "watercolor"


def test_a_picture_is_a_style(styled):
    before = styled.stage()
    gradient = np.linspace(0, 255, 96, dtype=np.uint8)[:, None, None]
    stripes = Image.fromarray(np.broadcast_to(gradient * [1, 0, 1], (96, 96, 3)).astype(np.uint8))
    buffer = io.BytesIO()
    stripes.save(buffer, "PNG")
    drop(styled, buffer.getvalue(), "#style-panel")
    styled.page.locator("#style-picture", has_text="flower.png").wait_for()
    styled.settle()
    assert np.abs(styled.stage() - before).mean() > 2
    assert styled.state()["photo"]["name"] == "flower.png"  # it was no new photo


def test_compare_shows_photo_and_picture_side_by_side(styled):
    picture = styled.stage()
    styled.page.click("#compare-toggle")
    handle = styled.page.locator("#compare-handle")
    handle.focus()
    styled.page.keyboard.press("Home")
    assert np.abs(styled.stage() - picture).mean() < 1.5  # but for the handle
    styled.page.keyboard.press("End")
    assert handle.get_attribute("aria-valuenow") == "100"
    assert np.abs(styled.stage() - picture).mean() > 4
