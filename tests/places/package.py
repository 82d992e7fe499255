"""Checks what `python -m build` has made, for `make package`: sizes, contents, metadata."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

ROOT = Path(__file__).parents[2]
LARGEST_WHEEL = 40_000_000  # bytes
LEFT_OUT = ("semcs/training/", "tests/", "benchmarks/", "docs/")
NEEDED = ("README.md", "LICENSE", "CITATION.cff", "docs/places/notebook/semcs.ipynb")


def faults_of_wheel(file):
    """What is wrong with a wheel, a line each."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        (place,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        metadata = archive.read(place).decode()
    faults = faults_of_metadata(metadata)
    size = Path(file).stat().st_size
    if size >= LARGEST_WHEEL:
        faults.append(f"the wheel has {size:,} bytes: {LARGEST_WHEEL:,} is too much")
    faults += [f"{name} is in the wheel" for name in names if name.startswith(LEFT_OUT)]
    faults += [f"{name} is in the wheel" for name in names if "__pycache__" in name]
    faults += [f"{name} isn't in the wheel" for name in sorted(shipped() - set(names))]
    return faults


def shipped():
    """All files of the package, weights and page among them, but for those of training."""
    files = [path for path in (ROOT / "semcs").rglob("*") if path.is_file()]
    names = {path.relative_to(ROOT).as_posix() for path in files}
    return {name for name in names if not name.startswith(LEFT_OUT) and "__pycache__" not in name}


def faults_of_metadata(text):
    """What an index would show wrongly, or not at all."""
    said = message_from_string(text)
    expected = {
        "License-Expression": "MIT",
        "Description-Content-Type": "text/markdown",
        "Requires-Python": ">=3.10",
    }
    faults = [
        f"{key} is {said[key]}: {value} is expected"
        for key, value in expected.items()
        if said[key] != value
    ]
    faults += [f"{key} isn't said" for key in ("Summary", "Keywords") if not said[key]]
    classifiers = said.get_all("Classifier") or []
    if not any(one.startswith("Development Status ::") for one in classifiers):
        faults.append("no classifier says how far it is")
    # Indexes refuse both a license expression and a classifier of the licence.
    faults += [f"{one} is said twice" for one in classifiers if one.startswith("License ::")]
    return faults


def faults_of_sdist(file):
    """What is missing in a source distribution."""
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    return [f"{name} isn't in the source distribution" for name in NEEDED if name not in names]


def main(folder):
    """Check the wheel and the sdist of a folder; end with all faults, if there are any."""
    ((wheel,), (sdist,)) = Path(folder).glob("*.whl"), Path(folder).glob("*.tar.gz")
    for file in (wheel, sdist):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")
    faults = faults_of_wheel(wheel) + faults_of_sdist(sdist)
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(sys.argv[1])
