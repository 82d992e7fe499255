"""The notebook is what its source gives, and runs from top to bottom."""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

FOLDER = Path(__file__).parents[2] / "docs/places/notebook"
MOST_BYTES = 20_000  # without outputs

pytest.importorskip("jupytext", reason="jupytext, which reads the source, isn't installed")
nbformat = pytest.importorskip("nbformat")


@pytest.fixture(scope="module")
def make():
    """The program that makes the notebook."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)  # docs/ is shipped as it lies there
        spec = importlib.util.spec_from_file_location("make_notebook", FOLDER / "make.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def test_it_is_what_its_source_gives(make):
    """Otherwise run `make notebook`."""
    written = make.NOTEBOOK.read_text(encoding="utf-8")
    assert written == make.text_of(make.notebook_of())
    assert len(written) < MOST_BYTES


def test_it_has_no_outputs_and_installs_semcs(make):
    cells = json.loads(make.NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 8
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert '%pip install --quiet "semcs[video]"' in "".join(code[0]["source"])


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """A kernel of this interpreter, on one thread."""
    pytest.importorskip("nbclient", reason="nbclient, which runs notebooks, isn't installed")
    pytest.importorskip("ipykernel", reason="ipykernel, which runs cells, isn't installed")
    folder = tmp_path / "jupyter/kernels/semcs-test"
    folder.mkdir(parents=True)
    about = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "semcs-test",
        "language": "python",
        "env": {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"},
    }
    (folder / "kernel.json").write_text(json.dumps(about))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return about["display_name"]


def shown_by(notebook, start):
    """The pictures, texts and pages that the cell beginning with `start` shows."""
    (cell,) = [cell for cell in notebook.cells if cell.source.startswith(start)]
    shown = []
    for output in cell.outputs:
        if output.output_type == "stream":
            shown.append(output.text)
        elif "image/png" in output.data:
            png = base64.b64decode(output.data["image/png"])
            shown.append(Image.open(io.BytesIO(png)))
        else:
            shown.append(output.data.get("text/html", output.data["text/plain"]))
    return shown


def test_it_runs(make, kernel, tmp_path):
    notebook = make.notebook_of()
    make.run(notebook, str(tmp_path), kernel)
    (mask,) = shown_by(notebook, "mask =")
    (styled,) = shown_by(notebook, "styled = ")
    (photo,) = shown_by(notebook, "from PIL")
    inside = np.asarray(mask.convert("L"))
    assert inside[200:230, 300:330].min() > 250
    assert inside[:60].max() < 5
    assert styled.size == photo.size == mask.size
    assert np.abs(np.float32(styled) - np.float32(photo)).mean() > 20
    (page,) = shown_by(notebook, "import base64")
    assert page.count("url(data:image/jpeg;base64,") == 2
    (sheet,) = shown_by(notebook, "texts =")
    assert sheet.size == (960, 426)
    (regions,) = shown_by(notebook, "from semcs import Region")
    assert regions.size == (640, 427)
    preview, told = shown_by(notebook, "from IPython")
    assert preview.size == (256, 171)
    assert "5 steps in" in told
    assert shown_by(notebook, "score =")[-1].count("content lost") == 2
    assert (tmp_path / "styled.png").is_file()
    if importlib.util.find_spec("av"):
        assert (tmp_path / "styled.mp4").stat().st_size > 10_000
