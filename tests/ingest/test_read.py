"""Articles of several pages: at once, page after page, and only what is missing."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from reader.fetching.politeness import forget_hosts
from reader.ingest import ingest, read, source
from reader.ingest.source import LeaseLost
from reader.models import Article
from reader.services import refetching
from reader.values import ExtractedArticle, Page
from tests.builders import make_article
from tests.ingest.conftest import Ingested
from tests.ingest.kompas_pages import URL, make_kompas_page, paragraphs_of, text_of_pages
from tests.page_server import PageServer

pytestmark = pytest.mark.django_db

State = Article.State


def serve_pages(server: PageServer, *numbers: int, of: int = 4) -> None:
    """Serve the first page and these ones; the others and the all-pages form are not there."""
    server.add(URL, make_kompas_page(1, of=of))
    for number in ("all", *range(1, of + 1)):
        server.add(f"{URL}?page={number}", "", status=404)
    for number in numbers:
        server.add(f"{URL}?page={number}", make_kompas_page(number, of=of))


def run_again(article: Article) -> Article:
    refetching.retry(article_ids=[article.pk])
    ingest(article.pk)
    return Article.objects.get(pk=article.pk)


def targets(server: PageServer) -> list[str]:
    """What was asked for since the last look, without the article's own path."""
    seen = [
        request.target.removeprefix("/tren/read/2024/05/06/070800065/warga-menanam-pohon")
        for request in server.requests
    ]
    server.requests.clear()
    return seen


def test_the_all_pages_form_is_enough(server: PageServer, ingested: Ingested) -> None:
    serve_pages(server)
    server.add(f"{URL}?page=all", make_kompas_page(1, 2, 3, 4, has_paging=False))

    article = ingested(URL)

    assert (article.state, article.missing_pages) == (State.READY, [])
    assert article.text == text_of_pages(1, 2, 3, 4)
    assert targets(server) == ["", "?page=all"]
    assert sorted(article.snapshots.values_list("page_number", flat=True)) == [0, 1]


@pytest.mark.parametrize("answer", ["missing", "first page again", "broken"])
def test_where_the_all_pages_form_fails_the_pages_are_joined(
    server: PageServer, ingested: Ingested, answer: str
) -> None:
    serve_pages(server, 2, 3, 4)
    if answer != "missing":
        body = {"first page again": make_kompas_page(1), "broken": "<p>maaf"}[answer]
        server.add(f"{URL}?page=all", body)

    article = ingested(URL)

    assert (article.state, article.missing_pages) == (State.READY, [])
    assert article.text == text_of_pages(1, 2, 3, 4)
    assert targets(server) == ["", "?page=all", "?page=2", "?page=3", "?page=4"]


def test_a_missing_page_is_named_and_only_that_one_is_fetched_again(
    server: PageServer, ingested: Ingested
) -> None:
    serve_pages(server, 2, 4)
    server.add(f"{URL}?page=3", "", status=500)

    article = ingested(URL)

    assert (article.state, article.error_code) == (State.PARTIAL, "missing_pages")
    assert article.missing_pages == [3]
    assert article.text == text_of_pages(1, 2, 4)
    assert article.next_attempt_at is not None, "a server's fault passes, so the page is tried again"
    assert any("page 3: publisher_busy" in line for line in article.trace)
    assert targets(server) == ["", "?page=all", "?page=2", "?page=3", "?page=4"]

    server.add(f"{URL}?page=3", make_kompas_page(3))
    article = run_again(article)

    assert (article.state, article.missing_pages, article.error_code) == (State.READY, [], "")
    assert article.text == text_of_pages(1, 2, 3, 4)
    assert targets(server) == ["?page=3"]


def test_a_page_that_may_come_back_is_fetched_again_by_itself(server: PageServer, ingested: Ingested) -> None:
    serve_pages(server, 2, 4)
    server.add(f"{URL}?page=3", "", status=503, headers={"Retry-After": "900"})
    article = ingested(URL)
    assert article.missing_pages == [3, 4], "the whole host is left in peace when it asks for that"
    assert article.next_attempt_at is not None
    assert article.next_attempt_at > timezone.now() + timedelta(seconds=890)
    targets(server)

    server.add(f"{URL}?page=3", make_kompas_page(3))
    forget_hosts()
    ingest(article.pk)
    assert targets(server) == [], "nothing is done before its time"
    Article.objects.filter(pk=article.pk).update(next_attempt_at=timezone.now())
    ingest(article.pk)

    article.refresh_from_db()
    assert (article.state, article.text) == (State.READY, text_of_pages(1, 2, 3, 4))
    assert targets(server) == ["?page=3", "?page=4"]


