"""What one person may save and keep, and what is said to who has it all."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from reader import tasks
from reader.models import Article, HouseRules, SavedArticle, Snapshot, User
from reader.refusals import TooManySaves
from reader.services.limits import read_limits
from reader.services.saving import save_links, save_pasted
from reader.values import Page
from tests.builders import make_saved
from tests.services.at_once import run_at_once

pytestmark = pytest.mark.django_db

TEXT = "Warga menanam seratus pohon di tepi kali pada hari Minggu. " * 20


def links(*numbers: int) -> str:
    return " ".join(f"https://berita.example/artikel/{number}-panjang" for number in numbers)


def test_ones_own_limits_go_before_the_house_rules(ann: User) -> None:
    assert read_limits(user=ann).saves_per_day == 10_000
    HouseRules.objects.create(pk=1, saves_per_day=5, stored_megabytes=6)
    ann.stored_megabytes = 0
    limits = read_limits(user=ann)
    assert (limits.saves_per_day, limits.stored_megabytes, limits.most_highlights) == (5, 0, 50_000)


def test_a_day_has_an_end_and_then_comes_the_next(ann: User, ben: User) -> None:
    User.objects.filter(pk=ann.pk).update(saves_per_day=2)

    outcome = save_links(user=ann, text=links(1, 2, 3))

    assert (len(outcome.saved), [each.error.code for each in outcome.refused]) == (2, ["too_many_saves"])
    assert Article.objects.count() == 2, "what was refused left nothing behind"
    again = save_links(user=ann, text=outcome.saved[0].article.url)
    assert (len(again.known), again.refused) == (1, []), "what is there is no new article"
    with pytest.raises(TooManySaves):
        save_pasted(user=ann, text=TEXT)
    assert len(save_links(user=ben, text=links(1, 2, 3)).saved) == 3

    User.objects.update(saves_on=timezone.localdate() - timedelta(days=1))
    assert len(save_links(user=ann, text=links(4)).saved) == 1


def test_deleting_and_saving_again_does_not_turn_the_day_back(ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(saves_per_day=1)
    save_links(user=ann, text=links(1))
    SavedArticle.objects.all().delete()
    assert save_links(user=ann, text=links(2)).saved == []


def test_room_has_an_end_until_something_is_deleted(ann: User) -> None:
    saved = make_saved(ann)
    page = Page(url=saved.article.url, final_url=saved.article.url, body=bytes(1_000_000))
    Snapshot.objects.store(saved.article_id, page)
    User.objects.filter(pk=ann.pk).update(stored_megabytes=1)

    refused = save_links(user=ann, text=links(1)).refused
    assert [each.error.code for each in refused] == ["storage_used_up"]

    SavedArticle.objects.filter(pk=saved.pk).update(deleted_at=timezone.now())
    assert len(save_links(user=ann, text=links(1)).saved) == 1


def test_the_page_says_so_and_keeps_the_link_in_the_box(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(saves_per_day=0)
    client.force_login(ann)
    for address, words in (("id", "Simpan lagi besok"), ("en", "Save it again tomorrow")):
        client.post("/language/", {"language": address})
        answer = client.post("/save/", {"links": links(1)})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "1-panjang" in answer.content.decode()


def test_a_related_article_that_is_refused_is_told_too(client: Client, ann: User) -> None:
    saved = make_saved(ann, related=[{"title": "Lain", "url": "https://berita.example/lain"}])
    User.objects.filter(pk=ann.pk).update(saves_per_day=0)
    client.force_login(ann)
    answer = client.post(f"/articles/{saved.article_id}/related/", {"number": "0"}, follow=True)
    assert "Simpan lagi besok" in answer.content.decode()


def test_what_is_stored_is_counted_again_by_a_worker(
    ann: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    saved = make_saved(ann)
    page = Page(url=saved.article.url, final_url=saved.article.url, body=bytes(5_000))
    Snapshot.objects.store(saved.article_id, page)
    long_ago = timezone.now() - timedelta(minutes=6)
    User.objects.filter(pk=ann.pk).update(stored_counted_at=long_ago, stored_bytes=7)
    HUEY.flush()

    with django_capture_on_commit_callbacks(execute=True):
        save_links(user=ann, text=links(1))
        save_links(user=ann, text=links(2))

    rung_for = [task for task in HUEY.pending() if task.name == "count_storage"]
    assert [task.args for task in rung_for] == [(ann.pk,)]
    assert User.objects.get(pk=ann.pk).stored_bytes == 7
    tasks.count_storage.call_local(*rung_for[0].args)
    assert User.objects.get(pk=ann.pk).stored_bytes == 5_000
    HUEY.flush()


@pytest.mark.django_db(transaction=True)
def test_two_pastes_at_once_do_not_pass_the_limit_together(ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(saves_per_day=3)
    numbers = itertools.count(1)
    run_at_once(3, lambda: save_links(user=ann, text=links(next(numbers), next(numbers))))
    assert SavedArticle.objects.of(ann).count() == 3
