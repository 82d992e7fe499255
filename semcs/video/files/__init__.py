"""Clips read from files and written to them, with their sound, times and orientation."""
