"""Work through many articles in the background, article after article, however often the worker is killed."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reader.models.article import LEASE_SECONDS, Article, ArticleQuerySet, is_lease_over
from reader.models.snapshot import Snapshot

# An article over which the worker died so often is passed by.
MAX_TRIES = 3
# Databases take so many names in one question; no publisher has more sub-domains.
_MOST_HOSTS = 900

Run = TypeVar("Run", bound="BackgroundRun")


@dataclass(frozen=True, slots=True)
class RunLease:
    """The right to carry a run on; ``tries`` counts the begun ones since it last got further."""

    run_id: int
    token: uuid.UUID
    tries: int


class BackgroundRunQuerySet(models.QuerySet[Run], Generic[Run]):
    """The single statements that move a run on."""

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)

    def waiting(self, now: datetime) -> Self:
        """Return those that are not done and that no worker has."""
        return self.unfinished().filter(Q(leased_until=None) | is_lease_over(now))

    def lease(self, run_id: int, *, now: datetime) -> RunLease | None:
        """Take the run for a while, or return None when it is done or taken."""
        token = uuid.uuid4()
        until = now + timedelta(seconds=LEASE_SECONDS)
        won = self.waiting(now).filter(pk=run_id)
        if not won.update(lease_token=token, leased_until=until, tries=F("tries") + 1):
            return None
        return RunLease(run_id, token, self.only("tries").get(pk=run_id).tries)

    def held_by(self, lease: RunLease) -> Self:
        return self.filter(pk=lease.run_id, lease_token=lease.token)

    def extend(self, lease: RunLease, *, now: datetime) -> bool:
        """Hold the lease for its whole time from now; tell whether it is still ours."""
        return bool(self.held_by(lease).update(leased_until=now + timedelta(seconds=LEASE_SECONDS)))

    def advance(self, lease: RunLease, *, article_id: int, outcome: str, now: datetime) -> bool:
        """Note how an article ended, as one statement; tell whether the lease is still ours."""
        until = now + timedelta(seconds=LEASE_SECONDS)
        values = {"last_article_id": article_id, "tries": 0, "leased_until": until}
        return bool(self.held_by(lease).update(done=F("done") + 1, **{outcome: F(outcome) + 1}, **values))


class BackgroundRun(models.Model):
    """Where such work stands: a killed worker costs at most one article done twice.

    Which articles: of ``articles``, those after ``last_article_id`` up to ``until_article_id``, in order.
    """

    until_article_id = models.BigIntegerField(
        _("last article"), help_text=_("Later articles were read by the newer rules already.")
    )
    last_article_id = models.BigIntegerField(_("reached"), default=0)

    total = models.PositiveIntegerField(_("articles in all"))
    done = models.PositiveIntegerField(_("done"), default=0)

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}: {self.done}/{self.total}"

    def articles(self) -> ArticleQuerySet:
        """Return all that the run is about."""
        raise NotImplementedError

    def articles_left(self) -> ArticleQuerySet:
        """Return the articles that it has still to take, in its order."""
        left = self.articles().filter(pk__gt=self.last_article_id, pk__lte=self.until_article_id)
        return left.order_by("pk")


def find_rereadable(*, host: str = "", article_ids: list[int] | None = None) -> ArticleQuerySet:
    """Return the shared articles with snapshots: those listed, else of the site and below, else all.

    A text that a person pasted is their own, and what came of it is left as it is.
    """
    found = Article.objects.filter(Exists(Snapshot.objects.filter(article=OuterRef("pk"))), owner=None)
    found = found.present()
    if article_ids is not None:
        return found.filter(pk__in=article_ids)
    return found.filter(Q(host=host) | Q(host__endswith=f".{host}")) if host else found


def count_rereadable(host: str) -> int:
    """How many there are of the site and below: by the names of its hosts, which an index has at hand."""
    return find_rereadable().filter(host__in=find_hosts(host)).count()


def find_hosts(site: str) -> list[str]:
    """The names of the site and below that shared articles have, from an index alone."""
    named = Article.objects.filter(owner=None).filter(Q(host=site) | Q(host__endswith=f".{site}"))
    return list(named.order_by().values_list("host", flat=True).distinct()[:_MOST_HOSTS])
