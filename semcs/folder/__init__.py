"""Folders of pictures, styled by worker processes, each picture whole or not at all."""
