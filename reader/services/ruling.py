"""Site rules on the desk: drafts, publication and its revisions, and the way back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from reader import sites
from reader.auditing import record
from reader.errors import (
    ExtractionInterrupted,
    ExtractionTimedOut,
    RuleChanged,
    RuleEmpty,
    RuleTooLong,
    RuleTooSlow,
    TooComplex,
)
from reader.extraction.pool import run_within
from reader.ingest import Source, find_file_of, find_source
from reader.models import RuleTrial, SiteRule, SiteRuleRevision, User
from reader.models.background_run import count_rereadable, find_rereadable
from reader.models.plain import plain
from reader.services.reextracting import reextract_site
from reader.sites import Complaint, parse_rule
from reader.tasks import enqueue_rule_trial

MAX_RULE_CHARS = 64_000
# An honest rule is read in a hundredth of this.
_READING_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """The text that serves a site now, and where it is from."""

    text: str
    source: Source


def find_rule_in_force(host: str, row: SiteRule | None = None) -> RuleInForce:
    """The text that serves the site now: to begin a draft with. ``row`` is its row where it is at hand."""
    row = row or SiteRule.objects.filter(host=host).first()
    if row and row.published:
        return RuleInForce(row.published, Source.DESK)
    path = find_file_of(host) or find_file_of(f"any.{host}")
    if path is None:
        return RuleInForce("", Source.NONE)
    return RuleInForce(tidy_text(path.read_text("utf-8", "replace")), find_source(path))


def tidy_text(text: str) -> str:
    """The text as it is stored: lines end with one character, and every database takes it."""
    return plain(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def check_rule(text: str, host: str) -> tuple[Complaint, ...]:
    """What the rule language cannot use of the text. Raises RuleTooLong and RuleTooSlow."""
    return _read(text, host)[1]


def save_draft(*, moderator: User, host: str, text: str, version: int) -> SiteRule:
    """Keep the draft; ``version`` is the one that it was made from, 0 where there was none.

    Raises RuleTooLong, and RuleChanged where the row is another by now; then nothing is written.
    """
    text = tidy_text(text)
    _check_length(text)
    with transaction.atomic():
        values = {"draft": text, "changed_by": moderator, "changed_at": timezone.now()}
        row, is_new = SiteRule.objects.select_for_update().get_or_create(host=host, defaults=values)
        if is_new or row.draft == text:
            return row
        if row.version != version:
            raise RuleChanged(f"version {row.version}, not {version}")
        return _change(row, **values)


def publish(*, moderator: User, host: str, version: int, reason: str) -> SiteRuleRevision | None:
    """Put the draft in force and read the site's articles anew; None where it is in force already.

    Raises RuleChanged where the draft is another by now, RuleEmpty and RuleTooSlow.
    """
    row = SiteRule.objects.get(host=host)
    rule, _ = _read(row.draft, host)
    if rule == sites.SiteRule(name=host):
        raise RuleEmpty
    return _put_in_force(moderator, host, reason, "rule.publish", lambda row: row.draft, version)


def restore(*, moderator: User, host: str, revision_id: int, reason: str) -> SiteRuleRevision | None:
    """Put an earlier revision in force again. Raises SiteRuleRevision.DoesNotExist."""
    text = SiteRuleRevision.objects.get(pk=revision_id, rule__host=host).text
    return _put_in_force(moderator, host, reason, "rule.restore", lambda _row: text)


def withdraw(*, moderator: User, host: str, reason: str) -> SiteRuleRevision | None:
    """Let the operator's or the built-in rule be in force again; draft and revisions stay."""
    return _put_in_force(moderator, host, reason, "rule.withdraw", lambda _row: "")


def begin_trial(*, host: str, version: int) -> RuleTrial:
    """Begin to read all kept pages of the site by the draft, or return the trial of it that is under way.

    An earlier trial goes. Raises RuleChanged and RuleTooSlow.
    """
    draft = SiteRule.objects.get(host=host).draft
    _read(draft, host)
    with transaction.atomic():
        row = SiteRule.objects.select_for_update().get(host=host)
        if row.version != version or row.draft != draft:
            raise RuleChanged(f"version {row.version}, not {version}")
        under_way = RuleTrial.objects.unfinished().filter(rule=row, text=draft).first()
        if under_way:
            return under_way
        RuleTrial.objects.filter(rule=row).delete()
        last = find_rereadable(host=host).aggregate(last=Max("pk"))["last"] or 0
        total = count_rereadable(host)
        trial = RuleTrial.objects.create(rule=row, text=draft, total=total, until_article_id=last)
        enqueue_rule_trial(trial.pk)
    return trial


def _put_in_force(
    moderator: User,
    host: str,
    reason: str,
    act: str,
    choose: Callable[[SiteRule], str],
    version: int | None = None,
) -> SiteRuleRevision | None:
    """Make the revision, put its text in force, note the act and begin to heal the site: all or nothing."""
    with transaction.atomic():
        row = SiteRule.objects.select_for_update().get(host=host)
        text = choose(row)
        if row.published == text:
            return None
        if version is not None and row.version != version:
            raise RuleChanged(f"version {row.version}, not {version}")
        now = timezone.now()
        revision = SiteRuleRevision.objects.create(
            rule=row, text=text, author=moderator, reason=reason.strip()[:500], made_at=now
        )
        record(
            actor=moderator,
            act=act,
            target=row,
            reason=reason,
            before={"text": row.published},
            after={"text": text},
        )
        # A draft that somebody is still at is left to them.
        draft = row.draft if row.has_draft else text or row.draft
        _change(row, published=text, draft=draft, published_at=now if text else None)
        reextract_site(host=host)
    return revision


def _change(row: SiteRule, **values: object) -> SiteRule:
    SiteRule.objects.filter(pk=row.pk).update(version=F("version") + 1, **values)
    row.refresh_from_db()
    return row


def _read(text: str, host: str) -> tuple[sites.SiteRule, tuple[Complaint, ...]]:
    """Read the rule where it can be stopped: its expressions are run, and a hostile one may be slow."""
    _check_length(text)
    with stopped_as_too_slow():
        return run_within(_READING_SECONDS, parse_rule, text, host)


@contextmanager
def stopped_as_too_slow() -> Iterator[None]:
    """Raise RuleTooSlow where what was done with a rule had to be stopped, or ended its process."""
    try:
        yield
    except (ExtractionTimedOut, ExtractionInterrupted, TooComplex) as error:
        raise RuleTooSlow(error.detail) from error


def _check_length(text: str) -> None:
    if len(text) > MAX_RULE_CHARS:
        raise RuleTooLong(f"{len(text)} characters")
