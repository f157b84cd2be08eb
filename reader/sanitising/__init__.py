"""Untrusted HTML → safe HTML; nothing touches the markup after this room."""

from reader.sanitising.sanitise import sanitise

__all__ = ["sanitise"]
