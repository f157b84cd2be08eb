"""Re-extractions and trials of rules: what is done to each article."""

from collections.abc import Callable

from reader.ingest.carrying import Finish, carry
from reader.ingest.reextract import reextract
from reader.ingest.trial import try_rule
from reader.models import Reextraction, RuleTrial


def carry_on(run_id: int) -> bool:
    """Read some of the re-extraction's articles anew; tell whether there are more and nobody has it."""
    return carry(Reextraction.objects.all(), run_id, _reextract)


def carry_trial_on(trial_id: int) -> bool:
    """Try the draft on some more articles; tell whether there are more and nobody has it."""
    return carry(RuleTrial.objects.all(), trial_id, try_rule)


def _reextract(_run: Reextraction, article_id: int, hold: Callable[[], None]) -> Finish:
    return reextract(article_id, hold)