def test_a_page_that_is_gone_is_not_tried_again_by_itself(server: PageServer, ingested: Ingested) -> None:
    serve_pages(server, 2, 4)

    article = ingested(URL)

    assert (article.missing_pages, article.next_attempt_at) == ([3], None)


def test_when_no_further_page_is_there_all_at_once_is_tried_again(
    server: PageServer, ingested: Ingested
) -> None:
    serve_pages(server)
    article = ingested(URL)
    assert article.missing_pages == [2, 3, 4]
    server.add(f"{URL}?page=all", make_kompas_page(1, 2, 3, 4, has_paging=False))
    targets(server)

    article = run_again(article)

    assert (article.state, article.text) == (State.READY, text_of_pages(1, 2, 3, 4))
    assert targets(server) == ["?page=all"]


def test_a_retry_that_fails_again_loses_nothing(server: PageServer, ingested: Ingested) -> None:
    serve_pages(server, 2, 4)
    article = ingested(URL)
    for snapshot in article.snapshots.filter(page_number=2):
        snapshot.file.delete(save=False)
    serve_pages(server, 4)
    server.add(f"{URL}?page=2", "", status=404)

    again = run_again(article)

    assert (again.state, again.missing_pages) == (State.PARTIAL, [3])
    assert again.text == article.text


def test_a_damaged_snapshot_is_fetched_again(server: PageServer, ingested: Ingested) -> None:
    serve_pages(server, 2, 4)
    article = ingested(URL)
    for snapshot in article.snapshots.filter(page_number=2):
        snapshot.file.delete(save=False)
    serve_pages(server, 2, 3, 4)
    targets(server)

    article = run_again(article)

    assert article.text == text_of_pages(1, 2, 3, 4)
    assert targets(server) == ["?page=2", "?page=3"]


def test_an_article_saved_at_its_second_page_is_read_from_the_first(
    server: PageServer, ingested: Ingested
) -> None:
    serve_pages(server, 1, 2, of=2)

    article = ingested(f"{URL}?page=2")

    assert (article.state, article.text) == (State.READY, text_of_pages(1, 2))


def test_page_numbers_on_an_all_pages_form_that_was_saved_itself_do_no_harm(
    server: PageServer, ingested: Ingested
) -> None:
    serve_pages(server, 2, 3, 4)
    server.add(f"{URL}?page=all", make_kompas_page(1, 2, 3, 4))

    article = ingested(f"{URL}?page=all")

    assert (article.state, article.missing_pages) == (State.READY, [])
    assert article.text == text_of_pages(1, 2, 3, 4)


CHAINED = "https://www.kabar.example/berita/menanam-pohon"


@pytest.fixture
def chained_rule(settings: Settings, tmp_path: Path) -> None:
    """A rule that only knows the link to the next page, at the end of the path."""
    rule = "body: //article\nnext_page_link: //a[@rel='next']/@href\n"
    (tmp_path / "kabar.example.txt").write_text(rule)
    settings.READER_SITE_RULES_DIR = str(tmp_path)


def serve_chain(server: PageServer, addresses: list[str], *, ends_with: str = "") -> None:
    """Serve pages that each link the next one; the last links the end, if one is given."""
    nexts = [*addresses[1:], ends_with]
    for number, address in enumerate(addresses, start=1):
        text = "".join(f"<p>{line}</p>" for line in paragraphs_of(number))
        following = f"<a rel='next' href='{nexts[number - 1]}'>Lanjut</a>" if nexts[number - 1] else ""
        body = (
            f"<html><head><title>Pohon</title></head><body><article>{text}</article>{following}</body></html>"
        )
        server.add(address, body)


@pytest.mark.parametrize(
    "ends",
    [("", "/2", "/3"), ("", "/5", "/10"), ("", "-part2", "-part3"), ("", "?page_num=2", "?page_num=3")],
    ids=["numbers", "offsets", "parts", "parameter"],
)
@pytest.mark.usefixtures("chained_rule")
def test_pages_that_each_link_the_next_are_all_read(
    server: PageServer, ingested: Ingested, ends: tuple[str, ...]
) -> None:
    serve_chain(server, [CHAINED + end for end in ends])

    article = ingested(CHAINED)

    assert (article.state, article.text) == (State.READY, text_of_pages(1, 2, 3))
    assert len(server.requests) == 3


@pytest.mark.usefixtures("chained_rule")
def test_a_chain_that_leads_in_a_circle_ends(server: PageServer, ingested: Ingested) -> None:
    serve_chain(server, [CHAINED, f"{CHAINED}/2"], ends_with=CHAINED)

    article = ingested(CHAINED)

    assert article.text == text_of_pages(1, 2)
    assert len(server.requests) == 2


