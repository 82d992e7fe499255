"""Styles that are learned once and then paint any photo in one pass."""

from semcs.learning.learn import learn_style
from semcs.learning.style import Style

__all__ = ["Style", "learn_style"]
