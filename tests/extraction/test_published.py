"""When an article was published: which source is believed, and how two of them make a better answer."""

from datetime import date

import pytest
from lxml import html

from reader.extraction.marks import Marks
from reader.extraction.published import day_in_address, find_published

URL = "https://kabar.example/berita/1"
TITLE = "Warga Menanam Pohon"


def find(body: str = "", told: tuple[str, ...] = (), dated: tuple[str, ...] = (), url: str = URL) -> str:
    page = html.document_fromstring(f"<body><main><h1>{TITLE}</h1>{body}</main></body>")
    moment = find_published(told, dated, Marks(page, TITLE), url, None)
    return moment.isoformat() if moment else ""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("2024-05-04T08:15:00+07:00", "2024-05-06T00:00:00Z"), "2024-05-04T08:15:00+07:00"),
        (("2024-05-04", "2024-05-04T08:15:00+07:00"), "2024-05-04T08:15:00+07:00"),
        (("2024-05-04", "2024-05-06T08:15:00+07:00"), "2024-05-04"),
        (("2024-05-04T01:15:00Z", "2024-05-04T08:15:00+07:00"), "2024-05-04T08:15:00+07:00"),
        (("2024-05-04T01:15:00Z", "2024-05-04T09:15:00+07:00"), "2024-05-04T01:15:00+00:00"),
        (("kemarin", "2024-05-04"), "2024-05-04"),
    ],
)
def test_the_first_told_is_made_better_by_the_others(told: tuple[str, ...], expected: str) -> None:
    assert find(told=told) == expected


def test_a_time_element_tells_the_zone_of_the_same_instant() -> None:
    body = "<time datetime='2024-05-04T08:15:00+07:00'>4 Mei</time>"

    assert find(body, told=("2024-05-04T01:15:00Z",)) == "2024-05-04T08:15:00+07:00"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4 May 2024, 8:15 am", "2024-05-04T08:15:30+07:00"),
        ("3 May 2024 | 9:15 pm", "2024-05-03T21:15:30-04:00"),
        ("4 May 2024, 06:45", "2024-05-04T06:45:30+05:30"),
        ("4 Mei 2024, 08.15 WIB", "2024-05-04T08:15:30+07:00"),
        ("Diperbarui 4 Mei 2024, 08.22", "2024-05-04T01:15:30+00:00"),
        ("4 May 2024", "2024-05-04T01:15:30+00:00"),
        ("4 May 2024, 01:45", "2024-05-04T01:15:30+00:00"),
        ("9 May 2024, 8:15 am", "2024-05-04T01:15:30+00:00"),
    ],
)
def test_the_time_on_the_page_tells_the_zone_of_a_moment_in_utc(line: str, expected: str) -> None:
    assert find(f"<p>{line}</p>", told=("2024-05-04T01:15:30Z",)) == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<time datetime='2024-05-04'>hari ini</time>", id="a time"),
        pytest.param("<span itemprop=datePublished content='2024-05-04'>hari ini</span>", id="microdata"),
        pytest.param("<p>Sabtu, 4 Mei 2024</p>", id="a line"),
        pytest.param("<p>Oleh Ratna Wulandari | 04.05.2024</p>", id="a line with a name"),
        pytest.param(
            f"<div>{'<b>x</b>' * 120}<i class='post-date'>May 4, 2024</i></div>", id="a class, far off"
        ),
        pytest.param(
            "<div><a>Ratna</a>, 4. Mai 2024" + "<p>Warga menanam pohon.</p>" * 30, id="beside a name"
        ),
        pytest.param("<p>x</p>" * 120 + "<li><b>Datum</b> 04.05.2024</li>", id="a labelled date, far off"),
        pytest.param(
            "<p>x</p>" * 120 + "<i>Zuletzt am 4. Mai 2024 geändert</i>", id="the last change of a wiki"
        ),
        pytest.param("<p>Bandung, 4 Mei 2024 - " + "Warga menanam pohon. " * 20 + "</p>", id="a dateline"),
    ],
)
def test_a_date_that_only_the_page_shows_is_found(body: str) -> None:
    assert find(body) == "2024-05-04"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<figure><figcaption>Kuta, 4 Mei 2024</figcaption></figure>", id="of a picture"),
        pytest.param("<p>x</p>" * 120 + "<p>Posted 4 May 2024</p><p>Posted 5 May 2024</p>", id="of a list"),
        pytest.param("<script>var a = 'posted 04.05.2024 */';</script>", id="of a script"),
        pytest.param("<p>© 4 Mei 2024 Kabar</p>", id="of a copyright"),
        pytest.param("<aside><time datetime='2024-05-04'>4 Mei</time></aside>", id="in a side bar"),
        pytest.param("<p>" + "Warga menanam pohon sejak 4 Mei 2024. " * 12 + "</p>", id="in the article"),
        pytest.param("<p>4 Mei 1845</p>", id="of history"),
    ],
)
def test_another_date_is_not_taken(body: str) -> None:
    assert find(body) == ""


def test_a_change_is_the_last_of_all_dates() -> None:
    body = "<p>Diperbarui 6 Mei 2024</p>"

    assert find(body) == "2024-05-06"
    assert find(f"{body}<i class=post-date>4 Mei 2024</i>") == "2024-05-04"


def test_a_page_without_a_heading_shows_its_date_at_the_top() -> None:
    page = html.document_fromstring("<body><div>Apr 7, 2024</div><p>Warga menanam pohon.</p></body>")

    assert find_published((), (), Marks(page, TITLE), URL, None) == date(2024, 4, 7)


def test_what_is_seen_is_believed_before_a_date_of_no_known_meaning() -> None:
    assert find("<p>4 Mei 2024</p>", dated=("2024-05-09T08:00:00+07:00",)) == "2024-05-04"
    assert find(dated=("2024-05-09T08:00:00+07:00",)) == "2024-05-09T08:00:00+07:00"


def test_the_address_names_the_day_and_the_page_the_time() -> None:
    body = "<p>Sejak 1 Januari 2020</p><time datetime='2024-05-04T08:15:00+07:00'></time>"

    assert find(body, url="https://kabar.example/2024/05/04/pohon") == "2024-05-04T08:15:00+07:00"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2024/05/04/pohon", "2024-05-04"),
        ("/2024-05-04-pohon", "2024-05-04"),
        ("/berita/20240504/pohon", "2024-05-04"),
        ("/berita/pohon-04-05-2024", "2024-05-04"),
        ("/2024/05/pohon", None),
        ("/2024/13/45/pohon", None),
        ("/artikel/1202405041", None),
        ("", None),
    ],
)
def test_a_day_is_read_from_an_address(path: str, expected: str | None) -> None:
    day = day_in_address(f"https://kabar.example{path}")

    assert (day.isoformat() if day else None) == expected
