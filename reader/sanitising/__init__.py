"""Untrusted HTML → safe HTML; nothing touches the markup after this room."""

from reader.sanitising.headings import Heading, find_headings
from reader.sanitising.pictures import ContentPart, split_at_pictures
from reader.sanitising.runs import Run, read_plain, read_runs
from reader.sanitising.sanitise import sanitise

__all__ = [
    "ContentPart",
    "Heading",
    "Run",
    "find_headings",
    "read_plain",
    "read_runs",
    "sanitise",
    "split_at_pictures",
]
