"""The text that structured data give: how much of it is here, and where it begins and ends."""

from reader.extraction.full_text import FullText
from reader.extraction.tree import make, text_of

PARAGRAPHS = [
    f"Alinea ke-{number} bercerita tentang pohon {number} di tepi sungai kita. " * 4 for number in range(6)
]
FULL = FullText("".join(f"<p>{text}</p>" for text in PARAGRAPHS))


def test_a_teaser_is_no_full_text() -> None:
    assert FULL
    assert not FullText("Alinea pertama saja.")


def test_coverage_is_the_share_that_is_here() -> None:
    assert FULL.coverage(" ".join(PARAGRAPHS)) == 1
    assert FULL.coverage("Kabar lain sama sekali.") == 0
    assert 0.3 < FULL.coverage(" ".join(PARAGRAPHS[:3])) < 0.7


def test_it_is_content_itself_a_paragraph_a_line() -> None:
    assert [text_of(each) for each in FULL.make_content()] == [text.strip() for text in PARAGRAPHS]


def blocks(*texts: str) -> list[str]:
    content = make("div")
    content.extend(make("p", text) for text in texts)
    FULL.trim(content)
    return [text_of(each) for each in content]


def test_what_stands_before_and_after_goes() -> None:
    whole = [text.strip() for text in PARAGRAPHS]

    assert blocks("Beranda", *whole, "Bagikan", "Komentar") == whole
    assert blocks("Beranda", *whole[:3], "Kotak", *whole[3:]) == [*whole[:3], "Kotak", *whole[3:]]


def test_a_paragraph_before_it_may_be_its_standfirst() -> None:
    whole = [text.strip() for text in PARAGRAPHS]
    lead = "Pohon-pohon di tepi sungai punya cerita sendiri, dan warga kampung menuturkannya kepada kami " * 2
    assert blocks("Beranda", lead.strip(), *whole, lead.strip()) == [lead.strip(), *whole]


def test_what_is_not_whole_is_left_alone() -> None:
    assert blocks("Beranda", PARAGRAPHS[0].strip(), "Bagikan")[0] == "Beranda"


def test_marks_of_the_data_are_no_text() -> None:
    assert FullText("<b>Pohon</b> &amp; sungai<br>Kampung").lines == ["Pohon & sungai", "Kampung"]
