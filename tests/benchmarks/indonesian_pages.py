"""Measure the rules on real pages of Indonesian sites: `python -m tests.benchmarks.indonesian_pages FOLDER`.

The folder holds others/*.gz and INDEX.tsv (file, url, features: the site). For every page it prints which
words of the body that the rule finds are not in the text, in runs of at least four: they should be "Baca
juga" lines, advertising and sign-offs. Then the clutter that is left, what is not told, and the time.
"""

import csv
import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

from reader.errors import ReaderError
from reader.extraction import extract_html
from reader.extraction.decode import decode
from reader.extraction.parse import parse
from reader.extraction.tree import ask
from reader.sites import find_rule
from reader.values import ExtractedArticle

# Where the index gives no address: pages of these sites, by the name of the site in the index.
_HOSTS = {
    "antara": "www.antaranews.com",
    "detik": "news.detik.com",
    "kapanlagi": "www.kapanlagi.com",
    "liputan6": "www.liputan6.com",
    "mediaindonesia": "mediaindonesia.com",
    "okezone": "news.okezone.com",
    "republika": "www.republika.co.id",
    "tempo": "www.tempo.co",
    "tempoen": "en.tempo.co",
    "tribunnews": "www.tribunnews.com",
    "viva": "www.viva.co.id",
}
_CLUTTER = re.compile(
    r"advertisement|scroll to (?:continue|resume)|baca juga|lihat juga|\[gambas|\d dari \d halaman|perbesar"
    r"|saksikan video|ingatpesanibu|copyright ©|halaman selanjutnya|\([a-z]{2,5}/[a-z]{2,5}\)",
    re.IGNORECASE,
)
_SHORTEST_RUN = 4


def read_pages(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Name, address and bytes of the article pages."""
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            is_article = row["file"].startswith("others/") and "home" not in row["realness"]
            host = urlsplit(row["url"]).hostname or _HOSTS.get(row["features"], "")
            if is_article and host:
                url = row["url"] if urlsplit(row["url"]).hostname else f"https://{host}/berita/1"
                yield row["file"].split("/")[1], url, gzip.decompress((folder / row["file"]).read_bytes())


def find_lost_runs(page: bytes, url: str, article: ExtractedArticle) -> list[str]:
    """The runs of words of the body that stand neither in the text nor in a caption."""
    rule = find_rule(urlsplit(url).hostname or "")
    tree = parse(decode(page, "")[0])
    for element in list(tree.iter("script", "style", "noscript")):
        element.drop_tree()
    bodies = (ask(tree, expression) for expression in (rule.body if rule else ()))
    found = next((body for body in bodies if body), [])
    words = [
        word for part in found if not isinstance(part, str) for word in " ".join(part.itertext()).split()
    ]
    ours = re.sub(r"<[^>]+>", " ", article.content).split()
    matcher = SequenceMatcher(None, words, ours, autojunk=False)
    runs = [
        words[start:end] for kind, start, end, _, _ in matcher.get_opcodes() if kind in {"delete", "replace"}
    ]
    return [" ".join(run) for run in runs if len(run) >= _SHORTEST_RUN]


def describe(name: str, article: ExtractedArticle, lost: list[str]) -> None:
    told = [each for each in ("title", "authors", "published", "lead_image") if getattr(article, each)]
    print(f"{name}: {article.extractor}, {article.word_count} words; told: {' '.join(told)}")
    for run in lost:
        print(f"    not in the text: {run[:160]}")
    for found in dict.fromkeys(_CLUTTER.findall(article.text)):
        print(f"    clutter left: {found}")


def main(folder: Path) -> None:
    milliseconds, by_rule, clean, count = [], 0, 0, 0
    for name, url, page in read_pages(folder):
        count += 1
        begun = time.process_time()
        try:
            article = extract_html(page, url)
        except ReaderError as error:
            print(f"{name}: {type(error).__name__} {error}")
            continue
        milliseconds.append((time.process_time() - begun) * 1000)
        by_rule += article.extractor not in {"readability", "page data"}
        clean += not _CLUTTER.search(article.text)
        describe(name, article, find_lost_runs(page, url, article))
    print(f"by a rule: {by_rule} of {count}; without clutter: {clean} of {count}")
    print(f"CPU a page: median {statistics.median(milliseconds):.1f} ms, most {max(milliseconds):.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
