"""What is measured on the finished text."""

import pytest

from reader.extraction.measure import count_words, find_dateline, make_excerpt, share_of_links


@pytest.mark.parametrize(
    ("content", "share"),
    [
        pytest.param("", 0.0, id="nothing"),
        pytest.param("<p>lima <a href='/a'>enam</a></p>", 4 / 9, id="a link in a sentence"),
        pytest.param("<ul><li><a href='/a'>Judul A</a></li></ul>", 1.0, id="a list of links"),
        pytest.param(
            "<p>Teks.</p><figure><figcaption><a href='/a.jpg'>Keterangan foto</a></figcaption></figure>",
            0.0,
            id="a picture's caption",
        ),
    ],
)
def test_the_share_of_links_is_that_of_the_words(content: str, share: float) -> None:
    assert share_of_links(content) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BAKU, KOMPAS.com - Warga turun ke jalan.", "BAKU, KOMPAS.com -"),
        ("KOMPAS.com – Warga turun ke jalan.", "KOMPAS.com –"),
        ("Liputan6.com, Jakarta - Warga turun ke jalan.", "Liputan6.com, Jakarta -"),
        ("REPUBLIKA.CO.ID, KOTA BARU -- Warga turun ke jalan.", "REPUBLIKA.CO.ID, KOTA BARU --"),
        ("Bisnis.com, SIDOARJO — Warga turun ke jalan.", "Bisnis.com, SIDOARJO —"),
        ("TEMPO.CO, Jakarta - Warga turun ke jalan.", "TEMPO.CO, Jakarta -"),
        ("Jakarta, CNN Indonesia -- Warga turun ke jalan.", "Jakarta, CNN Indonesia --"),
        ("Mataram, NTB (ANTARA News) - Warga turun ke jalan.", "Mataram, NTB (ANTARA News) -"),
        ("Semarang, VIVA – Warga turun ke jalan.", "Semarang, VIVA –"),
        ("Warga turun ke jalan.\n\nSOLO, KOMPAS.com - Mereka berbaris.", "SOLO, KOMPAS.com -"),
        ("Tokobatik.com, salah satu toko tertua – dibuka 1990 – kini tutup.", ""),
        ("Warga (antara lain petani) - turun ke jalan.", ""),
    ],
)
def test_a_dateline_is_told_by_its_house(text: str, dateline: str) -> None:
    assert find_dateline(text) == dateline


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Harga naik 1,5 persen hari-hari ini.", 6, id="Indonesian"),
        pytest.param("東京都は二日" * 100, 300, id="Japanese"),
        pytest.param("Twitterなどの東京", 4, id="Latin words among Japanese"),
        pytest.param("กรุงเทพมหานคร" * 100, 260, id="Thai"),
        pytest.param("서울 시민은 강을 걷는다", 4, id="Korean, which has spaces"),
    ],
)
def test_words_are_counted_by_letters_where_none_part_them(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "length"),
    [("都心 " + "菜園を開く" * 100, 300), ("kata " * 100, 300 - 5)],
    ids=["Japanese", "Latin"],
)
def test_an_excerpt_ends_with_a_whole_word_where_there_are_some(text: str, length: int) -> None:
    excerpt = make_excerpt("", text, "")
    assert excerpt.endswith("…")
    assert abs(len(excerpt) - length) < 5
