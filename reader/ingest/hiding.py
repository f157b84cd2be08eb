"""Taking a text away from all who have it, giving it back, and deleting it for good.

The text leaves the article's row for one that nothing reads: whatever shows, searches or exports articles has
nothing to show, also what is written later. What stands in tables of its own (versions, pictures, passages
that people marked) asks ``taken_down_at``.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from reader.auditing import record
from reader.errors import ArticleTakenDown, LinkRefused
from reader.indexing import index_article
from reader.links import canonicalise
from reader.listing import copy_columns, doubt_highlights
from reader.models import (
    Article,
    ArticlePicture,
    ArticleVersion,
    DomainPolicy,
    Report,
    Snapshot,
    TakeDown,
    User,
)
from reader.sites.domains import DomainBook

logger = logging.getLogger(__name__)

# All that tells what the article says. The address, the site and how it was read stay.
_TOLD = (
    "title authors editor section labels language published_at published_on modified_at lead_image_url "
    "lead_image_caption lead_image_credit excerpt content text related word_count quality quality_reasons "
    "missing_pages content_snapshots are_pictures_listed changed_at refused_at refused_why vanished_at"
).split()
_WHERE_IT_STOOD = ("state", "error_code", "error_detail")
_AT_MOST = 50


def hide(article_id: int, *, reason: str, now: datetime, policy: DomainPolicy | None = None) -> bool:
    """Take the article's text away and leave the reason; tell whether it was there. Part of a transaction.

    A worker that has the article loses its lease, and what it brings is dropped.
    """
    article = Article.objects.select_for_update().filter(pk=article_id, taken_down_at=None).first()
    if article is None:
        return False
    kept = {name: getattr(article, name) for name in (*_TOLD, *_WHERE_IT_STOOD)}
    TakeDown.objects.create(article=article, kept=kept, taken_down_at=now, policy=policy)
    blank = {name: _column(name).get_default() for name in _TOLD}
    failure = {"state": Article.State.FAILED, "error_code": ArticleTakenDown.code, "error_detail": ""}
    released = {"lease_token": None, "leased_until": None, "next_attempt_at": None}
    _write(article_id, {**blank, **failure, **released, "taken_down_at": now, "taken_down_why": reason})
    return True


def hide_blocked(now: datetime) -> int:
    """Take away some of what is here of blocked sites whose policy wants that; return how many there were.

    Safe to run twice and to be killed: each article is a transaction, and what is away is no longer found.
    """
    if not DomainPolicy.objects.filter(takes_down=True).exists():
        return 0
    find_policy = _read_policies()
    # Few names in an index, where thousands of rows would have to be looked at.
    names = list(Article.objects.order_by("host").values_list("host", flat=True).distinct())
    hosts_of: dict[DomainPolicy, list[str]] = {}
    for host in filter(None, names):
        if policy := find_policy(host):
            hosts_of.setdefault(policy, []).append(host)
    count = 0
    for policy, hosts in hosts_of.items():
        found = Article.objects.present().filter(host__in=hosts, owner=None).order_by("pk")
        for pk in list(found.values_list("pk", flat=True)[:_AT_MOST]):
            with transaction.atomic():
                count += _hide_by_policy(pk, policy, now)
    return count


def show_unblocked() -> int:
    """Give back some of what policies took away that want it no more; return how many there were.

    What another one takes down as well is that one's from now on. Safe to run twice and to be killed, as
    ``hide_blocked`` is.
    """
    by_policy = TakeDown.objects.filter(policy__isnull=False, swept_at=None).order_by("pk")
    pairs = list(by_policy.order_by().values_list("policy", "article__host").distinct())
    if not pairs:
        return 0
    find_policy = _read_policies()
    count = 0
    for policy_id, host in pairs:
        policy = find_policy(host)
        waiting = by_policy.filter(policy=policy_id, article__host=host)
        if policy is None:
            some = waiting.values_list("article_id", "policy__reason")[: _AT_MOST - count]
            count += sum(_show_unblocked(article_id, reason) for article_id, reason in list(some))
        elif policy.pk != policy_id:
            waiting.order_by().update(policy=policy)
    return count


def check_not_taken_down(url: str) -> None:
    """Raise ArticleTakenDown where the address, to which another one led, is that of such an article."""
    try:
        canonical_url = canonicalise(url).canonical_url
    except LinkRefused:
        return
    same = Article.objects.filter(canonical_url=canonical_url, owner=None, taken_down_at__isnull=False)
    if same.exists():
        raise ArticleTakenDown(canonical_url)


def show_again(article_id: int) -> bool:
    """Give the article its text back, while there is one; tell whether there was. Part of a transaction."""
    take_down = TakeDown.objects.select_for_update().filter(article_id=article_id, swept_at=None).first()
    if take_down is None:
        return False
    values: dict[str, Any] = {name: _column(name).to_python(value) for name, value in take_down.kept.items()}
    if values["state"] in Article.PENDING:
        # It was on its way, and nobody carried it on.
        values["state"] = Article.State.QUEUED
    take_down.delete()
    _write(article_id, {**values, "taken_down_at": None, "taken_down_why": ""})
    return True


def forget_take_down(article_id: int) -> bool:
    """Let the address be fetched and saved again, without a text; tell whether it was taken down."""
    if not TakeDown.objects.filter(article_id=article_id).delete()[0]:
        return False
    Article.objects.filter(pk=article_id).update(taken_down_at=None, taken_down_why="")
    return True


def sweep_taken_down(now: datetime) -> int:
    """Delete what is kept of articles that can be restored no more; return how many there were.

    Safe to run twice and to be killed: the rows go in one transaction, and files without a row are swept.
    """
    chosen = TakeDown.objects.over(now).order_by("taken_down_at").values_list("pk", flat=True)[:_AT_MOST]
    return sum(_delete_for_good(pk, now) for pk in list(chosen))


def _read_policies() -> Callable[[str], DomainPolicy | None]:
    """Return what tells which policy takes down what is of a host: none but the one that decides there."""
    policies = {policy.pattern: policy for policy in DomainPolicy.objects.all()}
    book = DomainBook(tuple(policy.as_rule() for policy in policies.values()))

    def find(host: str) -> DomainPolicy | None:
        rule = book.find_decisive(host)
        policy = policies[rule.pattern] if rule else None
        return policy if policy and policy.takes_down else None

    return find


def _show_unblocked(article_id: int, reason: str) -> bool:
    with transaction.atomic():
        if not show_again(article_id):
            return False
        article = Article.objects.without_content().get(pk=article_id)
        record(actor=None, act="article.restore", target=article, reason=reason)
    return True


def _hide_by_policy(article_id: int, policy: DomainPolicy, now: datetime) -> bool:
    """Take one article away as the site itself does it: written down, its reports closed, reporters told.

    Nothing is done once the policy wants it no more: whoever removes a policy holds the same row.
    """
    if not DomainPolicy.objects.select_for_update().filter(pk=policy.pk, takes_down=True).first():
        return False
    article = Article.objects.without_content().filter(pk=article_id).first()
    if article is None or not hide(article_id, reason=policy.reason, now=now, policy=policy):
        return False
    before = {"state": article.state, "words": article.word_count, "address": article.url}
    after = {"state": "taken down", "policy": policy.pattern}
    record(
        actor=None,
        act="article.take_down",
        target=article,
        reason=policy.reason,
        before=before,
        after=after,
    )
    # As every take-down does it, so that no two wait for each other's reporters.
    reports = Report.objects.open().filter(article_id=article_id).order_by("reporter_id", "pk")
    for report in reports.select_for_update(of=("self",)):
        report.state, report.decided_at, report.is_outcome_unseen = Report.State.RESOLVED, now, True
        report.save(update_fields=["state", "decided_at", "is_outcome_unseen"])
        User.objects.filter(reports=report).update(has_report_news=True)
        record(
            actor=None,
            act="report.resolve",
            target=report,
            reason=policy.reason,
            before={"state": Report.State.OPEN},
            after={"state": Report.State.RESOLVED},
        )
    return True


def _delete_for_good(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        take_down = TakeDown.objects.over(now).select_for_update().filter(pk=pk).first()
        if take_down is None:
            return False
        snapshots = list(Snapshot.objects.filter(article_id=take_down.article_id))
        Snapshot.objects.filter(pk__in=[snapshot.pk for snapshot in snapshots]).delete()
        ArticleVersion.objects.filter(article_id=take_down.article_id).delete()
        ArticlePicture.objects.filter(article_id=take_down.article_id).delete()
        TakeDown.objects.filter(pk=pk).update(kept={}, swept_at=now)
    for snapshot in snapshots:
        try:
            snapshot.file.storage.delete(str(snapshot.file))
        except OSError as error:
            # The sweeper of files without a row takes it a day later.
            logger.warning("the file of snapshot %s stays for now: %s", snapshot.pk, error)
    return True


def _column(name: str) -> "models.Field[Any, Any]":
    return next(column for column in Article._meta.concrete_fields if column.name == name)


def _write(article_id: int, values: dict[str, Any]) -> None:
    Article.objects.filter(pk=article_id).update(**values)
    copy_columns(article_id)
    doubt_highlights(article_id)
    index_article(article_id)
