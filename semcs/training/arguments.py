"""Command-line options that all training programs share."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def training_parser(description: str | None, *, steps: int) -> argparse.ArgumentParser:
    """A parser for --data, --out, --steps, --seed and --device."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds manifest.csv")
    parser.add_argument("--out", type=Path, required=True, help="where weights, log and cache go")
    parser.add_argument("--steps", type=int, default=steps, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=0, help="default %(default)s")
    parser.add_argument(
        "--device",
        default="cpu",
        help="cpu or cuda (default %(default)s); networks train in bfloat16 autocast on either",
    )
    return parser


def add_crops(parser: argparse.ArgumentParser) -> None:
    """Add --crops; parts with the same number share what was rendered."""
    parser.add_argument(
        "--crops", type=int, default=36_000, help="rendered crops to train on; default %(default)s"
    )


def autocast(device: str) -> torch.autocast:
    """Mixed precision on a device such as "cpu" or "cuda:1".

    It is bfloat16 everywhere: with the range of float32, losses need no scaling.
    """
    return torch.autocast(torch.device(device).type, torch.bfloat16)
