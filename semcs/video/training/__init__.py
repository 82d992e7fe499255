"""Optimised presets: trained on some frames of a clip, then one pass a frame."""
