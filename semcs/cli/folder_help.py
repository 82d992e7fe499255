"""What `semcs folder --help` says beyond the options."""

from __future__ import annotations

EPILOG = """\
examples:
  semcs folder photos -o styled --fg gold --bg "starry night"
  semcs folder photos -o styled watercolor --format png      one text for all
  semcs folder photos -o styled --bg snow --pattern '*.jpg' --pattern '!raw/**'
  semcs folder photos -o styled --manifest styles.csv        each picture its own way
  semcs folder photos -o masks --only mask
  semcs folder photos -o styled --fg gold --also layers --table scores.csv --scores
  semcs folder photos -o styled --fg gold --contact-sheet sheet.pdf
  semcs folder inbox -o styled --fg gold --watch             whatever comes, until Ctrl-C
  semcs folder photos -o styled --fg gold --dry-run          what would be done, and why
  semcs folder photos -o styled --fg gold --ray auto         on a Ray cluster

Outputs keep their names within the folder; nothing else is copied. Stopped, killed, disk full? The
same command goes on where it was: pictures that are there, of the same bytes and by the same
options, are skipped, and the others are made, to the same bits as without the interruption. Each
is written whole or not at all. A picture that can't be read, or whose process dies, costs itself
alone: it is told, and tried again with --retry or when its file changes.

A manifest is CSV with a header, JSON lines or Parquet:
  path,fg,bg,strength
  a.jpg,gold,starry night,
  2024/b.jpg,,snow,0.7

What came of each picture is a line of OUT/.semcs-folder/journal.jsonl. Ctrl-C finishes what is
begun; a second one ends at once. Exit code 1 says that a picture failed."""
