from __future__ import annotations

import pytest
from PIL import Image

from benchmarks.pairs import find_pairs
from semcs.errors import InputError


def write(folder, *names):
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (2, 2)).save(file)


def names(folder):
    return [tuple(f.relative_to(folder).as_posix() for f in pair) for pair in find_pairs(folder)]


@pytest.mark.parametrize(
    ("photo", "mask"),
    [
        ("images/0001.jpg", "ground_truth_mask/0001.png"),
        ("DUTS-TE/DUTS-TE-Image/a_1.jpg", "DUTS-TE/DUTS-TE-Mask/a_1.png"),
        ("DUT-OMRON-image/a.jpg", "pixelwiseGT-new-PNG/a.png"),
        ("DUT-OMRON-image/DUT-OMRON-image/a.jpg", "pixelwiseGT-new-PNG/x/a.png"),
        ("images/001.Albatross/A_1.jpg", "segmentations/001.Albatross/A_1.png"),
        ("CUB_200_2011/images/001.A/A_1.jpg", "segmentations/001.A/A_1.png"),
        ("001.jpg", "001.png"),
        ("people/001.JPG", "people/001.png"),
        ("imgs/1.png", "gt/1.png"),
        ("input/1.bmp", "annotations/1.jpg"),
        ("images/gas_mask/1.jpg", "masks/gas_mask/1.png"),
        ("1.jpg", "mask/1.jpg"),
    ],
)
def test_layouts(tmp_path, photo, mask):
    write(tmp_path, photo, mask, "images/without.jpg", "masks/lost.png", "images/._a.jpg")
    assert names(tmp_path) == [(photo, mask)]


def test_the_same_name_in_two_folders(tmp_path):
    files = [f"{kind}/{c}/1.png" for kind in ("images", "masks") for c in ("a", "b")]
    write(tmp_path, *files)
    assert names(tmp_path) == [
        ("images/a/1.png", "masks/a/1.png"),
        ("images/b/1.png", "masks/b/1.png"),
    ]


def test_two_masks_of_a_photo_are_an_error(tmp_path):
    write(tmp_path, "images/1.jpg", "masks/1.png", "GT/1.png")
    with pytest.raises(InputError, match="more than one"):
        find_pairs(tmp_path)


def test_two_photos_of_a_mask_are_an_error(tmp_path):
    write(tmp_path, "images/1.jpg", "photos/1.jpg", "masks/1.png")
    with pytest.raises(InputError, match="more than one"):
        find_pairs(tmp_path)


@pytest.mark.parametrize("files", [(), ("a.jpg", "b.png"), ("masks/a.png",)])
def test_no_pairs_are_an_error(tmp_path, files):
    write(tmp_path, *files)
    with pytest.raises(InputError, match="no photos with masks"):
        find_pairs(tmp_path)
