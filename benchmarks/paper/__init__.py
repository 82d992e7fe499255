"""The published programs with the published models, beside the table in their papers."""
