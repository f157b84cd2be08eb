"""What holds for every address of the site, as the URL patterns themselves list them, whoever asks.

A new address is tried without being named here; one with a new kind of object has to say where to find one.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from reader.models import Article, ListAct, SavedArticle, SavedSearch, StoryPair, TagLoss, TagRule, User
from tests.builders import make_article, make_asset, make_highlight, make_picture, make_saved, make_tag
from tests.web.test_versions import make_version

pytestmark = pytest.mark.django_db

# Who is logged in, and what was counted or kept only for a while.
_PASSING = {"sessions.Session", "reader.Measure", "admin.LogEntry"}
# Pages about a person's own things are another's too; what they show or change differs.
_ALLOWED_TO_ALL = {"act", "form", "language", "version"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def find_routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Return the routes of all patterns; the desk, which Django makes, by its first page only."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route == "/admin/":
            yield route
        elif isinstance(pattern, URLResolver):
            yield from find_routes(pattern.url_patterns, route)
        else:
            yield route


ROUTES = sorted(find_routes(get_resolver().url_patterns))


@pytest.fixture
def anns_things(ann: User) -> dict[str, object]:
    """What the addresses may name, all of it ann's."""
    article = make_article(state=Article.State.PARTIAL)
    saved = make_saved(ann, article=article)
    tag = make_tag(ann, "politik", saved)
    asset = make_asset(b"RIFF....WEBP")
    make_picture(article, "https://gambar.example/1.jpg", asset=asset)
    return {
        "article_id": article.pk,
        "version_id": make_version(article).pk,
        "tag_id": tag.pk,
        "rule_id": TagRule.objects.create(user=ann, tag=tag, kind="site", value="berita.example").pk,
        "loss_id": TagLoss.objects.create(user=ann, name="ekonomi").pk,
        "act_id": ListAct.objects.create(user=ann, name="star").pk,
        "pair_id": StoryPair.objects.create(
            user=ann, first=SavedArticle.objects.get(article=article), second=make_saved(ann)
        ).pk,
        "search_id": SavedSearch.objects.create(user=ann, name="politik", query="politik").pk,
        "highlight_id": make_highlight(saved, former={"colour": "pink", "note": ""}).pk,
        "act": "archive",
        "form": "csv",
        "language": "id",
        "version": "0" * 12,
        "token": "bukan-undangan",
        "sha256": asset.sha256,
    }


@pytest.fixture
def reader(client: Client, ann: User, ben: User, mia: User, request: pytest.FixtureRequest) -> Client:
    """A browser in which nobody, or the named person, is logged in."""
    who = request.param
    if who != "nobody":
        client.force_login({"ann": ann, "ben": ben, "mia": mia}[who])
    client.raise_request_exception = True
    return client


def names_in(route: str) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def fill(route: str, things: dict[str, object]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(things[match[1]]), route)


def read_rows() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    kept = [model for model in apps.get_models() if model._meta.label not in _PASSING]
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in kept}


WHO = ["nobody", "ann", "ben", "mia"]


@pytest.mark.parametrize("reader", WHO, indirect=True)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "JAHAT"])
def test_no_method_but_post_changes_anything(
    reader: Client, anns_things: dict[str, object], method: str
) -> None:
    before = read_rows()
    for route in ROUTES:
        answer = reader.generic(method, fill(route, anns_things))

        assert answer.status_code in {200, 302, 401, 403, 404, 405, 422, 503}, route
        assert method in {"GET", "HEAD", "OPTIONS"} or answer.status_code != 200, route
    assert read_rows() == before


@pytest.mark.parametrize("reader", WHO, indirect=True)
def test_every_answer_closes_what_it_does_not_need(reader: Client, anns_things: dict[str, object]) -> None:
    for route in ROUTES:
        for method in ("GET", "POST"):
            answer = reader.generic(method, fill(route, anns_things))

            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, route
            assert "frame-ancestors 'none'" in policy, route
            assert "unsafe" not in policy, route
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, route
            assert "camera=()" in answer.headers["Permissions-Policy"], route
            caching = answer.headers["Cache-Control"]
            assert "no-cache" in caching or "no-store" in caching or "private" in caching, route
            assert "Traceback" not in (
                b"".join(answer).decode("latin-1") if answer.streaming else answer.text
            )
            given = [cookie for cookie in answer.cookies.values() if cookie.value]
            assert all(cookie["httponly"] and cookie["samesite"] for cookie in given), route


@pytest.mark.parametrize("who", WHO)
def test_no_change_is_made_without_the_token_of_a_form(
    ann: User, ben: User, mia: User, anns_things: dict[str, object], who: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    if who != "nobody":
        client.force_login({"ann": ann, "ben": ben, "mia": mia}[who])
    before = read_rows()
    for route in ROUTES:
        answer = client.post(fill(route, anns_things), {"links": "https://berita.example/a"})

        # Pages that are only read say so first; strangers go to the login.
        assert answer.status_code in {302, 403, 404, 405}, route
    assert read_rows() == before


@pytest.mark.parametrize("reader", ["nobody", "ben", "mia"], indirect=True)
def test_anothers_things_are_not_there(reader: Client, anns_things: dict[str, object]) -> None:
    before = read_rows()
    is_logged_in = "_auth_user_id" in reader.session
    for route in (route for route in ROUTES if set(names_in(route)) - _ALLOWED_TO_ALL):
        for answer in (reader.get(fill(route, anns_things)), reader.post(fill(route, anns_things))):
            assert answer.status_code in ({404, 405} if is_logged_in else {302, 404, 405}), route
    assert read_rows() == before


@pytest.mark.parametrize("reader", ["nobody", "ann", "ben"], indirect=True)
def test_the_desk_is_for_moderators(reader: Client, article_models: list[str]) -> None:
    for path in ("/admin/", "/admin/password_change/", *article_models):
        answer = reader.get(path)
        assert answer.status_code in {302, 403, 404}, path
        assert "site-name" not in answer.text


@pytest.fixture
def article_models() -> list[str]:
    return [
        f"/admin/reader/{model.__name__.lower()}/" for model in apps.get_app_config("reader").get_models()
    ]


@pytest.mark.parametrize(
    "target",
    [
        "//jahat.example/",
        "///jahat.example/",
        "/\\jahat.example/",
        "\\\\jahat.example/",
        "https:jahat.example",
        "https:///jahat.example",
        "http://jahat.example/",
        "%2f%2fjahat.example/",
        "/%09/jahat.example/",
        "\t//jahat.example/",
        "javascript:alert(1)",
        "data:text/html,a",
        "https://testserver@jahat.example/",
        "https://testserver.jahat.example/",
    ],
)
def test_a_next_page_is_on_this_site(client: Client, ann: User, target: str) -> None:
    values = {"login": "ann", "password": "kata-sandi-yang-panjang", "next": target}
    answers = [
        client.post("/accounts/login/", values),
        client.post("/language/", {"language": "en", "next": target}),
        client.get("/accounts/login/", {"next": target}),
    ]

    for answer in answers:
        # As a browser reads it: tabs left out, backslashes for slashes.
        location = answer.headers.get("Location", "/").replace("\t", "").replace("\\", "/")
        assert urljoin("https://testserver/accounts/login/", location).startswith("https://testserver/")
