"""Photos for the tests of clusters."""

import pytest


@pytest.fixture
def photos(tmp_path, photo):
    """A folder of five small photos that differ, and of one file that is none."""
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    for number in range(5):
        name = f"more/{number}.png" if number % 2 else f"{number}.png"
        photo.rotate(9 * number).resize((48, 32)).save(folder / name)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    return folder
