"""What a device is told to keep, for whom a page was made, and how the site is installed."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from PIL import Image

from reader.models import User
from reader.web.offline import SHELL, name_person, read_worker
from tests.builders import PASSWORD, make_article, make_asset, make_highlight, make_picture, make_saved

pytestmark = pytest.mark.django_db

ARTICLES = "/offline/articles/"


def test_the_manifest_installs_and_takes_shared_links_by_asking(client: Client, ann: User) -> None:
    answer = client.get("/manifest.webmanifest", headers={"Accept-Language": "en"})
    manifest = answer.json()

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert manifest["lang"] == "en"
    assert manifest["scope"] == manifest["id"] == "/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert manifest["share_target"]["method"] == "GET"
    assert manifest["share_target"]["action"] == "/save/"
    assert client.get("/manifest.webmanifest", headers={"Accept-Language": "id"}).json()["lang"] == "id"
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path, icon
        if path.endswith(".png"):
            with Image.open(path) as image:
                assert "{}x{}".format(*image.size) == icon["sizes"]


def test_the_worker_has_the_whole_site_and_names_files_that_there_are(client: Client) -> None:
    answer = client.get("/sw.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.text == read_worker()
    assert all(finders.find(name) for name in SHELL)
    named = re.findall(r"{% static '(js/\w+\.js)' %}", "".join(_read_templates()))
    assert set(named) - {"js/rules.js"} <= set(SHELL)


def _read_templates() -> list[str]:
    folder = Path(__file__).resolve().parents[2] / "templates"
    return [path.read_text() for path in folder.rglob("*.html") if "admin" not in path.parts]


def test_a_page_says_for_whom_it_was_made_in_a_name_that_tells_nothing(
    client: Client, ann: User, ben: User
) -> None:
    assert client.get("/accounts/login/").headers["Teduh-Person"] == "nobody"
    client.force_login(ann)
    name = client.get("/").headers["Teduh-Person"]

    assert name == client.get("/offline/").headers["Teduh-Person"] == name_person(ann)
    assert name != name_person(ben)
    assert re.fullmatch("[0-9a-f]{32}", name)
    assert f'data-person="{name}"' in client.get("/").text
    assert name not in client.get("/offline/").text


def test_each_form_whose_act_may_wait_says_whose_it_is_before_any_script_runs(
    client: Client, ann: User
) -> None:
    saved = make_saved(ann, title="Pohon")
    client.force_login(ann)
    pages = ["/", "/starred/", f"/?undo=archive-{saved.article_id}", f"/articles/{saved.article_id}/"]
    pages += ["/search/?q=pohon", "/save/?text=https://kabar.example/lain"]
    waits = re.compile(r'action="/(?:save|articles/\d+/(?:un)?(?:archive|star))/"|id="acts"')
    for page in pages:
        forms = re.findall("<form.*?</form>", client.get(page).text, re.DOTALL)
        found = [form for form in forms if waits.search(form)]
        assert found, page
        for form in found:
            assert f'name="person" value="{name_person(ann)}"' in form, (page, form)


def test_signing_out_has_the_browser_forget(client: Client, ann: User) -> None:
    client.force_login(ann)

    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers
    answer = client.post("/accounts/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Teduh-Person"] == "nobody"


def test_the_worker_is_told_where_an_act_leads_and_for_whom_it_was_done(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    address = f"/articles/{saved.article_id}/archive/"
    worker = {"Teduh-Worker": "1"}

    answer = client.post(address, headers=worker)
    assert (answer.status_code, answer.headers["Teduh-Person"]) == (200, "nobody")
    assert answer.headers["Teduh-Location"] == "/accounts/login/"
    assert "Location" not in answer.headers
    client.force_login(ann)
    answer = client.post(address, headers=worker)
    assert (answer.status_code, answer.headers["Teduh-Person"]) == (200, name_person(ann))
    assert answer.headers["Teduh-Location"] == f"/?undo=archive-{saved.article_id}"
    assert client.post(address).status_code == 303


def test_the_page_for_being_offline_names_nobody(client: Client, ann: User) -> None:
    ann.theme = "sepia"
    ann.save()
    client.force_login(ann)

    page = client.get("/offline/").text

    assert 'data-theme="sepia"' in page
    assert f">{ann.username}<" not in page
    assert "account-name" not in page
    assert "csrfmiddlewaretoken" not in page


def test_a_device_keeps_the_newest_unread_and_the_chosen(client: Client, ann: User, ben: User) -> None:
    ann.kept_offline = 2
    ann.save()
    old, middle, newest = (make_saved(ann, title=f"Kabar {number}") for number in range(3))
    archived = make_saved(ann, archived_at=timezone.now())
    trashed = make_saved(ann, deleted_at=timezone.now())
    hidden = make_saved(ann, article=make_article(taken_down_at=timezone.now()))
    bens = make_saved(ben)
    small, large = make_asset(b"kecil"), make_asset(b"besar")
    make_picture(newest.article, "https://gambar.example/1.jpg", asset=large, small=small)
    client.force_login(ann)

    answer = client.get(ARTICLES)
    kept = answer.json()["articles"]

    assert "no-store" in answer.headers["Cache-Control"]
    assert [each["id"] for each in kept] == [newest.article_id, middle.article_id]
    assert kept[0]["pictures"] == [[f"/pictures/{small.sha256}", f"/pictures/{large.sha256}"]]
    chosen = ",".join(str(saved.article_id) for saved in (old, archived, trashed, hidden, bens))
    kept = client.get(ARTICLES, {"also": f"{chosen},x,,{'9' * 30}"}).json()["articles"]
    assert {each["id"] for each in kept} == {saved.article_id for saved in (old, middle, newest, archived)}


def test_a_device_that_saves_data_keeps_no_pictures(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    make_picture(saved.article, "https://gambar.example/1.jpg")
    client.force_login(ann)

    kept = client.get(ARTICLES, headers={"Save-Data": "on"}).json()["articles"]

    assert kept[0]["pictures"] == []


def test_a_page_that_would_look_otherwise_is_fetched_again(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    def read_stamp() -> str:
        return str(client.get(ARTICLES).json()["articles"][0]["stamp"])

    stamps = [read_stamp(), read_stamp()]
    assert stamps[0] == stamps[1]
    make_picture(saved.article, "https://gambar.example/1.jpg")
    stamps.append(read_stamp())
    make_highlight(saved)
    stamps.append(read_stamp())
    client.post("/preferences/", {"theme": "dark"})
    stamps.append(read_stamp())
    client.post(f"/articles/{saved.article_id}/star/")
    stamps.append(read_stamp())
    assert len(set(stamps)) == 5


def test_what_to_keep_asks_little_however_much_there_is(
    client: Client, ann: User, django_assert_max_num_queries: object
) -> None:
    client.force_login(ann)
    for _number in range(12):
        make_picture(make_saved(ann).article, "https://gambar.example/1.jpg")
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # pytest-django names no type
        assert len(client.get(ARTICLES).json()["articles"]) == 12


def test_strangers_learn_nothing_of_what_is_kept(client: Client) -> None:
    assert client.get(ARTICLES).status_code == 302
    assert client.get("/offline/token/").status_code == 302
    assert client.post(ARTICLES).status_code in {302, 405}


def test_the_token_of_the_device_opens_forms() -> None:
    client = Client(enforce_csrf_checks=True)
    ann = User.objects.create_user("anita", password=PASSWORD)
    saved = make_saved(ann)
    client.force_login(ann)

    token = json.loads(client.get("/offline/token/").content)["token"]
    answer = client.post(f"/articles/{saved.article_id}/star/", headers={"X-CSRFToken": token})

    assert answer.status_code == 303


def test_an_act_of_the_device_is_done_for_its_person_alone(client: Client, ann: User, ben: User) -> None:
    saved = make_saved(ann)
    bens = make_saved(ben, article=saved.article)
    client.force_login(ann)
    act = {"key": str(uuid4()), "act": "star", "article": str(saved.article_id), "person": name_person(ann)}

    answer = client.post("/offline/acts/", act)

    assert answer.json() == {"refused": ""}
    assert "no-store" in answer.headers["Cache-Control"]
    client.force_login(ben)
    assert client.post("/offline/acts/", act).status_code == 409
    bens.refresh_from_db()
    assert bens.starred_at is None


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"key": "jahat"}, 422),
        ({"article": "9" * 30}, 200),
        ({"article": "-1"}, 200),
        ({"act": "save", "links": "http://192.168.0.1/"}, 200),
        ({"act": "hapus semua"}, 200),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    client: Client, ann: User, values: dict[str, str], status: int
) -> None:
    client.force_login(ann)
    act = {"key": str(uuid4()), "act": "star", "article": "1", "person": name_person(ann), **values}

    answer = client.post("/offline/acts/", act)

    assert answer.status_code == status
    assert answer.json()["refused"].endswith(".")


def test_strangers_send_nothing_late(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    act = {"key": str(uuid4()), "act": "star", "article": str(saved.article_id), "person": name_person(ann)}

    assert client.post("/offline/acts/", act).status_code == 302
    assert client.get("/offline/acts/").status_code in {302, 405}
    saved.refresh_from_db()
    assert saved.starred_at is None
