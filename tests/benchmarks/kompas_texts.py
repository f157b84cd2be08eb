"""Measure the reading of real copied texts: `python -m tests.benchmarks.kompas_texts FOLDER [--show]`.

The folder holds texts/*.txt (copied pages, the address on the first line), CLUTTER.tsv (phrases), and may
hold pages/*.gz: where an address has a page too, both readings of it are compared, paragraph by paragraph.
"""

import gzip
import re
import sys
import time
from pathlib import Path

from reader.errors import ReaderError
from reader.extraction import extract_html, extract_text
from reader.values import ExtractedArticle
from tests.benchmarks.kompas_pages import read_clutter, squeeze

_TOLD = ("title", "authors", "editor", "published", "section", "labels")


def find_pages(folder: Path) -> dict[str, Path]:
    """Address → page, for the pages whose address the index tells."""
    rows = [line.split("\t") for line in (folder / "INDEX.tsv").read_text().splitlines()[1:]]
    return {row[1]: folder / row[0] for row in rows if row[1] and (folder / row[0]).exists()}


def compare(article: ExtractedArticle, page: ExtractedArticle) -> list[str]:
    """Lines about what the text's reading has otherwise than the page's; captions are the page's alone."""
    differences = [
        f"{name}: {getattr(article, name)!r}, the page {getattr(page, name)!r}"
        for name in ("title", "authors", "editor", "published", "missing_pages")
        if str(getattr(article, name))[:16] != str(getattr(page, name))[:16]
    ]
    ours, theirs = ({squeeze(each): each for each in one.text.split("\n\n")} for one in (article, page))
    differences += [f"not in the page: {ours[each][:120]}" for each in ours.keys() - theirs.keys()]
    differences += [f"only in the page: {theirs[each][:120]}" for each in theirs.keys() - ours.keys()]
    related = [[squeeze(link.title) for link in one.related] for one in (article, page)]
    if related[0] != related[1]:
        differences.append(f"related: {len(related[0])}, the page {len(related[1])}")
    return differences


def describe(article: ExtractedArticle) -> str:
    told = [name for name in _TOLD if getattr(article, name)]
    blocks = [f"{article.content.count(f'<{tag}>')} {tag}" for tag in ("p", "h2", "li", "blockquote")]
    return f"{' '.join(told)}; {', '.join(blocks)}; {len(article.related)} related {article.quality.reasons}"


def find_clutter(text: str, phrases: dict[str, re.Pattern[str]]) -> list[str]:
    return [
        f"clutter: {name[:40]!r} in {line[:100]!r}"
        for line in text.splitlines()
        for name, expression in phrases.items()
        if line and "dateline" not in name and expression.search(line)
    ]


def main() -> None:
    folder = Path(sys.argv[1])
    phrases, pages = read_clutter(folder / "CLUTTER.tsv"), find_pages(folder)
    texts = sorted(folder.glob("texts/*.txt"))
    read = left = 0
    seconds = 0.0
    for path in texts:
        begun = time.process_time()
        try:
            article = extract_text(path.read_text())
        except ReaderError as error:
            print(f"{path.name}: {error.code} {error.detail}")
            continue
        seconds += time.process_time() - begun
        read += 1
        lines = find_clutter(article.text, phrases)
        left += len(lines)
        if page := pages.get(article.canonical_url):
            body = gzip.decompress(page.read_bytes())
            lines += compare(article, extract_html(body, article.canonical_url))
        print(f"{path.name}: {describe(article)}", *(f"  {line}" for line in lines), sep="\n")
        if "--show" in sys.argv:
            print(f"# {article.title}\n{article.text}\n")
    print(f"{read} of {len(texts)} read, {left} clutter phrases left, {1000 * seconds / read:.1f} ms a text")


if __name__ == "__main__":
    main()
