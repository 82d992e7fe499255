"""All benchmarks on one page, `docs/benchmarks.md`: `python -m benchmarks.report`."""
