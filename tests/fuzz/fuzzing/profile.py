"""How many examples hypothesis tries: the same few in a normal run, any number where asked."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("SEMCS_FUZZ")
NORMAL = 2000  # cases of a normal run, which SEMCS_FUZZ multiplies


def examples(normal: int) -> Any:
    """Settings of a test that tries `normal` examples in a normal run."""
    return settings(
        max_examples=max(1, normal * int(ASKED or NORMAL) // NORMAL),
        deadline=None,
        derandomize=not ASKED,
        database=None,
        suppress_health_check=[*HealthCheck],
        print_blob=True,
    )
