"""Measure the list of one of fifty people, behind gunicorn, with few and with very many entries.

`python -m tests.benchmarks.list [ENTRIES ...] [--postgresql]`: 1,000, 10,000 and 100,000 entries by default,
on an SQLite file made for it or on a PostgreSQL server started for it. Asked for are the pages of the list,
searches, saving a link and archiving, by one client and by sixteen. Printed are p50 and p95 as the client
sees them, requests a second, the server's CPU a request, and that CPU as a multiple of a bare Django view's,
which is asked for in the same run: twenty rows of the person's by a plain query, in a plain template, behind
the same middleware and login. On a machine that does other things too, only the CPU and its multiples mean
something.
"""

import argparse
import http.client
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.on_postgresql import find_server_programs, running_server
from tests.serving import ROOT, RunningSite, clean_environment, find_tree, read_cpu_seconds, running_site

_SETTINGS = "tests.benchmarks.bare_settings"
_TOKEN = "a" * 32
_TURNS = 96

Ask = Callable[[http.client.HTTPConnection], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one kind of request costs: milliseconds as the client waits, and of the server's CPU."""

    p50: float
    p95: float
    a_second: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Reader:
    """A browser in which ann is logged in."""

    headers: dict[str, str]

    def get(self, address: str) -> Ask:
        return lambda connection: self._ask(connection, "GET", address, None, (200,))

    def post(self, addresses: Iterator[str], fields: Callable[[], dict[str, str]]) -> Ask:
        def ask(connection: http.client.HTTPConnection) -> None:
            body = urlencode({"csrfmiddlewaretoken": _TOKEN, **fields()})
            self._ask(connection, "POST", next(addresses), body, (303,))

        return ask

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        address: str,
        body: str | None,
        expected: tuple[int, ...],
    ) -> None:
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status in expected, (answer.status, method, address)


def measure(site: RunningSite, ask: Ask, *, clients: int, turns: int = _TURNS) -> Figures:
    """Let so many clients ask at once, each over a connection that stays open."""
    at = urlsplit(site.url)
    spent: list[float] = []

    def work(_number: int) -> None:
        connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)
        for _ in range(turns // clients):
            begun = time.perf_counter()
            ask(connection)
            spent.append(1000 * (time.perf_counter() - begun))
        connection.close()

    tree = find_tree(site.process.pid)
    with ThreadPoolExecutor(clients) as pool:
        cpu, begun = read_cpu_seconds(tree), time.perf_counter()
        list(pool.map(work, range(clients)))
        wall, cpu = time.perf_counter() - begun, read_cpu_seconds(tree) - cpu
    ranked = sorted(spent)
    p95 = ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))]
    return Figures(statistics.median(ranked), p95, len(ranked) / wall, 1000 * cpu / len(ranked))


def find_asks(told: dict[str, Any]) -> dict[str, Ask]:
    """Return the requests that are measured by one client and by sixteen."""
    reader = Reader({"Cookie": f"sessionid={told['session']}; csrftoken={_TOKEN}", "Accept-Encoding": "gzip"})
    number, unread = itertools.count(1), iter(told["unread"])
    saving = reader.post(
        itertools.repeat("/save/"), lambda: {"links": f"https://baru.example/{next(number)}"}
    )
    archiving = reader.post((f"/articles/{article}/archive/" for article in unread), lambda: {"back": "list"})
    return {
        "a bare view": reader.get("/bare/"),
        "first page": reader.get("/"),
        "page 500": reader.get(f"/all/?before={told['deep']}"),
        "tag": reader.get(f"/all/?tag={told['tags']['sering']}"),
        "search: common": reader.get("/search/?q=banjir"),
        "search: rare": reader.get("/search/?q=kerajinan"),
        "search: phrase": reader.get("/search/?q=%22banjir+bandang%22"),
        "search: prefix": reader.get("/search/?q=banj*"),
        "saving a link": saving,
        "archiving": archiving,
    }


