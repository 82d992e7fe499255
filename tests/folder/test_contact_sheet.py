"""Pages of photos beside what was made of them."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from semcs.errors import InputError
from semcs.folder import contact_sheet
from semcs.folder.contact_sheet import shortened, write_contact_sheets
from semcs.folder.task import Row

RED, BLUE, GREEN = (200, 30, 30), (30, 30, 200), (30, 150, 30)
PAPER = (250, 250, 248)


@pytest.fixture
def sheet(tmp_path):
    """Writes sheets of rows whose photos are red and outputs blue; gives the paths."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()

    def write(rows, path="sheet.png", size=(240, 160), **options):
        for row in rows:
            if not (tmp_path / "in" / row.name).exists():
                Image.new("RGB", size, RED).save(tmp_path / "in" / row.name)
            if row.status == "done" and not (tmp_path / "out" / row.output).exists():
                Image.new("RGB", size, BLUE).save(tmp_path / "out" / row.output)
        source_of = lambda row: str(tmp_path / "in" / row.name)  # noqa: E731
        root = str(tmp_path / "out")
        return write_contact_sheets(tmp_path / path, iter(rows), source_of, root, **options)

    return write


@pytest.fixture
def low_pages(monkeypatch):
    """Pages of three rows."""
    monkeypatch.setattr(contact_sheet, "_PAGE_HEIGHT", 860)


def done(name):
    return Row(name, "done", f"{name}.png", "0")


def boxes(path, colour):
    """(left, top, right, bottom) of all pixels of a colour, and how many there are; or None."""
    pixels = np.asarray(Image.open(path)).astype(int)
    there = (abs(pixels - colour) <= 2).all(-1)
    if not there.any():
        return None
    y, x = np.nonzero(there)
    return (x.min(), y.min(), x.max() + 1, y.max() + 1), there.sum()


def test_photo_and_output_stand_side_by_side_over_the_name(sheet):
    (path,) = sheet([done("a.png")])
    (left, top, right, bottom), count = boxes(path, RED)
    assert count == 240 * 160 == (right - left) * (bottom - top)
    (start, *_, lower), count = boxes(path, BLUE)
    assert (count, lower) == (240 * 160, bottom)
    assert 0 < start - right < 20
    page = np.asarray(Image.open(path))
    assert tuple(page[0, 0]) == PAPER
    assert page[bottom + 4 : bottom + 36, left : left + 60].min() < 60


def test_pictures_are_in_the_order_of_their_names(sheet, tmp_path):
    Image.new("RGB", (240, 160), GREEN).save(tmp_path / "in" / "b.png")
    (path,) = sheet([done("b.png"), done("c.png"), done("a.png")])
    (green, *_), _ = boxes(path, GREEN)
    pixels = np.asarray(Image.open(path)).astype(int)
    reds = (abs(pixels - RED) <= 2).all(-1).any(0)
    assert reds[:green].any()
    assert reds[green:].any()


def test_as_many_pages_as_are_needed_each_picture_once(sheet, tmp_path, low_pages):
    rows = [done(f"{number:02d}.png") for number in range(13)]
    paths = sheet(rows, "pages.png")
    assert [os.path.basename(path) for path in paths] == ["pages.png", "pages-2.png"]
    counts = [boxes(path, RED)[1] / (240 * 160) for path in paths]
    assert counts == [9, 4]
    assert {path.name for path in tmp_path.glob("pages*")} == {"pages.png", "pages-2.png"}


def test_a_pdf_holds_all_pages(sheet, low_pages):
    rows = [done(f"{number:02d}.png") for number in range(13)]
    (path,) = sheet(rows, "pages.pdf")
    data = Path(path).read_bytes()
    assert re.findall(rb"/Count (\d+)", data)[-1] == b"2"
    pages = [m.start() for m in re.finditer(rb"\xff\xd8\xff", data)]
    assert [Image.open(io.BytesIO(data[at:])).format for at in pages] == ["JPEG", "JPEG"]


def test_one_page_is_held_at_a_time(sheet, low_pages, monkeypatch):
    order = []
    draw, write = contact_sheet._draw_page, contact_sheet.write_bytes_atomic
    drawn = lambda *args, **options: order.append("drawn") or draw(*args, **options)  # noqa: E731
    monkeypatch.setattr(contact_sheet, "_draw_page", drawn)
    written = lambda *args: order.append("written") or write(*args)  # noqa: E731
    monkeypatch.setattr(contact_sheet, "write_bytes_atomic", written)
    sheet([done(f"{number:02d}.png") for number in range(13)])
    assert order == ["drawn", "written"] * 2


def test_what_cannot_be_read_is_an_empty_box(sheet, tmp_path):
    (tmp_path / "in" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    failed = Row("b.png", "failed", "b.png.png", "0", error="the file is damaged")
    (path,) = sheet([done("a.png"), failed])
    assert boxes(path, RED)[1] == 240 * 160
    _, grey = boxes(path, (236, 236, 233))
    assert grey > 0.9 * 2 * 270 * 180
    (_, unsaid), (_, said) = (
        boxes(sheet([Row("b.png", "failed", "", "0", error=e)], "x.png")[0], (236, 236, 233))
        for e in (" ", "the file is damaged and can't be read")
    )
    assert said < unsaid


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_not_waited_for(sheet, tmp_path):
    os.mkfifo(tmp_path / "in" / "a.png")
    (path,) = sheet([done("a.png")])
    assert boxes(path, BLUE)[1] == 240 * 160
    assert boxes(path, RED) is None


def test_large_photos_are_made_small_upright_and_put_on_paper(sheet, tmp_path):
    turned = Image.new("RGB", (1200, 600), RED)
    exif = Image.Exif()
    exif[274] = 6
    turned.save(tmp_path / "in" / "a.jpg", exif=exif, quality=95)
    Image.new("RGBA", (1200, 600), (*BLUE, 0)).save(tmp_path / "out" / "a.jpg.png")
    (path,) = sheet([done("a.jpg")])
    (left, top, right, bottom), _ = boxes(path, RED)
    assert (bottom - top, right - left) == (310, 155)
    assert boxes(path, BLUE) is None


def test_texts_are_shown_where_they_differ(sheet):
    rows = [done("a.png"), done("b.png")]
    heights = [
        Image.open(sheet(rows, f"{name}.png", texts_of=texts)[0]).height
        for name, texts in (
            ("none", None),
            ("same", lambda row: "gold · snow"),
            ("other", lambda row: row.name),
        )
    ]
    assert heights[0] == heights[1] < heights[2]


def test_long_names_lose_their_middle():
    font = contact_sheet._font(20)
    name = "holidays/" + "x" * 300 + "/dog.jpg"
    short = shortened(name, font, 300)
    assert re.fullmatch(r"holidays/x+…x+/dog\.jpg", short)
    assert 270 < font.getlength(short) <= 300
    assert shortened("dog.jpg", font, 300) == "dog.jpg"


@pytest.mark.parametrize("name", ["sheet.png", "sheet.pdf"])
def test_no_pictures_give_no_page(name, sheet, tmp_path):
    assert sheet([], name) == []
    assert not (tmp_path / name).exists()


def test_other_extensions_are_refused(sheet):
    with pytest.raises(InputError, match=r"'\.gif': \.png, \.jpg, \.jpeg, \.pdf are allowed"):
        sheet([done("a.png")], "sheet.gif")
