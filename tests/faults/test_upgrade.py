"""An installation as the first release left it, people and pages in it, is started with today's code."""

from pathlib import Path

from tests.faults.first_release import FIRST, LINKS, PASSWORD, TEXT
from tests.faults.scene import CSRF, Scene, make_page, running_scene
from tests.on_postgresql import RunningServer
from tests.page_server import PageServer
from tests.serving import copy_prepared, run_manage, wait_until


def begin_as_first_release(data_dir: Path, **variables: str) -> None:
    copy_prepared(data_dir, with_database=False)
    for arguments in (
        ("migrate", *FIRST, "-v", "0"),
        ("shell", "-v", "0", "-c", "from tests.faults.first_release import fill; fill()"),
    ):
        done = run_manage(*arguments, READER_DATA_DIR=str(data_dir), **variables)
        assert done.returncode == 0, done.stderr


def assert_all_is_there(scene: Scene, **variables: str) -> None:
    ready, archived, failed, queued = LINKS.values()
    scene.assert_heals({ready: "ready", archived: "ready", failed: "failed: page_gone", queued: "ready"})
    with scene.client() as client:
        listed, old = client.get("/").text, client.get("/archive/").text
        assert "Panen Kopi ready" in listed
        assert "Panen Kopi archived" not in listed
        assert "Panen Kopi archived" in old
        assert "The site says that this page does not exist." in listed
        for link in (ready, archived):
            page = client.get(scene.find_page(link))
            assert page.status_code == 200
            assert TEXT in page.text
            assert "Sri Lestari" in page.text
        # The index of the search is made in the background.
        wait_until(lambda: client.get("/search/", params={"q": "panen kopi"}).text.count("Panen Kopi") >= 2)
    whole = run_manage("verify", READER_DATA_DIR=str(scene.site.data_dir), **variables)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    with scene.client() as client:
        client.cookies.clear()
        client.cookies.set("csrftoken", CSRF)
        known = {"login": "ann", "password": PASSWORD, "csrfmiddlewaretoken": CSRF}
        assert client.post("/accounts/login/", data=known).headers["location"] == "/"


def test_on_sqlite(server: PageServer, tmp_path: Path) -> None:
    begin_as_first_release(tmp_path / "data")
    server.add(LINKS["queued"], make_page())

    with running_scene(tmp_path, server) as scene:
        assert_all_is_there(scene)


def test_on_postgresql(server: PageServer, postgresql: RunningServer, tmp_path: Path) -> None:
    begin_as_first_release(tmp_path / "data", DATABASE_URL=postgresql.url)
    server.add(LINKS["queued"], make_page())

    with running_scene(tmp_path, server, DATABASE_URL=postgresql.url) as scene:
        assert_all_is_there(scene, DATABASE_URL=postgresql.url)
