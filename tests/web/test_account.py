"""A person's own account: limits, everything as a file, and leaving."""

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from huey.contrib.djhuey import HUEY
from pytest_django import DjangoAssertNumQueries

from reader.listing import sweep_leaving
from reader.models import Article, AuditEntry, Highlight, SavedArticle, Snapshot, TagRule, User
from reader.services import leaving
from reader.services.roles import ADMINISTRATOR, LastAdministrator, give_role
from reader.values import Page
from tests.builders import PASSWORD, make_article, make_highlight, make_saved, make_tag, make_user

pytestmark = pytest.mark.django_db


def take_along(client: Client) -> zipfile.ZipFile:
    answer = client.post("/account/export/")
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert archive.testzip() is None
    return archive


def leave(client: Client, password: str = PASSWORD) -> int:
    return client.post("/account/delete/", {"password": password}).status_code


def test_the_page_tells_what_is_used(
    client: Client, ann: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    saved = make_saved(ann)
    make_highlight(saved)
    User.objects.filter(pk=ann.pk).update(saves=7, saves_on=timezone.localdate(), most_highlights=12)
    client.force_login(ann)
    client.get("/")
    with django_assert_max_num_queries(6):
        page = client.get("/account/").content.decode()
    assert "7 dari 10.000" in page
    assert "1 dari 12" in page


def test_what_is_stored_is_told_as_it_was_counted_and_counted_anew_behind(
    client: Client,
    ann: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    HUEY.flush()
    long_ago = timezone.now() - timedelta(minutes=6)
    User.objects.filter(pk=ann.pk).update(stored_bytes=41_000_001, stored_counted_at=long_ago)
    client.force_login(ann)
    for is_first in (True, False):
        most = django_assert_max_num_queries(8 if is_first else 6)
        with django_capture_on_commit_callbacks(execute=True), most:
            page = client.get("/account/").content.decode()
        assert "42 dari " in page
        assert "(dihitung pada " in page
    assert [task.args for task in HUEY.pending() if task.name == "count_storage"] == [(ann.pk,)]
    HUEY.flush()

    User.objects.filter(pk=ann.pk).update(stored_megabytes=41)
    assert "0 dari 41<" in client.get("/account/").content.decode()


def test_the_page_needs_nothing_to_be_written(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(stored_counted_at=timezone.now() - timedelta(hours=1))
    client.force_login(ann)

    def refuse(execute: Callable[..., object], sql: str, *more: object) -> object:
        if sql.startswith("UPDATE"):
            raise OperationalError("database or disk is full")
        return execute(sql, *more)

    with connection.execute_wrapper(refuse):
        assert client.get("/account/").status_code == 200


def test_everything_of_ones_own_is_in_the_file(client: Client, ann: User, ben: User) -> None:
    article = make_article(title="Judul <b>tebal</b>", content="<p>Teks di sini.</p>", text="Teks di sini.")
    saved = make_saved(ann, article=article, note="Catatan <script>")
    tag = make_tag(ann, "politik", saved)
    TagRule.objects.create(user=ann, tag=tag, kind="site", value="berita.example")
    make_highlight(saved, quote="Teks", note="penting")
    binned = make_saved(ann, deleted_at=timezone.now())
    others = make_saved(ben, article=article, note="milik ben")
    make_highlight(others, quote="di sini", note="milik ben")
    make_saved(ben)
    client.force_login(ann)

    archive = take_along(client)

    read = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("milik ben" in text for text in read.values())
    articles = json.loads(read["articles.json"])["articles"]
    assert [each["url"] for each in articles] == [article.url, binned.article.url]
    assert (articles[0]["entry"]["note"], articles[0]["tags"]) == ("Catatan <script>", ["politik"])
    assert articles[0]["content_html"] == "<p>Teks di sini.</p>"
    assert json.loads(read["tags.json"])[0]["rules"] == [{"kind": "site", "value": "berita.example"}]
    (highlight,) = json.loads(read["highlights.json"])["highlights"]
    assert (highlight["quote"], highlight["note"]) == ("Teks", "penting")
    assert json.loads(read["account.json"])["username"] == "ann"
    assert "password" not in read["account.json"]
    page = read[f"articles/{article.pk}.html"]
    assert "<p>Teks di sini.</p>" in page
    assert "Judul &lt;b&gt;tebal&lt;/b&gt;" in page
    assert "Catatan &lt;script&gt;" in page
    assert f"articles/{article.pk}.html" in read["index.html"]


def test_what_was_taken_down_is_not_in_the_file_but_what_was_noted_is(client: Client, ann: User) -> None:
    article = make_article(content="<p>Rahasia orang.</p>", text="Rahasia orang.")
    saved = make_saved(ann, article=article, note="catatanku")
    make_highlight(saved, quote="Rahasia orang", note="pendapatku")
    make_highlight(saved, quote="orang", note="lagi")
    Article.objects.filter(pk=article.pk).update(taken_down_at=timezone.now())
    client.force_login(ann)

    archive = take_along(client)

    everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Rahasia" not in everything
    assert "<blockquote" not in everything
    assert "catatanku" in everything
    assert everything.count("pendapatku") == 2


def test_the_file_is_asked_for_by_post_and_by_oneself(client: Client, ann: User) -> None:
    assert client.post("/account/export/").status_code == 302
    client.force_login(ann)
    assert client.get("/account/export/").status_code == 405
    for _ in range(2):
        take_along(client)
    assert client.post("/account/export/").status_code == 429


def test_leaving_needs_the_password_and_can_be_taken_back(client: Client, ann: User) -> None:
    client.force_login(ann)
    answer = client.post("/account/delete/", {"password": "salah"})
    assert answer.status_code == 422
    assert "bukan kata sandi Anda" in answer.content.decode()
    ann.refresh_from_db()
    assert ann.leaves_at is None

    assert leave(client) == 303
    assert leave(client) == 303, "a second click does nothing more"
    assert AuditEntry.objects.filter(act="person.leave").count() == 1
    assert "Akun Anda akan dihapus pada" in client.get("/").content.decode()
    take_along(client)

    client.post("/account/keep/")
    ann.refresh_from_db()
    assert ann.leaves_at is None
    assert "Akun Anda akan dihapus pada" not in client.get("/").content.decode()


def test_guessing_the_password_is_slowed_down(client: Client, ann: User) -> None:
    client.force_login(ann)
    for _ in range(5):
        leave(client, "salah")
    assert leave(client) == 429


def test_who_is_sent_away_cannot_stay_by_himself(client: Client, ann: User, adi: User) -> None:
    assert leaving.leave(user=ann, actor=adi, reason="Menipu")
    client.force_login(ann)
    assert "Keputusan administrator" in client.get("/account/").content.decode()
    client.post("/account/keep/")
    ann.refresh_from_db()
    assert ann.leaves_at is not None
    assert leaving.stay(user=ann, actor=adi)


def test_the_last_administrator_does_not_leave(client: Client, adi: User, ben: User) -> None:
    client.force_login(adi)
    assert leave(client) == 422
    give_role(user=ben, role=ADMINISTRATOR)
    assert leave(client) == 303
    with pytest.raises(LastAdministrator):
        leaving.leave(user=ben, actor=ben)


def test_when_the_day_has_come_all_of_it_goes_and_nothing_of_others(
    client: Client, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.listing.leaving._AT_MOST", 2)
    shared = make_article()
    for each in (shared, make_article(), make_article(), make_article(owner=ann)):
        saved = make_saved(ann, article=each)
        make_tag(ann, f"tag {saved.pk}", saved)
        make_highlight(saved)
    own = Article.objects.get(owner=ann)
    Snapshot.objects.store(own.pk, Page(url=own.url, final_url=own.url, body=b"x"))
    make_highlight(make_saved(ben, article=shared))
    client.force_login(ann)
    leaving.leave(user=ann, actor=ann)
    now = timezone.now()

    assert sweep_leaving(now + timedelta(days=leaving.DAYS, minutes=-1)) == 0
    assert client.get("/").status_code == 200
    later = now + timedelta(days=leaving.DAYS, minutes=1)
    swept = [sweep_leaving(later) for _ in range(5)]

    assert swept == [0, 0, 0, 1, 0], "in slices, and the person last"
    assert client.get("/").status_code == 302
    assert list(User.objects.all()) == [ben]
    assert list(SavedArticle.objects.values_list("user", flat=True)) == [ben.pk]
    assert Highlight.objects.count() == 1
    assert not Article.objects.filter(pk=own.pk).exists()
    assert Article.objects.filter(pk=shared.pk).exists()


def test_from_the_first_slice_on_there_is_no_way_back(client: Client, adi: User) -> None:
    eve = make_user("eve")
    make_saved(eve)
    leaving.leave(user=eve, actor=adi)
    User.objects.filter(pk=eve.pk).update(leaves_at=timezone.now() - timedelta(minutes=1))
    client.force_login(eve)
    sweep_leaving(timezone.now())
    assert client.get("/").status_code == 302
    assert not leaving.stay(user=eve, actor=adi)


def test_the_day_of_the_last_act_is_noted_and_reading_is_not(client: Client) -> None:
    last = timezone.localdate() - timedelta(days=9)
    eve = make_user("eve", last_active_on=last)
    saved = make_saved(eve)
    client.force_login(eve)
    client.get(f"/articles/{saved.article_id}/")
    eve.refresh_from_db()
    assert eve.last_active_on == last

    client.post(f"/articles/{saved.article_id}/star/")
    eve.refresh_from_db()
    assert eve.last_active_on == timezone.localdate()
