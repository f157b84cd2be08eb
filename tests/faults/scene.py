"""A served site that is to be hurt: people who save, publishers that answer, and what the tables say."""

import json
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg

from tests.page_server import PageServer
from tests.serving import RunningSite, find_tree, run_manage, running_site, wait_until

LEASE_SECONDS = 5
SAVES = 100
# What a fault may delay at most; generous beyond that, for the machine may be busy.
HEALED_SECONDS = LEASE_SECONDS + 60
CSRF = "t" * 32
PARAGRAPH = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 3


def make_page(paragraphs: int = 6) -> str:
    """Return an article's page; 2,000 paragraphs take the extraction seconds."""
    told = "".join(f"<p>Alinea {number}. {PARAGRAPH}<b>Bibit</b></p>" for number in range(paragraphs))
    return f"<html><title>Warga Menanam</title><article><h1>Warga Menanam</h1>{told}</article></html>"


@dataclass(frozen=True)
class Scene:
    """A running site, its publishers, and the cookies of its people by name."""

    site: RunningSite
    server: PageServer
    cookies: Mapping[str, Mapping[str, str]]
    database_url: str = ""

    def client(self, person: str = "ann", url: str = "") -> httpx.Client:
        """Return a browser in which the person is logged in."""
        return httpx.Client(
            base_url=url or self.site.url, cookies=dict(self.cookies[person]), timeout=60, trust_env=False
        )

    def save(self, *links: str, person: str = "ann") -> httpx.Response:
        with self.client(person) as client:
            return send_links(client, *links)

    def add_page(self, name: str, *, paragraphs: int = 6) -> str:
        """Have a publisher of this name answer with an article, and return its link."""
        link = f"https://{name}.example/berita"
        self.server.add(link, make_page(paragraphs))
        return link

    def count_requests(self, link: str) -> int:
        host, _, path = link.partition("://")[2].partition("/")
        asked = [(each.host, each.target) for each in self.server.requests]
        return asked.count((host, f"/{path}"))

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask or change the database beside the site, as another program would."""
        if self.database_url:
            with psycopg.connect(self.database_url) as postgresql:
                cursor = postgresql.execute(sql.replace("?", "%s"), values)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.site.data_dir / "teduh.sqlite3", timeout=30)) as database, database:
            return database.execute(sql, values).fetchall()

    def find_states(self, links: Iterable[str]) -> dict[str, str]:
        """Return the state of each link's article; a failed one's with its code."""
        rows = self.query("SELECT url, state, error_code FROM reader_article")
        told = {url: state if state == "ready" else f"{state}: {code}" for url, state, code in rows}
        return {link: told.get(link, "lost") for link in links}

    def has_snapshot(self, link: str) -> bool:
        found = self.query(
            "SELECT 1 FROM reader_snapshot JOIN reader_article a ON a.id = article_id WHERE a.url = ?", link
        )
        return bool(found)

    def find_page(self, link: str) -> str:
        """Return the path of the page that shows the link's article."""
        return f"/articles/{self.query('SELECT id FROM reader_article WHERE url = ?', link)[0][0]}/"

    def kill_worker(self) -> None:
        """Kill the worker outright, and insist that a new one comes and nothing of the old one stays."""
        victim = self.site.find_pid("worker")
        tree = find_tree(victim)
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: self.site.find_pid("worker") != victim)
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in tree))

    def save_at_once(self, link: str, urls: Sequence[str]) -> None:
        """Have everybody save the link, a hundred times at once over all of these addresses of the site."""
        people = list(self.cookies)

        def save(number: int) -> int:
            person = people[number // len(urls) % len(people)]
            with self.client(person, urls[number % len(urls)]) as client:
                return send_links(client, link).status_code

        with ThreadPoolExecutor(20) as pool:
            answers = Counter(pool.map(save, range(SAVES)))
        assert answers == {303: SAVES}, self.site.output()[-3_000:]
        self.assert_heals({link: "ready"})
        entries = "SELECT count(*) FROM reader_savedarticle JOIN reader_article a ON a.id = article_id"
        assert self.query(f"{entries} WHERE a.url = ?", link) == [(len(people),)]
        assert self.count_requests(link) == 1

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the only right to write, as a program that takes its time would."""
        path = self.site.data_dir / "teduh.sqlite3"
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            yield
            database.execute("ROLLBACK")

    def assert_heals(self, expected: Mapping[str, str], *, seconds: float = HEALED_SECONDS) -> None:
        """Wait until every link is in its state, then insist that all is whole: once, well and ready."""
        try:
            wait_until(lambda: self.find_states(expected) == expected, seconds)
        except AssertionError:
            assert self.find_states(expected) == expected, self.site.output()[-3_000:]
        wait_until(self.site.is_ready, 30)
        if not self.database_url:
            assert self.query("PRAGMA integrity_check") == [("ok",)]
            assert self.query("PRAGMA foreign_key_check") == []
        twice = "SELECT {0} FROM {1} GROUP BY {0} HAVING count(*) > 1"
        assert self.query(twice.format("canonical_url", "reader_article")) == []
        assert self.query(twice.format("user_id, article_id", "reader_savedarticle")) == []
        saved = "SELECT a.url FROM reader_savedarticle JOIN reader_article a ON a.id = article_id"
        assert {url for (url,) in self.query(saved)} >= set(expected)


def send_links(client: httpx.Client, *links: str) -> httpx.Response:
    return client.post("/save/", data={"links": "\n".join(links), "csrfmiddlewaretoken": CSRF})


def find_variables(server: PageServer) -> dict[str, str]:
    """Return the settings of all scenes: every host is the page server, and leases are short."""
    return {
        "DEBUG": "1",
        "READER_FETCH_RESOLVE": server.resolve,
        "READER_LEASE_SECONDS": str(LEASE_SECONDS),
        "READER_MIN_FREE_MB": "0",
    }


@contextmanager
def running_scene(
    folder: Path, server: PageServer, *arguments: str, people: tuple[str, ...] = ("ann",), **variables: str
) -> Iterator[Scene]:
    """Serve with a short lease until the block ends, with people who are logged in."""
    environment: dict[str, Any] = {**find_variables(server), **variables}
    with running_site(folder, *arguments, **environment) as site:
        url = variables.get("DATABASE_URL", "")
        yield Scene(site, server, _log_in(site, people, **({"DATABASE_URL": url} if url else {})), url)


def _log_in(site: RunningSite, people: tuple[str, ...], **variables: str) -> dict[str, dict[str, str]]:
    code = f"from tests.faults.people import print_sessions; print_sessions({people!r})"
    made = run_manage("shell", "-v", "0", "-c", code, READER_DATA_DIR=str(site.data_dir), **variables)
    assert made.returncode == 0, made.stderr
    sessions: dict[str, str] = json.loads(made.stdout)
    return {name: {"sessionid": key, "csrftoken": CSRF} for name, key in sessions.items()}
