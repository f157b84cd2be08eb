"""axe finds nothing on any page, light or dark, narrow or wide.

The pages are those of `tests.web.test_every_page`, so a new one is walked as soon as it is named there. They
are rendered before the browser starts, and handed to it in place of a server.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route, sync_playwright

from reader.models import Article, Report, RuleTrial, SavedArticle, SiteRule, User
from reader.services.reporting import report_article
from reader.services.roles import ADMINISTRATOR, give_role
from reader.web.signed_out import sign_owner
from tests.admin.rule_pages import keep_page
from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.builders import PASSWORD, make_asset, make_picture, make_saved
from tests.web.test_every_page import FOR_ANYBODY, FOR_READERS, PARTS, address_of
from tests.web.test_every_page import article as article  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ORIGIN = "http://testserver"
STATIC = Path(__file__).resolve().parents[2] / "static"
# The other themes are colours alone, and the same ones on all pages; each against the system's own scheme.
THEMES: dict[str, Literal["light", "dark"]] = {
    "light": "dark",
    "sepia": "dark",
    "dark": "light",
    "black": "light",
}
READING = "/articles/ID/"
THEMED = ("/", READING, "/search/?q=pohon", "/tags/")
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async rules => {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = await axe.run(options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}"""
# Its address has no place to break at, and is wider than a phone.
WIDE = int("1234567890" * 6)
SCROLLED = f"<table><tbody><tr>{'<td>Kolom yang lebar</td>' * 20}</tr></tbody></table><pre>{'a' * 300}</pre>"
BAD = (
    '<!doctype html><html lang="id"><title>x</title><main><h1>x</h1><img src="x.png">'
    '<p style="color:#ccc">Huruf yang terlalu pucat</p><p style="width:100rem">Lebar</p></main>'
)
Answer = tuple[int, dict[str, str], bytes]
Rendered = dict[str, Answer]


@pytest.fixture
def rendered(client: Client, mia: User, article: Article) -> Rendered:
    """Every page with something of everything on it, as the site answers."""
    fill_list(mia)
    pages = {page: render(client, address_of(article, page)) for page in FOR_ANYBODY}
    client.force_login(mia)
    for page in [page for page in FOR_READERS if page not in PARTS]:
        pages[page] = render(client, address_of(article, page))
    pages |= render_desk(client, article) | render_people(client, mia)
    archived = SavedArticle.objects.archived().get().article_id
    more = {"undo": f"/archive/?undo=archive-{archived}", "narrowed": "/all/?site=tidak.ada&sort=title"}
    wide = make_saved(mia, content=SCROLLED)
    more["scrolled"] = f"/articles/{wide.article_id}/"
    more["nothing found"] = "/search/?q=zzzyyxw"
    pages |= {name: render(client, address) for name, address in more.items()}
    pages["refused"] = render(client, "/save/", {"links": "ftp://berita.example/a"})
    User.objects.filter(pk=mia.pk).update(density="compact")
    pages["compact"] = render(client, "/")
    client.force_login(User.objects.create(username="baru"))
    pages["a bad page"] = (200, {"Content-Type": "text/html"}, BAD.encode())
    empty = ("starred", "archive", "all", "trash", "tags")
    pages |= {f"empty {name}": render(client, f"/{name}/") for name in empty}
    return pages | render_signed_out(client, mia)


def render_signed_out(client: Client, mia: User) -> Rendered:
    """What was pasted after the session ended: given back, and in the box after the login."""
    client.logout()
    values = {"links": "https://berita.example/a", "owner": sign_owner(mia)}
    given_back = client.post("/save/", values, headers={"Accept": "text/html"})
    client.post("/accounts/login/", {"login": mia.username, "password": PASSWORD})
    page = render(client, "/")
    assert b"paste-back" in page[2]
    return {
        "signed out": (given_back.status_code, dict(given_back.headers), given_back.content),
        "pasted before": page,
    }


def render_desk(client: Client, article: Article) -> Rendered:
    """The desk's first page, a list, a page of acts, a form, and a page that asks first."""
    reader = User.objects.create(username="pembaca")
    report = report_article(user=reader, article=article, kind=Report.Kind.TEXT, passage="Kalimat")
    chosen = {"action": "take_down", "_selected_action": str(article.pk)}
    return {
        "overview": render(client, "/admin/"),
        "reports": render(client, "/admin/reader/report/"),
        "report": render(client, f"/admin/reader/report/{report.pk}/change/"),
        "article": render(client, f"/admin/reader/article/{article.pk}/change/"),
        "a kept page": render(client, f"/admin/reader/snapshot/{keep_page(WIDE).pk}/change/"),
        "site policy": render(client, "/admin/reader/domainpolicy/add/"),
        "site rules": render(client, "/admin/reader/siterule/"),
        "a site rule": render(client, f"/admin/reader/siterule/site/{article.host}/"),
        "a trial": render_trial(client, article),
        "asking first": render(client, "/admin/reader/article/", chosen),
    }


