"""What a pattern of hosts means, and which of several decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import LinkMalformed, SiteBlocked
from reader.sites.domains import DomainBook, DomainRule, normalise_pattern


@pytest.mark.parametrize(
    ("pattern", "meant", "not_meant"),
    [
        (
            "example.com",
            ["example.com", "www.example.com", "EXAMPLE.com."],
            ["a.example.com", "anexample.com"],
        ),
        (
            "*.example.com",
            ["example.com", "a.example.com", "a.b.example.com"],
            ["anexample.com", "example.com.id"],
        ),
        ("*.xxx", ["a.xxx", "b.a.xxx"], ["xxx.example", "axxx.example"]),
        ("judi*.example", ["judi.example", "judi123.a.example"], ["a.judi.example"]),
        ("*judi*.example", ["a.judi.example", "superjudi8.example"], ["ajud.example"]),
        ("*", ["example.com"], []),
    ],
)
def test_a_pattern_means_these_hosts(pattern: str, meant: list[str], not_meant: list[str]) -> None:
    rule = DomainRule(pattern=pattern, is_allowed=False)

    assert [host for host in meant if not rule.means(host)] == []
    assert [host for host in not_meant if rule.means(host)] == []


def test_the_most_exact_pattern_decides_whatever_their_order() -> None:
    rules = (
        DomainRule(pattern="*", is_allowed=False),
        DomainRule(pattern="*.berita.example", is_allowed=True, pause_seconds=3),
        DomainRule(
            pattern="iklan.berita.example", is_allowed=False, headers={"Referer": "https://a.example/"}
        ),
    )
    for book in (DomainBook(rules), DomainBook(rules[::-1])):
        book.check("www.berita.example")
        for host in ("lain.example", "iklan.berita.example"):
            with pytest.raises(SiteBlocked):
                book.check(host)
        assert book.pause_seconds("iklan.berita.example") == 3
        assert book.pause_seconds("lain.example") is None
        assert book.headers("www.iklan.berita.example") == {"Referer": "https://a.example/"}
        assert book.headers("berita.example") == {}


@pytest.mark.parametrize("text", ["", "*.*.*.*.*.*", "a b", "*.a/b?", "a..b*", "-*$", "x" * 300 + "*"])
def test_what_is_no_pattern_is_refused(text: str) -> None:
    if text == "*.a/b?":
        assert normalise_pattern(text) == "*.a"
        return
    with pytest.raises(LinkMalformed):
        normalise_pattern(text)


@given(st.text(alphabet="*.ab", min_size=1, max_size=30), st.text(alphabet=".ab", max_size=253))
def test_any_pattern_is_answered_at_once(text: str, host: str) -> None:
    try:
        pattern = normalise_pattern(text)
    except LinkMalformed:
        return
    assert DomainRule(pattern=pattern).means(host) in {True, False}
