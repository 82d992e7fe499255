"""Regions followed through a clip."""
