"""Marking passages, noting, changing, deleting, undoing; and their places while texts change."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from reader import tasks
from reader.anchoring import Quote, locate
from reader.errors import NothingHighlighted, PassageTooLong, TooManyHighlights
from reader.listing import doubt_highlights, find_doubted, place_highlights, sweep_highlights
from reader.models import Article, Highlight, SavedArticle, User
from reader.refusals import HighlightsUsedUp
from reader.sanitising import read_plain
from reader.services import highlighting
from reader.services.highlighting import Marking
from tests.builders import make_highlight, make_saved
from tests.services.at_once import run_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(ann: User) -> SavedArticle:
    return make_saved(ann)


def mark(saved: SavedArticle, passage: str, **values: object) -> Highlight:
    marking = Marking(**{"client_id": uuid4(), "quote": Quote(passage), **values})  # type: ignore[arg-type]
    return highlighting.highlight(saved=saved, marking=marking)


def passage_of(highlight: Highlight) -> str | None:
    fresh = Highlight.objects.select_related("saved__article").get(pk=highlight.pk)
    if fresh.start is None:
        return None
    return read_plain(fresh.saved.article.content)[fresh.start : fresh.start + fresh.length]


def rewrite(saved: SavedArticle, content: str) -> None:
    Article.objects.filter(pk=saved.article_id).update(content=content)
    doubt_highlights(saved.article_id)


def test_a_passage_is_kept_with_what_stands_around_it(saved: SavedArticle) -> None:
    made = mark(saved, "  seratus   pohon sejak pagi ", quote=Quote("seratus pohon", prefix="Warga menanam "))

    assert (made.quote, made.prefix, made.suffix) == (
        "seratus pohon",
        "\nWarga menanam ",
        " sejak pagi.\nGotong royong\nSemua ikut.\n",
    )
    assert (made.colour, made.is_stale, passage_of(made)) == ("yellow", False, "seratus pohon")


def test_a_passage_over_paragraphs_and_emphasis(ann: User) -> None:
    saved = make_saved(
        ann,
        content='<p>Satu <b>dua</b> <a href="https://a.test/" rel="nofollow">t&amp;g</a>.</p><p>Empat.</p>',
    )

    made = mark(saved, "dua t&g.\n\nEmpat")

    assert made.quote == "dua t&g.\nEmpat"
    assert passage_of(made) == "dua t&g.\n\nEmpat"


def test_what_is_sent_twice_is_kept_once(saved: SavedArticle) -> None:
    client_id = uuid4()
    first = mark(saved, "pohon", client_id=client_id, quote=Quote("pohon sejak pagi", "seratus "))

    assert mark(saved, "lain", client_id=client_id) == first
    highlighting.delete_highlight(highlight=first)
    assert mark(saved, "lain", client_id=client_id).deleted_at is not None
    assert Highlight.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_at_the_same_moment_is_kept_once(ann: User) -> None:
    saved = make_saved(ann)
    client_id = uuid4()

    made = run_at_once(4, lambda: mark(saved, "seratus pohon", client_id=client_id).pk)

    assert len(made) == 4
    assert set(made) == {Highlight.objects.get().pk}


def test_a_passage_that_the_text_does_not_have_is_kept_by_its_words(saved: SavedArticle) -> None:
    made = mark(saved, "kalimat yang\x00 baru saja\ud800 hilang")

    assert (made.quote, made.start) == ("kalimat yang baru saja? hilang", None)
    assert made.is_orphaned


@pytest.mark.parametrize(
    ("passage", "error"), [("…!", NothingHighlighted), ("", NothingHighlighted), ("a" * 5001, PassageTooLong)]
)
def test_what_is_no_passage_is_refused(saved: SavedArticle, passage: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        mark(saved, passage)


def test_there_is_an_end_to_how_many(saved: SavedArticle, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(saved, "seratus pohon")
    monkeypatch.setattr(highlighting, "MAX_OF_AN_ARTICLE", 1)
    with pytest.raises(TooManyHighlights):
        mark(saved, "Semua ikut")

    other = make_saved(saved.user)
    mark(other, "Semua ikut")
    User.objects.update(most_highlights=2)
    with pytest.raises(HighlightsUsedUp):
        mark(make_saved(saved.user), "Semua ikut")


def test_a_change_and_a_deletion_can_be_undone_once_each(saved: SavedArticle) -> None:
    made = mark(saved, "seratus pohon", colour="blue", note="lama")
    highlighting.change_highlight(highlight=made, colour="pink", note=" Baru \r\nsekali ")
    highlighting.change_highlight(highlight=made, colour="pink", note="Baru \nsekali")
    assert (made.colour, made.note) == ("pink", "Baru \nsekali")
    assert list(Highlight.objects.with_words("BARU pohon")) == [made]

    highlighting.delete_highlight(highlight=made)
    assert not Highlight.objects.kept().exists()
    highlighting.undo_highlight(highlight=made)
    highlighting.undo_highlight(highlight=made)
    highlighting.undo_highlight(highlight=made)

    made.refresh_from_db()
    assert (made.colour, made.note, made.deleted_at) == ("blue", "lama", None)
    assert list(Highlight.objects.with_words("lama")) == [made]


def test_an_unknown_colour_changes_no_colour(saved: SavedArticle) -> None:
    made = mark(saved, "seratus pohon", colour="blue")

    highlighting.change_highlight(highlight=made, colour="hitam", note="ya")

    assert (made.colour, made.note) == ("blue", "ya")


def test_highlights_are_found_again_in_a_changed_text_and_none_is_lost(saved: SavedArticle) -> None:
    kept, gone = mark(saved, "seratus pohon sejak pagi"), mark(saved, "Semua ikut")
    rewrite(saved, "<p>Paragraf baru.</p><p>Warga <b>menanam</b> seratus pohon, sejak pagi hari.</p>")
    assert find_doubted() == [saved.article_id]

    assert place_highlights(saved.article_id) is False

    assert (passage_of(kept), passage_of(gone)) == ("seratus pohon, sejak pagi", None)
    assert find_doubted() == []
    rewrite(saved, "<p>Warga menanam seratus pohon sejak pagi.</p><p>Semua ikut.</p>")
    tasks.sweep.call_local()
    tasks.find_highlights.call_local(saved.article_id)
    assert passage_of(gone) == "Semua ikut"


def test_a_text_that_changes_meanwhile_is_looked_at_again(
    saved: SavedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = mark(saved, "seratus pohon")
    rewrite(saved, "<p>Dan seratus pohon.</p>")

    def change_meanwhile(*arguments: object) -> object:
        rewrite(saved, "<p>Lalu ada lagi seratus pohon.</p>")
        return locate(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("reader.listing.highlights.locate", change_meanwhile)
        assert place_highlights(saved.article_id) is True

    assert place_highlights(saved.article_id) is False
    assert passage_of(made) == "seratus pohon"


def test_a_text_that_changes_while_one_marks_is_looked_at_again(
    saved: SavedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:

    def change_meanwhile(*arguments: object) -> object:
        Article.objects.update(content="<p>Lalu ada lagi seratus pohon.</p>")
        return locate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(highlighting, "locate", change_meanwhile)
    made = mark(saved, "seratus pohon")

    assert made.is_stale
    assert place_highlights(saved.article_id) is False
    assert passage_of(made) == "seratus pohon"


def test_a_slice_is_as_long_as_it_may_be(saved: SavedArticle, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        mark(saved, "seratus pohon")
    doubt_highlights(saved.article_id)
    monkeypatch.setattr("reader.listing.highlights._SECONDS", 0)

    assert [place_highlights(saved.article_id) for _ in range(3)] == [True, True, False]


def test_deleted_highlights_go_after_thirty_days(saved: SavedArticle) -> None:
    now = timezone.now()
    make_highlight(saved, deleted_at=now - timedelta(days=31))
    left = [make_highlight(saved), make_highlight(saved, deleted_at=now - timedelta(days=29))]

    sweep_highlights(now)

    assert list(Highlight.objects.order_by("pk")) == left
