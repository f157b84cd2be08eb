"""The sanitiser by what comes out, whichever libraries stand behind it."""

import importlib
import re
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from reader.sanitising import sanitise
from tests.sanitising.vectors import VECTORS

gates = importlib.import_module("reader.sanitising.sanitise")  # the function hides its module

ALLOWED = frozenset(
    re.findall(
        r"\w+",
        "p br hr h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote q cite pre code kbd samp figure figcaption "
        "a em strong b i u s del ins mark small sub sup abbr time table caption thead tbody tfoot tr td th",
    )
)
ALLOWED_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        "href rel cite class colspan rowspan scope start reversed type value datetime title lang dir",
    )
)

# One tag of our own output: names in lower case, values in double quotes, no < or > in them.
TAG = r"<(?P<close>/)?(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z]+=\"[^\"<>]*\")*)>"
REFERENCE = r"&(?:amp|lt|gt|quot|nbsp);"
BARE_TAG = re.sub(r"\?P<[a-z]+>", "", TAG)
DOCUMENT = re.compile(rf"(?:{BARE_TAG}|{REFERENCE}|[^<>&])*")
ATTRIBUTE = re.compile(r" ([a-z]+)=\"([^\"<>]*)\"")


def assert_safe(html: str) -> None:
    """Strict, and independent of every parser that the sanitiser uses: by the grammar of our output."""
    assert DOCUMENT.fullmatch(html), "not in the small grammar of allowed output"
    open_names: list[str] = []
    for tag in re.finditer(TAG, html):
        name = tag["name"]
        assert name in ALLOWED, name
        if tag["close"]:
            assert not tag["attributes"]
            assert open_names.pop() == name, "crossed or unopened"
        elif name not in {"br", "hr"}:
            open_names.append(name)
        for attribute, value in ATTRIBUTE.findall(tag["attributes"]):
            assert_attribute_is_safe(attribute, value)
    assert not open_names, "unclosed"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", html), "control characters"


def assert_attribute_is_safe(attribute: str, value: str) -> None:
    assert attribute in ALLOWED_ATTRIBUTES, attribute
    if attribute in {"href", "cite"}:
        address = r"https?://[^\s/?#\\@]+([/?#][^\s\\]*)?"
        mail = r"mailto:[^\s/\\@]+@[^\s/\\@]+" if attribute == "href" else r"(?!)"
        assert re.fullmatch(f"{address}|{mail}", value), value
    if attribute == "rel":
        assert value == "noopener noreferrer"
    if attribute == "class":
        assert set(value.split(" ")) <= {"credit", "dateline", "embed", "label"}


def elements(html: str) -> "Iterator[etree._Element]":
    page = etree.fromstring(f"<body>{html}</body>", etree.HTMLParser())
    body = page.find("body")
    assert body is not None
    return body.iterdescendants()


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


FRAGMENTS = st.sampled_from(
    [
        *(f"<{name}>" for name in sorted(ALLOWED)),
        *(f"</{name}>" for name in sorted(ALLOWED)),
        *re.findall(
            r"\S+",
            "<div> </div> <h1> <script> </script> <style> </style> <svg> </svg> <math> <mtext> <title> "
            "<textarea> <select> <option> <noscript> <iframe> <template> <form> <font> <nobr> <plaintext> "
            "<!-- --> --!> <![CDATA[ ]]> <? <! </ < > & &amp; &lt;script&gt; &#1; &#x80; &notit; \" ' = /",
        ),
        '<a href="https://kompas.com/?a=1&b=2">',
        "<a href='javascript:alert(1)' onclick=alert(1)>",
        "<p class='credit x' style=color:red id=p lang=id>",
        "<img src=x onerror=alert(1)>",
        "<td colspan=2 rowspan=0 scope=row>",
        *("\x00", "\x0c", "\r", "\n", " ", "\xa0", "\ud800", "\ufffe", "berita"),
    ]
)
SOUP = st.lists(st.one_of(FRAGMENTS, st.text(max_size=4)), max_size=40).map("".join)
ANY_TEXT = st.one_of(SOUP, st.text(st.characters(exclude_categories=())))


@given(ANY_TEXT)
@example("<pre>\n\nx</pre>")
@example("<table>x<td>y<table>z")
@example("<a href=https://a.id><p><a href=https://b.id>x")
@settings(deadline=None)
def test_any_string_becomes_safe_html_and_a_second_time_changes_nothing(html: str) -> None:
    clean = sanitise(html)
    assert_safe(clean)
    assert sanitise(clean) == clean


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_no_known_attack_survives(vector: str) -> None:
    for html in (vector, f"<p>{vector}</p>", f"<table><tr><td>{vector}", f"<svg>{vector}", f"a{vector}b"):
        clean = sanitise(html)
        assert_safe(clean)
        assert "alert" not in " ".join(value for each in elements(clean) for value in each.attrib.values())
        assert sanitise(clean) == clean


