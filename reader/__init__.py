"""Teduh: paste an article link, read it without the advertising, keep it."""

__version__ = "0.1.0"
