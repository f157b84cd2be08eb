"""Marks in the text: the article's markup stays word for word, and each mark stands around text alone."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from reader.sanitising import read_plain, read_runs, sanitise
from reader.web.marks import Mark, mark_pieces
from reader.web.pictures import Piece, make_pieces

CONTENT = sanitise(
    '<p>Satu <b>dua <i>tiga</i></b> <a href="https://a.test/?b&amp;c">empat &amp; lima</a> enam.</p>'
    "<ul><li>Tujuh</li><li>Delapan</li></ul>"
    '<figure><figcaption><a href="https://g.test/1.jpg">Foto</a></figcaption></figure>'
    "<table><tbody><tr><td>Sembilan</td><td>Sepuluh</td></tr></tbody></table><pre>a\n b</pre>"
)


def render(pieces: Sequence[Piece]) -> str:
    """Do what the template does."""
    parts = []
    for piece in pieces:
        parts += [f'<mark data-mark="{layer.mark.id}">' for layer in piece.layers]
        parts += [piece.html, "</mark>" * len(piece.layers)]
        parts += [f'<a class="mark-note" href="#highlight-{each}"></a>' for each in piece.notes]
    return "".join(parts)


def texts_of(page: str, mark_id: int) -> str:
    found = lxml_html.fragment_fromstring(page, create_parent=True).iterfind(
        f'.//mark[@data-mark="{mark_id}"]'
    )
    return "".join(str(mark.text_content()) for mark in found)


def mark(number: int, passage: str, content: str = CONTENT, *, has_note: bool = False) -> Mark:
    start = read_plain(content).index(passage)
    return Mark(id=number, start=start, end=start + len(passage), colour="yellow", has_note=has_note)


MARKS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60), st.booleans()), max_size=7).map(
    lambda drawn: [
        Mark(id=number, start=start, end=start + length, colour="pink", has_note=note)
        for number, (start, length, note) in enumerate(drawn)
    ]
)
HTML = st.lists(
    st.sampled_from(
        ["<p>satu", "</p>", "<b>", "</b>", " & ", "\n", "<a href='https://a.test/'>", "</a>", "<td>x"]
    )
).map("".join)


@given(st.one_of(st.just(CONTENT), HTML.map(sanitise)), MARKS)
@settings(max_examples=150)
def test_the_markup_stays_and_marks_hold_text_alone(content: str, marks: list[Mark]) -> None:
    pieces = mark_pieces(make_pieces(content, {}), marks)

    assert "".join(piece.html for piece in pieces) == content
    assert all("<" not in piece.html for piece in pieces if piece.layers)
    assert all(len(piece.layers) <= 4 for piece in pieces)
    before = lxml_html.fragment_fromstring(content, create_parent=True)
    after = lxml_html.fragment_fromstring(render(pieces), create_parent=True)
    for added in after.xpath("//mark[@data-mark] | //a[@class='mark-note']"):
        added.drop_tag()
    assert lxml_html.tostring(after) == lxml_html.tostring(before)


@given(MARKS)
def test_what_is_marked_is_what_was_meant(marks: list[Mark]) -> None:
    text = read_plain(CONTENT)
    page = render(mark_pieces([Piece(CONTENT)], marks[:4]))

    for each in marks[:4]:
        wanted = "".join(text[each.start : each.end].split())
        assert "".join(texts_of(page, each.id).split()) == wanted


def test_a_mark_over_emphasis_links_lists_and_cells() -> None:
    wide = mark(1, read_plain(CONTENT)[6:].rstrip())

    pieces = mark_pieces(make_pieces(CONTENT, {}), [wide])

    page = render(pieces)
    assert "".join(texts_of(page, 1).split()) == "".join(read_plain(CONTENT)[6:].split())
    assert [layer.is_first for piece in pieces for layer in piece.layers][:3] == [True, False, False]
    assert "<ul><mark" not in page
    assert "<tr><mark" not in page


def test_overlapping_marks_lie_over_one_another() -> None:
    page = render(mark_pieces([Piece(CONTENT)], [mark(1, "Satu dua"), mark(2, "dua tiga empat & lima")]))

    assert (
        '<mark data-mark="1">Satu </mark><b><mark data-mark="1"><mark data-mark="2">dua</mark></mark>'
        '<mark data-mark="2"> </mark><i><mark data-mark="2">tiga</mark></i></b>'
    ) in page


def test_a_note_is_led_to_after_the_article_s_own_link() -> None:
    marks = [mark(7, "empat &", has_note=True), mark(8, "enam", has_note=True)]

    page = render(mark_pieces([Piece(CONTENT)], marks))

    assert (
        '<mark data-mark="7">empat &amp;</mark> lima</a><a class="mark-note" href="#highlight-7"></a>' in page
    )
    assert '<mark data-mark="8">enam</mark><a class="mark-note" href="#highlight-8"></a>.</p>' in page


def test_thousands_of_marks_make_a_page_of_bounded_size() -> None:
    content = f"<p>{'kata ' * 2000}</p>"
    marks = [Mark(id=number, start=number, end=9000 - number, colour="blue") for number in range(1, 2000)]

    pieces = mark_pieces([Piece(content)], marks)

    assert len(pieces) < 8000
    assert sum(1 for _ in read_runs(render(pieces))) < 40_000