@pytest.mark.parametrize(
    "name",
    re.findall(
        r"\w+",
        "script style template noscript noembed noframes iframe object svg math textarea title xmp select "
        "button audio video canvas",
    ),
)
def test_what_is_dangerous_goes_with_its_content(name: str) -> None:
    assert sanitise(f"<p>a</p><{name}>secret</{name}><p>b</p>") == "<p>a</p><p>b</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("  \n ", ""),
        ("teks & <b>tebal</b>", "teks &amp; <b>tebal</b>"),
        ("<h1>Judul</h1>", "<h2>Judul</h2>"),
        ("<div><section><p>a</p></section></div>", "<p>a</p>"),
        ("<form><p>a</p></form>", "<p>a</p>"),
        ("<p>a<!-- b -->c</p>", "<p>ac</p>"),
        ("<p>a<ul><li>b</ul>c", "<p>a</p><ul><li>b</li></ul>c"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a<li>b", "<p>a</p><p>b</p>"),
        (
            "<table>a<tr><td>b</table>",
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
        ),
        ("<tr><td>a<td>b", "<p>a</p><p>b</p>"),
        ("<pre>\n\n  a\n</pre>", "<pre>  a\n</pre>"),
        ("<b><p>a</p>b</b>", "<b></b><p>a</p>b"),
        ("<p>a&nbsp;b\xa0c</p>", "<p>a&nbsp;b&nbsp;c</p>"),
        ("<img src=x><video src=x>a</video>b", "b"),
        ("<p style=color:red id=a onclick=b>a</p>", "<p>a</p>"),
        (
            "<ol start=3 reversed type=a><li value=2>x</ol>",
            '<ol reversed="" start="3" type="a"><li value="2">x</li></ol>',
        ),
        ("<figcaption>a</figcaption>", "<p>a</p>"),
        ("<html><head><title>t</title></head><body><p>a</p></body></html>", "<p>a</p>"),
        ("<p>a</p></body></html><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p></html>b</html>c", "<p>a</p>bc"),
        ("<p>a<br></br>b</p></p>", "<p>a<br>b</p>"),
        ("<p>\ud800a\x00b&#1;</p>", "<p>?ab</p>"),
    ],
)
def test_markup_is_brought_to_the_form_in_which_all_parsers_agree(html: str, expected: str) -> None:
    assert sanitise(html) == expected


def test_an_articles_own_markup_passes_unchanged() -> None:
    html = (
        '<p class="dateline">JAKARTA - <strong>Warga</strong> &amp; <em lang="en">river</em></p>'
        '<figure class="embed"><figcaption><a href="https://a.id/x?a=1&amp;b=2" rel="noopener noreferrer">'
        'Video</a> <small class="credit">Foto: Sari</small></figcaption></figure>'
        '<blockquote cite="https://a.id/b"><p>Kata “dia”.</p></blockquote><hr>'
        '<table><caption>Hasil</caption><thead><tr><th scope="col">A</th></tr></thead>'
        '<tbody><tr><td colspan="2">1</td></tr></tbody></table><dl><dt>a</dt><dd>b</dd></dl>'
        '<p><time datetime="2026-01-31T10:00+07:00">Sabtu</time> <abbr title="Rukun Warga">RW</abbr><br></p>'
    )
    assert sanitise(html) == html


@pytest.mark.parametrize(
    "href",
    [
        "/relative",
        "//protocol.relative/x",
        "javascript:123",
        "javascript&colon;alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://a.id/",
        "https:a.id",
        "https:/a.id",
        "https:\\\\a.id",
        "https://a.id\\@b.id/",
        "https://user@a.id/",
        "https://a.id/ b",
        "https://a.id/\u202egpj.exe",
        "https://a\u200b.id/",
        "https://",
        "mailto:x",
        "https://a.id/" + "x" * 2_000,
    ],
)
def test_an_address_that_is_not_plainly_absolute_is_no_link(href: str) -> None:
    assert sanitise(f'<p><a href="{href}">teks</a></p>') == "<p>teks</p>"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("HTTPS://A.id/x", "https://A.id/x"),
        (" http://a.id ", "http://a.id"),
        ("https://a.id/?q=%22&amp;r='<x>", "https://a.id/?q=%22&amp;r='%3Cx%3E"),
        ("https://bücher.id/é", "https://bücher.id/é"),
        ("mailto:redaksi@a.id", "mailto:redaksi@a.id"),
    ],
)
def test_an_absolute_address_is_kept(href: str, kept: str) -> None:
    assert sanitise(f'<a href="{href}" target=_blank rel=opener>x</a>') == (
        f'<a href="{kept}" rel="noopener noreferrer">x</a>'
    )


