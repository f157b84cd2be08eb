"""READER_FETCH_RESOLVE: hosts by name or wildcard, and a sentence for every mistake."""

import pytest

from reader.fetching import ResolveMap, parse_resolve

TEXT = "*.kompas.com=127.0.0.1:8099; example.org = 127.0.0.1:8100 ;v6.example=[::1]:81;"


@pytest.mark.parametrize(
    ("host", "target"),
    [
        ("money.kompas.com", ("127.0.0.1", 8099)),
        ("a.b.kompas.com", ("127.0.0.1", 8099)),
        ("kompas.com", None),
        ("notkompas.com", None),
        ("kompas.com.evil.example", None),
        ("example.org", ("127.0.0.1", 8100)),
        ("www.example.org", None),
        ("v6.example", ("::1", 81)),
    ],
)
def test_a_host_is_found_by_name_or_wildcard(host: str, target: tuple[str, int] | None) -> None:
    assert parse_resolve(TEXT).find(host) == target


def test_a_star_is_every_host_and_the_first_entry_wins() -> None:
    resolve = parse_resolve("Kompas.com=127.0.0.1:1;*=127.0.0.1:2")
    assert resolve.find("kompas.com") == ("127.0.0.1", 1)
    assert resolve.find("apa.saja") == ("127.0.0.1", 2)


@pytest.mark.parametrize("text", ["", " ; "])
def test_nothing_is_an_empty_map_and_false(text: str) -> None:
    assert parse_resolve(text) == ResolveMap()
    assert not parse_resolve(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("example.org", "must be host=address:port"),
        ("example.org=127.0.0.1", "must be host=address:port"),
        ("example.org=localhost:80", "must be an IP address"),
        ("example.org=127.0.0.1:x", "a number from 1 to 65535"),
        ("example.org=127.0.0.1:0", "a number from 1 to 65535"),
        ("example.org=127.0.0.1:70000", "a number from 1 to 65535"),
        ("https://example.org=127.0.0.1:80", "must be a host"),
        ("=127.0.0.1:80", "must be a host"),
        ("*kompas.com=127.0.0.1:80", "must be a host"),
    ],
)
def test_a_mistake_is_named_in_a_sentence(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_resolve(text)
