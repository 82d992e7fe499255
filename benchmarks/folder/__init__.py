"""Folders of pictures: how fast, how steady, and what crashes and hostile files do to them."""
