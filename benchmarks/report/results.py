"""Results that are kept: measured where they are missing, with the weights they came from."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import torch

from benchmarks.judge.model import WEIGHTS
from benchmarks.report.parts import Part, Places
from semcs.errors import InputError
from semcs.models.registry import BUNDLED_FOLDER

ROOT = Path(__file__).parents[2]


def measure(part: Part, places: Places) -> None:
    """Run a part whose result isn't kept, and keep it.

    Raises:
        SemcsError: It failed.
    """
    file = places.out / f"{part.name}.json"
    if not file.is_file():
        used = weights()
        found = part.run(places) if part.run else run_command(part, places)
        text = json.dumps(found, indent=1)
        made = {
            "command": part.command,
            "weights": used,
            "torch": torch.__version__,
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        places.out.mkdir(parents=True, exist_ok=True)
        _made(file).write_text(json.dumps(made, indent=1), encoding="utf-8")
        partial = file.with_suffix(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    picture = file.with_suffix(".png")
    if part.sheet and not picture.is_file():
        part.sheet(picture)


def run_command(part: Part, places: Places) -> Any:
    """The JSON that a benchmark prints, run by itself.

    Raises:
        InputError: It failed, or printed something else.
    """
    arguments = [places.fill(argument) for argument in part.arguments]
    command = [sys.executable, "-m", part.benchmark, *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise InputError(f"{part.command} ended with {done.returncode}")
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise InputError(f"{part.command} printed no JSON") from None


def weights() -> dict[str, str]:
    """SHA-256 of the bundled networks and of the judge, as the files are."""
    files = [*sorted(BUNDLED_FOLDER.glob("*.safetensors")), WEIGHTS]
    return {f.stem: hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.is_file()}


def provenance(part: Part, file: Path) -> str:
    """How, and with which weights, a kept result was measured."""
    made: dict[str, Any] = {}
    if _made(file).is_file():
        made = json.loads(_made(file).read_text(encoding="utf-8"))
    if made.get("sha256") != hashlib.sha256(file.read_bytes()).hexdigest():
        return f"From a kept result of `{part.benchmark}`; its weights weren't noted."
    now = weights()
    other = [name for name in part.uses if made["weights"].get(name) != now.get(name)]
    text = (
        f"By `{made['command']}`; torch {made['torch']}, Python {made['python']}, "
        f"{made['cores']} cores."
    )
    if other:
        text += f" **Measured with other weights than those above: {', '.join(other)}.**"
    return text


def _made(file: Path) -> Path:
    return file.with_suffix(".made.json")
