"""Methods compared by an independent judge of styles: `python -m benchmarks.quality`."""
