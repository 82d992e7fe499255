"""An independent judge of styles: a classifier that no method is optimised against."""

from benchmarks.judge.model import Judge, load_judge, region_probabilities

__all__ = ["Judge", "load_judge", "region_probabilities"]
