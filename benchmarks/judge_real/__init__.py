"""A judge of looks that learned from real pictures alone."""

from benchmarks.judge_real.labels import LABELS, Labels, labels_of
from benchmarks.judge_real.model import RealJudge, Verdict, load_real_judge, score

__all__ = ["LABELS", "Labels", "RealJudge", "Verdict", "labels_of", "load_real_judge", "score"]
