"""The bench at which a rule is written, prepared: its text, complaints, and a kept page before and after."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from reader.admin.rule_words import FACTS, ROLES, LineError, diff_rules, name_line_errors
from reader.errors import ReaderError
from reader.extraction.outline import Block
from reader.models import SiteRule, Snapshot
from reader.services import previewing, ruling
from reader.services.previewing import Offer, Preview, Reading
from reader.values import ExtractedArticle
from reader.web.places import is_number
from reader.web.sentences import Sentence, sentence_for
from reader.web.word_diff import TextDiff, diff_texts


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of an article, before and after."""

    label: str | Promise
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(slots=True, kw_only=True)
class Look:
    """A kept page by both rules. ``content`` is sanitised HTML; every other string is plain text."""

    preview: Preview | None = None
    blocks: list[tuple[Block, str | Promise]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    diff: TextDiff | None = None
    error_before: Sentence | None = None
    error_after: Sentence | None = None
    refusal: Sentence | None = None


@dataclass(slots=True, kw_only=True)
class Pointed:
    """What a click on a block wrote, and what else might have been written."""

    directive: str
    label: str | Promise
    number: int
    offers: list[Offer]
    written: str


@dataclass(slots=True, kw_only=True)
class Bench:
    """Everything that the editor shows."""

    host: str
    text: str
    version: int
    source: str
    row: SiteRule | None
    pages: list[Snapshot] = field(default_factory=list)
    page: Snapshot | None = None
    errors: list[LineError] = field(default_factory=list)
    refusal: Sentence | None = None
    theirs: TextDiff | None = None
    insist: int = 0
    pointed: Pointed | None = None
    look: Look | None = None
    is_missing: bool = False


def open_bench(host: str) -> Bench:
    """Open the draft as it is kept, or the text in force where nobody has begun one."""
    row = SiteRule.objects.select_related("changed_by").filter(host=host).first()
    in_force = ruling.find_rule_in_force(host, row)
    return Bench(
        host=host,
        text=row.draft if row else in_force.text,
        version=row.version if row else 0,
        source=in_force.source,
        row=row,
    )


def judge(bench: Bench) -> None:
    """Add the linter's complaints, or why the text cannot even be read."""
    try:
        bench.errors = name_line_errors(bench.text, ruling.check_rule(bench.text, bench.host))
    except ReaderError as error:
        bench.refusal = bench.refusal or sentence_for(error.code)


def choose_page(bench: Bench, snapshot_id: str, address: str = "") -> None:
    """Put the chosen page on the bench, by its number or its address, else the first that there is."""
    bench.pages = previewing.find_pages(bench.host)
    if address:
        bench.page = previewing.find_page_at(bench.host, address)
        bench.is_missing = bench.page is None
    elif is_number(snapshot_id):
        bench.page = previewing.find_page(bench.host, int(snapshot_id))
    bench.page = bench.page or next(iter(bench.pages), None)


def look(host: str, text: str, page: Snapshot) -> Look:
    """Read the page by the rule in force and by the text."""
    try:
        preview = previewing.preview(host=host, text=text, snapshot=page)
    except ReaderError as error:
        return Look(refusal=sentence_for(error.code))
    before, after = preview.before.article, preview.after.article
    return Look(
        preview=preview,
        blocks=[
            (block, ROLES.get(block.role, ""))
            for block in (preview.outline.blocks if preview.outline else ())
        ],
        facts=[Fact(label, _tell(before, name), _tell(after, name)) for name, label in FACTS.items()],
        diff=diff_texts(before.text if before else "", after.text if after else ""),
        error_before=_sentence_of(preview.before),
        error_after=_sentence_of(preview.after),
    )


def show_conflict(bench: Bench, text: str, version: int) -> None:
    """Keep what was sent in the box, and show what the other person has made of the rule.

    The version stays the one that is gone: only who insists, having seen both, writes over the other's.
    """
    bench.theirs = diff_rules(bench.text, text)
    bench.text, bench.version, bench.insist = text, version, bench.version


def make_pointed(directive: str, number: int, offers: list[Offer], written: str) -> Pointed:
    """Tell what was written for a block."""
    return Pointed(directive=directive, label=ROLES[directive], number=number, offers=offers, written=written)


def _tell(article: ExtractedArticle | None, name: str) -> str:
    value = getattr(article, name) if article else ""
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _sentence_of(reading: Reading) -> Sentence | None:
    return sentence_for(reading.error.code) if reading.error else None
