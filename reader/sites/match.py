"""Which rule serves a host, and whether two hosts are one site."""

import re
from functools import lru_cache
from pathlib import Path

from reader.sites.registries import SECOND_LEVEL_REGISTRIES, SHARED_HOSTS
from reader.sites.rule import SiteRule, parse_rule

BUILT_IN_RULES = Path(__file__).parent / "rules"

# Host names are untrusted and become file names: labels of letters, digits and inner hyphens, nothing else.
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
_ADDRESS = re.compile(r"[0-9.]+")
_GLOBAL = "global.txt"


def find_rule(
    host: str, directories: tuple[Path, ...] = (), *, after: tuple[Path, ...] = ()
) -> SiteRule | None:
    """The rule for ``host``: the operator's ``directories`` in turn, the built-in rules, those of ``after``.

    In a directory the host's own file comes first, with and without ``www.``; then ``.example.com.txt``,
    which serves sub-domains and not the bare domain, the most specific first. A ``global.txt`` beside
    the file follows it, unless the rule says ``autodetect_on_failure: no``; alone it makes no rule.
    """
    host = host.lower().removesuffix(".")
    if not _HOST.fullmatch(host) or _ADDRESS.fullmatch(host):
        return None
    names = file_names_of(host)
    for directory in (*directories, BUILT_IN_RULES, *after):
        for name in names:
            if rule := _read_file(directory / name):
                return _with_global(rule, directory)
    return None


def find_rule_file(
    host: str, directories: tuple[Path, ...] = (), *, after: tuple[Path, ...] = ()
) -> Path | None:
    """The file that ``find_rule`` takes its rule from, without what follows it."""
    host = host.lower().removesuffix(".")
    if not _HOST.fullmatch(host) or _ADDRESS.fullmatch(host):
        return None
    places = (
        directory / name
        for directory in (*directories, BUILT_IN_RULES, *after)
        for name in file_names_of(host)
    )
    return next((path for path in places if path.is_file()), None)


@lru_cache(maxsize=256)
def read_rule(text: str, name: str) -> SiteRule:
    """A rule that is kept elsewhere than in a file, with the built-in ``global.txt`` after it."""
    return _with_global(parse_rule(text, name)[0], BUILT_IN_RULES)


def is_site_name(name: str) -> bool:
    """Whether a rule may be made for it: a host, neither an address nor a registry of others' names."""
    return (
        bool(_HOST.fullmatch(name))
        and not _ADDRESS.fullmatch(name)
        and name not in SECOND_LEVEL_REGISTRIES
        and name not in SHARED_HOSTS
    )


def names_above(host: str) -> tuple[str, ...]:
    """The host without ``www.`` and the domains above it up to its site, the most specific first.

    >>> names_above("www.regional.kompas.com")
    ('regional.kompas.com', 'kompas.com')
    """
    bare = host.lower().removesuffix(".").removeprefix("www.")
    labels = bare.split(".")
    names = tuple(".".join(labels[level:]) for level in range(max(len(labels) - 1, 0)))
    site = site_of(bare)
    return tuple(name for name in names if is_site_name(name) and (name == site or name.endswith(f".{site}")))


def same_site(host_a: str, host_b: str) -> bool:
    """Whether a rule for one host may be applied on the other: both have one registrable domain.

    Without the list of public suffixes: two labels, or one more under a second level of a registry and under
    shared hosting, both in ``registries``. What is not listed there makes this too generous: a page may then
    name pages of a neighbour as its own, and a rule's headers may follow a redirect there.
    """
    site_a, site_b = site_of(host_a), site_of(host_b)
    return site_a == site_b and site_a != ""


def site_of(host: str) -> str:
    """Return the registrable domain of the host, as near as ``same_site`` knows it; an address is its own."""
    host = host.lower().removesuffix(".")
    if _ADDRESS.fullmatch(host) or ":" in host:
        return host
    labels = host.split(".")
    size = 3 if ".".join(labels[-2:]) in SECOND_LEVEL_REGISTRIES else 2
    size += ".".join(labels[-size:]) in SHARED_HOSTS
    return ".".join(labels[-size:])


def read_site(text: str) -> str:
    """Return the site that a person means by an address, a host or a domain.

    >>> read_site("https://www.Kompas.com/tren"), read_site("money.kompas.com"), read_site(" kompas.com ")
    ('kompas.com', 'kompas.com', 'kompas.com')
    """
    address = text.strip().partition("://")[2] or text.strip()
    host = re.split(r"[/?#\s]", address, maxsplit=1)[0].rpartition("@")[2]
    return site_of(host if host.count(":") > 1 else host.partition(":")[0])


@lru_cache(maxsize=1024)
def file_names_of(host: str) -> tuple[str, ...]:
    """The names of files that may hold the host's rule, those that come first in front."""
    bare = host.removeprefix("www.")
    labels = bare.split(".")
    wildcards = (f".{'.'.join(labels[level:])}.txt" for level in range(1, len(labels) - 1))
    return tuple(dict.fromkeys((f"{host}.txt", f"{bare}.txt", f"www.{bare}.txt", *wildcards)))


def _with_global(rule: SiteRule, directory: Path) -> SiteRule:
    if not rule.autodetect_on_failure:
        return rule
    shared = _read_file(directory / _GLOBAL)
    return _followed_by(rule, shared) if shared else rule


def _read_file(path: Path) -> SiteRule | None:
    try:
        changed = path.stat().st_mtime_ns
        return _parse_file(path, changed)
    except OSError:  # not there, or not to be read: the next name is tried
        return None


@lru_cache(maxsize=512)
def _parse_file(path: Path, _changed: int) -> SiteRule:
    return parse_rule(path.read_text("utf-8", "replace"), path.name.removesuffix(".txt"))[0]


@lru_cache(maxsize=512)
def _followed_by(rule: SiteRule, shared: SiteRule) -> SiteRule:
    return rule.followed_by(shared)
