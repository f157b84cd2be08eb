"""Every directive of the rule language does what it says, on one small page."""

from datetime import UTC, date, datetime

import pytest

from reader.errors import ReaderError
from reader.extraction import extract, extract_html
from reader.sites import SiteRule, parse_rule
from reader.values import ExtractedArticle, Page

URL = "https://kabar.example/read/2026/01/02/12345/warga-menanam-pohon"
WORDS = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 3
PAGE = f"""<html><head><title>Judul Halaman</title>
<meta property="og:image" content="/umum.jpg"><link rel="canonical" href="{URL}?ref=beranda&id=7">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Judul Data","author":{{"name":"Rekan Data"}}}}
</script></head><body>
<div class="judul">Judul Aturan</div><div class="penulis">Oleh Sari Wulan</div><div class="redaktur">Budi Anggoro</div>
<div class="waktu">2 Januari 2026 10:20 WIB</div><div class="kanal">Lingkungan</div><div class="tanda">Advertorial</div>
<div class="foto"><img src="/utama.jpg"><div class="teks-foto">Bibit di bantaran <span class="kredit">(Tim Foto)</span></div></div>
<div class="isi"><p>{WORDS}</p><div class="iklan-kotak">Kotak iklan</div><p id="promo">Ikuti saluran kami</p>
<p>{WORDS}</p><p class="shadow">Bayangan <span style="display:none">tersembunyi</span></p>
<div class="kutip">Pohon ini untuk cucu kami</div><p><font>Bagian <b>tebal</b></font></p>
<p><img src="/piksel-hitung.gif" width="300" height="300" alt="Hitung"></p><div class="lain"><a href="/lain">Berita Lain</a></div>
<p>{WORDS}</p></div><div class="halaman"><a class="semua" href="?page=all">Semua</a> <a class="lanjut" href="?page=2">2</a> <b>3</b></div>
</body></html>"""  # noqa: E501


def read(*lines: str) -> ExtractedArticle:
    rule, complaints = parse_rule("\n".join(("body: //div[@class='isi']", *lines)), "kabar.example")
    assert complaints == ()
    return extract_html(PAGE.encode(), URL, rule=rule)


NOTHING = read()


def test_without_directives_everything_stands() -> None:
    for words in ("Kotak iklan", "Ikuti saluran kami", "Bayangan", "Pohon ini untuk cucu kami", "Bagian"):
        assert words in NOTHING.text
    assert NOTHING.title == "Judul Data"
    assert NOTHING.extractor == "kabar.example"


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("title: //div[@class='judul']", "title", "Judul Aturan"),
        ("author: //div[@class='penulis']", "authors", ("Sari Wulan",)),
        ("editor: //div[@class='redaktur']", "editor", "Budi Anggoro"),
        ("section: //div[@class='kanal']", "section", "Lingkungan"),
        ("dateline: substring-before(//div[@class='waktu'], ' 2026')", "dateline", "2 Januari"),
        ("label: //div[@class='tanda']", "labels", ("Advertorial",)),
        ("drop_query: ref", "canonical_url", f"{URL}?id=7"),
        ("skip_json_ld: yes", "title", "Judul Halaman"),
    ],
)
def test_a_directive_of_metadata_sets_its_field(line: str, name: str, value: object) -> None:
    assert getattr(NOTHING, name) != value
    assert getattr(read(line), name) == value


def test_the_date_is_read_where_the_rule_says() -> None:
    published = read("date: //div[@class='waktu']").published

    assert isinstance(published, datetime)
    assert published.isoformat() == "2026-01-02T10:20:00+07:00"


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("strip: //div[@class='iklan-kotak']", "Kotak iklan"),
        ("strip_id_or_class: iklan-kotak", "Kotak iklan"),
        ("strip_id_or_class: iklan-", "Kotak iklan"),
        ("strip_id_or_class: promo", "Ikuti saluran kami"),
        ("strip_text: ^ikuti saluran", "Ikuti saluran kami"),
        ("strip_image_src: piksel-hitung", "Hitung"),
        ("find_string: Kotak iklan\nreplace_string: Diganti", "Kotak iklan"),
        ("replace_string(Kotak iklan): Diganti", "Kotak iklan"),
        ("related: //div[@class='lain']", "Berita Lain"),
    ],
)
def test_a_directive_takes_out_what_it_names(line: str, gone: str) -> None:
    article = read(line)

    assert gone in NOTHING.content
    assert gone not in article.content
    assert article.text.count("Warga menanam") == NOTHING.text.count("Warga menanam")


