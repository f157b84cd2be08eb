"""The rule language: what one site rule says (``SiteRule``) and how its text is read (``parse_rule``).

The format is that of FTR site configs, one ``directive: value`` a line; ours are a few directives more,
which other readers skip. What a directive does to a page is the extraction room's business.
"""

import datetime
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, fields, replace

from lxml import etree

from reader.sites.text_pattern import PatternRefused, compile_text_pattern
from reader.sites.xpath_cost import PageSize, cost

MAX_LINE_CHARS = 8_000
# The longest rule of the public collection has 154 lines, 52 XPaths and 20 replacements, its longest XPath
# 379 characters.
MAX_LINES = 600
MAX_XPATHS = 200
MAX_REPLACEMENTS = 60
MAX_XPATH_CHARS = 2_000
# On a page of a few lines, in steps from node to node: a second and a half. That is a mistake, or meant.
_MAX_COST = 60_000_000.0
_SMALL_PAGE = PageSize(elements=100, depth=20, characters=10_000)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing in a rule file that is not used: ``line`` counts from 1, 0 is the file as a whole.

    ``sentence`` has a place (``%s``) for each of the ``details``, so that faces can translate it.
    """

    name: str
    line: int
    sentence: str
    details: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return self.sentence % self.details

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class PageLink:
    """Where the address of another page stands; it counts only where ``only_if`` finds something.

    ``xpath`` may give elements, attributes or a built string. An empty ``only_if`` is no condition.
    """

    xpath: str
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A page that the rule was written for, and sentences that its text must hold."""

    url: str
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """What is known of one site; made by ``parse_rule``, in file order, and safe to pickle.

    Every XPath compiles and has run once on a small page, every regular expression compiles; an XPath
    may still fail on a real page. Within ``title body author date`` the first that matches wins.
    ``strip_text`` is tested on a paragraph's whole folded text, whatever its case. ``replacements`` are
    literal, on the raw page. ``label`` finds the publisher's own marks, ``page_count`` the number of the
    article's pages, ``full_text`` a plain text of all of them, to check against. ``wrap_in`` is
    (tag, XPath); names in ``http_headers`` are lower-case.
    """

    name: str
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    page_count: tuple[str, ...] = ()
    full_text: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    strip_attr: tuple[str, ...] = ()
    strip_id_or_class: tuple[str, ...] = ()
    strip_image_src: tuple[str, ...] = ()
    strip_text: tuple[str, ...] = ()
    replacements: tuple[tuple[str, str], ...] = ()
    http_headers: tuple[tuple[str, str], ...] = ()
    single_page_link: tuple[PageLink, ...] = ()
    next_page_link: tuple[PageLink, ...] = ()
    wrap_in: tuple[tuple[str, str], ...] = ()
    dissolve: tuple[str, ...] = ()
    prune: bool = True
    tidy: bool = True
    autodetect_on_failure: bool = True
    insert_detected_image: bool = True
    skip_json_ld: bool = False
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    drop_query: tuple[str, ...] = ()
    valid_until: datetime.date | None = None
    tests: tuple[RuleTest, ...] = ()

    def expressions(self) -> tuple[tuple[str, str], ...]:
        """Every XPath with the directive that it stands in, in the order of the fields."""
        found = [(name, each) for name in XPATH_LISTS for each in getattr(self, name)]
        found += [("wrap_in", each) for _, each in self.wrap_in]
        for link in (*self.single_page_link, *self.next_page_link):
            found += [("page link", each) for each in (link.xpath, link.only_if) if each]
        return tuple(found)

    def without(self, expressions: Collection[str]) -> "SiteRule":
        """This rule without these XPaths; a page link goes with its condition."""
        lists: dict[str, object] = {
            name: tuple(each for each in getattr(self, name) if each not in expressions)
            for name in XPATH_LISTS
        }
        lists["wrap_in"] = tuple(each for each in self.wrap_in if each[1] not in expressions)
        for name in ("single_page_link", "next_page_link"):
            links = getattr(self, name)
            lists[name] = tuple(
                each for each in links if each.xpath not in expressions and each.only_if not in expressions
            )
        return replace(self, **lists)  # type: ignore[arg-type]

    def followed_by(self, other: "SiteRule") -> "SiteRule":
        """This rule with the lists of ``other`` after its own; name, flags and tests stay this rule's."""
        lists = {
            name: getattr(self, name) + getattr(other, name)
            for name in (each.name for each in fields(self))
            if isinstance(getattr(self, name), tuple) and name != "tests"
        }
        return replace(self, **lists)


