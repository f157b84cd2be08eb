"""`manage.py update_site_rules`: fetched through the guard, swapped in whole, or everything stays."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from reader.fetching import parse_resolve
from reader.sites import find_rule
from tests.page_server import PageServer
from tests.sites.test_archive import RULES, pack

# The guard asks which sites moderators refuse.
pytestmark = pytest.mark.django_db

URL = "http://aturan.example/rules.tar.gz"
PACKED = {"Content-Type": "application/x-gzip"}


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[PageServer]:
    with PageServer() as running:
        settings.READER_FETCH_RESOLVE = parse_resolve(f"*.example=127.0.0.1:{running.port}")
        settings.SITE_RULES_FOLDER = tmp_path / "site-rules" / "current"
        yield running


def update(*args: str) -> str:
    out = StringIO()
    call_command("update_site_rules", "--url", URL, *args, stdout=out)
    return out.getvalue()


def body_of(host: str, folder: Path) -> tuple[str, ...]:
    rule = find_rule(host, after=(folder,))
    return rule.body if rule else ()


def test_the_rules_are_fetched_used_and_an_update_says_what_changed(
    server: PageServer, settings: Settings
) -> None:
    folder = settings.SITE_RULES_FOLDER
    server.add(URL, pack(RULES), headers=PACKED)
    assert body_of("kabar1.example", folder) == ()

    assert update().splitlines()[0] == "25 rule files: 25 new, 0 changed, 0 gone."
    assert body_of("kabar1.example", folder) == ("//article",)

    changed = RULES | {"kabar1.example.txt": b"body: //main", "baru.example.txt": b"body: //p"}
    del changed["kabar2.example.txt"]
    server.add_redirect(URL, "http://lain.example/x")
    server.add("http://lain.example/x", pack(changed), headers=PACKED)
    assert update().splitlines() == [
        "25 rule files: 1 new, 1 changed, 1 gone.",
        "new: baru.example.txt",
        "changed: kabar1.example.txt",
        "gone: kabar2.example.txt",
    ]
    assert body_of("kabar1.example", folder) == ("//main",)
    assert body_of("kabar2.example", folder) == ()
    assert update().splitlines() == ["25 rule files: 0 new, 0 changed, 0 gone."]


def test_only_the_last_two_sets_are_kept(server: PageServer, settings: Settings) -> None:
    for number in range(4):
        server.add(URL, pack(RULES | {"x.example.txt": f"body: //h{number}".encode()}), headers=PACKED)
        update()

    sets = [each for each in settings.SITE_RULES_FOLDER.parent.iterdir() if not each.is_symlink()]
    assert len(sets) == 2
    assert body_of("x.example", settings.SITE_RULES_FOLDER) == ("//h3",)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param({"body": pack(RULES)[:300]}, "is not used: damaged", id="cut off"),
        pytest.param({"body": pack({})}, "0 rules, fewer than 20", id="empty"),
        pytest.param({"body": "<html>Not here</html>"}, "is not used: damaged", id="a page"),
        pytest.param({"body": "", "status": 404}, r"could not be had: page_gone \(404\)", id="gone"),
        pytest.param({"body": "", "status": 500}, "could not be had: publisher_busy", id="busy"),
    ],
)
def test_when_anything_is_wrong_the_old_rules_stay(
    server: PageServer, settings: Settings, answer: dict[str, object], sentence: str
) -> None:
    server.add(URL, pack(RULES), headers=PACKED)
    update()
    server.add(URL, **answer)  # type: ignore[arg-type]

    with pytest.raises(CommandError, match=f"{sentence}.*The rules stay as they were"):
        update()

    assert body_of("kabar1.example", settings.SITE_RULES_FOLDER) == ("//article",)


def test_a_disk_that_takes_nothing_leaves_the_old_rules(
    server: PageServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add(URL, pack(RULES), headers=PACKED)
    update()
    server.add(URL, pack(RULES | {"x.example.txt": b"body: //p"}), headers=PACKED)

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CommandError, match="could not be written: No space left"):
        update()

    assert body_of("kabar1.example", settings.SITE_RULES_FOLDER) == ("//article",)


def test_the_archive_comes_through_the_guard(settings: Settings) -> None:
    with pytest.raises(CommandError, match="address_refused"):
        call_command("update_site_rules", "--url", "http://127.0.0.1/rules.tar.gz")
