"""The page's questions about what is being fetched."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Article, User
from reader.web.paging import PAGE_SIZE
from tests.builders import make_saved

pytestmark = pytest.mark.django_db

State = Article.State
PROGRESS = "/entries/"


def test_only_what_changed_is_swapped_and_the_rest_is_asked_for_again(client: Client, ann: User) -> None:
    waiting, begun, fetching, done = (
        make_saved(ann, state=state).article_id
        for state in (State.QUEUED, State.FETCHING, State.FETCHING, State.READY)
    )
    client.force_login(ann)

    ids = f"{waiting},{begun},{fetching},{done}"
    response = client.get(PROGRESS, {"ids": ids, "fetching": str(fetching), "turn": "3"})

    assert {entry.id for entry in response.context["changed"]} == {begun, done}
    poller = response.context["poller"]
    assert f"ids={fetching},{begun},{waiting}" in poller.url
    assert f"fetching={fetching},{begun}&" in poller.url
    assert "turn=4" in poller.url
    assert response.content.decode().count("hx-swap-oob") == 3


def test_when_all_is_done_nothing_is_asked_any_more(client: Client, ann: User) -> None:
    saved = make_saved(ann, state=State.FAILED)
    client.force_login(ann)

    response = client.get(PROGRESS, {"ids": str(saved.article_id)})

    assert response.context["poller"] is None
    assert "hx-trigger" not in response.content.decode()


def test_waiting_long_is_asked_about_less_often(client: Client, ann: User) -> None:
    saved = make_saved(ann, state=State.QUEUED)
    client.force_login(ann)

    response = client.get(PROGRESS, {"ids": str(saved.article_id), "turn": "200"})

    assert response.context["poller"].seconds == 5


def test_what_was_archived_meanwhile_is_not_put_back(client: Client, ann: User) -> None:
    saved = make_saved(ann, archived_at=timezone.now())
    client.force_login(ann)

    response = client.get(PROGRESS, {"ids": str(saved.article_id), "back": "list"})

    assert response.context["changed"] == []


def test_htmx_without_login_is_told_to_leave_the_page(client: Client, ann: User) -> None:
    response = client.get(
        PROGRESS, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/archive/"}
    )

    assert response["HX-Redirect"] == f"{reverse('account_login')}?next=/archive/"


def test_another_persons_entries_are_not_told(client: Client, ann: User, ben: User) -> None:
    saved = make_saved(ben)
    client.force_login(ann)

    response = client.get(PROGRESS, {"ids": str(saved.article_id)})

    assert response.context["changed"] == []


def test_progress_changes_nothing(client: Client, ann: User) -> None:
    client.force_login(ann)

    assert client.post(PROGRESS).status_code == 405


@pytest.mark.parametrize("ids", ["", "x", "1,,2", "-1", "9" * 40, "1" * 5000, "²,³", "1;drop"])
def test_senseless_numbers_are_left_aside(client: Client, ann: User, ids: str) -> None:
    client.force_login(ann)

    response = client.get(PROGRESS, {"ids": ids, "fetching": ids, "turn": ids})

    assert response.status_code == 200


def test_one_question_is_about_one_page_at_most(client: Client, ann: User) -> None:
    made = [make_saved(ann, state=State.QUEUED).article_id for _ in range(32)]
    client.force_login(ann)

    response = client.get(PROGRESS, {"ids": ",".join(map(str, made))})

    assert response.context["poller"].url.split("&")[0].count(",") == PAGE_SIZE - 1


def test_the_query_count_stays_flat(
    client: Client, ann: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ann)
    client.get(PROGRESS)
    ids: list[int] = []
    counts = []
    for _ in range(2):
        ids += [make_saved(ann).article_id for _ in range(10)]
        with django_assert_max_num_queries(3) as queries:
            client.get(PROGRESS, {"ids": ",".join(map(str, ids))})
        counts.append(len(queries))

    assert counts == [3, 3]
