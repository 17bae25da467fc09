"""Headings, numbers and tables of contents: the tree of sections."""
