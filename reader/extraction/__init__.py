"""From a fetched page to an article: a pipeline of small stages, pure from end to end."""

from reader.extraction.capture import extract_text
from reader.extraction.extract import canonical_link, extract, extract_html
from reader.extraction.join import join_pages, settle_all_pages

__all__ = ["canonical_link", "extract", "extract_html", "extract_text", "join_pages", "settle_all_pages"]
