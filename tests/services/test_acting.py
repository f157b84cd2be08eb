"""Acts on many entries: only one's own, only what is not so already, and all of it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reader import tasks
from reader.listing import act as listing_act
from reader.listing import act_once
from reader.models import Article, ListAct, ListFilter, SavedArticle, Tagging, User
from reader.services import acting
from reader.services.acting import act_on_many, undo_act
from tests.builders import make_saved, make_tag

pytestmark = pytest.mark.django_db

Name = ListAct.Name


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three entries be a slice, and no slice be done while the person waits but the first."""
    monkeypatch.setattr(listing_act, "SLICE", 3)
    monkeypatch.setattr(acting, "_AT_ONCE_SECONDS", 0.0)


def test_only_ones_own_are_changed_and_strange_numbers_passed_by(ann: User, ben: User) -> None:
    own, foreign = make_saved(ann), make_saved(ben)

    act = act_on_many(user=ann, name=Name.DELETE, article_ids=[own.article_id, foreign.article_id, 10**12])

    assert (act.changed, act.seen) == (1, 1)
    assert list(SavedArticle.objects.trashed()) == [own]


@pytest.mark.parametrize(
    ("name", "before", "column"),
    [
        (Name.ARCHIVE, {}, "archived_at"),
        (Name.UNARCHIVE, {"archived_at": timezone.now()}, "archived_at"),
        (Name.STAR, {}, "starred_at"),
        (Name.UNSTAR, {"starred_at": timezone.now()}, "starred_at"),
        (Name.DELETE, {}, "deleted_at"),
        (Name.RESTORE, {"deleted_at": timezone.now()}, "deleted_at"),
    ],
)
def test_an_act_changes_what_is_other_and_undo_takes_just_that_back(
    ann: User, name: str, before: dict[str, Any], column: str
) -> None:
    other = make_saved(ann, **before)
    opposite: dict[str, Any] = {} if before else {column: timezone.now() - timedelta(days=1)}
    same = make_saved(ann, **opposite)
    numbers = [other.article_id, same.article_id]

    act = act_on_many(user=ann, name=name, article_ids=numbers)
    again = act_on_many(user=ann, name=name, article_ids=numbers)
    undoing = undo_act(act=act)

    assert (act.changed, again.changed) == (1, 0)
    assert undoing is not None
    assert undoing.changed == 1
    for saved, values in ((other, before), (same, opposite)):
        saved.refresh_from_db()
        assert (getattr(saved, column) is not None) == bool(values)


def test_undo_twice_is_undo_once(ann: User) -> None:
    saved = make_saved(ann)
    act = act_on_many(user=ann, name=Name.ARCHIVE, article_ids=[saved.article_id])

    assert undo_act(act=act) == undo_act(act=act)
    assert SavedArticle.objects.unread().get() == saved


def test_tags_are_given_and_taken_from_those_that_lacked_them(ann: User) -> None:
    with_tag, without = make_saved(ann), make_saved(ann)
    tag = make_tag(ann, "kopi", with_tag)

    act = act_on_many(user=ann, name=Name.TAG, chosen=ListFilter(view="all"), tag=tag)
    undo_act(act=act)

    assert act.changed == 1
    assert [tagging.saved_id for tagging in Tagging.objects.filter(tag=tag)] == [with_tag.pk]
    assert without.tags.count() == 0


def test_all_that_the_list_has_means_what_it_had_then(ann: User, small_slices: None) -> None:
    for number in range(7):
        make_saved(ann, starred_at=timezone.now() if number % 2 else None)

    act = act_on_many(user=ann, name=Name.ARCHIVE, chosen=ListFilter(view="unread"))
    late = make_saved(ann)
    while act_once(act.pk).is_more:
        pass
    act.refresh_from_db()

    assert (act.total, act.seen, act.changed) == (7, 7, 7)
    assert act.finished_at is not None
    assert SavedArticle.objects.unread().get() == late


