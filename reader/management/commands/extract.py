"""`manage.py extract FILE`: show what the extraction makes of a saved page or a copied text, and how."""

import dataclasses
import gzip
import io
import json
import re
import sys
import textwrap
import zlib
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.errors import ReaderError
from reader.extraction import extract_html, extract_text
from reader.values import ExtractedArticle

_TAG = re.compile(rb"<(?:!doctype|html|head|body|div|p|meta|span|article|a|br)\b", re.IGNORECASE)
_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(rb"(?:href|content)\s*=\s*[\"']?(https?://[^\"'\s>]+)", re.IGNORECASE)
_MAX_BYTES = 50_000_000
_WIDTH = 100


class Command(BaseCommand):
    help = "Print the article in a saved page (HTML, also gzipped) or in the copied text of a page."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--url", default="", help="the page's address; by default what the page says")
        parser.add_argument("--json", action="store_true", help="print everything, for programs")
        parser.add_argument("--text", action="store_true", help="print the plain text only")

    def handle(self, *_args: object, **options: Any) -> None:
        body = _read(options["file"])
        try:
            article = _extract(body, options["url"])
        except ReaderError as error:
            raise CommandError(f"No article: {error.code} ({error.detail or 'no detail'}).") from error
        if options["json"]:
            self.stdout.write(
                json.dumps(dataclasses.asdict(article), default=_write_date, ensure_ascii=False)
            )
        elif options["text"]:
            self.stdout.write(article.text)
        else:
            self.stdout.write("\n".join(_describe(article)))


def _read(name: str) -> bytes:
    try:
        body = sys.stdin.buffer.read(_MAX_BYTES + 1) if name == "-" else Path(name).read_bytes()
        if body.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(body)) as file:
                body = file.read(_MAX_BYTES + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or "it is not what it seems to be"
        raise CommandError(f"{name} cannot be read: {reason}.") from error
    if len(body) > _MAX_BYTES:
        raise CommandError(f"{name} is larger than {_MAX_BYTES // 1_000_000} MB.")
    return body


def _extract(body: bytes, url: str) -> ExtractedArticle:
    if _TAG.search(body):
        return extract_html(body, url or _find_address(body))
    return extract_text(body.decode("utf-8", "replace"), url)


def _find_address(body: bytes) -> str:
    """The address that the page gives itself, so that a saved page finds its site's rule."""
    links = [tag for tag in _LINK.findall(body) if b"canonical" in tag.lower()]
    metas = [tag for tag in _META.findall(body) if b"og:url" in tag.lower()]
    for tag in (*links, *metas):
        if found := _ADDRESS.search(tag):
            return found[1].decode("utf-8", "replace")
    return ""


def _write_date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _describe(article: ExtractedArticle) -> list[str]:
    lead = article.lead_image
    facts = {
        "title": article.title,
        "authors": ", ".join(article.authors),
        "editor": article.editor,
        "published": str(article.published or ""),
        "modified": str(article.modified or ""),
        "site": article.site_name,
        "section": article.section,
        "language": article.language,
        "labels": "; ".join(article.labels),
        "photo": " · ".join(part for part in (lead.caption, lead.credit, lead.url) if part) if lead else "",
        "words": str(article.word_count),
        "missing pages": ", ".join(map(str, article.missing_pages)),
        "quality": f"{article.quality.score} {' '.join(article.quality.reasons)}",
    }
    lines = [f"{name + ':':<15}{value}" for name, value in facts.items() if value]
    lines.append("")
    for paragraph in article.text.split("\n\n"):
        lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
    if article.related:
        lines += ["related:", *(f"  {link.title}  {link.url}" for link in article.related), ""]
    return [*lines, "trace:", *(f"  {line}" for line in article.trace)]
