"""Labels of links, buttons and advertising go, in many languages; sentences with the same words stay."""

import pytest

from reader.extraction.clutter import is_clutter


@pytest.mark.parametrize(
    "text",
    [
        *("You may also like", "Related Articles:", "12 Comments", "Leave a reply", "Back to top ↑"),
        *("Das könnte Sie auch interessieren", "Weitere Artikel zum Thema", "– Anzeige –", "« Zurück"),
        *("À lire aussi :", "También te puede interesar", "Leggi anche", "Czytaj także", "Veja também:"),
        *("Advertisement", "Berita Terkait"),
    ],
)
def test_labels_are_clutter(text: str) -> None:
    assert is_clutter(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Zurück zur Natur", "Comments from the mayor were read aloud.", "Kommentare zum Haushalt"),
        *("Iklan itu tayang sejak Senin.", "Werbung wirkt.", "Read next week's programme here", ""),
    ],
)
def test_sentences_and_headings_are_not(text: str) -> None:
    assert not is_clutter(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Article content", "Read More", "Image 3 of 5", "1/12", "Facebook Twitter Google+ Whatsapp"),
        *("Share this on WhatsApp", "3 Min Lesezeit", "Tempo de leitura: 1 minuto", "Top Local Stories"),
        *("Personen-Box aufklappen Personen-Box zuklappen", "Inhaltsverzeichnis", "Häufig gelesen"),
    ],
)
def test_what_templates_write_between_paragraphs_is_clutter(text: str) -> None:
    assert is_clutter(text)


@pytest.mark.parametrize("text", ["7 of 9 people", "Twitter", "1/2 cup of sugar", "Captions matter"])
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert not is_clutter(text)