def find_more(told: dict[str, Any]) -> dict[str, Ask]:
    """Return the other orders and filters, which one client asks for."""
    reader = Reader({"Cookie": f"sessionid={told['session']}"})
    sorts = {f"unread by {sort}": f"/?sort={sort}" for sort in ("oldest", "published", "title", "long")}
    addresses = {
        "archive": "/archive/",
        "starred": "/starred/",
        "trash": "/trash/",
        **sorts,
        "all by title": "/all/?sort=title",
        "archive by title": "/archive/?sort=title",
        "tag, few": f"/all/?tag={told['tags']['jarang']}",
        "tag, by title": f"/all/?tag={told['tags']['sering']}&sort=title",
        "site": "/all/?site=tirto.id",
        "site, none": "/all/?site=tidak.ada",
        "section": "/?section=Budaya",
        "author": "/all/?author=Penulis+7",
        "author, none": "/all/?author=Tidak+Ada",
        "long ones": "/?length=long",
        "failed": "/all/?state=failed",
        "best matches": "/search/?q=banjir&sort=best",
        "search: in no text": "/search/?q=zzzyyxw",
        "the tags": "/tags/",
    }
    return {name: reader.get(address) for name, address in addresses.items()}


def run(count: int, database: str) -> dict[str, float]:
    """Measure one list, and return the CPU of each request by its name."""
    variables: dict[str, Any] = {"DJANGO_SETTINGS_MODULE": _SETTINGS}
    if database:
        variables["DATABASE_URL"] = database
    with (
        tempfile.TemporaryDirectory(prefix="teduh-list-") as folder,
        running_site(Path(folder), "--web-only", **variables) as site,
    ):
        begun = time.perf_counter()
        told = seed(count, {"READER_DATA_DIR": str(site.data_dir), **variables})
        print(f"\n{count:,} entries, made in {time.perf_counter() - begun:.0f} s")
        print(f"{'':20} {'p50 ms':>8} {'p95 ms':>8} {'/s':>7} {'CPU ms':>8} {'× bare':>7}")
        asks = find_asks(told)
        costs: dict[str, float] = {}
        for clients in (1, 16):
            print(f"{clients} at once")
            bare = 0.0
            for name, ask in asks.items():
                measure(site, ask, clients=clients, turns=16)
                figures = measure(site, ask, clients=clients)
                bare = bare or figures.cpu
                tell(name, figures, bare)
                costs.setdefault(name, figures.cpu)
        print("and by one client")
        for name, ask in find_more(told).items():
            figures = measure(site, ask, clients=1, turns=32)
            tell(name, figures, costs["a bare view"])
    return costs


def seed(count: int, variables: dict[str, str]) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.list_seed", str(count)],
        cwd=ROOT,
        env=clean_environment(**variables),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return told


def tell(name: str, figures: Figures, bare: float) -> None:
    print(
        f"{name:20} {figures.p50:8.1f} {figures.p95:8.1f} {figures.a_second:7.1f} {figures.cpu:8.1f} "
        f"{figures.cpu / bare:7.1f}",
        flush=True,
    )


@contextmanager
def chosen_database(is_postgresql: bool) -> Iterator[str]:
    if not is_postgresql:
        yield ""
        return
    programs = find_server_programs()
    assert programs, "there is no PostgreSQL server here"
    with running_server(programs) as server:
        yield server.url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    os.chdir(ROOT)
    runs = {}
    for count in options.entries:
        with chosen_database(options.postgresql) as database:
            runs[count] = run(count, database)
    few, many = min(runs), max(runs)
    if few != many:
        print(f"\nCPU from {few:,} to {many:,} entries, each beside its bare view:")
        for name in runs[few]:
            grown = runs[many][name] / runs[many]["a bare view"] * runs[few]["a bare view"] / runs[few][name]
            print(f"{name:20} × {grown:.2f}")


if __name__ == "__main__":
    main()
