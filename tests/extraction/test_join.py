"""Pages of one article become one text: in order, whole, and what they repeat told once."""

from datetime import UTC, datetime

import pytest

from reader.extraction import join_pages, settle_all_pages
from reader.extraction.measure import count_words, read_text
from reader.values import ExtractedArticle, LeadImage, Link, Quality

ONE = "Warga kampung menanam bibit trembesi di tepi sungai sejak pagi buta."
TWO = "Menjelang siang, anak-anak sekolah ikut membawa air dari sumur tetangga."
THREE = "Ketua kelompok tani berjanji merawat pohon itu selama lima tahun penuh."
FOUR = "Sore harinya hujan turun dan semua orang pulang dengan baju basah kuyup."


def make_part(number: int, *blocks: str, **values: object) -> ExtractedArticle:
    content = "".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    text = read_text(content)
    fields: dict[str, object] = {
        "canonical_url": "https://berita.example/1",
        "title": "Menanam di Tepi Sungai",
        "quality": Quality(score=0.7, reasons=("missing_pages",)),
        "trace": (f"halaman {number}",),
        **values,
    }
    return ExtractedArticle(
        content=content,
        text=text,
        word_count=count_words(text),
        page_number=number,
        **fields,  # type: ignore[arg-type]
    )


def paragraphs(article: ExtractedArticle) -> list[str]:
    return article.text.split("\n\n")


def test_pages_are_joined_in_their_order_and_nothing_is_missing() -> None:
    article = join_pages([make_part(3, THREE), make_part(1, ONE), make_part(2, TWO)])

    assert paragraphs(article) == [ONE, TWO, THREE]
    assert article.content == f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
    assert article.missing_pages == ()
    assert article.word_count == count_words(" ".join((ONE, TWO, THREE)))
    assert article.quality == Quality(score=0.5, reasons=("too_short",))


def test_a_page_that_is_not_there_is_named_and_the_others_are_kept() -> None:
    article = join_pages([make_part(1, ONE), make_part(2, TWO), make_part(4, FOUR)], count=5)

    assert paragraphs(article) == [ONE, TWO, FOUR]
    assert article.missing_pages == (3, 5)
    assert "missing_pages" in article.quality.reasons


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param([TWO, THREE], [ONE, TWO, THREE], id="the last paragraph"),
        pytest.param([ONE, TWO, THREE], [ONE, TWO, THREE], id="all of the former page"),
        pytest.param(["Menanam di Tepi Sungai", THREE], [ONE, TWO, THREE], id="the title"),
        pytest.param([ONE, THREE], [ONE, TWO, THREE], id="the lead"),
        pytest.param(["<h2>Lima Tahun</h2>", THREE], [ONE, TWO, "Lima Tahun", THREE], id="nothing"),
        pytest.param([THREE, TWO], [ONE, THREE, TWO], id="the line at the end of every page"),
    ],
)
def test_what_a_page_repeats_is_told_once(second: list[str], expected: list[str]) -> None:
    article = join_pages([make_part(1, ONE, TWO), make_part(2, *second)])

    assert paragraphs(article) == expected
    assert article.missing_pages == ()


def test_a_heading_may_stand_twice_in_an_article() -> None:
    head = "<h2>Bahan</h2>"
    article = join_pages([make_part(1, head, ONE), make_part(2, head, TWO)])

    assert paragraphs(article) == ["Bahan", ONE, "Bahan", TWO]


def test_a_picture_above_every_page_is_shown_once() -> None:
    addresses = [f"https://gambar.example/{name}.jpg" for name in ("pohon-di-tepi-sungai", "hujan-sore-hari")]
    photos = [f'<figure><figcaption><a href="{each}">Foto</a></figcaption></figure>' for each in addresses]
    article = join_pages([make_part(1, photos[0], ONE), make_part(2, *photos, TWO)])

    assert [article.content.count(f'href="{each}"') for each in addresses] == [1, 1]
    assert paragraphs(article) == [ONE, TWO]


def test_the_first_words_of_the_next_page_do_not_stand_before_it() -> None:
    article = join_pages([make_part(1, ONE, "Menjelang siang, anak-anak…"), make_part(2, TWO)])

    assert paragraphs(article) == [ONE, TWO]


