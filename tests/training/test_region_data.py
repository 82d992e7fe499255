from __future__ import annotations

import csv

import numpy as np
import pytest
import torch
from PIL import Image

from semcs.models.region_words import KINDS
from semcs.training import region_data
from semcs.training.region_data import (
    CANVAS,
    Packed,
    Picture,
    connected_parts,
    gathered,
    labelled_photos,
    labels_by_alpha,
    load_pack,
    load_pools,
    on_canvases,
)
from semcs.training.region_kinds import CARS, FRONT, PERSON, UNKNOWN, allowed_kinds
from semcs.training.region_labels import SegmentWords

SKY, PERSON_KIND, FACE, HAIR = (KINDS.index(k) for k in ("sky", "person", "face", "hair"))
PHOTOS = [f"photos/flickr/{n}.png" for n in range(9)]
CUTOUT = "cutouts/people/0.png"


def save(file, array):
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(file)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A training folder in small: halves of photos are the segments, of which one is sky."""
    folder = tmp_path / "data"
    rng = np.random.default_rng(0)
    classes = np.repeat(np.array([[0, 1, 8, 11]], np.uint8), 5, 0)
    for name in ("a", "b"):
        save(folder / f"scenes/camvid/{name}.jpg", rng.integers(0, 255, (5, 4, 3), np.uint8))
        save(folder / f"scenes/camvid/{name}.png", classes)
    (folder / "scenes/camvid/val.txt").write_text("b\n")
    rows = []
    for path in [*PHOTOS, "textures/dtd/0.png", "textures/dtd/1.png", "photos/subjects/0.png"]:
        save(folder / path, np.full((20, 30, 3), len(rows), np.uint8))
        rows.append({"path": path, "label": "", "captions": ""})
    with (folder / "manifest.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    alpha = np.zeros((20, 30), np.uint8)
    alpha[:, 15:] = 255
    save(folder / CUTOUT.replace(".png", ".jpg"), np.full((20, 30, 3), 99, np.uint8))
    save(folder / CUTOUT, alpha)
    words = {path: SegmentWords(("sky", "-"), (50, 50)) for path in PHOTOS}
    words[PHOTOS[0]] = SegmentWords(("sky", "-"), (10, 90))  # as if seen with other segments
    words[CUTOUT.replace(".png", ".jpg")] = SegmentWords(("face", "sky"), (50, 50))
    monkeypatch.setattr(region_data, "read_labels", lambda: words)
    monkeypatch.setattr(region_data, "load_key_extractor", lambda: None)
    monkeypatch.setattr(
        region_data.region_segments, "cut", lambda photo, vit: _halves(photo.shape[:2])
    )
    return folder


def _halves(shape):
    segments = np.zeros(shape, np.uint8)
    segments[:, shape[1] // 2 :] = 1
    return segments


class TestGathered:
    @pytest.fixture
    def pools(self, data):
        pools = {}
        for pool, picture in gathered(data):
            pools.setdefault(pool, []).append(picture)
        return pools

    def test_pools_hold_what_they_should(self, pools):
        assert {pool: len(pictures) for pool, pictures in pools.items()} == {
            "camvid": 1,  # the other frame is for validation
            "labelled": 7,  # of 9, one is held out, and of one the segments are others
            "held": 1,
            "cutout": 1,
            "texture": 2,
            "plain": 1,
        }

    def test_photos_with_other_segments_are_counted(self, data, capsys):
        assert len(list(labelled_photos(data))) == 9
        assert "1 of 10 labelled photos left out" in capsys.readouterr().out

    def test_classes_of_streets_become_labels(self, pools):
        np.testing.assert_array_equal(
            pools["camvid"][0].labels, np.repeat([[SKY, FRONT, CARS, UNKNOWN]], 5, 0)
        )

    def test_a_cutout_is_a_person_where_its_alpha_says_so(self, pools):
        labels = pools["cutout"][0].labels
        np.testing.assert_array_equal(labels, np.repeat([[UNKNOWN] * 15 + [PERSON] * 15], 20, 0))


def test_a_pack_is_kept_and_read_again(data, tmp_path, monkeypatch):
    first = load_pack(data, tmp_path / "cache")
    monkeypatch.setattr(region_data, "gathered", lambda data: pytest.fail("packs again"))
    again = load_pack(data, tmp_path / "cache")
    assert first.keys() == again.keys()
    for pool, pictures in first.items():
        for one, other in zip(pictures, again[pool], strict=True):
            assert all(torch.equal(*pair) for pair in zip(one, other))
    pools, textures = load_pools(first, "cpu")
    assert list(pools) == ["camvid", "labelled", "cutout", "plain"]
    assert textures.shape == (2, 3, 128, 128)
    assert pools["camvid"].exact.tolist() == [0.5]


def test_packing_keeps_labels_and_alpha_to_the_bit_and_colours_nearly():
    rng = np.random.default_rng(0)
    labels, alpha = rng.integers(0, 256, (2, 40, 50), np.uint8)
    rgb = np.zeros((40, 50, 3), np.uint8)
    rgb[:] = (200, 100, 30)
    found = Packed.of(Picture(rgb, labels, alpha)).picture()
    np.testing.assert_array_equal(found.labels, labels)
    np.testing.assert_array_equal(found.alpha, alpha)
    assert np.abs(found.rgb.astype(int) - rgb).max() < 8
    bare = Packed.of(Picture(rgb)).picture()
    assert bare.labels is None
    assert bare.alpha is None


def test_pictures_lie_at_the_top_left_of_canvases():
    small = Picture(np.full((3, 4, 3), 7, np.uint8), np.zeros((3, 4), np.uint8))
    large = Picture(
        np.full((CANVAS + 9, 5, 3), 8, np.uint8), alpha=np.full((CANVAS + 9, 5), 9, "B")
    )
    found = on_canvases([small, large], 0.5, "cpu")
    assert found.sizes.tolist() == [[3, 4], [CANVAS, 5]]
    assert found.rgb.sum((1, 2, 3)).tolist() == [3 * 3 * 4 * 7, 3 * CANVAS * 5 * 8]
    assert (found.labels[0, 0, :3, :4] == 0).all()
    assert (found.labels != UNKNOWN).sum() == 12
    assert (found.parts > 0).sum() == 12
    assert found.alpha.long().sum() == CANVAS * 5 * 9


def test_parts_are_connected_and_people_are_whole():
    picture = """
        s s . p f
        s . . h p
        . . s . .
        p . s s .
    """
    meaning = {"s": SKY, "p": PERSON_KIND, "f": FACE, "h": HAIR, ".": UNKNOWN}
    labels = np.array([[meaning[c] for c in row.split()] for row in picture.split("\n")[1:-1]])
    parts = connected_parts(labels.astype(np.uint8))
    assert (parts[labels == UNKNOWN] == 0).all()
    groups = [{(0, 0), (0, 1), (1, 0)}, {(2, 2), (3, 2), (3, 3)}, {(0, 3), (0, 4), (1, 3), (1, 4)}]
    groups.append({(3, 0)})
    found = [set(zip(*map(list, np.nonzero(parts == n)))) for n in range(1, parts.max() + 1)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, groups))


def test_alpha_decides_where_it_contradicts_labels():
    labels = np.array([[SKY, SKY, SKY, FACE, FACE, FACE]], np.uint8)
    alpha = np.array([[0, 128, 255, 0, 128, 255]], np.uint8)
    expected = [[SKY, UNKNOWN, PERSON, UNKNOWN, UNKNOWN, FACE]]
    np.testing.assert_array_equal(labels_by_alpha(labels, alpha), expected)


def test_labels_allow_their_own_kind_and_sets_several():
    allowed = allowed_kinds()
    assert torch.equal(allowed[: len(KINDS)], torch.eye(len(KINDS)) > 0)
    names = [{KINDS[i] for i in row.nonzero()[:, 0]} for row in allowed[len(KINDS) :]]
    assert names[PERSON - len(KINDS)] == {"person", "face", "hair"}
    assert names[CARS - len(KINDS)] == {"car", "vehicle", "bus"}
    assert names[FRONT - len(KINDS)] == {"building", "wall"}
