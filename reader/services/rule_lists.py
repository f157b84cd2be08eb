"""All site rules in one list: which serves which site, and how its articles do."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from reader.ingest import Source, rule_files
from reader.models import Article, SiteRule
from reader.sites import is_site_name, names_above, site_of
from reader.sites.match import file_names_of

_NO_SITES = frozenset({"global.txt", "readme.txt", "license.txt"})


@dataclass(slots=True)
class RuleLine:
    """One rule, or a site without any, and its shared articles by their state.

    ``host`` is the site as its rule is named, with what is below it.
    """

    host: str
    source: Source
    has_draft: bool = False
    ready: int = 0
    partial: int = 0
    failed: int = 0
    pending: int = 0

    @property
    def articles(self) -> int:
        return self.ready + self.partial + self.failed + self.pending

    @property
    def percent_ready(self) -> int | None:
        """How many of a hundred finished articles are whole; None where there are none."""
        finished = self.ready + self.partial + self.failed
        return round(100 * self.ready / finished) if finished else None


def list_rules(*, query: str = "", with_all: bool = False) -> list[RuleLine]:
    """The rules that articles are read by and the sites without any, those with most trouble first.

    ``query`` is a part of the site's name. ``with_all``: those too that no article is read by.
    """
    own = dict(SiteRule.objects.values_list("host", "published"))
    drafts = {row.host for row in SiteRule.objects.all() if row.has_draft}
    files = rule_files()
    lines: dict[str, RuleLine] = {}
    if with_all or query:
        for host, source in _all_names(own, files):
            lines.setdefault(host, RuleLine(host, source))
    for host, state, count in _count_articles():
        name, source = _find_name(host, own, files)
        line = lines.setdefault(name, RuleLine(name, source))
        _add(line, state, count)
    for host in drafts:
        _, source = _find_name(host, own, files)
        lines.setdefault(host, RuleLine(host, source)).has_draft = True
    wanted = query.strip().lower()
    found = [line for line in lines.values() if wanted in line.host]
    return sorted(found, key=lambda line: (-line.failed - line.partial, -line.articles, line.host))


def find_rule_name(host: str) -> str:
    """The site whose rule serves the host now; the host's own site where none does."""
    own = dict(SiteRule.objects.values_list("host", "published"))
    return _find_name(host, own, rule_files())[0]


def _count_articles() -> Iterator[tuple[str, str, int]]:
    """The shared articles by host and state, from an index alone."""
    shared = Article.objects.filter(owner=None).order_by()
    yield from shared.values_list("host", "state").annotate(count=Count("*"))


def _add(line: RuleLine, state: str, count: int) -> None:
    name = state if state in {"ready", "partial", "failed"} else "pending"
    setattr(line, name, getattr(line, name) + count)


def _find_name(host: str, own: dict[str, str], files: dict[Source, frozenset[str]]) -> tuple[str, Source]:
    """The name of the rule that serves the host and where it is from; the site's where none does."""
    for name in names_above(host):
        if own.get(name):
            return name, Source.DESK
    names = file_names_of(host)
    for source, known in files.items():
        for name in names:
            if name in known:
                return _bare(name), source
    return (site_of(host) or host), Source.NONE


def _all_names(own: dict[str, str], files: dict[Source, frozenset[str]]) -> Iterator[tuple[str, Source]]:
    for host, text in own.items():
        if text:
            yield host, Source.DESK
    for source, names in files.items():
        for name in names - _NO_SITES:
            if is_site_name(bare := _bare(name)):
                yield bare, source


def _bare(file_name: str) -> str:
    return file_name.removesuffix(".txt").removeprefix(".").removeprefix("www.")
