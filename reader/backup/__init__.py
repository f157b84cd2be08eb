"""Backups: the archive's format, and the ways of rows and stored files into it and out of it.

The acts themselves, to back up, restore and verify, are in ``reader.services``.
"""
