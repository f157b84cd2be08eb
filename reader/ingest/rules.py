"""Which site rule reads a page: one that moderators published, else the operator's, else a built-in one."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from reader import sites
from reader.models import SiteRule
from reader.sites import find_rule, find_rule_file, names_above, read_rule
from reader.sites.match import BUILT_IN_RULES


class Source(StrEnum):
    """Where a rule is from."""

    DESK = "desk"
    OPERATOR = "operator"
    BUILT_IN = "built_in"
    COLLECTION = "collection"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule that is tried in the place of the published one of its host; None: as if there were none."""

    host: str
    rule: sites.SiteRule | None


def find_site_rule(url: str, draft: Draft | None = None) -> sites.SiteRule | None:
    """The rule for the page at the address; a published one serves its host and all below it.

    One question to a small table by its key, and each text is parsed once a process: what is published is in
    force for the next page, in every process, and nothing has to be told to anybody.
    """
    host = urlsplit(url).hostname or ""
    names = names_above(host)
    known = SiteRule.objects.filter(host__in=names).exclude(published="")
    published = dict(known.values_list("host", "published")) if names else {}
    for name in names:
        if draft and draft.host == name:
            if draft.rule:
                return draft.rule
        elif name in published:
            return read_rule(published[name], name)
    return find_rule(host, operator_folders(), after=(settings.SITE_RULES_FOLDER,))


def find_file_of(host: str) -> Path | None:
    """The file of the rule that serves the host where the desk has published none."""
    return find_rule_file(host, operator_folders(), after=(settings.SITE_RULES_FOLDER,))


def find_source(path: Path) -> Source:
    """Tell where the file of a rule is from."""
    if path.parent in operator_folders():
        return Source.OPERATOR
    return Source.BUILT_IN if path.parent == BUILT_IN_RULES else Source.COLLECTION


def rule_files() -> dict[Source, frozenset[str]]:
    """The names of all rule files by where they are from, those that come first in front."""
    folders = {Source.OPERATOR: operator_folders()}
    folders |= {Source.BUILT_IN: (BUILT_IN_RULES,), Source.COLLECTION: (settings.SITE_RULES_FOLDER,)}
    return {
        source: frozenset(path.name for folder in own for path in folder.glob("*.txt"))
        for source, own in folders.items()
    }


def operator_folders() -> tuple[Path, ...]:
    directory = settings.READER_SITE_RULES_DIR
    return (Path(directory),) if directory else ()
