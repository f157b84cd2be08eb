"""Trying a draft on one article: what a re-extraction would do were it published."""

from collections.abc import Callable
from dataclasses import dataclass

from reader.errors import ReaderError
from reader.extraction.pool import run_in_pool
from reader.ingest.carrying import Finish
from reader.ingest.columns import content_values
from reader.ingest.compare import Verdict, compare_reread
from reader.ingest.read import read_from
from reader.ingest.rules import Draft
from reader.ingest.shown import copy_of
from reader.ingest.source import KeptSource
from reader.models import Article, RuleTrial, RuleTrialResult, Snapshot
from reader.sites import read_rule

# Of what a rule says beside the text: to lose it is worse, though no word of the text is gone.
_KNOWN = ("title", "authors", "published_on")


@dataclass(frozen=True, slots=True)
class Tried:
    """An article as it is shown, and as the draft would have it; None where the draft makes nothing of it.

    ``outcome`` is better, same, worse, failed or skipped; ``why`` a verdict, an error code, or what is lost.
    """

    outcome: str
    why: str
    held: Article
    newer: Article | None = None


def make_draft(host: str, text: str) -> Draft:
    """Parse a draft in a killable process: its expressions are run. Raises what ``run_in_pool`` does."""
    return Draft(host, run_in_pool(read_rule, text, host) if text.strip() else None)


def try_rule(trial: RuleTrial, article_id: int, hold: Callable[[], None]) -> Finish:
    """Try the trial's draft on the article; what is not as before is kept as a result."""
    tried = try_draft(article_id, make_draft(trial.rule.host, trial.text), hold)
    if tried is None:
        return lambda: "skipped"
    if tried.outcome == "same":
        return lambda: "same"

    def finish() -> str:
        RuleTrialResult.objects.update_or_create(
            trial=trial,
            article_id=article_id,
            defaults={
                "outcome": tried.outcome,
                "why": tried.why,
                "words_before": tried.held.word_count,
                "words_after": tried.newer.word_count if tried.newer else 0,
            },
        )
        return tried.outcome

    return finish


def try_draft(article_id: int, draft: Draft, hold: Callable[[], None]) -> Tried | None:
    """Read the article's kept pages by the draft; None where it is private, on its way, or gone."""
    held = (
        Article.objects.present().filter(pk=article_id, owner=None).exclude(state__in=Article.PENDING).first()
    )
    if held is None:
        return None
    snapshots = Snapshot.objects.of_copy(held.pk, held.content_snapshots)
    try:
        read = read_from(KeptSource(snapshots, hold, draft), held.url)
    except ReaderError as error:
        return Tried("worse" if held.is_readable else "failed", error.code, held)
    newer = Article(**content_values(read.final_url, read.extracted))
    return Tried(*_judge(held, newer), held, newer)


def _judge(held: Article, newer: Article) -> tuple[str, str]:
    verdict = compare_reread(copy_of(held), copy_of(newer))
    if verdict.is_refused:
        return "worse", verdict
    lost = [name for name in _KNOWN if getattr(held, name) and not getattr(newer, name)]
    if lost:
        return "worse", f"lost_{lost[0]}"
    if verdict in {Verdict.SAME_WORDS, Verdict.NOTHING_NEW}:
        gained = any(getattr(newer, name) and not getattr(held, name) for name in _KNOWN)
        return ("better", "more_known") if gained else ("same", verdict)
    return "better", verdict
