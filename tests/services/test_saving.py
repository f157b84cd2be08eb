"""Saving links: committed, once, and back on top when they are known."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from reader import tasks
from reader.errors import AddressRefused, NoLinkFound, SchemeRefused, TooManyLinks
from reader.links import canonicalise
from reader.models import Article, SavedArticle, User
from reader.noticing import notice_backlog
from reader.services import tidying
from reader.services.same_story import find_known
from reader.services.saving import save_links
from tests.builders import make_article, make_saved
from tests.services.at_once import run_at_once

KOMPAS = "https://money.kompas.com/read/2021/03/04/101112526/judul-artikel"


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The articles that the doorbell was rung for."""
    ids: list[int] = []
    monkeypatch.setattr(tasks, "fetch_article", lambda article_id, priority: ids.append(article_id))
    return ids


@pytest.mark.django_db
def test_a_link_becomes_a_queued_entry_and_the_doorbell_rings_after_the_commit(
    ann: User, rung: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        outcome = save_links(user=ann, text=KOMPAS)
        assert rung == []
    for callback in callbacks:
        callback()

    (saved,) = outcome.saved
    assert saved.article.state == Article.State.QUEUED
    assert saved.article.host == "money.kompas.com"
    assert rung == [saved.article_id]


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_fails_loses_nothing(
    ann: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(article_id: int, priority: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(tasks, "fetch_article", fail)
    save_links(user=ann, text=KOMPAS)

    assert SavedArticle.objects.of(ann).unread().count() == 1
    assert "disk full" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "again",
    [
        KOMPAS + "?page=all",
        KOMPAS + "?page=2#page2",
        KOMPAS + "?utm_source=Whatsapp&source=terkini",
        "http://www.kompas.com/money/read/2021/03/04/101112526/slug-lain",
        "https://amp.kompas.com/money/read/2021/03/04/101112526/judul-artikel",
    ],
    ids=["all pages", "page two", "tracking", "other host and slug", "amp"],
)
def test_the_same_article_in_other_words_is_found_and_moved_to_the_top(ann: User, again: str) -> None:
    save_links(user=ann, text=KOMPAS)
    save_links(user=ann, text="https://example.org/lain")

    outcome = save_links(user=ann, text=again)

    assert [entry.article.url for entry in outcome.known] == [KOMPAS]
    assert outcome.saved == []
    assert SavedArticle.objects.of(ann).newest_first().first() == outcome.known[0]
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_saving_again_brings_an_entry_back_from_archive_and_trash(ann: User) -> None:
    (saved,) = save_links(user=ann, text=KOMPAS).saved
    tidying.archive(saved=saved)
    tidying.delete(saved=saved)

    save_links(user=ann, text=KOMPAS)

    assert SavedArticle.objects.of(ann).unread().get() == saved


@pytest.mark.django_db
def test_two_people_share_the_article_and_have_an_entry_each(ann: User, ben: User) -> None:
    save_links(user=ann, text=KOMPAS)
    save_links(user=ben, text=KOMPAS)

    assert Article.objects.count() == 1
    assert SavedArticle.objects.of(ann).get().article == SavedArticle.objects.of(ben).get().article


@pytest.mark.django_db
def test_the_first_link_pasted_ends_on_top(ann: User) -> None:
    text = "Baca https://example.org/1 lalu\nhttps://example.org/2\nhttps://example.org/3"
    save_links(user=ann, text=text)

    urls = [entry.article.url for entry in SavedArticle.objects.of(ann).unread().newest_first()]
    assert urls == ["https://example.org/1", "https://example.org/2", "https://example.org/3"]


@pytest.mark.django_db
def test_refused_links_are_named_and_the_others_saved(ann: User) -> None:
    outcome = save_links(user=ann, text=f"javascript:alert(1)\nhttp://192.168.1.1/admin\n{KOMPAS}")

    assert [type(refused.error) for refused in outcome.refused] == [SchemeRefused, AddressRefused]
    assert len(outcome.saved) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NoLinkFound),
        ("tidak ada apa-apa di sini", NoLinkFound),
        ("\n".join(f"https://example.org/{number}" for number in range(10_000)), TooManyLinks),
    ],
    ids=["nothing", "no link", "ten thousand"],
)
def test_nonsense_saves_nothing(ann: User, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        save_links(user=ann, text=text)
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_article_and_one_entry(ann: User) -> None:
    if "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.fail("the test database must be a file, so that threads really compete")
    outcomes = run_at_once(8, lambda: save_links(user=ann, text=KOMPAS))

    assert len(outcomes) == 8
    assert Article.objects.count() == 1
    assert SavedArticle.objects.count() == 1
    assert sum(len(outcome.saved) for outcome in outcomes) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("held", "pasted", "is_known"),
    [
        ("https://www.situs.example/a/1", "https://m.situs.example/a/1?fbclid=x", True),
        ("https://m.situs.example/a/1/", "https://situs.example/a/1", True),
        ("https://situs.example/a/1", "https://situs.example/a/1/amp/", True),
        (
            "https://situs.example/a/1",
            "https://x.cdn.ampproject.org/c/s/situs.example/a/1/amp",
            True,
        ),
        ("https://situs.example/a/1", "https://situs.example/a/2", False),
        ("https://m.situs.example/", "https://situs.example/", False),
    ],
)
def test_another_form_of_a_link_leads_to_the_entry_that_is_there(
    ann: User, ben: User, held: str, pasted: str, is_known: bool
) -> None:
    entry = make_saved(ann, article=make_article(url=held), archived_at=timezone.now())
    notice_backlog(10)
    outcome = save_links(user=ann, text=pasted)

    assert outcome.known == ([entry] if is_known else [])
    assert len(outcome.saved) == (0 if is_known else 1)
    assert SavedArticle.objects.of(ann).count() == (1 if is_known else 2)
    assert (SavedArticle.objects.get(pk=entry.pk).archived_at is None) is is_known
    # What ann has is nothing to ben.
    assert len(save_links(user=ben, text=pasted).saved) == 1


@pytest.mark.django_db
def test_the_address_that_a_page_declares_leads_to_it(ann: User) -> None:
    page = make_article(url="https://situs.example/p?id=7", declared_url="https://www.situs.example/judul")
    entry = make_saved(ann, article=page)
    notice_backlog(10)

    assert save_links(user=ann, text="https://situs.example/judul").known == [entry]


@pytest.mark.django_db
def test_a_form_that_could_not_be_read_does_not_stand_in_for_another(ann: User) -> None:
    make_saved(ann, article=make_article(url="https://m.situs.example/a/1", state=Article.State.FAILED))
    notice_backlog(10)

    assert len(save_links(user=ann, text="https://situs.example/a/1").saved) == 1


@pytest.mark.django_db
def test_forms_of_many_links_are_looked_up_at_once(ann: User) -> None:
    links = [f"https://situs.example/a/{number}" for number in range(40)]
    counts = []
    for some in (links[:10], links[10:30]):
        with CaptureQueriesContext(connection) as queries:
            find_known(user=ann, links=[canonicalise(link) for link in some])
        counts.append(len(queries))

    assert counts == [2, 2]
