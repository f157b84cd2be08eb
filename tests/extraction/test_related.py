"""Links to other articles go, the author's words and links stay."""

import pytest
from lxml import html

from reader.extraction.blocks import flatten
from reader.extraction.related import lift_related
from reader.values import Link

A = '<a class="inner-link-baca-juga" href="https://kabar.example/a">Judul A</a>'
B = '<a href="https://kabar.example/b">Judul B</a>'
LINK_A = Link("Judul A", "https://kabar.example/a")
LINK_B = Link("Judul B", "https://kabar.example/b")


def lifted(markup: str) -> tuple[str, list[Link]]:
    content = flatten(html.fragment_fromstring(markup, create_parent="div"))
    links = lift_related(content)
    return "".join(html.tostring(each, encoding="unicode") for each in content), links


@pytest.mark.parametrize(
    ("markup", "kept", "links"),
    [
        pytest.param(f"<p><strong>Baca juga: {A}</strong></p>", "", [LINK_A], id="the usual form"),
        pytest.param(f"<p><strong><strong>Baca juga : {A}</strong></strong></p>", "", [LINK_A], id="doubled strong"),  # noqa: E501
        pytest.param(f"<p><em>Baca Juga:</em> {B}</p>", "", [LINK_B], id="em"),
        pytest.param(f"<h3>Baca juga: {A}</h3>", "", [LINK_A], id="heading"),
        pytest.param("<p><a href='https://kabar.example/a'><b>Baca juga:&nbsp;Judul A</b></a></p>", "", [LINK_A], id="label in the link"),  # noqa: E501
        pytest.param(f"<p>Baca juga: {A}, {B}</p>", "", [LINK_A, LINK_B], id="two links"),
        pytest.param(f"<p>Baca juga {A}</p>", "", [LINK_A], id="no colon"),
        pytest.param(f"<p><strong>Baca: {A}</strong></p>", "", [LINK_A], id="Baca alone"),
        pytest.param("<p><a href='https://kabar.example/a'>Baca: Judul A</a></p>", "", [LINK_A], id="Baca alone in the link"),  # noqa: E501
        pytest.param(f"<p>Pilihan Editor: {A}</p>", "", [LINK_A], id="the editor's choice"),
        pytest.param("<p>Baca: buku, koran, dan majalah.</p>", None, [], id="Baca without a link"),
        pytest.param(f"<p>Read also: {A}</p>", "", [LINK_A], id="English"),
        pytest.param("<p>Baca juga: Judul tanpa tautan</p>", "", [Link("Judul tanpa tautan")], id="no link"),
        pytest.param(f"<p><b>Baca juga:</b></p><ul><li>{A}</li><li>{B}</li></ul><p>Teks.</p>", "<p>Teks.</p>", [LINK_A, LINK_B], id="a list of links"),  # noqa: E501
        pytest.param(f"<p><b>Baca juga:</b></p><p>{A}</p><p>{B}</p><p>Teks.</p>", "<p>Teks.</p>", [LINK_A, LINK_B], id="paragraphs of links"),  # noqa: E501
        pytest.param(f"<p>Baca juga: {A}<strong>Judul</strong></p>", "", [LINK_A], id="a slip after the link"),  # noqa: E501
        pytest.param(f"<p><b>Baca juga: {A} dan lanjutan judul itu panjang</b></p>", "", [LINK_A], id="the title goes on"),  # noqa: E501
        pytest.param(f"<p>Baca juga: {A}Dengan protokol itu, semua aman.</p>", "<p>Dengan protokol itu, semua aman.</p>", [LINK_A], id="a sentence after the link"),  # noqa: E501
        pytest.param(f"<p>Bersambung besok. <b>Baca juga: {A}</b></p>", "<p>Bersambung besok.</p>", [LINK_A], id="a sentence before"),  # noqa: E501
        pytest.param(f"<p>{A} begitu kata Judul A, dikutip kemarin.</p>", None, [], id="the class alone"),
        pytest.param("<p>Baca juga aturan itu sebelum mendaftar, pesan panitia kepada semua peserta.</p>", None, [], id="ordinary words"),  # noqa: E501
        pytest.param(f"<p>Ia meminta warga membaca juga {B} sebelum datang.</p>", None, [], id="a verb within a sentence"),  # noqa: E501
        pytest.param(f"<ul><li>Satu</li><li>Baca juga: {A}</li></ul>", "<ul><li>Satu</li></ul>", [LINK_A], id="in a list"),  # noqa: E501
    ],
)  # fmt: skip
def test_related_links_are_lifted_by_their_words(markup: str, kept: str | None, links: list[Link]) -> None:
    before = "".join(
        html.tostring(each, encoding="unicode")
        for each in flatten(html.fragment_fromstring(markup, create_parent="div"))
    )

    assert lifted(markup) == (before if kept is None else kept, links)


def test_a_link_that_stands_twice_is_lifted_once() -> None:
    assert lifted(f"<p>Baca juga: {A}</p><p>Baca juga: {A}</p>") == ("", [LINK_A])


def test_a_label_followed_by_a_long_paragraph_is_text() -> None:
    long = "Baca juga: " + "kalimat panjang ini tentang sesuatu yang lain " * 8

    content, links = lifted(f"<p>{long}</p>")

    assert "kalimat panjang" in content
    assert links == []
