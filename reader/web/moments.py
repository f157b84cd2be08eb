"""Days, hours and reading times in the reader's words."""

import math
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

_WORDS_A_MINUTE = 200


def format_day(day: date) -> str:
    """Return "10 November 2020" in the active language."""
    return date_format(day, "j F Y", use_l10n=False)


def format_moment(instant: datetime) -> str:
    """Return "10 November 2020, 14.38 WIB" in Indonesian, with a colon in English; in the site's zone."""
    local = timezone.localtime(instant)
    # Translators: a PHP-style time format; Indonesian writes 14.38, English 14:38.
    hour = date_format(local, gettext("H:i"), use_l10n=False)
    return f"{format_day(local)}, {hour} {local.tzname()}"


def reading_minutes(word_count: int) -> int:
    """Return whole minutes at an unhurried pace, at least one."""
    return max(1, math.ceil(word_count / _WORDS_A_MINUTE))


def format_reading_time(word_count: int) -> str:
    minutes = reading_minutes(word_count)
    return ngettext("%(count)d minute to read", "%(count)d minutes to read", minutes) % {"count": minutes}
