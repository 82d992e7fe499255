"""The sheets that are there to be looked at: contact, grid and gallery."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from benchmarks import contact, gallery, grid
from benchmarks.photos import TITLE_HEIGHT
from semcs.looks.phrases.kinds import KINDS


class TestContact:
    def test_only_the_mask_is_painted(self):
        photo = np.random.default_rng(0).random((64, 64, 3)).astype(np.float32)
        mask = np.zeros((64, 64), np.float32)
        mask[:, :32] = 1
        row = contact.row_of("gold", [photo, photo], [None, mask], 64, seed=1)
        whole, part = row[:, :64], row[:, 64:]
        np.testing.assert_allclose(part[:, 32:], photo[:, 32:], atol=1e-6)
        assert np.abs(part[:, :32] - photo[:, :32]).mean() > 0.05
        assert np.abs(whole[:, 32:] - photo[:, 32:]).mean() > 0.05

    def test_rows_stand_under_their_titles(self):
        rows = [np.full((8, 16, 3), value, np.float32) for value in (0.2, 0.6)]
        sheet = np.asarray(contact.sheet_of(rows, ["a", "b"]))
        height = 8 + contact.TITLE_HEIGHT
        assert sheet.shape == (2 * height, 16, 3)
        assert [sheet[contact.TITLE_HEIGHT + i * height, 0, 0] for i in (0, 1)] == [51, 153]

    def test_a_file_is_painted(self, tmp_path):
        photo, out = tmp_path / "photo.png", tmp_path / "new" / "sheet.png"
        Image.new("RGB", (40, 30), "red").save(photo)
        few = ["--size", "32", "--side", "16", "--photos", str(photo), "--out", str(out)]
        contact.main(["gold", "snow", *few])
        assert Image.open(out).size == (16, 2 * (16 + contact.TITLE_HEIGHT))

    def test_an_unknown_look_is_one_clear_line(self):
        with pytest.raises(SystemExit, match=r"error: .*no such look"):
            contact.main(["no such look", "--photos", "flower", "--size", "32"])


class TestGrid:
    def test_photos_are_rows_and_styles_columns(self, monkeypatch, in_this_process, tmp_path):
        asked = []

        def style_one(side, preset, cell):
            asked.append((preset.optimiser.steps, preset.network.stylenet, *cell))
            return np.full((side, side, 3), 40 * len(asked), np.uint8)

        in_this_process(grid)
        monkeypatch.setattr(grid, "style_one", style_one)
        out = tmp_path / "new" / "grid.png"
        chosen = ["--photos", "flower", "china", "--styles", "gold", "snow", "--steps", "3"]
        grid.main([*chosen, "--side", "16", "--stylenet", "pixels", "--out", str(out)])
        cells = [(name, style) for name in ("flower", "china") for style in ("gold", "snow")]
        assert asked == [(3, "pixels", *cell) for cell in cells]
        body = np.asarray(Image.open(out))[TITLE_HEIGHT:]
        assert body[::16, 16::16, 0].tolist() == [[40, 80], [120, 160]]

    def test_a_cell_is_the_styled_photo(self):
        preset = grid.find_preset("instant")
        assert grid.style_one(48, preset, ("flower", "gold")).shape == (48, 48, 3)


class TestGallery:
    def test_sheets_of_a_kind_are_about_as_long_in_whole_rows(self):
        names = [str(index) for index in range(26)]
        parts = list(gallery.even_parts(names))
        assert [len(part) for part in parts] == [9, 9, 8]
        assert [name for part in parts for name in part] == names

    def test_every_kind_of_look_has_a_title(self):
        assert set(KINDS.values()) == set(gallery.TITLES)

    def test_the_sheets_are_as_good_as_the_limit_allows(self, monkeypatch):
        noise = np.random.default_rng(0).integers(256, size=(64, 64, 3)).astype(np.uint8)
        sheet = gallery.Sheet("craft", "craft-1.jpg", ("lego",), Image.fromarray(noise))
        best = len(gallery.jpeg(sheet.picture, gallery.QUALITIES[0]))
        monkeypatch.setattr(gallery, "MOST_BYTES", 2 * best)
        (found,) = gallery.encode([sheet])
        assert len(found) == best
        first, second = gallery.encode([sheet, sheet])
        assert first == second == gallery.jpeg(sheet.picture, gallery.QUALITIES[1])
        monkeypatch.setattr(gallery, "MOST_BYTES", 10)
        with pytest.raises(SystemExit, match="error: the sheets take over"):
            gallery.encode([sheet])

    def test_the_page_shows_every_sheet_and_look(self, monkeypatch, tmp_path):
        sheets = [
            gallery.Sheet(kind, f"{kind}-1.jpg", (name,), Image.new("RGB", (8, 8)))
            for kind, name in {kind: name for name, kind in KINDS.items()}.items()
        ]
        monkeypatch.setattr(gallery, "paint_sheets", lambda: iter(sheets))
        gallery.main(["--out", str(tmp_path)])
        page = (tmp_path / "gallery.md").read_text(encoding="utf-8")
        for sheet in sheets:
            assert f"![{sheet.names[0]}](gallery/{sheet.file})" in page
            assert f"| {sheet.names[0]} |" in page
            assert (tmp_path / "gallery" / sheet.file).is_file()
