"""Where in a text a quote stands, also after the text has changed; pure, and in bounded time."""

from reader.anchoring.locate import Place, Text, locate
from reader.anchoring.quote import CONTEXT_CHARACTERS, Quote, quote_at, tidy

__all__ = ["CONTEXT_CHARACTERS", "Place", "Quote", "Text", "locate", "quote_at", "tidy"]
