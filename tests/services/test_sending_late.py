"""What devices send late: once, in whatever order answers are lost, and never dropped in silence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from reader.listing.sweeping import LATE_DAYS, sweep_trash
from reader.models import LateAct, SavedArticle, User
from reader.services import sending_late, tidying
from reader.services.sending_late import NOT_ON_THE_LIST, NOT_UNDERSTOOD, SentAct, carry_out
from tests.builders import make_saved

pytestmark = pytest.mark.django_db


def test_an_act_that_is_sent_again_is_not_done_again(ann: User) -> None:
    saved = make_saved(ann)
    act = SentAct(key=uuid4(), name="archive", article_id=saved.article_id)

    assert carry_out(user=ann, act=act) == ""
    assert SavedArticle.objects.archived().get() == saved
    tidying.unarchive(saved=SavedArticle.objects.get())
    assert carry_out(user=ann, act=act) == ""

    assert not SavedArticle.objects.archived().exists()
    assert LateAct.objects.of(ann).count() == 1


def test_an_act_that_fails_half_way_leaves_no_key(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = make_saved(ann)
    act = SentAct(key=uuid4(), name="star", article_id=saved.article_id)

    def die(**_values: object) -> None:
        tidying.star(saved=saved)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setitem(sending_late._TIDYING, "star", die)
        with pytest.raises(RuntimeError):
            carry_out(user=ann, act=act)
    assert not LateAct.objects.exists()
    assert not SavedArticle.objects.starred().exists()

    carry_out(user=ann, act=act)
    assert SavedArticle.objects.starred().get() == saved


def test_the_same_key_of_two_people_is_two_acts(ann: User, ben: User) -> None:
    key = uuid4()
    for person in (ann, ben):
        saved = make_saved(person)
        assert carry_out(user=person, act=SentAct(key=key, name="star", article_id=saved.article_id)) == ""
    assert SavedArticle.objects.starred().count() == 2


def test_what_is_not_on_the_list_is_refused_and_stays_refused(ann: User, ben: User) -> None:
    bens = make_saved(ben)
    trashed = make_saved(ann, deleted_at=timezone.now())
    for saved in (bens, trashed):
        act = SentAct(key=uuid4(), name="archive", article_id=saved.article_id)
        assert carry_out(user=ann, act=act) == NOT_ON_THE_LIST
        assert carry_out(user=ann, act=act) == NOT_ON_THE_LIST
        saved.refresh_from_db()
        assert saved.archived_at is None
    own = make_saved(ann)
    act = SentAct(key=uuid4(), name="delete", article_id=own.article_id)
    assert carry_out(user=ann, act=act) == NOT_UNDERSTOOD


def test_a_link_is_saved_once_and_a_refused_one_says_why(ann: User) -> None:
    act = SentAct(key=uuid4(), name="save", links="https://berita.example/a")
    assert [carry_out(user=ann, act=act) for _turn in range(2)] == ["", ""]
    assert SavedArticle.objects.of(ann).count() == 1

    refused = SentAct(key=uuid4(), name="save", links="http://192.168.0.1/")
    first = carry_out(user=ann, act=refused)
    assert first
    assert carry_out(user=ann, act=refused) == first
    assert carry_out(user=ann, act=SentAct(key=uuid4(), name="save", links="hm")) == "no_link_found"
    assert SavedArticle.objects.of(ann).count() == 1


def test_how_far_one_was_without_a_network_does_not_replace_what_was_read_later(ann: User) -> None:
    ann.archives_at_end = True
    ann.save()
    saved = make_saved(ann, progress=500, read_at=timezone.now() - timedelta(minutes=10))
    early = SentAct(
        key=uuid4(),
        name="progress",
        article_id=saved.article_id,
        progress=990,
        is_read=True,
        seconds_ago=3600,
    )
    carry_out(user=ann, act=early)
    saved.refresh_from_db()
    assert (saved.progress, saved.archived_at) == (500, None)

    late = SentAct(
        key=uuid4(), name="progress", article_id=saved.article_id, progress=990, is_read=True, seconds_ago=60
    )
    carry_out(user=ann, act=late)
    saved.refresh_from_db()
    assert saved.progress == 990
    assert saved.archived_at


def test_keys_are_forgotten_long_after_no_device_waits_any_more(ann: User) -> None:
    now = timezone.now()
    for days in (LATE_DAYS - 1, LATE_DAYS + 1):
        late = LateAct.objects.create(user=ann, key=uuid4())
        LateAct.objects.filter(pk=late.pk).update(made_at=now - timedelta(days=days))

    sweep_trash(now)

    assert LateAct.objects.get().made_at > now - timedelta(days=LATE_DAYS)
