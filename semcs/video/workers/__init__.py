"""Processes that paint beside this one."""
