"""A pasted text becomes a private article, once, with nothing fetched."""

from datetime import UTC, datetime

import pytest

from reader import tasks
from reader.errors import NoArticleInText, NoLinkFound, TextTooLong
from reader.extraction import extract_text
from reader.models import Article, SavedArticle, User
from reader.services import capturing, tidying
from reader.services.saving import save_links, save_pasted
from tests.services.at_once import run_at_once

SENTENCE = "Warga kampung itu menanam bibit trembesi di tepi sungai sejak pagi buta bersama tetangga mereka."
BODY = "\n\n".join(f"{SENTENCE} Alinea ke-{number} bercerita lebih jauh lagi." for number in range(8))
CAPTURE = f"""Warga Menanam Seribu Pohon

Kompas.com - 10/11/2020, 14:38 WIB

Sari Wulandari
Penulis

{BODY}

Baca juga: Sungai Bersih di Kampung Kami

Terkini Lainnya
"""
ADDRESS = "https://regional.kompas.com/read/2020/11/10/143800078/warga-menanam-seribu-pohon"


@pytest.fixture
def _rings_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "fetch_article", lambda *_, **__: pytest.fail("nothing is to be fetched"))


@pytest.mark.django_db
@pytest.mark.usefixtures("_rings_nothing")
def test_a_copied_page_is_an_article_at_once_and_ones_own(ann: User) -> None:
    outcome = save_pasted(user=ann, text=CAPTURE)

    (saved,) = outcome.captured
    article = saved.article
    assert (outcome.saved, outcome.known, outcome.refused) == ([], [], [])
    assert (article.state, article.owner, article.extractor) == (Article.State.READY, ann, "capture")
    assert article.title == "Warga Menanam Seribu Pohon"
    assert article.published_at == datetime(2020, 11, 10, 7, 38, tzinfo=UTC)
    assert article.text.count(SENTENCE) == 8
    assert article.related == [{"title": "Sungai Bersih di Kampung Kami", "url": ""}]
    assert (article.url, article.final_url, article.host) == ("", "", "")
    assert article.canonical_url.startswith("text:")
    assert SavedArticle.objects.of(ann).unread().get() == saved


@pytest.mark.django_db
def test_what_was_pasted_is_kept_as_it_was(ann: User) -> None:
    (saved,) = save_pasted(user=ann, text=CAPTURE).captured

    page = saved.article.snapshots.get().read_page()
    assert page.body.decode() == CAPTURE
    assert extract_text(page.body.decode()).content == saved.article.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "again",
    [CAPTURE, CAPTURE.replace("\n", "\r\n"), CAPTURE.replace(" ", "\xa0"), f"\n\n{CAPTURE}  "],
    ids=["the same", "other line ends", "other spaces", "space around"],
)
def test_the_same_text_again_finds_the_entry_and_moves_it_to_the_top(ann: User, again: str) -> None:
    (saved,) = save_pasted(user=ann, text=CAPTURE).captured
    save_links(user=ann, text="https://berita.example/lain")
    tidying.archive(saved=saved)

    outcome = save_pasted(user=ann, text=again)

    assert (outcome.known, outcome.captured) == ([saved], [])
    assert SavedArticle.objects.of(ann).unread().newest_first().first() == saved
    assert saved.article.snapshots.count() == 1


@pytest.mark.django_db
def test_two_people_have_an_article_each(ann: User, ben: User) -> None:
    (anns,) = save_pasted(user=ann, text=CAPTURE).captured
    (bens,) = save_pasted(user=ben, text=CAPTURE).captured

    assert anns.article_id != bens.article_id
    assert (anns.article.owner, bens.article.owner) == (ann, ben)


@pytest.mark.django_db
def test_the_address_in_the_first_line_is_that_of_the_original(ann: User, ben: User) -> None:
    (saved,) = save_pasted(user=ann, text=f"{ADDRESS}?utm_source=x\n\n{CAPTURE}").captured
    (linked,) = save_links(user=ben, text=ADDRESS).saved

    assert (saved.article.url, saved.article.host) == (ADDRESS, "regional.kompas.com")
    assert linked.article_id != saved.article_id, "what one person pasted is nobody else's article"


@pytest.mark.django_db
def test_an_address_that_nobody_may_visit_is_no_link(ann: User) -> None:
    (saved,) = save_pasted(user=ann, text=f"http://192.168.1.1/rahasia\n\n{CAPTURE}").captured

    assert (saved.article.url, saved.article.host) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Tiga kata saja.", NoLinkFound),
        ("kata " * 60_000, TextTooLong),
        ("kata " * 300_000, TextTooLong),
        (f"{SENTENCE}\n" * 20_000, TextTooLong),
    ],
    ids=["too short", "too long", "far too long", "too many lines"],
)
def test_what_is_no_article_is_refused(ann: User, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        save_pasted(user=ann, text=text)
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_text_that_is_all_clutter_is_refused_but_its_links_are_saved(ann: User) -> None:
    clutter = "Terkini Lainnya\n" * 60
    with pytest.raises(NoArticleInText):
        save_pasted(user=ann, text=clutter)

    outcome = save_pasted(user=ann, text=f"{clutter}\n{ADDRESS}")
    assert [saved.article.url for saved in outcome.saved] == [ADDRESS]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_article(ann: User) -> None:
    new = run_at_once(6, lambda: capturing.save_text(user=ann, text=CAPTURE)[1])

    assert sorted(new) == [False] * 5 + [True]
    assert Article.objects.count() == SavedArticle.objects.count() == 1
