"""Measure the served site: start, paste to readable, weight of the pages, memory of the idle process tree.

`python -m tests.benchmarks.way_of_a_link [LINKS]`. The yardstick of the paste is the page server's own answer
time in the same run; the first start prepares an empty data folder, the second finds it prepared.
"""

import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import brotli
import httpx

from tests.page_server import PageServer
from tests.serving import RunningSite, find_tree, running_site

PASSWORD = "kata-sandi-untuk-mengukur"
PARAGRAPH = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 4


def make_article_html(number: int) -> bytes:
    """Return a page with the frame and the length of a common news article (about 60 kB of HTML)."""
    paragraphs = "".join(f"<p>Alinea {index} berita {number}. {PARAGRAPH}</p>" for index in range(14))
    frame = "".join(f"<li><a href='/kanal/{index}'>Kanal {index}</a></li>" for index in range(600))
    return (
        f"<html lang=id><head><title>Berita {number}</title></head><body><ul>{frame}</ul>"
        f"<article><h1>Berita {number}</h1>{paragraphs}</article></body></html>"
    ).encode()


def log_in(client: httpx.Client, site: RunningSite) -> None:
    """Make the first moderator with the printed code; the client is logged in afterwards."""
    code = re.search(r"set-up code is: (\S+)", site.output())
    assert code
    page = client.get("/setup/").text
    fields = dict.fromkeys(re.findall(r'name="(password\d?)"', page), PASSWORD)
    fields |= {"csrfmiddlewaretoken": read_token(page), "code": code[1], "username": "mia"}
    answer = client.post("/setup/", data=fields)
    assert answer.status_code in {302, 303}, answer.text


def read_token(page: str) -> str:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, page
    return token[1]


def save(client: httpx.Client, link: str) -> None:
    token = read_token(client.get("/").text)
    answer = client.post("/save/", data={"links": link, "csrfmiddlewaretoken": token})
    assert answer.status_code in {302, 303}, answer.text


def measure_paste(client: httpx.Client, server: PageServer, count: int) -> None:
    """Print how long a pasted link takes to become readable, beyond the publisher's own time."""
    waits, publisher = [], []
    for number in range(count):
        host_name = f"berita{number}.example"  # one host each: between two pages of one host there is a pause
        link = f"https://{host_name}/{number}"
        server.add(link, make_article_html(number))
        host, _, port = server.resolve.rpartition("=")[2].partition(":")
        begun = time.perf_counter()
        httpx.get(f"http://{host}:{port}/{number}", headers={"Host": host_name}, trust_env=False)
        publisher.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        save(client, link)
        while f"Alinea 13 berita {number}." not in read_newest(client):
            time.sleep(0.02)
        waits.append(time.perf_counter() - begun - publisher[-1])
    print(f"paste to readable, {count} links: median {statistics.median(waits):.2f} s", end=", ")
    print(f"worst {max(waits):.2f} s, first {waits[0]:.2f} s")
    print(f"  the page server's own answer: median {statistics.median(publisher):.3f} s")


def read_newest(client: httpx.Client) -> str:
    found = re.search(r'href="(/articles/\d+/)"', client.get("/").text)
    return client.get(found[1]).text if found else ""


def measure_weight(client: httpx.Client, path: str) -> None:
    """Print what a browser loads for a page, everything brotli-compressed as whitenoise serves it."""
    page = client.get(path)
    parts = {path: len(brotli.compress(page.content))}
    for address in set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js))"', page.text)):
        body = client.get(urljoin(path, address)).content
        parts[address.rpartition("/")[2]] = len(brotli.compress(body))
    listed = ", ".join(f"{name} {size / 1024:.1f}" for name, size in sorted(parts.items()))
    print(f"weight of {path}: {sum(parts.values()) / 1024:.1f} KB compressed ({listed})")


def measure_memory(site: RunningSite, when: str) -> None:
    """Print the proportional memory of the process tree (shared pages counted once) and its plain sum."""
    pss = rss = count = 0
    for pid in find_tree(site.process.pid):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        pss += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
        rss += int(re.search(r"^Rss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
        count += 1
    print(f"memory {when}: {pss / 1024:.0f} MB proportional, {rss / 1024:.0f} MB summed, {count} processes")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder, PageServer() as server:
        variables: dict[str, Any] = {"DEBUG": "1", "READER_FETCH_RESOLVE": server.resolve}
        for start in ("first", "second"):
            begun = time.perf_counter()
            with running_site(Path(folder), is_first_start=True, **variables) as site:
                print(f"{start} start to first page: {time.perf_counter() - begun:.1f} s")
                time.sleep(5)
                measure_memory(site, "idle")
                if start == "first":
                    continue
                with httpx.Client(base_url=site.url, timeout=30, trust_env=False) as client:
                    log_in(client, site)
                    measure_paste(client, server, count)
                    measure_weight(client, "/")
                    measure_weight(client, re.search(r"/articles/\d+/", client.get("/").text)[0])  # type: ignore[index]
                measure_memory(site, "after the pastes")


if __name__ == "__main__":
    main()
