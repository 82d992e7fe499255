"""What a case may come to."""

from __future__ import annotations

import numpy as np

from semcs.errors import SemcsError

LONGEST_MESSAGE = 5000  # letters of an error, which may repeat the longest path that systems take


def check_picture(picture) -> None:
    """A picture as documented, and the way back."""
    height, width = picture.size
    assert picture.rgb.shape == (height, width, 3), picture.rgb.shape
    check_unit(picture.rgb)
    if picture.alpha is not None:
        assert picture.alpha.shape == (height, width), picture.alpha.shape
        check_unit(picture.alpha)
    assert picture.restore(picture.rgb) is not None


def check_mask(mask, size) -> None:
    assert mask.shape == tuple(size), mask.shape
    check_unit(mask)


def check_unit(values) -> None:
    assert values.dtype == np.float32, values.dtype
    assert np.isfinite(values).all(), "NaN or infinite values"
    assert values.min() >= 0, values.min()
    assert values.max() <= 1, values.max()


def check_message(error: SemcsError) -> None:
    """One clear line."""
    message = str(error)
    assert message, "an error without a message"
    assert "\n" not in message, f"a message of several lines: {message!r}"
    assert len(message) <= LONGEST_MESSAGE, f"a message of {len(message)} letters"
