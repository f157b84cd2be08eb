"""Who may do what at the desk: every address that Django's admin and ours have, as their patterns list them.

A new page or act is tried without being named here; one for administrators, or of a new kind of object, is
named.
"""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from reader.models import Article, DomainPolicy, Report, Snapshot, User
from reader.services.inviting import invite
from reader.services.reextracting import reextract_all
from reader.services.reporting import report_article
from reader.values import Page
from tests.builders import make_article, make_asset, make_picture
from tests.web.test_every_address import read_rows
from tests.web.test_versions import make_version

pytestmark = pytest.mark.django_db

# Whose pages they are, by the first part of the route; what is not named is the moderators'.
OF_ADMINISTRATORS = {"houserules", "invitation", "user"}
OF_BOTH = {"auditentry"}
# Django's own, of which nobody of ours has the permission.
OF_NOBODY = {"auth", "account"}
# Addresses that only lead to others, and Django's helpers for them.
_APART = ("/login/", "/logout/", "/autocomplete/", "/jsi18n/", "<path:object_id>/", "<path:url>")
# What is looked at and neither added nor deleted here.
_ONLY_SHOWN = ("/add/", "/delete/", "/password/")
ROLES = ("reader", "moderator", "administrator")


def find_routes(patterns: list[URLPattern | URLResolver], prefix: str = "/admin/") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + re.sub(r"[\^$]|\\Z", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from find_routes(pattern.url_patterns, route)
        elif "?P" not in route:
            yield route


ROUTES = sorted(set(find_routes(admin.site.urls[0])))


def may(role: str, route: str) -> bool:
    """Whether the role may see the page."""
    app, _slash, rest = route.removeprefix("/admin/").partition("/")
    table = rest.partition("/")[0]
    if role == "reader" or app in OF_NOBODY:
        return False
    if app != "reader" or not table or table in OF_BOTH:
        return True
    return (role == "administrator") == (table in OF_ADMINISTRATORS)


@pytest.fixture
def things(ann: User, mia: User) -> dict[str, object]:
    """What the routes may name; ``object_id`` is by table."""
    article = make_article(state=Article.State.FAILED)
    page = Page(url=article.url, final_url=article.url, body=b"<p>x</p>", fetched_at=timezone.now())
    snapshot = Snapshot.objects.store(article.pk, page)
    policy = DomainPolicy.objects.create(pattern="jahat.example", access="block", reason="x")
    report = report_article(user=ann, article=article, kind=Report.Kind.TEXT)
    return {
        "article_id": article.pk,
        "report_id": report.pk,
        "snapshot_id": snapshot.pk,
        "revision_id": 1,
        "host": article.host,
        "content_type_id": 1,
        "id": ann.pk,
        "article": article.pk,
        "articlepicture": make_picture(article, "https://gambar.example/1.jpg", asset=make_asset(b"x")).pk,
        "articleversion": make_version(article).pk,
        "snapshot": snapshot.pk,
        "report": report.pk,
        "domainpolicy": policy.pk,
        "reextraction": reextract_all().pk,
        "user": ann.pk,
        "invitation": invite(actor=mia, note="", days=1)[0].pk,
    }


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest, client: Client, ann: User, mia: User, adi: User) -> str:
    """The role of who is logged in."""
    client.force_login({"reader": ann, "moderator": mia, "administrator": adi}[request.param])
    return str(request.param)


def fill(route: str, things: dict[str, object]) -> str:
    table = route.removeprefix("/admin/").split("/")[1:2]

    def find(match: re.Match[str]) -> str:
        name = match[1]
        return str(things.get(table[0] if name in {"object_id", "id"} and table else name, 1))

    return re.sub(r"<(?:\w+:)?(\w+)>", find, route)


def test_a_page_is_for_those_who_look_after_it(client: Client, role: str, things: dict[str, object]) -> None:
    wrong = []
    before = read_rows()
    for route in (route for route in ROUTES if not route.endswith(_APART)):
        answer = client.get(fill(route, things))
        status = answer.status_code
        if role == "reader":
            is_right = status in {302, 404}
        elif may(role, route):
            is_right = status in {200, 302, 404, 405} or (status == 403 and route.endswith(_ONLY_SHOWN))
        else:
            # Of what is not there, Django leads to the first page before it asks who one is.
            is_right = status in {403, 404, 405} or answer.headers.get("Location") == "/admin/"
        if not is_right:
            wrong.append((route, status))
    assert wrong == []
    assert read_rows() == before


def test_nothing_is_done_by_those_who_may_not(client: Client, role: str, things: dict[str, object]) -> None:
    before = read_rows()
    for route in ROUTES:
        if may(role, route):
            continue
        data = {"act": "take_down", "reason": "sebab", "confirmed": "1", "pattern": "a.example", "text": "x"}
        answer = client.post(fill(route, things), data)
        assert answer.status_code in {302, 403, 404, 405}, route
    for model, desk in admin.site._registry.items():
        table = str(model._meta.model_name)
        if may(role, f"/admin/{model._meta.app_label}/{table}/"):
            continue
        for action in ("delete_selected", *[name for name in desk.actions or () if isinstance(name, str)]):
            chosen = {
                "action": action,
                "_selected_action": [things.get(table, 1)],
                "confirmed": "1",
                "post": "yes",
            }
            url = f"/admin/{model._meta.app_label}/{table}/"
            assert client.post(url, {**chosen, "reason": "sebab"}).status_code in {302, 403, 404, 405}, url
    assert read_rows() == before


def test_no_act_is_taken_without_the_token_of_a_form(mia: User, things: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    before = read_rows()
    for route in ROUTES:
        answer = client.post(fill(route, things), {"act": "take_down", "reason": "sebab"})
        assert answer.status_code in {302, 403, 404, 405}, route
    assert read_rows() == before
