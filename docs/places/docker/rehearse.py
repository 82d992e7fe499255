"""Takes the steps of the Dockerfile without Docker, in a fresh virtual environment.

What changes the system (apt-get, useradd) is left out and named. Then the command paints the demo
and starts as in the container, and is asked what it is. Run from the top of a checkout:
python docs/places/docker/rehearse.py
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
OF_THE_SYSTEM = ("apt-get ", "useradd ")
SERVER_SECONDS = 60
TOKEN = "only-for-this-rehearsal"


class Step(NamedTuple):
    """One instruction of a Dockerfile, in capitals, and what follows it."""

    instruction: str
    rest: str


def read_steps(file: Path = HERE / "Dockerfile") -> list[Step]:
    """The instructions of a Dockerfile, in order, each on one line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = text.replace("\\\n", " ").splitlines()
    split = (" ".join(line.split()).split(" ", 1) for line in joined if line.strip())
    return [Step(instruction.upper(), rest) for instruction, rest in split]


def copy(sources: list[str], target: Path) -> None:
    """As COPY does: the content of a folder, or files into a folder."""
    for source in (ROOT / name for name in sources):
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=leave)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def take(steps: list[Step], root: Path, torch_index: str | None) -> dict[str, str]:
    """Take all steps in a folder that stands for the image's root; gives the environment."""
    subprocess.run([sys.executable, "-m", "venv", root / "venv"], check=True)
    environment = {**os.environ, "PATH": f"{root / 'venv/bin'}:{os.environ['PATH']}"}
    environment.pop("PYTHONPATH", None)
    for step in steps:
        if step.instruction == "ARG":
            name, value = step.rest.split("=", 1)
            environment[name] = torch_index if torch_index and name == "TORCH_INDEX" else value
        elif step.instruction == "COPY":
            *sources, target = step.rest.split()
            copy(sources, root / target.strip("/"))
        elif step.instruction == "RUN":
            left_out = step.rest.startswith(OF_THE_SYSTEM)
            print("left out:" if left_out else "run:", step.rest, flush=True)
            if not left_out:
                command = step.rest.replace("/src", str(root / "src"))
                subprocess.run(["bash", "-ec", command], cwd=root, env=environment, check=True)
    return environment


def words(steps: list[Step], instruction: str) -> list[str]:
    """What an instruction in JSON says, such as CMD."""
    (rest,) = (step.rest for step in steps if step.instruction == instruction)
    return [str(word) for word in json.loads(rest)]


def try_server(steps: list[Step], root: Path, environment: dict[str, str]) -> str:
    """Start what the container starts, on a free port; gives what it says of itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = ["--port", str(port), "--token", TOKEN]
    command = [*words(steps, "ENTRYPOINT"), *words(steps, "CMD"), *said]
    server = subprocess.Popen(command, cwd=root, env=environment)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/about", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    try:
        for _ in range(SERVER_SECONDS):
            time.sleep(1)
            try:
                return urllib.request.urlopen(request, timeout=5).read().decode()
            except OSError as error:
                last = error
        raise SystemExit(f"the server didn't answer within {SERVER_SECONDS} s: {last}")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Take the steps, then try what they made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--torch-index", help="in place of the one that the Dockerfile names")
    args = parser.parse_args()
    steps = read_steps()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        environment = take(steps, root, args.torch_index)
        (name,) = words(steps, "ENTRYPOINT")
        subprocess.run([name, "demo", "--out", "out"], cwd=root, env=environment, check=True)
        print(try_server(steps, root, environment))


if __name__ == "__main__":
    main()
