import datetime
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.sites import PageLink, RuleTest, SiteRule, parse_rule

RULE = """\ufeff# Berita Contoh
title: //h1[@class='judul']   \r
title: //meta[@property="og:title"]/@content
body: //div[@class = 'isi']   # the hash belongs to the expression only if it compiles
body: //article
author: substring-after(//p[@class='penulis'], 'Penulis: ')
date: //time/@datetime
section: //nav/a[last()]
editor: //p[@class='editor']
dateline: //strong[1]
caption: //figcaption
credit: //figcaption/small
related: //a[starts-with(., 'Baca juga')]
strip: //aside
strip_attr: //p/@style
strip_id_or_class: 'iklan'
strip_image_src: "pixel.example"
strip_text: ^baca juga\\b.*: x
dissolve: //section
prune:no
tidy: FALSE
skip_json_ld: yes
insert_detected_image: no  # pictures come with the text
must_contain: berita
must_not_contain: masuk dulu
drop_query: utm_source
valid_until: 2026-01-31
wrap_in(blockquote): //div[@class='kutipan']
http_header(User-Agent): Pembaca/1.0
single_page_link: concat(//link[@rel='canonical']/@href, '?page=all')
if_page_contains: //div[@class='paging']
next_page_link: //a[@rel='next']
test_url: https://contoh.id/a
test_contains: warga desa
test_contains: balai: kota
test_url: https://contoh.id/b
requires_login: yes
login_uri: https://contoh.id/masuk
"""


def read(text: str) -> SiteRule:
    rule, complaints = parse_rule(text, "contoh.id")
    assert complaints == ()
    return rule


def messages(text: str) -> list[tuple[int, str]]:
    return [(complaint.line, complaint.message) for complaint in parse_rule(text, "contoh.id")[1]]


def test_a_whole_rule_is_read_in_file_order() -> None:
    text = RULE.replace("   # the hash belongs to the expression only if it compiles", "")
    assert read(text) == SiteRule(
        name="contoh.id",
        title=("//h1[@class='judul']", '//meta[@property="og:title"]/@content'),
        body=("//div[@class = 'isi']", "//article"),
        author=("substring-after(//p[@class='penulis'], 'Penulis: ')",),
        date=("//time/@datetime",),
        section=("//nav/a[last()]",),
        editor=("//p[@class='editor']",),
        dateline=("//strong[1]",),
        caption=("//figcaption",),
        credit=("//figcaption/small",),
        related=("//a[starts-with(., 'Baca juga')]",),
        strip=("//aside",),
        strip_attr=("//p/@style",),
        strip_id_or_class=("iklan",),
        strip_image_src=("pixel.example",),
        strip_text=("^baca juga\\b.*: x",),
        dissolve=("//section",),
        prune=False,
        tidy=False,
        skip_json_ld=True,
        insert_detected_image=False,
        must_contain=("berita",),
        must_not_contain=("masuk dulu",),
        drop_query=("utm_source",),
        valid_until=datetime.date(2026, 1, 31),
        wrap_in=(("blockquote", "//div[@class='kutipan']"),),
        http_headers=(("user-agent", "Pembaca/1.0"),),
        single_page_link=(
            PageLink("concat(//link[@rel='canonical']/@href, '?page=all')", "//div[@class='paging']"),
        ),
        next_page_link=(PageLink("//a[@rel='next']"),),
        tests=(
            RuleTest("https://contoh.id/a", ("warga desa", "balai: kota")),
            RuleTest("https://contoh.id/b"),
        ),
    )


def test_a_hash_within_a_line_is_part_of_the_value() -> None:
    assert read("strip: //a[@href='#atas']").strip == ("//a[@href='#atas']",)


def test_replacements_keep_their_order_in_both_notations() -> None:
    rule = read(
        "find_string: <amp-img\n"
        "replace_string: <img\n"
        'replace_string(<b style="a:b">): <b>\n'
        "find_string: <hr>\n"
        "find_string: <wbr>\n"
        "replace_string:\n"
        "replace_string: -\n"
        "replace_string( - Contoh):\n"
    )
    assert rule.replacements == (
        ("<amp-img", "<img"),
        ('<b style="a:b">', "<b>"),
        ("<hr>", ""),
        ("<wbr>", "-"),
        (" - Contoh", ""),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("find_string: a", 1),
        ("\nreplace_string: a", 2),
        ("find_string: a\nfind_string: b\nreplace_string: c\nfind_string: d\nreplace_string: e", 1),
    ],
)
def test_finds_and_replacements_that_do_not_pair_are_left_out(text: str, line: int) -> None:
    rule, complaints = parse_rule(text, "contoh.id")
    assert [complaint.line for complaint in complaints] == [line]
    assert rule.replacements == ((("d", "e"),) if "d" in text.split() else ())


