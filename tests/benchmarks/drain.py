"""Measure how long many pasted links take to be ready: of many slow hosts, and behind one slower host.

`python -m tests.benchmarks.drain [LINKS] [SECONDS]`: so many links (200) to as many hosts that each answer
after so many seconds (1), pasted at once into a real site with its defaults. The time runs from the paste.
Then the same number again behind 50 links of one host, and one link behind as many hosts that drip without an
end: nobody must wait for them longer than a fetch may take.
"""

import re
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.benchmarks.way_of_a_link import log_in, make_article_html, measure_memory, save
from tests.page_server import PageServer, Parts
from tests.serving import RunningSite, find_tree, read_cpu_seconds, running_site

_LINKS_OF_ONE_HOST = 50


def add_hosts(server: PageServer, name: str, count: int, seconds: float) -> list[str]:
    links = [f"https://{name}{number}.example/berita" for number in range(count)]
    for number, link in enumerate(links):
        server.add(link, make_article_html(number), delay_seconds=seconds)
    return links


def add_one_host(server: PageServer, count: int, seconds: float) -> list[str]:
    links = [f"https://lambat.example/{number}" for number in range(count)]
    for number, link in enumerate(links):
        server.add(link, make_article_html(number), delay_seconds=seconds)
    return links


def add_dripping_hosts(server: PageServer, count: int) -> list[str]:
    def drip() -> Parts:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
        while True:
            yield b"<p>"
            yield 0.5

    links = [f"https://tetes{number}.example/berita" for number in range(count)]
    for link in links:
        server.add_raw(link, drip)
    return links


def count_states(site: RunningSite, host: str) -> dict[str, int]:
    """Ask the database: to ask the pages would be a load of its own."""
    with sqlite3.connect(site.data_dir / "teduh.sqlite3", timeout=20) as database:
        return dict(
            database.execute(
                "select state, count(*) from reader_article where host like ? group by state", (host,)
            ).fetchall()
        )


def measure_drain(site: RunningSite, client: httpx.Client, links: list[str], host: str, count: int) -> None:
    """Print when half, nearly all and all of the articles of these hosts were ready."""
    cpu = read_cpu_seconds(find_tree(site.process.pid))
    begun = time.perf_counter()
    save(client, "\n".join(links))
    print(f"  the paste of {len(links)} links was answered after {time.perf_counter() - begun:.2f} s")
    marks = {max(count // 2, 1): "half", max(count * 19 // 20, 1): "95 %", count: "all"}
    while marks:
        ready = count_states(site, host).get("ready", 0)
        for mark in [mark for mark in marks if ready >= mark]:
            print(f"  {marks.pop(mark)} ready after {time.perf_counter() - begun:.1f} s")
        assert time.perf_counter() - begun < 300, count_states(site, "%")
        time.sleep(0.1)
    cpu = read_cpu_seconds(find_tree(site.process.pid)) - cpu
    print(f"  CPU of the site: {cpu / count * 1000:.0f} ms an article")


def measure_idle(site: RunningSite, seconds: float = 10) -> None:
    before = read_cpu_seconds(find_tree(site.process.pid))
    time.sleep(seconds)
    print(f"idle CPU: {(read_cpu_seconds(find_tree(site.process.pid)) - before) / seconds:.1%}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    with tempfile.TemporaryDirectory() as folder, PageServer() as server:
        many, others = add_hosts(server, "situs", count, seconds), add_hosts(server, "lain", count, seconds)
        slow = add_one_host(server, _LINKS_OF_ONE_HOST, 3 * seconds)
        dripping = add_dripping_hosts(server, count)
        with running_site(Path(folder), DEBUG="1", READER_FETCH_RESOLVE=server.resolve) as site:
            with httpx.Client(base_url=site.url, timeout=60, trust_env=False) as client:
                log_in(client, site)
                measure_idle(site)
                measure_memory(site, "idle")
                print(f"{count} links to {count} hosts that answer after {seconds:g} s:")
                measure_drain(site, client, many, "situs%", count)
                print(f"{count} more, behind {len(slow)} links of one host that takes {3 * seconds:g} s:")
                measure_drain(site, client, others + slow, "lain%", count)
                print(f"  of the one host then: {count_states(site, 'lambat%')}")
                measure_memory(site, "after them")
                print(f"one link, pasted 3 s after {count} hosts that drip without an end:")
                save(client, "\n".join(dripping))
                time.sleep(3)
                measure_drain(site, client, add_hosts(server, "satu", 1, seconds), "satu%", 1)
            faults = re.findall(r"^.*(?:ERROR|Traceback).*$", site.output(), re.MULTILINE)
            print(f"errors in the log: {len(faults)}", *faults[:5], sep="\n  ")


if __name__ == "__main__":
    main()
