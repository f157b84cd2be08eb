"""Links are found in whatever was pasted, in order, in time that grows with the text."""

import time

import pytest

from reader.errors import TooManyLinks
from reader.links import find_links, is_article_text

READ = "https://money.kompas.com/read/2021/03/04/101112526/judul-artikel"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (READ, [READ]),
        (f"\n  {READ}\r\n\r\nhttp://example.org/b\t", [READ, "http://example.org/b"]),
        (f"Baca ini ({READ}), lalu {READ}?page=all.", [READ, f"{READ}?page=all"]),
        (f"<{READ}>", [READ]),
        (f"[judul]({READ}) dan **{READ}**", [READ]),
        (f'[judul]({READ} "nama")', [READ]),
        (f'<a href="{READ}?a=1&amp;b=2">judul</a>', [f"{READ}?a=1&b=2"]),
        (f"<a href='{READ}'>judul</a>", [READ]),
        ("https://id.wikipedia.org/wiki/Teduh_(film)", ["https://id.wikipedia.org/wiki/Teduh_(film)"]),
        (
            "(lihat https://id.wikipedia.org/wiki/Teduh_(film))",
            ["https://id.wikipedia.org/wiki/Teduh_(film)"],
        ),
        ("“https://example.org/kutipan”", ["https://example.org/kutipan"]),
        (
            "Sumber:https://example.org/a;https://example.org/b",
            ["https://example.org/a;https://example.org/b"],
        ),
        (
            "https://example.org/a\u200bhttps://example.org/b",
            ["https://example.org/a", "https://example.org/b"],
        ),
        ("https://example.org/a\u00a0lalu", ["https://example.org/a"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("http://[2606:4700::1]/a", ["http://[2606:4700::1]/a"]),
        (
            "https://web.archive.org/web/2020/https://a.example/b",
            ["https://web.archive.org/web/2020/https://a.example/b"],
        ),
    ],
    ids=[
        "alone",
        "lines",
        "prose and parentheses",
        "angle brackets",
        "markdown",
        "markdown with title",
        "html",
        "html with apostrophes",
        "balanced parentheses",
        "balanced inside parentheses",
        "typographic quotes",
        "after a colon",
        "zero-width space between",
        "no-break space after",
        "upper case",
        "ipv6",
        "link in a link",
    ],
)
def test_links_are_found_in(text: str, links: list[str]) -> None:
    assert find_links(text) == tuple(links)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "kompas.com/read/2021/03/04/101112526/judul",
            ["https://kompas.com/read/2021/03/04/101112526/judul"],
        ),
        ("lihat www.kompas.com.", ["https://www.kompas.com"]),
        ("di www.kompas.com/tren/read, katanya", ["https://www.kompas.com/tren/read"]),
        ("example.org/lain", ["https://example.org/lain"]),
        ("KOMPAS.com/BUDI SANTOSO", []),
        ("Foto: (KOMPAS.com/BUDI SANTOSO)", []),
        ("JAKARTA, KOMPAS.com - Warga dan/atau lurah, 1.5/2", []),
        ("surat ke budi@example.org/1 saja", []),
        ("berkas.pdf dan gambar.jpg", []),
        ("", []),
    ],
    ids=[
        "with a path",
        "www at the end of a sentence",
        "www and comma",
        "alone on its line",
        "credit alone",
        "credit in a line",
        "dateline",
        "mail address",
        "file names",
        "nothing",
    ],
)
def test_bare_hosts_count_when_they_can_only_be_links(text: str, links: list[str]) -> None:
    assert find_links(text) == tuple(links)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "  JavaScript:alert(document.cookie)",
        "data:text/html,<b>x</b>",
        "data:,x",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "vbscript:x",
        "gopher://example.org/",
        "view-source:https://a.example/",
    ],
)
def test_other_schemes_are_found_so_that_they_can_be_refused_by_name(text: str) -> None:
    (link,) = find_links(text)
    assert link == text.strip()


def test_words_with_a_colon_are_no_schemes() -> None:
    assert find_links("Penulis:Budi\nData: lima orang\nEditor: Sari\nfile: a") == ()


def test_the_same_spelling_is_returned_once_in_the_first_place() -> None:
    assert find_links("https://b.example/ https://a.example/ https://b.example/") == (
        "https://b.example/",
        "https://a.example/",
    )


def test_more_links_than_the_limit_are_refused() -> None:
    lines = [f"https://example.org/{number}" for number in range(11)]

    assert len(find_links("\n".join(lines[:10]), limit=10)) == 10
    with pytest.raises(TooManyLinks):
        find_links("\n".join(lines), limit=10)


def test_a_text_of_more_than_a_million_characters_is_refused() -> None:
    assert find_links("a" * 1_000_000) == ()
    with pytest.raises(TooManyLinks):
        find_links("a" * 1_000_001)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a.",
        "a-",
        "-",
        "http:",
        "http://",
        "https://a.example/(",
        ")",
        "https://a/)))]]]",
        "javascript:",
        "\t",
        "\n ",
        "a.bc/",
        "www.",
        "'",
        "<a href=",
        "data:",
        "a.aa.aa/(",
        "&amp;",
        "+a:",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    began = time.process_time()
    try:
        find_links(text, limit=10_000_000)
    except TooManyLinks:
        pytest.fail("the limit was not meant to be met")
    assert time.process_time() - began < 5


WORDS = "Warga kampung menanam bibit trembesi di tepi sungai sejak pagi buta bersama semua tetangga mereka. "
LINK = "https://berita.example/artikel/12"


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        pytest.param(WORDS * 3, True, id="an article's text"),
        pytest.param(WORDS, False, id="a sentence"),
        pytest.param(f"{LINK}\n\n{WORDS * 9}", True, id="a page under its address"),
        pytest.param(f"{WORDS * 9}\nIkuti kami: t.me/kabar/9", True, id="a page that names its channel"),
        pytest.param(f"{WORDS * 3} Baca selengkapnya: {LINK}", False, id="a message that passes a link on"),
        pytest.param("\n".join(f"{WORDS}\n{LINK}{n}" for n in range(20)), False, id="titles and links"),
        pytest.param(f"<p>{WORDS * 9}</p>", False, id="HTML"),
        pytest.param(f"{WORDS * 9} a < b dan c > d", True, id="signs in a text"),
        pytest.param(WORDS * 3 + "&" * 2000, False, id="mostly signs"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_the_text_of_an_article_is_told_from_a_way_to_one(text: str, is_text: bool) -> None:
    assert is_article_text(text, find_links(text)) == is_text


@pytest.mark.parametrize("text", ["<a" * 400_000, "a." * 500_000, "<p " * 330_000, "x " * 500_000])
def test_a_million_characters_are_judged_in_time(text: str) -> None:
    start = time.process_time()
    is_article_text(text, ())
    is_article_text(text, (LINK,))
    assert time.process_time() - start < 2
