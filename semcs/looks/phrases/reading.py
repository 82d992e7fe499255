"""Reads tables of lines "name: phrase | phrase | …"; an indented line goes on with the last."""

from __future__ import annotations


def read_tables(*tables: str) -> dict[str, tuple[str, ...]]:
    """The phrases of each name, in the order of the tables."""
    entries = [line for table in tables for line in table.strip().replace("\n  ", " ").splitlines()]
    pairs = (entry.split(": ", 1) for entry in entries)
    return {name: tuple(phrase.strip() for phrase in text.split("|")) for name, text in pairs}
