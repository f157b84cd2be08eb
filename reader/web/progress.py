"""How far an article is read, as its page shows it and a script takes it up."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader.models import SavedArticle
from reader.models.saved_article import BEGUN, FINISHED
from reader.web.moments import reading_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``position`` is empty where reading begins at the top; numbers are as a script reads them."""

    thousandths: int
    position: str
    minutes: int
    left: str


def make_progress(saved: SavedArticle) -> Progress:
    """Prepare where the person was and what is left; who has finished begins at the top again."""
    is_under_way = BEGUN <= saved.progress < FINISHED and saved.read_at is not None
    minutes = reading_minutes(saved.article.word_count)
    return Progress(
        thousandths=saved.progress,
        position=f"{saved.position:.3f}" if is_under_way else "",
        minutes=minutes,
        left=describe_left(minutes, saved.progress) if is_under_way else "",
    )


def describe_left(minutes: int, thousandths: int) -> str:
    """Return "3 minutes left" of an article of so many minutes."""
    left = math.ceil(minutes * (1000 - thousandths) / 1000)
    if left < 1:
        return _("At the end")
    return ngettext("%(count)d minute left", "%(count)d minutes left", left) % {"count": left}


def read_number(text: str) -> float:
    """Return the number that a script tells; nonsense is 0."""
    try:
        number = float(text[:40])
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
