"""What people copy from the README and docs passes a strict type checker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Code inside other programs, whose types aren't here; it runs in tests/interop and test_plugins.
OTHERS = {"pipelines.md", "plugins.md"}
PAGES = [
    "README.md",
    *sorted(
        f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md") if page.name not in OTHERS
    ),
]
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)

# What the pages' examples take as given.
GIVEN = """\
import numpy as np
import torch
from PIL import Image
import semcs
image = Image.new("RGB", (64, 64))
img = image
rgb = np.zeros((64, 64, 3), np.float32)
mask = my_mask = sky = house = rgb[..., 0]
features = np.zeros((4, 4, 8))
frame = a = b = image
photo = painting = torch.zeros(1, 3, 64, 64)
masks, directions = photo[:, :1], torch.zeros(1, 256)

def show(picture: object) -> None: ...

"""

TYPES = """\
from typing import assert_type
import io
from pathlib import Path
styled = semcs.stylize("photo.jpg", fg="gold")
assert_type(styled, Image.Image)
assert_type(semcs.stylize(Path("photo.jpg"), "gold"), Image.Image)
assert_type(semcs.stylize(b"", "gold"), Image.Image)
assert_type(semcs.stylize(io.BytesIO(), "gold"), Image.Image)
assert_type(semcs.stylize(image, "gold"), Image.Image)
tensor = torch.zeros(3, 64, 64)
assert_type(semcs.stylize(tensor, "gold"), torch.Tensor)
assert_type(semcs.Stylizer("bundled")("photo.jpg", fg="gold").image, Image.Image)
assert_type(semcs.Stylizer("bundled")(tensor, fg="gold").image, torch.Tensor)
assert_type(semcs.saliency_mask("photo.jpg"), Image.Image)
assert_type(semcs.saliency_mask(tensor, models="bundled"), torch.Tensor)
assert_type(semcs.stylize_video("a.mp4", "b.mp4", "gold", start=2), semcs.ClipResult)
assert_type(next(semcs.stylize_video([tensor], style="gold")), torch.Tensor)
assert_type(next(semcs.stylize_video([image], style="gold")), Image.Image)
semcs.stylize_video("a.mp4", "b.mp4", stpes=3)  # type: ignore[call-overload]
semcs.stylize("photo.jpg", stpes=3)  # type: ignore[call-overload]
"""


def test_examples_and_types(tmp_path):
    """One run for all of them: it takes seconds to start."""
    api = pytest.importorskip("mypy.api")
    sources = {page: "".join(PYTHON.findall((ROOT / page).read_text())) for page in PAGES}
    assert sources["README.md"]
    files = []
    for page, source in {**sources, "types": TYPES}.items():
        files.append(tmp_path / f"page_{re.sub(r'[^a-z]', '_', page.lower())}.py")
        files[-1].write_text(GIVEN + source)
    options = ["--strict", "--config-file", str(ROOT / "pyproject.toml")]
    cache = ["--cache-dir", str(ROOT / ".mypy_cache")]
    told, _, status = api.run([*options, *cache, *map(str, files)])
    assert status == 0, told
