"""What holds for every page, over a table of all pages."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from reader.indexing import index_article
from reader.models import Article, Highlight, ListAct, SavedSearch, StoryPair, Tag, User
from tests.builders import make_article, make_highlight, make_saved, make_tag
from tests.web.test_versions import make_version

pytestmark = pytest.mark.django_db

FOR_ANYBODY = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/inactive/",
    "/transparency/",
    "/offline/",
]
FOR_READERS = [
    "/",
    "/archive/",
    "/starred/",
    "/all/",
    "/trash/",
    "/keys/",
    "/keys/reading/",
    "/preferences/",
    "/account/",
    "/account/delete/",
    "/save/",
    "/save/?url=https://berita.example/baru",
    "/tags/",
    "/tags/suggest/?tags=p",
    "/tags/TAG/",
    "/many/ACT/",
    "/same/",
    "/highlights/",
    "/highlights/HIGHLIGHT/",
    "/search/",
    "/search/?q=pohon",
    "/search/?q=is:lucu",
    "/search/SEARCH/",
    "/articles/ID/tags/",
    "/articles/ID/edit/",
    "/articles/ID/report/",
    "/entries/?ids=1",
    "/articles/ID/",
    "/articles/ID/versions/",
    "/articles/ID/versions/VERSION/",
    "/articles/ID/versions/changes/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/nothing/",
]
# What htmx asks for and puts into a page.
PARTS = ["/entries/?ids=1", "/tags/suggest/?tags=p", "/many/ACT/"]
FOR_MODERATORS = ["/admin/", "/admin/reader/article/", "/admin/reader/article/ID/change/"]
PAGES = [*FOR_ANYBODY, *FOR_READERS, *FOR_MODERATORS]


@pytest.fixture
def article(mia: User) -> Article:
    article = make_article(state=Article.State.PARTIAL)
    saved = make_saved(mia, article=article)
    make_tag(mia, "politik", saved)
    make_highlight(saved, note="Catatan")
    make_highlight(saved, "hilang")
    for colour, words in (("green", "sejak pagi"), ("blue", "Gotong royong"), ("pink", "Semua ikut")):
        make_highlight(saved, words, colour=colour)
    StoryPair.objects.create(user=mia, first=saved, second=make_saved(mia))
    ListAct.objects.create(user=mia, name="star")
    SavedSearch.objects.create(user=mia, name="Pohon", query="pohon")
    index_article(article.pk)
    make_version(article)
    return article


def address_of(article: Article, page: str) -> str:
    numbers = {
        "HIGHLIGHT": Highlight.objects.earliest("pk").pk,
        "ID": article.pk,
        "VERSION": article.versions.get().pk,
        "TAG": Tag.objects.get().pk,
        "ACT": ListAct.objects.get().pk,
        "SEARCH": SavedSearch.objects.get().pk,
    }
    for name, number in numbers.items():
        page = page.replace(name, str(number))
    return page


def get(client: Client, mia: User, article: Article, page: str) -> tuple[str, object]:
    if page not in FOR_ANYBODY:
        client.force_login(mia)
    response = client.get(address_of(article, page))
    assert response.status_code == (404 if page == "/nothing/" else 200)
    return response.content.decode(), response


@pytest.mark.parametrize("page", PAGES)
def test_headers_close_every_page(client: Client, mia: User, article: Article, page: str) -> None:
    _, response = get(client, mia, article, page)
    headers = response.headers  # type: ignore[attr-defined]

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "no-cache" in headers["Cache-Control"]
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize("page", [*FOR_ANYBODY, *FOR_READERS])
def test_no_page_has_inline_script_or_style_or_loads_from_elsewhere(
    client: Client, mia: User, article: Article, page: str
) -> None:
    text, _ = get(client, mia, article, page)

    # The bookmarklet: to be dragged to the bookmarks; here, the policy would not let it run.
    text = re.sub(r"javascript:location\.href=&#x27;http://testserver/save/\?url=", "", text)
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text) == []
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    loaded = re.findall(r"<(?:script|img|iframe|source|video|audio)[^>]*?\ssrc=\"([^\"]*)", text)
    loaded += re.findall(r"<link[^>]*?\shref=\"([^\"]*)", text)
    assert all(address.startswith("/static/") or address == "/manifest.webmanifest" for address in loaded)


@pytest.mark.parametrize("page", [*FOR_ANYBODY, *FOR_READERS])
def test_every_form_that_posts_and_no_other_carries_the_token(
    client: Client, mia: User, article: Article, page: str
) -> None:
    text, _ = get(client, mia, article, page)

    for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
        # A question leaves no token in addresses.
        assert ('method="post"' in form) != ('method="get"' in form)
        assert ("csrfmiddlewaretoken" in form) == ('method="post"' in form)
        assert re.search(r'action="(?!/)', form) is None


@pytest.mark.parametrize("page", [page for page in [*FOR_ANYBODY, *FOR_READERS] if page not in PARTS])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_has_a_language_a_title_one_heading_and_landmarks(
    client: Client, mia: User, article: Article, page: str, language: str
) -> None:
    client.cookies["django_language"] = language
    text, _ = get(client, mia, article, page)

    assert f'<html lang="{language}">' in text
    assert re.search(r"<title>\S[^<]* · Teduh</title>", text)
    assert text.count("<h1") == 1
    assert text.count("<main") == text.count('id="main"') == 1
    assert 'href="#main"' in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", [page for page in [*FOR_READERS, *FOR_MODERATORS] if page != "/nothing/"])
def test_strangers_see_the_login_only(client: Client, mia: User, article: Article, page: str) -> None:
    response = client.get(address_of(article, page))

    assert response.status_code == 302
    assert response["Location"].startswith("/") is True
    assert response["Location"].startswith("/accounts/login/") or page == "/accounts/logout/"


@pytest.mark.parametrize("page", [*FOR_ANYBODY, *FOR_READERS])
@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_odd_methods_change_nothing(
    client: Client, mia: User, article: Article, page: str, method: str
) -> None:
    client.force_login(mia)

    response = client.generic(method.upper(), address_of(article, page))

    # allauth's pages answer PUT with the empty form, or send those who are logged in away.
    assert response.status_code in ({200, 302, 405} if page.startswith("/accounts/") else {404, 405})
    assert client.session.session_key, "still logged in"


def test_an_unknown_host_is_refused_without_a_debug_page(client: Client, mia: User) -> None:
    response = client.get("/", headers={"Host": "elsewhere.example"})

    assert response.status_code == 400
    text = response.content.decode()
    assert "Permintaan ini tidak dapat dipahami" in text
    assert "This request cannot be understood" in text
    assert "elsewhere.example" not in text


def test_a_fault_of_ours_is_told_in_both_languages_and_nothing_else(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    client.force_login(ann)
    monkeypatch.setattr("reader.web.views.lists.make_shelf", lambda *_, **__: 1 / 0)

    response = client.get("/")

    assert response.status_code == 500
    text = response.content.decode()
    assert "Ada yang salah di pihak kami" in text
    assert "Something went wrong on our side" in text
    assert "ZeroDivisionError" not in text
    assert "Traceback" not in text


def test_the_fault_page_needs_no_collected_files(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    client.raise_request_exception = False
    client.force_login(ann)

    # With no manifest every page fails; what is shown then must not fail as well.
    response = client.get("/")

    assert response.status_code == 500
    assert "Ada yang salah di pihak kami" in response.content.decode()


def test_every_address_of_the_site_is_in_this_table() -> None:
    def routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found |= set() if route == "/admin/" else routes(pattern.url_patterns, route)
            else:
                found.add(route)
        return found

    posts = {
        "/language/",
        "/density/",
        "/many/",
        "/many/<article:act_id>/undo/",
        "/search/keep/",
        "/highlights/<article:highlight_id>/delete/",
        "/highlights/<article:highlight_id>/undo/",
        "/articles/<article:article_id>/highlights/",
        "/reports/seen/",
        "/account/export/",
        "/account/keep/",
        "/same/<article:pair_id>/merge/",
        "/same/<article:pair_id>/both/",
        "/same/<article:pair_id>/undo/",
        "/search/<article:search_id>/drop/",
        "/tags/lost/<article:loss_id>/",
        "/tags/rules/",
        "/tags/rules/<article:rule_id>/delete/",
        "/tags/<article:tag_id>/merge/",
        "/tags/<article:tag_id>/delete/",
        "/articles/<article:article_id>/progress/",
        "/articles/<article:article_id>/related/",
        "/articles/<article:article_id>/retry/",
        "/articles/<article:article_id>/refetch/",
        "/offline/acts/",
        "/articles/<article:article_id>/<act:act>/",
    }
    # Set-up is gone once somebody exists, machines ask for no pages, and to confirm needs a reason.
    apart = {"/setup/", "/health/live", "/health/ready", "/metrics", "/accounts/reauthenticate/"}
    # It only leads to the form, for whoever has the link.
    apart.add("/accounts/invitation/<slug:token>/")
    # Pictures are no pages; they have headers of their own.
    apart.add("/pictures/<sha256:sha256>")
    # What scripts ask for, and files, have no page around them.
    apart |= {"/articles/<article:article_id>/next/", "/articles/<article:article_id>/pictures/"}
    apart |= {"/sw.js", "/manifest.webmanifest", "/offline/articles/", "/offline/token/"}
    apart.add("/aids/<slug:language>.<slug:version>.json")
    apart |= {"/highlights/export/<form:form>/", "/articles/<article:article_id>/highlights/<form:form>/"}
    table = {
        page.partition("?")[0]
        .replace("HIGHLIGHT", "<article:highlight_id>")
        .replace("ID", "<article:article_id>")
        .replace("VERSION", "<article:version_id>")
        .replace("TAG", "<article:tag_id>")
        .replace("ACT", "<article:act_id>")
        .replace("SEARCH", "<article:search_id>")
        for page in [*FOR_ANYBODY, *FOR_READERS]
    }

    assert routes(get_resolver().url_patterns) == (table - {"/nothing/"}) | posts | apart
