"""Columns of numbers and lines that are a time, as the reading page marks them."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import User
from reader.sanitising import read_plain, sanitise
from reader.web.figures import mark_figures
from tests.builders import make_article, make_asset, make_highlight, make_picture, make_saved

PHOTO = "https://gambar.example/1.jpg"


def make_table(*rows: str) -> str:
    """Return a table of cells that stand between bars."""
    cells = ("".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows)
    return sanitise(f"<table>{''.join(f'<tr>{each}</tr>' for each in cells)}</table>")


def find_numbers(markup: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'class="number">([^<]*)<', mark_figures([markup])[0])]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("Kota | Warga", "Batu | 213.046", "Bogor | 1.043.070"), id="under a head"),
        pytest.param(("Batu | 213.046", "Bogor | 1.043.070"), id="without a head"),
        pytest.param(
            ("Kota | Naik", "Batu | +1,2%", "Bogor | –", "Solo | -0,4 %"), id="parts, and none told"
        ),
        pytest.param(("Kota | Harga", "Batu | Rp 1.250", "Bogor | Rp\xa0980,-", "Solo | $3"), id="money"),
    ],
)
def test_a_column_of_numbers_is_marked_with_its_head(rows: tuple[str, ...]) -> None:
    assert find_numbers(make_table(*rows)) == [row.split("|")[1].strip() for row in rows]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(make_table("Kota | Warga", "Batu | 213.046", "Bogor | banyak"), id="a word among them"),
        pytest.param(make_table("Kota | Warga", "Batu | 213.046"), id="one number"),
        pytest.param(make_table("1 | Batu", "2 | Bogor"), id="the first column"),
        pytest.param(make_table("Tim | Skor", "Batu | 2-1", "Bogor | 0-3"), id="results"),
        pytest.param(
            sanitise(
                '<table><tr><td colspan="2">Kota</td></tr><tr><td>a</td><td>1</td></tr>'
                "<tr><td>b</td><td>2</td></tr></table>"
            ),
            id="a cell over two",
        ),
        pytest.param(
            sanitise(
                "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2<table><tr><td>3</td></tr></table>"
                "</td></tr></table>"
            ),
            id="a table within",
        ),
    ],
)
def test_what_may_be_no_column_of_numbers_stays_as_it_was(markup: str) -> None:
    assert mark_figures([markup]) == [markup]


def test_a_table_that_comes_in_parts_is_one() -> None:
    markup = make_table("Kota | Warga", "Batu | 213.046", "Bogor | 1.043.070")
    place = markup.index("046")
    assert "".join(mark_figures([markup[:place], markup[place:]])) == "".join(mark_figures([markup]))


@pytest.mark.parametrize(
    "time", ["10.45", "Pukul 09:58 WIB", "<strong>23.01 WITA</strong>", "<time>1.05 pm</time> –"]
)
def test_the_times_of_a_live_report_begin_its_entries(time: str) -> None:
    content = sanitise(f"<p>{time}</p><p>Air surut pada 10.45 WIB.</p><p>{time}</p><p>1.000</p><p>25.10</p>")
    marked = "".join(mark_figures([content]))
    assert marked.count('<p class="moment">') == 2
    assert marked.replace(' class="moment"', "") == content


def test_one_time_alone_is_no_live_report() -> None:
    assert mark_figures(["<p>10.45 WIB</p><p>Air surut.</p>"]) == ["<p>10.45 WIB</p><p>Air surut.</p>"]


@pytest.mark.django_db
def test_the_page_shows_them_with_highlights_and_keeps_every_word(client: Client, ann: User) -> None:
    content = make_table("Kota | Warga", "Batu | 213.046", "Bogor | 1.043.070") + "<p>Habis.</p>"
    saved = make_saved(user=ann, article=make_article(content=content))
    make_highlight(saved, "213.046")
    client.force_login(ann)

    page = client.get(reverse("reading", args=[saved.article_id])).content.decode()

    assert page.count('<td class="number">') == 3
    prose = page.partition('<div class="prose"')[2].partition(">")[2].partition("</div>")[0]
    marked = re.sub(r"<a [^>]*></a>|</?mark[^>]*>", "", prose)
    assert read_plain(marked.replace("\xa0", " ")) == read_plain(content)


@pytest.mark.django_db
def test_a_picture_that_is_a_little_narrower_than_the_column_may_fill_it(client: Client, ann: User) -> None:
    saved = make_saved(user=ann, article=make_article(lead_image_url=PHOTO))
    make_picture(saved.article, PHOTO, asset=make_asset(b"foto", width=630))
    client.force_login(ann)
    page = client.get(reverse("reading", args=[saved.article_id])).content.decode()
    assert re.search(r'<img src="[^"]*" +width="700" ', page)
