"""Captions by their class: figures with their picture, gone without one."""

from lxml.etree import tostring
from lxml.html import fragment_fromstring

from reader.extraction.captions import mark_captions
from reader.extraction.tree import parse_fragment, text_of

SENTENCE = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 4


def marked(markup: str) -> str:
    content = fragment_fromstring(f"<div>{markup}</div>")
    mark_captions(content)
    return tostring(content, encoding="unicode", method="html")[5:-6]


def test_a_picture_and_its_caption_are_a_figure() -> None:
    markup = (
        '<div class="img"><a href="/b"><img src="a.jpg"></a><p class="photo-caption">Bibit</p></div>tetap'
    )

    assert marked(markup) == '<figure><img src="a.jpg"><figcaption>Bibit</figcaption></figure>tetap'


def test_a_caption_without_a_picture_goes() -> None:
    assert marked(f'<p>{SENTENCE}</p><p class="imageCaption">Bibit</p>') == f"<p>{SENTENCE}</p>"
    assert marked(f"<p>{SENTENCE}</p><figcaption>Bibit</figcaption>") == f"<p>{SENTENCE}</p>"


def test_figures_and_tables_keep_their_own() -> None:
    figure = '<figure><img src="a.jpg"><figcaption class="caption">Bibit</figcaption></figure>'

    assert marked(figure) == figure


def test_a_picture_far_off_is_not_its_picture() -> None:
    markup = f'<div><img src="a.jpg"><p>{SENTENCE}</p><p>{SENTENCE}</p><p class="credit">Ant</p></div>'

    assert "Ant" not in marked(markup)
    assert "<figure>" not in marked(markup)
    assert SENTENCE in marked(markup)


def test_a_paragraph_with_such_a_name_is_text() -> None:
    paragraph = f'<p class="caption">{SENTENCE * 4}</p>'

    assert marked(paragraph) == paragraph


def test_a_step_with_its_picture_keeps_its_words() -> None:
    step = "Gali lubang di tengah spons lalu basahi dengan air sedikit demi sedikit."
    markup = f'<li><p>{step}</p><a href="/b"><img src="a.jpg"></a>dan<p class="caption">Spons (Sari)</p></li>'

    figure = '<figure><img src="a.jpg"><figcaption>Spons (Sari)</figcaption></figure>'
    assert marked(markup) == f"<li><p>{step}</p>{figure}dan</li>"


def test_texts_of_a_gallery_without_pictures_go_unless_they_are_the_article() -> None:
    gallery = (
        "<div class='inline-gallery'><ul>" + "<li><h2>1/9</h2><p>Kabar lain.</p></li>" * 9 + "</ul></div>"
    )
    text = f"<p>{'Warga menanam pohon di tepi sungai sejak pagi. ' * 40}</p>"

    content = parse_fragment(text + gallery)
    mark_captions(content)
    assert "Kabar lain" not in text_of(content)

    for kept in ("<p>Pendek.</p>" + gallery, text + gallery.replace("<ul>", "<img src=/a.jpg><ul>")):
        content = parse_fragment(kept)
        mark_captions(content)
        assert "Kabar lain" in text_of(content)