def test_a_dateline_stands_before_the_first_sentence_only() -> None:
    first = make_part(
        1, f"<p><strong>MALANG, KOMPAS.com</strong> - {ONE}</p>", dateline="MALANG, KOMPAS.com -"
    )
    second = make_part(2, f"<p><strong>MALANG, KOMPAS.com</strong> - <em>{TWO}</em></p>")

    article = join_pages([first, second])

    assert paragraphs(article) == [f"MALANG, KOMPAS.com - {ONE}", TWO]
    assert article.content.endswith(f"<p><em>{TWO}</em></p>")
    assert article.dateline == "MALANG, KOMPAS.com -"


def test_a_server_that_ignores_the_number_leaves_the_page_missing() -> None:
    article = join_pages([make_part(1, ONE, TWO), make_part(2, ONE, TWO)], count=2)

    assert paragraphs(article) == [ONE, TWO]
    assert article.missing_pages == (2,)


def test_a_page_that_is_all_here_is_not_told_twice() -> None:
    head = "<h2>Lima Tahun</h2>"
    whole = make_part(1, ONE, TWO, head, THREE, FOUR)

    article = join_pages([whole, make_part(2, TWO, head, THREE), make_part(3, FOUR)])

    assert article.content == whole.content
    assert article.missing_pages == ()


def test_related_links_are_merged_in_order_each_once() -> None:
    one, two = Link("Satu", "https://berita.example/a"), Link("Dua", "https://berita.example/b")
    first = make_part(1, ONE, related=(one, Link("Tiga")))

    article = join_pages([first, make_part(2, TWO, related=(two, one, Link("Tiga")))])

    assert article.related == (one, Link("Tiga"), two)


def test_the_head_is_of_the_first_page_and_filled_up_from_the_others() -> None:
    day = datetime(2024, 5, 6, tzinfo=UTC)
    lead = LeadImage(url="https://gambar.example/1.jpg")
    first = make_part(1, ONE, authors=("Sari",), lead_image=lead)

    article = join_pages([first, make_part(2, TWO, authors=("Bayu",), editor="Bagus", published=day)])

    assert (article.authors, article.editor, article.published) == (("Sari",), "Bagus", day)
    assert article.lead_image == lead
    assert article.trace[0] == "halaman 1"
    assert len(article.trace) == 3


@pytest.mark.parametrize(("rest", "is_whole"), [(f"{ONE} {TWO}", True), (f"{ONE} {THREE * 9}", False)])
def test_the_publishers_plain_text_is_a_check_once_more(rest: str, is_whole: bool) -> None:
    article = join_pages([make_part(1, ONE, full_text=rest), make_part(2, TWO)])

    assert ("truncated" not in article.quality.reasons) == is_whole
    assert article.missing_pages == ()


def test_what_is_said_of_one_page_is_said_of_the_whole() -> None:
    doubtful = Quality(score=0.4, reasons=("rule_doubtful", "too_short", "missing_pages"))
    article = join_pages([make_part(1, *(f"{ONE} Ke-{number}." for number in range(9)), quality=doubtful)])

    assert article.quality.reasons == ("rule_doubtful",)


@pytest.mark.parametrize(
    ("blocks", "full_text", "is_whole"),
    [
        pytest.param((ONE, TWO, THREE), "", True, id="more than the first"),
        pytest.param((ONE,), "", False, id="the first again"),
        pytest.param((ONE, TWO), f"{ONE} {TWO} {THREE}", False, id="the publisher's text has more"),
    ],
)
def test_page_numbers_on_the_all_pages_form_mean_nothing_when_it_has_more(
    blocks: tuple[str, ...], full_text: str, is_whole: bool
) -> None:
    first = make_part(1, ONE, missing_pages=(2, 3))
    whole = make_part(1, *blocks, missing_pages=(2, 3), page_links=("", ""), full_text=full_text)

    article = settle_all_pages(whole, first)

    assert (article.missing_pages == ()) == is_whole
    assert ("missing_pages" not in article.quality.reasons) == is_whole
