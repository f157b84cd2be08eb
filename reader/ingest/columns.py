"""An extracted article as the columns of its row, fit for every database."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from reader.models.plain import plain
from reader.values import ExtractedArticle

_PUBLISHERS_ZONE = ZoneInfo("Asia/Jakarta")


def content_values(final_url: str, extracted: ExtractedArticle) -> dict[str, object]:
    """The columns of an article's text and of what is known of it."""
    lead = extracted.lead_image
    published_at, published_on = _split_instant(extracted.published)
    modified_at, _ = _split_instant(extracted.modified)
    return {
        "final_url": plain(final_url, 2000),
        "declared_url": plain(extracted.canonical_url, 2000),
        "title": plain(extracted.title, 500),
        "authors": [plain(author, 200) for author in extracted.authors],
        "editor": plain(extracted.editor, 200),
        "section": plain(extracted.section, 100),
        "labels": [plain(label, 300) for label in extracted.labels],
        "site_name": plain(extracted.site_name, 200),
        "language": plain(extracted.language, 20),
        "published_at": published_at,
        "published_on": published_on,
        "modified_at": modified_at,
        "lead_image_url": plain(lead.url, 2000) if lead else "",
        "lead_image_caption": plain(lead.caption) if lead else "",
        "lead_image_credit": plain(lead.credit, 300) if lead else "",
        "excerpt": plain(extracted.excerpt),
        "content": plain(extracted.content),
        "text": plain(extracted.text),
        "related": [{"title": plain(link.title), "url": plain(link.url)} for link in extracted.related],
        "word_count": extracted.word_count,
        "extractor": plain(extracted.extractor, 200),
        "trace": [plain(line) for line in extracted.trace],
        "quality": extracted.quality.score,
        "quality_reasons": list(extracted.quality.reasons),
        "missing_pages": list(extracted.missing_pages),
        "are_pictures_listed": False,
    }


def _split_instant(value: datetime | date | None) -> tuple[datetime | None, date | None]:
    """Return the instant, if a time is known, and the day in the publishers' zone."""
    if isinstance(value, datetime):
        return value, value.astimezone(_PUBLISHERS_ZONE).date()
    return None, value
