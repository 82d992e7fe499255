"""The studio: how soon pictures are there, for how many, and what nonsense does to it."""
