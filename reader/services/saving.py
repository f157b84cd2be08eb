"""Saving what was pasted: links, or the text of an article, become entries on a reading list."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reader.errors import ArticleTakenDown, LinkRefused, NoArticleInText, NoLinkFound, TextTooLong
from reader.indexing import index_entries
from reader.links import (
    MAX_TEXT_CHARACTERS,
    CanonicalLink,
    canonicalise,
    check_link,
    find_links,
    is_article_text,
)
from reader.listing import fill_columns, give_tags, list_columns
from reader.models import Article, DomainPolicy, SavedArticle, User
from reader.services.capturing import save_text
from reader.services.limits import note_saves, refresh_storage, take_allowance
from reader.services.same_story import find_known
from reader.tasks import enqueue_fetch, enqueue_noticing


@dataclass(frozen=True, slots=True)
class RefusedLink:
    """A link that was not saved, as it was pasted, and why."""

    link: str
    error: LinkRefused


@dataclass(slots=True)
class SaveOutcome:
    """What became of a paste: new entries, entries that were there already, refused links.

    ``captured`` are new entries whose article is the pasted text itself.
    """

    saved: list[SavedArticle] = field(default_factory=list)
    captured: list[SavedArticle] = field(default_factory=list)
    known: list[SavedArticle] = field(default_factory=list)
    refused: list[RefusedLink] = field(default_factory=list)


def save_pasted(*, user: User, text: str) -> SaveOutcome:
    """Save a long text as an article of the person's own, and the links of any other text.

    Raises what ``save_links`` and ``capturing.save_text`` raise.
    """
    if len(text) > MAX_TEXT_CHARACTERS:
        raise TextTooLong(f"{len(text)} characters")
    links = find_links(text)
    if not is_article_text(text, links):
        return _save_found(user, links)
    try:
        saved, is_new = save_text(user=user, text=text)
    except NoArticleInText:
        if not links:
            raise
        return _save_found(user, links)
    if is_new:
        enqueue_noticing([saved.article_id])
        return SaveOutcome(captured=[saved])
    with transaction.atomic():
        Article.objects.filter(pk=saved.article_id).lock_in_order()
        _move_to_top(saved)
        index_entries([saved.pk])
    return SaveOutcome(known=[saved])


def save_links(*, user: User, text: str) -> SaveOutcome:
    """Save every link in the text to the person's list; all of them are committed on return.

    An article that the person has already, also under another form of its address, moves to the top of the
    unread list, out of the archive or the trash. Raises NoLinkFound when the text holds no link,
    TooManyLinks or LinkTooLong when it holds more than one paste may.
    """
    return _save_found(user, find_links(text))


def _save_found(user: User, links: tuple[str, ...]) -> SaveOutcome:
    if not links:
        raise NoLinkFound
    outcome = SaveOutcome()
    book = DomainPolicy.objects.read_book()
    accepted: dict[str, CanonicalLink] = {}
    for link in links:
        try:
            canonical = canonicalise(link)
            check_link(canonical)
            book.check(canonical.host)
        except LinkRefused as error:
            outcome.refused.append(RefusedLink(link, error))
        else:
            accepted.setdefault(canonical.canonical_url, canonical)
    if accepted:
        # In reverse, so that the first link pasted ends on top of the list.
        _save_all(user, list(accepted.values())[::-1], outcome)
    return outcome


def _save_all(user: User, links: list[CanonicalLink], outcome: SaveOutcome) -> None:
    refresh_storage(user=user)
    with transaction.atomic():
        allowance = take_allowance(user=user)
        other_forms = find_known(user=user, links=links)
        unmet = [link for link in links if link.canonical_url not in other_forms]
        # Who pastes less than they may need not be asked what they have.
        had = _find_had(user, unmet) if len(unmet) > allowance.left else set()
        new = [link for link in unmet if link.canonical_url not in had]
        too_many = {link.canonical_url: link for link in new[allowance.left :]}
        outcome.refused += [RefusedLink(link.url, allowance.refusal) for link in too_many.values()]
        allowed = [link for link in unmet if link.canonical_url not in too_many]
        articles = _make_articles(allowed, other_forms)
        new_articles, known_articles = [], []
        for link in links:
            if link.canonical_url in other_forms:
                _note_known(other_forms[link.canonical_url], outcome)
                continue
            if link.canonical_url not in articles:
                continue
            article, is_new = articles[link.canonical_url]
            if article.taken_down_at:
                outcome.refused.append(RefusedLink(link.url, ArticleTakenDown()))
                continue
            if is_new:
                new_articles.append(article.pk)
            saved, is_first = SavedArticle.objects.get_or_create(
                user=user, article=article, defaults=list_columns(article)
            )
            if is_first:
                outcome.saved.insert(0, saved)
                known_articles += [] if is_new else [saved]
            else:
                _note_known(saved, outcome)
        note_saves(user=user, allowance=allowance, count=len(outcome.saved))
        fill_columns([saved.pk for saved in known_articles])
        give_tags(outcome.saved)
        index_entries([saved.pk for saved in (*outcome.saved, *outcome.known)])
        enqueue_fetch(new_articles)
        enqueue_noticing(saved.article_id for saved in known_articles)


def _find_had(user: User, links: list[CanonicalLink]) -> set[str]:
    """Return the canonical URLs of those that are on the person's list."""
    urls = [link.canonical_url for link in links]
    own = SavedArticle.objects.of(user).of_addresses(urls)
    return set(own.values_list("article__canonical_url", flat=True))


def _make_articles(
    links: list[CanonicalLink], other_forms: dict[str, SavedArticle]
) -> dict[str, tuple[Article, bool]]:
    """Hold the articles of the links and of the entries, make those that there are not, and return the former
    by canonical URL, each with whether it is new.

    In one order, whatever that of the paste: people who paste the same links must not wait for each other.
    """
    there = Q(canonical_url__in=[link.canonical_url for link in links], owner=None)
    of_entries = Q(pk__in=[saved.article_id for saved in other_forms.values()])
    Article.objects.filter(there | of_entries).lock_in_order()
    return {
        link.canonical_url: Article.objects.get_or_create(
            canonical_url=link.canonical_url,
            owner=None,
            defaults={"url": link.url, "host": link.host, "queued_at": timezone.now()},
        )
        for link in sorted(links, key=lambda link: link.canonical_url)
    }


def _note_known(saved: SavedArticle, outcome: SaveOutcome) -> None:
    """Move the entry to the top, and name it once however many forms of its link were pasted."""
    _move_to_top(saved)
    if saved not in outcome.known:
        outcome.known.insert(0, saved)


def _move_to_top(saved: SavedArticle) -> None:
    changed = ["saved_at", "archived_at", "deleted_at"]
    if saved.deleted_at is not None:
        saved.compared_at = None
        changed.append("compared_at")
    saved.saved_at = timezone.now()
    saved.archived_at = None
    saved.deleted_at = None
    saved.save(update_fields=changed)
