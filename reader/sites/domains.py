"""What moderators say of whole domains: not to be fetched, or how to be asked. Pure; rows are elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from reader.errors import LinkMalformed, SiteBlocked
from reader.links.host import normalise_host

_PATTERN = re.compile(r"[a-z0-9_*-]+(?:\.[a-z0-9_*-]+)*")
_MOST_STARS = 4
_LONGEST = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRule:
    """One pattern, and what holds for the hosts that it means; None where it says nothing.

    ``example.com`` means that host, with and without ``www.``; ``*.example.com`` it and all below, and so
    ``*.xxx`` a whole registry; a star anywhere else stands for any characters.
    """

    pattern: str
    is_allowed: bool | None = None
    pause_seconds: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def means(self, host: str) -> bool:
        return _compile(self.pattern).fullmatch(host.lower().removesuffix(".")) is not None

    @property
    def weight(self) -> tuple[bool, int]:
        """How much the pattern says: without stars most, else the more letters the more."""
        return "*" not in self.pattern, len(self.pattern.replace("*", ""))


class DomainBook:
    """All rules for domains; of those that mean a host, the one that says most of it decides."""

    def __init__(self, rules: tuple[DomainRule, ...] = ()) -> None:
        # Of two that say as much, the one that blocks comes first.
        self._rules = sorted(rules, key=lambda rule: (rule.weight, rule.is_allowed is False), reverse=True)

    def check(self, host: str) -> None:
        """Raise SiteBlocked where the host is not to be fetched."""
        rule = self.find_decisive(host)
        if rule and not rule.is_allowed:
            raise SiteBlocked(f"{host}: {rule.pattern}")

    def find_decisive(self, host: str) -> DomainRule | None:
        """Return the rule that says whether the host is fetched; None where none does."""
        meant = (rule for rule in self._rules if rule.is_allowed is not None and rule.means(host))
        return next(meant, None)

    def pause_seconds(self, host: str) -> float | None:
        """Return how long to wait between two requests to the host, where somebody said so."""
        pauses = (rule.pause_seconds for rule in self._rules if rule.means(host))
        return next((pause for pause in pauses if pause is not None), None)

    def headers(self, host: str) -> Mapping[str, str]:
        """Return what is sent along to the host."""
        return next((rule.headers for rule in self._rules if rule.headers and rule.means(host)), {})


def normalise_pattern(text: str) -> str:
    """Return the pattern in the one spelling of hosts. Raises LinkMalformed where it can be none.

    >>> normalise_pattern("https://WWW.Example.COM/berita"), normalise_pattern("*.XXX")
    ('example.com', '*.xxx')
    """
    host = re.sub(r"^[a-z]+://", "", text.strip().lower()).partition("/")[0].removesuffix(".")
    if "*" not in host:
        return normalise_host(host.removeprefix("www."))
    if len(host) > _LONGEST or host.count("*") > _MOST_STARS or not _PATTERN.fullmatch(host):
        raise LinkMalformed(f"not a pattern of hosts: {host[:100]}")
    return host


@lru_cache(maxsize=4096)
def _compile(pattern: str) -> re.Pattern[str]:
    if "*" not in pattern:
        return re.compile(f"(?:www\\.)?{re.escape(pattern)}")
    below, rest = ("(?:.+\\.)?", pattern[2:]) if pattern.startswith("*.") else ("", pattern)
    return re.compile(below + re.escape(rest).replace(r"\*", ".*"))
