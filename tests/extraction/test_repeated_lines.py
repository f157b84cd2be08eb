"""The template's own lines between the paragraphs go; a refrain and a speaker's name stay."""

import pytest
from lxml.html import fragment_fromstring

from reader.extraction.repeated_lines import drop_repeated_lines

SENTENCE = "warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh."


@pytest.mark.parametrize(
    ("line", "times", "dropped"),
    [
        ("Article content", 3, 3),
        ("Continue reading the main story", 4, 4),
        ("Article content", 2, 0),
        ("Sari Dewi", 5, 0),
        ("SARI DEWI", 5, 0),
        ("Kabar Desa:", 5, 0),
        ("Oh, hujan turun lagi.", 5, 0),
        ("Advertisement", 5, 0),
        ("— Sari, warga desa", 5, 0),
        ("<a href='/x'>Baca sumbernya</a>", 5, 0),
        ("", 5, 0),
        ("sebuah kalimat yang terlalu panjang untuk menjadi sekadar baris dari sebuah templat", 5, 0),
    ],
)
def test_short_lines_that_stand_again_and_again_go(line: str, times: int, dropped: int) -> None:
    paragraphs = "".join(f"<p>Alinea {number}: {SENTENCE}</p><p>{line}</p>" for number in range(times))
    content = fragment_fromstring(f"<div>{paragraphs}</div>")

    assert drop_repeated_lines(content) == dropped
    assert len(content) == 2 * times - dropped


def test_a_refrain_stays() -> None:
    song = "<p>hujan turun lagi</p><p>di atas kota kita</p>" * 4
    content = fragment_fromstring(f"<div><p>{SENTENCE}</p><p>Lirik</p>{song}</div>")

    assert drop_repeated_lines(content) == 0
