"""Tags, title, date and note of an entry, from the page; and the page of all tags."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import ListAct, SavedArticle, Tag, TagLoss, TagRule, User
from reader.web.views import editing
from tests.builders import make_saved, make_tag

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def names(saved: SavedArticle) -> list[str]:
    return [tag.name for tag in saved.tags.all()]


def test_tags_are_changed_and_undone_without_javascript(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    make_tag(ann, "lama", saved)
    client.force_login(ann)
    address = reverse("entry-tags", args=[saved.article_id])

    assert 'value="lama"' in client.get(address, {"back": "all"}).content.decode()
    answer = client.post(address, {"tags": "kopi, Teh", "back": "all"})
    assert names(saved) == ["kopi", "Teh"]
    undo = client.get(answer["Location"]).context["shelf"].undo
    client.post(undo.url, {**dict(undo.fields), "undo": "1", "back": "all"})

    assert answer["Location"].startswith("/all/?undo=tags-")
    assert names(saved) == ["lama"]


def test_in_place_the_form_and_then_the_entry_come(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)
    address = reverse("entry-tags", args=[saved.article_id])

    form = client.get(address, headers=HTMX).content.decode()
    entry = client.post(address, {"tags": "kopi", "back": "list"}, headers=HTMX).content.decode()

    assert "<html" not in form
    assert form.count("<form") == 1
    assert f'id="entry-{saved.article_id}"' in entry
    assert ">kopi</a>" in entry
    assert 'name="undo" value="1"' in entry


def test_tags_of_what_is_deleted_meanwhile_are_not_found(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    def delete(**_tags: object) -> None:
        SavedArticle.objects.update(deleted_at=timezone.now())

    monkeypatch.setattr(editing, "set_tags", delete)
    answer = client.post(reverse("entry-tags", args=[saved.article_id]), {"tags": "kopi"}, headers=HTMX)

    assert answer.status_code == 404


def test_anothers_former_tags_are_not_given_back(client: Client, ann: User, ben: User) -> None:
    saved, foreign = make_saved(ann), make_tag(ben, "rahasia")
    client.force_login(ann)

    page = client.get("/", {"undo": f"tags-{saved.article_id}", "former": str(foreign.pk)})

    assert page.context["shelf"].undo.fields == (("tags", ""),)


def test_who_changes_no_tags_gets_the_row_back(client: Client, ann: User, ben: User) -> None:
    saved, foreign = make_saved(ann), make_saved(ben)
    client.force_login(ann)
    address = reverse("entry-tags", args=[saved.article_id])

    form = client.get(address, {"back": "all"}, headers=HTMX).text
    assert f'hx-get="{address}?back=all&amp;as=row"' in form
    row = client.get(address, {"back": "all", "as": "row"}, headers=HTMX).text
    assert row.lstrip().startswith('<li class="entry')
    assert "Urungkan" not in row
    elsewhere = reverse("entry-tags", args=[foreign.article_id])
    assert client.get(elsewhere, {"as": "row"}, headers=HTMX).status_code == 404


def test_pages_of_tags_lead_to_each_other_and_suggest_what_is_there(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    tag = make_tag(ann, "kopi", saved)
    client.force_login(ann)

    page = client.get(reverse("tag", args=[tag.pk])).content.decode()
    assert f'href="/all/?tag={tag.pk}"' in page
    assert '<a href="/tags/" aria-current="true">' in page
    edited = client.get(reverse("edit", args=[saved.article_id])).content.decode()
    assert 'list="tag-options"' in edited
    assert 'hx-get="/tags/suggest/"' in edited
    assert (
        "<title>Label: kopi – Semua · Teduh</title>" in client.get("/all/", {"tag": tag.pk}).content.decode()
    )


def test_own_words_are_shown_everywhere_and_reset(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)
    address = reverse("edit", args=[saved.article_id])
    fields = {"title": "Judulku", "published_on": "2001-02-03", "note": "<b>Ingat</b>", "tags": "a, b"}

    assert client.post(address, {**fields, "back": "all"})["Location"] == f"/all/#entry-{saved.article_id}"
    page = client.get("/all/").content.decode()
    assert "Perubahan Anda disimpan." in page
    for words in ("Judulku", "3 Februari 2001", "&lt;b&gt;Ingat&lt;/b&gt;", ">a</a>", ">b</a>"):
        assert words in page
    assert "Judulku" in client.get(reverse("reading", args=[saved.article_id])).content.decode()

    client.post(address, {"reset": "1"})
    assert "Judulku" not in client.get("/all/").content.decode()


@pytest.mark.parametrize("day", ["31-31-31", "0001-01-01", "kemarin"])
def test_a_day_that_is_none_comes_back_with_a_sentence(client: Client, ann: User, day: str) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    answer = client.post(reverse("edit", args=[saved.article_id]), {"title": "X", "published_on": day})

    assert answer.status_code == 422
    assert "form-error" in answer.content.decode()
    saved.refresh_from_db()
    assert saved.own_title == ""


@pytest.mark.parametrize("name", ["entry-tags", "edit"])
def test_another_persons_entry_is_404(client: Client, ann: User, ben: User, name: str) -> None:
    saved = make_saved(ben)
    address = reverse(name, args=[saved.article_id])
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client.force_login(ann)

    assert client.get(address).status_code == 404
    assert client.post(address, {"tags": "x", "title": "x"}).status_code == 404
    assert not Tag.objects.exists()


def test_a_tag_is_renamed_merged_and_deleted(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    kopi, teh = make_tag(ann, "kopi", saved), make_tag(ann, "teh")
    client.force_login(ann)

    assert client.post(reverse("tag", args=[kopi.pk]), {"name": "TEH"}).status_code == 422
    assert client.post(reverse("tag", args=[kopi.pk]), {"name": "Kopi Hitam"}).status_code == 303
    merged = client.post(reverse("merge-tag", args=[kopi.pk]), {"into": "teh"})
    assert names(saved) == ["teh"]
    deleted = client.post(reverse("delete-tag", args=[teh.pk]))
    assert names(saved) == []
    for answer, name in ((deleted, "teh"), (merged, "Kopi Hitam")):
        loss = TagLoss.objects.get(name=name)
        undo = reverse("bring-back-tag", args=[loss.pk])
        assert f'action="{undo}"' in client.get(answer["Location"]).text
        assert f"Label “{name}” kembali." in client.post(undo, follow=True).text
        assert f"Label “{name}” kembali." in client.post(undo, follow=True).text
        assert f'action="{undo}"' not in client.get(answer["Location"]).text
    assert names(saved) == ["Kopi Hitam", "teh"]
    assert SavedArticle.objects.unread().get() == saved


@pytest.mark.parametrize("name", ["tag", "merge-tag", "delete-tag"])
def test_another_persons_tag_is_404(client: Client, ann: User, ben: User, name: str) -> None:
    tag = make_tag(ben, "rahasia")
    make_tag(ann, "kopi")
    client.force_login(ann)

    assert client.post(reverse(name, args=[tag.pk]), {"name": "x", "into": "kopi"}).status_code == 404
    assert Tag.objects.get(pk=tag.pk).name == "rahasia"


def test_a_rule_that_says_nothing_makes_no_tag_and_one_too_many_is_said(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(ann)

    refused = client.post("/tags/rules/", {"kind": "site", "value": "kompas", "name": "x"}, follow=True)
    assert "situs seperti kompas.com" in refused.text
    assert not Tag.objects.exists()

    monkeypatch.setattr("reader.services.tagging.MAX_RULES", 0)
    refused = client.post("/tags/rules/", {"kind": "site", "value": "kompas.com", "name": "x"}, follow=True)
    assert "hapus salah satu dulu" in refused.text
    assert not Tag.objects.exists()


def test_a_rule_is_made_run_and_deleted(client: Client, ann: User, ben: User) -> None:
    saved = make_saved(ann, host="tirto.id")
    client.force_login(ann)

    answer = client.post("/tags/rules/", {"kind": "site", "value": "tirto.id", "name": "tirto"})

    rule, act = TagRule.objects.get(), ListAct.objects.get()
    assert answer["Location"] == f"/all/?tag={rule.tag_id}&many={act.pk}"
    assert names(saved) == ["tirto"]
    assert "tirto.id → tirto" in client.get("/tags/").content.decode()
    client.force_login(ben)
    assert client.post(reverse("delete-tag-rule", args=[rule.pk])).status_code == 404
    client.force_login(ann)
    client.post(reverse("delete-tag-rule", args=[rule.pk]))
    assert not TagRule.objects.exists()
    assert names(saved) == ["tirto"]


def test_suggestions_are_ones_own_and_keep_what_stands_before(client: Client, ann: User, ben: User) -> None:
    make_tag(ann, "Kopi Gayo")
    make_tag(ben, "kopi rahasia")
    client.force_login(ann)

    text = client.get("/tags/suggest/", {"tags": "teh, ko"}).content.decode()

    assert text.strip() == '<option value="teh, Kopi Gayo"></option>'
    assert client.get("/tags/suggest/", {"tags": "teh,"}).content.decode().strip() == ""


def test_density_is_kept(client: Client, ann: User) -> None:
    make_saved(ann)
    client.force_login(ann)

    assert client.post("/density/", {"density": "compact", "back": "all"})["Location"] == "/all/"
    assert "entries--compact" in client.get("/").content.decode()
    client.post("/density/", {"density": "nonsense"})
    ann.refresh_from_db()
    assert ann.density == "compact"
