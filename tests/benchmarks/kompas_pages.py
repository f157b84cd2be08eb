"""Measure the extraction on a folder of real Kompas pages: `python -m tests.benchmarks.kompas_pages FOLDER`.

The folder holds pages/*.gz, INDEX.tsv (file, address), reference.json (what simple rules found) and
CLUTTER.tsv (phrases with regular expressions). The yardstick of the time is a bare lxml parse.

The reference is not always right: it keeps what CLUTTER.tsv says must go, and takes "Read also" for text.
The body's F1 is counted twice, against all of it and against it without those lines; captions are in none.
Completeness is the share of the publisher's own plain text that we have, on articles of one page.
"""

import csv
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Any

from lxml import html

from reader.errors import ReaderError
from reader.extraction import extract_html
from reader.values import ExtractedArticle

_WIB = timezone(timedelta(hours=7))


def read_clutter(path: Path) -> dict[str, re.Pattern[str]]:
    """Return phrase → expression; "[CS]" after an expression means that case counts."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        next(rows)
        phrases = {}
        for row in rows:
            expression, _, marks = row[1].partition("  [")
            phrases[row[0]] = re.compile(expression, 0 if marks.startswith("CS") else re.IGNORECASE)
    return phrases


def fold(text: str) -> str:
    return " ".join(text.split())


def squeeze(text: str) -> str:
    return "".join(text.split())


def parse_only(body: bytes) -> float:
    begun = time.process_time()
    html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    return time.process_time() - begun


# --- how much of the text is there ---

_TAG = re.compile(r"</?(\w+)[^>]*>")
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "s", "small", "strong", "sub", "sup", "u"})
_PROMOTION = "Dapatkan update berita pilihan dan breaking news"
_READ_ALSO = re.compile(r"(?:baca|simak|lihat|read) (?:juga|also)\s*:", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def f1_of(found: str, wanted: str) -> float:
    ours, theirs = Counter(words_of(found)), Counter(words_of(wanted))
    shared = (ours & theirs).total()
    return 2 * shared / max(ours.total() + theirs.total(), 1)


def completeness_of(article: ExtractedArticle, full_text: str) -> float:
    """The share of the publisher's words that are here; related titles and captions are here too."""
    wanted = Counter(words_of(unescape(unescape(full_text)).partition(_PROMOTION)[0]))
    titles = (f"Baca juga: {link.title}" for link in article.related)
    content = unescape(_TAG.sub(lambda tag: "" if tag[1] in _INLINE else " ", article.content))
    here = Counter(words_of(" ".join((content, *titles))))
    return 1 - (wanted - here).total() / max(wanted.total(), 1)


def read_full_text(page: str) -> str:
    found = re.search(r'var keywordBrandSafety = "(.*?)";', page, re.DOTALL)
    return found[1] if found else ""


def count_pictures(page: html.HtmlElement) -> int:
    """How many photographs and infographics stand in the body of the page, each file once."""
    body = page.xpath("//div[contains(concat(' ', @class, ' '), ' read__content ')]//img/@src")
    names = {src.rpartition("/")[2] for src in body if "/data/photo/" in src}
    return len(names)


