"""Blocks of links are lifted out with their label; an article that is a list of links stays."""

from lxml.html import fragment_fromstring

from reader.extraction.link_blocks import lift_link_blocks
from reader.extraction.tree import text_of
from reader.values import Link

SENTENCE = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 3


def test_a_block_of_links_goes_with_its_label() -> None:
    content = fragment_fromstring(
        f"<div><p>{SENTENCE}</p><h3>Kabar lain</h3>"
        "<ul><li><a href='/a'>Satu</a></li><li><a href='/b'>Dua</a></li></ul>"
        f"<p>{SENTENCE} <a href='/c'>tautan</a></p></div>"
    )

    assert lift_link_blocks(content) == [Link("Satu", "/a"), Link("Dua", "/b")]
    assert [text_of(each)[:5] for each in content] == ["Warga", "Warga"]


def test_a_sentence_before_it_is_no_label() -> None:
    content = fragment_fromstring(
        f"<div><p>{SENTENCE}</p><p>Begitulah.</p><p><a href='/a'>Satu</a></p></div>"
    )

    assert lift_link_blocks(content) == [Link("Satu", "/a")]
    assert text_of(content).endswith("Begitulah.")


def test_addresses_that_are_written_out_are_sources() -> None:
    content = fragment_fromstring(
        f"<div><p><a href='/b'>$12.50</a></p><p>{SENTENCE}</p><p>Sumber:</p>"
        "<p><a href='/a'>www.kampung.example/pohon</a></p></div>"
    )

    assert lift_link_blocks(content) == [Link("$12.50", "/b")]
    assert text_of(content).endswith("Sumber:www.kampung.example/pohon")


def test_a_label_is_short_or_ends_in_a_colon() -> None:
    link = "<p><a href='/a'>Satu</a></p>"
    content = fragment_fromstring(
        f"<div><p>{SENTENCE}</p><p>Jadwal ini masih dapat berubah lagi sewaktu-waktu</p>{link}"
        f"<p>Baca pula kabar lain dari kampung kami:</p>{link}</div>"
    )

    lift_link_blocks(content)
    assert [text_of(each)[:6] for each in content] == ["Warga ", "Jadwal"]


def test_an_article_of_links_stays() -> None:
    content = fragment_fromstring(
        "<div><ul><li><a href='/a'>Satu</a></li></ul><p><a href='/b'>Dua</a></p></div>"
    )

    assert lift_link_blocks(content) == []
    assert len(content) == 2


def test_a_heading_that_leads_elsewhere_stays_above_its_text() -> None:
    content = fragment_fromstring(
        f"<div><p>{SENTENCE}</p>"
        f"<h3><a href='https://toko.example/cangkul'>Cangkul ringan</a></h3><p>{SENTENCE}</p>"
        f"<h3>2) <a href='https://kabar.example/a'>Sekop</a></h3><p>{SENTENCE}</p>"
        f"<h3><a href='https://kabar.example/b'>Kabar lain</a></h3><p>{SENTENCE}</p></div>"
    )

    assert lift_link_blocks(content, "https://kabar.example/c") == [
        Link("Kabar lain", "https://kabar.example/b")
    ]
    assert [text_of(each) for each in content.iter("h3")] == ["Cangkul ringan", "2) Sekop"]


def test_a_linked_heading_above_hardly_any_text_goes() -> None:
    content = fragment_fromstring(
        f"<div><p>{SENTENCE}</p><h3><a href='https://toko.example/a'>Kabar lain</a></h3><p>Singkat.</p></div>"
    )

    assert lift_link_blocks(content, "https://kabar.example/c") == [
        Link("Kabar lain", "https://toko.example/a")
    ]
