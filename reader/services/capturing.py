"""Saving a copied text as an article: private to the person who pasted it, and ready at once."""

import hashlib

from django.db import transaction
from django.utils import timezone

from reader.errors import ExtractionError, LinkRefused, NoArticleInText, TextTooLong
from reader.extraction import extract_text
from reader.indexing import index_entries
from reader.ingest import content_values
from reader.links import CanonicalLink, canonicalise, check_link
from reader.listing import give_tags, list_columns
from reader.models import Article, SavedArticle, Snapshot, User
from reader.services.limits import note_saves, refresh_storage, take_allowance
from reader.values import ExtractedArticle, Page

# Some 30,000 words, more than any article. So capped, extraction costs the web process a tenth of a second
# (the worst text that was thought of included), and no process of its own is started for it.
MAX_CAPTURE_CHARACTERS = 200_000
# When less is left of a page's text, what was copied was only its frame.
_FEWEST_WORDS = 20


def save_text(*, user: User, text: str) -> tuple[SavedArticle, bool]:
    """Save the text as an article of the person's own; return the entry, and whether it is new.

    The same text finds the same entry. An address that the text tells is kept as that of the original;
    nothing is fetched. Raises TextTooLong, NoArticleInText, TooManySaves and StorageUsedUp.
    """
    extracted = _extract(text)
    link = _find_link(extracted.canonical_url)
    refresh_storage(user=user)
    with transaction.atomic():
        allowance = take_allowance(user=user)
        article, is_new = Article.objects.get_or_create(
            canonical_url=_name(text), owner=user, defaults=_make_values(extracted, link)
        )
        if is_new:
            _keep_text(article, text)
        saved, is_first = SavedArticle.objects.get_or_create(
            user=user, article=article, defaults=list_columns(article)
        )
        if is_first and allowance.is_used_up():
            # Nothing of it is kept: the transaction ends here.
            raise allowance.refusal
        note_saves(user=user, allowance=allowance, count=int(is_first))
        give_tags([saved] if is_first else [])
        index_entries([saved.pk] if is_first else [])
    return saved, is_first


def _extract(text: str) -> ExtractedArticle:
    if len(text) > MAX_CAPTURE_CHARACTERS:
        raise TextTooLong(f"{len(text)} characters")
    try:
        extracted = extract_text(text)
    except ExtractionError as error:
        raise NoArticleInText(error.detail) from error
    if extracted.word_count < _FEWEST_WORDS:
        raise NoArticleInText(f"{extracted.word_count} words")
    return extracted


def _name(text: str) -> str:
    """The identity of a text without an address of its own: what it says, however it is broken into lines."""
    folded = " ".join(text.split()).encode("utf-8", "replace")
    return f"text:{hashlib.sha256(folded).hexdigest()}"


def _find_link(address: str) -> CanonicalLink | None:
    try:
        link = canonicalise(address)
        check_link(link)
    except LinkRefused:
        return None
    return link


def _make_values(extracted: ExtractedArticle, link: CanonicalLink | None) -> dict[str, object]:
    now = timezone.now()
    values = content_values(link.url if link else "", extracted)
    values["title"] = values["title"] or extracted.text.partition("\n")[0][:100]
    return {
        **values,
        "url": link.url if link else "",
        "host": link.host if link else "",
        "state": Article.State.READY,
        "queued_at": now,
        "fetched_at": now,
    }


def _keep_text(article: Article, text: str) -> None:
    """Keep what was pasted, as it was, so that it can be read anew when extraction gets better."""
    body = text.encode("utf-8", "replace")
    page = Page(url=article.url, final_url=article.url, body=body, content_type="text/plain; charset=utf-8")
    Snapshot.objects.store(article.pk, page)
