"""A folder from its first picture to its last: what is made, skipped, told, and gone on with."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

import semcs
from semcs.errors import InputError
from semcs.folder import running

NAMES = ["a.jpg", "b.png", "sub/c.webp"]
LOOK = {"fg": "gold", "bg": "snow", "models": "bundled", "device": "cpu", "workers": 0}


@pytest.fixture
def photos(tmp_path):
    """A folder of three small pictures of different formats, and a text."""
    folder = tmp_path / "photos"
    (folder / "sub").mkdir(parents=True)
    flower = Image.fromarray(load_sample_image("flower.jpg"))
    for number, name in enumerate(NAMES):
        flower.crop((60 * number, 0, 60 * number + 384, 384)).resize((64, 64)).save(folder / name)
    (folder / "notes.txt").write_text("no picture")
    return folder


@pytest.fixture
def style(photos, tmp_path):
    """Styles the folder; options as of `stylize_folder`."""

    def style(**said):
        return semcs.stylize_folder(photos, tmp_path / "out", **{**LOOK, **said})

    return style


def files_in(folder):
    """The bytes of all files but the journal's, by their names."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {n: p.read_bytes() for n, p in found.items() if p.is_file() and n[:7] != ".semcs-"}


def lines_of(folder):
    return (folder / ".semcs-folder" / "journal.jsonl").read_text().splitlines()


def counts(result):
    return result.done, result.skipped, len(result.failed)


def test_outputs_have_the_same_names_and_nothing_else_is_copied(style, tmp_path):
    result = style()
    assert (counts(result), result.ignored, result.is_complete) == ((3, 0, 0), 1, True)
    assert sorted(files_in(tmp_path / "out")) == NAMES
    for name in NAMES:
        with Image.open(tmp_path / "out" / name) as image:
            assert image.format == Image.registered_extensions()[Path(name).suffix]


def test_an_output_is_what_stylize_gives(style, photos, tmp_path):
    style()
    with Image.open(tmp_path / "out" / "b.png") as image:
        shown = np.asarray(image)
    options = {key: value for key, value in LOOK.items() if key != "workers"}
    alone = semcs.stylize(photos / "b.png", preset="instant", progress=False, **options)
    assert (np.asarray(alone) == shown).all()


def test_what_is_there_is_skipped_and_what_changed_is_made_anew(style, photos, tmp_path):
    style()
    before = files_in(tmp_path / "out")
    assert counts(style()) == (0, 3, 0)
    os.utime(photos / "a.jpg", (1, 1))
    assert counts(style()) == (0, 3, 0), "touched, but of the same bytes"
    Image.open(photos / "a.jpg").rotate(90).save(photos / "a.jpg")
    (tmp_path / "out" / "b.png").unlink()
    planned = style(dry_run=True).planned
    reasons = [(one.name, one.output, one.reason) for one in planned]
    assert reasons == [
        ("a.jpg", "a.jpg", "changed picture"),
        ("b.png", "b.png", "output gone"),
    ]
    assert counts(style()) == (2, 1, 0)
    after = files_in(tmp_path / "out")
    assert after["b.png"] == before["b.png"]
    assert after["a.jpg"] != before["a.jpg"]
    assert counts(style(bg="ice")) == (3, 0, 0)


def test_a_dry_run_makes_nothing(style, tmp_path):
    result = style(dry_run=True)
    assert [one.reason for one in result.planned] == ["new"] * 3
    assert not result.is_complete
    assert not (tmp_path / "out").exists()


def test_any_number_of_workers_gives_the_same_bits(style, photos, tmp_path):
    style()
    other = semcs.stylize_folder(photos, tmp_path / "other", **{**LOOK, "workers": 2})
    assert counts(other) == (3, 0, 0)
    assert files_in(tmp_path / "other") == files_in(tmp_path / "out")


def test_a_broken_picture_costs_itself_alone(style, photos, tmp_path):
    (photos / "a.jpg").write_bytes(b"\xff\xd8\xff no more")
    result = style()
    assert (counts(result), result.is_complete) == ((2, 0, 1), False)
    (row,) = result.failed
    assert (row.name, row.status) == ("a.jpg", "failed")
    assert row.error.isprintable()
    assert sorted(files_in(tmp_path / "out")) == NAMES[1:]
    assert counts(style()) == (0, 2, 1), "not tried again by itself"
    assert len(lines_of(tmp_path / "out")) == 3
    assert counts(style(retry=True)) == (0, 2, 1)
    Image.open(photos / "b.png").convert("RGB").save(photos / "a.jpg")
    assert counts(style()) == (1, 2, 0), "tried again as it has changed"


