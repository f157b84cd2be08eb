"""Acts on many entries from the page."""

import pytest
from django.test import Client
from django.utils import timezone

from reader.models import ListAct, SavedArticle, Tag, User
from tests.builders import make_saved, make_tag

pytestmark = pytest.mark.django_db


def test_what_is_picked_is_archived_said_and_undone(client: Client, ann: User) -> None:
    picked, other = make_saved(ann), make_saved(ann)
    client.force_login(ann)

    answer = client.post(
        "/many/", {"act": "archive", "scope": "ids", "ids": [picked.article_id], "back": "list"}
    )
    act = ListAct.objects.get()

    assert (answer.status_code, answer["Location"]) == (303, f"/?many={act.pk}")
    page = client.get(answer["Location"])
    assert "1 diarsipkan" in page.content.decode()
    assert [entry.id for entry in page.context["shelf"].entries] == [other.article_id]
    undone = client.post(page.context["shelf"].many.undo_url, {"back": "list"})
    assert undone.status_code == 303
    assert SavedArticle.objects.unread().count() == 2


@pytest.mark.parametrize(("scope", "expected"), [("page", 2), ("all", 3), ("ids", 1), ("nonsense", 1)])
def test_the_scope_says_how_many(client: Client, ann: User, scope: str, expected: int) -> None:
    ids = [make_saved(ann).article_id for _ in range(3)]
    make_saved(ann, archived_at=timezone.now())
    client.force_login(ann)

    client.post("/many/", {"act": "star", "scope": scope, "ids": ids[:1], "page": ids[:2], "back": "list"})

    assert SavedArticle.objects.starred().count() == expected


def test_all_that_match_are_those_of_the_filter(client: Client, ann: User) -> None:
    make_saved(ann, host="tirto.id")
    make_saved(ann, host="kompas.com")
    client.force_login(ann)

    client.post("/many/", {"act": "delete", "scope": "all", "back": "all", "site": "tirto.id"})

    assert [saved.site for saved in SavedArticle.objects.trashed()] == ["tirto.id"]


def test_many_are_tagged_and_a_tag_without_a_name_does_nothing(client: Client, ann: User, ben: User) -> None:
    make_tag(ben, "kopi")
    saved = make_saved(ann)
    client.force_login(ann)

    asked = client.post(
        "/many/", {"act": "tag", "scope": "all", "back": "list", "many-tag": " "}, follow=True
    )
    assert "Ketik dulu labelnya." in asked.text
    asked = client.post(
        "/many/", {"act": "untag", "scope": "all", "back": "list", "many-tag": "kopi"}, follow=True
    )
    assert "Anda tidak punya label “kopi”." in asked.text
    assert not ListAct.objects.exists()
    client.post("/many/", {"act": "tag", "scope": "all", "back": "list", "many-tag": "Kopi"})
    assert [tag.name for tag in saved.tags.all()] == ["Kopi"]
    client.post("/many/", {"act": "untag", "scope": "all", "back": "list", "many-tag": "kopi"})
    assert saved.tags.count() == 0


def test_one_tag_more_than_there_can_be_is_said(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.tagging.MAX_TAGS", 1)
    make_tag(ann, "Teh")
    make_saved(ann)
    client.force_login(ann)

    asked = client.post(
        "/many/", {"act": "tag", "scope": "all", "back": "list", "many-tag": "Kopi"}, follow=True
    )

    assert "Label Anda sudah sebanyak yang bisa" in asked.text


def test_without_anything_picked_nothing_is_done_and_it_is_said(client: Client, ann: User) -> None:
    make_saved(ann)
    client.force_login(ann)

    for act in ("delete", "tag"):
        form = {"act": act, "scope": "ids", "many-tag": "kopi", "back": "list"}
        assert "Belum ada yang dipilih." in client.post("/many/", form, follow=True).text
    assert not ListAct.objects.exists()
    assert not Tag.objects.exists()


def test_strangers_and_others_reach_nothing(client: Client, ann: User, ben: User) -> None:
    foreign = make_saved(ben)
    act = ListAct.objects.create(user=ben, name="archive")
    assert client.post("/many/", {"act": "delete", "scope": "all"})["Location"].startswith("/accounts/login/")
    client.force_login(ann)

    client.post("/many/", {"act": "delete", "scope": "ids", "ids": [foreign.article_id], "back": "list"})

    assert client.get(f"/many/{act.pk}/").status_code == 404
    assert client.post(f"/many/{act.pk}/undo/").status_code == 404
    assert client.get("/", {"many": act.pk}).context["shelf"].many is None
    assert not SavedArticle.objects.trashed().exists()


@pytest.mark.parametrize("fields", [{}, {"act": "explode"}, {"act": "archive", "ids": ["x", "-1", "9" * 30]}])
def test_nonsense_changes_nothing(client: Client, ann: User, fields: dict[str, object]) -> None:
    make_saved(ann)
    client.force_login(ann)

    assert client.post("/many/", fields).status_code in {303, 404}
    assert SavedArticle.objects.unread().count() == 1


def test_many_are_changed_by_post_only(client: Client, ann: User) -> None:
    client.force_login(ann)

    assert client.get("/many/").status_code == 405


def test_progress_is_told_until_the_end(client: Client, ann: User) -> None:
    act = ListAct.objects.create(user=ann, name="archive", total=9, seen=3)
    client.force_login(ann)

    under_way = client.get(f"/many/{act.pk}/", {"back": "archive"})
    assert "3 / 9" in under_way.content.decode()
    assert "HX-Redirect" not in under_way
    ListAct.objects.update(finished_at=timezone.now())
    assert client.get(f"/many/{act.pk}/", {"back": "archive"})["HX-Redirect"] == f"/archive/?many={act.pk}"
