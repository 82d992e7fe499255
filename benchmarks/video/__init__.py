"""Do styled clips hold still? Against frames painted alone: `python -m benchmarks.video`."""
