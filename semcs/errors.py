"""The errors that semcs raises on purpose, each a single clear line."""


class SemcsError(Exception):
    """Base of every error that semcs raises on purpose."""


class InputError(SemcsError, ValueError):
    """The caller handed in something that can't be used: an image, mask, text or option."""


class ModelUnavailableError(SemcsError, RuntimeError):
    """A model's weights are neither cached nor reachable, or fail their check."""


class DivergenceError(SemcsError, RuntimeError):
    """The optimisation produced NaN or infinite values; nothing was saved."""
