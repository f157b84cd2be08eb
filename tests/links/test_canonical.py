"""One article has one identity, however its link is written; a look-alike never gets it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.errors import (
    CredentialsRefused,
    LinkMalformed,
    LinkRefused,
    LinkTooLong,
    PortRefused,
    SchemeRefused,
)
from reader.links import canonicalise

IDENTITY = "https://www.kompas.com/read/2021/03/04/101112526"
PATH = "read/2021/03/04/101112526"


@pytest.mark.parametrize(
    "link",
    [
        f"https://money.kompas.com/{PATH}/judul-artikel",
        f"http://money.kompas.com/{PATH}/judul-artikel",
        f"https://www.kompas.com/money/{PATH}/slug-lain",
        f"https://www.kompas.com/{PATH}",
        f"https://kompas.com/{PATH}/",
        f"kompas.com/{PATH}/judul",
        f"//www.kompas.com/{PATH}/judul",
        f"HTTPS://WWW.KOMPAS.COM:443/money/{PATH}/JUDUL",
        f"http://www.kompas.com:443/{PATH}/judul",
        f"https://www.kompas.com./{PATH}/judul",
        f"https://money.kompas.com/{PATH}/judul?page=all#page2",
        f"https://money.kompas.com/{PATH}/judul?page=2&utm_source=x&UTM_Medium=y&source=terpopuler&_ga=1",
        f"https://money.kompas.com/{PATH}/judul?amp=1&lgn_source=a&fbclid=b",
        f"https://amp.kompas.com/money/{PATH}/judul",
        f"https://amp.kompas.com/tren/{PATH}/judul",
        f"https://amp.kompas.com/biz/index.php/{PATH}/judul",
        "https://money.kompas.com/copy/2021/03/04/101112526/judul",
        "https://www.kompas.com/money/komentar/2021/03/04/101112526/judul?page=1",
        "https://www.kompas.com/money/image/2021/03/04/101112526/judul?page=2",
        "http://money.kompas.com/read/xml/2021/03/04/101112526/Judul.Dengan.Titik",
        "http://money.kompas.com/index.php/read/2021/03/04/101112526/Judul",
        "https://pemilu.kompas.com/rumahpilkada/read/2021/03/04/101112526/judul",
        f"https://money.kompas.com/tren/../{PATH}/judul",
        f"https:\\\\money.kompas.com\\{PATH}\\judul",
        f"https://money.kompas.com/re%61d/{PATH[5:]}/judul",
        f" \u200bhttps://money.kompas.com/{PATH}/judul\ufeff\n",
    ],
)
def test_every_view_of_a_kompas_article_is_the_same_article(link: str) -> None:
    assert canonicalise(link).canonical_url == IDENTITY


@pytest.mark.parametrize(
    "link",
    [
        f"https://kompas.com.evil.example/{PATH}/judul",
        f"https://notkompas.com/{PATH}/judul",
        f"https://kompas.co/{PATH}/judul",
        f"https://www.kompas.tv/{PATH}/judul",
        f"https://www.kompas.id/{PATH}/judul",
        f"https://www.kompasiana.com/{PATH}/judul",
        f"https://evil.example/https://www.kompas.com/{PATH}",
        f"https://evil.example/?https://www.kompas.com/{PATH}",
        f"https://evil.example#.kompas.com/{PATH}",
        f"https://evil.example\\.kompas.com/{PATH}",
        f"https://kompаs.com/{PATH}",
        f"https://xn--kmpas-tuc.com/{PATH}",
        "https://jeo.kompas.com/judul-panjang",
        "https://vik.kompas.com/sungai",
        "https://www.kompas.com/tag/sungai",
        "https://asset.kompas.com/data/photo/2021/03/04/101112526.jpg",
        "https://www.kompas.com/bread/2021/03/04/101112526/judul",
    ],
)
def test_what_is_no_kompas_article_never_gets_its_identity(link: str) -> None:
    assert not canonicalise(link).canonical_url.startswith("https://www.kompas.com/read/")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (f"http://money.kompas.com/{PATH}/judul?page=all#page2", f"https://money.kompas.com/{PATH}/judul"),
        (f"https://amp.kompas.com/money/{PATH}/judul", f"https://money.kompas.com/{PATH}/judul"),
        (f"https://amp.kompas.com/tren/{PATH}/judul?amp=1", f"https://www.kompas.com/tren/{PATH}/judul"),
        (f"https://amp.kompas.com/{PATH}/judul", f"https://www.kompas.com/{PATH}/judul"),
        (
            "https://money.kompas.com/copy/2021/03/04/101112526/judul",
            f"https://money.kompas.com/{PATH}/judul",
        ),
        (
            "https://www.kompas.com/tren/komentar/2021/03/04/101112526/a",
            f"https://www.kompas.com/tren/{PATH}/a",
        ),
        (
            "http://www.kompas.com/tren/image/2021/03/04/101112526/a?page=1",
            f"https://www.kompas.com/tren/{PATH}/a",
        ),
        (f"https://kompas.com/{PATH}/judul?x=1", f"https://www.kompas.com/{PATH}/judul?x=1"),
    ],
    ids=[
        "all pages",
        "amp with host",
        "amp of www",
        "amp without kanal",
        "copy",
        "comments",
        "photograph",
        "bare host",
    ],
)
def test_the_ordinary_reading_page_is_what_is_fetched(link: str, url: str) -> None:
    assert canonicalise(link).url == url


@pytest.mark.parametrize(
    ("link", "canonical_url"),
    [
        ("http://Example.ORG:80/a?b=2&a=1#c", "https://example.org/a?b=2&a=1"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/?utm_source=x", "https://example.org/"),
        (
            "https://example.org/a/./b/../c?page=2&source=x&amp=1",
            "https://example.org/a/c?page=2&source=x&amp=1",
        ),
        ("https://example.org/amp", "https://example.org/amp"),
        ("https://example.org/%7euser/%e2%82%ac/€ b", "https://example.org/~user/%E2%82%AC/%E2%82%AC%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a?q=a b&q=\"'", "https://example.org/a?q=a%20b&q=%22'"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org/a?gclid=1&x=&&y", "https://example.org/a?x=&y"),
        ("https://www.tribunnews.com/a?page=all", "https://www.tribunnews.com/a"),
        ("https://news.detik.com/a/d-1/b?single=1&mpid=3", "https://news.detik.com/a/d-1/b"),
        ("https://1.1.1.1/a", "https://1.1.1.1/a"),
        ("https://[2606:4700:0::1111]/a", "https://[2606:4700::1111]/a"),
    ],
    ids=[
        "scheme, case, port, fragment",
        "no path",
        "tracking alone",
        "dots; unknown parameters stay",
        "amp stays",
        "percent",
        "stray percent",
        "query",
        "idna",
        "empty pieces",
        "paging",
        "paging and site tracking",
        "ipv4",
        "ipv6",
    ],
)
def test_other_sites_keep_all_that_could_matter(link: str, canonical_url: str) -> None:
    assert canonicalise(link).canonical_url == canonical_url


DETIK = "https://news.detik.com/berita/d-7300001/judul-berita"
CNN = "https://www.cnnindonesia.com/nasional/20240506101112-20-1090001/judul"
CNBC = "https://www.cnbcindonesia.com/market/20250714091500-17-640001/judul"
SINDO = "https://nasional.sindonews.com/read/1500001/15/judul-1753338000"
REPUBLIKA = "https://news.republika.co.id/berita/t10001/judul"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (f"{DETIK}/2", DETIK),
        (f"{DETIK}/2?single=1", f"{DETIK}?single=1"),
        (f"{CNN}/3", CNN),
        (f"{CNBC}/2", CNBC),
        (f"{SINDO}/10", SINDO),
        (f"{SINDO}?showpage=all", f"{SINDO}?showpage=all"),
        (f"{REPUBLIKA}-part2", REPUBLIKA),
        ("https://www.suara.com/news/2026/07/24/1/judul?page=2", "https://www.suara.com/news/2026/07/24/1/judul"),
        (f"{DETIK}/22a", f"{DETIK}/22a"),
        ("https://www.detik.com/tag/d-1/2", "https://www.detik.com/tag/d-1/2"),
        ("https://example.org/d-1/judul/2", "https://example.org/d-1/judul/2"),
        ("https://www.tempo.co/ekonomi/judul-2000001", "https://www.tempo.co/ekonomi/judul-2000001"),
    ],
)  # fmt: skip
def test_a_further_page_leads_to_the_first_one(link: str, url: str) -> None:
    assert canonicalise(link).url == url


@pytest.mark.parametrize(
    ("link", "canonical_url"),
    [
        (f"{DETIK}/2/amp?single=1", DETIK),
        (f"{DETIK}/amp", DETIK),
        (f"{CNN}/amp", CNN),
        ("https://www.idntimes.com/hobby/judul-00-abc/amp/", "https://www.idntimes.com/hobby/judul-00-abc"),
        ("https://m.tribunnews.com/amp/regional/2020/05/06/judul?page=2", "https://www.tribunnews.com/regional/2020/05/06/judul"),
        ("https://jogja.tribunnews.com/amp/bisnis/1/judul", "https://jogja.tribunnews.com/bisnis/1/judul"),
        ("https://www.viva.co.id/amp/berita/1-judul?page=all&medium=x", "https://www.viva.co.id/berita/1-judul"),
        ("https://amp.suara.com/news/2026/07/24/1/judul", "https://www.suara.com/news/2026/07/24/1/judul"),
        ("https://m.antaranews.com/amp/berita/1/judul", "https://www.antaranews.com/berita/1/judul"),
        ("https://amp.tirto.id/judul-gX01", "https://tirto.id/judul-gX01"),
        ("https://www.tribunnews.com/amp", "https://www.tribunnews.com/amp"),
        ("https://example.org/amp/a", "https://example.org/amp/a"),
    ],
)  # fmt: skip
def test_an_amp_form_is_the_same_article_and_is_fetched_as_given(link: str, canonical_url: str) -> None:
    assert canonicalise(link).canonical_url == canonical_url
    assert "amp" not in link or "amp" in canonicalise(link).url


def test_paging_is_kept_for_fetching_only_where_it_shows_all_pages() -> None:
    assert (
        canonicalise("https://www.tribunnews.com/a?page=all").url == "https://www.tribunnews.com/a?page=all"
    )
    assert canonicalise("https://www.tribunnews.com/a?page=2").url == "https://www.tribunnews.com/a"


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("javascript:alert(1)", SchemeRefused),
        ("data:text/html,<b>", SchemeRefused),
        ("ftp://example.org/", SchemeRefused),
        ("file:///etc/passwd", SchemeRefused),
        ("view-source:https://example.org/", SchemeRefused),
        ("localhost:8000/", SchemeRefused),
        ("https://ann:rahasia@example.org/", CredentialsRefused),
        ("https://www.kompas.com@evil.example/", CredentialsRefused),
        ("https://www.kompas.com\\@evil.example/", None),
        ("https://@example.org/", CredentialsRefused),
        ("https://example.org:99999/", PortRefused),
        ("https://example.org:8o/", PortRefused),
        ("https://", LinkMalformed),
        ("https:///", LinkMalformed),
        ("tidak ada", LinkMalformed),
        ("", LinkMalformed),
        ("https://exa mple.org/", LinkMalformed),
        ("https://exa\tmple.org/", LinkMalformed),
        ("https://example.org/\r\nHost: evil", LinkMalformed),
        ("https://example.org/\x00", None),
        ("https://exam%70le.org/", LinkMalformed),
        ("https://-.example/", LinkMalformed),
        ("https://a..example/", LinkMalformed),
        (f"https://{'a' * 64}.example/", LinkMalformed),
        ("https://[::1", LinkMalformed),
        ("https://[fe80::1%25eth0]/", LinkMalformed),
        ("https://256.1.1.1/", LinkMalformed),
        ("https://1.1.1.1.1/", LinkMalformed),
        ("https://example.0x1/", LinkMalformed),
        ("https://089.1.1.1/", LinkMalformed),
        ("https://example.org/\ud800", LinkMalformed),
        ("https://example.org/" + "a" * 1990, LinkTooLong),
        ("https://example.org/" + "€" * 700, LinkTooLong),
        ("https://example.org/" + "a" * 9000, LinkTooLong),
    ],
)
def test_what_cannot_be_a_link_is_refused_by_name(link: str, error: type[LinkRefused] | None) -> None:
    if error is None:
        assert canonicalise(link).url.isprintable()
        return
    with pytest.raises(error):
        canonicalise(link)


def test_a_long_tracking_tail_does_not_make_a_link_too_long() -> None:
    assert canonicalise(f"https://example.org/a?fbclid={'x' * 5000}").url == "https://example.org/a"


_HOSTS = st.sampled_from(
    [
        "kompas.com",
        "WWW.kompas.com",
        "amp.kompas.com",
        "money.kompas.com",
        "example.org",
        "détik.com",
        "detik.com",
        "0x7f.1",
        "１２７.0.0.1",
        "[::FFFF:1.2.3.4]",
        "tribunnews.com.",
        "m.tribunnews.com",
        "news.sindonews.com",
        "www.republika.co.id",
        "notkompas.com",
        "a_b.example",
    ]
)
_PIECES = st.sampled_from(
    [
        "/read",
        "/copy",
        "/xml",
        "/index.php",
        "/amp",
        "/d-1/judul",
        "/read/1/2/judul",
        "/berita/judul",
        "-part2",
        "/2",
        "/money",
        "/2021/03/04",
        "/101112526",
        "/..",
        "/.",
        "//",
        "/%2e%2E",
        "%",
        "%25",
        "%7e",
        "%41",
        "\\",
        "?",
        "&",
        "#",
        "page=all",
        "page=2",
        "single=1",
        "utm_x=1",
        "a=b",
        "source=x",
        " ",
        "é",
        ";",
        ":80",
        ":443",
        "@",
        "'",
        '"',
        "[",
        "|",
    ]
)


@given(
    scheme=st.sampled_from(["http://", "https://", "HTTPS:", "//", ""]),
    host=_HOSTS,
    rest=st.lists(_PIECES | st.text(max_size=5), max_size=10).map("".join),
)
@example(scheme="http://", host="www.kompas.com", rest=":443/read/2021/03/04/101112526")
@example(scheme="http://", host="example.org", rest=":443/%%34%31//../..//a")
def test_canonicalising_again_changes_nothing(scheme: str, host: str, rest: str) -> None:
    try:
        first = canonicalise(scheme + host + rest)
    except LinkRefused:
        return
    assert canonicalise(first.url) == first
    assert canonicalise(first.canonical_url).canonical_url == first.canonical_url
    assert first.canonical_url.startswith("https://")
    assert first.url.isascii()
    assert " " not in first.url


@given(st.text(max_size=60) | st.text(max_size=40).map("https://".__add__))
def test_any_text_is_a_link_or_refused(text: str) -> None:
    try:
        first = canonicalise(text)
    except LinkRefused:
        return
    assert canonicalise(first.url) == first
