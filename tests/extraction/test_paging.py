"""Which pages of an article are here, and where all of them are."""

import pytest

from reader.extraction import extract
from reader.extraction.paging import Paging, link_pages, number_pages
from reader.sites import SiteRule, find_rule
from reader.values import Page

URL = "https://www.kompas.com/tren/read/2022/06/23/204500665/contoh"
FIRST = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 6
LAST = (
    "Sore harinya mereka menyiram setiap bibit dengan air dari sumur yang baru digali di ujung gang sempit itu. "  # noqa: E501
    * 6
)


def make_page(
    url: str, *, text: str = FIRST, links: int = 0, active: int = 1, head: str = "", full_text: str = ""
) -> Page:
    numbers = "".join(
        f"<div class=paging__item><a class='paging__link {'paging__link--active' if number == active else ''}' href='{URL}?page={number}'>{number}</a></div>"  # noqa: E501
        for number in range(1, links + 1)
    )
    show = (
        f"<a class='paging__link paging__link--show' href='{URL}?page=all#page2'>Show All</a>"
        if links
        else ""
    )
    script = f'<script>var keywordBrandSafety = "{full_text}";</script>' if full_text else ""
    body = (
        f"<html><head><meta property=og:url content='{URL}'>{head}{script}</head><body><h1 class=read__title>Contoh</h1>"  # noqa: E501
        f"<div class=read__content><p>{text}</p></div>"
        f"<div class='read__paging'><div class='paging paging--article'>{numbers}{show}</div></div></body></html>"  # noqa: E501
    )
    return Page(url=url, final_url=url, body=body.encode())


def kompas() -> SiteRule:
    rule = find_rule("www.kompas.com")
    assert rule is not None
    return rule


COUNTED = "<meta name=content_total_pages content=3><meta name=content_current_page content=1>"


@pytest.mark.parametrize(
    ("page", "missing", "single"),
    [
        pytest.param(make_page(URL), (), None, id="one page"),
        pytest.param(make_page(URL, links=3), (2, 3), f"{URL}?page=all", id="first of three"),
        pytest.param(make_page(f"{URL}?page=2", links=3, active=2), (1, 3), f"{URL}?page=all", id="second of three"),  # noqa: E501
        pytest.param(make_page(URL, head=COUNTED), (2, 3), f"{URL}?page=all", id="counted, not linked"),
        pytest.param(make_page(f"{URL}?page=all"), (), None, id="all pages"),
        pytest.param(make_page(f"{URL}?page=all", text=FIRST + LAST, head=COUNTED, full_text=FIRST + LAST), (), None, id="all pages, checked"),  # noqa: E501
        pytest.param(make_page(f"{URL}?page=all", head=COUNTED, full_text=FIRST + LAST), (2, 3), None, id="all pages cut off"),  # noqa: E501
        pytest.param(make_page(f"{URL}?page=all", head=COUNTED, full_text=FIRST + LAST + FIRST), (2, 3), None, id="its end echoes its beginning"),  # noqa: E501
        pytest.param(make_page(f"{URL}?page=all", links=2), (2,), None, id="the wish was ignored"),
        pytest.param(make_page(f"{URL}?page=all&utm_source=x", links=2, full_text=FIRST + LAST), (2,), None, id="ignored, checked"),  # noqa: E501
    ],
)  # fmt: skip
def test_missing_pages_and_the_way_to_them(page: Page, missing: tuple[int, ...], single: str | None) -> None:
    article = extract(page, kompas())

    assert article.missing_pages == missing
    assert ("missing_pages" in article.quality.reasons) == bool(missing)
    assert (article.single_page_url or None) == single


def test_page_links_lead_to_the_other_pages_only() -> None:
    article = extract(make_page(URL, links=3), kompas())

    assert article.page_links == (f"{URL}?page=2", f"{URL}?page=3")


def test_a_single_page_link_to_another_site_is_not_followed() -> None:
    page = make_page(URL, links=2)
    body = page.body.replace(f"{URL}?page=all".encode(), b"https://169.254.169.254/?page=all")

    assert extract(Page(url=URL, final_url=URL, body=body), kompas()).single_page_url == ""


def test_without_a_rule_there_is_no_single_page() -> None:
    assert extract(make_page(URL, links=2), None).single_page_url == ""


@pytest.mark.parametrize(
    ("url", "addresses", "current", "numbers"),
    [
        pytest.param("/a", ["/a?page=1", "/a?page=2", "/a?page=3"], 1, [2, 3], id="parameter"),
        pytest.param("/a?page=2", ["/a", "/a?page=3"], 2, [1, 3], id="parameter, from the second"),
        pytest.param("/a", ["/a?page=2", "/a?page=9"], 1, [2, 9], id="some left out"),
        pytest.param("/a", ["/a?page_num=2"], 1, [2], id="tempo's parameter"),
        pytest.param("/news/15-slug", ["/news/15-slug", "/news/15-slug/2", "/news/15-slug/3"], 1, [2, 3], id="path"),  # noqa: E501
        pytest.param("/news/15-slug/2", ["/news/15-slug", "/news/15-slug/3"], 2, [1, 3], id="path, from the second"),  # noqa: E501
        pytest.param("/slug", ["/slug-part2"], 1, [2], id="part"),
        pytest.param("/slug", ["/slug/page/2"], 1, [2], id="page in the path"),
        pytest.param("/read/7", ["/read/7", "/read/7/5", "/read/7/10"], 1, [2, 3], id="offsets"),
        pytest.param("/a?page=2", ["/a?page=all", "/a?page=1", "/a?page=3"], 2, [1, 3], id="all of them"),
        pytest.param("/a", ["/b"], 1, [2], id="only the next"),
        pytest.param("/a", ["/a/"], 1, [], id="only itself"),
        pytest.param("/a", [], 1, [], id="none"),
    ],
)  # fmt: skip
def test_pages_get_their_numbers(url: str, addresses: list[str], current: int, numbers: list[int]) -> None:
    host = "https://berita.example"
    found, links = number_pages([host + address for address in addresses], host + url)

    assert (found, sorted(links)) == (current, numbers)
    assert set(links.values()) <= {host + address for address in addresses}


def test_pages_that_are_not_linked_get_their_address_from_those_that_are() -> None:
    linked = Paging(links={2: "https://berita.example/a?page=2"}, count=4)
    all_at_once = Paging(single_page_url="https://berita.example/a?page=all", count=3)
    in_the_path = Paging(links={2: "https://berita.example/a/2"}, count=3)

    assert link_pages(linked, (2, 4)) == (
        "https://berita.example/a?page=2",
        "https://berita.example/a?page=4",
    )
    assert link_pages(all_at_once, (3,)) == ("https://berita.example/a?page=3",)
    assert link_pages(in_the_path, (2, 3)) == ("https://berita.example/a/2", "")
