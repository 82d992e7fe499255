"""Measures of styled pictures."""
