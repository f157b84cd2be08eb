import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reader.models import User
from reader.services.preferences import set_reading
from reader.web.hyphens import SOFT_HYPHEN, hyphenate, keep_amounts_whole, part_word
from tests.builders import make_saved


@pytest.mark.parametrize(
    "parted",
    [
        "mem-per-tang-gung-ja-wab-kan",
        "pem-ba-ngunan",
        "kebe-rang-katan",
        "masya-ra-kat",
        "akhir-nya",
        "rumah-nya",
        "peme-rin-tah",
        "beru-bah",
        "pen-di-dikan",
        "infras-truk-tur",
        "men-tra-disi",
        "bang-krut",
        "swa-la-yan",
    ],
)
def test_words_are_parted_between_syllables(parted: str) -> None:
    ours = part_word(parted.replace("-", "")).replace(SOFT_HYPHEN, "-")

    assert set(find_places(ours)) <= set(find_places(parted)) or ours == parted


def find_places(parted: str) -> list[int]:
    lengths = [len(part) for part in parted.split("-")]
    return [sum(lengths[: number + 1]) for number in range(len(lengths) - 1)]


def test_only_words_of_running_text_are_parted() -> None:
    markup = (
        "<h2>pemerintah</h2><p>Pemerintah di www.pemerintahan.example, <code>pemerintah</code> dan "
        '<a href="https://a.example/pemerintah">pemerintah</a> &amp; pemerintah-daerah.</p>'
    )

    (parted,) = hyphenate([markup])

    assert parted.replace(SOFT_HYPHEN, "") == markup
    assert [word for word in re.findall(r"[\w\xad]+", parted) if SOFT_HYPHEN in word] == [
        "peme\xadrin\xadtah"
    ]


@given(st.text(alphabet="aiueongkhsyrt<>&;/ bp=\"'-.", max_size=200))
def test_nothing_but_soft_hyphens_is_added_whatever_the_text(markup: str) -> None:
    assert "".join(hyphenate([markup, markup])).replace(SOFT_HYPHEN, "") == 2 * markup


def test_a_heading_that_is_cut_stays_whole() -> None:
    assert list(hyphenate(["<h2>", "pemerintah</h2><p>pemerintah</p>"])) == [
        "<h2>",
        "pemerintah</h2><p>peme\xadrin\xadtah</p>",
    ]


def test_who_reads_lines_of_equal_length_gets_soft_hyphens_in_indonesian_alone(
    client: Client, ann: User
) -> None:
    saved = make_saved(ann, content="<p>Warga dan pemerintah.</p>")
    english = make_saved(ann, content="<p>Warga dan pemerintah.</p>", language="en")
    client.force_login(ann)
    assert SOFT_HYPHEN not in client.get(f"/articles/{saved.article_id}/").text
    set_reading(user=ann, values={"is_justified": True})

    assert "<p>Warga dan peme\xadrin\xadtah.</p>" in client.get(f"/articles/{saved.article_id}/").text
    assert SOFT_HYPHEN not in client.get(f"/articles/{english.article_id}/").text


@pytest.mark.django_db
def test_who_reads_large_letters_gets_them_too_and_in_headings_in_words_that_fill_a_line(
    client: Client, ann: User
) -> None:
    saved = make_saved(ann, content="<h2>Pemerintah Penyelenggara</h2><p>Warga dan pemerintah.</p>")
    client.force_login(ann)
    set_reading(user=ann, values={"text_size": 6})
    assert SOFT_HYPHEN not in client.get(f"/articles/{saved.article_id}/").text
    set_reading(user=ann, values={"text_size": 7})

    page = client.get(f"/articles/{saved.article_id}/").text

    assert "<p>Warga dan peme\xadrin\xadtah.</p>" in page
    assert "<h2>Pemerintah Pe\xadnye" not in page  # no part has fewer than three letters
    assert re.search(r"<h2>Pemerintah Penye\xadleng\xadgara</h2>", page)


@pytest.mark.django_db
def test_a_word_of_a_title_is_parted_where_it_would_fill_a_line_in_indonesian_alone(
    client: Client, ann: User
) -> None:
    title = "Mempertanggungjawabkan Penyelenggaraan <b>"
    saved, english = make_saved(ann, title=title), make_saved(ann, title=title, language="en")
    client.force_login(ann)

    page = client.get(f"/articles/{saved.article_id}/").text

    assert ">Mem\xadper\xadtang\xadgung\xadja\xadwab\xadkan Penyelenggaraan &lt;b&gt;</h1>" in page
    assert "<title>Mempertanggungjawabkan" in page
    set_reading(user=ann, values={"text_size": 9})
    assert " Penye\xadleng\xadga\xadraan &lt;b&gt;</h1>" in client.get(f"/articles/{saved.article_id}/").text
    assert SOFT_HYPHEN not in client.get(f"/articles/{english.article_id}/").text


@pytest.mark.django_db
def test_no_line_ends_in_an_amount(client: Client, ann: User) -> None:
    saved = make_saved(ann, content="<p>Harganya Rp 3.000 atau <b>Rp 5 juta</b>, dalam Rp saja.</p>")
    client.force_login(ann)

    page = client.get(f"/articles/{saved.article_id}/").text

    assert "<p>Harganya Rp\xa03.000 atau <b>Rp\xa05 juta</b>, dalam Rp saja.</p>" in page


def test_a_text_of_nothing_but_amounts_takes_no_longer_than_it_is() -> None:
    assert keep_amounts_whole("Rp 1 " * 100_000).count("\xa0") == 100_000
    assert keep_amounts_whole('<a href="Rp 1">') == '<a href="Rp 1">'
