"""Canvases that lie still under the moving picture, and what is painted on them."""
