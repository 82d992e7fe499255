"""Styling: regions, prompts, patches, losses, networks, presets and the optimiser loop."""
