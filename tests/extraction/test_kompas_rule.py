"""The rule for Kompas: one text in two files, without complaints."""

import json
from pathlib import Path

from reader.extraction import extract_html
from reader.sites import check_rule_files, find_rule
from reader.sites.match import BUILT_IN_RULES


def test_the_bare_host_and_the_sub_domains_have_the_same_rule() -> None:
    assert (BUILT_IN_RULES / "kompas.com.txt").read_bytes() == (
        BUILT_IN_RULES / ".kompas.com.txt"
    ).read_bytes()


def test_every_host_of_kompas_has_the_rule() -> None:
    for host in ("kompas.com", "www.kompas.com", "money.kompas.com", "go.kompas.com"):
        rule = find_rule(host)
        assert rule is not None
        assert rule.body


def test_the_rule_finds_the_sentences_of_a_page_of_every_layout() -> None:
    rule = find_rule("kompas.com")
    assert rule is not None
    sources = {
        json.loads(path.read_text())["url"]: path.with_name("source.html")
        for path in (Path(__file__).parents[1] / "pages").glob("*kompas.com/*/expected.json")
    }

    assert len(rule.tests) >= 8
    for test in rule.tests:
        article = extract_html(sources[test.url].read_bytes(), test.url)
        assert test.contains
        assert [sentence for sentence in test.contains if sentence not in article.text] == []


def test_the_built_in_rules_have_no_complaints() -> None:
    assert check_rule_files(Path(BUILT_IN_RULES)) == []
