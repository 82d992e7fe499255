"""Makes semcs.ipynb of semcs.md, for Jupyter and Colab; with --run, runs it too."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import jupytext
import nbformat

HERE = Path(__file__).parent
SOURCE, NOTEBOOK = HERE / "semcs.md", HERE / "semcs.ipynb"
MOST_SECONDS = 120  # of one cell


def notebook_of(source: Path = SOURCE) -> nbformat.NotebookNode:
    """The notebook of a source, without outputs; the same each time, down to the cells' ids."""
    made = jupytext.read(source)
    made.metadata.pop("jupytext", None)
    made.metadata["colab"] = {"provenance": []}
    for number, cell in enumerate(made.cells, 1):
        cell["id"] = f"semcs-{number:02}"
        cell["metadata"] = {}
    nbformat.validate(made)
    return made


def text_of(notebook: nbformat.NotebookNode) -> str:
    """What the file holds."""
    return nbformat.writes(notebook, version=4, indent=1) + "\n"


def run(notebook: nbformat.NotebookNode, folder: str, kernel: str = "python3") -> float:
    """Run all cells in a folder, which get their outputs; how many seconds it took.

    Raises:
        CellExecutionError: A cell failed.
    """
    from nbclient import NotebookClient

    began = time.monotonic()
    where = {"metadata": {"path": folder}}
    client = NotebookClient(notebook, timeout=MOST_SECONDS, kernel_name=kernel, resources=where)
    client.execute()
    return time.monotonic() - began


def main() -> None:
    """Write the notebook; with --run, run it in a folder that is thrown away."""
    notebook = notebook_of()
    NOTEBOOK.write_text(text_of(notebook), encoding="utf-8")
    print(NOTEBOOK)
    if "--run" in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            print(f"ran in {run(notebook, folder):.1f} s")


if __name__ == "__main__":
    main()