@pytest.mark.parametrize(
    "text",
    [
        "body: //[",
        "body: //div[unknown(.)]",
        "body: //svg:path",
        "body: //div\x00",
        "body:",
        "strip_text: (",
        "prune: perhaps",
        "valid_until: soon",
        "wrap_in(1): //p",
        "wrap_in(div onclick): //p",
        "http_header(a b): c",
        "http_header(a): \x01",
        "if_page_contains: //p",
        "test_contains: before any test_url",
        "strip_id_or_class: ''",
        "replace_string(): x",
        "colour: blue",
        "colour(x): blue",
        "parser: html5lib",
        "just words",
        ": value",
        "body: " + "x" * 9_000,
    ],
)
def test_what_cannot_be_used_is_left_out_with_one_complaint(text: str) -> None:
    rule, complaints = parse_rule("title: //h1\n" + text, "contoh.id")
    assert [(complaint.name, complaint.line) for complaint in complaints] == [("contoh.id", 2)]
    assert rule == SiteRule(name="contoh.id", title=("//h1",))


def test_a_page_link_whose_guard_cannot_be_read_is_left_out_with_it() -> None:
    rule, complaints = parse_rule("next_page_link: //a\nif_page_contains: //[", "contoh.id")
    assert rule.next_page_link == ()
    assert [complaint.line for complaint in complaints] == [2]


def test_a_guard_belongs_to_the_link_just_before_it() -> None:
    rule = read("single_page_link: //a\nnext_page_link: //b\nif_page_contains: //c\nbody: //p")
    assert rule.single_page_link == (PageLink("//a"),)
    assert rule.next_page_link == (PageLink("//b", "//c"),)


def test_logins_are_ignored_without_a_word() -> None:
    assert messages("requires_login: yes\nlogin_password_field: sandi\nnot_logged_in_xpath: //[") == []


def test_a_complaint_says_where() -> None:
    (complaint,) = parse_rule("\n\ncolour: blue", "contoh.id")[1]
    assert str(complaint) == "contoh.id:3: unknown directive: colour"


def test_a_rule_can_travel_to_another_process_and_be_a_key() -> None:
    rule = read(RULE.replace("   # the hash belongs to the expression only if it compiles", ""))
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert {rule: 1}[rule] == 1


def test_a_rule_goes_on_with_anothers_lists_and_keeps_its_own_flags() -> None:
    own = read("title: //h1\nprune: no\ntest_url: https://contoh.id/a")
    shared = read("title: //h2\nstrip: //aside\ntidy: no\ntest_url: https://contoh.id/b")
    joined = own.followed_by(shared)
    assert (joined.title, joined.strip) == (("//h1", "//h2"), ("//aside",))
    assert (joined.name, joined.prune, joined.tidy, joined.tests) == ("contoh.id", False, True, own.tests)


DIRECTIVES = st.sampled_from(
    re.findall(
        r"\S+",
        "body strip strip_text prune find_string replace_string replace_string(x) wrap_in(p) next_page_link "
        "if_page_contains valid_until test_contains http_header(a) strip_id_or_class",
    )
)
VALUES = st.one_of(st.text(st.characters(exclude_categories=())), st.from_regex(r"[/@\[\]()'a-z*:|]{1,20}"))
LINES = st.lists(st.builds("{}: {}".format, DIRECTIVES, VALUES)).map("\n".join)


@given(st.one_of(st.text(st.characters(exclude_categories=())), LINES))
def test_any_text_is_read_and_every_expression_that_is_kept_compiles(text: str) -> None:
    rule, complaints = parse_rule(text, "contoh.id")
    for expression in (*rule.body, *rule.strip, *(xpath for _, xpath in rule.wrap_in)):
        etree.XPath(expression)
    assert all(0 <= complaint.line <= text.count("\n") + text.count("\r") + 1 for complaint in complaints)
