"""Asks PyPI whether vulnerabilities are known of the packages that are installed.

`make audit` runs it. The exit code is 0 where none is known of any package, 1 where one is, and 3
where packages couldn't be asked about, as without network: that is no pass.
"""

from __future__ import annotations

import json
import subprocess
import sys

KNOWN, UNCHECKED = 1, 3
OWN = "semcs"  # which may not be on PyPI
COMMAND = ("-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--timeout", "10")


def outcome(report: str, said: str) -> tuple[int, list[str]]:
    """The exit code and the lines to print.

    Args:
        report: pip-audit's JSON; empty where it failed.
        said: What it wrote on stderr.
    """
    if not report.strip():
        reason = (said.strip().splitlines() or ["pip-audit said nothing"])[-1]
        return UNCHECKED, [f"audit: NOT CHECKED, no vulnerability database was reached: {reason}"]
    packages = [row for row in json.loads(report)["dependencies"] if row["name"] != OWN]
    lines = [
        f"audit: {row['name']} {row['version']}: {found['id']}, "
        f"mended in {', '.join(found['fix_versions']) or 'no release yet'}"
        for row in packages
        for found in row.get("vulns", ())
    ]
    if lines:
        return KNOWN, [*lines, f"audit: FAILED, {len(lines)} known vulnerabilities"]
    skipped = [row["name"] for row in packages if "skip_reason" in row]
    if skipped or not packages:
        names = ", ".join(skipped[:5]) + (", …" if len(skipped) > 5 else "")
        share = f"{len(skipped)} of {len(packages)} packages aren't in the database reached"
        return UNCHECKED, [f"audit: NOT CHECKED, {share}: {names}"]
    return 0, [f"audit: passed, nothing known of {len(packages)} packages"]


def main() -> int:
    """Audit what `PIPAPI_PYTHON_LOCATION` has installed; returns the exit code."""
    ran = subprocess.run([sys.executable, *COMMAND], capture_output=True, text=True)
    code, lines = outcome(ran.stdout, ran.stderr)
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