def test_the_run_ends_where_the_callback_says(style):
    seen = []
    result = style(callback=lambda row: seen.append(row.name) or False)
    assert (seen, counts(result)) == (["a.jpg"], (1, 0, 0))
    assert counts(style()) == (2, 1, 0)


def test_a_manifest_says_what_differs(style, photos, tmp_path):
    manifest = tmp_path / "styles.csv"
    manifest.write_text(
        "path,output,fg,style,seed\nb.png,,,,1\nb.png,again/b.jpg,,watercolor,\na.jpg,,ice,,\n"
    )
    result = style(manifest=manifest)
    assert counts(result) == (3, 0, 0)
    assert sorted(files_in(tmp_path / "out")) == ["a.jpg", "again/b.jpg", "b.png"]
    assert counts(style(manifest=manifest)) == (0, 3, 0)
    manifest.write_text("path,strength\nb.png,1\na.jpg,2\n")
    with pytest.raises(InputError, match=r"styles\.csv', line 3: strength"):
        style(manifest=manifest)


def test_a_picture_of_the_manifest_that_isnt_there_has_failed(style, tmp_path):
    manifest = tmp_path / "styles.jsonl"
    manifest.write_text('{"path": "gone.png"}\n{"path": "a.jpg"}\n')
    result = style(manifest=manifest)
    assert (counts(result), result.failed[0].name) == ((1, 0, 1), "gone.png")


def test_masks_alone(style, tmp_path):
    assert counts(style(only="mask", fg=None, bg=None)) == (3, 0, 0)
    assert sorted(files_in(tmp_path / "out")) == ["a.png", "b.png", "sub/c.png"]
    with Image.open(tmp_path / "out" / "a.png") as mask:
        assert (mask.mode, mask.size) == ("L", (64, 64))


def test_reports_cover_what_was_there_before(style, tmp_path):
    style()
    style(table=tmp_path / "table.csv", contact_sheet=tmp_path / "sheet.png")
    lines = (tmp_path / "table.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines] == ["name", *NAMES]
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert min(sheet.size) > 200


@pytest.mark.parametrize("where", ["photos", "."])
def test_pictures_arent_overwritten(photos, tmp_path, where):
    with pytest.raises(InputError, match="overwritten"):
        semcs.stylize_folder(photos, tmp_path / where, **LOOK)


def test_an_output_folder_within_isnt_taken_for_pictures(photos):
    for _ in range(2):
        result = semcs.stylize_folder(photos, photos / "styled", **LOOK)
        assert result.done + result.skipped == 3


def test_one_run_at_a_time(style):
    errors = []

    def second(_):
        try:
            style()
        except InputError as error:
            errors.append(str(error))

    style(callback=second)
    assert len(errors) == 3
    assert all("another run" in error for error in errors)


def test_watching_takes_what_comes_once_it_is_whole(style, photos, monkeypatch):
    monkeypatch.setattr(running, "POLL", 0.05)
    stop, seen = threading.Event(), []
    late = photos / "late.png"

    def see(row):
        seen.append((row.name, row.status))
        if len(seen) == 3:
            late.write_bytes((photos / "b.png").read_bytes())
        if row.name == "late.png":
            stop.set()

    result = style(watch=True, callback=see, stop=stop)
    assert seen[-1] == ("late.png", "done")
    assert counts(result) == (4, 0, 0)


def test_a_file_that_is_being_written_isnt_whole():
    settling = running._Settling()

    def one(size, mtime):
        task = type("Task", (), {"name": "a.jpg"})
        return running.Wanted(task, size, mtime)

    now = time.time_ns()
    assert not settling.is_whole(one(10, now))
    assert not settling.is_whole(one(20, now + 1))
    assert settling.is_whole(one(20, now + 1))
    assert running._Settling().is_whole(one(10, now - 10**11))


def test_the_journal_names_every_picture_once(style, tmp_path):
    style()
    style()
    rows = [json.loads(line) for line in lines_of(tmp_path / "out")]
    assert sorted(row["output"] for row in rows) == NAMES
