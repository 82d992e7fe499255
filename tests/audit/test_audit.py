"""What `make audit` makes of pip-audit's answers: nothing unchecked passes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from audit import KNOWN, UNCHECKED, outcome

CLEAN = {"name": "numpy", "version": "2.0.0", "vulns": []}
FOUND = {
    "name": "pillow",
    "version": "9.0.0",
    "vulns": [
        {"id": "PYSEC-2022-10", "fix_versions": ["9.0.1"], "aliases": [], "description": ""},
        {"id": "PYSEC-2022-11", "fix_versions": [], "aliases": [], "description": ""},
    ],
}
SKIPPED = {"name": "torch", "skip_reason": "Dependency not found on PyPI"}
OWN = {"name": "semcs", "skip_reason": "distribution marked as editable"}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([CLEAN, OWN], 0, "passed, nothing known of 1 packages"),
        ([CLEAN, FOUND, SKIPPED], KNOWN, "FAILED, 2 known vulnerabilities"),
        ([CLEAN, SKIPPED], UNCHECKED, "NOT CHECKED, 1 of 2 packages"),
        ([OWN], UNCHECKED, "NOT CHECKED"),
    ],
)
def test_outcomes(packages, code, words):
    found, lines = outcome(json.dumps({"dependencies": packages, "fixes": []}), "")
    assert found == code
    assert words in lines[-1]


def test_each_vulnerability_is_named():
    _, lines = outcome(json.dumps({"dependencies": [FOUND]}), "")
    assert lines[:2] == [
        "audit: pillow 9.0.0: PYSEC-2022-10, mended in 9.0.1",
        "audit: pillow 9.0.0: PYSEC-2022-11, mended in no release yet",
    ]


@pytest.mark.parametrize("said", ["", "Traceback\nConnectionError: api.osv.dev\n"])
def test_no_answer_is_one_line_and_no_pass(said):
    code, (line,) = outcome("", said)
    assert code == UNCHECKED
    assert line.startswith("audit: NOT CHECKED")
    assert "\n" not in line
