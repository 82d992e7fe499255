from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from semcs import looks
from semcs.training.data import pixels, save_array
from semcs.training.files import fingerprint, looks_sources, written_whole


def write_half_of(file):
    with written_whole(file) as partial:
        partial.write_text("sec")
        1 / 0  # noqa: B018


def test_a_file_is_written_whole_or_stays(tmp_path):
    file = tmp_path / "new" / "text.txt"
    with written_whole(file) as partial:
        partial.write_text("first")
        assert not file.exists()
    assert file.read_text() == "first"
    with pytest.raises(ZeroDivisionError):
        write_half_of(file)
    assert file.read_text() == "first"


def test_arrays_keep_their_name(tmp_path):
    save_array(tmp_path / "a.npy", np.arange(3))
    assert [file.name for file in tmp_path.iterdir()] == ["a.npy"]
    assert np.load(tmp_path / "a.npy").tolist() == [0, 1, 2]


def test_a_fingerprint_changes_with_sources_and_values(tmp_path):
    sources = [tmp_path / "a.py", tmp_path / "b.py"]
    for source in sources:
        source.write_text("x = 1")
    first = fingerprint(sources, b"value")
    assert first == fingerprint(reversed(sources), b"value")
    assert len(first) == 8
    assert first != fingerprint(sources, b"other")
    sources[1].write_text("x = 2")
    assert first != fingerprint(sources, b"value")


@pytest.mark.parametrize("phrases", [False, True])
def test_sources_of_the_looks_are_found(phrases):
    folder = Path(looks.__file__).parent
    found = {str(source.relative_to(folder)) for source in looks_sources(phrases=phrases)}
    assert {"registry.py", "form.py", "painters/__init__.py"} <= found
    assert ("phrases/painting.py" in found) is phrases


def test_pixels_are_bytes_as_images():
    images = np.random.default_rng(0).integers(0, 256, (2, 5, 4, 3), np.uint8)
    found = pixels(images)
    assert found.shape == (2, 3, 5, 4)
    assert found[1, 2, 3, 1].item() == pytest.approx(images[1, 3, 1, 2] / 255)
