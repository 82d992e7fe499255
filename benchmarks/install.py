"""From nothing to the first styled picture in the browser, as somebody new meets it.

    python -m benchmarks.install [--by uv pip] [--json]

Each installer gets an empty virtual environment and an empty cache, and brings this checkout with
the extra `studio` into it: the seconds are those of download, disk and compilation to bytecode
(`uv pip install --compile-bytecode`; uv itself is installed before, which pip does in 2 s). Then
`semcs studio` is started there, and asked for its page, and for the first picture of a photo.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.commands import add_json, command_parser, one_line_errors
from benchmarks.speed.alone import ROOT
from benchmarks.speed.command import cpu
from benchmarks.studio.serving import client_of, served
from benchmarks.studio.waits import first_picture, page_there

ASKED = f"{ROOT}[studio]"
SIDE = 1024  # pixels, of the photo


def by_pip(folder: Path) -> list[str]:
    """The command of pip, for the environment in a folder."""
    return [str(python_of(folder)), "-m", "pip", "install", "--quiet", "--no-cache-dir", ASKED]


def by_uv(folder: Path) -> list[str]:
    """The same of uv; its cache is beside the environment, so that files are linked, not copied."""
    subprocess.run([python_of(folder), "-m", "pip", "install", "--quiet", "uv"], check=True)
    own = ["--python", str(folder / "venv"), "--cache-dir", str(folder / "cache")]
    install = [str(folder / "venv/bin/uv"), "pip", "install", "--quiet", "--compile-bytecode"]
    return [*install, *own, ASKED]


INSTALLERS: dict[str, Callable[[Path], list[str]]] = {"uv": by_uv, "pip": by_pip}


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in a folder."""
    return folder / "venv/bin/python"


def measure(installer: str) -> dict[str, float]:
    """Install, start the studio, and style a photo; in seconds, and MB on disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        command = INSTALLERS[installer](folder)
        began = time.monotonic()
        subprocess.run(command, check=True)
        found = {"installed": time.monotonic() - began}
        with served(python=python_of(folder)) as server:
            found["first page"] = page_there(server)
            with client_of(server) as client:
                found |= first_picture(client, SIDE)[2]
        used = subprocess.run(["du", "-sm", folder / "venv"], stdout=subprocess.PIPE, check=True)
        return {**found, "MB": float(used.stdout.split()[0])}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = command_parser("install", __doc__)
    parser.add_argument(
        "--by", nargs="+", choices=INSTALLERS, default=list(INSTALLERS), help="(default both)"
    )
    add_json(parser)
    asked = parser.parse_args(argv)
    with one_line_errors(subprocess.CalledProcessError):
        found = {installer: measure(installer) for installer in asked.by}
    print(json.dumps({"cpu": cpu(), **found}) if asked.json else f"{cpu()}\n{table(found)}")


def table(found: dict[str, dict[str, float]]) -> str:
    """Lines for people."""
    return "\n".join(
        f"{installer}: " + ", ".join(f"{name} {value:.1f}" for name, value in values.items())
        for installer, values in found.items()
    )


if __name__ == "__main__":
    main()
