"""The page server of the tests answers by host, path and query."""

import json
from pathlib import Path

import httpx
import pytest

from tests.page_server import PageServer


def ask(server: PageServer, host: str, target: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{server.port}{target}", headers={"Host": host}, trust_env=False)


@pytest.mark.parametrize(
    ("host", "target", "answer"),
    [
        ("a.example", "/x", "polos"),
        ("A.example", "/x?page=2", "dua"),
        ("a.example", "/x?lain", "polos"),
        ("b.example", "/x", "b"),
        ("b.example", "/y", None),
        ("c.example", "/x", None),
    ],
)
def test_pages_are_told_apart_by_host_path_and_query(host: str, target: str, answer: str | None) -> None:
    with PageServer() as server:
        server.add("https://a.example/x", "polos")
        server.add("https://a.example/x?page=2", "dua")
        server.add("http://b.example/x", "b")

        response = ask(server, host, target)

        assert (response.status_code, response.text) == ((200, answer) if answer else (404, "<h1>404</h1>"))
        assert [(seen.host, seen.target) for seen in server.requests] == [(host, target)]


def test_a_corpus_is_served_under_the_addresses_it_names(tmp_path: Path) -> None:
    folder = tmp_path / "berita.example" / "pohon"
    folder.mkdir(parents=True)
    (folder / "source.html").write_text("<p>pohon</p>", "utf-8")
    (folder / "expected.json").write_text(json.dumps({"url": "https://www.berita.example/a?b=1"}), "utf-8")

    with PageServer() as server:
        assert server.add_corpus(tmp_path) == ("https://www.berita.example/a?b=1",)
        assert ask(server, "www.berita.example", "/a?b=1").text == "<p>pohon</p>"
        assert ask(server, "www.berita.example", "/a").status_code == 404