def test_a_class_is_stripped_by_whole_words() -> None:
    assert "Bayangan" in read("strip_id_or_class: ad", "strip_id_or_class: hadow").text
    assert "Bayangan" not in read("strip_id_or_class: shadow").text


def test_replacements_come_in_and_related_links_are_kept() -> None:
    assert "Diganti" in read("replace_string(Kotak iklan): Diganti").text
    (link,) = read("related: //div[@class='lain']").related
    assert (link.title, link.url) == ("Berita Lain", "https://kabar.example/lain")


def test_wraps_dissolves_and_attributes_follow_the_rule() -> None:
    assert "<blockquote><p>Pohon ini" in read("wrap_in(blockquote): //div[@class='kutip']").content
    assert "<strong>tebal" in NOTHING.content.replace("<b>", "<strong>")
    assert "Bagian tebal" in read("dissolve: //b").content
    assert "tersembunyi" not in NOTHING.text
    assert "tersembunyi" in read("strip_attr: //span/@style").text


def test_tidying_takes_hidden_elements_out_unless_the_rule_says_no() -> None:
    assert "tersembunyi" not in NOTHING.text
    assert "tersembunyi" in read("tidy: no").text


def test_phrases_of_every_site_go_unless_the_rule_says_no() -> None:
    body = f"<div class=isi><p>{WORDS}</p><p>ADVERTISEMENT</p></div>".encode()
    texts = [
        extract_html(
            body, URL, rule=parse_rule(f"body: //div[@class='isi']\nprune: {word}", "kabar.example")[0]
        ).text
        for word in ("yes", "no")
    ]

    assert ["ADVERTISEMENT" in text for text in texts] == [False, True]


def test_the_lead_picture_is_found_by_its_caption_or_by_what_the_page_shows_others() -> None:
    lead = read("caption: //div[@class='teks-foto']", "credit: //span[@class='kredit']").lead_image
    assert lead is not None
    assert (lead.url, lead.caption, lead.credit) == (
        "https://kabar.example/utama.jpg",
        "Bibit di bantaran",
        "Tim Foto",
    )
    assert NOTHING.lead_image is not None
    assert read("insert_detected_image: no").lead_image is None


def test_page_links_count_only_where_their_condition_holds() -> None:
    line = "single_page_link: //a[@class='semua']"
    assert read(line).single_page_url == f"{URL}?page=all"
    assert read(line, "if_page_contains: //div[@class='tidak-ada']").single_page_url == ""
    assert read("next_page_link: //a[@class='lanjut']/@href").missing_pages == (2,)
    assert read("next_page_link: //a[@class='lanjut']/@href", "if_page_contains: //h9").missing_pages == ()
    assert read("page_count: //div[@class='halaman']/b").missing_pages == (2, 3)


def test_what_the_rule_promises_and_the_text_breaks_is_doubtful() -> None:
    assert read("must_contain: tepi sungai", "must_not_contain: tepi laut").quality.reasons == ()
    for line in ("must_contain: tepi laut", "must_not_contain: tepi sungai"):
        assert read(line).quality.reasons == ("rule_doubtful",)


def test_the_plain_text_of_all_pages_is_compared() -> None:
    rule = f"full_text: concat(//div[@class='isi'], '{'Halaman lain bercerita tentang hal lain. ' * 40}')"

    assert "truncated" in read(rule).quality.reasons
    assert read("full_text: //div[@class='isi']").quality.reasons == ()


def test_a_body_that_is_not_there_is_left_to_others_unless_the_rule_forbids() -> None:
    lost, _ = parse_rule("body: //div[@class='lama']", "kabar.example")
    strict, _ = parse_rule("body: //div[@class='lama']\nautodetect_on_failure: no", "kabar.example")

    assert extract_html(PAGE.encode(), URL, rule=lost).extractor == "readability"
    with pytest.raises(ReaderError):
        extract_html(PAGE.encode(), URL, rule=strict)


@pytest.mark.parametrize(
    ("fetched", "extractor"),
    [
        (datetime(2026, 1, 31, 12, tzinfo=UTC), "kabar.example"),
        (datetime(2026, 2, 1, 12, tzinfo=UTC), "readability"),
        (None, "kabar.example"),
    ],
)
def test_a_rule_ends_with_its_last_day(fetched: datetime | None, extractor: str) -> None:
    rule = SiteRule(name="kabar.example", body=("//div[@class='isi']",), valid_until=date(2026, 1, 31))
    page = Page(url=URL, final_url=URL, body=PAGE.encode(), fetched_at=fetched)

    article = extract(page, rule)

    assert article.extractor == extractor
    assert ("was valid until 2026-01-31" in article.trace[0]) is (extractor == "readability")
