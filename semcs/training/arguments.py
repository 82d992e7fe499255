"""Command-line options that several training programs have, and their mixed precision."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def training_parser(
    description: str | None, *, steps: int, device: bool = True
) -> argparse.ArgumentParser:
    """A parser for --data, --out, --steps, --seed and, unless it is left out, --device."""
    parser = plain_parser(description)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds manifest.csv")
    parser.add_argument("--out", type=Path, required=True, help="where weights, log and cache go")
    parser.add_argument("--steps", type=int, default=steps, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=0, help="default %(default)s")
    if device:
        parser.add_argument("--device", default="cpu", help="cpu or cuda; default %(default)s")
    return parser


def plain_parser(description: str | None) -> argparse.ArgumentParser:
    """A parser without options, which prints the description line by line as it is."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def parse_seeded(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The options of the command line; networks built from here on start as --seed says."""
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    return args


def add_crops(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add --crops; programs that are given the same number share the rendered crops."""
    parser.add_argument(
        "--crops", type=int, default=36_000, help="rendered crops to train on; default %(default)s"
    )
    return parser


def add_init(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add --init."""
    parser.add_argument("--init", action="store_true", help="start from the bundled weights")
    return parser


def add_magenta(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add --magenta."""
    parser.add_argument(
        "--magenta", type=Path, required=True, help="what semcs.training.magenta wrote"
    )
    return parser


def autocast(device: str) -> torch.autocast:
    """Mixed precision on a device such as "cpu" or "cuda:1".

    It is bfloat16 everywhere: with the range of float32, losses need no scaling. Casts of weights
    aren't kept: before torch 2.11, those made without gradients were used with them too, and the
    weights got none.
    """
    return torch.autocast(torch.device(device).type, torch.bfloat16, cache_enabled=False)