def test_an_act_that_is_long_goes_on_in_the_background_after_a_kill(ann: User, small_slices: None) -> None:
    for _ in range(10):
        make_saved(ann)

    act = act_on_many(user=ann, name=Name.STAR, chosen=ListFilter(view="all"))
    assert (act.seen, act.finished_at) == (3, None)

    # The doorbell was lost; the sweeper's question finds it, and the task carries it on to the end.
    assert list(ListAct.objects.unfinished()) == [act]
    tasks.carry_list_act_on.call_local(act.pk)
    tasks.carry_list_act_on.call_local(act.pk)
    act.refresh_from_db()
    assert (act.seen, act.changed) == (10, 10)
    assert act.finished_at is not None


def test_what_is_half_done_is_stopped_and_taken_back(ann: User, small_slices: None) -> None:
    for _ in range(8):
        make_saved(ann)
    act = act_on_many(user=ann, name=Name.DELETE, chosen=ListFilter(view="all"))

    undo_act(act=act)
    assert not act_once(act.pk).is_more

    assert SavedArticle.objects.trashed().count() == 0


def test_a_fault_in_a_slice_leaves_the_row_where_it_was(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = make_saved(ann)
    act = ListAct.objects.create(
        user=ann, name=Name.STAR, article_ids=[saved.article_id], until_id=saved.pk, total=1
    )
    monkeypatch.setattr(listing_act, "_advance", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        act_once(act.pk)

    act.refresh_from_db()
    assert (act.seen, act.changes.count(), SavedArticle.objects.starred().count()) == (0, 0, 0)


def test_retry_queues_what_failed_and_rings(
    ann: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(tasks, "fetch_article", lambda article_id, priority: rung.append(article_id))
    failed, ready = make_saved(ann, state="failed"), make_saved(ann)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        act = act_on_many(user=ann, name=Name.RETRY, article_ids=[failed.article_id, ready.article_id])

    assert act.changed == 1
    assert rung == [failed.article_id]
    assert Article.objects.get(pk=failed.article_id).state == "queued"


def test_what_was_taken_down_is_not_said_to_be_fetched_again(ann: User) -> None:
    hidden = make_saved(ann, state="failed", error_code="taken_down", taken_down_at=timezone.now())

    act = act_on_many(user=ann, name=Name.RETRY, article_ids=[hidden.article_id])

    assert act.changed == 0
    assert Article.objects.get(pk=hidden.article_id).state == "failed"


def test_a_retry_is_called_off_where_nobody_has_begun_it(ann: User) -> None:
    later = timezone.now().replace(microsecond=0) + timedelta(hours=3)
    stood: dict[str, Any] = {
        "state": "failed",
        "attempts": 4,
        "error_code": "page_gone",
        "next_attempt_at": later,
    }
    waiting, begun, again = (make_saved(ann, **stood) for _ in range(3))
    partial = make_saved(ann, state="partial")
    act = act_on_many(user=ann, name=Name.RETRY, chosen=ListFilter())
    Article.objects.filter(pk=begun.article_id).update(state="fetching")
    Article.objects.filter(pk=again.article_id).update(queued_at=timezone.now())

    undoing = undo_act(act=act)

    assert undoing is not None
    assert (act.changed, undoing.changed, undoing.changes.count()) == (4, 2, 2)
    states = {row["pk"]: row for row in Article.objects.values("pk", *stood)}
    assert states[waiting.article_id] == {"pk": waiting.article_id, **stood}
    assert states[partial.article_id]["error_code"] == "missing_pages"
    assert states[begun.article_id]["state"] == "fetching"
    assert states[again.article_id]["state"] == "queued"


def test_in_the_trash_nothing_but_being_there_is_changed(ann: User) -> None:
    saved = make_saved(ann, deleted_at=timezone.now())

    act = act_on_many(user=ann, name=Name.ARCHIVE, article_ids=[saved.article_id])

    assert act.changed == 0