def render_trial(client: Client, article: Article) -> Answer:
    """The table of a trial that is done, with one article that would be worse."""
    now = timezone.now()
    rule = SiteRule.objects.create(host=article.host, draft="body: //article", changed_at=now)
    trial = RuleTrial.objects.create(
        rule=rule, text=rule.draft, until_article_id=article.pk, total=1, done=1, worse=1, finished_at=now
    )
    trial.results.create(article=article, outcome="worse", why="shorter", words_before=9, words_after=1)
    return render(client, f"/admin/reader/siterule/site/{article.host}/trial/")


def render_people(client: Client, mia: User) -> Rendered:
    """The desk's pages about people: a list, a person, the house rules, an invitation's link."""
    give_role(user=mia, role=ADMINISTRATOR)
    reader = User.objects.get(username="pembaca")
    return {
        "people": render(client, "/admin/reader/user/"),
        "person": render(client, f"/admin/reader/user/{reader.pk}/change/"),
        "house rules": render(client, "/admin/reader/houserules/"),
        "invitation": render(client, "/admin/reader/invitation/add/", {"days": "7"}),
    }


def fill_list(mia: User) -> None:
    now = timezone.now()
    make_saved(mia, starred_at=now, note="Catatan")
    make_saved(mia, archived_at=now)
    make_saved(mia, deleted_at=now)
    for state in (Article.State.QUEUED, Article.State.FAILED):
        make_saved(mia, state=state, next_attempt_at=now + timedelta(hours=1))
    pictured = make_saved(mia, lead_image_url="https://gambar.example/1.jpg")
    make_picture(pictured.article, pictured.article.lead_image_url, asset=make_asset())
    SavedArticle.objects.filter(pk=pictured.pk).update(progress=400)


def render(
    client: Client, address: str, posted: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    answer = client.get(address) if posted is None else client.post(address, posted)
    return answer.status_code, dict(answer.headers), answer.content


def test_axe_finds_nothing_on_any_page(rendered: Rendered) -> None:
    marked = rendered[READING][2].decode().partition('class="prose"')[2]
    assert all(f"hl--{colour}" in marked for colour in ("yellow", "green", "blue", "pink"))
    assert "mark-note" in marked
    with open_browser(rendered) as page:
        found = {name: problems for name in rendered if (problems := check(page, name))}

    bad = {problem.partition(":")[0] for problem in found.pop("a bad page")}
    assert bad >= {"color-contrast", "image-alt", "wider than the window"}
    assert found == {}


@contextmanager
def open_browser(rendered: Rendered) -> Iterator[Page]:
    path = find_chromium()
    if path is None:
        pytest.skip("there is no Chromium here (Debian: apt-get install chromium), so no browser test runs")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page()
        page.add_init_script(Axe().axe_script)
        page.route("**/*", lambda route: answer(route, rendered))
        yield page
        browser.close()


def answer(route: Route, rendered: Rendered) -> None:
    """Give the page of that name, or the file."""
    asked = urlsplit(route.request.url)
    found = finders.find(asked.path.removeprefix("/static/")) if asked.path.startswith("/static/") else None
    file = Path(str(found)) if found else STATIC / "none"
    if asked.path == "/" and asked.query:
        status, headers, body = rendered[unquote(asked.query)]
        route.fulfill(status=status, headers=headers, body=body)
    elif file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
    else:
        route.abort()


def check(page: Page, name: str) -> list[str]:
    """Return what axe finds, and whether one has to scroll sideways on a phone.

    Where only the colours are others, axe looks at nothing else.
    """
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{ORIGIN}/?{quote(name)}")
    found = run_axe(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.add("wider than the window")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found |= run_axe(page, COLOURS)
    page.set_viewport_size({"width": 1280, "height": 900})
    found |= run_axe(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found |= run_axe(page, COLOURS)
    # As a page has it where a look is chosen.
    page.add_style_tag(url=f"{ORIGIN}/static/css/chosen.css")
    for theme, scheme in THEMES.items() if name in THEMED else ():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        found |= run_axe(page, COLOURS)
        if name == READING:
            page.set_viewport_size({"width": 360, "height": 740})
            found |= run_axe(page, COLOURS)
            page.set_viewport_size({"width": 1280, "height": 900})
    return sorted(found)


def run_axe(page: Page, rules: list[str] | None = None) -> set[str]:
    return set(page.evaluate(RUN, rules))
