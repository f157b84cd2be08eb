"""The way of an article through fetch, extraction and storing, against a real page server."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from reader.errors import PublisherBusy
from reader.fetching import fetch
from reader.ingest import give_up_on_crashed, ingest, source
from reader.killable import CallDied, KillablePool
from reader.models import Article, Snapshot
from reader.models.article import MAX_ATTEMPTS
from tests.builders import make_article
from tests.ingest.conftest import Ingested
from tests.page_server import PageServer

pytestmark = pytest.mark.django_db

State = Article.State
WORDS = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. "


def make_html(paragraphs: int = 8, title: str = "Warga Menanam Pohon", extra: str = "") -> bytes:
    body = "".join(f"<p>Alinea {number}. {WORDS * 3}</p>" for number in range(paragraphs))
    return (
        f"<html lang=id><head><title>{title}</title><meta property=og:title content='{title}'>"
        f"<meta property=article:published_time content='2024-05-06T07:08:00+07:00'></head>"
        f"<body><article><h1>{title}</h1>{body}</article>{extra}</body></html>"
    ).encode()


def test_a_page_becomes_a_ready_article_with_its_snapshot(server: PageServer, ingested: Ingested) -> None:
    body = make_html()
    server.add("https://berita.example/pohon", body)

    article = ingested("https://berita.example/pohon")

    assert (article.state, article.error_code) == (State.READY, "")
    assert article.title == "Warga Menanam Pohon"
    assert article.published_at == datetime(2024, 5, 6, 0, 8, tzinfo=UTC)
    assert article.published_on == date(2024, 5, 6)
    assert article.content.count("<p>") == 8
    assert article.word_count > 200
    assert article.lease_token is None
    assert article.trace
    snapshot = article.snapshots.get()
    assert snapshot.read_page().body == body


def test_running_twice_fetches_once(server: PageServer, ingested: Ingested) -> None:
    server.add("https://berita.example/pohon", make_html())
    article = ingested("https://berita.example/pohon")

    ingest(article.pk)

    assert len(server.requests) == 1
    assert article.snapshots.count() == 1


@pytest.mark.parametrize(
    ("status", "code", "is_retried"),
    [
        (404, "page_gone", False),
        (410, "page_gone", False),
        (403, "page_forbidden", False),
        (503, "publisher_busy", True),
    ],
)
def test_a_publishers_refusal_is_a_truthful_failure(
    server: PageServer, status: int, code: str, is_retried: bool, ingested: Ingested
) -> None:
    server.add("https://berita.example/pohon", b"<p>maaf</p>", status=status)

    article = ingested("https://berita.example/pohon")

    assert (article.state, article.error_code) == (State.FAILED, code)
    assert (article.next_attempt_at is not None) == is_retried


def test_a_name_that_leads_into_our_own_network_is_refused(ingested: Ingested) -> None:
    article = ingested("http://localhost.localdomain/rahasia")

    assert article.state == State.FAILED
    assert article.error_code in {"address_refused", "name_not_found"}
    assert not article.snapshots.exists()


def test_a_page_without_an_article_fails_permanently(server: PageServer, ingested: Ingested) -> None:
    server.add("https://berita.example/kosong", b"<html><body><nav>Beranda</nav></body></html>")

    article = ingested("https://berita.example/kosong")

    assert (article.state, article.next_attempt_at) == (State.FAILED, None)
    assert article.error_code == "no_article"
    assert article.snapshots.exists()


def test_waits_grow_and_end(server: PageServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the jitter: four short draws in a row come to a little less than is asked for here.
    monkeypatch.setattr("reader.ingest.backoff.random.uniform", lambda low, high: (low + high) / 2)
    server.add("https://berita.example/sibuk", b"", status=503)
    article = make_article(url="https://berita.example/sibuk", state=State.QUEUED)
    waits = []
    for _ in range(MAX_ATTEMPTS):
        ingest(article.pk)
        article.refresh_from_db()
        waits.append(article.next_attempt_at and article.next_attempt_at - timezone.now())
        Article.objects.filter(pk=article.pk).update(next_attempt_at=timezone.now())

    assert waits[-1] is None
    growing = [wait for wait in waits if wait]
    assert len(growing) == MAX_ATTEMPTS - 1
    assert growing == sorted(growing)
    assert timedelta(hours=18) < sum(growing, timedelta()) < timedelta(hours=30)


def test_the_publishers_own_wait_is_honoured(server: PageServer, ingested: Ingested) -> None:
    server.add("https://berita.example/sibuk", b"", status=429, headers={"Retry-After": "7200"})

    article = ingested("https://berita.example/sibuk")

    assert article.error_code == PublisherBusy.code
    assert article.next_attempt_at is not None
    assert article.next_attempt_at > timezone.now() + timedelta(seconds=7000)


def test_a_result_after_a_lost_lease_is_dropped(server: PageServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.add("https://berita.example/pohon", make_html())
    article = make_article(url="https://berita.example/pohon", state=State.QUEUED)

    def fetch_slowly(*args: object, **kwargs: object) -> object:
        late = timezone.now() + timedelta(hours=1)
        assert Article.objects.lease(article.pk, now=late) is not None
        return fetch(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(source, "fetch", fetch_slowly)
    ingest(article.pk)

    article.refresh_from_db()
    assert article.state == State.FETCHING
    assert article.content == ""


def test_a_shorter_copy_never_replaces_the_text_that_is_there(server: PageServer, ingested: Ingested) -> None:
    server.add("https://berita.example/pohon", make_html(paragraphs=8))
    article = ingested("https://berita.example/pohon")
    server.add("https://berita.example/pohon", make_html(paragraphs=4))
    Article.objects.filter(pk=article.pk).update(state=State.QUEUED)

    ingest(article.pk)

    again = Article.objects.get(pk=article.pk)
    assert again.content == article.content
    assert again.snapshots.count() == 2


def test_a_failed_second_fetch_leaves_the_text_readable(server: PageServer, ingested: Ingested) -> None:
    server.add("https://berita.example/pohon", make_html())
    article = ingested("https://berita.example/pohon")
    server.add("https://berita.example/pohon", b"", status=410)
    Article.objects.filter(pk=article.pk).update(state=State.QUEUED)

    ingest(article.pk)

    again = Article.objects.get(pk=article.pk)
    assert (again.state, again.error_code) == (State.READY, "")
    assert again.vanished_at is not None
    assert again.content == article.content


def test_an_article_whose_worker_died_every_time_is_given_up() -> None:
    now = timezone.now()
    article = make_article(
        state=State.FETCHING, attempts=MAX_ATTEMPTS, leased_until=now - timedelta(seconds=1)
    )

    assert give_up_on_crashed(now) == 1

    article.refresh_from_db()
    assert (article.state, article.error_code) == (State.FAILED, "gave_up")


def test_a_text_stays_readable_when_fetching_it_again_is_given_up() -> None:
    now = timezone.now()
    article = make_article(state=State.READY, attempts=MAX_ATTEMPTS, leased_until=now - timedelta(seconds=1))
    Article.objects.filter(pk=article.pk).update(state=State.FETCHING)

    assert give_up_on_crashed(now) == 1

    article.refresh_from_db()
    assert (article.state, article.error_code) == (State.READY, "gave_up")


def test_a_fault_of_ours_is_a_failure_that_is_tried_again(
    server: PageServer, monkeypatch: pytest.MonkeyPatch, ingested: Ingested
) -> None:
    server.add("https://berita.example/pohon", make_html())
    monkeypatch.setattr(source, "find_site_rule", lambda *args: 1 / 0)

    article = ingested("https://berita.example/pohon")

    assert (article.state, article.error_code) == (State.FAILED, "internal_fault")
    assert article.next_attempt_at is not None


@pytest.mark.parametrize(
    ("attempts", "before", "code"),
    [
        (0, "", "extraction_interrupted"),
        (MAX_ATTEMPTS - 2, "extraction_interrupted", "extraction_interrupted"),
        (MAX_ATTEMPTS - 1, "timed_out", "extraction_interrupted"),
        (MAX_ATTEMPTS - 1, "extraction_interrupted", "too_complex"),
    ],
)
def test_a_page_is_too_complex_only_when_its_process_died_again_and_again(
    server: PageServer, monkeypatch: pytest.MonkeyPatch, attempts: int, before: str, code: str
) -> None:
    def die(*_: object) -> None:
        raise CallDied

    monkeypatch.setattr(KillablePool, "call", die)
    url = "https://berita.example/pohon"
    server.add(url, make_html())
    article = make_article(url=url, canonical_url=url, state=State.FAILED, error_code=before or "timed_out")
    Article.objects.filter(pk=article.pk).update(attempts=attempts, next_attempt_at=timezone.now())

    ingest(article.pk)

    article.refresh_from_db()
    assert (article.state, article.error_code) == (State.FAILED, code)
    assert (article.next_attempt_at is not None) == (attempts < MAX_ATTEMPTS - 1)


def test_an_amp_page_leads_to_the_real_one(server: PageServer, ingested: Ingested) -> None:
    link = "<link rel=canonical href='https://berita.example/pohon'>"
    amp = (
        make_html(paragraphs=5)
        .replace(b"<html ", b"<html amp ")
        .replace(b"<head>", b"<head>" + link.encode())
    )
    server.add("https://berita.example/amp/pohon", amp)
    server.add("https://berita.example/pohon", make_html(paragraphs=9))

    article = ingested("https://berita.example/amp/pohon")

    assert article.final_url == "https://berita.example/pohon"
    assert article.content.count("<p>") == 9


def test_a_page_cannot_send_the_worker_to_another_site(server: PageServer, ingested: Ingested) -> None:
    link = "<link rel=canonical href='https://lain.example/pohon'>"
    amp = make_html().replace(b"<html ", b"<html amp ").replace(b"<head>", b"<head>" + link.encode())
    server.add("https://berita.example/amp/pohon", amp)
    server.add("https://lain.example/pohon", make_html())

    article = ingested("https://berita.example/amp/pohon")

    assert article.final_url == "https://berita.example/amp/pohon"
    assert len(server.requests) == 1


def test_nul_bytes_of_a_page_never_reach_the_database(server: PageServer, ingested: Ingested) -> None:
    server.add(
        "https://berita.example/nul", make_html(title="Nol\x00Nol").replace(b"Alinea 1", b"Alinea\x00 1")
    )

    article = ingested("https://berita.example/nul")

    assert article.state == State.READY
    assert "\x00" not in article.content + article.title + article.text


def test_every_fetch_of_an_article_keeps_its_own_snapshot(server: PageServer, ingested: Ingested) -> None:
    server.add("https://berita.example/pohon", make_html(paragraphs=4))
    article = ingested("https://berita.example/pohon")
    server.add("https://berita.example/pohon", make_html(paragraphs=9))
    Article.objects.filter(pk=article.pk).update(state=State.QUEUED)
    ingest(article.pk)

    article.refresh_from_db()
    assert article.content.count("<p>") == 9
    assert [snapshot.body_bytes for snapshot in Snapshot.objects.order_by("pk")] == sorted(
        snapshot.body_bytes for snapshot in Snapshot.objects.all()
    )