class Tally:
    """Counts of one run, and the lines about every page that differs."""

    def __init__(self) -> None:
        self.hits: dict[str, list[bool]] = {}
        self.lines: list[str] = []
        self.seconds: list[float] = []
        self.parse_seconds: list[float] = []
        self.f1: list[float] = []
        self.f1_without_clutter: list[float] = []
        self.completeness: list[float] = []

    def note(self, name: str, holds: bool, line: str) -> None:
        self.hits.setdefault(name, []).append(holds)
        if not holds:
            self.lines.append(f"{name}: {line}")

    def compare(
        self,
        name: str,
        article: ExtractedArticle,
        reference: dict[str, Any],
        is_clutter: Callable[[str], bool],
    ) -> None:
        wanted = [part.strip() for part in reference["author"].split(",") if part.strip()]
        self.note("title", article.title == fold(reference["title"]), f"{name} {article.title!r}")
        self.note("authors", list(article.authors) == wanted, f"{name} {article.authors} for {wanted}")
        published = article.published
        minute = (
            published.astimezone(_WIB).strftime("%Y-%m-%d %H:%M") if isinstance(published, datetime) else ""
        )
        self.note(
            "published",
            minute == reference["published_wib"][:16],
            f"{name} {minute} for {reference['published_wib']}",
        )
        # The reference joins the lines around a <br> without a space, so spaces do not count at all.
        text = squeeze(article.text)
        lost = [block for _, block in reference["kept"] if squeeze(block) not in text]
        wanted_lost = [block for block in lost if not is_clutter(block)]
        self.note("kept blocks, but clutter phrases", not wanted_lost, name)
        self.note("kept blocks", not lost, f"{name} lost {[each[:90] for each in lost]}")
        headings = [block for kind, block in reference["kept"] if kind in {"h2", "h3"}]
        found = re.findall(r"<h[2-6][^>]*>(.*?)</h[2-6]>", article.content)
        for heading in headings:
            kept = any(fold(unescape(re.sub("<[^>]*>", "", each))) == fold(heading) for each in found)
            self.note("headings", kept, f"{name} {heading!r}")
        self.note("editor", article.editor == fold(reference["editor"]), f"{name} {article.editor!r}")
        self.note("section", article.section == reference["category"], f"{name} {article.section!r}")
        self.compare_body(name, article, reference, is_clutter)
        self.compare_related(name, article, reference)
        self.note(
            "pages",
            bool(article.missing_pages) == (reference["pages"] > 1),
            f"{name} {article.missing_pages} of {reference['pages']}",
        )

    def compare_body(
        self,
        name: str,
        article: ExtractedArticle,
        reference: dict[str, Any],
        is_clutter: Callable[[str], bool],
    ) -> None:
        found = article.text
        kept = [block for _, block in reference["kept"]]
        sure = [block for block in kept if not (is_clutter(block) or _READ_ALSO.match(block))]
        self.f1.append(f1_of(found, "\n".join(kept)))
        self.f1_without_clutter.append(f1_of(found, "\n".join(sure)))
        self.note("body F1 of 0.995", self.f1_without_clutter[-1] >= 0.995, f"{name} {self.f1[-1]:.3f}")

    def compare_related(self, name: str, article: ExtractedArticle, reference: dict[str, Any]) -> None:
        """All "Baca juga" that the reference dropped are related links with an address, in their order."""
        blocks = [block for kind, block in reference["dropped"] if kind == "baca-juga"]
        wanted = list(dict.fromkeys(squeeze(_READ_ALSO.sub("", block, count=1)) for block in blocks))
        found = [squeeze(link.title) for link in article.related]
        # A slip after the link stands in the reference's line, and not in the link's title.
        places = [
            next((at for at, title in enumerate(found) if each.startswith(title)), -1) for each in wanted
        ]
        is_right = all(link.url for link in article.related) and -1 not in places and places == sorted(places)
        self.note("related", is_right, f"{name} {found} for {wanted}")
        self.note("related once", len(set(found)) == len(found), f"{name} {found}")

    def check_source(self, name: str, article: ExtractedArticle, body: bytes) -> None:
        """What the page itself tells: its pictures are figures, its whole text is here."""
        page = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
        if not article.missing_pages:
            pictures, figures = count_pictures(page), article.content.count("<figure>")
            lead = article.lead_image.url.rpartition("/")[2] if article.lead_image else ""
            is_led = lead in body.decode("utf-8", "replace").partition("read__content")[2] and bool(lead)
            self.note("pictures", figures in {pictures, pictures - is_led}, f"{name} {figures} of {pictures}")
        full_text = read_full_text(body.decode("utf-8", "replace"))
        if full_text and not article.missing_pages:
            self.completeness.append(completeness_of(article, full_text))
            is_whole = self.completeness[-1] >= 0.99
            self.note("completeness of 0.99", is_whole, f"{name} {self.completeness[-1]:.3f}")


def measure(folder: Path) -> Tally:
    tally = Tally()
    phrases = read_clutter(folder / "CLUTTER.tsv")

    def is_clutter(text: str) -> bool:
        return any(expression.search(text) for name, expression in phrases.items() if "dateline" not in name)

    references = {each["file"]: each for each in json.loads((folder / "reference.json").read_text())}
    index = [line.split("\t") for line in (folder / "INDEX.tsv").read_text().splitlines()[1:]]
    urls = {row[0]: row[1] for row in index}
    for path in sorted(folder.glob("pages/*.gz")):
        name = f"pages/{path.name}"
        body = gzip.decompress(path.read_bytes())
        tally.parse_seconds.append(parse_only(body))
        begun = time.process_time()
        try:
            article = extract_html(body, urls.get(name) or references[name]["url"])
        except ReaderError as error:
            tally.note("no error", False, f"{path.name} {error.code} {error.detail}")
            continue
        tally.seconds.append(time.process_time() - begun)
        tally.note("no error", True, "")
        hits = [
            f"{phrase[:40]!r} in {line[:110]!r}"
            for line in article.text.splitlines()
            for phrase, expression in phrases.items()
            if line and "dateline" not in phrase and expression.search(line)
        ]
        tally.note("no clutter", not hits, f"{path.name} {hits}")
        tally.check_source(path.name, article, body)
        if name in references:
            tally.compare(path.name, article, references[name], is_clutter)
    return tally


def main() -> None:
    tally = measure(Path(sys.argv[1]))
    print(*tally.lines, sep="\n")
    for name, holds in tally.hits.items():
        print(f"{name}: {sum(holds)} of {len(holds)} ({sum(holds) / len(holds):.1%})")
    for name, values in (
        ("body F1", tally.f1),
        ("body F1 without clutter", tally.f1_without_clutter),
        ("completeness", tally.completeness),
    ):
        print(f"{name}: mean {statistics.mean(values):.4f}, least {min(values):.4f}, of {len(values)}")
    milliseconds = sorted(1000 * each for each in tally.seconds)
    yardstick = statistics.median(tally.parse_seconds) * 1000
    median, slow = statistics.median(milliseconds), milliseconds[int(len(milliseconds) * 0.95)]
    print(f"CPU a page: median {median:.1f} ms, p95 {slow:.1f} ms")
    print(f"  a bare parse: {yardstick:.1f} ms; {median / yardstick:.1f} times that")


if __name__ == "__main__":
    main()
