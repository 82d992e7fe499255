"""Video: two styles that hold still."""