def test_a_container_too_full_goes_on_in_a_twin_and_loses_no_item() -> None:
    clean = sanitise("<ol>" + "<li>butir</li>" * 1_200 + "</ol>")
    assert clean.count("<li>butir</li>") == 1_200
    assert clean.count("<ol>") == 3
    assert sanitise(clean) == clean


def test_a_text_too_long_loses_no_character() -> None:
    html = "<p>" + "a&lt;" * 15_000 + "</p>"
    assert text_of(sanitise(html)) == "a&lt;" * 15_000


def test_too_deep_is_flattened_and_keeps_its_text() -> None:
    clean = sanitise("<blockquote>" * 150 + "dalam" + "</blockquote>" * 150 + "<p>sesudah</p>")
    assert clean.count("<blockquote>") == 100
    assert "dalam" in clean
    assert clean.endswith("<p>sesudah</p>")


def test_too_much_is_cut_off_and_stays_well_formed() -> None:
    clean = sanitise("<ul><li><b>" + "<i>x</i>" * 60_000)
    assert_safe(clean)
    assert 40_000 < clean.count("<i>") <= 50_000


def test_input_too_long_is_cut_off_and_stays_well_formed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("reader.sanitising.shape"), "MAX_INPUT_CHARS", 103)
    clean = sanitise("<p>kata</p>" * 100)
    assert clean == "<p>kata</p>" * 9 + "<p>k</p>"


def test_threads_do_not_share_a_parser() -> None:
    wrong: list[str] = []

    def clean_many(word: str) -> None:
        html = f"<p>{word} <b>{word}</b></p>" * 20
        try:
            wrong.extend(word for _ in range(20) if sanitise(html) != html)
        except Exception as error:  # a shared parser fails in any way it likes
            wrong.append(repr(error))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=clean_many, args=(f"kata{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert wrong == []


@pytest.mark.parametrize("gate", ["_gate_bleach", "_gate_nh3"])
def test_where_the_gates_never_agree_only_the_text_is_left(
    gate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []

    def disagree(html: str) -> str:
        rounds.append(html)
        return f"{html}<p>{len(rounds)}</p>"

    monkeypatch.setattr(gates, gate, disagree)
    clean = sanitise("<h2>a <b>&lt;b</b></h2><p>c</p><h3>" + "d" * 50_000 + "</h3>")
    assert len(rounds) == 4
    assert clean.startswith("<p>a &lt;b</p><p>c</p>")
    assert_safe(clean)
    monkeypatch.undo()
    assert sanitise(clean) == clean


@pytest.mark.parametrize("gate", ["shape", "_gate_bleach", "_gate_nh3"])
@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>a</p>",
        "<p>a</p><script>x</script>",
        "<p style=color:red id=a>a</p>",
        '<p class="credit evil">a</p>',
        '<p lang="&lt;b&gt;">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<a href="javascript:123">a</a>',
        '<a href="//evil.id/">a</a>',
        '<a href="https://user@evil.id/">a</a>',
        '<a href="https://a.id/" target="x" rel="opener">a</a>',
        "<svg><style><img src=x onerror=x></style></svg>",
        "<!-- x --><img src=x onerror=x>",
    ],
)
def test_each_gate_holds_alone(gate: str, html: str) -> None:
    result = getattr(gates, gate)(html)
    clean = "".join(result)
    forbidden = r"<(script|svg|style|img|!)|onclick=|style=|id=|target=|javascript:|evil|opener\"|lang=|user@"
    assert not re.search(forbidden, clean), clean


@given(ANY_TEXT)
@example("<pre>\n\nx</pre>")
@example("<pre>\x01\n&#13;\n<b>\nx</b></pre>")
@settings(deadline=None)
def test_what_the_first_gate_writes_the_others_give_back_unchanged(html: str) -> None:
    pieces = gates.shape(html)
    shaped = "".join(pieces)
    assert "".join(map(gates._gate_bleach, pieces)) == shaped
    assert gates._gate_nh3(shaped) == shaped
