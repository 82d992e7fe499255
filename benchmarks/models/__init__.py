"""What the bundled networks know of held-out data: `python -m benchmarks.models`."""