def parse_rule(text: str, name: str) -> tuple[SiteRule, tuple[Complaint, ...]]:
    """Read a rule; what cannot be used is left out and complained about, never raised.

    Login directives are left out without a word: Teduh logs in nowhere.

    >>> rule, complaints = parse_rule("body: //article\\nbody: //[", "example.com")
    >>> rule.body, [complaint.line for complaint in complaints]
    (('//article',), [2])
    """
    reading = _Reading(name)
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    if len(lines) > MAX_LINES:
        reading.complain("only the first %s lines are read", MAX_LINES, line=0)
    for number, line in enumerate(lines[:MAX_LINES], start=1):
        reading.line = number
        reading.read(line)
    return reading.finish(), tuple(reading.complaints)


# --- the vocabulary ---

XPATH_LISTS = (
    *("title", "body", "author", "date", "section", "editor", "dateline", "caption", "credit"),
    *("related", "label", "page_count", "full_text", "strip", "strip_attr", "dissolve"),
)
_TOKEN_LISTS = frozenset({"strip_id_or_class", "strip_image_src"})
_TEXT_LISTS = frozenset({"must_contain", "must_not_contain", "drop_query"})
_FLAGS = frozenset({"prune", "tidy", "autodetect_on_failure", "insert_detected_image", "skip_json_ld"})
_LOGIN = frozenset(
    {"requires_login", "not_logged_in_xpath", "login_uri", "login_username_field"}
    | {"login_password_field", "login_extra_fields"}
)
_WITH_ARGUMENT = frozenset({"replace_string", "http_header", "wrap_in"})
_BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}