@pytest.mark.usefixtures("chained_rule")
def test_a_chain_without_an_end_is_cut_and_says_so(
    server: PageServer, ingested: Ingested, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "_MAX_PAGES", 3)
    serve_chain(server, [f"{CHAINED}?page={number}" for number in range(1, 5)])

    article = ingested(f"{CHAINED}?page=1")

    assert (article.state, article.missing_pages) == (State.PARTIAL, [4])
    assert len(server.requests) == 3


@pytest.mark.usefixtures("chained_rule")
def test_no_page_of_another_site_is_joined(server: PageServer, ingested: Ingested) -> None:
    serve_chain(server, [CHAINED, f"{CHAINED}/2"])
    server.add_redirect(f"{CHAINED}/2", "https://iklan.example/")
    server.add("https://iklan.example/", make_kompas_page(4))

    article = ingested(CHAINED)

    assert (article.missing_pages, article.text) == ([2], text_of_pages(1))
    assert not article.snapshots.filter(page_number=2).exists()


def test_the_lease_is_extended_before_every_page(
    server: PageServer, ingested: Ingested, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_pages(server, 2, 3, 4)
    monkeypatch.setattr(source, "_FRESH_SECONDS", 0)
    until: list[datetime] = []
    extract = source.PageSource.extract

    def look_and_extract(self: source.PageSource, page: Page) -> ExtractedArticle:
        leased_until = Article.objects.get().leased_until
        assert leased_until is not None
        until.append(leased_until)
        return extract(self, page)

    monkeypatch.setattr(source.PageSource, "extract", look_and_extract)
    ingested(URL)

    assert len(until) == 4
    assert until == sorted(set(until))


def test_a_run_that_lost_its_lease_fetches_no_further(
    server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_pages(server, 2, 3, 4)
    monkeypatch.setattr(source, "_FRESH_SECONDS", 0)
    article = make_article(url=URL, state=State.QUEUED)
    lease = Article.objects.lease(article.pk, now=timezone.now())
    assert lease is not None
    extract = source.PageSource.extract

    def extract_and_lose(self: source.PageSource, page: Page) -> ExtractedArticle:
        extracted = extract(self, page)
        Article.objects.filter(pk=article.pk).update(lease_token=None)
        return extracted

    monkeypatch.setattr(source.PageSource, "extract", extract_and_lose)
    with pytest.raises(LeaseLost):
        read.read_article(lease)
    assert len(server.requests) == 1


def test_a_publisher_that_drips_leaves_the_rest_for_the_next_run(
    server: PageServer, ingested: Ingested, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_pages(server, 2, 3, 4)
    monkeypatch.setattr(source, "_FETCHING_SECONDS", -1)

    article = ingested(URL)

    assert (article.missing_pages, len(server.requests)) == ([2, 3, 4], 1)
    assert article.next_attempt_at is not None


def test_what_the_publishers_own_text_misses_makes_the_article_partial(
    server: PageServer, ingested: Ingested
) -> None:
    rest = " ".join(paragraphs_of(2) + paragraphs_of(3))
    script = f'<script>var keywordBrandSafety = "{text_of_pages(1)} {rest}";</script>'
    page = make_kompas_page(1, has_paging=False).replace("</head>", f"{script}</head>")
    server.add(URL, page)

    article = ingested(URL)

    assert (article.state, article.error_code) == (State.PARTIAL, "truncated")
    assert article.text == text_of_pages(1)


def test_pages_without_an_end_do_not_fill_the_disk(
    server: PageServer, ingested: Ingested, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_pages(server, 2, 3, 4)
    monkeypatch.setattr(source, "_MAX_BYTES", 4000)

    article = ingested(URL)

    assert article.missing_pages == [4]
    assert article.next_attempt_at is None
    assert any("page 4: too_large" in line for line in article.trace)


def test_a_run_that_is_killed_between_two_pages_is_done_again(
    server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_pages(server, 2, 3, 4)
    article = make_article(url=URL, canonical_url=URL, state=State.QUEUED)
    get = source.PageSource.get

    def get_or_die(self: source.PageSource, url: str, number: int) -> Page:
        if number == 3:
            raise SystemExit
        return get(self, url, number)

    with monkeypatch.context() as killing:
        killing.setattr(source.PageSource, "get", get_or_die)
        with pytest.raises(SystemExit):
            ingest(article.pk)
    article.refresh_from_db()
    assert (article.state, article.text) == (State.FETCHING, "")

    Article.objects.filter(pk=article.pk).update(leased_until=timezone.now())
    ingest(article.pk)

    article.refresh_from_db()
    assert (article.state, article.text) == (State.READY, text_of_pages(1, 2, 3, 4))