_LINE_END = re.compile(r"\r\n|\r|\n")
_ARGUMENT_LINE = re.compile(r"\s*([A-Za-z_]+)\((.*?)\)\s*:(.*)", re.DOTALL)
_PLAIN_LINE = re.compile(r"\s*([A-Za-z_]+)\s*:(.*)", re.DOTALL)
_TAG = re.compile(r"[a-z][a-z0-9]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, token
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# One of each usual element: a condition on an element is only run where there is one.
_TRIAL_PAGE = etree.fromstring(
    "<html><head><title>x</title><meta/><link/><script/></head><body><header/><nav/><main><article><section>"
    "<h1/><h2/><h3/><div><p><a href='x' class='x' id='x'>x</a><span>x</span><strong/><em/><b/><i/><br/></p>"
    "<figure><img src='x'/><figcaption/></figure><ul><li/></ul><time/><iframe/><blockquote/><form/><button/>"
    "<table><tr><td/></tr></table></div></section></article></main><aside/><footer/></body></html>"
)


@dataclass(slots=True)
class _Reading:
    """The state of reading one file: what was found, what was complained about, what still pairs up."""

    name: str
    line: int = 0
    complaints: list[Complaint] = field(default_factory=list)
    lists: dict[str, list[object]] = field(default_factory=dict)
    single: dict[str, object] = field(default_factory=dict)
    finds: list[tuple[int, str]] = field(default_factory=list)
    replaces: list[tuple[int, str]] = field(default_factory=list)
    last_page_link: str = ""
    xpaths: int = 0

    def read(self, line: str) -> None:
        if not line.strip() or line.lstrip().startswith("#"):
            return
        if len(line) > MAX_LINE_CHARS:
            self.complain("longer than %s characters", MAX_LINE_CHARS)
        elif match := _ARGUMENT_LINE.fullmatch(line):
            self.read_with_argument(match[1].lower(), match[2], match[3].strip())
        elif match := _PLAIN_LINE.fullmatch(line):
            self.read_plain(match[1].lower(), match[2].strip())
        else:
            self.complain("neither a directive nor a comment")

    def read_with_argument(self, directive: str, argument: str, value: str) -> None:
        if directive not in _WITH_ARGUMENT:
            self.complain("unknown directive: %s", f"{directive}()")
        elif directive == "replace_string":
            if self.replaces:
                self.pair_replacements()
            if argument:
                self.add_replacement(argument, value)
            else:
                self.complain("%s without a value", "replace_string()")
        elif directive == "http_header":
            if _HEADER_NAME.fullmatch(argument) and value and not _CONTROL.search(value):
                self.add("http_headers", (argument.lower(), value))
            else:
                self.complain("not a header")
        elif not _TAG.fullmatch(argument.lower()):
            self.complain("not an element name: %s", argument)
        elif self.is_xpath(value):
            self.add("wrap_in", (argument.lower(), value))

    def read_plain(self, directive: str, value: str) -> None:
        if directive == "replace_string":  # may be empty: the found text goes
            self.replaces.append((self.line, value))
        elif directive in _LOGIN:
            return
        elif not value:
            self.complain("%s without a value", directive)
        elif directive in XPATH_LISTS:
            if self.is_xpath(value):
                self.add(directive, value)
        elif directive in _TOKEN_LISTS:
            self.read_token(directive, value)
        elif directive in _TEXT_LISTS:
            self.add(directive, value)
        elif directive in _FLAGS:
            self.read_flag(directive, value)
        elif read := _SPECIAL.get(directive):
            read(self, directive, value)
        else:
            self.complain("unknown directive: %s", directive)

    def read_token(self, directive: str, value: str) -> None:
        if token := value.replace('"', "").replace("'", "").strip():
            self.add(directive, token)
        else:
            self.complain("%s without a value", directive)

    def read_flag(self, directive: str, value: str) -> None:
        word = value.split(maxsplit=1)[0].lower()
        if word in _BOOLEANS:
            self.single[directive] = _BOOLEANS[word]
        else:
            self.complain("%s is yes or no", directive)

    def read_find(self, _directive: str, value: str) -> None:
        if self.replaces:
            self.pair_replacements()
        self.finds.append((self.line, value))

    def read_page_link(self, directive: str, value: str) -> None:
        self.last_page_link = ""
        if self.is_xpath(value):
            self.add(directive, PageLink(value))
            self.last_page_link = directive

    def read_page_condition(self, directive: str, value: str) -> None:
        if not self.last_page_link:
            self.complain("%s without a page link before it", directive)
        elif self.is_xpath(value):
            links = self.lists[self.last_page_link]
            link = links[-1]
            assert isinstance(link, PageLink)  # noqa: S101 - tells mypy what read_page_link put there
            links[-1] = replace(link, only_if=value)
        else:  # a guarded link whose guard cannot be read must not become an unguarded one
            self.lists[self.last_page_link].pop()
            self.last_page_link = ""

    def read_strip_text(self, directive: str, value: str) -> None:
        try:
            compile_text_pattern(value)
        except PatternRefused as error:
            self.complain(error.sentence, *error.details)
        else:
            self.add(directive, value)

    def read_valid_until(self, directive: str, value: str) -> None:
        try:
            self.single[directive] = datetime.date.fromisoformat(value)
        except ValueError:
            self.complain("%s is a day such as 2026-01-31", directive)

    def read_test_url(self, _directive: str, value: str) -> None:
        self.add("tests", RuleTest(value))

    def read_test_contains(self, directive: str, value: str) -> None:
        tests = self.lists.get("tests")
        if not tests:
            self.complain("%s without a test_url before it", directive)
            return
        test = tests[-1]
        assert isinstance(test, RuleTest)  # noqa: S101 - tells mypy what read_test_url put there
        tests[-1] = replace(test, contains=(*test.contains, value))

    def pair_replacements(self) -> None:
        """Pair a run of finds with the run of replacements after it; runs of unequal length are left out."""
        if len(self.finds) == len(self.replaces):
            for (_, find), (_, value) in zip(self.finds, self.replaces, strict=True):
                self.add_replacement(find, value)
        else:
            line = (self.finds or self.replaces)[0][0]
            self.complain("%s find_string, %s replace_string", len(self.finds), len(self.replaces), line=line)
        self.finds.clear()
        self.replaces.clear()

    def add_replacement(self, find: str, value: str) -> None:
        if len(self.lists.get("replacements", ())) < MAX_REPLACEMENTS:
            self.add("replacements", (find, value))
        else:
            self.complain("more than %s replacements", MAX_REPLACEMENTS)

    def is_xpath(self, value: str) -> bool:
        """Compile it and run it once: only running tells an unknown function or prefix."""
        if self.xpaths >= MAX_XPATHS or len(value) > MAX_XPATH_CHARS:
            self.complain("more than %s expressions, or %s characters in one", MAX_XPATHS, MAX_XPATH_CHARS)
            return False
        try:
            if cost(value, _SMALL_PAGE) > _MAX_COST:
                self.complain("costs too much even on a small page")
                return False
            etree.XPath(value)(_TRIAL_PAGE)
        except (etree.XPathError, ValueError) as error:
            self.complain("not an XPath expression: %s", error)
            return False
        self.xpaths += 1
        return True

    def add(self, name: str, value: object) -> None:
        self.lists.setdefault(name, []).append(value)

    def complain(self, sentence: str, *details: object, line: int | None = None) -> None:
        at = self.line if line is None else line
        self.complaints.append(Complaint(self.name, at, sentence, tuple(map(str, details))))

    def finish(self) -> SiteRule:
        if self.finds or self.replaces:
            self.pair_replacements()
        found: dict[str, object] = {name: tuple(values) for name, values in self.lists.items()}
        return SiteRule(name=self.name, **found, **self.single)  # type: ignore[arg-type]


_SPECIAL: dict[str, Callable[[_Reading, str, str], None]] = {
    "find_string": _Reading.read_find,
    "single_page_link": _Reading.read_page_link,
    "next_page_link": _Reading.read_page_link,
    "if_page_contains": _Reading.read_page_condition,
    "strip_text": _Reading.read_strip_text,
    "valid_until": _Reading.read_valid_until,
    "test_url": _Reading.read_test_url,
    "test_contains": _Reading.read_test_contains,
}
